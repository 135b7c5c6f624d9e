/**
 * Fixed point: an integer q with a position stands for q · 2^position. What numbers lose when they become one is stated
 * here once, for every level.
 */

/** Towards −∞, +∞, zero, away from zero; nearest with ties to even. */
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

/** The integer of `bits` bits, up to 16, that `x` / 2^position becomes, saturating; NaN becomes 0. */
export function quantize(x: number, position: number, bits: number, rounding: Rounding): number {
  if (Number.isNaN(x)) return 0;
  const limit = 2 ** (bits - 1);
  // The ends are integers, so that it makes no difference whether a number is limited before or after it is rounded.
  const scaled = Math.max(-limit, Math.min(limit - 1, x * 2 ** -position));
  return roundToInteger(scaled, rounding) + 0;
}

/** The number that `q` stands for; exact for up to 53 bits. */
export const dequantize = (q: number, position: number): number => q * 2 ** position;

/** The integer that q · 2^−shift becomes, of any size. */
export function shifted(q: bigint, shift: number, rounding: Rounding): bigint {
  if (shift <= 0) return q << BigInt(-shift);
  const floor = q >> BigInt(shift);
  const rest = q - (floor << BigInt(shift));
  const half = 1n << BigInt(shift - 1);
  switch (rounding) {
    case 'down':
      return floor;
    case 'up':
      return rest > 0n ? floor + 1n : floor;
    case 'zero':
      return rest > 0n && q < 0n ? floor + 1n : floor;
    case 'away':
      return rest > 0n && q > 0n ? floor + 1n : floor;
    case 'nearest':
      return rest > half || (rest === half && floor % 2n !== 0n) ? floor + 1n : floor;
  }
}

/** The least and the largest integer of so many bits. */
export const integerRange = (bits: number): readonly [least: bigint, most: bigint] => [
  -(1n << BigInt(bits - 1)),
  (1n << BigInt(bits - 1)) - 1n,
];

/** The integer of `bits` bits that q · 2^−shift becomes, saturating. */
export function requantize(q: bigint, shift: number, bits: number, rounding: Rounding): bigint {
  const [least, most] = integerRange(bits);
  const value = shifted(q, shift, rounding);
  return value < least ? least : value > most ? most : value;
}

/** What fixed point meets in a floating-point format: significant bits, and the exponents of its least and largest powers of two. */
const formats = {
  f16: { precision: 11, least: -24, most: 15 },
  f32: { precision: 24, least: -149, most: 127 },
} as const;

/**
 * Whether q · 2^position is a number of the format for every integer q of `bits` bits: their magnitudes are
 * 2^(bits − 1) or have fewer than `bits` bits, their last bit is worth 2^position, and −2^(bits − 1) is the largest.
 */
export function holdsIntegers(format: 'f16' | 'f32', bits: number, position: number): boolean {
  const { precision, least, most } = formats[format];
  return bits - 1 <= precision && position >= least && bits - 1 + position <= most;
}
