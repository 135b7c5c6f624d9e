/** Bounds of sums: the running error of both programs, from the partial sums that they have in common. */
import type { Type } from '../../ir/index.ts';
import { type Bounded, growth, largestSingle, roundOff, singleUnit } from './arithmetic.ts';

/** What the bound of a sum in order is made of; kept in plain numbers, since sums are the bulk of the work. */
export interface SumParts {
  /** How many terms. */
  readonly count: number;
  /** Σ of the magnitudes of the partial sums but the first, which is added to +0 and so exact. */
  readonly partials: number;
  /** Σ of the magnitudes of the terms. */
  readonly magnitudes: number;
  /** Σ of what the terms of the reference may differ by. */
  readonly moves: number;
}

/** The largest magnitude that the reference's sum may have on its way. */
export const mostOf = ({ count, magnitudes, moves }: SumParts): number =>
  (magnitudes + moves) * (1 + growth(count + 1));

/**
 * How far apart a sum that this program keeps in `type` and the reference's are: each addition is off by u times its
 * result, which is a partial sum of the exact terms and what was off before.
 */
export function apartOf(
  { count, partials, magnitudes, moves }: SumParts,
  type: Type,
  terms: 'exact' | 'rounded',
  reference: 'exact' | 'rounded',
): number {
  const { unit, tiny } = roundOff(type);
  const lost = terms === 'exact' && reference === 'exact' ? 0 : count * (tiny + 2 ** -150);
  const own = unit * (partials + count * growth(count + 1, unit) * magnitudes + (terms === 'exact' ? 0 : magnitudes));
  const most = magnitudes + moves;
  const theirs =
    singleUnit * (partials + count * moves + count * growth(count + 1) * most + (reference === 'exact' ? 0 : most));
  return moves + own + theirs + lost;
}

/** Where the factors of a sum of products stand in an operand: strides of the result's dimensions and of the sum's. */
export interface Factors {
  readonly of: Bounded;
  readonly out: readonly number[];
  readonly over: readonly number[];
}
/** Sums of products over the dimensions `over` in their order, one for each index of `out`. */
export interface Contraction {
  readonly out: readonly number[];
  readonly over: readonly number[];
  readonly x: Factors;
  readonly w: Factors;
}

/** Offsets in row-major order of a box with these strides. */
function offsets(extents: readonly number[], strides: readonly number[]): Int32Array {
  let list = Int32Array.of(0);
  for (const [d, extent] of extents.entries()) {
    const next = new Int32Array(list.length * extent);
    let at = 0;
    for (const from of list) for (let i = 0; i < extent; i++) next[at++] = from + i * (strides[d] as number);
    list = next;
  }
  return list;
}

/** Sums without roundings, and how far apart those of this program and of the reference are. */
export interface Sums {
  readonly totals: Float64Array;
  readonly apart: Float64Array;
}
/** The sums of a contraction that this program keeps in `type`. */
export function sumsOfProducts({ out, over, x, w }: Contraction, type: Type): Sums {
  const [xs, ws] = [offsets(out, x.out), offsets(out, w.out)];
  const [xOver, wOver] = [offsets(over, x.over), offsets(over, w.over)];
  const terms =
    roundOff(x.of.value.element).unit * roundOff(w.of.value.element).unit >= roundOff(type).unit ? 'exact' : 'rounded';
  const [totals, apart] = [new Float64Array(xs.length), new Float64Array(xs.length)];
  for (let at = 0; at < xs.length; at++) {
    const parts = partsOf(x.of, xs[at] as number, xOver, w.of, ws[at] as number, wOver);
    totals[at] = parts.total;
    apart[at] = mostOf(parts) < largestSingle ? apartOf(parts, type, terms, 'rounded') : Infinity;
  }
  return { totals, apart };
}

/** The parts of one sum of products, whose factors stand at these distances from the first two. */
function partsOf(
  x: Bounded,
  from: number,
  xOver: Int32Array,
  w: Bounded,
  first: number,
  wOver: Int32Array,
): SumParts & { readonly total: number } {
  const a = x.value.data as Float64Array;
  const da = x.bound.data as Float64Array;
  const b = w.value.data as Float64Array;
  const db = w.bound.data as Float64Array;
  const count = xOver.length;
  // No arrays in this loop: taking them apart costs more than the sums.
  let total = 0;
  let partials = 0;
  let magnitudes = 0;
  let moves = 0;
  for (let i = 0; i < count; i++) {
    const p = from + (xOver[i] as number);
    const q = first + (wOver[i] as number);
    const u = a[p] as number;
    const v = b[q] as number;
    const dv = db[q] as number;
    const term = u * v;
    total += term;
    if (i > 0) partials += Math.abs(total);
    magnitudes += Math.abs(term);
    moves += Math.abs(u) * dv + (Math.abs(v) + dv) * (da[p] as number);
  }
  return { count, total, partials, magnitudes, moves };
}
