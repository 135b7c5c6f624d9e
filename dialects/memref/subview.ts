/** Parts of a memref, and memrefs made of an address and numbers. */
import { dynamic, type MemRefType, op, type Type, variadic } from '../../ir/index.ts';
import { indexList } from './attribute.ts';
import { type AnyMemRef, anyMemRef, indexValue, memrefTypeOf, rankedMemRef, stridedMemRef } from './constraint.ts';
import { type Count, countOf, product, type Strides, stridesOf, sum, withStrides } from './layout.ts';
import { listedCount, listedExtent, type Part, partAssembly, partError } from './part.ts';

const partOperands = {
  offsets: variadic(indexValue),
  sizes: variadic(indexValue),
  strides: variadic(indexValue),
} as const;
const partAttributes = { static_offsets: indexList, static_sizes: indexList, static_strides: indexList } as const;

/** The type of a part when no dimension is dropped; `layout` is the strides of `source`. */
function partType(source: MemRefType, layout: Strides, part: Part): MemRefType {
  const offset = layout.strides.reduce(
    (total: Count, stride, at) => sum(total, product(stride, listedCount(part.static_offsets[at] ?? 0n))),
    layout.offset,
  );
  const strides = layout.strides.map((stride, at) => product(stride, listedCount(part.static_strides[at] ?? 1n)));
  return withStrides(source, part.static_sizes.map(listedExtent), { strides, offset });
}

/** Whether `shape` is `whole` without some dimensions of extent 1. */
function isReduced(whole: readonly number[], shape: readonly number[]): boolean {
  let at = 0;
  for (const extent of whole) {
    if (at < shape.length && extent === shape[at]) at++;
    else if (extent !== 1) return false;
  }
  return at === shape.length;
}

const occurrences = (counts: readonly Count[], wanted: Count): number =>
  counts.filter((count) => count === wanted).length;

/**
 * Which dimensions of a part were dropped, judged by their strides where several have extent 1;
 * undefined when no choice fits.
 */
function droppedDimensions(
  whole: readonly Count[],
  reduced: readonly Count[],
  sizes: readonly bigint[],
): readonly boolean[] | undefined {
  const dropped = whole.map((_, at) => whole.length !== reduced.length && sizes[at] === 1n);
  const surplus = (): number => dropped.filter(Boolean).length - (whole.length - reduced.length);
  if (surplus() === 0) return dropped;
  const left = [...whole];
  for (const [at, stride] of whole.entries()) {
    if (!dropped[at]) continue;
    const [here, there] = [occurrences(left, stride), occurrences(reduced, stride)];
    if (here < there) return undefined;
    if (here === there) dropped[at] = false;
    else left.splice(left.indexOf(stride), 1);
  }
  return surplus() === 0 ? dropped : undefined;
}

function stridesFit(expected: MemRefType, found: MemRefType, sizes: readonly bigint[]): boolean {
  const [whole, reduced] = [stridesOf(expected), stridesOf(found)];
  if (!whole || !reduced || whole.offset !== reduced.offset) return false;
  const dropped = droppedDimensions(whole.strides, reduced.strides, sizes);
  const kept = whole.strides.filter((_, at) => !dropped?.[at]);
  return dropped !== undefined && kept.every((stride, at) => stride === reduced.strides[at]);
}

/** Why a part is not inside of what it is a part of, as far as numbers tell. */
function boundsError(shape: readonly number[], part: Part): string | undefined {
  for (const [at, extent] of shape.entries()) {
    const offset = listedCount(part.static_offsets[at] as bigint);
    if (extent === dynamic || offset === undefined) continue;
    if (offset >= extent) return `offset ${at} is out-of-bounds: ${offset} >= ${extent}`;
    const size = listedCount(part.static_sizes[at] as bigint);
    const stride = listedCount(part.static_strides[at] as bigint);
    if (size === undefined || stride === undefined) continue;
    const last = offset + (size - 1) * stride;
    if (last >= extent) return `slice along dimension ${at} runs out-of-bounds: ${last} >= ${extent}`;
  }
  return undefined;
}

const mismatch = (expected: Type, what: string, found: Type): string =>
  `expected result type to be '${expected.text}' or a rank-reduced version. (mismatch of result ${what}), ` +
  `but got '${found.text}'`;

/** A part of a memref; dimensions of extent 1 may be dropped. */
export const subview = op('memref.subview', {
  summary: 'a part of a memref',
  operands: { source: rankedMemRef, ...partOperands },
  attributes: partAttributes,
  results: { result: rankedMemRef },
  traits: ['pure'],
  assembly: partAssembly(),
  verifySignature: (_, view) => {
    const [from, to] = [memrefTypeOf(view.source), memrefTypeOf(view.result)];
    const { length } = from.shape;
    const wrong = partError(view, [length, length, length]);
    if (wrong !== undefined) return wrong;
    if (from.space !== to.space)
      return `different memory spaces specified for base memref type '${from.text}' and subview memref type '${to.text}'`;
    const layout = stridesOf(from);
    if (!layout) return `base type '${from.text}' is not strided`;
    const expected = partType(from, layout, view);
    if (to.shape.length > length)
      return `expected result rank to be smaller or equal to the source rank, but got '${to.text}'`;
    if (!isReduced(expected.shape, to.shape)) return mismatch(expected, 'sizes', to);
    if (from.element !== to.element)
      return `expected result element type to be '${from.element.text}', but got '${to.text}'`;
    if (!stridesFit(expected, to, view.static_sizes)) return mismatch(expected, 'layout', to);
    return boundsError(from.shape, view);
  },
});

const orDynamic = (count: Count): string => (count === undefined ? 'dynamic' : String(count));
/** A type may leave open what is known, and not the other way round. */
const claims = (found: Count, given: Count): boolean => found !== undefined && found !== given;

/** A memref of given offset, sizes and strides at the address of another one. */
export const reinterpretCast = op('memref.reinterpret_cast', {
  summary: 'other offset, sizes and strides at the same address',
  operands: { source: anyMemRef, ...partOperands },
  attributes: partAttributes,
  results: { result: stridedMemRef },
  traits: ['pure'],
  assembly: partAssembly({ offsets: ' to offset: ', sizes: ', sizes: ', strides: ', strides: ' }),
  verifySignature: (_, view) => {
    const [from, to] = [view.source.type as AnyMemRef, memrefTypeOf(view.result)];
    const { length } = to.shape;
    const wrong = partError(view, [1, length, length]);
    if (wrong !== undefined) return wrong;
    const both = `specified for source type '${from.text}' and result memref type '${to.text}'`;
    if (from.space !== to.space) return `different memory spaces ${both}`;
    if (from.element !== to.element) return `different element types ${both}`;
    const expected = (what: string, given: Count, found: Count, at?: number): string | undefined =>
      claims(found, given)
        ? `expected result type with ${what} = ${orDynamic(given)} instead of ${found}` +
          (at === undefined ? '' : ` in dim = ${at}`)
        : undefined;
    for (const [at, extent] of to.shape.entries()) {
      const error = expected('size', listedCount(view.static_sizes[at] as bigint), countOf(extent), at);
      if (error !== undefined) return error;
    }
    const layout = stridesOf(to);
    if (!layout) return `expected result type to have strided layout but found '${to.text}'`;
    const error = expected('offset', listedCount(view.static_offsets[0] as bigint), layout.offset);
    if (error !== undefined) return error;
    for (const [at, stride] of layout.strides.entries()) {
      const wrongStride = expected('stride', listedCount(view.static_strides[at] as bigint), stride, at);
      if (wrongStride !== undefined) return wrongStride;
    }
    return undefined;
  },
});
