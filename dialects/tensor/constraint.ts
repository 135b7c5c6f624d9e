/** What types the operands and results of tensor operations may have, in upstream's words. */
import { index, isShaped, type TensorType, type Type, type ValueConstraint } from '../../ir/index.ts';

/** A constraint of this dialect: one value, no named dimensions. */
export type TensorConstraint = ValueConstraint<never, never, 'one'>;

/**
 * Types that `allowed` accepts. The first shaped type that is seen tells what the element type called
 * `element` is; whether others agree is left to each operation, which says it in its own words.
 */
const described = (text: string, allowed: (type: Type) => boolean, element?: string): TensorConstraint => ({
  arity: 'one',
  form: 'other',
  text,
  dims: [],
  element: undefined,
  check: (type, binding) => {
    if (!allowed(type)) return `must be ${text}, but got '${type.text}'`;
    if (element !== undefined && (isShaped(type) || type.kind === 'unranked-tensor')) binding[element] ??= type.element;
    return undefined;
  },
  substitute: () => undefined,
});

const isTensor = (type: Type): boolean => type.kind === 'tensor' || type.kind === 'unranked-tensor';
const isWhole = (type: Type): boolean => type.kind === 'integer' && type.sign === 'signless';

/** A tensor, ranked or not. */
export const anyTensor: TensorConstraint = described('tensor of any type values', isTensor);
/** A tensor that has dimensions to ask for. */
export const measuredTensor: TensorConstraint = described(
  'non-0-ranked or unranked tensor',
  (type) => isTensor(type) && !(type.kind === 'tensor' && type.shape.length === 0),
);
/** A tensor of numbers whose bits can be read in another way. */
export const bitsTensor: TensorConstraint = described(
  'tensor of signless integer or unsigned integer or signed integer or floating-point values',
  (type) =>
    (type.kind === 'tensor' || type.kind === 'unranked-tensor') &&
    (type.element.kind === 'integer' || type.element.kind === 'float'),
);
/** A ranked tensor; its element type goes by `element`. */
export const rankedTensor = (element = 'E'): TensorConstraint =>
  described('ranked tensor of any type values', (type) => type.kind === 'tensor', element);
/** A ranked tensor without unknown extents; its element type goes by `element`. */
export const staticTensor = (element = 'E'): TensorConstraint =>
  described(
    'statically shaped tensor of any type values',
    (type) => type.kind === 'tensor' && type.shape.every((extent) => extent >= 0),
    element,
  );
/** Coordinates. */
export const coordinates: TensorConstraint = described(
  'ranked tensor of signless integer or index values',
  (type) => type.kind === 'tensor' && (type.element === index || isWhole(type.element)),
);
/** A shape as data. */
export const shapeTensor: TensorConstraint = described(
  '1D tensor of signless integer or index values',
  (type) => type.kind === 'tensor' && type.shape.length === 1 && (type.element === index || isWhole(type.element)),
);
/** An index. */
export const indexValue: TensorConstraint = {
  ...described('index', (type) => type === index),
  substitute: () => index,
};
/** A value whose type, where it is not written, is the element type that goes by `element`. */
export const elementValue = (element = 'E'): TensorConstraint => ({
  ...described('any type', () => true),
  substitute: (binding) => binding[element] as Type | undefined,
});

/** The ranked tensor type of a value whose constraint asks for one. */
export const rankedType = (value: { readonly type: Type }): TensorType => value.type as TensorType;

/** How many extents of a type are unknown. */
export const unknownExtents = ({ shape }: TensorType): number => shape.filter((extent) => extent < 0).length;

/** Why these operands are not the unknown extents of `type`. */
export const extentCountError = (operands: readonly unknown[], type: TensorType): string | undefined =>
  operands.length === unknownExtents(type)
    ? undefined
    : `incorrect number of dynamic sizes, has ${operands.length}, expected ${unknownExtents(type)}`;

/** The element type of a tensor. */
export const elementOf = (type: Type): Type | undefined =>
  type.kind === 'tensor' || type.kind === 'unranked-tensor' ? type.element : undefined;
