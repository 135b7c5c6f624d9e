/** What is known of a memref: extents, rank, address and layout, and promises about them. */
import {
  anyType,
  dimensionIsKnown,
  implement,
  index,
  memrefType,
  op,
  speculation,
  type Type,
  type Value,
  variadic,
} from '../../ir/index.ts';
import { integer32 } from './attribute.ts';
import {
  anyMemRef,
  indexValue,
  memrefTypeOf,
  memrefWithDimensions,
  rankedMemRef,
  stridedMemRef,
} from './constraint.ts';

/** The extent of one dimension. */
export const dim = op('memref.dim', {
  summary: 'the extent of one dimension',
  operands: { source: memrefWithDimensions, index: indexValue },
  results: { result: indexValue },
  traits: ['pure'],
  interfaces: [implement(speculation, dimensionIsKnown)],
  assembly: 'attr-dict $source `,` $index `:` type($source)',
});

/** How many dimensions there are. */
export const rank = op('memref.rank', {
  summary: 'how many dimensions there are',
  operands: { memref: anyMemRef },
  results: { result: indexValue },
  traits: ['pure'],
  assembly: '$memref attr-dict `:` type($memref)',
});

/** The address from which elements are counted. */
export const extractAlignedPointerAsIndex = op('memref.extract_aligned_pointer_as_index', {
  summary: 'the address from which elements are counted',
  operands: { source: anyMemRef },
  results: { aligned_pointer: indexValue },
  traits: ['pure'],
  assembly: '$source `:` type($source) `->` type($aligned_pointer) attr-dict',
});

/** The parts of a memref: its memory, then offset, extents and strides. */
const partTypes = (source: Type): readonly Type[] => {
  if (source.kind !== 'memref') return [];
  const count = 1 + 2 * source.shape.length;
  return [memrefType([], source.element, undefined, source.space), ...Array<Type>(count).fill(index)];
};
const typesText = (types: readonly Type[]): string => types.map((type) => type.text).join(', ');

/** Takes a memref apart. */
export const extractStridedMetadata = op('memref.extract_strided_metadata', {
  summary: 'the memory of a memref, its offset, its extents and its strides',
  operands: { source: stridedMemRef },
  results: { base_buffer: rankedMemRef, offset: indexValue, sizesAndStrides: variadic(indexValue) },
  traits: ['pure'],
  assembly: '$source `:` type($source) `->` type(results) attr-dict',
  inferTypes: ([source]) => partTypes((source as Value).type),
  verifySignature: (operation, { source }) => {
    const found = typesText(operation.results.map((value) => value.type));
    const expected = typesText(partTypes(source.type));
    return found === expected ? undefined : `inferred types ${expected}, but the results have ${found}`;
  },
});

/** Promises that the memory begins at a multiple of some bytes. */
export const assumeAlignment = op('memref.assume_alignment', {
  summary: 'promises that the memory begins at a multiple of some bytes',
  operands: { memref: rankedMemRef },
  attributes: { alignment: integer32(1, 2 ** 31 - 1) },
  results: { result: rankedMemRef },
  traits: ['pure', 'same-operands-and-result-type'],
  assembly: '$memref `,` $alignment attr-dict `:` type($memref)',
  verifySignature: (_, { alignment }) =>
    Number.isInteger(Math.log2(alignment)) ? undefined : `alignment must be power of 2, found ${alignment}`,
});

/** Promises that no two of some memrefs share memory. */
export const distinctObjects = op('memref.distinct_objects', {
  summary: 'promises that no two of some memrefs share memory',
  operands: { operands: variadic(rankedMemRef) },
  results: { results: variadic(anyType) },
  traits: ['pure'],
  assembly: '$operands attr-dict `:` type($operands)',
  inferTypes: (operands) => operands.map((value) => value.type),
  verifySignature: (_, { operands, results }) => {
    if (operands.length === 0) return 'expected at least one operand';
    const [given, got] = [operands, results].map((values) => typesText(values.map(memrefTypeOf)));
    return given === got ? undefined : `operand types and result types must match: given ${given}, got ${got}`;
  },
});
