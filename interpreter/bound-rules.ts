/** One rule per operation: how the bounds of its operands and its own roundings make the bound of its result. */
import type { tensorop } from '../dialects/tensorop/index.ts';
import {
  type Attributes,
  type AttrsOf,
  type DimNames,
  type ElementNames,
  type Extents,
  f16,
  f32,
  f64,
  type PartsOf,
  type Type,
  type Values,
} from '../ir/index.ts';
import {
  atMost,
  type Bounded,
  boundsFor,
  growth,
  roundingError,
  roundOff,
  singleRounding,
  spread,
  upper,
} from './bound-arithmetic.ts';
import { tensoropSemantics } from './kernel/tensorop.ts';
import { padded, part, repeatedTo, rowMajorStrides, transposed } from './kernel/strided.ts';
import { forEachIndex, NdArray } from './ndarray.ts';
import { rounding } from './number.ts';
import { type UnaryName, unaryFunctions } from './scalar.ts';
import type { HeldBy } from './semantics.ts';
import { joined } from './shared-meaning.ts';

/** Operands with bounds and attributes by name, what the names are bound to, and the computed result. */
export type BoundRule<D> =
  PartsOf<D> extends { o: infer O extends Values; a: infer A extends Attributes; r: infer R extends Values }
    ? (
        args: HeldBy<O, Bounded> & AttrsOf<A>,
        names: Extents<DimNames<O> | DimNames<R>> & { readonly [E in ElementNames<O> | ElementNames<R>]: Type },
        result: NdArray,
      ) => NdArray
    : never;

type One = { readonly input: Bounded };
type Two = { readonly lhs: Bounded; readonly rhs: Bounded };
type Named = { readonly T: Type };

const number = (array: NdArray, at: number): number => Number(array.data[at]);

/** Runs the kernel of a contraction on magnitudes, in single precision whatever the types are. */
function contract(
  name: string,
  args: object,
  names: object,
  first: string,
  x: NdArray,
  second: string,
  w: NdArray,
): NdArray {
  const kernel = tensoropSemantics.kernels.get(name) as unknown as (args: object, names: object) => NdArray;
  return kernel({ ...args, accumulator: 'f32', [first]: x, [second]: w }, { ...names, T: f32 });
}

/**
 * Σ x·w over `count` products. With P = Σ|x||w| and L = Σ(|x|δw + (|w| + δw)δx), the exact sums differ by at most L;
 * this program's sum is off by growth · P, the single precision one by growth · (P + L).
 */
function contraction(
  name: string,
  args: object,
  names: object,
  [first, x]: readonly [string, Bounded],
  [second, w]: readonly [string, Bounded],
  count: number,
  sumType: Type,
  result: NdArray,
): NdArray {
  const run = (a: NdArray, b: NdArray): NdArray => contract(name, args, names, first, a, second, b);
  const [magnitudes, weights] = [upper(x.value), upper(w.value)];
  const products = run(magnitudes, weights);
  const [byWeights, byValues] = [run(magnitudes, upper(w.bound)), run(upper(x.bound), upper(w.value, w.bound))];
  const { unit, tiny } = roundOff(sumType);
  return boundsFor(result, (at) => {
    const p = atMost(number(products, at), count);
    const l = atMost(number(byWeights, at), count) + atMost(number(byValues, at), count);
    const own = growth(count, unit) * p + 2 * count * tiny;
    return l + own + growth(count) * (p + l) + count * 2 ** -149 + roundingError(number(result, at), result.element);
  });
}

/** A function of two elements: `moved` is how far the exact result moves, `most` the largest magnitude it then has. */
const binary =
  (
    moved: (x: number, dx: number, y: number, dy: number) => number,
    exact: (x: number, y: number) => number,
    rounds = true,
  ) =>
  ({ lhs, rhs }: Two, { T }: Named, result: NdArray): NdArray =>
    boundsFor(result, (at) => {
      const [x, dx, y, dy] = [
        number(lhs.value, at),
        number(lhs.bound, at),
        number(rhs.value, at),
        number(rhs.bound, at),
      ];
      const by = moved(x, dx, y, dy);
      return rounds ? by + roundingError(number(result, at), T) + singleRounding(Math.abs(exact(x, y)) + by) : by;
    });
const larger = (_: number, dx: number, __: number, dy: number): number => Math.max(dx, dy);

/** A monotone function of each element; `within` is where it is one. */
const monotone =
  (name: UnaryName, within: (x: number, by: number) => boolean = () => true) =>
  ({ input }: One, { T }: Named, result: NdArray): NdArray =>
    boundsFor(result, (at) => {
      const [x, dx] = [number(input.value, at), number(input.bound, at)];
      if (!within(x, dx)) return Infinity;
      const by = spread(unaryFunctions[name], x, dx);
      return by + roundingError(number(result, at), T) + singleRounding(Math.abs(unaryFunctions[name](x)) + by);
    });
/** A function that moves by no more than its argument and does not round. */
const contraction1 = ({ input }: One, _: object, result: NdArray): NdArray =>
  boundsFor(result, (at) => number(input.bound, at));

const doubles = (shape: readonly number[], data: Float64Array): NdArray => new NdArray(shape, f64, data);

/** For each window of an image: Σ of magnitudes and of bounds, the largest bound, and how many taps lie inside. */
function windowBounds(
  { value, bound }: Bounded,
  {
    kernel: [R, S],
    strides: [sh, sw],
    pads: [top, left],
  }: {
    readonly kernel: readonly [number, number];
    readonly strides: readonly [number, number];
    readonly pads: readonly number[];
  },
  shape: readonly number[],
  finish: (
    at: number,
    sums: { readonly magnitudes: number; readonly bounds: number; readonly most: number; readonly taps: number },
  ) => number,
  result: NdArray,
): NdArray {
  const strides = rowMajorStrides(value.shape);
  const [H, W] = value.shape.slice(1) as [number, number];
  const data = new Float64Array(result.data.length);
  forEachIndex(shape, ([n, p, q, c], at) => {
    const sums = { magnitudes: 0, bounds: 0, most: 0, taps: 0 };
    for (let r = 0; r < R; r++)
      for (let s = 0; s < S; s++) {
        const [h, w] = [(p as number) * sh + r - (top as number), (q as number) * sw + s - (left as number)];
        if (h < 0 || h >= H || w < 0 || w >= W) continue;
        const from = [n, h, w, c].reduce((sum: number, i, d) => sum + (i as number) * (strides[d] as number), 0);
        sums.magnitudes += Math.abs(number(value, from));
        sums.bounds += number(bound, from);
        sums.most = Math.max(sums.most, number(bound, from));
        sums.taps++;
      }
    data[at] = finish(at, sums);
  });
  return boundsFor(result, (at) => data[at] as number);
}

/** The bound of a sum of `taps` numbers divided by `count`, both programs rounding to single at every step. */
function meanBound(
  result: number,
  element: Type,
  magnitudes: number,
  bounds: number,
  taps: number,
  count: number,
): number {
  const rounded = growth(taps + 1) * (2 * magnitudes + bounds);
  return (bounds + rounded) / count + 2 ** -148 + roundingError(result, element);
}

/** Σ and largest of the bounds of each row of `width`. */
const row = (array: NdArray, at: number, width: number): number[] =>
  Array.from({ length: width }, (_, i) => Math.abs(number(array, at * width + i)));
const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** The rules of the tensor-op level; leaving an operation out is a type error. */
export const boundRules: { readonly [K in keyof typeof tensorop.ops]: BoundRule<(typeof tensorop.ops)[K]> } = {
  // A constant in half precision stands for one in single precision that was rounded.
  constant: (_, __, result) =>
    result.element === f16
      ? boundsFor(result, (at) => roundingError(number(result, at), f16))
      : doubles(result.shape, new Float64Array(result.data.length)),
  conv2d: ({ image, filter, ...rest }, names, result) =>
    contraction(
      'tensorop.conv2d',
      rest,
      names,
      ['image', image],
      ['filter', filter],
      names.R * names.S * names.C,
      f32,
      result,
    ),
  depthwiseConv2d: ({ image, filter, ...rest }, names, result) =>
    contraction(
      'tensorop.depthwise_conv2d',
      rest,
      names,
      ['image', image],
      ['filter', filter],
      names.R * names.S,
      rest.accumulator === 'f16' ? f16 : f32,
      result,
    ),
  matmul: ({ lhs, rhs }, names, result) =>
    contraction('tensorop.matmul', {}, names, ['lhs', lhs], ['rhs', rhs], names.K, f32, result),

  add: binary(
    (_, dx, __, dy) => dx + dy,
    (x, y) => x + y,
  ),
  sub: binary(
    (_, dx, __, dy) => dx + dy,
    (x, y) => x - y,
  ),
  mul: binary(
    (x, dx, y, dy) => Math.abs(x) * dy + (Math.abs(y) + dy) * dx,
    (x, y) => x * y,
  ),
  div: binary(
    (x, dx, y, dy) => (Math.abs(y) > dy ? (dx + Math.abs(x / y) * dy) / (Math.abs(y) - dy) : Infinity),
    (x, y) => x / y,
  ),
  max: binary(larger, Math.max, false),
  min: binary(larger, Math.min, false),
  addBias: ({ input, bias }, names, result) => {
    const [value, bound] = [bias.value, bias.bound].map((array) => repeatedTo(array, input.value.shape)) as [
      NdArray,
      NdArray,
    ];
    return boundRules.add({ lhs: input, rhs: { ...bias, value, bound } }, { S: input.value.shape, T: names.T }, result);
  },

  relu: contraction1,
  abs: contraction1,
  neg: contraction1,
  sigmoid: monotone('sigmoid'),
  tanh: monotone('tanh'),
  exp: monotone('exp'),
  recip: monotone('recip', (x, by) => Math.abs(x) > by),
  rsqrt: monotone('rsqrt', (x, by) => x > by),
  sqrt: monotone('sqrt', (x, by) => x >= by),
  clip: ({ input, low, high }, { T }, result) => {
    // The limits are rounded to the element type, so that they may be moved as well.
    const moved = [low, high].map((limit) => (limit === undefined ? 0 : Math.abs(rounding(T)(limit) - limit)));
    return boundsFor(result, (at) => Math.max(number(input.bound, at), ...moved));
  },
  cast: ({ input }, _, result) =>
    boundsFor(result, (at) => number(input.bound, at) + Math.abs(number(result, at) - number(input.value, at))),

  maxPool: ({ image, ...window }, _, result) =>
    windowBounds(image, window, result.shape, (_at, { most }) => most, result),
  averagePool: ({ image, count_include_pad, ...window }, { T }, result) =>
    windowBounds(
      image,
      window,
      result.shape,
      (at, { magnitudes, bounds, taps }) => {
        const count = count_include_pad ? window.kernel[0] * window.kernel[1] : taps;
        return meanBound(number(result, at), T, magnitudes, bounds, taps, count);
      },
      result,
    ),
  reduceSum: ({ input }, { C, T }, result) =>
    boundsFor(result, (at) =>
      meanBound(number(result, at), T, total(row(input.value, at, C)), total(row(input.bound, at, C)), C, 1),
    ),
  reduceMax: ({ input }, { C }, result) => boundsFor(result, (at) => Math.max(0, ...row(input.bound, at, C))),

  transpose: ({ input, permutation }) => transposed(input.bound, permutation),
  reshape: ({ input }, { D }) => new NdArray(D, f64, input.bound.data),
  broadcast: ({ input }, { D }) => repeatedTo(input.bound, D),
  pad: ({ input, low }, { D }) => padded(input.bound, low, D),
  slice: ({ input, offsets }, { D }) => part(input.bound, offsets, D),
  concat: ({ inputs, axis }, { D }) =>
    joined(
      (inputs as readonly Bounded[]).map(({ bound }) => bound),
      axis,
      D,
    ),
};
