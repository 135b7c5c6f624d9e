/**
 * Bounds of softmax: e^xᵢ / Σ e^xⱼ grows with xᵢ, falls with the others and does not change when all move alike. So its
 * ends follow from those of x, however far they are apart; operation by operation the quotient would have no bound.
 */
import { f32, type Type } from '../../ir/index.ts';
import { accumulator, rounding } from '../number.ts';
import {
  type Bounded,
  growth,
  holdsAll,
  type Interval,
  isKnown,
  largestOf,
  placeOf,
  roundedOut,
  type RoundOff,
  roundOff,
} from './arithmetic.ts';

/** Where shares lie, their roundings included. */
export const shareWithin: Interval = roundedOut(roundedOut([0, 1]));

/** Where the shares e^xᵢ / Σ e^xⱼ of some intervals lie when each e^x is also off by the factor e^±`off` and by ±`tiny`. */
function shares(
  lows: ArrayLike<number>,
  highs: ArrayLike<number>,
  off: (at: number) => number,
  tiny: number,
): readonly Interval[] {
  const count = lows.length;
  let most = -Infinity;
  for (let at = 0; at < count; at++) most = Math.max(most, (highs[at] as number) + off(at));
  // The largest term is 1, so that what underflows is small against it.
  const least = Float64Array.from({ length: count }, (_, at) =>
    Math.max(0, Math.exp((lows[at] as number) - off(at) - most) * (1 - 2 ** -48) - tiny),
  );
  const largest = Float64Array.from(
    { length: count },
    (_, at) => Math.exp((highs[at] as number) + off(at) - most) * (1 + 2 ** -48) + tiny,
  );
  const [restLeast, restLargest] = [sumsOfOthers(least), sumsOfOthers(largest)];
  const share = (part: number, rest: number, instead: number): number =>
    part + rest > 0 && part + rest < Infinity ? part / (part + rest) : instead;
  return Array.from(least, (part, at) => [
    share(part, restLargest[at] as number, 0),
    share(largest[at] as number, restLeast[at] as number, 1),
  ]);
}

/** For each number the sum of the others, without taking differences. */
function sumsOfOthers(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length);
  for (let at = 1; at < values.length; at++) sums[at] = (sums[at - 1] as number) + (values[at - 1] as number);
  let behind = 0;
  for (let at = values.length - 1; at >= 0; at--) {
    sums[at] = (sums[at] as number) + behind;
    behind += values[at] as number;
  }
  return sums;
}

/** Roundings of a quotient: 1, or 2 where it is a reciprocal and a product. */
export type QuotientRoundings = 1 | 2;

/** How far each element of softmax of a row of `input`, computed step by step in `type`, may be from the reference's. */
export function softmaxBound(
  input: Bounded,
  row: readonly number[],
  type: Type,
  quotient: QuotientRoundings,
): readonly number[] {
  const count = row.length;
  // The sum is at most the number of terms; where it may overflow, nothing is claimed.
  if (count > largestOf(type) / 2 || !row.every((at) => isKnown(input, at))) return row.map(() => Infinity);
  const values = row.map((at) => Number(input.value.data[at]));
  const places = row.map((at) => placeOf(input, at));
  const [lows, highs] = [places.map(([low]) => low), places.map(([, high]) => high)];
  const [own, single, round] = [roundOff(type), roundOff(f32), rounding(type)];
  const [largest, most] = [maximum(values), maximum(highs)];
  // x − max is rounded here to a known number, in the reference to one that is known less; 0 and e^0 = 1 are exact.
  const powered = ({ unit }: RoundOff, moved: number): number => moved + unit * (1 + unit) + 2 ** -48;
  const ownOff = (at: number): number => {
    const depth = largest - (values[at] as number);
    return depth === 0 || depth === Infinity ? 0 : powered(own, Math.abs(round(depth) - depth));
  };
  const theirOff = (at: number): number => {
    const depth = most - (lows[at] as number);
    return depth === 0 || depth === Infinity ? 0 : powered(single, depth * single.unit + single.tiny);
  };
  const mine = shares(values, values, ownOff, own.tiny);
  const theirs = shares(lows, highs, theirOff, single.tiny);
  const sumType = accumulator(type);
  const stored = holdsAll(type, sumType) ? 0 : 1;
  const mySlip = (1 + growth(count - 1, roundOff(sumType).unit)) * (1 + growth(quotient + stored, own.unit)) - 1;
  const theirSlip = (1 + growth(count - 1)) * (1 + growth(quotient)) - 1;
  const edge = 2 * (own.tiny + single.tiny);
  return mine.map(([low, high], at) => {
    const [from, to] = theirs[at] as Interval;
    return Math.max(to * (1 + theirSlip) - low * (1 - mySlip), high * (1 + mySlip) - from * (1 - theirSlip)) + edge;
  });
}

const maximum = (values: readonly number[]): number => values.reduce((most, x) => Math.max(most, x), -Infinity);
