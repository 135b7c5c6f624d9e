/** Operations that give the same elements another type or shape type. */
import { bitWidth, dynamic, op, type Operation, type Type } from '../../ir/index.ts';
import { anyTensor, bitsTensor, elementOf } from './constraint.ts';

const format = '$source attr-dict `:` type($source) `to` type($dest)' as const;

const shapesAgree = (from: Type, to: Type): boolean =>
  from.kind !== 'tensor' ||
  to.kind !== 'tensor' ||
  (from.shape.length === to.shape.length &&
    from.shape.every((extent, at) => extent === dynamic || to.shape[at] === dynamic || extent === to.shape[at]));

function castError(operation: Operation, agree: (from: Type, to: Type) => boolean): string | undefined {
  const [from, to] = [operation.operand(0).type, operation.result().type];
  const [a, b] = [elementOf(from), elementOf(to)];
  return a && b && agree(a, b) && shapesAgree(from, to)
    ? undefined
    : `operand type '${from.text}' and result type '${to.text}' are cast incompatible`;
}

/** Forgets or claims extents of a tensor. */
export const cast = op('tensor.cast', {
  summary: 'the same tensor with extents forgotten or claimed',
  operands: { source: anyTensor },
  results: { dest: anyTensor },
  traits: ['pure'],
  assembly: format,
  verifyOperation: (operation) => castError(operation, (from, to) => from === to),
});

/** Reads the bits of each element as another type of the same width. */
export const bitcast = op('tensor.bitcast', {
  summary: 'the same bits read as another element type',
  operands: { source: bitsTensor },
  results: { dest: bitsTensor },
  traits: ['pure'],
  assembly: format,
  verifyOperation: (operation) => castError(operation, (from, to) => bitWidth(from) === bitWidth(to)),
});
