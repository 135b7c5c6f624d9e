/**
 * The one stated meaning of each scalar function, shared by every level. A function is defined on doubles; its single
 * precision form rounds that result once (`Math.fround`), its half form is the table of the 65,536 correctly rounded
 * results. NaN in gives NaN out.
 */
import { floatToHalf, halfValues } from '../ir/half.ts';
import { complementaryErrorFunction } from './error-function.ts';

/** The unary functions on doubles; the name is the function's name at every level. */
export const unaryFunctions = {
  /** max(x, +0): relu(-0) = +0, relu(NaN) = NaN. */
  relu: (x: number) => Math.max(x, 0),
  /** 1 / (1 + e^-x). */
  sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
  tanh: (x: number) => Math.tanh(x),
  exp: (x: number) => Math.exp(x),
  /** Natural logarithm: log(±0) = -∞, NaN below. */
  log: (x: number) => Math.log(x),
  /** 1 / x: recip(±0) = ±∞. */
  recip: (x: number) => 1 / x,
  /** 1 / √x: rsqrt(±0) = ±∞, NaN below. */
  rsqrt: (x: number) => 1 / Math.sqrt(x),
  sqrt: (x: number) => Math.sqrt(x),
  sin: (x: number) => Math.sin(x),
  cos: (x: number) => Math.cos(x),
  abs: (x: number) => Math.abs(x),
  neg: (x: number) => -x,
  square: (x: number) => x * x,
  floor: (x: number) => Math.floor(x),
  ceil: (x: number) => Math.ceil(x),
  /** x · Φ(x) with the error function, not its tanh approximation: gelu(-∞) = -0. */
  gelu: (x: number) => (x === -Infinity ? -0 : 0.5 * x * complementaryErrorFunction(-x / Math.SQRT2)),
} as const satisfies Record<string, (x: number) => number>;

/** The name of a unary function. */
export type UnaryName = keyof typeof unaryFunctions;

/** The functions whose double result is exact, so that even a tie is rounded right. */
export const exactUnary: readonly UnaryName[] = ['relu', 'abs', 'neg', 'square', 'floor', 'ceil'];

/** The single precision value of `name` at the single `x`: one rounding of the double result. */
export function unarySingle(name: UnaryName, x: number): number {
  return Math.fround(unaryFunctions[name](x));
}

const tables = new Map<UnaryName, Uint16Array>();

/** The correctly rounded half result of `name` for every half bit pattern; made when first asked for. */
export function halfTable(name: UnaryName): Uint16Array {
  let table = tables.get(name);
  if (table === undefined) {
    const evaluate = unaryFunctions[name];
    table = Uint16Array.from({ length: 65536 }, (_, bits) => floatToHalf(evaluate(halfValues[bits] as number)));
    tables.set(name, table);
  }
  return table;
}

/** The binary functions on doubles. A NaN operand gives NaN; -0 counts as below +0 in max and min. */
export const binaryFunctions = {
  add: (x: number, y: number) => x + y,
  sub: (x: number, y: number) => x - y,
  mul: (x: number, y: number) => x * y,
  div: (x: number, y: number) => x / y,
  max: (x: number, y: number) => Math.max(x, y),
  min: (x: number, y: number) => Math.min(x, y),
} as const satisfies Record<string, (x: number, y: number) => number>;

/** The name of a binary function. */
export type BinaryName = keyof typeof binaryFunctions;

/** The comparisons. One with a NaN operand is false, except `ne`; -0 equals +0. */
export const comparisons = {
  eq: (x: number, y: number) => x === y,
  ne: (x: number, y: number) => x !== y,
  lt: (x: number, y: number) => x < y,
  le: (x: number, y: number) => x <= y,
  gt: (x: number, y: number) => x > y,
  ge: (x: number, y: number) => x >= y,
} as const satisfies Record<string, (x: number, y: number) => boolean>;

/** The name of a comparison. */
export type ComparisonName = keyof typeof comparisons;

/** The logical connectives: any value but ±0 is true, NaN too. */
export const connectives = {
  and: (x: number, y: number) => x !== 0 && y !== 0,
  or: (x: number, y: number) => x !== 0 || y !== 0,
  xor: (x: number, y: number) => (x !== 0) !== (y !== 0),
} as const satisfies Record<string, (x: number, y: number) => boolean>;

/** The name of a connective. */
export type ConnectiveName = keyof typeof connectives;
