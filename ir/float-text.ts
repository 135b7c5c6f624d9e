/**
 * Floating-point numbers as MLIR writes them: `%e` with six digits where that reads back equal,
 * a longer decimal where that has a point, else the bits in hexadecimal.
 */
import { longDecimal, shortDecimal } from './decimal-text.ts';
import { floatToHalf, halfToFloat } from './half.ts';
import type { FloatType } from './type.ts';

const view = new DataView(new ArrayBuffer(8));

const bfloatBits = (value: number): number => {
  if (Number.isNaN(value)) return 0x7fc0;
  view.setFloat32(0, value);
  const bits = view.getUint32(0);
  const upper = bits >>> 16;
  const rest = bits & 0xffff;
  const odd =
    rest === 0x8000 && bfloatValue(upper) !== value ? Math.sign(Math.abs(value) - Math.abs(Math.fround(value))) : 0;
  const up = rest > 0x8000 || (rest === 0x8000 && (odd > 0 || (odd === 0 && (upper & 1) === 1)));
  return upper + (up ? 1 : 0);
};
const bfloatValue = (bits: number): number => {
  view.setUint32(0, bits << 16);
  return view.getFloat32(0);
};

/** `value` rounded once to `type`, nearest even. Types without a stored form keep the double. */
export function roundTo(value: number, type: FloatType): number {
  switch (type.name) {
    case 'f32':
      return Math.fround(value);
    case 'f16':
      return halfToFloat(floatToHalf(value));
    case 'bf16':
      return bfloatValue(bfloatBits(value));
    default:
      return value;
  }
}

/** The bits of `value` in `type`. */
export function bitsOf(value: number, type: FloatType): bigint {
  switch (type.name) {
    case 'f16':
      return BigInt(floatToHalf(value));
    case 'bf16':
      return BigInt(bfloatBits(value));
    case 'f32':
      view.setFloat32(0, value);
      return BigInt(view.getUint32(0));
    default:
      view.setFloat64(0, value);
      return view.getBigUint64(0);
  }
}

/** The number whose bits in `type` are `bits`. */
export function valueOfBits(bits: bigint, type: FloatType): number {
  switch (type.name) {
    case 'f16':
      return halfToFloat(Number(BigInt.asUintN(16, bits)));
    case 'bf16':
      return bfloatValue(Number(BigInt.asUintN(16, bits)));
    case 'f32':
      view.setUint32(0, Number(BigInt.asUintN(32, bits)));
      return view.getFloat32(0);
    default:
      view.setBigUint64(0, BigInt.asUintN(64, bits));
      return view.getFloat64(0);
  }
}

/** The text of `value` as a literal of `type`, and the value that it reads back as. */
export function formatFloat(value: number, type: FloatType): { readonly text: string; readonly value: number } {
  const rounded = roundTo(value, type);
  if (Number.isFinite(rounded)) {
    const short = shortDecimal(rounded);
    if (Object.is(roundTo(Number(short), type), rounded)) return { text: short, value: rounded };
    const long = longDecimal(rounded, significandBits(type));
    if (long.includes('.') && Object.is(roundTo(Number(long), type), rounded)) return { text: long, value: rounded };
  }
  const digits = Math.ceil((type.name === 'f16' || type.name === 'bf16' ? 16 : type.name === 'f32' ? 32 : 64) / 4);
  return { text: `0x${bitsOf(rounded, type).toString(16).toUpperCase().padStart(digits, '0')}`, value: rounded };
}

const significandBits = ({ name }: FloatType): number =>
  name === 'f16' ? 11 : name === 'bf16' ? 8 : name === 'f32' ? 24 : 53;
