/**
 * The floating-point formats that a double holds exactly: rounding to them in every direction, and
 * their bits. Sources: IEEE 754, bfloat16, the OCP 8-bit and microscaling formats, and the FNUZ
 * formats as LLVM's APFloat has them.
 */
import type { FloatName } from '../ir/index.ts';

/** Where a number that lies between two of a format goes. */
export type Direction = 'to_nearest_even' | 'downward' | 'upward' | 'toward_zero' | 'to_nearest_away';

/** What a format makes of numbers that are too large: an infinity, NaN, or its largest number. */
type Overflow = 'infinity' | 'nan' | 'saturates';
/** The zeros of a format: both, only +0, or none at all, nor any negative number. */
type Zeros = 'signed' | 'positive' | 'none';

/** One floating-point format. */
interface FloatFormat {
  /** Bits of the significand with the hidden one. */
  readonly precision: number;
  /** Exponent of the smallest normal number. */
  readonly least: number;
  readonly largest: number;
  readonly width: number;
  readonly overflow: Overflow;
  readonly zeros: Zeros;
}

const format = (
  width: number,
  precision: number,
  least: number,
  largest: number,
  overflow: Overflow = 'infinity',
  zeros: Zeros = 'signed',
): FloatFormat => ({ width, precision, least, largest, overflow, zeros });

const formats: { readonly [N in FloatName]?: FloatFormat } = {
  f64: format(64, 53, -1022, Number.MAX_VALUE),
  f32: format(32, 24, -126, (2 - 2 ** -23) * 2 ** 127),
  tf32: format(19, 11, -126, (2 - 2 ** -10) * 2 ** 127),
  bf16: format(16, 8, -126, (2 - 2 ** -7) * 2 ** 127),
  f16: format(16, 11, -14, 65504),
  f8E5M2: format(8, 3, -14, 57344),
  f8E4M3: format(8, 4, -6, 240),
  f8E3M4: format(8, 5, -2, 15.5),
  f8E4M3FN: format(8, 4, -6, 448, 'nan'),
  f8E5M2FNUZ: format(8, 3, -15, 57344, 'nan', 'positive'),
  f8E4M3FNUZ: format(8, 4, -7, 240, 'nan', 'positive'),
  f8E4M3B11FNUZ: format(8, 4, -10, 30, 'nan', 'positive'),
  f8E8M0FNU: format(8, 1, -127, 2 ** 127, 'nan', 'none'),
  f6E2M3FN: format(6, 4, 0, 7.5, 'saturates'),
  f6E3M2FN: format(6, 3, -2, 28, 'saturates'),
  f4E2M1FN: format(4, 2, 0, 6, 'saturates'),
};

/** Whether a double holds all numbers of a type: of all but f80 and f128. */
export const isHeld = (name: FloatName): boolean => formats[name] !== undefined;
/** The format of a type; throws a `RangeError` for f80 and f128, which a double does not hold. */
export function formatOf(name: FloatName): FloatFormat {
  const found = formats[name];
  if (!found) throw new RangeError(`numbers of type ${name} are not interpreted, expected one that f64 holds`);
  return found;
}

const view = new DataView(new ArrayBuffer(8));
/** The exponent of a finite number that is not 0; that of its double, so at least −1074. */
export function exponentOf(x: number): number {
  view.setFloat64(0, x);
  const biased = (view.getUint32(0) >>> 20) & 0x7ff;
  return biased === 0 ? exponentOf(x * 2 ** 64) - 64 : biased - 1023;
}

const goesUp = (direction: Direction, negative: boolean, low: number, rest: number): boolean => {
  switch (direction) {
    case 'to_nearest_even':
      return rest > 0.5 || (rest === 0.5 && low % 2 === 1);
    case 'to_nearest_away':
      return rest >= 0.5;
    case 'upward':
      return rest > 0 && !negative;
    case 'downward':
      return rest > 0 && negative;
    case 'toward_zero':
      return false;
  }
};

/** What becomes of a number beyond the largest. */
function overflowed(x: number, { overflow, largest }: FloatFormat, direction: Direction): number {
  const inward = direction === 'toward_zero' || direction === (x < 0 ? 'upward' : 'downward');
  if (overflow === 'saturates' || (inward && Number.isFinite(x))) return x < 0 ? -largest : largest;
  return overflow === 'nan' ? Number.NaN : x < 0 ? -Infinity : Infinity;
}

/** `x` in a format, rounded once. NaN stays NaN, also where a format cannot store one. */
export function roundToFormat(x: number, name: FloatName, direction: Direction = 'to_nearest_even'): number {
  const into = formatOf(name);
  const { precision, least, largest, zeros } = into;
  if (x !== x) return x;
  if (zeros === 'none' && x < 0) return Number.NaN;
  if (!Number.isFinite(x)) return overflowed(x, into, direction);
  const magnitude = Math.abs(x);
  const step = magnitude === 0 ? 1 : 2 ** (Math.max(exponentOf(magnitude), least) - precision + 1);
  const low = Math.floor(magnitude / step);
  const rounded = (low + (goesUp(direction, x < 0, low, magnitude / step - low) ? 1 : 0)) * step;
  if (rounded > largest) return overflowed(x, into, direction);
  if (rounded === 0 && zeros !== 'signed') return zeros === 'positive' ? 0 : 2 ** least;
  return x < 0 || Object.is(x, -0) ? -rounded : rounded;
}

/** Bits of the fraction below the hidden one, and the bias of the exponent. */
const fieldsOf = ({ precision, least, zeros }: FloatFormat): readonly [number, number] => [
  precision - 1,
  zeros === 'none' ? -least : 1 - least,
];

/** The bits of a number of a format; those of NaN are the quiet one's. `undefined` where the format has no NaN. */
export function bitsInFormat(x: number, name: FloatName): bigint | undefined {
  const into = formatOf(name);
  const { width, precision, least, overflow, zeros } = into;
  const [fraction, bias] = fieldsOf(into);
  const sign = zeros !== 'none' && (x < 0 || Object.is(x, -0)) ? 1n << BigInt(width - 1) : 0n;
  const exponents = (1n << BigInt(width - precision)) - 1n;
  if (x !== x) {
    if (overflow === 'saturates') return undefined;
    if (zeros === 'positive') return 1n << BigInt(width - 1);
    if (zeros === 'none') return 0xffn;
    if (overflow === 'nan') return (1n << BigInt(width - 1)) - 1n;
    return (exponents << BigInt(fraction)) | (1n << BigInt(fraction - 1));
  }
  if (!Number.isFinite(x)) return sign | (exponents << BigInt(fraction));
  if (x === 0) return sign;
  const exponent = Math.max(exponentOf(Math.abs(x)), least);
  const significand = BigInt(Math.abs(x) / 2 ** (exponent - fraction));
  const hidden = 1n << BigInt(fraction);
  if (zeros === 'none') return BigInt(exponent + bias);
  return (
    sign | (significand < hidden ? significand : (BigInt(exponent + bias) << BigInt(fraction)) | (significand - hidden))
  );
}

/** The number that bits stand for in a format. */
export function numberInFormat(bits: bigint, name: FloatName): number {
  const from = formatOf(name);
  const { width, precision, least, overflow, zeros, largest } = from;
  const [fraction, bias] = fieldsOf(from);
  if (zeros === 'none') return bits === 0xffn ? Number.NaN : 2 ** (Number(bits) - bias);
  const negative = bits >> BigInt(width - 1) === 1n;
  const exponent = Number((bits >> BigInt(fraction)) & ((1n << BigInt(width - precision)) - 1n));
  const low = Number(bits & ((1n << BigInt(fraction)) - 1n));
  if (zeros === 'positive' && negative && exponent === 0 && low === 0) return Number.NaN;
  if (overflow === 'infinity' && exponent === 2 ** (width - precision) - 1)
    return low > 0 ? Number.NaN : negative ? -Infinity : Infinity;
  const magnitude =
    exponent === 0 ? low * 2 ** (least - fraction) : (low + 2 ** fraction) * 2 ** (exponent - bias - fraction);
  return magnitude > largest ? Number.NaN : negative ? -magnitude : magnitude;
}
