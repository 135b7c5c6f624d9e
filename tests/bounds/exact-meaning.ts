/** What graph and tensor operations mean on exact numbers, written anew so that no rounding and no rule is shared. */
import type { Operation } from '../../ir/index.ts';
import { forEachIndex, type NdArray, volume } from '../../interpreter/index.ts';
import { prepare } from '../../interpreter/prepared.ts';
import * as exact from './exact-number.ts';

/** A number, or none where the function has no value. */
export type Exact = bigint | undefined;
/** An array of exact numbers. */
export interface ExactArray {
  readonly runtimeKind: 'exact';
  readonly shape: readonly number[];
  readonly data: readonly Exact[];
}
/** The numbers of an array. */
export const exactArray = ({ shape, data }: NdArray): ExactArray => ({
  runtimeKind: 'exact',
  shape,
  data: Array.from(data as ArrayLike<number>, (x) => exact.exactOf(Number(x))),
});

const made = (shape: readonly number[], f: (index: readonly number[]) => Exact): ExactArray => {
  const data: Exact[] = [];
  forEachIndex(shape, (index) => data.push(f(index)));
  return { runtimeKind: 'exact', shape, data };
};
const at = ({ shape, data }: ExactArray, index: readonly number[]): Exact =>
  data[shape.reduce((place, extent, d) => place * extent + (index[d] as number), 0)];
/** Counted from the right, with dimensions of extent 1 repeated. */
const repeated = (array: ExactArray, index: readonly number[]): Exact =>
  at(
    array,
    array.shape.map((extent, d) => (extent === 1 ? 0 : (index[index.length - array.shape.length + d] as number))),
  );
const isInside = (index: readonly number[], shape: readonly number[]): boolean =>
  index.every((i, d) => i >= 0 && i < (shape[d] as number));

type Function1 = (x: bigint) => Exact;
type Function2 = (x: bigint, y: bigint) => Exact;
const lift1 =
  (f: Function1) =>
  (x: Exact): Exact =>
    x === undefined ? undefined : f(x);
const lift2 =
  (f: Function2) =>
  (x: Exact, y: Exact): Exact =>
    x === undefined || y === undefined ? undefined : f(x, y);
const plus = lift2((x, y) => x + y);
const times = lift2(exact.times);
const quotient = lift2(exact.over);
const largest = lift2((x, y) => (x > y ? x : y));
const folded = (terms: readonly Exact[], f: (x: Exact, y: Exact) => Exact): Exact => terms.reduce(f);
const sum = (terms: readonly Exact[]): Exact => folded([0n, ...terms], plus);
/** The results of `f` over a box, in order. */
const over = (extents: readonly number[], f: (index: readonly number[]) => Exact): Exact[] => {
  const terms: Exact[] = [];
  forEachIndex(extents, (index) => terms.push(f(index)));
  return terms;
};

/** The functions of one number by name. */
export const functions: Readonly<Record<string, Function1>> = {
  relu: (x) => (x > 0n ? x : 0n),
  abs: exact.absolute,
  neg: (x) => -x,
  sigmoid: exact.logistic,
  tanh: exact.hyperbolicTangent,
  exp: exact.exponential,
  log: exact.logarithm,
  recip: (x) => exact.over(exact.unit, x),
  sqrt: exact.squareRoot,
  rsqrt: (x) => quotient(exact.unit, exact.squareRoot(x)),
  square: (x) => exact.times(x, x),
  sin: exact.sine,
  cos: exact.cosine,
  gelu: exact.gaussianUnit,
  floor: (x) => (x >> 512n) << 512n,
  ceil: (x) => -((-x >> 512n) << 512n),
};

interface Args {
  readonly [name: string]: unknown;
  readonly input: ExactArray;
  readonly image: ExactArray;
  readonly filter: ExactArray;
  readonly lhs: ExactArray;
  readonly rhs: ExactArray;
  readonly bias: ExactArray | undefined;
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly pads: readonly number[];
  readonly kernel: readonly number[];
}
type Meaning = (args: Args, names: Readonly<Record<string, unknown>>) => ExactArray;

const elementwise =
  (f: Function1): Meaning =>
  ({ input }) =>
    made(input.shape, (index) => lift1(f)(at(input, index)));
const pairwise =
  (f: (x: Exact, y: Exact) => Exact): Meaning =>
  ({ lhs, rhs }, { O, S }) =>
    made((O ?? S) as number[], (index) => f(repeated(lhs, index), repeated(rhs, index)));

/** x · 2^exponent. */
const scaled =
  (exponent: (args: Args) => number): Meaning =>
  (args) => {
    const by = BigInt(exponent(args));
    return made(args.input.shape, (index) => lift1((x) => (by < 0n ? x >> -by : x << by))(at(args.input, index)));
  };

/** The taps of a window that lie in the image, whose spatial dimensions begin at `first`. */
const pooled =
  (first: number, finish: (taps: readonly Exact[], all: number, args: Args) => Exact): Meaning =>
  (args, { N, P, Q, C }) => {
    const { image, kernel, strides, pads } = args;
    const shape = (first === 1 ? [N, P, Q, C] : [N, C, P, Q]) as number[];
    return made(shape, (index) => {
      const taps: Exact[] = [];
      forEachIndex(kernel, (tap) => {
        const place = index.map((i, d) =>
          d === first || d === first + 1
            ? i * (strides[d - first] as number) + (tap[d - first] as number) - (pads[d - first] as number)
            : i,
        );
        if (isInside(place, image.shape)) taps.push(at(image, place));
      });
      return finish(taps, volume(kernel), args);
    });
  };
const mean = (taps: readonly Exact[], all: number, { count_include_pad }: Args): Exact =>
  quotient(sum(taps), BigInt(count_include_pad ? all : taps.length) * exact.unit);
const maximum = (terms: readonly Exact[]): Exact => folded(terms, largest);

/** Sums of products of windows; `place` says where the factors of a tap stand. */
const matmul: Meaning = ({ lhs, rhs }, { B, M, N, K }) =>
  made([...(B as number[]), M as number, N as number], (index) => {
    const [batch, m, n] = [index.slice(0, -2), index.at(-2) as number, index.at(-1) as number];
    return sum(over([K as number], ([k = 0]) => times(at(lhs, [...batch, m, k]), at(rhs, [...batch, k, n]))));
  });
const clip: Meaning = ({ input, low, high }) => {
  const [least, most] = [low, high].map((limit) => exact.exactOf(limit === undefined ? Number.NaN : Number(limit)));
  return made(input.shape, (index) =>
    lift1((x) => {
      const raised = least !== undefined && x < least ? least : x;
      return most !== undefined && raised > most ? most : raised;
    })(at(input, index)),
  );
};
const reshape: Meaning = ({ input }, { D }) => ({ ...input, shape: D as number[] });
const transpose: Meaning = ({ input, permutation }, { D }) => {
  const order = permutation as number[];
  return made(D as number[], (index) =>
    at(
      input,
      order.map((_, d) => index[order.indexOf(d)] as number),
    ),
  );
};
const concat: Meaning = ({ inputs, axis }, { D }) => {
  const d = axis as number;
  return made(D as number[], (index) => {
    let from = index[d] as number;
    for (const input of inputs as ExactArray[]) {
      if (from < (input.shape[d] as number)) return at(input, index.with(d, from));
      from -= input.shape[d] as number;
    }
    return undefined;
  });
};
const unaries = (dialect: string, names: readonly string[]): readonly (readonly [string, Meaning])[] =>
  names.map((name) => [`${dialect}.${name}`, elementwise(functions[name] as Function1)]);

const common = (dialect: string, first: number): readonly (readonly [string, Meaning])[] => [
  ...unaries(dialect, ['relu', 'abs', 'sigmoid', 'tanh', 'exp', 'sqrt']),
  [`${dialect}.add`, pairwise(plus)],
  [`${dialect}.sub`, pairwise(lift2((x, y) => x - y))],
  [`${dialect}.mul`, pairwise(times)],
  [`${dialect}.div`, pairwise(quotient)],
  [`${dialect}.clip`, clip],
  [`${dialect}.max_pool`, pooled(first, maximum)],
  [`${dialect}.average_pool`, pooled(first, mean)],
  [`${dialect}.matmul`, matmul],
  [`${dialect}.reshape`, reshape],
  [`${dialect}.transpose`, transpose],
  [`${dialect}.concat`, concat],
];

/** Arithmetic on arrays. */
const arithmetic = (f: (x: Exact, y: Exact) => Exact): Meaning => {
  return ({ lhs, rhs }) => made(lhs.shape, (index) => f(at(lhs, index), at(rhs, index)));
};
const rows = (input: ExactArray, index: readonly number[]): readonly Exact[] =>
  over([input.shape.at(-1) as number], ([c = 0]) => at(input, index.with(-1, c)));
const meanings: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ...common('tensorop', 1),
  ...common('graph', 2),
  ...unaries('tensorop', ['neg', 'recip', 'rsqrt']),
  ['arith.addf', arithmetic(plus)],
  ['arith.subf', arithmetic(lift2((x, y) => x - y))],
  ['arith.mulf', arithmetic(times)],
  ['arith.divf', arithmetic(quotient)],
  ['arith.maximumf', arithmetic(largest)],
  ['arith.minimumf', arithmetic(lift2((x, y) => (x < y ? x : y)))],
  [
    'arith.negf',
    ({ operand }) => made((operand as ExactArray).shape, (index) => lift1((x) => -x)(at(operand as ExactArray, index))),
  ],
  ['arith.truncf', (args) => args['in'] as ExactArray],
  ['arith.extf', (args) => args['in'] as ExactArray],
  ['tensorop.max', pairwise(largest)],
  ['tensorop.min', pairwise(lift2((x, y) => (x < y ? x : y)))],
  ['tensorop.cast', elementwise((x) => x)],
  // Nothing is rounded to integers, and nothing limited.
  ['tensorop.quantize', scaled(({ position }) => -Number(position))],
  ['tensorop.dequantize', scaled(({ position }) => Number(position))],
  ['tensorop.requantize', scaled(({ shift }) => -Number(shift))],
  [
    'tensorop.add_bias',
    ({ input, bias }) => made(input.shape, (index) => plus(at(input, index), repeated(bias as ExactArray, index))),
  ],
  [
    'tensorop.conv2d',
    ({ image, filter, strides: [sh = 1, sw = 1], dilations: [dh = 1, dw = 1] }, { N, P, Q, K, R, S, C }) =>
      made([N, P, Q, K] as number[], ([n = 0, p = 0, q = 0, k = 0]) =>
        sum(
          over([R, S, C] as number[], ([r = 0, s = 0, c = 0]) =>
            times(at(image, [n, p * sh + r * dh, q * sw + s * dw, c]), at(filter, [k, r, s, c])),
          ),
        ),
      ),
  ],
  [
    'tensorop.depthwise_conv2d',
    ({ image, filter, strides: [sh = 1, sw = 1], dilations: [dh = 1, dw = 1] }, { N, P, Q, R, S, C }) =>
      made([N, P, Q, C] as number[], ([n = 0, p = 0, q = 0, c = 0]) =>
        sum(
          over([R, S] as number[], ([r = 0, s = 0]) =>
            times(at(image, [n, p * sh + r * dh, q * sw + s * dw, c]), at(filter, [r, s, c])),
          ),
        ),
      ),
  ],
  ['tensorop.reduce_sum', ({ input }) => made(input.shape.with(-1, 1), (index) => sum(rows(input, index)))],
  ['tensorop.reduce_max', ({ input }) => made(input.shape.with(-1, 1), (index) => maximum(rows(input, index)))],
  ['tensorop.broadcast', ({ input }, { D }) => made(D as number[], (index) => repeated(input, index))],
  [
    'tensorop.pad',
    ({ input, low }, { D }) =>
      made(D as number[], (index) => {
        const place = index.map((i, d) => i - ((low as number[])[d] as number));
        return isInside(place, input.shape) ? at(input, place) : 0n;
      }),
  ],
  [
    'tensorop.slice',
    ({ input, offsets }, { D }) =>
      made(D as number[], (index) =>
        at(
          input,
          index.map((i, d) => i + ((offsets as number[])[d] as number)),
        ),
      ),
  ],
  [
    'graph.conv',
    (
      { image, filter, bias, strides: [sh = 1, sw = 1], dilations: [dh = 1, dw = 1], pads: [top = 0, left = 0], group },
      { N, K, P, Q, G, R, S },
    ) =>
      made([N, K, P, Q] as number[], ([n = 0, k = 0, p = 0, q = 0]) => {
        const first = Math.floor(k / ((K as number) / (group as number))) * (G as number);
        const total = sum(
          over([R, S, G] as number[], ([r = 0, s = 0, c = 0]) => {
            const place = [n, first + c, p * sh + r * dh - top, q * sw + s * dw - left];
            return times(isInside(place, image.shape) ? at(image, place) : 0n, at(filter, [k, c, r, s]));
          }),
        );
        return bias ? plus(total, at(bias, [k])) : total;
      }),
  ],
  [
    'graph.gemm',
    ({ lhs, rhs, addend, alpha, beta, transA, transB }, { A, B, M, N }) =>
      made([M, N] as number[], ([m = 0, n = 0]) => {
        const total = sum(
          over([transA ? A : B] as number[], ([k = 0]) =>
            times(at(lhs, transA ? [k, m] : [m, k]), at(rhs, transB ? [n, k] : [k, n])),
          ),
        );
        const scaled = times(exact.exactOf(alpha as number), total);
        return addend
          ? plus(scaled, times(exact.exactOf(beta as number), repeated(addend as ExactArray, [m, n])))
          : scaled;
      }),
  ],
  [
    'graph.softmax',
    ({ input, axis }) => {
      const length = input.shape[axis as number] as number;
      return made(input.shape, (index) => {
        const row = over([length], ([i = 0]) => at(input, index.with(axis as number, i)));
        const most = maximum(row);
        const power = lift1(exact.exponential);
        const terms = row.map((x) => power(lift2((a, b) => a - b)(x, most)));
        return quotient(terms[index[axis as number] as number], sum(terms));
      });
    },
  ],
  [
    'graph.global_average_pool',
    ({ image }, { N, C, H, W }) =>
      made([N, C, 1, 1] as number[], ([n = 0, c = 0]) =>
        quotient(
          sum(over([H, W] as number[], ([h = 0, w = 0]) => at(image, [n, c, h, w]))),
          BigInt((H as number) * (W as number)) * exact.unit,
        ),
      ),
  ],
]);

/** The result of an operation on exact numbers. */
export function exactResult(operation: Operation, inputs: readonly ExactArray[]): ExactArray {
  const meaning = meanings.get(operation.name);
  if (!meaning) throw new Error(`${operation.name} has no exact meaning`);
  const prepared = prepare(operation, undefined, () => ({}) as never);
  return meaning(prepared.arguments(inputs as never) as Args, prepared.names as Readonly<Record<string, unknown>>);
}
