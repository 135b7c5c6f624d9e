/** The types that arithmetic takes: single numbers, and tensors and vectors of them. */
import {
  dynamic,
  i1,
  sameType,
  tensorType,
  type Type,
  type UnrankedTensorType,
  unrankedTensorType,
  type ValueConstraint,
  vectorType,
  type TensorType,
  type VectorType,
} from '../../ir/index.ts';

/** The types whose elements are values, not places in memory. */
type Container = TensorType | UnrankedTensorType | VectorType;
const isContainer = (type: Type): type is Container =>
  type.kind === 'tensor' || type.kind === 'vector' || type.kind === 'unranked-tensor';

const isSignless = (type: Type): boolean => type.kind === 'integer' && type.sign === 'signless';
const isFloat = (type: Type): boolean => type.kind === 'float';
/** A test of a number's type as one of that number or of a container of such numbers. */
const like =
  (isNumber: (type: Type) => boolean) =>
  (type: Type): boolean =>
    isNumber(isContainer(type) ? type.element : type);
const isInteger = like((type) => isSignless(type) || type.kind === 'index');

/** Signless integers or indices of one type. */
export const integerLike: ValueConstraint<never, never, 'one'> = sameType('T', 'signless-integer-like', isInteger);
/** Floating-point numbers of one type. */
export const floatLike: ValueConstraint<never, never, 'one'> = sameType('T', 'floating-point-like', like(isFloat));

/** The truth value, or one per element, of comparing values of `type`. */
export const truthOf = (type: Type): Type =>
  type.kind === 'tensor'
    ? tensorType(type.shape, i1, type.encoding)
    : type.kind === 'vector'
      ? vectorType(type.shape, i1, type.scalable)
      : type.kind === 'unranked-tensor'
        ? unrankedTensorType(i1)
        : i1;

/** A kind of numbers that a conversion takes or gives, in upstream's words. */
export interface NumberKind {
  readonly text: string;
  readonly includes: (type: Type) => boolean;
}
const orMemref =
  (isNumber: (type: Type) => boolean) =>
  (type: Type): boolean =>
    like(isNumber)(type.kind === 'memref' ? type.element : type);

/** The kinds of numbers that conversions join. */
export const numberKinds = {
  integer: { text: 'signless-fixed-width-integer-like', includes: like(isSignless) },
  float: { text: 'floating-point-like', includes: like(isFloat) },
  bits: {
    text: 'signless-integer-or-float-like or memref of signless-integer or float',
    includes: orMemref((type) => isSignless(type) || isFloat(type)),
  },
  index: {
    text: 'signless-integer-like or memref of signless-integer',
    includes: orMemref((type) => isSignless(type) || type.kind === 'index'),
  },
} as const satisfies Record<string, NumberKind>;

const sameList = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((x, at) => x === b[at]);

/** Whether a type holds the truth values of `type`; extents of tensors may differ in what is known. */
export function isTruthOf(truth: Type, type: Type): boolean {
  const exact = truthOf(type);
  if (truth.kind !== 'tensor' || exact.kind !== 'tensor') return truth === exact;
  return (
    truth.element === i1 &&
    truth.shape.length === exact.shape.length &&
    truth.shape.every((extent, at) => fits(extent, exact.shape[at] as number))
  );
}

const fits = (a: number, b: number): boolean => a === b || a === dynamic || b === dynamic;

/**
 * Whether two types have the same elements side by side: both single, or of one container and
 * shape. Extents of memrefs may differ in what is known; tensors of unknown rank never qualify.
 */
export function sameShape(a: Type, b: Type): boolean {
  if (a.kind === 'vector') return b.kind === 'vector' && truthOf(a) === truthOf(b);
  if (a.kind === 'tensor') return b.kind === 'tensor' && sameList(a.shape, b.shape);
  if (a.kind === 'memref')
    return (
      b.kind === 'memref' &&
      a.shape.length === b.shape.length &&
      a.shape.every((extent, at) => fits(extent, b.shape[at] as number))
    );
  return a.kind !== 'unranked-tensor' && !isContainer(b) && b.kind !== 'memref';
}
