/** Integers of a width in two's complement, as numbers while a double holds them exactly, else as bigints. */
import { i1, type IndexType, type IntegerType } from '../ir/index.ts';
import type { Scalar } from './value.ts';

/** A type that holds integers. */
export type IntegerLike = IntegerType | IndexType;

/** Bits of an integer type. */
export const widthOf = (type: IntegerLike): number => (type.kind === 'index' ? 64 : type.width);

/** An integer as a signed bigint; an `i1` of 1 is −1. */
export const signed = (x: Scalar, type: IntegerLike): bigint => BigInt.asIntN(widthOf(type), BigInt(x));
/** An integer as an unsigned bigint. */
export const unsigned = (x: Scalar, type: IntegerLike): bigint => BigInt.asUintN(widthOf(type), BigInt(x));

/** The value that stands for an integer of `type`: wrapped, and a number where that is exact. */
export function normal(x: bigint, type: IntegerLike): Scalar {
  if (type === i1) return Number(x & 1n);
  const isUnsigned = type.kind === 'integer' && type.sign === 'unsigned';
  const wrapped = isUnsigned ? BigInt.asUintN(type.width, x) : BigInt.asIntN(widthOf(type), x);
  return wrapped >= -9007199254740991n && wrapped <= 9007199254740991n ? Number(wrapped) : wrapped;
}

/** Whether a number is already what stands for an integer of `type`. */
function fits(x: number, type: IntegerLike): boolean {
  if (!Number.isSafeInteger(x)) return false;
  if (type.kind === 'index') return true;
  const unsignedType = type.sign === 'unsigned' || type.width === 1;
  const limit = 2 ** (type.width - (unsignedType ? 0 : 1));
  return x < limit && x >= (unsignedType ? 0 : -limit);
}

/** `exact` where its result fits, else the arithmetic of `wide`. */
function arithmetic(exact: (x: number, y: number) => number, wide: (x: bigint, y: bigint) => bigint) {
  return (x: Scalar, y: Scalar, type: IntegerLike): Scalar => {
    if (typeof x === 'number' && typeof y === 'number') {
      const value = exact(x, y);
      if (fits(value, type)) return value === 0 ? 0 : value;
    }
    return normal(wide(BigInt(x), BigInt(y)), type);
  };
}

/** x + y, wrapping around. */
export const addIntegers = arithmetic(
  (x, y) => x + y,
  (x, y) => x + y,
);
/** x − y, wrapping around. */
export const subtractIntegers = arithmetic(
  (x, y) => x - y,
  (x, y) => x - y,
);
/** x · y, wrapping around. */
export const multiplyIntegers = arithmetic(
  (x, y) => x * y,
  (x, y) => x * y,
);

/** The integer comparisons of upstream by name. */
export type IntegerPredicate = 'eq' | 'ne' | 'slt' | 'sle' | 'sgt' | 'sge' | 'ult' | 'ule' | 'ugt' | 'uge';

/** Whether a comparison holds. */
export function compareIntegers(predicate: IntegerPredicate, x: Scalar, y: Scalar, type: IntegerLike): boolean {
  const sign = predicate.startsWith('u') ? unsigned : signed;
  const plain =
    typeof x === 'number' && typeof y === 'number' && type !== i1 && ((x >= 0 && y >= 0) || sign === signed);
  const [a, b] = plain ? [x, y] : [sign(x, type), sign(y, type)];
  switch (predicate) {
    case 'eq':
      return a === b;
    case 'ne':
      return a !== b;
    case 'slt':
    case 'ult':
      return a < b;
    case 'sle':
    case 'ule':
      return a <= b;
    case 'sgt':
    case 'ugt':
      return a > b;
    case 'sge':
    case 'uge':
      return a >= b;
  }
}
