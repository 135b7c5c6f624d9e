/** The interpreter as judge over a pipeline: what a program gives before and after every pass. */
import { evaluateFunctionBounds } from '../../interpreter/bound.ts';
import { bounded } from '../../interpreter/bound/arithmetic.ts';
import { type Limits, NdArray, type RuntimeValue } from '../../interpreter/index.ts';
import { DiagnosticError, f16, type Operation, symbolsIn, visitSymbolReferences } from '../../ir/index.ts';
import type { Pass } from '../../rewrite/index.ts';
import { type Entry, entriesOf, Execution, type Outcome } from '../check/execution.ts';
import { type InputList, inputLists, type InputStyle, inputStyles } from '../check/inputs.ts';
import { type ValueDifference, valueDifference } from '../check/values.ts';
import { type StepDifference, Steps } from './steps.ts';

/** What programs are given. */
export interface JudgeOptions {
  /** Lists of inputs for each function; twelve by default, two of each style. */
  readonly inputs: number;
  readonly seed: number;
  readonly styles: readonly InputStyle[];
  /** Inputs to take instead of generated ones, for functions that take as many. */
  readonly given?: readonly (readonly RuntimeValue[])[];
  readonly limits?: Partial<Limits>;
  /** What the program lacks at the beginning, as passes say it. */
  readonly lacks?: readonly string[] | undefined;
}
/** What holds unless the caller says otherwise. */
export const usualJudging: JudgeOptions = { inputs: 2 * inputStyles.length, seed: 1, styles: inputStyles };

/** How a program differs after a pass from what it was before. */
export interface Difference {
  readonly entry: string;
  readonly input: InputList;
  /** What the program lacked before. */
  readonly lacks: readonly string[] | undefined;
  /** Which result; undefined when the program faults or is gone, and where it is an operation. */
  readonly output: number | undefined;
  /** The operation that leaves its bound on the same inputs, where what the program gives is inside its own. */
  readonly step?: StepDifference | undefined;
  readonly value: ValueDifference;
}

/** What judging one pass gave. */
export interface Verdict {
  readonly difference: Difference | undefined;
  /** Runs that were compared, and those that could not be: what ran before had a fault, or no bound is known. */
  readonly compared: number;
  readonly skipped: number;
  /** Elements of results for which no finite bound holds, so that nothing could be asked of them. */
  readonly unbounded: number;
  /** Why the first run was skipped. */
  readonly reason: string | undefined;
  readonly milliseconds: number;
}

interface Case {
  readonly entry: Entry;
  readonly input: InputList;
  outcome: Outcome;
}

/** Knows what a module gives, and tells when it gives something else. */
export class Judge {
  private readonly cases: readonly Case[];
  private readonly options: JudgeOptions;
  /** What the program lacks now. */
  private lacks: readonly string[] | undefined;
  /** Functions that others call: what happens to them shows in these as well. */
  private readonly called: ReadonlySet<string>;
  /** Whether the module holds halves: then what it gives has a bound of its own. */
  private halves: boolean;

  constructor(module: Operation, options: JudgeOptions = usualJudging) {
    this.options = options;
    this.lacks = options.lacks;
    this.halves = holdsHalves(module);
    this.called = calledNames(module);
    const execution = this.executionOf(module);
    this.cases = entriesOf(module).flatMap((entry) =>
      this.inputsOf(entry).map((input) => ({ entry, input, outcome: execution.run(entry.name, input.values) })),
    );
  }

  /** How many runs can be compared at all. */
  get comparable(): number {
    return this.cases.filter(({ outcome }) => outcome.values).length;
  }

  /** An input that a run can be shown on; undefined when nothing can be run. */
  get example(): { readonly entry: string; readonly input: InputList } | undefined {
    const found = this.cases.find(({ outcome }) => outcome.values);
    return found && { entry: found.entry.name, input: found.input };
  }

  /** Why nothing, or not everything, can be compared. */
  get reason(): string | undefined {
    if (this.cases.length === 0) return 'no public function takes only numbers and tensors of numbers';
    return this.cases.find(({ outcome }) => outcome.fault !== undefined)?.outcome.fault;
  }

  private inputsOf({ inputs }: Entry): readonly InputList[] {
    const { given, inputs: count, seed, styles } = this.options;
    const fitting = given?.filter((values) => values.length === inputs.length) ?? [];
    if (fitting.length > 0) return fitting.map((values) => ({ values, style: 'given', seed: 0 }));
    return inputLists(inputs, { count: inputs.length === 0 ? 1 : count, seed, styles });
  }

  private executionOf(module: Operation): Execution {
    const { limits } = this.options;
    return new Execution(module, { lacks: this.lacks, ...(limits ? { limits } : {}) });
  }

  /**
   * Compares what `module` gives now with what it gave before `pass` ran on `root`, which is it or a part of it. After
   * that, what it gives now is what counts. With the module as it was `before`, operations of a bounded pass are compared
   * one by one as well.
   */
  judge(pass: Pick<Pass, 'exact' | 'lacks'>, module: Operation, root: Operation = module, before?: Operation): Verdict {
    const start = performance.now();
    const lackedBefore = this.lacks;
    this.lacks = pass.lacks ?? this.lacks;
    let [compared, skipped, unbounded] = [0, 0, 0];
    let reason: string | undefined;
    let difference: Difference | undefined;
    const only = this.onlyEntry(module, root);
    const halves = holdsHalves(module);
    const execution = this.executionOf(module);
    const steps = before && pass.exact !== true ? new Steps(before, module) : undefined;
    for (const one of this.cases) {
      if (only !== undefined && one.entry.name !== only) continue;
      const earlier = one.outcome;
      const { entry, input } = one;
      one.outcome = execution.run(entry.name, input.values);
      if (earlier.fault !== undefined) {
        skipped++;
        reason ??= earlier.fault;
        continue;
      }
      if (one.outcome.values && !difference) {
        const step = steps?.difference(entry.name, input.values);
        if (step)
          difference = { entry: entry.name, input, lacks: lackedBefore, output: undefined, step, value: step.value };
      }
      const bounds = pass.exact === true ? [] : this.bounds(module, one, halves);
      if (typeof bounds === 'string') {
        skipped++;
        reason ??= bounds;
        continue;
      }
      compared++;
      for (const bound of bounds) unbounded += infinitely(bound);
      const found = outcomeDifference(earlier.values, one.outcome, bounds);
      if (found) difference ??= { entry: entry.name, input, lacks: lackedBefore, ...found };
    }
    this.halves = halves;
    return { difference, compared, skipped, unbounded, reason, milliseconds: performance.now() - start };
  }

  /** The function that alone can have changed, when a pass ran on a public function that nothing calls. */
  private onlyEntry(module: Operation, root: Operation): string | undefined {
    if (root === module || root.isErased) return undefined;
    const found = [...symbolsIn(module)].find(([, operation]) => operation === root)?.[0];
    if (found === undefined || this.called.has(found)) return undefined;
    return this.cases.some(({ entry }) => entry.name === found) ? found : undefined;
  }

  /** How far each element of each result may be from what it was; a text says why that is not known. */
  private bounds(module: Operation, { entry, input }: Case, halves: boolean): readonly ArrayLike<number>[] | string {
    const callee = symbolsIn(module).get(entry.name);
    if (!callee) return `there is no function @${entry.name}`;
    const arrays = input.values.filter((value) => value instanceof NdArray);
    if (arrays.length < input.values.length) return 'bounds are known of tensors only';
    try {
      const now = evaluateFunctionBounds(
        callee,
        arrays.map((value) => bounded(value)),
      );
      // Both sides are near the program in single precision; before the step to half there is but one.
      const both = this.halves && halves ? 2 : 1;
      return now.map(({ bound }) => (bound.data as Float64Array).map((x) => both * x));
    } catch (error) {
      if (error instanceof DiagnosticError) return error.diagnostics[0]?.message ?? 'no bound is known';
      throw error;
    }
  }
}

function calledNames(module: Operation): ReadonlySet<string> {
  const names = new Set<string>();
  module.walk((operation) => {
    for (const { value } of operation.attributes) visitSymbolReferences(value, ({ root }) => names.add(root));
  });
  return names;
}

const holdsHalves = (module: Operation): boolean => {
  let found = false;
  module.walk((operation) => {
    found ||= operation.results.some(({ type }) => type.kind === 'tensor' && type.element === f16);
  });
  return found;
};

const infinitely = (bound: ArrayLike<number>): number => {
  let count = 0;
  for (let at = 0; at < bound.length; at++) if (!Number.isFinite(bound[at])) count++;
  return count;
};

/** How two outcomes differ. */
export function outcomeDifference(
  before: readonly RuntimeValue[],
  after: Outcome,
  bounds: readonly ArrayLike<number>[] = [],
): { readonly output: number | undefined; readonly value: ValueDifference } | undefined {
  const whole = (text: string): ValueDifference => ({
    element: undefined,
    before: `${before.length} values`,
    after: text,
    bound: undefined,
  });
  if (after.fault !== undefined) return { output: undefined, value: whole(`a fault: ${after.fault}`) };
  if (after.values.length !== before.length)
    return { output: undefined, value: whole(`${after.values.length} values`) };
  for (const [output, value] of before.entries()) {
    const found = valueDifference(value, after.values[output], bounds[output]);
    if (found) return { output, value: found };
  }
  return undefined;
}
