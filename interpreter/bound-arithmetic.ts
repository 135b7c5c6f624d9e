/**
 * Arithmetic of error bounds. A bound is an array of doubles beside an array of values: the value that the same
 * program would have with every tensor in single precision differs by at most that much. Bounds are rounded up by
 * a factor that covers their own arithmetic. Source of the rules: standard rounding error analysis, where a sum of n
 * rounded products is off by at most n·u / (1 − n·u) times the sum of their magnitudes.
 */
import { f16, f32, f64, type Type } from '../ir/index.ts';
import { NdArray, volume } from './ndarray.ts';

/** A value with its bound; the bound has the same shape and element type f64. */
export interface Bounded {
  readonly runtimeKind: 'bounded';
  readonly value: NdArray;
  readonly bound: NdArray;
}
/** Puts a value and its bound together; without a bound the value is exact. */
export const bounded = (value: NdArray, bound = new NdArray(value.shape, f64)): Bounded => ({
  runtimeKind: 'bounded',
  value,
  bound,
});

/** Unit round-off of single precision: half the distance from 1 to the next single. */
const singleUnit = 2 ** -24;
/** Half the smallest subnormal single: what a rounding may lose near zero. */
const singleTiny = 2 ** -150;

/** Unit round-off of a type, and what a rounding may lose near zero. */
export function roundOff(type: Type): { readonly unit: number; readonly tiny: number } {
  if (type === f16) return { unit: 2 ** -11, tiny: 2 ** -25 };
  if (type === f32) return { unit: singleUnit, tiny: singleTiny };
  if (type === f64) return { unit: 2 ** -53, tiny: 2 ** -1075 };
  throw new RangeError(`no bounds are known for numbers of type ${type.text}`);
}

/** Covers the double arithmetic of the bounds themselves and of the double functions they evaluate. */
const slack = 1 + 2 ** -40;

/** How far the rounded `y` of a type may be from what it was rounded from. */
export function roundingError(y: number, type: Type): number {
  const { unit, tiny } = roundOff(type);
  return (unit / (1 - unit)) * Math.abs(y) + tiny;
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

/** |x| or a bound as singles, rounded up: what the fast kernels take. */
export function upper(array: NdArray, plus?: NdArray): NdArray {
  const data = new Float32Array(array.data.length);
  for (let at = 0; at < data.length; at++) {
    const x = Math.abs(Number(array.data[at])) + (plus ? Number(plus.data[at]) : 0);
    data[at] = x === 0 ? 0 : x * (1 + 2 ** -22) + 2 ** -149;
  }
  return new NdArray(array.shape, f32, data);
}

/** From a sum of `count` products of non-negative singles, computed in single precision, a limit of the exact sum. */
export const atMost = (sum: number, count: number): number => sum * (1 + 2 * growth(count + 1)) + count * 2 ** -148;

/** The largest distance of a monotone function over [x − by, x + by]; infinite where the function is not finite. */
export function spread(f: (x: number) => number, x: number, by: number): number {
  if (!Number.isFinite(by)) return Infinity;
  const [low, middle, high] = [f(x - by), f(x), f(x + by)];
  if (!Number.isFinite(low) || !Number.isFinite(high)) return by === 0 && Number.isFinite(middle) ? 0 : Infinity;
  // The functions are good to a few units in the last place of a double.
  return Math.max(Math.abs(high - middle), Math.abs(middle - low)) + 2 ** -45 * Math.max(Math.abs(low), Math.abs(high));
}

/** The first element whose distance is not within the bound, so that a NaN never passes; undefined when all are. */
export function firstOutside(a: NdArray, b: NdArray, bound: NdArray): number | undefined {
  for (let at = 0; at < a.data.length; at++)
    if (!(Math.abs(Number(a.data[at]) - Number(b.data[at])) <= Number(bound.data[at]))) return at;
  return a.data.length === b.data.length && a.data.length === bound.data.length
    ? undefined
    : Math.min(b.data.length, bound.data.length);
}
