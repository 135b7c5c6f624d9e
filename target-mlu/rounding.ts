/** Roundings of the conversion instructions to half; those to integers are fixed point's. */
import type { Rounding } from '../ir/fixed-point.ts';
import { floatToHalf, halfToFloat } from '../ir/half.ts';

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

/** The half nearest to `x`, as bits, where a result too large becomes ±65504 instead of infinity. */
export function saturateToHalf(x: number): number {
  return floatToHalf(Math.max(-65504, Math.min(65504, x)));
}
