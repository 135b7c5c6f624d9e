/** Operations on single elements of tensors and on their extents. */
import { dimensionIsKnown, implement, op, speculation, variadic } from '../../ir/index.ts';
import {
  anyTensor,
  elementOf,
  elementValue,
  indexValue,
  measuredTensor,
  rankedTensor,
  rankedType,
} from './constraint.ts';

/** The extent of one dimension. */
export const dim = op('tensor.dim', {
  summary: 'the extent of one dimension',
  operands: { source: measuredTensor, index: indexValue },
  results: { result: indexValue },
  traits: ['pure'],
  interfaces: [implement(speculation, dimensionIsKnown)],
  assembly: 'attr-dict $source `,` $index `:` type($source)',
});

/** The number of dimensions. */
export const rank = op('tensor.rank', {
  summary: 'the number of dimensions',
  operands: { tensor: anyTensor },
  results: { result: indexValue },
  traits: ['pure'],
  assembly: '$tensor attr-dict `:` type($tensor)',
});

/** One element. */
export const extract = op('tensor.extract', {
  summary: 'one element of a tensor',
  operands: { tensor: rankedTensor(), indices: variadic(indexValue) },
  results: { result: elementValue() },
  traits: ['pure'],
  assembly: '$tensor `[` $indices `]` attr-dict `:` type($tensor)',
  verifyOperation: (_, { tensor, indices, result }) => {
    const { shape, element } = rankedType(tensor);
    if (result.type !== element) return 'failed to verify that result type matches element type of tensor';
    return indices.length === shape.length ? undefined : 'incorrect number of indices for extract_element';
  },
  // What is no ranked tensor is for the verifier to refuse.
  inferTypes: (operands) => operands.slice(0, 1).map(({ type }) => elementOf(type) ?? type),
});

/** A tensor with one element replaced. */
export const insert = op('tensor.insert', {
  summary: 'a tensor with one element replaced',
  operands: { scalar: elementValue(), dest: rankedTensor(), indices: variadic(indexValue) },
  results: { result: rankedTensor() },
  traits: ['pure'],
  assembly: '$scalar `into` $dest `[` $indices `]` attr-dict `:` type($dest)',
  verifyOperation: (_, { scalar, dest, indices, result }) => {
    const { shape, element } = rankedType(dest);
    if (result.type !== dest.type) return 'failed to verify that result type matches type of dest';
    if (scalar.type !== element) return 'failed to verify that scalar type matches element type of dest';
    return indices.length === shape.length ? undefined : 'incorrect number of indices';
  },
  inferTypes: (operands) => operands.slice(1, 2).map((value) => value.type),
});
