/** How bounds of sums grow with their length: matrix products of random numbers, exact as they come. */
import { tensorop } from '../../dialects/tensorop/index.ts';
import { bounded, evaluateBounds, NdArray, rounding } from '../../interpreter/index.ts';
import { bitsInFormat, numberInFormat } from '../../interpreter/float-format.ts';
import { type FloatType, nameLocation, tensorType, within } from '../../ir/index.ts';
import { random } from '../../tools/check/tensors.ts';
import { newContext } from '../unit/interpreter/program.ts';
import { exactArray, exactResult } from './exact-meaning.ts';
import { absolute, doubleOf, exactOf } from './exact-number.ts';

/** What is seen of sums of one length. */
export interface LengthRow {
  readonly length: number;
  readonly element: FloatType;
  readonly signs: 'mixed' | 'positive';
  /** The largest error in units of its bound. */
  readonly largest: number;
  /** The median bound in units in the last place of the result. */
  readonly median: number;
  readonly flipped: number;
  readonly caught: number;
}

const side = 6;

/** Bounds and errors of 36 sums of `length` products. */
export function sumsOfLength(length: number, element: FloatType, signs: LengthRow['signs']): LengthRow {
  const next = random(length);
  const round = rounding(element);
  const drawn = (shape: readonly number[]): NdArray =>
    new NdArray(
      shape,
      element,
      Float32Array.from({ length: side * length }, () => round(next() - (signs === 'mixed' ? 0.5 : 0))),
    );
  const inputs = [drawn([side, length]), drawn([length, side])];
  const context = newContext();
  const block = context.newBlock(inputs.map(({ shape }) => tensorType(shape, element)));
  const { operation } = within(context, nameLocation('sums'), () =>
    tensorop.ops.matmul({ lhs: block.argument(0), rhs: block.argument(1) }),
  );
  block.append(operation);
  const { value, bound } = evaluateBounds(
    operation,
    inputs.map((x) => bounded(x)),
  );
  const exact = exactResult(operation, inputs.map(exactArray));
  const inUnits: number[] = [];
  let [largest, flipped, caught] = [0, 0, 0];
  for (const [at, limit] of (bound.data as Float64Array).entries()) {
    const y = Number(value.data[at]);
    const [x, z, room] = [exactOf(y), exact.data[at], exactOf(limit)] as [bigint, bigint, bigint];
    const error = absolute(x - z);
    if (error > room) throw new Error(`${length} products: ${y} is off by ${doubleOf(error)}, bound ${limit}`);
    largest = Math.max(largest, doubleOf(error) / limit);
    const bits = bitsInFormat(y, element.name) as bigint;
    inUnits.push(limit / Math.abs(numberInFormat(bits ^ 1n, element.name) - y));
    flipped++;
    if (absolute((exactOf(numberInFormat(bits ^ 4n, element.name)) as bigint) - z) > room) caught++;
  }
  inUnits.sort((a, b) => a - b);
  return { length, element, signs, largest, median: inUnits[inUnits.length >> 1] as number, flipped, caught };
}
