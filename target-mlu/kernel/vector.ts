/** Loops of the vector unit over halves of one memory. Addresses in bytes, counts in elements. */
import { halfValues, narrowToHalf } from '../../ir/half.ts';
import type { Memory } from '../memory.ts';
import { scratchSingles } from './scratch.ts';

/**
 * dst[i] = f(a[i], b[i mod period]), rounded once to half. `f` gives the exact result or its single precision rounding,
 * which for sums, differences and products of halves leads to the same half.
 */
export function mapPairs(
  { halves }: Memory, dst: number, a: number, b: number, count: number, period: number,
  f: (x: number, y: number) => number,
): void {
  const sums = scratchSingles('vector', count);
  const first = a / 2;
  const second = b / 2;
  for (let start = 0; start < count; start += period) {
    for (let i = 0; i < period; i++) {
      const x = halfValues[halves[first + start + i] as number] as number;
      sums[start + i] = f(x, halfValues[halves[second + i] as number] as number);
    }
  }
  narrowToHalf(sums, count, halves, dst / 2);
}

/** dst[i] = table[src[i]]: a unary function on half as its table of results. */
export function mapTable({ halves }: Memory, dst: number, src: number, count: number, table: Uint16Array): void {
  const to = dst / 2;
  const from = src / 2;
  for (let i = 0; i < count; i++) halves[to + i] = table[halves[from + i] as number] as number;
}

/** The half that stands for a truth value: 1 or +0. */
export const truth = (holds: boolean): number => (holds ? 1 : 0);

/** Whether a half's bit pattern is other than ±0. */
export const isTrue = (bits: number): boolean => (bits & 0x7fff) !== 0;
