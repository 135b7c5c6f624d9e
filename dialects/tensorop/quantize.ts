/** Fixed point: an integer q with a position stands for q · 2^position. A scale that is no power of two is a `mul` before. */
import { attr, element, f16, f32, i16, i8, integerType, op, roundings, tensor } from '../../ir/index.ts';

const F = element('F', f16, f32);
const Q = element('Q', i8, i16);
/** Sums of products are wider than what they are made of, and the rules of requantisation are asked of any width. */
const integers = Array.from({ length: 64 }, (_, at) => integerType(at + 1));

/** The exponents that the machine's conversions take. */
const exponent = { min: -127, max: 127 } as const;
const rounding = attr.oneOf(roundings, { default: 'nearest' });

/** Numbers become integers: x / 2^position rounded, limited to the range of the type; NaN becomes 0. */
export const quantize = op('tensorop.quantize', {
  summary: 'x / 2^position rounded to an integer, saturating; NaN becomes 0',
  operands: { input: tensor('...S', F) },
  attributes: { position: attr.int(exponent), rounding },
  results: { out: tensor('...S', Q) },
  sample: (_, draw) => ({ position: draw.int(-9, 5) }),
  traits: ['pure', 'elementwise'],
  assembly: '$input attr-dict `:` type($input) `->` type($out)',
});

/** Integers become numbers: q · 2^position, rounded once to nearest even. */
export const dequantize = op('tensorop.dequantize', {
  summary: 'q · 2^position, rounded to nearest even',
  operands: { input: tensor('...S', Q) },
  attributes: { position: attr.int(exponent) },
  results: { out: tensor('...S', F) },
  sample: (_, draw) => ({ position: draw.int(-26, 9) }),
  traits: ['pure', 'elementwise'],
  assembly: '$input attr-dict `:` type($input) `->` type($out)',
});

/** Integers of one position become those of another: q · 2^−shift rounded, limited to the range of the type. */
export const requantize = op('tensorop.requantize', {
  summary: 'q · 2^−shift rounded to an integer, saturating',
  operands: { input: tensor('...S', element('Q', ...integers)) },
  attributes: { shift: attr.int(exponent), rounding },
  results: { out: tensor('...S', element('R', ...integers)) },
  sample: (_, draw) => ({ shift: draw.int(-4, 9) }),
  traits: ['pure', 'elementwise'],
  assembly: '$input attr-dict `:` type($input) `->` type($out)',
  // q · 2^0 is q, which its own type holds.
  fold: ({ input, shift, out }) => (shift === 0 && input.type === out.type ? [input] : undefined),
});
