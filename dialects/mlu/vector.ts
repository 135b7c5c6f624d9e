import {
  attr,
  element,
  f16,
  f32,
  i16,
  i8,
  type MemRefType,
  memref,
  op,
  type Operation,
  roundings,
} from '../../ir/index.ts';
import { isContiguous } from './layout.ts';

/** Elements that the vector unit takes at once; operand lengths are multiples of it. */
export const vectorGroup = 64;

const half = element('T', f16);

const count = (type: MemRefType): number => type.shape.reduce((a, b) => a * b, 1);

/** Vector operands are contiguous and, where `groups` says so, whole groups of 64 elements. */
export function vectorError(operation: Operation, groups: readonly number[]): string | undefined {
  for (const [at, value] of operation.operands.entries()) {
    const type = value.type as MemRefType;
    if (!isContiguous(type)) return `operand #${at} ${type.text} is not contiguous`;
    if (groups.includes(at) && count(type) % vectorGroup !== 0)
      return `operand #${at} has ${count(type)} elements, expected a multiple of ${vectorGroup}`;
  }
  return undefined;
}

const binary = <const N extends `mlu.${string}`>(name: N, summary: string) =>
  op(name, {
    summary: `${summary}, element by element`,
    operands: {
      lhs: memref('...S', 'nram', half),
      rhs: memref('...S', 'nram', half),
      target: memref('...S', 'nram', half),
    },
    traits: ['elementwise'],
    assembly: '$lhs `,` $rhs `,` $target attr-dict `:` type($target)',
    verifyOperation: (operation) => vectorError(operation, [0, 1, 2]),
  });

/** lhs + rhs. */
export const add = binary('mlu.add', 'sum');
/** lhs − rhs. */
export const sub = binary('mlu.sub', 'difference');
/** lhs · rhs. */
export const mul = binary('mlu.mul', 'product');
/** The larger of two, NaN if either is. */
export const max = binary('mlu.max', 'maximum');
/** The smaller of two, NaN if either is. */
export const min = binary('mlu.min', 'minimum');

const cycle = <const N extends `mlu.${string}`>(name: N, summary: string) =>
  op(name, {
    summary: `${summary} of every row of lhs and the one row rhs`,
    operands: {
      lhs: memref('...S C', 'nram', half),
      rhs: memref('C', 'nram', half),
      target: memref('...S C', 'nram', half),
    },
    assembly: '$lhs `,` $rhs `,` $target attr-dict `:` type($rhs) `->` type($target)',
    verifyOperation: (operation) => vectorError(operation, [0, 1, 2]),
  });

/** Adds one row to every row. */
export const addCycle = cycle('mlu.add_cycle', 'sum');
/** Subtracts one row from every row. */
export const subCycle = cycle('mlu.sub_cycle', 'difference');
/** Multiplies every row by one row. */
export const mulCycle = cycle('mlu.mul_cycle', 'product');

const unary = <const N extends `mlu.${string}`>(name: N, summary: string) =>
  op(name, {
    summary: `${summary}, element by element`,
    operands: { source: memref('...S', 'nram', half), target: memref('...S', 'nram', half) },
    traits: ['elementwise'],
    assembly: '$source `,` $target attr-dict `:` type($target)',
    verifyOperation: (operation) => vectorError(operation, [0, 1]),
  });

/** max(x, +0). */
export const relu = unary('mlu.relu', 'max(x, +0)');
/** 1 / (1 + e^−x). */
export const sigmoid = unary('mlu.sigmoid', 'logistic function');
/** tanh x. */
export const tanh = unary('mlu.tanh', 'hyperbolic tangent');
/** e^x. */
export const exp = unary('mlu.exp', 'exponential');
/** 1 / x. */
export const recip = unary('mlu.recip', 'reciprocal');
/** 1 / √x. */
export const rsqrt = unary('mlu.rsqrt', 'reciprocal square root');
/** √x. */
export const sqrt = unary('mlu.sqrt', 'square root');
/** |x|. */
export const abs = unary('mlu.abs', 'magnitude');

/** Writes one number everywhere. */
export const fill = op('mlu.fill', {
  summary: 'writes one number everywhere; integers are filled with zeros',
  operands: { target: memref('...S', 'nram', element('T', f16, f32, i8, i16)) },
  attributes: { value: attr.float({ default: 0 }) },
  assembly: '$target attr-dict `:` type($target)',
  verifyOperation: (operation, { target, value }) =>
    (target.type as MemRefType).element.kind === 'integer' && value !== 0
      ? `fills integers with ${value}, expected 0`
      : vectorError(operation, [0]),
});

/** Half to single precision, exact. */
export const extend = op('mlu.extend', {
  summary: 'half to single precision',
  operands: { source: memref('...S', 'nram', element('H', f16)), target: memref('...S', 'nram', element('F', f32)) },
  assembly: '$source `,` $target attr-dict `:` type($source) `->` type($target)',
  verifyOperation: (operation) => vectorError(operation, [0, 1]),
});

/** Single to half precision, rounded to nearest even. */
export const truncate = op('mlu.truncate', {
  summary: 'single to half precision, rounded to nearest even',
  operands: { source: memref('...S', 'nram', element('F', f32)), target: memref('...S', 'nram', element('H', f16)) },
  assembly: '$source `,` $target attr-dict `:` type($source) `->` type($target)',
  verifyOperation: (operation) => vectorError(operation, [0, 1]),
});

/** Halves as integers of a position: x / 2^position rounded, saturating; NaN becomes 0. */
export const quantize = op('mlu.quantize', {
  summary: 'x / 2^position rounded to an integer, saturating; NaN becomes 0',
  operands: {
    source: memref('...S', 'nram', element('H', f16)),
    target: memref('...S', 'nram', element('Q', i8, i16)),
  },
  attributes: {
    position: attr.int({ min: -127, max: 127 }),
    rounding: attr.oneOf(roundings, { default: 'nearest' }),
  },
  assembly: '$source `,` $target attr-dict `:` type($source) `->` type($target)',
  verifyOperation: (operation) => vectorError(operation, [0, 1]),
});

/** Integers of a position as halves: q · 2^position, rounded to nearest even. */
export const dequantize = op('mlu.dequantize', {
  summary: 'q · 2^position, rounded to nearest even',
  operands: {
    source: memref('...S', 'nram', element('Q', i8, i16)),
    target: memref('...S', 'nram', element('H', f16)),
  },
  attributes: { position: attr.int({ min: -127, max: 127 }) },
  assembly: '$source `,` $target attr-dict `:` type($source) `->` type($target)',
  verifyOperation: (operation) => vectorError(operation, [0, 1]),
});

const rowReduction = <const N extends `mlu.${string}`>(name: N, summary: string) =>
  op(name, {
    summary: `${summary} of each row`,
    operands: { source: memref('M C', 'nram', half), target: memref('M', 'nram', half) },
    assembly: '$source `,` $target attr-dict `:` type($source) `->` type($target)',
    verifyOperation: (operation) => vectorError(operation, [0]),
  });

/** The sum of each row, in order, in single precision, rounded once. */
export const rowSum = rowReduction('mlu.row_sum', 'sum');
/** The largest element of each row, NaN if there is one. */
export const rowMax = rowReduction('mlu.row_max', 'maximum');

const pool = <const N extends `mlu.${string}`>(name: N, summary: string) =>
  op(name, {
    summary: `${summary} of each window of an H × W × C image`,
    operands: { source: memref('H W C', 'nram', half), target: memref('P Q C', 'nram', half) },
    attributes: { kernel: attr.pair({ min: 1, max: 64 }), strides: attr.pair({ min: 1, max: 64 }) },
    assembly: '$source `,` $target attr-dict `:` type($source) `->` type($target)',
    verifyOperation: (operation) => vectorError(operation, [0, 1]) ?? windowError(operation),
  });

/** Window counts must follow from extents, kernel and strides. */
function windowError(operation: Operation): string | undefined {
  const numbers = (name: string): readonly number[] => {
    const attribute = operation.attribute(name);
    return attribute?.kind === 'dense-array' ? attribute.values.map(Number) : [];
  };
  const [source, target] = operation.operands.map((value) => (value.type as MemRefType).shape);
  const [kernel, strides] = [numbers('kernel'), numbers('strides')];
  for (const d of [0, 1]) {
    const windows = Math.floor(((source?.[d] ?? 0) - (kernel[d] ?? 0)) / (strides[d] ?? 1)) + 1;
    if (windows !== target?.[d]) return `has ${target?.[d]} windows in dimension ${d}, expected ${windows}`;
  }
  return undefined;
}

/** The largest element of each window. */
export const maxPool = pool('mlu.max_pool', 'maximum');
/** The mean of each window: sum in order in single precision, divided once, rounded once. */
export const averagePool = pool('mlu.average_pool', 'mean');

/** Rows become columns. */
export const transpose = op('mlu.transpose', {
  summary: 'rows become columns',
  operands: { source: memref('M N', 'nram', half), target: memref('N M', 'nram', half) },
  assembly: '$source `,` $target attr-dict `:` type($source) `->` type($target)',
  verifyOperation: (operation) => vectorError(operation, [0, 1]),
});
