/**
 * Bounded passes, operation by operation: what an operation gives after a pass is put beside what the one of the same place
 * and name gave before, on the same inputs. That shows what a bound of the whole program is too wide to show.
 */
import { evaluateBounds, evaluateFunctionBounds } from '../../interpreter/bound.ts';
import { bounded } from '../../interpreter/bound/arithmetic.ts';
import { type Bounded, NdArray, type RuntimeValue } from '../../interpreter/index.ts';
import {
  DiagnosticError,
  f32,
  fileOf,
  type Location,
  locationBody,
  type Operation,
  symbolsIn,
  type Value,
} from '../../ir/index.ts';
import { type ValueDifference, valueDifference } from '../check/values.ts';

/** An operation that gives something else on the same inputs. */
export interface StepDifference {
  readonly operation: string;
  readonly location: Location;
  readonly value: ValueDifference;
}

/** Operations by place and name; what several have is left out. */
function byPlace(module: Operation): ReadonlyMap<string, Operation> {
  const found = new Map<string, Operation | undefined>();
  module.walk((operation) => {
    if (operation.resultCount !== 1 || operation.hasRegions || !fileOf(operation.location)) return;
    const key = `${locationBody(operation.location)} ${operation.name}`;
    found.set(key, found.has(key) ? undefined : operation);
  });
  return new Map([...found].filter((entry): entry is [string, Operation] => entry[1] !== undefined));
}

/** The operations of two programs that stand for each other. */
export class Steps {
  /** Operations before, by those after. */
  private readonly partners: ReadonlyMap<Operation, Operation>;
  private readonly before: Operation;
  private readonly after: Operation;

  /** Neither module is to be changed meanwhile. */
  constructor(before: Operation, after: Operation) {
    const old = byPlace(before);
    this.before = before;
    this.after = after;
    this.partners = new Map(
      [...byPlace(after)].flatMap(([key, operation]) => {
        const partner = old.get(key);
        return partner ? [[operation, partner] as const] : [];
      }),
    );
  }

  /** The first operation of a function that leaves its bound; undefined also where bounds are not known. */
  difference(entry: string, inputs: readonly RuntimeValue[]): StepDifference | undefined {
    const given = inputs.filter((value) => value instanceof NdArray);
    if (this.partners.size === 0 || given.length < inputs.length) return undefined;
    const [old, now] = [this.before, this.after].map((module) => symbolsIn(module).get(entry));
    if (!old || !now) return undefined;
    try {
      return this.firstOutside(old, given, this.partnersRun(now, given));
    } catch (error) {
      // Loops and branches have no bounds.
      if (error instanceof DiagnosticError) return undefined;
      throw error;
    }
  }

  /** What operations give that have a partner, with bounds as if what the last of them gave were exact. */
  private partnersRun(callee: Operation, inputs: readonly NdArray[]): ReadonlyMap<Operation, StepRun> {
    const found = new Map<Operation, StepRun>();
    evaluateFunctionBounds(
      callee,
      inputs.map((value) => bounded(value)),
      (operation, result) => {
        const partner = this.partners.get(operation);
        if (!partner) return undefined;
        found.set(partner, { operation, result });
        return bounded(result.value);
      },
    );
    return found;
  }

  /** Runs what was before on what its partners give. Between two partners both sides round, each in its own way. */
  private firstOutside(
    callee: Operation,
    inputs: readonly NdArray[],
    runs: ReadonlyMap<Operation, StepRun>,
  ): StepDifference | undefined {
    const { entry } = callee.region(0);
    const known = new Map<Value, Bounded>();
    for (const [at, value] of (entry?.arguments ?? []).entries()) known.set(value, bounded(inputs[at] as NdArray));
    for (const operation of entry?.operations ?? []) {
      const operands = operation.operands.map((value) => known.get(value));
      if (operation.hasTrait('terminator') || operation.resultCount !== 1 || operands.includes(undefined)) continue;
      const expected = evaluateBounds(operation, operands as readonly Bounded[]);
      known.set(operation.result(0), expected);
      const run = runs.get(operation);
      const found = run && sameElements(run.result.value, expected.value);
      if (!run || !found) continue;
      const [now, old] = [run.result.bound.data, expected.bound.data] as [Float64Array, Float64Array];
      const value = valueDifference(
        expected.value,
        found,
        now.map((bound, at) => bound + (old[at] as number)),
      );
      if (value) return { operation: run.operation.name, location: run.operation.location, value };
      known.set(operation.result(0), bounded(found));
    }
    return undefined;
  }
}

interface StepRun {
  readonly operation: Operation;
  readonly result: Bounded;
}

/** A value as one of the element type of another; undefined where it is not the same numbers in the same extents. */
function sameElements(value: NdArray, { element, shape }: NdArray): NdArray | undefined {
  if (shape.join() !== value.shape.join()) return undefined;
  if (element === value.element) return value;
  // Halves are kept as numbers of single precision.
  return element === f32 && value.data instanceof Float32Array ? new NdArray(shape, f32, value.data) : undefined;
}
