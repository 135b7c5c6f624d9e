/**
 * Arithmetic of error bounds. A bound is an array of doubles beside an array of values: the value that the same program
 * would have in real arithmetic, or in any that is at least as good as single precision, differs by at most that much.
 * Sources of the rules: standard rounding error analysis (running error of a sum: unit round-off times the magnitudes
 * of its partial sums) and interval arithmetic.
 */
import { f64, type FloatType, type Type } from '../../ir/index.ts';
import { exponentOf, formatOf } from '../float-format.ts';
import { NdArray, volume } from '../ndarray.ts';

/** From the smallest to the largest number. */
export type Interval = readonly [low: number, high: number];
/** Where every number is that is one. */
export const anywhere: Interval = [-Infinity, Infinity];

/** A value with its bound; the bound has the same shape and element type f64. */
export interface Bounded {
  readonly runtimeKind: 'bounded';
  readonly value: NdArray;
  readonly bound: NdArray;
  /** Where all elements of the reference lie, whatever the inputs are, unless they are NaN. */
  readonly within: Interval;
}
/** Puts a value and its bound together; without a bound the value is exact. */
export const bounded = (value: NdArray, bound = new NdArray(value.shape, f64), within = anywhere): Bounded => ({
  runtimeKind: 'bounded',
  value,
  bound,
  within,
});

/** What a rule finds out of a result. */
export interface Certificate {
  readonly bound: NdArray;
  readonly within: Interval;
}

/** Unit round-off of single precision: half the distance from 1 to the next single. */
export const singleUnit = 2 ** -24;
/** Half the smallest subnormal single: what a rounding may lose near zero. */
const singleTiny = 2 ** -150;
/** The largest single. */
export const largestSingle = (2 - 2 ** -23) * 2 ** 127;

const floatOf = (type: Type): FloatType => {
  if (type.kind !== 'float') throw new RangeError(`no bounds are known for numbers of type ${type.text}`);
  return type;
};

/** Unit round-off of a type, and what a rounding may lose near zero. */
export interface RoundOff {
  readonly unit: number;
  readonly tiny: number;
}
/** The round-off of a floating-point type. */
export function roundOff(type: Type): RoundOff {
  const { precision, least } = formatOf(floatOf(type).name);
  return { unit: 2 ** -precision, tiny: 2 ** (least - precision) };
}

/** The largest number of a type. */
export const largestOf = (type: Type): number => formatOf(floatOf(type).name).largest;

/** Whether every number of `narrow` is one of `wide`. */
export function holdsAll(wide: Type, narrow: Type): boolean {
  if (wide === narrow) return true;
  const [w, n] = [formatOf(floatOf(wide).name), formatOf(floatOf(narrow).name)];
  return (
    w.overflow === 'infinity' &&
    w.zeros === 'signed' &&
    w.precision >= n.precision &&
    w.least - w.precision <= n.least - n.precision &&
    w.largest >= n.largest
  );
}

/** Covers the double arithmetic of the bounds themselves and of the double functions they evaluate. */
const slack = 1 + 2 ** -40;

/** How far the rounded `y` of a type may be from what it was rounded from, to nearest: half the distance to its neighbour. */
export function roundingError(y: number, type: Type): number {
  const { precision, least, largest, overflow, zeros } = formatOf(floatOf(type).name);
  const magnitude = Math.abs(y);
  if (!Number.isFinite(magnitude) || (overflow === 'saturates' && magnitude === largest)) return Infinity;
  // A format without zero takes everything that is small for its smallest number.
  if (zeros === 'none' && magnitude <= 2 ** least) return magnitude;
  return 2 ** (Math.max(magnitude === 0 ? least : exponentOf(magnitude), least) - precision);
}

/** How far a number of at most this magnitude moves when the single precision program rounds it. */
export const singleRounding = (magnitude: number): number => singleUnit * magnitude + singleTiny;

/** The growth factor n·u / (1 − n·u) of n roundings; infinite where the analysis does not hold. */
export function growth(count: number, unit = singleUnit): number {
  const product = count * unit;
  return product < 1 ? product / (1 - product) : Infinity;
}

/** The array of bounds for `result` whose entries are `f(at)`; nothing is claimed where the result is not finite. */
export function boundsFor(result: NdArray, f: (at: number) => number): NdArray {
  const data = new Float64Array(volume(result.shape));
  for (let at = 0; at < data.length; at++) {
    const bound = Number.isFinite(Number(result.data[at])) ? f(at) * slack : Infinity;
    data[at] = bound >= 0 ? bound : Infinity;
  }
  return new NdArray(result.shape, f64, data);
}

const nan = (x: number, instead: number): number => (x === x ? x : instead);
/** The interval after a rounding to single or to anything better; an end that is no number is given up. */
export const roundedOut = ([low, high]: Interval): Interval => [
  Number.isFinite(low) ? low - singleRounding(Math.abs(low)) * (1 + 2 ** -16) : nan(low, -Infinity),
  Number.isFinite(high) ? high + singleRounding(Math.abs(high)) * (1 + 2 ** -16) : nan(high, Infinity),
];
/** What two intervals have in common; the first where that is nothing, which only wrong values bring about. */
export const common = ([low, high]: Interval, [least, most]: Interval): Interval =>
  Math.max(low, least) <= Math.min(high, most) ? [Math.max(low, least), Math.min(high, most)] : [low, high];
/** The smallest interval around two. */
export const hull = ([a, b]: Interval, [c, d]: Interval): Interval => [Math.min(a, c), Math.max(b, d)];

/** Where element `at` of the reference lies; everywhere and NaN too if its bound is infinite. */
export function placeOf({ value, bound, within }: Bounded, at: number): Interval {
  const [x, by] = [Number(value.data[at]), Number(bound.data[at])];
  if (by === 0) return [x, x];
  const reach = by * slack + Math.abs(x) * 2 ** -51;
  return common([x - reach, x + reach], within);
}

/** Whether the reference is known to be a number. */
export const isKnown = ({ bound }: Bounded, at: number): boolean => Number(bound.data[at]) < Infinity;

/** How far from `centre` the reference may be; infinite where single precision overflows. */
export function reach(centre: number, [low, high]: Interval): number {
  if (low === centre && high === centre) return 0;
  if (!(high <= largestSingle && low >= -largestSingle)) return Infinity;
  return Math.max(high - centre, centre - low);
}

/** The first element whose distance is not within the bound, so that a NaN never passes; undefined when all are. */
export function firstOutside(a: NdArray, b: NdArray, bound: NdArray): number | undefined {
  for (let at = 0; at < a.data.length; at++)
    if (!(Math.abs(Number(a.data[at]) - Number(b.data[at])) <= Number(bound.data[at]))) return at;
  return a.data.length === b.data.length && a.data.length === bound.data.length
    ? undefined
    : Math.min(b.data.length, bound.data.length);
}
