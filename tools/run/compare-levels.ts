/** Neighbouring levels compared by the contract between them: equal bits, or inside a certified bound. */
import { f16, f32, type Operation, tensorType, type TensorType, type Type } from '../../ir/index.ts';
import { boundOf, evaluateFunctionBounds } from '../../interpreter/bound.ts';
import { bounded } from '../../interpreter/bound/arithmetic.ts';
import { Evaluator, NdArray, tensoropSemantics } from '../../interpreter/index.ts';
import type { Machine } from '../../target-mlu/index.ts';
import { firstDifference, firstOutside } from '../check/agree.ts';
import { arrayOfNumbers } from '../check/levels.ts';
import { type CompiledLevels, type LevelName, levels } from './compile-levels.ts';
import { type LevelRun, runLevel, type TensorInput } from './run-levels.ts';

/** How one level stands to the one above it. */
export interface LevelComparison {
  readonly above: LevelName;
  readonly level: LevelName;
  /** Whether the step is exact, or bounded. */
  readonly contract: 'exact' | 'bounded';
  readonly agrees: boolean;
  /** The largest difference, and of a bounded step the largest bound. */
  readonly largest: number;
  readonly bound?: number;
  /** What differs, for the reader. */
  readonly detail: string;
}

const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce(
    (most, x, at) => (Object.is(x, b[at]) || x === b[at] ? most : Math.max(most, Math.abs(x - (b[at] as number)))),
    0,
  );

function exactly(above: LevelName, level: LevelName, upper: LevelRun, lower: LevelRun): LevelComparison {
  let largest = 0;
  let detail = '';
  for (const [at, { data, name }] of upper.outputs.entries()) {
    const found = lower.outputs[at]?.data ?? new Float32Array(0);
    largest = Math.max(largest, largestDifference(found, data));
    const where = firstDifference(found, data);
    if (where !== undefined && detail === '')
      detail = `output '${name}' element ${where}: ${found[where]}, above ${data[where]}`;
  }
  return { above, level, contract: 'exact', agrees: detail === '', largest, detail };
}

const arrays = (inputs: readonly TensorInput[]): readonly NdArray[] => inputs.map(arrayOfNumbers);
const entryOf = (module: Operation): Operation | undefined =>
  module.region().entry?.operations.find((operation) => operation.name === 'func.func');

/**
 * An operation in half against the same operation in single precision on the same inputs: the
 * difference must be inside the bound that the operation declares. Gives what leaves its bound.
 */
export function checkHalfSteps(half: Operation, inputs: readonly TensorInput[]): readonly string[] {
  const wrong: string[] = [];
  const entry = entryOf(half);
  if (!entry) return ['there is no function'];
  evaluateFunctionBounds(
    entry,
    arrays(inputs).map((value) => bounded(value)),
    undefined,
    {
      observer(operation, operands, results) {
        const [result] = results;
        const values = operands.filter((value): value is NdArray => value instanceof NdArray);
        const isHalf = result instanceof NdArray && [result, ...values].some(({ element }) => element === f16);
        if (!isHalf || operation.name === 'tensorop.cast' || operands.length === 0) return;
        const { value: expected } = inSingle(operation, values);
        const bound = boundOf(
          operation,
          values.map((value) => bounded(value)),
          result,
        );
        const at = firstOutside(result.data as Float32Array, expected.data as Float32Array, bound.data as Float64Array);
        if (at !== undefined)
          wrong.push(
            `'${operation.name}' element ${at}: ${result.data[at]} in half, ${expected.data[at]} in single, bound ${bound.data[at]}`,
          );
      },
    },
  );
  return wrong;
}

/** The same operation computed in single precision on the same numbers. */
function inSingle(operation: Operation, values: readonly NdArray[]): { readonly value: NdArray } {
  const { context } = operation;
  const wider = (element: Type): Type => (element.kind === 'float' ? f32 : element);
  const wide = (type: TensorType): TensorType => tensorType(type.shape, wider(type.element));
  const block = context.newBlock(values.map((value) => tensorType(value.shape, wider(value.element))));
  const attributes = operation.attributes.filter((entry) => entry.name !== 'accumulator');
  const single = context.create(
    operation.name,
    block.arguments,
    operation.results.map((result) => wide(result.type as TensorType)),
    { attributes },
  );
  block.append(single);
  const operands = values.map((value) => new NdArray(value.shape, wider(value.element), value.data));
  const [result] = new Evaluator([tensoropSemantics]).apply(single, operands);
  block.erase();
  if (!(result instanceof NdArray)) throw new Error('a tensor operation gives a tensor');
  return { value: result };
}

function inBound(
  compiled: CompiledLevels,
  inputs: readonly TensorInput[],
  upper: LevelRun,
  lower: LevelRun,
): LevelComparison {
  const entry = compiled.half && entryOf(compiled.half);
  const results = entry
    ? evaluateFunctionBounds(
        entry,
        arrays(inputs).map((value) => bounded(value)),
      )
    : [];
  let [largest, bound, detail] = [0, 0, ''];
  for (const [at, { data, name }] of upper.outputs.entries()) {
    const found = lower.outputs[at]?.data ?? new Float32Array(0);
    const limit = results[at]?.bound.data as Float64Array;
    largest = Math.max(largest, largestDifference(found, data));
    for (const one of limit) bound = Math.max(bound, one);
    const where = firstOutside(found, data, limit);
    if (where !== undefined && detail === '')
      detail = `output '${name}' element ${where}: ${found[where]}, above ${data[where]}, bound ${limit[where]}`;
  }
  const [step] = compiled.half ? checkHalfSteps(compiled.half, inputs) : [];
  if (step !== undefined && detail === '') detail = step;
  return { above: 'tensorop', level: 'half', contract: 'bounded', agrees: detail === '', largest, bound, detail };
}

/** Runs every level that a program has and compares each with the one above it. */
export function compareLevels(
  compiled: CompiledLevels,
  inputs: readonly TensorInput[],
  machine: Machine,
): { readonly runs: ReadonlyMap<LevelName, LevelRun>; readonly comparisons: readonly LevelComparison[] } {
  const runs = new Map<LevelName, LevelRun>();
  const comparisons: LevelComparison[] = [];
  let above: LevelName | undefined;
  for (const level of levels) {
    const run = runLevel(compiled, level, inputs, machine);
    if (!run) continue;
    const upper = above && runs.get(above);
    if (above && upper)
      comparisons.push(level === 'half' ? inBound(compiled, inputs, upper, run) : exactly(above, level, upper, run));
    runs.set(level, run);
    above = level;
  }
  return { runs, comparisons };
}
