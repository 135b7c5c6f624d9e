/** Random halves for tests, with every special value among them. */
import { halfToFloat } from '../../../ir/half.ts';

const specials = [
  0, 0x8000, 1, 0x8001, 0x3ff, 0x400, 0x7bff, 0xfbff, 0x7c00, 0xfc00, 0x7e00, 0xfe00, 0x7c01, 0x3c00, 0xbc00,
];

/** A generator of numbers in [0, 1) that `seed` decides. */
export function random(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 13), 0x297a2d39);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** `count` halves: `special` of them special values, the others any, or ordinary ones near 1 when `tame`. */
export function randomHalves(seed: number, count: number, special = 0.1, tame = false): Uint16Array {
  const next = random(seed);
  return Uint16Array.from({ length: count }, () => {
    if (next() < special) return specials[Math.floor(next() * specials.length)] as number;
    const bits = Math.floor(next() * 65536);
    return tame ? (bits & 0x83ff) | ((12 + (bits % 5)) << 10) : bits;
  });
}

/** The values of halves. */
export const values = (halves: Uint16Array): number[] => Array.from(halves, halfToFloat);

/** Halves with all NaNs made one pattern, for comparison. */
export const canonical = (halves: Uint16Array): Uint16Array =>
  halves.map((bits) => ((bits & 0x7fff) > 0x7c00 ? 0x7e00 : bits));
