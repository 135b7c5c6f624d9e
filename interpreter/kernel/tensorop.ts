/** Fast kernels of the tensor-op level, with the bits of the meanings. */
import { tensorop } from '../../dialects/tensorop/index.ts';
import { f16, type Type } from '../../ir/index.ts';
import { type NdArray, volume } from '../ndarray.ts';
import type { BinaryName, UnaryName } from '../scalar.ts';
import { withKernels } from '../semantics.ts';
import { clipped } from '../shared-meaning.ts';
import { tensoropMeanings } from '../tensorop.ts';
import { convolve, convolveDepthwise, type Sliding } from './convolution.ts';
import { addRow, applyBinary, applyUnary, castTo } from './elementwise.ts';
import { multiply, packPanels } from './multiply.ts';
import { maximumOfRows, poolMaximum, poolMean, sumRows } from './pool.ts';
import { fromSingles, singles } from './storage.ts';
import { padded, part, repeatedTo, transposed } from './strided.ts';

const unary =
  (name: UnaryName) =>
  ({ input }: { readonly input: NdArray }): NdArray | undefined =>
    applyUnary(name, input);
const binary =
  (name: BinaryName) =>
  ({ lhs, rhs }: { readonly lhs: NdArray; readonly rhs: NdArray }): NdArray | undefined =>
    applyBinary(name, lhs, rhs);

/** Computes on the singles of `inputs`; undefined when one has none. */
function compute(
  inputs: readonly NdArray[],
  shape: readonly number[],
  element: Type,
  run: (out: Float32Array, ...data: Float32Array[]) => void,
): NdArray | undefined {
  const data = inputs.map(singles);
  if (data.some((one) => one === undefined)) return undefined;
  const out = new Float32Array(volume(shape));
  run(out, ...(data as Float32Array[]));
  return fromSingles(shape, element, out);
}

/** Products of matrices, one by one over `batch`. */
export const multiplyBatch = (lhs: NdArray, rhs: NdArray, batch: readonly number[], M: number, K: number, N: number) =>
  compute([lhs, rhs], [...batch, M, N], lhs.element, (out, x, y) => {
    for (let b = 0; b < volume(batch); b++)
      multiply(x, b * M * K, M, packPanels(y, b * K * N, K, N, N, 1), out, b * M * N);
  });

/** What the operations of the tensor-op level mean, with fast kernels beside. */
export const tensoropSemantics = withKernels(tensoropMeanings, tensorop, {
  conv2d: ({ image, filter, ...window }, { K, T, ...extents }) =>
    compute([image, filter], [extents.N, extents.P, extents.Q, K], T, (out, x, w) => {
      const shape: Sliding = { ...extents, ...window, top: 0, left: 0 };
      convolve(x, w, out, shape, { c0: 0, D: extents.C, k0: 0, K, pitch: K });
    }),
  depthwiseConv2d: ({ image, filter, accumulator, ...window }, { T, ...extents }) =>
    compute([image, filter], [extents.N, extents.P, extents.Q, extents.C], T, (out, x, w) => {
      convolveDepthwise(x, w, out, { ...extents, ...window, top: 0, left: 0 }, accumulator === 'f16' && T === f16);
    }),
  matmul: ({ lhs, rhs }, { B, M, K, N }) => multiplyBatch(lhs, rhs, B, M, K, N),
  add: binary('add'),
  sub: binary('sub'),
  mul: binary('mul'),
  div: binary('div'),
  max: binary('max'),
  min: binary('min'),
  addBias: ({ input, bias }) => addRow(input, bias),
  relu: unary('relu'),
  sigmoid: unary('sigmoid'),
  tanh: unary('tanh'),
  exp: unary('exp'),
  recip: unary('recip'),
  rsqrt: unary('rsqrt'),
  sqrt: unary('sqrt'),
  abs: unary('abs'),
  neg: unary('neg'),
  clip: ({ input, low, high }, { S, T }) =>
    compute([input], S, T, (out, x) => {
      const limit = clipped(T, low, high);
      for (let at = 0; at < out.length; at++) out[at] = limit(x[at] as number);
    }),
  cast: ({ input }, { S, U }) => castTo(input, U, S),
  maxPool: ({ image, kernel: [R, S], strides, pads: [top, left] }, { T, ...extents }) =>
    compute([image], [extents.N, extents.P, extents.Q, extents.C], T, (out, x) =>
      poolMaximum(x, out, { ...extents, R, S, strides, dilations: [1, 1], top, left }),
    ),
  averagePool: ({ image, kernel: [R, S], strides, pads: [top, left], count_include_pad }, { T, ...extents }) =>
    compute([image], [extents.N, extents.P, extents.Q, extents.C], T, (out, x) =>
      poolMean(x, out, { ...extents, R, S, strides, dilations: [1, 1], top, left }, count_include_pad),
    ),
  reduceSum: ({ input }, { S, C, T }) => compute([input], [...S, 1], T, (out, x) => sumRows(x, C, out)),
  reduceMax: ({ input }, { S, C, T }) => compute([input], [...S, 1], T, (out, x) => maximumOfRows(x, C, out)),
  transpose: ({ input, permutation }) => transposed(input, permutation),
  broadcast: ({ input }, { D }) => repeatedTo(input, D),
  pad: ({ input, low }, { D }) => padded(input, low, D),
  slice: ({ input, offsets }, { D }) => part(input, offsets, D),
});
