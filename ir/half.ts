/**
 * IEEE 754 binary16 ("half") as bits. A half is widened exactly; a number is narrowed with one rounding to nearest,
 * ties to even, overflow to infinity, gradual underflow. Every NaN becomes the one pattern `halfNaN`.
 */

/** The one NaN pattern that arithmetic produces: quiet, positive, no payload. */
export const halfNaN = 0x7e00;

/** The largest finite half, 65504. */
export const halfLargest = 65504;

const cell = new Float32Array(1);
const cellBits = new Uint32Array(cell.buffer);

/** The value of each of the 65,536 bit patterns; indexed by the pattern. */
export const halfValues: Float32Array = new Float32Array(65536);
for (let exponent = 0; exponent <= 0x1f; exponent++) {
  const step = 2 ** (Math.max(exponent, 1) - 25);
  const hidden = exponent === 0 ? 0 : 1024;
  for (let fraction = 0; fraction < 1024; fraction++) {
    const magnitude = (exponent << 10) | fraction;
    const value = exponent < 0x1f ? (hidden + fraction) * step : fraction === 0 ? Infinity : NaN;
    halfValues[magnitude] = value;
    halfValues[magnitude | 0x8000] = -value;
  }
}

/** The value of a half's bit pattern; only the low 16 bits count. */
export function halfToFloat(bits: number): number {
  return halfValues[bits & 0xffff] as number;
}

/** The half nearest to the single whose bit pattern is `single`. */
export function halfFromSingleBits(single: number): number {
  const sign = (single >>> 16) & 0x8000;
  const magnitude = single & 0x7fffffff;
  if (magnitude > 0x7f800000) return halfNaN;
  if (magnitude >= 0x47800000) return sign | 0x7c00;
  if (magnitude >= 0x38800000) {
    // Rebias the exponent by 127 - 15; a carry out of the fraction rightly raises the exponent, up to infinity.
    const rebiased = magnitude - 0x38000000;
    return sign | ((rebiased + 0xfff + ((rebiased >>> 13) & 1)) >>> 13);
  }
  if (magnitude <= 0x33000000) return sign;
  const shift = 126 - (magnitude >>> 23);
  const significand = (magnitude & 0x7fffff) | 0x800000;
  const quotient = significand >>> shift;
  const rest = significand & ((1 << shift) - 1);
  const tie = 1 << (shift - 1);
  return sign | (quotient + (rest > tie || (rest === tie && (quotient & 1) === 1) ? 1 : 0));
}

/**
 * The half nearest to `x`, any double, with one rounding.
 * The way through single precision rounds to odd there (an inexact single ends in a 1), so that the second step
 * still sees on which side of a tie `x` lies.
 */
export function floatToHalf(x: number): number {
  cell[0] = x;
  const single = cell[0] as number;
  const bits = cellBits[0] as number;
  if (single === x || Number.isNaN(x)) return halfFromSingleBits(bits);
  if (Math.abs(single) === Infinity) return bits >>> 16 === 0xff80 ? 0xfc00 : 0x7c00;
  const towardZero = Math.abs(single) > Math.abs(x) ? bits - 1 : bits;
  return halfFromSingleBits(towardZero | 1);
}

/** The number that `x` becomes when stored as a half. */
export function roundToHalf(x: number): number {
  return halfToFloat(floatToHalf(x));
}

/** Narrows the first `count` singles of `from` into `to` from index `at` on. */
export function narrowToHalf(from: Float32Array, count: number, to: Uint16Array, at: number): void {
  const bits = new Uint32Array(from.buffer, from.byteOffset, count);
  for (let i = 0; i < count; i++) to[at + i] = halfFromSingleBits(bits[i] as number);
}

/** Widens `count` halves of `from` at `at` into the start of `to`. */
export function widenHalf(from: Uint16Array, at: number, count: number, to: Float32Array): void {
  for (let i = 0; i < count; i++) to[i] = halfValues[from[at + i] as number] as number;
}
