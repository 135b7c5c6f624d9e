/** The meanings of the tensor-op level. Results are rounded once, where they are stored. */
import { tensorop } from '../dialects/tensorop/index.ts';
import { f16 } from '../ir/index.ts';
import { arrayOf } from './dense-data.ts';
import { gather, largest, NdArray, sum, tabulate } from './ndarray.ts';
import { accumulator } from './number.ts';
import { dequantized, quantized, requantized } from './quantize.ts';
import { binaryFunctions, unaryFunctions } from './scalar.ts';
import { semantics } from './semantics.ts';
import { clipped, combined, joined, pooled, repeated } from './shared-meaning.ts';

const unary =
  (f: (x: number) => number) =>
  ({ input }: { readonly input: NdArray }): NdArray =>
    input.map(f);
const binary =
  (f: (x: number, y: number) => number) =>
  ({ lhs, rhs }: { readonly lhs: NdArray; readonly rhs: NdArray }): NdArray =>
    combined(lhs, rhs, lhs.shape, f);

/** What the operations of the tensor-op level mean. */
export const tensoropMeanings = semantics(tensorop, {
  constant: ({ value }) => arrayOf(value),

  conv2d: ({ image, filter, strides: [sh, sw], dilations: [dh, dw] }, { N, P, Q, K, R, S, C, T }) =>
    tabulate([N, P, Q, K], T, (n, p, q, k) =>
      sum(
        [R, S, C],
        accumulator(T),
        (r, s, c) => image.get(n, p * sh + r * dh, q * sw + s * dw, c) * filter.get(k, r, s, c),
      ),
    ),

  depthwiseConv2d: (
    { image, filter, strides: [sh, sw], dilations: [dh, dw], accumulator: kind },
    { N, P, Q, C, R, S, T },
  ) =>
    tabulate([N, P, Q, C], T, (n, p, q, c) =>
      sum(
        [R, S],
        kind === 'f16' ? f16 : accumulator(T),
        (r, s) => image.get(n, p * sh + r * dh, q * sw + s * dw, c) * filter.get(r, s, c),
      ),
    ),

  matmul: ({ lhs, rhs }, { B, M, N, K, T }) =>
    tabulate([...B, M, N], T, (...index) => {
      const [batch, [m, n]] = [index.slice(0, -2), index.slice(-2) as [number, number]];
      return sum([K], accumulator(T), (k) => lhs.get(...batch, m, k) * rhs.get(...batch, k, n));
    }),

  add: binary(binaryFunctions.add),
  sub: binary(binaryFunctions.sub),
  mul: binary(binaryFunctions.mul),
  div: binary(binaryFunctions.div),
  max: binary(binaryFunctions.max),
  min: binary(binaryFunctions.min),
  addBias: ({ input, bias }) => combined(input, bias, input.shape, binaryFunctions.add),

  relu: unary(unaryFunctions.relu),
  sigmoid: unary(unaryFunctions.sigmoid),
  tanh: unary(unaryFunctions.tanh),
  exp: unary(unaryFunctions.exp),
  recip: unary(unaryFunctions.recip),
  rsqrt: unary(unaryFunctions.rsqrt),
  sqrt: unary(unaryFunctions.sqrt),
  abs: unary(unaryFunctions.abs),
  neg: unary(unaryFunctions.neg),
  clip: ({ input, low, high }, { T }) => input.map(clipped(T, low, high)),
  cast: ({ input }, { S, U }) => tabulate(S, U, (...index) => input.get(...index)),

  quantize: ({ input, position, rounding }, { Q }) => quantized(input, position, rounding, Q),
  dequantize: ({ input, position }, { F }) => dequantized(input, position, F),
  requantize: ({ input, shift, rounding }, { R }) => requantized(input, shift, rounding, R),

  maxPool: ({ image, kernel: [R, S], strides: [sh, sw], pads: [top, left] }, { N, P, Q, C, T }) =>
    tabulate([N, P, Q, C], T, (n, p, q, c) =>
      largest([R, S], (r, s) => {
        const at = [n, p * sh + r - top, q * sw + s - left, c];
        return image.has(...at) ? image.get(...at) : -Infinity;
      }),
    ),

  averagePool: ({ image, ...window }, { N, P, Q, C, T }) =>
    tabulate([N, P, Q, C], T, (n, p, q, c) => pooled(window, p, q, (h, w) => [n, h, w, c], image)),

  reduceSum: ({ input }, { S, C, T }) =>
    tabulate([...S, 1], T, (...index) => sum([C], accumulator(T), (c) => input.get(...index.slice(0, -1), c))),
  reduceMax: ({ input }, { S, C, T }) =>
    tabulate([...S, 1], T, (...index) => largest([C], (c) => input.get(...index.slice(0, -1), c))),

  reshape: ({ input }, { D }) => new NdArray(D, input.element, input.data),
  transpose: ({ input, permutation }, { D }) =>
    gather(input, D, (index) => permutation.map((_, d) => index[permutation.indexOf(d)] as number)),
  broadcast: ({ input }, { D }) => gather(input, D, (index) => repeated(index, input.shape)),
  pad: ({ input, low }, { D }) => gather(input, D, (index) => index.map((i, d) => i - (low[d] as number))),
  slice: ({ input, offsets }, { D }) => gather(input, D, (index) => index.map((i, d) => i + (offsets[d] as number))),
  concat: ({ inputs, axis }, { D }) => joined(inputs as readonly NdArray[], axis, D),
});
