/** Scalar constants as numbers: reading attributes, and making them again with the wraparound of their type. */
import {
  type Attribute,
  boolAttribute,
  floatAttribute,
  i1,
  integerAttribute,
  signedInteger,
  type Type,
} from '../../ir/index.ts';

/** Bits of an integer or index type; undefined for other types. */
export const integerWidth = (type: Type): number | undefined =>
  type.kind === 'index' ? 64 : type.kind === 'integer' ? type.width : undefined;

/** A constant integer in two's complement; an `i1` is 0 or −1. */
export const integerOf = signedInteger;

/** The constant of `type` with this value, wrapped into its width. */
export function integerConstant(value: bigint, type: Type): Attribute | undefined {
  if (type === i1) return boolAttribute((value & 1n) === 1n);
  return type.kind === 'index' || type.kind === 'integer' ? integerAttribute(value, type) : undefined;
}

/** A constant floating-point number. */
export const floatOf = (attribute: Attribute | undefined): number | undefined =>
  attribute?.kind === 'float' ? attribute.value : undefined;

/** Whether one rounding of a double result to `type` is the correctly rounded result: then folding is exact. */
export const foldsInDouble = (type: Type): boolean =>
  type.kind === 'float' && ['f16', 'bf16', 'f32', 'f64'].includes(type.name);

/** The constant of `type` with this value, rounded once. The sign of a NaN is that of no machine: a fold gives the quiet one. */
export const floatConstant = (value: number, type: Type): Attribute | undefined =>
  type.kind === 'float' ? floatAttribute(Number.isNaN(value) ? Number.NaN : value, type) : undefined;
