/** Running a program before and after a rule on numbers: all that there are, or the edges and random ones. */
import {
  arithSemantics,
  builtinSemantics,
  Evaluator,
  funcSemantics,
  graphSemantics,
  NdArray,
  newElements,
  type RuntimeValue,
  type Scalar,
  tensoropSemantics,
  volume,
} from '../../interpreter/index.ts';
import { DiagnosticError, type Operation, type Type } from '../../ir/index.ts';
import { Random } from '../check/random.ts';
import { valueDifference } from '../check/values.ts';
import { allNumbers, bitsOfType, edgeNumbers, numberOfBits, randomNumber } from './samples.ts';

/** Inputs of up to so many bits together are tried completely unless another number is given. */
export const usualCompleteBits = 16;

/** Inputs to run on. */
export interface Inputs {
  readonly lists: Iterable<readonly Scalar[]>;
  /** Whether these are all that there are. */
  readonly complete: boolean;
}

function* everything(types: readonly Type[]): Generator<readonly Scalar[]> {
  const widths = types.map(bitsOfType);
  const numbers = types.map(allNumbers);
  const total = 2 ** widths.reduce((sum, width) => sum + width, 0);
  for (let bits = 0; bits < total; bits++) {
    let rest = bits;
    yield types.map((_, at) => {
      const size = 2 ** (widths[at] as number);
      const number = (numbers[at] as readonly Scalar[])[rest % size] as Scalar;
      rest = Math.floor(rest / size);
      return number;
    });
  }
}

function* sampled(types: readonly Type[], count: number): Generator<readonly Scalar[]> {
  const edges = types.map(edgeNumbers);
  const combinations = edges.reduce((product, list) => product * list.length, 1);
  const random = new Random(count, types.length);
  // Pairs of edges are all tried; of three and more, some.
  for (let at = 0; at < Math.min(combinations, 2000); at++) {
    let rest = at;
    yield edges.map((list) => {
      const pick = combinations > 2000 ? random.below(list.length) : rest % list.length;
      rest = Math.floor(rest / list.length);
      return list[pick] as Scalar;
    });
  }
  for (let at = 0; at < count; at++)
    yield types.map((type, place) =>
      random.once(5) ? random.pick(edges[place] as readonly Scalar[]) : randomNumber(type, random),
    );
}

/** All inputs of some types where they are of no more than `completeBits`, else pairs of edges and so many random ones. */
export function inputsOf(types: readonly Type[], count: number, completeBits: number): Inputs {
  const complete = types.reduce((sum, type) => sum + bitsOfType(type), 0) <= completeBits;
  return { lists: complete ? everything(types) : sampled(types, count), complete };
}

/** Semantics of whatever rules are over. */
export const newEvaluator = (): Evaluator =>
  new Evaluator([builtinSemantics, funcSemantics, arithSemantics, graphSemantics, tensoropSemantics]);

/** What a function gives, or undefined where running it ends in a fault. */
export function resultsOf(
  evaluator: Evaluator,
  of: Operation,
  given: readonly RuntimeValue[],
): readonly RuntimeValue[] | undefined {
  try {
    return evaluator.call(of, given);
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
}

/** Where two functions differ; values and results are written as a reader sees them. */
export interface RunDifference {
  readonly given: readonly string[];
  readonly before: string;
  readonly after: string;
}

const text = (value: Scalar | undefined): string => (Object.is(value, -0) ? '-0' : String(value));
/** A number as it is written in a finding. */
export const scalarText = text;

const isArray = (type: Type): boolean => type.kind === 'tensor';
/** Elements of the first array. */
const sizeOf = (types: readonly Type[]): number =>
  types.flatMap((type) => (type.kind === 'tensor' ? [volume(type.shape)] : []))[0] ?? 0;
const elementOf = (type: Type): Type => (type.kind === 'tensor' ? type.element : type);

/** What running found: how many inputs were compared, and the first that differs. */
export interface Comparison {
  readonly compared: number;
  readonly complete: boolean;
  readonly difference: RunDifference | undefined;
}

/** How functions are run. */
export interface RunOptions {
  /** Random inputs, where these are not all. */
  readonly count: number;
  /** Inputs of up to so many bits together are all taken. */
  readonly completeBits: number;
  /** Whether what comes before the rule has a meaning, beside not ending in a fault. */
  hasMeaning(given: readonly Scalar[]): boolean;
}

/** Runs both functions on inputs and compares; inputs on which `before` has no meaning are passed over. */
export function compareByRunning(
  before: Operation,
  after: Operation,
  { count, completeBits, hasMeaning }: RunOptions,
): Comparison {
  const types = (before.region().entry?.arguments ?? []).map(({ type }) => type);
  const inputs = inputsOf(types.map(elementOf), types.some(isArray) ? sizeOf(types) : count, completeBits);
  const [first, second] = [newEvaluator(), newEvaluator()];
  if (types.some(isArray)) return compareArrays(before, after, types, inputs);
  let compared = 0;
  for (const given of inputs.lists) {
    const expected = resultsOf(first, before, given);
    if (expected === undefined || !hasMeaning(given)) continue;
    compared++;
    const found = resultsOf(second, after, given);
    if (found === undefined || expected.some((value, at) => valueDifference(value, found[at])))
      return { compared, complete: inputs.complete, difference: differing(given, expected, found) };
  }
  return { compared, complete: inputs.complete, difference: undefined };
}

const differing = (
  given: readonly Scalar[],
  expected: readonly RuntimeValue[],
  found: readonly RuntimeValue[] | undefined,
): RunDifference => ({
  given: given.map(text),
  before: expected.map((value) => text(value as Scalar)).join(', '),
  after: found ? found.map((value) => text(value as Scalar)).join(', ') : 'a fault',
});

/** Functions of arrays element by element get all inputs at once, as one array for each argument. */
function compareArrays(before: Operation, after: Operation, types: readonly Type[], inputs: Inputs): Comparison {
  const lists = [...inputs.lists];
  const size = sizeOf(types);
  const taken = lists.slice(0, size);
  const given = types.map((type, at) => {
    if (type.kind !== 'tensor') throw new Error('arrays and single numbers are not mixed');
    const data = newElements(type.element, size);
    for (let place = 0; place < size; place++) data[place] = taken[place % taken.length]?.[at] as never;
    return new NdArray(type.shape, type.element, data);
  });
  const [expected] = resultsOf(newEvaluator(), before, given) ?? [];
  const [found] = resultsOf(newEvaluator(), after, given) ?? [];
  const complete = inputs.complete && lists.length <= size;
  if (expected === undefined) return { compared: 0, complete, difference: undefined };
  const difference = valueDifference(expected, found);
  if (!difference) return { compared: taken.length, complete, difference: undefined };
  const { element = 0, before: one, after: other } = difference;
  return {
    compared: taken.length,
    complete,
    difference: { given: (taken[element] ?? []).map(text), before: one, after: other },
  };
}

/** The numbers that bits stand for. */
export const scalarsOf = (bits: readonly bigint[], types: readonly Type[]): readonly Scalar[] =>
  types.map((type, at) => numberOfBits(bits[at] as bigint, type));
