/**
 * What values of this dialect may be. The element type of a memref has the name `T`, so that a
 * form may leave out the type of what is read from it or written to it.
 */
import {
  i8,
  index,
  type MemRefType,
  type Type,
  typed,
  type UnrankedMemRefType,
  type Value,
  type ValueConstraint,
} from '../../ir/index.ts';
import { stridesOf } from './layout.ts';

/** A constraint on one value without named dimensions. */
export type OneValue = ValueConstraint<never, never, 'one'>;
/** A memref of known or unknown rank. */
export type AnyMemRef = MemRefType | UnrankedMemRefType;

const elementName = 'T';

/** Whether a type is a memref of known or unknown rank. */
export const isMemRef = (type: Type): type is AnyMemRef => type.kind === 'memref' || type.kind === 'unranked-memref';

const memrefOf = (text: string, accepts: (type: AnyMemRef) => boolean): OneValue => ({
  arity: 'one',
  form: 'other',
  text,
  dims: [],
  element: undefined,
  check: (type, binding) => {
    if (!isMemRef(type) || !accepts(type)) return `has type ${type.text}, expected ${text}`;
    binding[elementName] ??= type.element;
    return undefined;
  },
  substitute: () => undefined,
});

const isRanked = (type: AnyMemRef): type is MemRefType => type.kind === 'memref';
const hasRankOne = (type: AnyMemRef): type is MemRefType => type.kind === 'memref' && type.shape.length === 1;
const isInteger = (type: Type): boolean => type.kind === 'integer' && type.sign === 'signless';
/** Whether a type is a signless integer or a floating-point number. */
export const isNumber = (type: Type): boolean => isInteger(type) || type.kind === 'float';

/** A memref of known rank. */
export const rankedMemRef: OneValue = memrefOf('memref of any type values', isRanked);
/** A memref of known or unknown rank. */
export const anyMemRef: OneValue = memrefOf('ranked or unranked memref of any type values', () => true);
/** A memref that has a dimension, or whose rank is not known. */
export const memrefWithDimensions: OneValue = memrefOf(
  'unranked memref or memref of rank 1 or more',
  (type) => !isRanked(type) || type.shape.length > 0,
);
/** A memref whose layout is strides and an offset. */
export const stridedMemRef: OneValue = memrefOf(
  'strided memref of any type values',
  (type) => isRanked(type) && stridesOf(type) !== undefined,
);
/** A memref of one dimension. */
export const memref1D: OneValue = memrefOf('1D memref of any type values', hasRankOne);
/** Bytes in one dimension. */
export const bytes1D: OneValue = memrefOf(
  '1D memref of 8-bit signless integer values',
  (type) => hasRankOne(type) && type.element === i8,
);
/** Extents in one dimension. */
export const extents1D: OneValue = memrefOf(
  '1D memref of signless integer or index values',
  (type) => hasRankOne(type) && (type.element === index || isInteger(type.element)),
);
/** Numbers that may be changed in one step. */
export const memrefOfNumbers: OneValue = memrefOf(
  'memref of signless integer or floating-point values',
  (type) => isRanked(type) && isNumber(type.element),
);

/** An index. */
export const indexValue: OneValue = typed(index);

/** What a memref beside it holds: its element type where nothing else is said. */
export const elementValue: OneValue = {
  arity: 'one',
  form: 'other',
  text: 'the element type of the memref',
  dims: [],
  element: undefined,
  check: () => undefined,
  substitute: (binding) => binding[elementName] as Type | undefined,
};

/** The memref type of a value that a constraint above has accepted. */
export const memrefTypeOf = (value: Value): MemRefType => value.type as MemRefType;
