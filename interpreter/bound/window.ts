/** Bounds of pools and of reductions of rows. */
import { f64, type Type } from '../../ir/index.ts';
import { rowMajorStrides } from '../kernel/strided.ts';
import { forEachIndex, NdArray } from '../ndarray.ts';
import { accumulator } from '../number.ts';
import {
  type Bounded,
  boundsFor,
  type Certificate,
  growth,
  holdsAll,
  hull,
  type Interval,
  isKnown,
  largestSingle,
  placeOf,
  reach,
  roundedOut,
  roundingError,
  roundOff,
  singleRounding,
} from './arithmetic.ts';
import { apartOf, mostOf } from './sum.ts';

/** The elements that each element of a result is made of, as offsets. */
type Groups = readonly ArrayLike<number>[];

/** A window that slides over an image whose layout is batch, rows, columns, channels. */
export interface Window {
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly pads: readonly number[];
}

/** The elements of an image in each window, for a result of `shape`; those in the padding are left out. */
export function windowsOf(
  image: readonly number[],
  { kernel: [R, S], strides: [sh, sw], pads: [top = 0, left = 0] }: Window,
  shape: readonly number[],
): Groups {
  const [ns = 0, hs = 0, ws = 0] = rowMajorStrides(image);
  const [, H = 0, W = 0] = image;
  const groups: number[][] = [];
  forEachIndex(shape, ([n = 0, p = 0, q = 0, c = 0]) => {
    const inside: number[] = [];
    for (let r = 0; r < R; r++)
      for (let s = 0; s < S; s++) {
        const [h, w] = [p * sh + r - top, q * sw + s - left];
        if (h >= 0 && h < H && w >= 0 && w < W) inside.push(n * ns + h * hs + w * ws + c);
      }
    groups.push(inside);
  });
  return groups;
}

/** The elements of each row of `width`. */
export const rowsOf = ({ data }: NdArray, width: number): Groups =>
  Array.from({ length: width === 0 ? 0 : data.length / width }, (_, row) =>
    Int32Array.from({ length: width }, (__, at) => row * width + at),
  );

/** The largest of each group. */
export function largestBound(input: Bounded, groups: Groups, result: NdArray): Certificate {
  return {
    bound: boundsFor(result, (at) => {
      const group = groups[at] as ArrayLike<number>;
      let [centre, low, high] = [-Infinity, -Infinity, -Infinity];
      for (let i = 0; i < group.length; i++) {
        const from = group[i] as number;
        if (!isKnown(input, from)) return Infinity;
        const place = placeOf(input, from);
        centre = Math.max(centre, Number(input.value.data[from]));
        [low, high] = [Math.max(low, place[0]), Math.max(high, place[1])];
      }
      return reach(centre, [low, high]);
    }),
    within: input.within,
  };
}

/** The sum of each group, and where `counts` are given its quotient by them. */
export function sumBound(input: Bounded, groups: Groups, result: NdArray, counts?: readonly number[]): Certificate {
  const type = accumulator(input.value.element);
  const { unit, tiny } = roundOff(type);
  const longest = groups.reduce((most, { length }) => Math.max(most, length), 0);
  return {
    bound: boundsFor(result, (at) => {
      const [group, count] = [groups[at] as ArrayLike<number>, counts?.[at] ?? 1];
      let [total, partials, magnitudes, moves] = [0, 0, 0, 0];
      for (let i = 0; i < group.length; i++) {
        const term = Number(input.value.data[group[i] as number]);
        total += term;
        if (i > 0) partials += Math.abs(total);
        magnitudes += Math.abs(term);
        moves += Number(input.bound.data[group[i] as number]);
      }
      const parts = { count: group.length, partials, magnitudes, moves };
      const most = mostOf(parts);
      if (!(most < largestSingle)) return Infinity;
      const apart = apartOf(parts, type, 'exact', 'exact') / count;
      const divided = (most / count) * unit + tiny + singleRounding(most / count);
      return apart + (counts ? divided : 0) + narrowing(Number(result.data[at]), type, result.element);
    }),
    within: counts ? meanWithin(input.within, longest) : totalled(input.within, longest),
  };
}

/** What is lost when a sum kept in a wider type is stored. */
export const narrowing = (y: number, from: Type, to: Type): number => (holdsAll(to, from) ? 0 : roundingError(y, to));

/** Where a sum of up to `count` numbers of an interval lies. */
function totalled([low, high]: Interval, count: number): Interval {
  const grown = 1 + growth(count);
  return [low < 0 ? low * count * grown : low / grown, high > 0 ? high * count * grown : high / grown];
}

/** Where a mean of up to `count` numbers of an interval lies, zeros of a padding among them or not. */
function meanWithin([low, high]: Interval, count: number): Interval {
  const grown = 1 + growth(count + 2);
  return hull([0, 0], roundedOut([low * grown, high * grown]));
}

/** An array of doubles, as bounds are. */
export const doubles = (shape: readonly number[], data?: Float64Array): NdArray => new NdArray(shape, f64, data);
