/** Finds out why rewriting does not end: watches what happens once too much has, and shows the shortest cycle. */
import { type Diagnostic, errorAt, noteAt } from '../ir/diagnostic.ts';
import type { Location } from '../ir/location.ts';
import type { Operation } from '../ir/operation.ts';
import type { Action, ActionObserver, ActionOutcome } from './action.ts';
import { numbered, operationLine, valueMark } from './operation-line.ts';
import { visitInside } from './walk-columns.ts';

/** So many steps are watched. */
const watched = 512;
/** The longest cycle that is found, and how often a cycle must be seen. */
const longestCycle = 128;
const leastRounds = 3;
const shownWithoutCycle = 8;

interface Step {
  readonly signature: string;
  readonly text: string;
  readonly location: Location;
}

/** Watches the actions of a driver until it has seen enough. */
export class CycleWatch implements ActionObserver {
  private readonly root: Operation;
  private readonly steps: Step[];
  private readonly sizeAtFirst: number;
  private before: string;
  private place: { readonly name: string; readonly location: Location } | undefined;

  constructor(root: Operation) {
    this.root = root;
    this.steps = [];
    this.sizeAtFirst = sizeOf(root);
    this.before = '';
    this.place = undefined;
  }

  /** Whether enough was seen. */
  get isDone(): boolean {
    return this.steps.length >= watched;
  }

  begins({ root }: Action): void {
    this.before = operationLine(root);
    this.place = { name: root.name, location: root.location };
  }

  ends({ kind, name, root }: Action, { reason, made, modified, replacedBy }: ActionOutcome): void {
    if (reason !== undefined || !this.place) return;
    const what = kind === 'fold' ? `fold of '${name}'` : `pattern '${name}'`;
    const changed = root.isErased ? [] : modified.filter((operation) => operation === root);
    const built = [...made, ...changed].map((operation) => operationLine(operation));
    const after =
      built.length > 0
        ? built.join('; ')
        : replacedBy && replacedBy.length > 0
          ? `value ${replacedBy.map((value) => valueMark(value)).join(', ')}`
          : root.isErased
            ? 'nothing'
            : 'itself, with changes elsewhere';
    this.steps.push({
      signature: `${kind} ${name} ${this.place.name}`,
      text: `${what}: ${this.before} becomes ${after}`,
      location: this.place.location,
    });
  }

  /** What to say: `rewrites` is how many there were. */
  diagnostic(doing: string, rewrites: number): Diagnostic {
    const { steps, root } = this;
    const length = cycleLength(steps.map(({ signature }) => signature));
    const shown = steps.slice(-(length ?? shownWithoutCycle));
    const texts = numbered(shown.map(({ text }) => text));
    const notes = shown.map(({ location }, at) =>
      noteAt(location, length === undefined ? `${texts[at]}` : `step ${at + 1} of ${length}: ${texts[at]}`),
    );
    const growth = length === undefined ? 0 : Math.round(((sizeOf(root) - this.sizeAtFirst) * length) / steps.length);
    const cycle =
      length === undefined
        ? `without a cycle of up to ${longestCycle} steps; the last were these`
        : length === 1
          ? 'the same step over and over'
          : `the same ${length} steps over and over`;
    const grows = growth > 0 ? `; each time there are ${growth} more operations` : '';
    return errorAt(root.location, `${doing} '${root.name}' does not end: ${rewrites} rewrites, ${cycle}${grows}`, [
      ...notes,
      noteAt(root.location, hint(shown.length, growth)),
    ]);
  }
}

const hint = (steps: number, growth: number): string =>
  growth > 0
    ? 'a pattern that matches what it builds never comes to rest: ask in it for what is not there yet'
    : steps === 1
      ? 'a pattern must change something for good: ask in it whether that is done already'
      : 'patterns that undo each other never come to rest: drop one of them, or ask in it for more';

const sizeOf = (root: Operation): number => {
  let size = 0;
  visitInside(root.context.columns, root.id, () => {
    size++;
  });
  return size;
};

/** The length of the shortest cycle that the end of a list goes through several times. */
function cycleLength(signatures: readonly string[]): number | undefined {
  const last = signatures.length - 1;
  for (let length = 1; length <= Math.min(longestCycle, signatures.length / leastRounds); length++) {
    // A short cycle must last, so that a run of one step within a longer cycle is not taken for all of it.
    const seen = Math.min(signatures.length - length, Math.max(length * leastRounds, longestCycle * 2));
    let same = 0;
    while (same < seen && signatures[last - same] === signatures[last - same - length]) same++;
    if (same === seen) return length;
  }
  return undefined;
}
