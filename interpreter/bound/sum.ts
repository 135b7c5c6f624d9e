/** Bounds of sums: the running error of both programs, from the partial sums that they have in common. */
import type { Type } from '../../ir/index.ts';
import { type Bounded, growth, largestSingle, roundOff, singleUnit } from './arithmetic.ts';

/**
 * A sum in order. With the partial sums s of its exact terms, the magnitudes P of the terms and the moves L by which the
 * terms of the reference may differ, each addition is off by u·|s| and what the additions before it were off.
 */
export class RunningSum {
  total: number;
  private partials: number;
  private magnitudes: number;
  private moves: number;
  private count: number;

  constructor() {
    this.total = 0;
    this.partials = 0;
    this.magnitudes = 0;
    this.moves = 0;
    this.count = 0;
  }

  /** Adds a term and how far the reference's may be from it. */
  add(term: number, move: number): void {
    this.total += term;
    // The first term is added to +0, which is exact.
    if (this.count++ > 0) this.partials += Math.abs(this.total);
    this.magnitudes += Math.abs(term);
    this.moves += move;
  }

  /** How far apart the sum of this program, kept in `type`, and that of the reference are. */
  bound(type: Type, terms: 'exact' | 'rounded', reference: 'exact' | 'rounded'): number {
    const { unit, tiny } = roundOff(type);
    const { partials, magnitudes, moves, count } = this;
    const lost = count * (tiny + 2 ** -150);
    const own = unit * (partials + count * growth(count + 1, unit) * magnitudes + (terms === 'exact' ? 0 : magnitudes));
    const most = magnitudes + moves;
    const theirs =
      singleUnit * (partials + count * moves + count * growth(count + 1) * most + (reference === 'exact' ? 0 : most));
    return moves + own + theirs + (terms === 'exact' && reference === 'exact' ? 0 : lost);
  }

  /** The largest magnitude that the reference's sum may have on its way. */
  get most(): number {
    return (this.magnitudes + this.moves) * (1 + growth(this.count + 1));
  }
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
  const [a, da, b, db] = [x.of.value.data, x.of.bound.data, w.of.value.data, w.of.bound.data] as Float64Array[] as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const terms =
    roundOff(x.of.value.element).unit * roundOff(w.of.value.element).unit >= roundOff(type).unit ? 'exact' : 'rounded';
  const [totals, apart] = [new Float64Array(xs.length), new Float64Array(xs.length)];
  for (let at = 0; at < xs.length; at++) {
    const [sum, from, first] = [new RunningSum(), xs[at] as number, ws[at] as number];
    for (let i = 0; i < xOver.length; i++) {
      const [p, q] = [from + (xOver[i] as number), first + (wOver[i] as number)];
      const [u, du, v, dv] = [a[p] as number, da[p] as number, b[q] as number, db[q] as number];
      sum.add(u * v, Math.abs(u) * dv + (Math.abs(v) + dv) * du);
    }
    totals[at] = sum.total;
    apart[at] = sum.most < largestSingle ? sum.bound(type, terms, 'rounded') : Infinity;
  }
  return { totals, apart };
}
