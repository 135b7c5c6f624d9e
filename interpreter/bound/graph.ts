/** One rule per layer: the bound of its result from those of its operands and its own roundings. */
import type { graph } from '../../dialects/graph/index.ts';
import { padded, repeatedTo, rowMajorStrides, transposed } from '../kernel/strided.ts';
import { NdArray } from '../ndarray.ts';
import { accumulator } from '../number.ts';
import { anywhere, type Bounded, boundsFor, type Certificate, roundingError, singleRounding } from './arithmetic.ts';
import { type Binary, binaries, clipBound } from './elementwise.ts';
import type { BoundRules } from './rule.ts';
import { shareWithin, softmaxBound } from './share.ts';
import { type Contraction, sumsOfProducts } from './sum.ts';
import {
  constantBound,
  contracted,
  joinedBound,
  like,
  matrixProduct,
  moved,
  pairBound,
  tensoropBounds,
  unaryRule,
} from './tensorop.ts';
import { doubles, narrowing, rowsOf, sumBound } from './window.ts';

type Two = { readonly lhs: Bounded; readonly rhs: Bounded };
const binaryRule =
  (f: Binary) =>
  ({ lhs, rhs }: Two, _: object, result: NdArray): Certificate => {
    if (lhs === rhs) return pairBound(f, { lhs, rhs }, result);
    const [x, y] = [lhs, rhs].map((operand) => like(operand, (array) => repeatedTo(array, result.shape))) as [
      Bounded,
      Bounded,
    ];
    return pairBound(f, { lhs: x, rhs: y }, result);
  };

const toLast = [0, 2, 3, 1] as const;
const toFirst = [0, 3, 1, 2] as const;
/** A rule for channels last, applied to channels first. */
const channelsLast = (
  image: Bounded,
  result: NdArray,
  rule: (image: Bounded, result: NdArray) => Certificate,
): Certificate => {
  const { bound, within } = rule(
    like(image, (array) => transposed(array, toLast)),
    transposed(result, toLast),
  );
  return { bound: transposed(bound, toFirst), within };
};

/** What is done to sums of products before they are stored, each step rounded to the element type. */
interface Affine {
  readonly alpha: number;
  readonly beta: number;
  readonly addend: Bounded | undefined;
}
/** alpha · Σ x·w + beta · c. */
function affine(contraction: Contraction, { alpha, beta, addend }: Affine, result: NdArray): Certificate {
  const type = result.element;
  const { totals, apart } = sumsOfProducts(contraction, accumulator(type));
  // What a number of at most this magnitude loses in both programs.
  const lost = (magnitude: number): number => roundingError(magnitude, type) + singleRounding(magnitude);
  const times = (factor: number, magnitude: number, by: number): readonly [number, number] => {
    if (factor === 1) return [magnitude, by];
    const most = Math.abs(factor) * (magnitude + by);
    const moved = Math.abs(factor) * by + lost(most);
    return [most, moved];
  };
  const bound = boundsFor(result, (at) => {
    const [total, by] = [Math.abs(totals[at] as number), apart[at] as number];
    const stored = by + narrowing(total + by, accumulator(type), type);
    const [most, moved] = times(alpha, total + stored, stored);
    if (!addend) return moved;
    const [other, movedToo] = times(beta, Math.abs(Number(addend.value.data[at])), Number(addend.bound.data[at]));
    const apartNow = moved + movedToo;
    return apartNow + roundingError(Number(result.data[at]), type) + singleRounding(most + other + apartNow);
  });
  return { bound, within: anywhere };
}

/** The rules of the network level; leaving an operation out is a type error. */
export const graphBounds: BoundRules<(typeof graph)['ops']> = {
  constant: (_, __, result) => constantBound(result, doubles(result.shape)),

  conv(
    { image, filter, bias, strides: [sh, sw], pads: [top, left, bottom, right], dilations: [dh, dw], group },
    { N, C, H, W, K, P, Q, R, S, G },
    result,
  ) {
    const inside = like(image, (array) => padded(array, [0, 0, top, left], [N, C, top + H + bottom, left + W + right]));
    const [ns = 0, cs = 0, hs = 0, ws = 0] = rowMajorStrides(inside.value.shape);
    const [ks = 0, gs = 0, ...taps] = rowMajorStrides(filter.value.shape);
    const outputs = K / group;
    const contraction = {
      out: [N, group, outputs, P, Q],
      over: [R, S, G],
      x: { of: inside, out: [ns, G * cs, 0, sh * hs, sw * ws], over: [dh * hs, dw * ws, cs] },
      w: { of: filter, out: [0, outputs * ks, ks, 0, 0], over: [...taps, gs] },
    };
    const addend =
      bias && like(bias, ({ element, data }) => repeatedTo(new NdArray([1, K, 1, 1], element, data), result.shape));
    return affine(contraction, { alpha: 1, beta: 1, addend }, result);
  },

  gemm({ lhs, rhs, addend, alpha, beta, transA, transB }, _, result) {
    const turned = (operand: Bounded, turn: boolean): Bounded =>
      turn ? like(operand, (array) => transposed(array, [1, 0])) : operand;
    return affine(
      matrixProduct(turned(lhs, transA), turned(rhs, transB)),
      { alpha, beta, addend: addend && like(addend, (array) => repeatedTo(array, result.shape)) },
      result,
    );
  },

  matmul: ({ lhs, rhs }, { T }, result) => contracted(matrixProduct(lhs, rhs), accumulator(T), result),

  add: binaryRule(binaries.add),
  sub: binaryRule(binaries.sub),
  mul: binaryRule(binaries.mul),
  div: binaryRule(binaries.div),

  relu: unaryRule('relu'),
  sigmoid: unaryRule('sigmoid'),
  tanh: unaryRule('tanh'),
  exp: unaryRule('exp'),
  sqrt: unaryRule('sqrt'),
  abs: unaryRule('abs'),
  clip: ({ input, low, high }, { T }, result) => clipBound(input, T, low, high, result),

  softmax({ input, axis }, { S, T }, result) {
    const length = S[axis] as number;
    const inner = S.slice(axis + 1).reduce((a, b) => a * b, 1);
    const limits = new Float64Array(result.data.length);
    for (let outer = 0; outer < limits.length; outer += length * inner)
      for (let start = outer; start < outer + inner; start++) {
        const row = Array.from({ length }, (_, i) => start + i * inner);
        const found = softmaxBound(input, row, T, 1);
        for (const [i, at] of row.entries()) limits[at] = found[i] as number;
      }
    return { bound: boundsFor(result, (at) => limits[at] as number), within: shareWithin };
  },

  maxPool: ({ image, ...rest }, names, result) =>
    channelsLast(image, result, (last, out) => tensoropBounds.maxPool({ ...rest, image: last }, names, out)),
  averagePool: ({ image, ...rest }, names, result) =>
    channelsLast(image, result, (last, out) => tensoropBounds.averagePool({ ...rest, image: last }, names, out)),
  globalAveragePool({ image }, { H, W }, result) {
    const rows = rowsOf(image.value, H * W);
    return sumBound(
      image,
      rows,
      result,
      rows.map(({ length }) => length),
    );
  },

  reshape: ({ input }, { D }) => moved(input, ({ element, data }) => new NdArray(D, element, data)),
  transpose: ({ input, permutation }) => moved(input, (array) => transposed(array, permutation)),
  concat: ({ inputs, axis }, { D }) => joinedBound(inputs as readonly Bounded[], axis, D),
};
