/** Operations on a regular part of a tensor: offsets, sizes and strides for each dimension. */
import { dynamic, op, type TensorType, tensorType, type Value, variadic } from '../../ir/index.ts';
import { indexList, isDynamicIndex } from '../builtin/index-list.ts';
import { indexValue, rankedTensor, rankedType } from './constraint.ts';
import { extractSliceAssembly, insertSliceAssembly } from './slice-written.ts';

/** Where a slice lies: known numbers, and operands for the places that are not known. */
interface Slice {
  readonly offsets: readonly Value[];
  readonly sizes: readonly Value[];
  readonly strides: readonly Value[];
  readonly static_offsets: readonly bigint[];
  readonly static_sizes: readonly bigint[];
  readonly static_strides: readonly bigint[];
}

const ranges = {
  offsets: variadic(indexValue),
  sizes: variadic(indexValue),
  strides: variadic(indexValue),
};
const numbers = { static_offsets: indexList, static_sizes: indexList, static_strides: indexList };

/** Why the lists of a slice are not well formed for `rank` dimensions. */
function listError(slice: Slice, rank: number): string | undefined {
  const { static_offsets: offsets, static_sizes: sizes, static_strides: strides } = slice;
  const unequal = (a: string, b: string, first: readonly bigint[], second: readonly bigint[]): string | undefined =>
    first.length === second.length
      ? undefined
      : `expected mixed ${a} rank to match mixed ${b} rank (${first.length} vs ${second.length}) so the rank of the ` +
        'result type is well-formed.';
  const wrong = unequal('offsets', 'sizes', offsets, sizes) ?? unequal('sizes', 'strides', sizes, strides);
  if (wrong !== undefined) return wrong;
  for (const [name, given, known] of [
    ['offset', slice.offsets, offsets],
    ['size', slice.sizes, sizes],
    ['stride', slice.strides, strides],
  ] as const) {
    if (known.length !== rank) return `expected ${rank} ${name} values, got ${known.length}`;
    const missing = known.filter(isDynamicIndex).length;
    if (missing !== given.length)
      return (
        `expected the number of '${name}s' to match the number of dynamic entries in 'static_${name}s' ` +
        `(${given.length} vs ${missing})`
      );
  }
  for (const [name, known] of [
    ['offsets', offsets],
    ['sizes', sizes],
  ] as const) {
    const negative = known.find((number) => number < 0n && !isDynamicIndex(number));
    if (negative !== undefined) return `expected ${name} to be non-negative, but got ${negative}`;
  }
  return undefined;
}

/** The type of the whole slice of `type`. */
const sliceType = (type: TensorType, { static_sizes: sizes }: Slice): TensorType =>
  tensorType(
    sizes.map((size) => (isDynamicIndex(size) ? dynamic : Number(size))),
    type.element,
    type.encoding,
  );

/** Whether `reduced` is `whole` with some extents of one left out. */
function isReduced(whole: readonly number[], reduced: readonly number[]): boolean {
  let at = 0;
  for (const extent of whole)
    if (at < reduced.length && extent === reduced[at]) at++;
    else if (extent !== 1) return false;
  return at === reduced.length;
}

function reducedError(whole: TensorType, reduced: TensorType): string | undefined {
  if (reduced.shape.length > whole.shape.length) return 'expected rank to be smaller or equal to the other rank.';
  if (!isReduced(whole.shape, reduced.shape))
    return `expected type to be '${whole.text}' or a rank-reduced version. (size mismatch)`;
  return whole.element === reduced.element ? undefined : `expected element type to be '${whole.element.text}'`;
}

/** Why a slice leaves its tensor, where the numbers are known. */
function boundsError({ shape }: TensorType, slice: Slice): string | undefined {
  for (const [at, extent] of shape.entries()) {
    const offset = slice.static_offsets[at] as bigint;
    if (extent === dynamic || isDynamicIndex(offset)) continue;
    if (offset >= BigInt(extent)) return `offset ${at} is out-of-bounds: ${offset} >= ${extent}`;
    const [size, stride] = [slice.static_sizes[at] as bigint, slice.static_strides[at] as bigint];
    if (isDynamicIndex(size) || isDynamicIndex(stride)) continue;
    const last = offset + (size - 1n) * stride;
    if (last >= BigInt(extent)) return `slice along dimension ${at} runs out-of-bounds: ${last} >= ${extent}`;
  }
  return undefined;
}

const sliceError = (slice: Slice, whole: Value, part: Value): string | undefined =>
  listError(slice, rankedType(whole).shape.length) ??
  reducedError(sliceType(rankedType(whole), slice), rankedType(part)) ??
  boundsError(rankedType(whole), slice);

/** A part of a tensor; extents of one may be left out of its type. */
export const extractSlice = op('tensor.extract_slice', {
  summary: 'a regular part of a tensor',
  operands: { source: rankedTensor(), ...ranges },
  attributes: numbers,
  results: { result: rankedTensor() },
  traits: ['pure'],
  assembly: extractSliceAssembly,
  verifyOperation: (_, view) => sliceError(view, view.source, view.result),
});

/** A tensor with a part of it replaced. */
export const insertSlice = op('tensor.insert_slice', {
  summary: 'a tensor with a regular part of it replaced',
  operands: { source: rankedTensor(), dest: rankedTensor(), ...ranges },
  attributes: numbers,
  results: { result: rankedTensor() },
  traits: ['pure'],
  assembly: insertSliceAssembly(true),
  verifyOperation: (_, view) =>
    view.result.type === view.dest.type
      ? sliceError(view, view.dest, view.source)
      : 'failed to verify that expected result type to match dest type',
  inferTypes: (operands) => operands.slice(1, 2).map((value) => value.type),
});

/** Replaces a part of a tensor that iterations running at the same time share. */
export const parallelInsertSlice = op('tensor.parallel_insert_slice', {
  summary: 'replaces a part of a tensor that parallel iterations share',
  operands: { source: rankedTensor(), dest: rankedTensor(), ...ranges },
  attributes: numbers,
  assembly: insertSliceAssembly(false),
  verifyOperation: (operation, view) => {
    const home = operation.parentOperation?.name ?? 'nothing';
    return home === 'scf.forall.in_parallel'
      ? sliceError(view, view.dest, view.source)
      : `expected InParallelOpInterface parent, got: '${home}'`;
  },
});
