/** Fast kernels of the network level, with the bits of the meanings. */
import { broadcastShape, graph } from '../../dialects/graph/index.ts';
import { graphMeanings } from '../graph.ts';
import { NdArray, volume } from '../ndarray.ts';
import type { BinaryName, UnaryName } from '../scalar.ts';
import { withKernels } from '../semantics.ts';
import { clipped } from '../shared-meaning.ts';
import { convolve, convolveDepthwise, type Sliding } from './convolution.ts';
import { addRow, applyBinary, applyUnary, scale } from './elementwise.ts';
import { poolMaximum, poolMean, sumRows } from './pool.ts';
import { softmaxAlong } from './softmax.ts';
import { fromSingles, singles } from './storage.ts';
import { repeatedTo, transposed } from './strided.ts';
import { multiplyBatch } from './tensorop.ts';

const unary =
  (name: UnaryName) =>
  ({ input }: { readonly input: NdArray }): NdArray | undefined =>
    applyUnary(name, input);
const binary =
  (name: BinaryName) =>
  ({ lhs, rhs }: { readonly lhs: NdArray; readonly rhs: NdArray }): NdArray | undefined => {
    const shape = broadcastShape(lhs.shape, rhs.shape) ?? [];
    return applyBinary(name, repeatedTo(lhs, shape), repeatedTo(rhs, shape));
  };

/** N × C × H × W as N × H × W × C, and back. */
const [channelsLast, channelsFirst] = [
  [0, 2, 3, 1],
  [0, 3, 1, 2],
] as const;

/** Runs a kernel for channels-last images on a channels-first one. */
function throughChannelsLast(
  image: NdArray,
  [n, p, q, k]: readonly [number, number, number, number],
  run: (data: Float32Array, out: Float32Array) => void,
  after: (result: NdArray) => NdArray | undefined = (result) => result,
): NdArray | undefined {
  if (!singles(image)) return undefined;
  const out = new Float32Array(n * p * q * k);
  run(singles(transposed(image, channelsLast)) as Float32Array, out);
  const result = after(fromSingles([n, p, q, k], image.element, out));
  return result && transposed(result, channelsFirst);
}

/** What the operations of the network level mean, with fast kernels beside. */
export const graphSemantics = withKernels(graphMeanings, graph, {
  conv({ image, filter, bias, strides, dilations, group, pads: [top, left] }, { K, G, ...extents }) {
    const { N, P, Q, C } = extents;
    const shape: Sliding = { ...extents, strides, dilations, top, left };
    const depthwise = G === 1 && K === C;
    const weights = singles(transposed(filter, depthwise ? [2, 3, 1, 0] : channelsLast));
    if (!weights) return undefined;
    const each = K / group;
    const run = (x: Float32Array, out: Float32Array): void => {
      if (depthwise) convolveDepthwise(x, weights, out, shape, false);
      else
        for (let g = 0; g < group; g++)
          convolve(x, weights, out, shape, { c0: g * G, D: G, k0: g * each, K: each, pitch: K });
    };
    return throughChannelsLast(image, [N, P, Q, K], run, (sums) => (bias ? addRow(sums, bias) : sums));
  },
  gemm({ lhs, rhs, addend, alpha, beta, transA, transB }, { M, N }) {
    const [a, b] = [transA ? transposed(lhs, [1, 0]) : lhs, transB ? transposed(rhs, [1, 0]) : rhs];
    const product = multiplyBatch(a, b, [], M, a.shape[1] as number, N);
    const scaled = product && scale(product, alpha);
    return scaled && addend ? applyBinary('add', scaled, repeatedTo(scale(addend, beta), [M, N])) : scaled;
  },
  matmul: ({ lhs, rhs }, { B, M, K, N }) => multiplyBatch(lhs, rhs, B, M, K, N),
  add: binary('add'),
  sub: binary('sub'),
  mul: binary('mul'),
  div: binary('div'),
  relu: unary('relu'),
  sigmoid: unary('sigmoid'),
  tanh: unary('tanh'),
  exp: unary('exp'),
  sqrt: unary('sqrt'),
  abs: unary('abs'),
  clip({ input, low, high }, { T }) {
    const limit = clipped(T, low, high);
    return singles(input) && new NdArray(input.shape, T, singles(input)?.map(limit));
  },
  softmax: ({ input, axis }) => softmaxAlong(input, axis),
  maxPool: ({ image, kernel: [R, S], strides, pads: [top, left] }, extents) =>
    throughChannelsLast(image, [extents.N, extents.P, extents.Q, extents.C], (x, out) =>
      poolMaximum(x, out, { ...extents, R, S, strides, dilations: [1, 1], top, left }),
    ),
  averagePool: ({ image, kernel: [R, S], strides, pads: [top, left], count_include_pad }, extents) =>
    throughChannelsLast(image, [extents.N, extents.P, extents.Q, extents.C], (x, out) =>
      poolMean(x, out, { ...extents, R, S, strides, dilations: [1, 1], top, left }, count_include_pad),
    ),
  globalAveragePool({ image }, { N, C, H, W, T }) {
    const data = singles(image);
    if (!data) return undefined;
    const sums = new Float32Array(volume([N, C]));
    sumRows(data, H * W, sums);
    return fromSingles(
      [N, C, 1, 1],
      T,
      sums.map((total) => total / (H * W)),
    );
  },
  transpose: ({ input, permutation }) => transposed(input, permutation),
});
