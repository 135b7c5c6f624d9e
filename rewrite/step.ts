/** Steps of passes that have no patterns, as actions: they can be watched, held back and named like patterns. */
import type { Operation } from '../ir/operation.ts';
import type { Action, ActionObserver, ActionOutcome } from './action.ts';

/** What a step leaves, as far as it says so. */
export type StepOutcome = Partial<Pick<ActionOutcome, 'made' | 'replacedBy' | 'reason'>>;

/**
 * Makes `change` as the step `name` on `root`; false when `observer` does not permit it, and nothing is done. What is held
 * back must be something that the pass can do without.
 */
export function takeStep(
  observer: ActionObserver | undefined,
  name: string,
  root: () => Operation,
  change: () => StepOutcome | void,
): boolean {
  if (!observer) {
    change();
    return true;
  }
  if (observer.permits?.('step', name) === false) return false;
  const action: Action = { kind: 'step', name, root: root() };
  observer.begins?.(action);
  const { made = [], replacedBy, reason } = change() ?? {};
  observer.ends?.(action, { reason, made, modified: [], replacedBy });
  return true;
}
