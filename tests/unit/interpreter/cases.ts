/** Random instances of every operation of the graph and the tensor-op level, with inputs that hold odd numbers. */
import fc from 'fast-check';
import { graph } from '../../../dialects/graph/index.ts';
import { tensorop } from '../../../dialects/tensorop/index.ts';
import {
  f16,
  f32,
  type FloatType,
  i16,
  i8,
  type OpView,
  roundings,
  tensorType,
  type Type,
  type Value,
} from '../../../ir/index.ts';
import { denseOf, NdArray, rounding, volume } from '../../../interpreter/index.ts';
import { dequantizeOf, integers, requantizeOf } from './integer-cases.ts';

/** One operation with the values of its operands. */
export interface Case {
  readonly types: readonly Type[];
  readonly inputs: readonly NdArray[];
  build(values: readonly Value[]): OpView;
}

/** Numbers of which some are NaN, infinite, −0, subnormal, tiny or huge. */
const odd = [Number.NaN, Infinity, -Infinity, -0, 0, 1e-40, -3e-8, 6e-5, 65504, -1e30, 3e38, 1];
/** How daring the numbers are. */
export type Taste = 'any' | 'tame';

const numbers = (taste: Taste): fc.Arbitrary<number> => {
  const tame = fc.double({ min: -2, max: 2, noNaN: true });
  return taste === 'tame'
    ? tame
    : fc.oneof({ weight: 12, arbitrary: tame }, { weight: 1, arbitrary: fc.constantFrom(...odd) });
};

/** An array of a shape. */
export const array = (shape: readonly number[], element: FloatType, taste: Taste): fc.Arbitrary<NdArray> =>
  fc
    .array(numbers(taste), { minLength: volume(shape), maxLength: volume(shape) })
    .map((values) => new NdArray(shape, element, Float32Array.from(values, rounding(element))));

const elements = fc.constantFrom(f32, f16);
const small = (max: number, min = 1): fc.Arbitrary<number> => fc.integer({ min, max });
const shapes = fc.array(small(4), { maxLength: 4 });
const pair = (max: number, min = 1) => fc.tuple(small(max, min), small(max, min));
const quad = (max: number) => fc.tuple(small(max, 0), small(max, 0), small(max, 0), small(max, 0));

const made = (arrays: readonly NdArray[], build: Case['build']): Case => ({
  types: arrays.map(({ shape, element }) => tensorType(shape, element)),
  inputs: arrays,
  build,
});
/** Instances of one operation. */
export type Maker = (taste: Taste) => fc.Arbitrary<Case>;
/** Arrays of some shapes, and what is built of them. */
const of =
  <T>(
    settings: fc.Arbitrary<T>,
    arrays: (setting: T) => readonly (readonly number[])[],
    build: (values: readonly Value[], setting: T) => OpView,
  ): Maker =>
  (taste) =>
    fc
      .tuple(settings, elements)
      .chain(([setting, element]) =>
        fc
          .tuple(...arrays(setting).map((shape) => array(shape, element, taste)))
          .map((inputs) => made(inputs, (values) => build(values, setting))),
      );
type One = (args: { readonly input: Value }) => OpView;
type Two = (args: { readonly lhs: Value; readonly rhs: Value }) => OpView;
const unary = (op: One): Maker =>
  of(
    shapes,
    (shape) => [shape],
    ([input]) => op({ input: input as Value }),
  );
const binary = (op: Two): Maker =>
  of(
    shapes,
    (shape) => [shape, shape],
    ([lhs, rhs]) => op({ lhs: lhs as Value, rhs: rhs as Value }),
  );
const repeating = (op: Two): Maker =>
  of(
    fc.tuple(shapes, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), small(2, 0)),
    ([shape, ones, drop]) => [
      shape.map((extent, d) => (ones[d] ? 1 : extent)),
      shape.map((extent, d) => (ones[4 + d] ? 1 : extent)).slice(Math.min(drop, shape.length)),
    ],
    ([lhs, rhs]) => op({ lhs: lhs as Value, rhs: rhs as Value }),
  );
const limits = fc.record({
  low: fc.option(fc.double({ min: -1, max: 0.5, noNaN: true }), { nil: undefined }),
  high: fc.option(fc.double({ min: 0.5, max: 6, noNaN: true }), { nil: undefined }),
});
const permutations = shapes.chain((shape) =>
  fc.tuple(
    fc.constant(shape),
    fc.shuffledSubarray(
      shape.map((_, d) => d),
      { minLength: shape.length, maxLength: shape.length },
    ),
  ),
);
/** Extents and window of a convolution: the image is at least as large as the window. */
const sliding = fc
  .record({
    N: small(2),
    C: small(5),
    K: small(6),
    taps: pair(3),
    extra: pair(4, 0),
    strides: pair(3),
    dilations: pair(2),
    pads: quad(2),
  })
  .map((s) => ({
    ...s,
    H: (s.taps[0] - 1) * s.dilations[0] + 1 + s.extra[0],
    W: (s.taps[1] - 1) * s.dilations[1] + 1 + s.extra[1],
  }));
const pooling = fc
  .record({
    N: small(2),
    C: small(5),
    kernel: pair(3),
    extra: pair(4, 0),
    strides: pair(3),
    pads: quad(2),
    count_include_pad: fc.boolean(),
  })
  .map((s) => ({
    ...s,
    H: s.kernel[0] + s.extra[0],
    W: s.kernel[1] + s.extra[1],
    pads: s.pads.map((by, side) => Math.min(by, (s.kernel[side % 2] as number) - 1)) as [
      number,
      number,
      number,
      number,
    ],
  }));
const joining = fc
  .tuple(
    shapes.filter((shape) => shape.length > 0),
    fc.array(small(3), { minLength: 1, maxLength: 3 }),
    small(3, 0),
  )
  .map(([shape, along, axis]) => ({ shape, along, axis: axis % shape.length }));
const constant =
  (build: (array: NdArray) => OpView): Maker =>
  (taste) =>
    fc
      .tuple(shapes, elements)
      .chain(([shape, element]) => array(shape, element, taste).map((data) => made([], () => build(data))));
const matmuls = fc.record({ B: fc.array(small(2), { maxLength: 2 }), M: small(6), K: small(9), N: small(9) });
const reshapes = shapes.chain((shape) =>
  fc.tuple(fc.constant(shape), fc.constantFrom([volume(shape)], [1, ...shape], [...shape].reverse())),
);

const g = graph.ops;
/** Instances of the operations of the graph level. */
export const graphCases: Readonly<Record<keyof typeof g, Maker>> = {
  constant: constant((data) => g.constant({ value: denseOf(data) })),
  conv: of(
    fc.tuple(sliding, small(3), fc.boolean(), fc.boolean()),
    ([{ N, C, K, H, W, taps }, groups, bias, depthwise]) => {
      const channels = depthwise ? groups : C * groups;
      const outputs = depthwise ? groups : K * groups;
      return [[N, channels, H, W], [outputs, depthwise ? 1 : C, ...taps], ...(bias ? [[outputs]] : [])];
    },
    ([image, filter, bias], [{ strides, dilations, pads }, group]) =>
      g.conv({ image: image as Value, filter: filter as Value, bias, strides, dilations, pads, group }),
  ),
  gemm: of(
    fc.record({
      M: small(6),
      K: small(9),
      N: small(9),
      transA: fc.boolean(),
      transB: fc.boolean(),
      addend: fc.constantFrom(undefined, 'n', '1', 'mn', 'm1'),
      alpha: fc.constantFrom(1, 0.3, -2),
      beta: fc.constantFrom(1, 0.7),
    }),
    ({ M, K, N, transA, transB, addend }) => [
      transA ? [K, M] : [M, K],
      transB ? [N, K] : [K, N],
      ...(addend === undefined ? [] : [{ n: [N], 1: [1], mn: [M, N], m1: [M, 1] }[addend] as number[]]),
    ],
    ([lhs, rhs, addend], { transA, transB, alpha, beta }) =>
      g.gemm({
        lhs: lhs as Value,
        rhs: rhs as Value,
        addend,
        transA,
        transB,
        alpha: Math.fround(alpha),
        beta: Math.fround(beta),
      }),
  ),
  matmul: of(
    matmuls,
    ({ B, M, K, N }) => [
      [...B, M, K],
      [...B, K, N],
    ],
    ([lhs, rhs]) => g.matmul({ lhs: lhs as Value, rhs: rhs as Value }),
  ),
  add: repeating(g.add),
  sub: repeating(g.sub),
  mul: repeating(g.mul),
  div: repeating(g.div),
  relu: unary(g.relu),
  sigmoid: unary(g.sigmoid),
  tanh: unary(g.tanh),
  exp: unary(g.exp),
  sqrt: unary(g.sqrt),
  abs: unary(g.abs),
  clip: of(
    fc.tuple(shapes, limits),
    ([shape]) => [shape],
    ([input], [, range]) => g.clip({ input: input as Value, ...range }),
  ),
  softmax: of(
    joining,
    ({ shape }) => [shape],
    ([input], { axis }) => g.softmax({ input: input as Value, axis }),
  ),
  maxPool: of(
    pooling,
    ({ N, C, H, W }) => [[N, C, H, W]],
    ([image], { kernel, strides, pads }) => g.maxPool({ image: image as Value, kernel, strides, pads }),
  ),
  averagePool: of(
    pooling,
    ({ N, C, H, W }) => [[N, C, H, W]],
    ([image], { kernel, strides, pads, count_include_pad }) =>
      g.averagePool({ image: image as Value, kernel, strides, pads, count_include_pad }),
  ),
  globalAveragePool: of(
    pooling,
    ({ N, C, H, W }) => [[N, C, H, W]],
    ([image]) => g.globalAveragePool({ image: image as Value }),
  ),
  reshape: of(
    reshapes,
    ([shape]) => [shape],
    ([input], [, shape]) => g.reshape({ input: input as Value, shape }),
  ),
  transpose: of(
    permutations,
    ([shape]) => [shape],
    ([input], [, permutation]) => g.transpose({ input: input as Value, permutation }),
  ),
  concat: of(
    joining,
    ({ shape, along, axis }) => along.map((extent) => shape.with(axis, extent)),
    (inputs, { axis }) => g.concat({ inputs, axis }),
  ),
};

const t = tensorop.ops;
/** Instances of the operations of the tensor-op level. */
export const tensoropCases: Readonly<Record<keyof typeof t, Maker>> = {
  constant: constant((data) => t.constant({ value: denseOf(data) })),
  conv2d: of(
    sliding,
    ({ N, H, W, C, K, taps }) => [
      [N, H, W, C],
      [K, ...taps, C],
    ],
    ([image, filter], { strides, dilations }) =>
      t.conv2d({ image: image as Value, filter: filter as Value, strides, dilations }),
  ),
  depthwiseConv2d: of(
    fc.tuple(sliding, fc.boolean()),
    ([{ N, H, W, C, taps }]) => [
      [N, H, W, C],
      [...taps, C],
    ],
    ([image, filter], [{ strides, dilations }, half]) => {
      const accumulator = half && image?.type.kind === 'tensor' && image.type.element === f16 ? 'f16' : 'f32';
      return t.depthwiseConv2d({ image: image as Value, filter: filter as Value, strides, dilations, accumulator });
    },
  ),
  matmul: of(
    matmuls,
    ({ B, M, K, N }) => [
      [...B, M, K],
      [...B, K, N],
    ],
    ([lhs, rhs]) => t.matmul({ lhs: lhs as Value, rhs: rhs as Value }),
  ),
  add: binary(t.add),
  sub: binary(t.sub),
  mul: binary(t.mul),
  div: binary(t.div),
  max: binary(t.max),
  min: binary(t.min),
  addBias: of(
    fc.tuple(shapes, small(5)),
    ([shape, c]) => [[...shape, c], [c]],
    ([input, bias]) => t.addBias({ input: input as Value, bias: bias as Value }),
  ),
  relu: unary(t.relu),
  sigmoid: unary(t.sigmoid),
  tanh: unary(t.tanh),
  exp: unary(t.exp),
  recip: unary(t.recip),
  rsqrt: unary(t.rsqrt),
  sqrt: unary(t.sqrt),
  abs: unary(t.abs),
  neg: unary(t.neg),
  clip: of(
    fc.tuple(shapes, limits),
    ([shape]) => [shape],
    ([input], [, range]) => t.clip({ input: input as Value, ...range }),
  ),
  cast: of(
    fc.tuple(shapes, elements),
    ([shape]) => [shape],
    ([input], [shape, to]) => t.cast({ input: input as Value, types: [tensorType(shape, to)] }),
  ),
  quantize: of(
    fc.tuple(shapes, fc.integer({ min: -12, max: 2 }), fc.constantFrom(...roundings), fc.constantFrom(i8, i16)),
    ([shape]) => [shape],
    ([input], [shape, position, rounding, to]) =>
      t.quantize({ input: input as Value, position, rounding, types: [tensorType(shape, to)] }),
  ),
  dequantize: dequantizeOf(i8, i16),
  requantize: requantizeOf(...integers),
  maxPool: of(
    pooling,
    ({ N, C, H, W }) => [[N, H, W, C]],
    ([image], { kernel, strides, pads }) => t.maxPool({ image: image as Value, kernel, strides, pads }),
  ),
  averagePool: of(
    pooling,
    ({ N, C, H, W }) => [[N, H, W, C]],
    ([image], { kernel, strides, pads, count_include_pad }) =>
      t.averagePool({ image: image as Value, kernel, strides, pads, count_include_pad }),
  ),
  reduceSum: of(
    fc.tuple(shapes, small(9)),
    ([shape, c]) => [[...shape, c]],
    ([input]) => t.reduceSum({ input: input as Value }),
  ),
  reduceMax: of(
    fc.tuple(shapes, small(9)),
    ([shape, c]) => [[...shape, c]],
    ([input]) => t.reduceMax({ input: input as Value }),
  ),
  transpose: of(
    permutations,
    ([shape]) => [shape],
    ([input], [, permutation]) => t.transpose({ input: input as Value, permutation }),
  ),
  reshape: of(
    reshapes,
    ([shape]) => [shape],
    ([input], [, shape]) => t.reshape({ input: input as Value, shape }),
  ),
  broadcast: of(
    fc.tuple(shapes, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), small(2, 0)),
    ([shape, ones, drop]) => [shape.map((extent, d) => (ones[d] ? 1 : extent)).slice(Math.min(drop, shape.length))],
    ([input], [shape]) => t.broadcast({ input: input as Value, shape }),
  ),
  pad: of(
    shapes.chain((shape) =>
      fc.tuple(
        fc.constant(shape),
        fc.tuple(...shape.map(() => small(2, 0))),
        fc.tuple(...shape.map(() => small(2, 0))),
      ),
    ),
    ([shape]) => [shape],
    ([input], [, low, high]) => t.pad({ input: input as Value, low, high }),
  ),
  slice: of(
    shapes.chain((shape) =>
      fc.tuple(
        fc.constant(shape),
        fc.tuple(
          ...shape.map((extent) => small(extent).chain((size) => fc.tuple(small(extent - size, 0), fc.constant(size)))),
        ),
      ),
    ),
    ([shape]) => [shape],
    ([input], [, parts]) =>
      t.slice({
        input: input as Value,
        offsets: parts.map(([offset]) => offset),
        sizes: parts.map(([, size]) => size),
      }),
  ),
  concat: of(
    joining,
    ({ shape, along, axis }) => along.map((extent) => shape.with(axis, extent)),
    (inputs, { axis }) => t.concat({ inputs, axis }),
  ),
};
