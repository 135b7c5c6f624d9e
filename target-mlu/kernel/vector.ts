/** Loops of the vector unit over halves of one memory. Addresses in bytes, counts in elements. */
import { narrowToHalf, widenHalf } from '../../ir/half.ts';
import type { Memory } from '../memory.ts';
import { scratchSingles } from './scratch.ts';

/** x[i] = f(x[i], y[i]) for the first `count` elements. */
export type PairLoop = (x: Float32Array, y: Float32Array, count: number) => void;

/** The loop of any function; those that matter have loops of their own, which the compiler specialises. */
export const loopOf =
  (f: (x: number, y: number) => number): PairLoop =>
  (x, y, count) => {
    for (let i = 0; i < count; i++) x[i] = f(x[i] as number, y[i] as number);
  };

/** Loops of the arithmetic functions. Storing rounds to single, and that leads to the same half as the exact result. */
export const arithmeticLoops = {
  add(x, y, count) {
    for (let i = 0; i < count; i++) x[i] = (x[i] as number) + (y[i] as number);
  },
  sub(x, y, count) {
    for (let i = 0; i < count; i++) x[i] = (x[i] as number) - (y[i] as number);
  },
  mul(x, y, count) {
    for (let i = 0; i < count; i++) x[i] = (x[i] as number) * (y[i] as number);
  },
  max(x, y, count) {
    for (let i = 0; i < count; i++) x[i] = Math.max(x[i] as number, y[i] as number);
  },
  min(x, y, count) {
    for (let i = 0; i < count; i++) x[i] = Math.min(x[i] as number, y[i] as number);
  },
} as const satisfies Record<string, PairLoop>;

/** dst[i] = f(a[i], b[i mod period]), rounded once to half. */
export function mapPairs(
  { halves }: Memory,
  dst: number,
  a: number,
  b: number,
  count: number,
  period: number,
  loop: PairLoop,
): void {
  const x = scratchSingles('first operand', count);
  const y = scratchSingles('second operand', count);
  widenHalf(halves, a / 2, count, x);
  widenHalf(halves, b / 2, period, y);
  for (let filled = period; filled < count; filled *= 2) y.copyWithin(filled, 0, Math.min(filled, count - filled));
  loop(x, y, count);
  narrowToHalf(x, count, halves, dst / 2);
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
