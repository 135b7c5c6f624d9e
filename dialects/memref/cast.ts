/** The same memory under another type. */
import { dynamic, type MemRefType, op, variadic } from '../../ir/index.ts';
import { dynamicExtents } from './allocation.ts';
import { anyMemRef, type AnyMemRef, bytes1D, extents1D, indexValue, memrefTypeOf, rankedMemRef } from './constraint.ts';
import { type Count, hasIdentityLayout, stridesOf } from './layout.ts';

const mayMeet = (a: Count, b: Count): boolean => a === undefined || b === undefined || a === b;

function layoutsMeet(from: MemRefType, to: MemRefType): boolean {
  if (from.layout === to.layout) return true;
  const [a, b] = [stridesOf(from), stridesOf(to)];
  if (!a || !b || a.strides.length !== b.strides.length || !mayMeet(a.offset, b.offset)) return false;
  return a.strides.every((stride, at) => mayMeet(stride, b.strides[at]));
}

function mayCast(from: AnyMemRef, to: AnyMemRef): boolean {
  if (from.element !== to.element || from.space !== to.space) return false;
  if (from.kind !== 'memref' || to.kind !== 'memref') return from.kind === 'memref' || to.kind === 'memref';
  return (
    from.shape.length === to.shape.length &&
    from.shape.every((extent, at) => extent === dynamic || to.shape[at] === dynamic || extent === to.shape[at]) &&
    layoutsMeet(from, to)
  );
}

const incompatible = (from: AnyMemRef, to: AnyMemRef): string =>
  `operand type '${from.text}' and result type '${to.text}' are cast incompatible`;

/** Says more or less of extents, strides and rank. */
export const cast = op('memref.cast', {
  summary: 'says more or less of extents, strides and rank',
  operands: { source: anyMemRef },
  results: { dest: anyMemRef },
  traits: ['pure'],
  assembly: '$source attr-dict `:` type($source) `to` type($dest)',
  verifySignature: (_, { source, dest }) => {
    const [from, to] = [source.type as AnyMemRef, dest.type as AnyMemRef];
    return mayCast(from, to) ? undefined : incompatible(from, to);
  },
});

const sameBesideSpace = (from: AnyMemRef, to: AnyMemRef): boolean => {
  if (from.element !== to.element || from.kind !== to.kind) return false;
  if (from.kind !== 'memref' || to.kind !== 'memref') return true;
  return from.layout === to.layout && from.shape.join() === to.shape.join();
};

/** Says another memory space. */
export const memorySpaceCast = op('memref.memory_space_cast', {
  summary: 'says another memory space',
  operands: { source: anyMemRef },
  results: { dest: anyMemRef },
  traits: ['pure'],
  assembly: '$source attr-dict `:` type($source) `to` type($dest)',
  verifySignature: (_, { source, dest }) => {
    const [from, to] = [source.type as AnyMemRef, dest.type as AnyMemRef];
    return sameBesideSpace(from, to) ? undefined : incompatible(from, to);
  },
});

/** The same elements in order under other extents, which are read from memory. */
export const reshape = op('memref.reshape', {
  summary: 'the same elements under extents that are read from memory',
  operands: { source: anyMemRef, shape: extents1D },
  results: { result: anyMemRef },
  traits: ['pure'],
  assembly: '$source `(` $shape `)` attr-dict `:` functional-type(operands, $result)',
  verifySignature: (_, { source, shape, result }) => {
    const [from, to] = [source.type as AnyMemRef, result.type as AnyMemRef];
    if (from.element !== to.element) return 'element types of source and destination memref types should be the same';
    if (from.kind === 'memref' && !hasIdentityLayout(from)) return 'source memref type should have identity affine map';
    if (to.kind !== 'memref') return undefined;
    if (!hasIdentityLayout(to)) return 'result memref type should have identity affine map';
    const [length] = memrefTypeOf(shape).shape;
    if (length === dynamic)
      return 'cannot use shape operand with dynamic length to reshape to statically-ranked memref type';
    return length === to.shape.length ? undefined : `length of shape operand differs from the result's memref rank`;
  },
});

/** Bytes as elements of a type. */
export const view = op('memref.view', {
  summary: 'bytes as elements of a type',
  operands: { source: bytes1D, byte_shift: indexValue, sizes: variadic(indexValue) },
  results: { result: rankedMemRef },
  traits: ['pure'],
  assembly: '$source `[` $byte_shift `]` `` `[` $sizes `]` attr-dict `:` type($source) `to` type($result)',
  verifySignature: (_, { source, sizes, result }) => {
    const [from, to] = [memrefTypeOf(source), memrefTypeOf(result)];
    const extents = dynamicExtents(to);
    if (sizes.length !== extents) return `incorrect number of dynamic sizes, has ${sizes.length}, expected ${extents}`;
    if (!hasIdentityLayout(from)) return `unsupported map for base memref type '${from.text}'`;
    if (!hasIdentityLayout(to)) return `unsupported map for result memref type '${to.text}'`;
    return from.space === to.space
      ? undefined
      : `different memory spaces specified for base memref type '${from.text}' and view memref type '${to.text}'`;
  },
});
