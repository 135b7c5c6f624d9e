/** Bounds of functions of single elements: where the function takes the interval in which the reference's element lies. */
import type { Type } from '../../ir/index.ts';
import type { NdArray } from '../ndarray.ts';
import { rounding } from '../number.ts';
import { type BinaryName, binaryFunctions, type UnaryName, unaryFunctions } from '../scalar.ts';
import {
  anywhere,
  type Bounded,
  boundsFor,
  type Certificate,
  common,
  type Interval,
  isKnown,
  placeOf,
  reach,
  roundedOut,
  roundingError,
} from './arithmetic.ts';

/** A function on numbers and on intervals of them, the latter for the reference. */
export interface Mapped<N extends readonly unknown[]> {
  readonly exact: (...x: { [K in keyof N]: number }) => number;
  readonly image: (...x: { [K in keyof N]: Interval }) => Interval;
  /** Whether results are rounded, so that both programs lose something. */
  readonly rounds: boolean;
}
/** A function of one number. */
export type Unary = Mapped<readonly [unknown]>;
/** A function of two numbers. */
export type Binary = Mapped<readonly [unknown, unknown]>;

const number = (array: NdArray, at: number): number => Number(array.data[at]);
const own = ({ rounds }: { readonly rounds: boolean }, result: NdArray, at: number): number =>
  rounds ? roundingError(number(result, at), result.element) : 0;

/** The bound of a function of each element. */
export const mapped = (f: Unary, input: Bounded, result: NdArray): Certificate => ({
  bound: boundsFor(result, (at) =>
    isKnown(input, at)
      ? reach(f.exact(number(input.value, at)), f.image(placeOf(input, at))) + own(f, result, at)
      : Infinity,
  ),
  within: f.image(input.within),
});
/** The bound of a function of each two elements. */
export const mapped2 = (f: Binary, lhs: Bounded, rhs: Bounded, result: NdArray): Certificate => ({
  bound: boundsFor(result, (at) =>
    isKnown(lhs, at) && isKnown(rhs, at)
      ? reach(f.exact(number(lhs.value, at), number(rhs.value, at)), f.image(placeOf(lhs, at), placeOf(rhs, at))) +
        own(f, result, at)
      : Infinity,
  ),
  within: f.image(lhs.within, rhs.within),
});

/** A rounded function that grows with its argument and stays in a range. */
const growing = (name: UnaryName, range: Interval = anywhere): Unary => ({
  exact: unaryFunctions[name],
  image: ([low, high]) => common(roundedOut([unaryFunctions[name](low), unaryFunctions[name](high)]), range),
  rounds: true,
});
const notNegative: Interval = [0, Infinity];
const absolute = ([low, high]: Interval): Interval =>
  low >= 0 ? [low, high] : high <= 0 ? [-high, -low] : [0, Math.max(-low, high)];

/** 1/x over an interval; of one with 0 inside, everywhere. */
const reciprocal = ([low, high]: Interval): Interval => (low > 0 || high < 0 ? [1 / high, 1 / low] : anywhere);
/** A root; below zero it is NaN, and a bound without limit says so. */
const root =
  (f: (interval: Interval) => Interval): Unary['image'] =>
  (interval) =>
    interval[0] >= 0 ? common(roundedOut(f(interval)), notNegative) : notNegative;

/** The functions of one number whose results follow from their ends. */
export const unaries = {
  relu: { exact: unaryFunctions.relu, image: ([low, high]) => [Math.max(low, 0), Math.max(high, 0)], rounds: false },
  abs: { exact: unaryFunctions.abs, image: absolute, rounds: false },
  neg: { exact: unaryFunctions.neg, image: ([low, high]) => [-high, -low], rounds: false },
  floor: growingSteps('floor'),
  ceil: growingSteps('ceil'),
  sigmoid: growing('sigmoid', [0, 1]),
  tanh: growing('tanh', [-1, 1]),
  exp: growing('exp', notNegative),
  log: { ...growing('log'), image: (x) => (x[0] > 0 ? growing('log').image(x) : anywhere) },
  recip: { exact: unaryFunctions.recip, image: (x) => roundedOut(reciprocal(x)), rounds: true },
  rsqrt: {
    exact: unaryFunctions.rsqrt,
    image: root(([low, high]) => [1 / Math.sqrt(high), 1 / Math.sqrt(low)]),
    rounds: true,
  },
  sqrt: { exact: unaryFunctions.sqrt, image: root(([low, high]) => [Math.sqrt(low), Math.sqrt(high)]), rounds: true },
  square: {
    exact: unaryFunctions.square,
    image: (x) => {
      const [low, high] = absolute(x);
      return common(roundedOut([low * low, high * high]), notNegative);
    },
    rounds: true,
  },
  sin: { exact: unaryFunctions.sin, image: wave(unaryFunctions.sin, 1 / 2), rounds: true },
  cos: { exact: unaryFunctions.cos, image: wave(unaryFunctions.cos, 0), rounds: true },
  gelu: { exact: unaryFunctions.gelu, image: geluImage, rounds: true },
} as const satisfies Record<UnaryName, Unary>;

function growingSteps(name: 'floor' | 'ceil'): Unary {
  const f = unaryFunctions[name];
  return { exact: f, image: ([low, high]) => [f(low), f(high)], rounds: false };
}

/** A sine whose maxima are at (2k + `peak`)·π; between its ends it may reach ±1. */
function wave(f: (x: number) => number, peak: number): Unary['image'] {
  // The places of the extrema are good to a few units of double precision of the argument.
  const holds = (low: number, high: number, phase: number): boolean => {
    const margin = 2 ** -48 * Math.max(1, Math.abs(low), Math.abs(high));
    const [from, to] = [(low - margin) / Math.PI - phase, (high + margin) / Math.PI - phase];
    return Math.floor(to / 2) >= Math.ceil(from / 2);
  };
  return ([low, high]) => {
    if (!(high - low < 2 * Math.PI) || !(Math.abs(low) < 2 ** 40))
      return low === high ? roundedOut([f(low), f(low)]) : [-1, 1];
    const [a, b] = [f(low), f(high)];
    const most = holds(low, high, peak) ? 1 : Math.max(a, b);
    const least = holds(low, high, peak + 1) ? -1 : Math.min(a, b);
    return common(roundedOut([least, most]), [-1, 1]);
  };
}

/** Where gelu is least: the root of Φ(x) + x·φ(x). */
const geluValley = -0.7517915246935645;
/** gelu falls to its least value and grows from there. */
function geluImage([low, high]: Interval): Interval {
  const f = unaryFunctions.gelu;
  const least = low <= geluValley && geluValley <= high ? f(geluValley) : Math.min(f(low), f(high));
  return roundedOut([least, Math.max(f(low), f(high))]);
}

// 0 · ∞ stands for a number near zero times one without limit, not for NaN.
const times = (x: number, y: number): number => (x === 0 || y === 0 ? 0 : x * y);
const product = ([a, b]: Interval, [c, d]: Interval): Interval => {
  const ends = [times(a, c), times(a, d), times(b, c), times(b, d)] as const;
  return [Math.min(...ends), Math.max(...ends)];
};
const quotient = (x: Interval, [c, d]: Interval): Interval => {
  if (!(c > 0 || d < 0)) return anywhere;
  const ends = [x[0] / c, x[0] / d, x[1] / c, x[1] / d] as const;
  return [Math.min(...ends), Math.max(...ends)];
};

/** The functions of two numbers. */
export const binaries = {
  add: { exact: binaryFunctions.add, image: ([a, b], [c, d]) => roundedOut([a + c, b + d]), rounds: true },
  sub: { exact: binaryFunctions.sub, image: ([a, b], [c, d]) => roundedOut([a - d, b - c]), rounds: true },
  mul: { exact: binaryFunctions.mul, image: (x, y) => roundedOut(product(x, y)), rounds: true },
  div: { exact: binaryFunctions.div, image: (x, y) => roundedOut(quotient(x, y)), rounds: true },
  max: { exact: Math.max, image: ([a, b], [c, d]) => [Math.max(a, c), Math.max(b, d)], rounds: false },
  min: { exact: Math.min, image: ([a, b], [c, d]) => [Math.min(a, c), Math.min(b, d)], rounds: false },
} as const satisfies Record<BinaryName, Binary>;

/** Limits to a range; its ends are singles, which are rounded to the element type here and not in the reference. */
export function clipBound(
  input: Bounded,
  type: Type,
  low: number | undefined,
  high: number | undefined,
  result: NdArray,
): Certificate {
  const [from, to] = [low ?? -Infinity, high ?? Infinity];
  const [least, most] = [rounding(type)(from), rounding(type)(to)];
  return mapped(
    {
      exact: (x) => Math.min(Math.max(x, least), most),
      image: ([a, b]) => [Math.min(Math.max(a, from), to), Math.min(Math.max(b, from), to)],
      rounds: false,
    },
    input,
    result,
  );
}
