/** Reading and writing slices of a tensor at coordinates that are data. */
import { attr, op, type TensorType, tensorType } from '../../ir/index.ts';
import { indexList } from '../builtin/index-list.ts';
import { coordinates, rankedTensor, rankedType } from './constraint.ts';

/** Why these are not the dimensions of `whole` that the last dimension of `indices` tells. */
function dimensionError(
  dimensions: readonly bigint[],
  indices: TensorType,
  whole: TensorType,
  side: 'source' | 'dest',
): string | undefined {
  const name = `${side === 'source' ? 'gather' : 'scatter'}_dims`;
  const rank = whole.shape.length;
  if (dimensions.length === 0) return `${name} must be non-empty`;
  if (dimensions.length > rank) return `${name} overflow ${side} rank`;
  if (indices.shape.at(-1) !== dimensions.length)
    return `${name} length must match the size of last dimension of indices`;
  for (const dimension of dimensions) {
    if (dimension < 0n) return `${name} value must be non-negative`;
    if (dimension >= BigInt(rank)) return `${name} value must be smaller than ${side} rank`;
  }
  for (let at = 1; at < dimensions.length; at++)
    if ((dimensions[at - 1] as bigint) >= (dimensions[at] as bigint))
      return `${name} values must be strictly increasing`;
  return undefined;
}

/** Why `slices` is not the type of the slices of `whole` at `indices`. */
function slicesError(
  slices: TensorType,
  dimensions: readonly bigint[],
  indices: TensorType,
  whole: TensorType,
  what: 'result' | 'source',
): string | undefined {
  const told = (at: number): boolean => dimensions.includes(BigInt(at));
  const batch = indices.shape.slice(0, -1);
  const full = [...batch, ...whole.shape.map((extent, at) => (told(at) ? 1 : extent))];
  const reduced = [...batch, ...whole.shape.filter((_, at) => !told(at))];
  const expected = [full, reduced].map((shape) => tensorType(shape, whole.element, whole.encoding));
  return expected.includes(slices)
    ? undefined
    : `${what} type mismatch: expected '${expected[0]?.text}' or its rank-reduced variant '${expected[1]?.text}' ` +
        `(got: '${slices.text}')`;
}

/** Slices of a tensor at the given coordinates. */
export const gather = op('tensor.gather', {
  summary: 'slices of a tensor at coordinates that are data',
  operands: { source: rankedTensor(), indices: coordinates },
  attributes: { gather_dims: indexList, unique: attr.unit() },
  results: { result: rankedTensor() },
  traits: ['pure'],
  assembly:
    '$source `[` $indices `]` `gather_dims` `(` $gather_dims `)` (`unique` $unique^)? attr-dict `:` ' +
    'functional-type(operands, results)',
  verifyOperation: (_, { source, indices, gather_dims: dimensions, result }) => {
    const [whole, places] = [rankedType(source), rankedType(indices)];
    return (
      dimensionError(dimensions, places, whole, 'source') ??
      slicesError(rankedType(result), dimensions, places, whole, 'result')
    );
  },
});

/** A tensor with slices replaced at the given coordinates, of which no two are the same. */
export const scatter = op('tensor.scatter', {
  summary: 'a tensor with slices replaced at coordinates that are data',
  operands: { source: rankedTensor(), dest: rankedTensor(), indices: coordinates },
  attributes: { scatter_dims: indexList, unique: attr.unit() },
  results: { result: rankedTensor() },
  traits: ['pure'],
  assembly:
    '$source `into` $dest `[` $indices `]` `scatter_dims` `(` $scatter_dims `)` (`unique` $unique^)? attr-dict `:` ' +
    'functional-type(operands, results)',
  verifyOperation: (_, { source, dest, indices, scatter_dims: dimensions, unique }) => {
    const [whole, places] = [rankedType(dest), rankedType(indices)];
    const wrong = dimensionError(dimensions, places, whole, 'dest');
    if (wrong !== undefined) return wrong;
    if (!unique) return "requires 'unique' attribute to be set";
    return slicesError(rankedType(source), dimensions, places, whole, 'source');
  },
});
