/** Numbers of a type: what storing a number as an element does to it. */
import { type FloatType, f32, f64, i1, type Type } from '../ir/index.ts';
import { roundToHalf } from '../ir/half.ts';
import { formatOf, roundToFormat } from './float-format.ts';

/** The number that storing leaves. */
export type Rounding = (x: number) => number;

const cell = new Float32Array(1);
const cellBits = new Uint32Array(cell.buffer);

/** The bfloat16 nearest to `x`, ties to even, with one rounding of the double. */
export function roundToBrainFloat(x: number): number {
  const single = Math.fround(x);
  if (!Number.isFinite(single)) return single;
  cell[0] = single;
  const bits = cellBits[0] as number;
  // An inexact single ends in a 1, so that the second rounding still sees on which side of a tie x lies.
  const odd = single === x ? bits : ((Math.abs(single) > Math.abs(x) ? bits - 1 : bits) | 1) >>> 0;
  cellBits[0] = (odd + 0x7fff + ((odd >>> 16) & 1)) & 0xffff0000;
  return cell[0] as number;
}

const identity: Rounding = (x) => x;
const floatRounding = ({ name }: FloatType): Rounding => {
  if (name === 'f32') return Math.fround;
  if (name === 'f16') return roundToHalf;
  if (name === 'f64') return identity;
  if (name === 'bf16') return roundToBrainFloat;
  formatOf(name);
  return (x) => roundToFormat(x, name);
};

/** Keeps the low bits of an integer: two's complement, except that an `i1` is 0 or 1. Exact below 2^53. */
export function wrapping(type: Type): Rounding {
  if (type === i1) return (x) => Math.abs(x % 2);
  const width = type.kind === 'integer' ? type.width : 64;
  const unsigned = type.kind === 'integer' && type.sign === 'unsigned';
  if (width === 32) return unsigned ? (x) => x >>> 0 : (x) => x | 0;
  if (width > 53) return identity;
  const [size, half] = [2 ** width, 2 ** (width - 1)];
  return (x) => {
    const low = x - Math.floor(x / size) * size;
    return unsigned || low < half ? low : low - size;
  };
}

/** What storing a number as an element of `type` does: rounds to nearest even, or wraps an integer. */
export function rounding(type: Type): Rounding {
  if (type.kind === 'float') return floatRounding(type);
  if (type.kind === 'integer' || type.kind === 'index') return wrapping(type);
  throw new RangeError(`${type.text} is not a type of numbers`);
}

/** Rounds to nearest even and limits to the range of an integer type; NaN becomes 0. */
export function saturating(type: Type): Rounding {
  if (type.kind !== 'integer') throw new RangeError(`${type.text} is not an integer type`);
  const low = type.sign === 'unsigned' ? 0 : -(2 ** (type.width - 1));
  const high = 2 ** (type.sign === 'unsigned' ? type.width : type.width - 1) - 1;
  return (x) => (x !== x ? 0 : Math.min(Math.max(roundHalfEven(x), low), high));
}

/** The integer nearest to `x`, ties to even. */
export function roundHalfEven(x: number): number {
  const low = Math.floor(x);
  const rest = x - low;
  return rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? low : low + 1;
}

/** The type in which sums over `type` are kept: single precision for anything that it holds, else the type itself. */
export const accumulator = (type: Type): Type => (type.kind === 'float' && type !== f64 ? f32 : type);
