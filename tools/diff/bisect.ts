/** From a pass that changes values to the one application of a pattern or fold that does. */
import { fileOf, type Operation } from '../../ir/index.ts';
import type { Action, ActionKind, ActionOutcome } from '../../rewrite/index.ts';
import { operationLine } from '../../rewrite/index.ts';
import { replay, type Subject } from './replay.ts';

/** What changed the values. */
export interface Culprit {
  readonly kind: Exclude<ActionKind, 'pass'>;
  readonly name: string;
  /** The operation that it was applied to, as it was, and where that is from. */
  readonly operation: string;
  readonly line: string;
  readonly place: string;
  /** What it made. */
  readonly made: readonly string[];
  /** Its number among the tries of the pass, and how many there were; undefined when it was found by being alone. */
  readonly number: number | undefined;
  readonly tries: number;
}

const placeOf = (operation: Operation): string => {
  const at = fileOf(operation.location);
  return at ? `${at.file}:${at.line}:${at.column}` : 'an unknown place';
};

/** Collects a culprit while its operations are there: the root is gone when the action has ended. */
class Witness {
  private line: string;
  private place: string;
  private operation: string;

  constructor() {
    this.line = '';
    this.place = '';
    this.operation = '';
  }

  before({ root }: Action): void {
    this.line = operationLine(root);
    this.place = placeOf(root);
    this.operation = root.name;
  }

  after(action: Action, outcome: ActionOutcome, number: number | undefined, tries: number): Culprit {
    const { line, place, operation } = this;
    const made = outcome.made.map((one) => operationLine(one));
    return { kind: action.kind as Culprit['kind'], name: action.name, operation, line, place, made, number, tries };
  }
}

/**
 * Finds, in pass run number `passes` of the subject, the first try after which `differs` holds. Undefined when the pass
 * differs without any of them, or cannot be held back: then no single try is to blame.
 */
export function bisect(subject: Subject, passes: number, differs: (module: Operation) => boolean): Culprit | undefined {
  const whole = replay(subject, passes);
  if (!whole || whole.tries === 0) return undefined;
  const holds = (tries: number): boolean | undefined => {
    const found = replay(subject, passes, tries);
    return found && differs(found.module);
  };
  if (holds(0) !== false) return undefined;
  let [good, bad] = [0, whole.tries];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const found = holds(middle);
    if (found === undefined) return undefined;
    if (found) bad = middle;
    else good = middle;
  }
  return witnessed(subject, passes, bad, whole.tries);
}

/** Tells of try number `number`. */
function witnessed(subject: Subject, passes: number, number: number, tries: number): Culprit | undefined {
  let culprit: Culprit | undefined;
  const witness = new Witness();
  replay(subject, passes, number, {
    begins: (action, at) => {
      if (at === number) witness.before(action);
    },
    ends: (action, outcome, at) => {
      if (at === number) culprit = witness.after(action, outcome, number, tries);
    },
  });
  return culprit;
}

/** The pattern that alone was applied in a pass run; undefined when there were several, or none. */
export function onlyPattern(subject: Subject, passes: number): Culprit | undefined {
  const applied = new Map<string, Culprit>();
  const witness = new Witness();
  const found = replay(subject, passes, undefined, {
    begins: (action) => witness.before(action),
    ends(action, outcome) {
      if (outcome.reason === undefined) applied.set(action.name, witness.after(action, outcome, undefined, 0));
    },
  });
  const [only, ...more] = applied.values();
  return found && more.length === 0 ? only : undefined;
}
