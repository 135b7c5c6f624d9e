/**
 * Decimal texts of doubles with the digits that upstream's `APFloat::toString` gives. It truncates
 * the exact decimal expansion to about the wanted precision before it rounds, so its digits are not
 * those of `toPrecision`.
 */

const view = new DataView(new ArrayBuffer(8));

/** Digits and exponent of ten: the number is `digits` × 10^`exponent`, without trailing zeros. */
export interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

const bitLength = (value: bigint): number => value.toString(2).length;

/** How many bits of the exact expansion are looked at for `precision` digits: 196/59 is a little more than log2(10). */
const neededBits = (precision: number): number => Math.floor((precision * 196 + 58) / 59);
/** How many decimal digits are cut off a number that is `spare` bits too long. */
const cutDigits = (spare: number): number => (spare > 0 ? Math.floor((spare * 59) / 196) : 0);

/** Tens whose product with a number of 24 bits a double holds exactly. */
const exactTens = Array.from({ length: 13 }, (_, power) => 10 ** power);
const log2Of5 = Math.log2(5);

/**
 * `expand` in doubles, for numbers of single precision that are neither very small nor very large;
 * undefined for the others.
 */
export function expandInDoubles(value: number, precision: number): Decimal | undefined {
  const size = Math.abs(value);
  if (Math.fround(size) !== size || size < 2 ** -40 || size >= 2 ** 52 || precision > 9) return undefined;
  let significand = size;
  let halvings = 0;
  for (; !Number.isInteger(significand); halvings++) significand *= 2;
  // 2^-h is 5^h 10^-h, so the digits are those of the significand times 5^h; an integer keeps its zeros.
  const log = Math.log2(significand) + halvings * log2Of5;
  // Too near to a power of two to say on which side it is.
  if (Math.abs(log - Math.round(log)) < 1e-9 && (halvings > 0 || 2 ** Math.round(log) !== significand))
    return undefined;
  const bits = Math.floor(halvings > 0 ? log : Math.log2(significand) + 1e-12) + 1;
  const tens = cutDigits(bits - neededBits(precision));
  const power = halvings - tens;
  if (halvings === 0) {
    const divisor = 10 ** tens;
    return round(String((significand - (significand % divisor)) / divisor), tens, precision);
  }
  if (power < 0 || power >= exactTens.length) return undefined;
  return round(String(Math.floor(size * (exactTens[power] as number))), -power, precision);
}

/** The exact decimal expansion of a finite number other than 0, cut to `precision` digits. */
function expand(value: number, precision: number): Decimal {
  return expandInDoubles(value, precision) ?? expandExactly(value, precision);
}

/** The same for every finite number other than 0, in big integers. */
export function expandExactly(value: number, precision: number): Decimal {
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  let significand = bits & 0xfffffffffffffn;
  if (biased !== 0) significand |= 1n << 52n;
  let exponent = Math.max(biased, 1) - 1075;
  while ((significand & 1n) === 0n) {
    significand >>= 1n;
    exponent++;
  }
  // 2^-e is 5^e 10^-e.
  if (exponent > 0) significand <<= BigInt(exponent);
  else significand *= 5n ** BigInt(-exponent);
  exponent = Math.min(exponent, 0);
  const tens = cutDigits(bitLength(significand) - neededBits(precision));
  if (tens > 0) significand /= 10n ** BigInt(tens);
  return round(significand.toString(), exponent + tens, precision);
}

/** Half up to `precision` digits, then without trailing zeros. */
function round(text: string, exponent: number, precision: number): Decimal {
  const cut = text.length - precision;
  let digits = text;
  let ten = exponent;
  if (cut > 0) {
    const up = digits.charCodeAt(precision) >= 0x35;
    digits = digits.slice(0, precision);
    ten += cut;
    if (up) {
      const raised = String(BigInt(digits) + 1n);
      ten += raised.length - digits.length;
      digits = raised.slice(0, precision);
    }
  }
  const kept = digits.replace(/0+$/, '');
  return { digits: kept, exponent: ten + digits.length - kept.length };
}

const signOf = (value: number): string => (value < 0 || Object.is(value, -0) ? '-' : '');

/** `d.dddddde+NN` from six significant digits. */
export function shortDecimal(value: number): string {
  if (value === 0) return `${signOf(value)}0.000000e+00`;
  const { digits, exponent } = expand(value, 6);
  const power = exponent + digits.length - 1;
  const tail = `${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  return `${signOf(value)}${digits[0]}.${digits.slice(1).padEnd(6, '0')}e${tail}`;
}

/** As many digits as a significand of `bits` bits needs; with a point where upstream puts one. */
export function longDecimal(value: number, bits: number): string {
  if (value === 0) return `${signOf(value)}0.0`;
  const precision = 2 + Math.floor((bits * 59) / 196);
  const { digits, exponent } = expand(value, precision);
  const power = exponent + digits.length - 1;
  const padding = 3;
  const scientific =
    exponent >= 0 ? exponent > padding || digits.length + exponent > precision : power < 0 && -power > padding;
  if (scientific)
    return `${signOf(value)}${digits[0]}.${digits.slice(1) || '0'}E${power < 0 ? '-' : '+'}${Math.abs(power)}`;
  if (exponent >= 0) return `${signOf(value)}${digits}${'0'.repeat(exponent)}`;
  if (power >= 0) return `${signOf(value)}${digits.slice(0, power + 1)}.${digits.slice(power + 1)}`;
  return `${signOf(value)}0.${'0'.repeat(-power - 1)}${digits}`;
}
