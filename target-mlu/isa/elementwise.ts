/** Arithmetic, logic and comparison of half vectors, element by element or with a repeating second operand. */
import {
  type ComparisonName,
  comparisons,
  type ConnectiveName,
  connectives,
  halfTable,
} from '../../interpreter/scalar.ts';
import { halfToFloat } from '../../ir/half.ts';
import { destination, groups, number, source } from '../field.ts';
import { instruction } from '../instruction.ts';
import { arithmeticLoops, loopOf, mapPairs, mapTable, type PairLoop, truth } from '../kernel/vector.ts';

const pairFields = {
  dst: destination('nram', 'result'),
  a: source('nram', 'first operand'),
  b: source('nram', 'second operand'),
  count: groups('elements'),
};

/** dst = f(a, b), both of `count` elements. */
function pairwise<const N extends string>(name: N, opcode: number, summary: string, loop: PairLoop) {
  return instruction(`${name}.nram.f16`, {
    opcode,
    pipe: 'vector',
    summary: `${summary}, element by element`,
    fields: pairFields,
    syntax: '[$dst], [$a], [$b], $count',
    touches: ({ count }) => ({ dst: { bytes: 2 * count }, a: { bytes: 2 * count }, b: { bytes: 2 * count } }),
    inPlace: ['a', 'b'],
    execute: ({ nram }, { dst, a, b, count }) => mapPairs(nram, dst, a, b, count, count, loop),
    cycles: (throughput, { count }) => throughput.vector(2 * count),
  });
}

/** dst = f(a, b), the `period` elements of b repeating. */
function cycle<const N extends string>(name: N, opcode: number, summary: string, loop: PairLoop) {
  return instruction(`${name}.cycle.nram.f16`, {
    opcode,
    pipe: 'vector',
    summary: `${summary}, the elements of b repeating`,
    fields: { ...pairFields, period: groups('elements of b, a divisor of count') },
    syntax: '[$dst], [$a], [$b], $count, $period',
    verify: ({ count, period }) =>
      count % period === 0 ? undefined : `'count' is ${count}, expected a multiple of 'period' = ${period}`,
    touches: ({ count, period }) => ({ dst: { bytes: 2 * count }, a: { bytes: 2 * count }, b: { bytes: 2 * period } }),
    inPlace: ['a'],
    execute: ({ nram }, { dst, a, b, count, period }) => mapPairs(nram, dst, a, b, count, period, loop),
    cycles: (throughput, { count }) => throughput.vector(2 * count),
  });
}

const logic = (name: ConnectiveName): PairLoop => loopOf((x, y) => truth(connectives[name](x, y)));
const compare = (name: ComparisonName): PairLoop => loopOf((x, y) => truth(comparisons[name](x, y)));

/** dst = f(a) by the table of f's 65,536 results. */
function unary<const N extends string>(name: N, opcode: number, summary: string, table: () => Uint16Array) {
  return instruction(`${name}.nram.f16`, {
    opcode,
    pipe: 'vector',
    summary,
    fields: { dst: destination('nram', 'result'), src: source('nram', 'operand'), count: groups('elements') },
    syntax: '[$dst], [$src], $count',
    touches: ({ count }) => ({ dst: { bytes: 2 * count }, src: { bytes: 2 * count } }),
    inPlace: ['src'],
    execute: ({ nram }, { dst, src, count }) => mapTable(nram, dst, src, count, table()),
    cycles: (throughput, { count }) => throughput.vector(2 * count),
  });
}

/** 1 where the operand is ±0, else +0. */
const notTable = Uint16Array.from({ length: 65536 }, (_, bits) => (halfToFloat(bits) === 0 ? 0x3c00 : 0));

const mulConst = instruction('mul.const.nram.f16', {
  opcode: 0x120,
  pipe: 'vector',
  summary: 'product with a constant',
  fields: {
    dst: destination('nram', 'result'),
    src: source('nram', 'operand'),
    constant: number('bit pattern of a half; the low 16 bits count'),
    count: groups('elements'),
  },
  syntax: '[$dst], [$src], $constant, $count',
  touches: ({ count }) => ({ dst: { bytes: 2 * count }, src: { bytes: 2 * count } }),
  inPlace: ['src'],
  execute({ nram }, { dst, src, constant, count }) {
    const factor = halfToFloat(constant);
    mapPairs(
      nram,
      dst,
      src,
      src,
      count,
      count,
      loopOf((x) => x * factor),
    );
  },
  cycles: (throughput, { count }) => throughput.vector(2 * count),
});

/** Elementwise arithmetic and logic: one rounding of the exact result; truth is 1 or +0, NaN counts as true. */
export const elementwise = {
  add: pairwise('add', 0x100, 'sum', arithmeticLoops.add),
  sub: pairwise('sub', 0x101, 'difference', arithmeticLoops.sub),
  mul: pairwise('mul', 0x102, 'product', arithmeticLoops.mul),
  max: pairwise('max', 0x103, 'maximum, NaN if either is', arithmeticLoops.max),
  min: pairwise('min', 0x104, 'minimum, NaN if either is', arithmeticLoops.min),
  and: pairwise('and', 0x105, 'logical and', logic('and')),
  or: pairwise('or', 0x106, 'logical or', logic('or')),
  xor: pairwise('xor', 0x107, 'logical exclusive or', logic('xor')),
  not: unary('not', 0x108, 'logical not', () => notTable),
  square: unary('square', 0x109, 'square', () => halfTable('square')),
  mulConst,
} as const;

/** Elementwise operations whose second operand repeats. */
export const cycleForms = {
  addCycle: cycle('add', 0x140, 'sum', arithmeticLoops.add),
  subCycle: cycle('sub', 0x141, 'difference', arithmeticLoops.sub),
  mulCycle: cycle('mul', 0x142, 'product', arithmeticLoops.mul),
  andCycle: cycle('and', 0x143, 'logical and', logic('and')),
  orCycle: cycle('or', 0x144, 'logical or', logic('or')),
  xorCycle: cycle('xor', 0x145, 'logical exclusive or', logic('xor')),
  eqCycle: cycle('eq', 0x146, '1 where a = b, else 0', compare('eq')),
  neCycle: cycle('ne', 0x147, '1 where a ≠ b, else 0', compare('ne')),
  ltCycle: cycle('lt', 0x148, '1 where a < b, else 0', compare('lt')),
  leCycle: cycle('le', 0x149, '1 where a ≤ b, else 0', compare('le')),
  gtCycle: cycle('gt', 0x14a, '1 where a > b, else 0', compare('gt')),
  geCycle: cycle('ge', 0x14b, '1 where a ≥ b, else 0', compare('ge')),
} as const;

/** Comparisons giving the halves 1 or +0; false with a NaN, except ne. */
export const comparison = {
  eq: pairwise('eq', 0x160, '1 where a = b, else 0', compare('eq')),
  ne: pairwise('ne', 0x161, '1 where a ≠ b, else 0', compare('ne')),
  lt: pairwise('lt', 0x162, '1 where a < b, else 0', compare('lt')),
  le: pairwise('le', 0x163, '1 where a ≤ b, else 0', compare('le')),
  gt: pairwise('gt', 0x164, '1 where a > b, else 0', compare('gt')),
  ge: pairwise('ge', 0x165, '1 where a ≥ b, else 0', compare('ge')),
} as const;

/** Activation functions: the correctly rounded half result of the scalar reference. */
export const activation = {
  relu: unary('relu', 0x180, 'max(x, +0)', () => halfTable('relu')),
  sigmoid: unary('sigmoid', 0x181, '1 / (1 + e^-x)', () => halfTable('sigmoid')),
  tanh: unary('tanh', 0x182, 'hyperbolic tangent', () => halfTable('tanh')),
  exp: unary('exp', 0x183, 'e^x', () => halfTable('exp')),
  log: unary('log', 0x184, 'natural logarithm', () => halfTable('log')),
  recip: unary('recip', 0x185, '1 / x', () => halfTable('recip')),
  rsqrt: unary('rsqrt', 0x186, '1 / √x', () => halfTable('rsqrt')),
  sqrt: unary('sqrt', 0x187, '√x', () => halfTable('sqrt')),
  sin: unary('sin', 0x188, 'sine of radians', () => halfTable('sin')),
  cos: unary('cos', 0x189, 'cosine of radians', () => halfTable('cos')),
  abs: unary('abs', 0x18a, '|x|', () => halfTable('abs')),
  gelu: unary('gelu', 0x18b, 'x · Φ(x), Φ by the error function', () => halfTable('gelu')),
} as const;
