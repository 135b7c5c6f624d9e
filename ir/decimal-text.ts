/**
 * Decimal texts of doubles with the digits that upstream's `APFloat::toString` gives. It truncates
 * the exact decimal expansion to about the wanted precision before it rounds, so its digits are not
 * those of `toPrecision`.
 */

const view = new DataView(new ArrayBuffer(8));

/** Digits and exponent of ten: the number is `digits` × 10^`exponent`, without trailing zeros. */
interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

const bitLength = (value: bigint): number => value.toString(2).length;

/** The exact decimal expansion of a finite number other than 0, cut to `precision` digits. */
function expand(value: number, precision: number): Decimal {
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
  // 196/59 is a little more than the bits of a decimal digit.
  const needed = Math.floor((precision * 196 + 58) / 59);
  const spare = bitLength(significand) - needed;
  const tens = spare > 0 ? Math.floor((spare * 59) / 196) : 0;
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
