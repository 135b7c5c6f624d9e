/** The meanings of the network level. Results are rounded once, where they are stored. */
import { broadcastShape, graph } from '../dialects/graph/index.ts';
import { arrayOf } from './dense-data.ts';
import { gather, largest, NdArray, sum, tabulate } from './ndarray.ts';
import { accumulator, rounding } from './number.ts';
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
    combined(lhs, rhs, broadcastShape(lhs.shape, rhs.shape) ?? [], f);
/** The index with another number at `axis`. */
const along = (index: readonly number[], axis: number, at: number): readonly number[] => index.with(axis, at);

/** What the operations of the network level mean. */
export const graphMeanings = semantics(graph, {
  constant: ({ value }) => arrayOf(value),

  conv(
    { image, filter, bias, strides: [sh, sw], pads: [top, left], dilations: [dh, dw], group },
    { N, K, P, Q, G, R, S, T },
  ) {
    const first = (k: number): number => Math.floor(k / (K / group)) * G;
    const out = tabulate([N, K, P, Q], T, (n, k, p, q) =>
      sum(
        [R, S, G],
        accumulator(T),
        (r, s, c) =>
          image.padded(n, first(k) + c, p * sh + r * dh - top, q * sw + s * dw - left) * filter.get(k, c, r, s),
      ),
    );
    return bias ? tabulate([N, K, P, Q], T, (n, k, p, q) => out.get(n, k, p, q) + bias.get(k)) : out;
  },

  gemm({ lhs, rhs, addend, alpha, beta, transA, transB }, { A, B, M, N, T }) {
    const round = rounding(T);
    const [a, b] = [
      (m: number, k: number) => (transA ? lhs.get(k, m) : lhs.get(m, k)),
      (k: number, n: number) => (transB ? rhs.get(n, k) : rhs.get(k, n)),
    ];
    return tabulate([M, N], T, (m, n) => {
      const scaled = round(alpha * round(sum([transA ? A : B], accumulator(T), (k) => a(m, k) * b(k, n))));
      return addend ? scaled + round(beta * addend.get(...repeated([m, n], addend.shape))) : scaled;
    });
  },

  matmul: ({ lhs, rhs }, { B, M, N, K, T }) =>
    tabulate([...B, M, N], T, (...index) => {
      const [batch, [m, n]] = [index.slice(0, -2), index.slice(-2) as [number, number]];
      return sum([K], accumulator(T), (k) => lhs.get(...batch, m, k) * rhs.get(...batch, k, n));
    }),

  add: binary(binaryFunctions.add),
  sub: binary(binaryFunctions.sub),
  mul: binary(binaryFunctions.mul),
  div: binary(binaryFunctions.div),

  relu: unary(unaryFunctions.relu),
  sigmoid: unary(unaryFunctions.sigmoid),
  tanh: unary(unaryFunctions.tanh),
  exp: unary(unaryFunctions.exp),
  sqrt: unary(unaryFunctions.sqrt),
  abs: unary(unaryFunctions.abs),
  clip: ({ input, low, high }, { T }) => input.map(clipped(T, low, high)),

  softmax({ input, axis }, { S, T }) {
    const [round, row] = [rounding(T), S.with(axis, 1)];
    const most = tabulate(row, T, (...at) => largest([S[axis] as number], (i) => input.get(...along(at, axis, i))));
    const e = tabulate(S, T, (...at) => unaryFunctions.exp(round(input.get(...at) - most.get(...along(at, axis, 0)))));
    const total = tabulate(row, T, (...at) =>
      sum([S[axis] as number], accumulator(T), (i) => e.get(...along(at, axis, i))),
    );
    return tabulate(S, T, (...at) => e.get(...at) / total.get(...along(at, axis, 0)));
  },

  maxPool: ({ image, kernel: [R, S], strides: [sh, sw], pads: [top, left] }, { N, C, P, Q, T }) =>
    tabulate([N, C, P, Q], T, (n, c, p, q) =>
      largest([R, S], (r, s) => {
        const at = [n, c, p * sh + r - top, q * sw + s - left];
        return image.has(...at) ? image.get(...at) : -Infinity;
      }),
    ),

  averagePool: ({ image, ...window }, { N, C, P, Q, T }) =>
    tabulate([N, C, P, Q], T, (n, c, p, q) => pooled(window, p, q, (h, w) => [n, c, h, w], image)),

  globalAveragePool: ({ image }, { N, C, H, W, T }) =>
    tabulate([N, C, 1, 1], T, (n, c) => {
      const type = accumulator(T);
      return rounding(type)(sum([H, W], type, (h, w) => image.get(n, c, h, w)) / (H * W));
    }),

  reshape: ({ input }, { D }) => new NdArray(D, input.element, input.data),
  transpose: ({ input, permutation }, { D }) =>
    gather(input, D, (index) => permutation.map((_, d) => index[permutation.indexOf(d)] as number)),
  concat: ({ inputs, axis }, { D }) => joined(inputs as readonly NdArray[], axis, D),
});
