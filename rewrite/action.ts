/**
 * Actions: everything that drivers and pipelines do to IR is an event, which observers may count,
 * refuse, log and ask about. Without an observer nothing is recorded.
 */
import type { Location } from '../ir/location.ts';
import type { Operation } from '../ir/operation.ts';
import type { Value } from '../ir/value.ts';

/** What kind of change an action is; a step is a change that a pass makes without a pattern. */
export type ActionKind = 'pattern' | 'fold' | 'step' | 'pass';

/** How the reader is told what did something. */
export const actionText = (kind: ActionKind, name: string): string =>
  kind === 'fold' ? `the fold of '${name}'` : `${kind} '${name}'`;

/** Something that is about to be tried. */
export interface Action {
  readonly kind: ActionKind;
  /** The name of the pattern, step or pass; of a fold, that of the operation. */
  readonly name: string;
  /** The operation that it starts from, as it is before. */
  readonly root: Operation;
}

/** What came of an action. */
export interface ActionOutcome {
  /** Why nothing was done; undefined when something was. */
  readonly reason: string | undefined;
  /** What was inserted and is still there. */
  readonly made: readonly Operation[];
  /** What was changed in place and is still there. */
  readonly modified: readonly Operation[];
  /** The values that stand for the root's results now, when it was replaced. */
  readonly replacedBy: readonly Value[] | undefined;
}

/** Watches actions. Every action that is permitted begins and ends; those of a pass lie between its beginning and end. */
export interface ActionObserver {
  /** Whether an action may be tried; asked once for every try. */
  permits?(kind: ActionKind, name: string): boolean;
  begins?(action: Action): void;
  ends?(action: Action, outcome: ActionOutcome): void;
}

/** One rewrite that happened: for traces, and for finding by halving which one breaks a program. */
export interface RewriteAction {
  readonly pattern: string;
  /** The name of the operation that was rewritten. */
  readonly operation: string;
  readonly location: Location;
  /** Counts the rewrites of one driver run from 1. */
  readonly index: number;
}

/** What drivers let their callers watch and limit. */
export interface ActionOptions {
  /** Told after every rewrite. */
  readonly onAction?: ((action: RewriteAction) => void) | undefined;
  /** Stops quietly after so many rewrites; unlimited by default. */
  readonly actionLimit?: number | undefined;
  /** Told of every try. */
  readonly observer?: ActionObserver | undefined;
}

/** Several observers as one; an action is permitted when all permit it. */
export const allObservers = (observers: readonly ActionObserver[]): ActionObserver | undefined =>
  observers.length <= 1
    ? observers[0]
    : {
        // Each one counts, also when another has refused.
        permits: (kind, name) => observers.map((one) => one.permits?.(kind, name) ?? true).every((may) => may),
        begins: (action) => {
          for (const one of observers) one.begins?.(action);
        },
        ends: (action, outcome) => {
          for (const one of observers) one.ends?.(action, outcome);
        },
      };
