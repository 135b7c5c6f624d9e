/** Number literals: what they stand for in a type, and every way in which they do not fit it. */
import {
  type Attribute,
  boolAttribute,
  floatAttribute,
  integerAttribute,
  verbatimAttribute,
  wrapInteger,
} from '../attribute.ts';
import { valueOfBits } from '../float-text.ts';
import { type FloatType, f64, type IndexType, type IntegerType, i64, type Type } from '../type.ts';
import { failAt } from './failure.ts';

const isHex = (text: string): boolean => text.startsWith('0x') || text.startsWith('-0x');

/** The integer that a literal spells; a bigint when a double would lose digits. */
export function integerOf(text: string): number | bigint {
  if (text.length < 16) return Number(text.startsWith('-') ? `-${Number(text.slice(1))}` : text);
  return text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text);
}

/** Whether the bits of this floating-point type are known here; the others stay text. */
export const hasKnownBits = (type: FloatType): boolean =>
  type.name === 'f16' || type.name === 'bf16' || type.name === 'f32' || type.name === 'f64';

/** The integer `text` as a value of `type`, wrapped to its width; reports one that does not fit. */
export function integerLiteral(
  text: string,
  type: IntegerType | IndexType,
  offset: number,
  where = 'attribute',
): number | bigint {
  const value = integerOf(text);
  const width = type.kind === 'index' ? 64 : type.width;
  const sign = type.kind === 'index' ? 'signless' : type.sign;
  const negative = text.startsWith('-');
  if (negative && sign === 'unsigned') failAt('negative integer literal not valid for unsigned integer type', offset);
  const decimalSigned = sign === 'signed' && !isHex(text);
  if (width < 53 && typeof value === 'number') {
    if (value > 2 ** (decimalSigned ? width - 1 : width) - 1 || value < -(2 ** (width - 1)))
      failAt(`integer constant out of range for ${where}`, offset);
  } else {
    const wide = BigInt(value);
    const limit = 1n << BigInt(decimalSigned ? width - 1 : width);
    if (wide >= limit || wide < -(1n << BigInt(width - 1)))
      failAt(`integer constant out of range for ${where}`, offset);
  }
  return wrapInteger(value, type);
}

/** The number whose bits in `type` the hexadecimal literal `text` spells. */
export function floatOfBits(text: string, type: FloatType, offset: number): number {
  if (text.startsWith('-')) failAt('hexadecimal float literal should not have a leading minus', offset);
  const bits = BigInt(text);
  if (bits >> BigInt(type.width) !== 0n) failAt('hexadecimal float constant out of range for type', offset);
  return valueOfBits(bits, type);
}

/** The attribute of an integer literal; `i64` without a type. */
export function integerLiteralAttribute(text: string, type: Type | undefined, offset: number): Attribute {
  if (type === undefined) return integerAttribute(integerLiteral(text, i64, offset), i64);
  if (type.kind === 'integer' || type.kind === 'index') {
    const value = integerLiteral(text, type, offset);
    if (type.kind === 'integer' && type.width === 1 && type.sign === 'signless')
      return boolAttribute(Number(value) !== 0);
    return integerAttribute(value, type);
  }
  if (type.kind !== 'float') return failAt('integer literal not valid for specified type', offset);
  if (!isHex(text)) failAt('unexpected decimal integer literal for a floating point value', offset);
  if (!hasKnownBits(type)) return verbatimAttribute(`${text} : ${type.text}`, type);
  return floatAttribute(floatOfBits(text, type, offset), type);
}

/** The attribute of a literal with a point; `f64` without a type. */
export function floatLiteralAttribute(text: string, type: Type | undefined, offset: number): Attribute {
  if (type !== undefined && type.kind !== 'float')
    return failAt('floating point value not valid for specified type', offset);
  return floatAttribute(Number(text), type ?? f64);
}

/** Whether an integer literal is written in hexadecimal. */
export const isHexLiteral = isHex;
