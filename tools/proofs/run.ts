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
import { isElement } from './symbolic-function.ts';

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

/** A number as the value of a type, which may be a tensor of one. */
function asValue(value: RuntimeValue, type: Type | undefined): RuntimeValue {
  if (!type || !isElement(type) || typeof value === 'object') return value;
  const data = newElements(type.element, 1);
  data[0] = (data instanceof BigInt64Array || data instanceof BigUint64Array ? BigInt(value) : Number(value)) as never;
  return new NdArray([], type.element, data);
}
const asNumber = (value: RuntimeValue): RuntimeValue =>
  value instanceof NdArray && value.shape.length === 0 ? (value.data[0] as Scalar) : value;

/** What a function gives, or undefined where running it ends in a fault. Tensors of one number are told as the number. */
export function resultsOf(
  evaluator: Evaluator,
  of: Operation,
  given: readonly RuntimeValue[],
): readonly RuntimeValue[] | undefined {
  const types = (of.region().entry?.arguments ?? []).map(({ type }) => type);
  const values = given.map((value, at) => asValue(value, types[at]));
  try {
    return evaluator.call(of, values).map(asNumber);
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

const isArray = (type: Type): boolean => type.kind === 'tensor' && !isElement(type);
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
  if (types.some(isArray)) return compareArrays(before, after, filledArrays(types, completeBits));
  const inputs = inputsOf(types.map(elementOf), count, completeBits);
  const [first, second] = [newEvaluator(), newEvaluator()];
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

/** Inputs of functions of arrays. */
interface FilledArrays {
  readonly given: readonly NdArray[];
  /** The numbers that stand at each place. */
  readonly taken: readonly (readonly Scalar[])[];
  readonly complete: boolean;
}
const filled = new Map<string, FilledArrays>();

/** All inputs at once, as one array for each argument; made once, as many programs run on the same. */
function filledArrays(types: readonly Type[], completeBits: number): FilledArrays {
  const key = `${completeBits} ${types.map(({ text }) => text).join()}`;
  const known = filled.get(key);
  if (known) return known;
  const size = sizeOf(types);
  const inputs = inputsOf(types.map(elementOf), size, completeBits);
  const lists = [...inputs.lists];
  const taken = lists.slice(0, size);
  const given = types.map((type, at) => {
    if (type.kind !== 'tensor') throw new Error('arrays and single numbers are not mixed');
    const data = newElements(type.element, size);
    for (let place = 0; place < size; place++) data[place] = taken[place % taken.length]?.[at] as never;
    return new NdArray(type.shape, type.element, data);
  });
  const made = { given, taken, complete: inputs.complete && lists.length <= size };
  // Rules are judged one after the other; of the types of the last ones, few are asked for again.
  if (filled.size >= mostFilled) filled.clear();
  filled.set(key, made);
  return made;
}
const mostFilled = 8;

/** Functions of arrays element by element. */
function compareArrays(before: Operation, after: Operation, { given, taken, complete }: FilledArrays): Comparison {
  const [expected] = resultsOf(newEvaluator(), before, given) ?? [];
  const [found] = resultsOf(newEvaluator(), after, given) ?? [];
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
