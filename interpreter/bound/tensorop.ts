/** One rule per operation: how the bounds of its operands and its own roundings make the bound of its result. */
import type { tensorop } from '../../dialects/tensorop/index.ts';
import { f16, type Type } from '../../ir/index.ts';
import { padded, part, repeatedTo, rowMajorStrides, transposed } from '../kernel/strided.ts';
import { NdArray } from '../ndarray.ts';
import { accumulator } from '../number.ts';
import type { UnaryName } from '../scalar.ts';
import { joined } from '../shared-meaning.ts';
import { anywhere, type Bounded, boundsFor, type Certificate, holdsAll, hull, roundingError } from './arithmetic.ts';
import { type Binary, binaries, clipBound, mapped, mapped2, unaries } from './elementwise.ts';
import { dequantizedBound, integerBound } from './quantize.ts';
import type { BoundRules } from './rule.ts';
import { type Contraction, sumsOfProducts } from './sum.ts';
import { doubles, largestBound, narrowing, rowsOf, sumBound, windowsOf } from './window.ts';

type One = { readonly input: Bounded };
type Two = { readonly lhs: Bounded; readonly rhs: Bounded };

/** Sums of products, kept in `type` and stored in the element type of the result. */
export function contracted(contraction: Contraction, type: Type, result: NdArray): Certificate {
  const { apart } = sumsOfProducts(contraction, type);
  const bound = boundsFor(
    result,
    (at) => (apart[at] as number) + narrowing(Number(result.data[at]), type, result.element),
  );
  return { bound, within: anywhere };
}

/** The rule of a function of one number. */
export const unaryRule =
  (name: UnaryName) =>
  ({ input }: One, _: object, result: NdArray): Certificate =>
    mapped(unaries[name], input, result);
/** A function of two numbers; of one number twice, a product is not negative. */
export const pairBound = (f: Binary, { lhs, rhs }: Two, result: NdArray): Certificate =>
  f === binaries.mul && lhs === rhs ? mapped(unaries.square, lhs, result) : mapped2(f, lhs, rhs, result);
const binaryRule =
  (f: Binary) =>
  (operands: Two, _: object, result: NdArray): Certificate =>
    pairBound(f, operands, result);

/** Where constants lie, whatever else is unknown. */
export function constantBound(result: NdArray, bound: NdArray): Certificate {
  let [low, high] = [Infinity, -Infinity];
  for (const [at, by] of (bound.data as Float64Array).entries()) {
    const x = Number(result.data[at]);
    [low, high] = [Math.min(low, x - by * 2), Math.max(high, x + by * 2)];
  }
  return { bound, within: low <= high ? [low, high] : anywhere };
}

/** A move of elements: bounds move alike. */
export const moved = ({ bound, within }: Bounded, move: (array: NdArray) => NdArray): Certificate => ({
  bound: move(bound),
  within,
});
/** Tensors one behind the other. */
export const joinedBound = (inputs: readonly Bounded[], axis: number, shape: readonly number[]): Certificate => ({
  bound: joined(
    inputs.map(({ bound }) => bound),
    axis,
    shape,
  ),
  within: inputs.map(({ within }) => within).reduce(hull),
});

/** An operand whose value and bound are changed alike. */
export const like = (operand: Bounded, move: (array: NdArray) => NdArray): Bounded => ({
  ...operand,
  value: move(operand.value),
  bound: move(operand.bound),
});

/** Where the factors of a matrix product stand. */
export function matrixProduct(lhs: Bounded, rhs: Bounded): Contraction {
  const shape = lhs.value.shape;
  const [batch, M, K, N] = [shape.slice(0, -2), shape.at(-2) ?? 1, shape.at(-1) ?? 1, rhs.value.shape.at(-1) ?? 1];
  const [xs, ws] = [lhs, rhs].map(({ value }) => rowMajorStrides(value.shape).slice(0, -2)) as [number[], number[]];
  return {
    out: [...batch, M, N],
    over: [K],
    x: { of: lhs, out: [...xs, K, 0], over: [1] },
    w: { of: rhs, out: [...ws, 0, 1], over: [N] },
  };
}

/** The rules of the tensor-op level; leaving an operation out is a type error. */
export const tensoropBounds: BoundRules<(typeof tensorop)['ops']> = {
  // A constant in half precision stands for one in single precision that was rounded.
  constant: (_, __, result) =>
    constantBound(
      result,
      result.element === f16
        ? boundsFor(result, (at) => roundingError(Number(result.data[at]), f16))
        : doubles(result.shape),
    ),
  conv2d({ image, filter, strides: [sh, sw], dilations: [dh, dw] }, { N, P, Q, K, R, S, C, T }, result) {
    const [ns = 0, hs = 0, ws = 0, cs = 0] = rowMajorStrides(image.value.shape);
    const [ks = 0, ...taps] = rowMajorStrides(filter.value.shape);
    const contraction = {
      out: [N, P, Q, K],
      over: [R, S, C],
      x: { of: image, out: [ns, sh * hs, sw * ws, 0], over: [dh * hs, dw * ws, cs] },
      w: { of: filter, out: [0, 0, 0, ks], over: taps },
    };
    return contracted(contraction, accumulator(T), result);
  },
  depthwiseConv2d(
    { image, filter, strides: [sh, sw], dilations: [dh, dw], accumulator: kind },
    { N, P, Q, C, R, S, T },
    result,
  ) {
    const [ns = 0, hs = 0, ws = 0, cs = 0] = rowMajorStrides(image.value.shape);
    const [rs = 0, ss = 0] = rowMajorStrides(filter.value.shape);
    const contraction = {
      out: [N, P, Q, C],
      over: [R, S],
      x: { of: image, out: [ns, sh * hs, sw * ws, cs], over: [dh * hs, dw * ws] },
      w: { of: filter, out: [0, 0, 0, 1], over: [rs, ss] },
    };
    return contracted(contraction, kind === 'f16' ? f16 : accumulator(T), result);
  },
  matmul: ({ lhs, rhs }, { T }, result) => contracted(matrixProduct(lhs, rhs), accumulator(T), result),

  add: binaryRule(binaries.add),
  sub: binaryRule(binaries.sub),
  mul: binaryRule(binaries.mul),
  div: binaryRule(binaries.div),
  max: binaryRule(binaries.max),
  min: binaryRule(binaries.min),
  addBias: ({ input, bias }, _, result) =>
    mapped2(
      binaries.add,
      input,
      like(bias, (array) => repeatedTo(array, result.shape)),
      result,
    ),

  relu: unaryRule('relu'),
  abs: unaryRule('abs'),
  neg: unaryRule('neg'),
  sigmoid: unaryRule('sigmoid'),
  tanh: unaryRule('tanh'),
  exp: unaryRule('exp'),
  recip: unaryRule('recip'),
  rsqrt: unaryRule('rsqrt'),
  sqrt: unaryRule('sqrt'),
  clip: ({ input, low, high }, { T }, result) => clipBound(input, T, low, high, result),
  // The reference has no casts; where every number has its place in the new type, neither loses.
  cast: ({ input }, { T, U }, result) => ({
    bound: boundsFor(
      result,
      (at) => Number(input.bound.data[at]) + (holdsAll(U, T) ? 0 : roundingError(Number(result.data[at]), U)),
    ),
    within: input.within,
  }),

  quantize: ({ input, position, rounding }, { Q }, result) => integerBound(input, position, rounding, Q, result),
  dequantize: ({ input, position }, { Q, F }, result) => dequantizedBound(input, position, Q, F, result),
  requantize: ({ input, shift, rounding }, { R }, result) => integerBound(input, shift, rounding, R, result),

  maxPool: ({ image, ...window }, _, result) =>
    largestBound(image, windowsOf(image.value.shape, window, result.shape), result),
  averagePool({ image, count_include_pad, ...window }, _, result) {
    const groups = windowsOf(image.value.shape, window, result.shape);
    const taps = window.kernel[0] * window.kernel[1];
    return sumBound(
      image,
      groups,
      result,
      groups.map(({ length }) => (count_include_pad ? taps : length)),
    );
  },
  reduceSum: ({ input }, { C }, result) => sumBound(input, rowsOf(input.value, C), result),
  reduceMax: ({ input }, { C }, result) => largestBound(input, rowsOf(input.value, C), result),

  transpose: ({ input, permutation }) => moved(input, (array) => transposed(array, permutation)),
  reshape: ({ input }, { D }) => moved(input, ({ element, data }) => new NdArray(D, element, data)),
  broadcast: ({ input }, { D }) => moved(input, (array) => repeatedTo(array, D)),
  pad: ({ input, low }, { D }) => ({
    bound: padded(input.bound, low, D),
    within: hull(input.within, [0, 0]),
  }),
  slice: ({ input, offsets }, { D }) => moved(input, (array) => part(array, offsets, D)),
  concat: ({ inputs, axis }, { D }) => joinedBound(inputs as readonly Bounded[], axis, D),
};
