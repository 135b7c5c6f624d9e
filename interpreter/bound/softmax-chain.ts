/** Softmax as a chain of tensor operations: the last step is found by what its operands are made of. */
import { tensorop } from '../../dialects/tensorop/index.ts';
import { f64, type Operation, type TensorType, type Value } from '../../ir/index.ts';
import { repeatedTo } from '../kernel/strided.ts';
import { NdArray, volume } from '../ndarray.ts';
import { type Bounded, boundsFor, type Certificate } from './arithmetic.ts';
import { shareWithin, softmaxBound } from './share.ts';

const { broadcast, div, exp, mul, recip, reduceMax, reduceSum, reshape, sub } = tensorop.ops;
const shapeOf = (value: Value): readonly number[] => (value.type as TensorType).shape;

/** One number per row of some operand, repeated over the row. */
interface PerRow {
  readonly reduction: Operation;
  readonly isReciprocal: boolean;
}
/** What `value` repeats over the rows of a tensor of `shape`, if it does. */
function perRow(value: Value, shape: readonly number[]): PerRow | undefined {
  const back: (readonly number[])[] = [];
  let [at, reciprocals] = [value, 0];
  for (;;) {
    const operation = at.owner;
    if (!operation) return undefined;
    if (operation.is(reduceSum) || operation.is(reduceMax)) {
      // Row numbers take the way that the numbers take.
      const rows = volume(shapeOf(at));
      let numbers = new NdArray(
        shapeOf(at),
        f64,
        Float64Array.from({ length: rows }, (_, row) => row),
      );
      for (const to of back.reverse())
        numbers = volume(to) === rows ? new NdArray(to, f64, numbers.data) : repeatedTo(numbers, to);
      const width = shape.at(-1) ?? 1;
      const everyRow = (numbers.data as Float64Array).every((row, i) => row === Math.floor(i / width));
      return everyRow && reciprocals < 2 ? { reduction: operation, isReciprocal: reciprocals === 1 } : undefined;
    }
    if (operation.is(recip)) reciprocals++;
    else if (operation.is(broadcast) || operation.is(reshape)) back.push(shapeOf(at));
    else return undefined;
    at = operation.operand(0);
  }
}

/** The numbers of which each row's largest is taken from all: x of x − max x, whose results are not positive. */
function belowLargest(operation: Operation | undefined): Value | undefined {
  if (!operation?.is(sub)) return undefined;
  const numbers = operation.operand(0);
  const most = perRow(operation.operand(1), shapeOf(numbers));
  return most?.reduction.is(reduceMax) && !most.isReciprocal && most.reduction.operand(0) === numbers
    ? numbers
    : undefined;
}

/** The numbers whose softmax an operation ends, when it does: e / Σe or e · (1/Σe) with e = exp(x − max x). */
function endsSoftmax(operation: Operation): Value | undefined {
  const isProduct = operation.is(mul);
  if (!isProduct && !operation.is(div)) return undefined;
  const [a, b] = [operation.operand(0), operation.operand(1)];
  const ways = isProduct
    ? ([
        [a, b],
        [b, a],
      ] as const)
    : ([[a, b]] as const);
  for (const [terms, other] of ways) {
    const sum = perRow(other, shapeOf(terms));
    if (!sum?.reduction.is(reduceSum) || sum.isReciprocal !== isProduct || sum.reduction.operand(0) !== terms) continue;
    const numbers = belowLargest(terms.owner?.is(exp) ? terms.owner.operand(0).owner : undefined);
    if (numbers) return numbers;
  }
  return undefined;
}

/** What is known of an operation's result in its place, beyond what it is bounded by on its own. */
export function inPlace(
  operation: Operation,
  alone: Certificate,
  result: NdArray,
  known: (value: Value) => Bounded | undefined,
): Certificate {
  const numbers = endsSoftmax(operation);
  const input = numbers && known(numbers);
  if (input) return withSoftmax(alone, input, result);
  return belowLargest(operation) ? { ...alone, within: [alone.within[0], 0] } : alone;
}

/** The smaller of what an operation by itself and what the softmax that it ends is bounded by. */
function withSoftmax(found: Certificate, input: Bounded, result: NdArray): Certificate {
  const width = result.shape.at(-1) ?? 1;
  const limits = new Float64Array(result.data.length);
  for (let start = 0; start < limits.length; start += width) {
    const row = Array.from({ length: width }, (_, at) => start + at);
    limits.set(softmaxBound(input, row, result.element, 2), start);
  }
  const bound = boundsFor(result, (at) => Math.min(limits[at] as number, Number(found.bound.data[at])));
  return { bound, within: shareWithin };
}
