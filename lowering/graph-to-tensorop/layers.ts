/** Convolutions, matrix products and poolings. */
import { tensorop } from '../../dialects/tensorop/index.ts';
import { type OpOf, roundTo, type FloatType, type TensorType, type Value, type ValueLike } from '../../ir/index.ts';
import { type ArgumentsOf, noMatch, type Outcome } from '../../rewrite/index.ts';
import type { graph } from '../../dialects/graph/index.ts';
import { filled, toChannelsFirst, toChannelsLast } from './layout-change.ts';

const {
  addBias,
  add,
  averagePool,
  broadcast,
  concat,
  constant,
  conv2d,
  depthwiseConv2d,
  matmul,
  maxPool,
  mul,
  pad,
  reshape,
  slice,
  transpose,
} = tensorop.ops;
type Graph = typeof graph.ops;
type Quad = readonly [number, number, number, number];

/** Zeros around the rows and columns of a channels-last image. */
const padded = (image: ValueLike, [top, left, bottom, right]: Quad): ValueLike =>
  top + left + bottom + right === 0
    ? image
    : pad({ input: image, low: [0, top, left, 0], high: [0, bottom, right, 0] });

/** A convolution: every group by itself, except that groups of one channel are a depthwise convolution. */
export function conv({
  image,
  filter,
  bias,
  pads,
  strides,
  dilations,
  group,
  dims: { C, G, K, R, S },
}: ArgumentsOf<Graph['conv']>): Outcome {
  const input = padded(toChannelsLast(image), pads);
  let out: ValueLike;
  if (group === C && K === C) {
    const taps = transpose({ input: filter, permutation: [2, 3, 0, 1] });
    out = depthwiseConv2d({ image: input, filter: reshape({ input: taps, shape: [R, S, C] }), strides, dilations });
  } else {
    const weights = transpose({ input: filter, permutation: [0, 2, 3, 1] });
    const parts = Array.from({ length: group }, (_, at) =>
      conv2d({
        image: group === 1 ? input : channels(input, at * G, G),
        filter:
          group === 1
            ? weights
            : slice({ input: weights, offsets: [(at * K) / group, 0, 0, 0], sizes: [K / group, R, S, G] }),
        strides,
        dilations,
      }),
    );
    out = group === 1 ? (parts[0] as ValueLike) : concat({ inputs: parts, axis: 3 });
  }
  return toChannelsFirst(bias ? addBias({ input: out, bias }) : out);
}

/** Some channels of a channels-last image. */
function channels(image: ValueLike, from: number, count: number): OpOf<typeof slice> {
  const shape = shapeOf(image);
  return slice({ input: image, offsets: [0, 0, 0, from], sizes: [...shape.slice(0, 3), count] });
}

const shapeOf = (like: ValueLike): readonly number[] => {
  const value = 'operation' in like ? like.operation.result() : 'results' in like ? like.result() : like;
  return (value.type as TensorType).shape;
};

/** alpha · A · B + beta · C, step by step as it is defined. */
export function gemm({
  lhs,
  rhs,
  addend,
  alpha,
  beta,
  transA,
  transB,
  types,
  dims: { M, N, T },
}: ArgumentsOf<Graph['gemm']>): Outcome {
  const type = types[0] as TensorType;
  for (const factor of [alpha, beta])
    if (roundTo(factor, T as FloatType) !== factor) return noMatch(`factor ${factor} is not a number of ${T.text}`);
  const turned = (input: Value): ValueLike => transpose({ input, permutation: [1, 0] });
  const product = matmul({ lhs: transA ? turned(lhs) : lhs, rhs: transB ? turned(rhs) : rhs });
  const scaled = alpha === 1 ? product : mul({ lhs: product, rhs: constant({ value: filled(type, alpha) }) });
  if (!addend) return scaled;
  const { shape } = addend.type as TensorType;
  if (beta === 1 && shape.length === 1 && shape[0] === N) return addBias({ input: scaled, bias: addend });
  const whole = broadcast({ input: addend, shape: [M, N] });
  return add({
    lhs: scaled,
    rhs: beta === 1 ? whole : mul({ lhs: whole, rhs: constant({ value: filled(type, beta) }) }),
  });
}

/** Maximum pooling between two changes of layout. */
export const maximumPool = ({ image, kernel, strides, pads }: ArgumentsOf<Graph['maxPool']>): Outcome =>
  toChannelsFirst(maxPool({ image: toChannelsLast(image), kernel, strides, pads }));

/** Mean pooling between two changes of layout. */
export const meanPool = ({
  image,
  kernel,
  strides,
  pads,
  count_include_pad,
}: ArgumentsOf<Graph['averagePool']>): Outcome =>
  toChannelsFirst(averagePool({ image: toChannelsLast(image), kernel, strides, pads, count_include_pad }));

/** The mean of an image is the mean of its only window. */
export const globalMean = ({ image, dims: { H, W } }: ArgumentsOf<Graph['globalAveragePool']>): Outcome =>
  toChannelsFirst(averagePool({ image: toChannelsLast(image), kernel: [H, W] }));
