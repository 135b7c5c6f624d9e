/** The five roundings of the conversion instructions. */
import { floatToHalf, halfToFloat } from '../ir/half.ts';

/** Towards -∞, +∞, zero, away from zero; nearest with ties to even. */
export const roundings = ['down', 'up', 'zero', 'away', 'nearest'] as const;

/** The name of a rounding. */
export type Rounding = (typeof roundings)[number];

/** The integer that `x` becomes; `x` is finite. */
export function roundToInteger(x: number, rounding: Rounding): number {
  switch (rounding) {
    case 'down':
      return Math.floor(x);
    case 'up':
      return Math.ceil(x);
    case 'zero':
      return Math.trunc(x);
    case 'away':
      return x < 0 ? Math.floor(x) : Math.ceil(x);
    case 'nearest': {
      const low = Math.floor(x);
      const rest = x - low;
      return rest > 0.5 || (rest === 0.5 && low % 2 !== 0) ? low + 1 : low;
    }
  }
}

/** The half that `x` becomes, as bits. Directed roundings step from the nearest half to its neighbour if needed. */
export function roundToHalfBits(x: number, rounding: Rounding): number {
  const nearest = floatToHalf(x);
  const value = halfToFloat(nearest);
  if (rounding === 'nearest' || value === x || Number.isNaN(value)) return nearest;
  const outwards = rounding === 'away' || (rounding === 'up' && x > 0) || (rounding === 'down' && x < 0);
  const isLarger = Math.abs(value) > Math.abs(x);
  // Neighbouring magnitudes have neighbouring bit patterns, from zero through infinity.
  if (outwards) return isLarger ? nearest : nearest + 1;
  return isLarger ? nearest - 1 : nearest;
}

/** The integer of `bits` bits that `x` / 2^position becomes, saturating; NaN becomes 0. */
export function quantize(x: number, position: number, bits: 8 | 16, rounding: Rounding): number {
  if (Number.isNaN(x)) return 0;
  const limit = 2 ** (bits - 1);
  const scaled = Math.max(-limit, Math.min(limit - 1, x * 2 ** -position));
  return roundToInteger(scaled, rounding) + 0;
}

/** The half nearest to `x`, as bits, where a result too large becomes ±65504 instead of infinity. */
export function saturateToHalf(x: number): number {
  return floatToHalf(Math.max(-65504, Math.min(65504, x)));
}
