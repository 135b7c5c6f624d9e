/**
 * Bounds through fixed point. An integer stands for the number q · 2^position of a reference that does not round to
 * integers, and its bound is in units of 2^position. A reference that rounds as well stays inside the same bound.
 */
import {
  dequantize,
  holdsIntegers,
  integerRange,
  type IntegerType,
  type Rounding,
  roundToInteger,
  type Type,
} from '../../ir/index.ts';
import type { NdArray } from '../ndarray.ts';
import {
  type Bounded,
  boundsFor,
  type Certificate,
  hull,
  type Interval,
  isKnown,
  placeOf,
  reach,
  roundingError,
} from './arithmetic.ts';

const scaled = ([low, high]: Interval, position: number): Interval => [
  dequantize(low, position),
  dequantize(high, position),
];

/**
 * x / 2^position as an integer of a type. What is declared: half a unit, in a direction a whole one; none where nothing is
 * cut off, as integers are by a position that is not positive, and none where the range ends. What saturation cuts off
 * is how far the numbers go beyond the range.
 */
export function integerBound(
  input: Bounded,
  position: number,
  rounding: Rounding,
  type: Type,
  result: NdArray,
): Certificate {
  const [least, most] = integerRange((type as IntegerType).width).map(Number) as [number, number];
  const limited = (x: number): number => Math.min(Math.max(x, least), most);
  const rounded = (x: number): number => roundToInteger(limited(x), rounding);
  const isWhole = input.value.element.kind === 'integer' && position <= 0;
  const declared = isWhole ? 0 : rounding === 'nearest' ? 0.5 : 1;
  return {
    bound: boundsFor(result, (at) => {
      if (!isKnown(input, at)) return Infinity;
      const x = dequantize(Number(input.value.data[at]), -position);
      const [low, high] = scaled(placeOf(input, at), -position);
      const [centre, whole] = [limited(x), rounded(x)];
      const rounds = centre === x ? declared : 0;
      const toExact = Math.max(high - centre, centre - low) + rounds;
      // Where the reference rounds too, both are integers and the intervals of the one make the other's.
      const toRounded = Math.max(rounded(high) - whole, whole - rounded(low));
      return Math.max(toExact, toRounded);
    }),
    within: hull(scaled(input.within, -position), scaled(input.within, -position).map(rounded) as unknown as Interval),
  };
}

/** q · 2^position as a floating-point number; the reference has it exactly, or rounded to single precision. */
export function dequantizedBound(input: Bounded, position: number, from: Type, to: Type, result: NdArray): Certificate {
  const format = to.kind === 'float' && to.name === 'f16' ? 'f16' : 'f32';
  const isExact = holdsIntegers(format, (from as IntegerType).width, position);
  return {
    bound: boundsFor(result, (at) => {
      if (!isKnown(input, at)) return Infinity;
      const centre = dequantize(Number(input.value.data[at]), position);
      const own = isExact ? 0 : roundingError(Number(result.data[at]), to);
      return reach(centre, scaled(placeOf(input, at), position)) + own;
    }),
    within: scaled(input.within, position),
  };
}
