import { attr, element, f16, f32, op, optionalAttribute, tensor } from '../../ir/index.ts';

const T = element('T', f16, f32);

const binary = <const N extends `tensorop.${string}`>(name: N, summary: string, commutative: boolean) =>
  op(name, {
    summary: `${summary}, element by element`,
    operands: { lhs: tensor('...S', T), rhs: tensor('...S', T) },
    results: { out: tensor('...S', T) },
    traits: commutative ? ['pure', 'elementwise', 'commutative'] : ['pure', 'elementwise'],
    assembly: '$lhs `,` $rhs attr-dict `:` type($out)',
  });

/** lhs + rhs. */
export const add = binary('tensorop.add', 'sum', true);
/** lhs − rhs. */
export const sub = binary('tensorop.sub', 'difference', false);
/** lhs · rhs. */
export const mul = binary('tensorop.mul', 'product', true);
/** lhs / rhs. */
export const div = binary('tensorop.div', 'quotient', false);
/** The larger of two, NaN if either is. */
export const max = binary('tensorop.max', 'maximum', true);
/** The smaller of two, NaN if either is. */
export const min = binary('tensorop.min', 'minimum', true);

const unary = <const N extends `tensorop.${string}`>(name: N, summary: string) =>
  op(name, {
    summary: `${summary}, element by element`,
    operands: { input: tensor('...S', T) },
    results: { out: tensor('...S', T) },
    traits: ['pure', 'elementwise'],
    assembly: '$input attr-dict `:` type($out)',
  });

/** max(x, +0). */
export const relu = op('tensorop.relu', {
  summary: 'max(x, +0), element by element',
  operands: { input: tensor('...S', T) },
  results: { out: tensor('...S', T) },
  traits: ['pure', 'elementwise'],
  assembly: '$input attr-dict `:` type($out)',
  fold: ({ input }) => (input.owner?.name === 'tensorop.relu' ? [input] : undefined),
});
/** 1 / (1 + e^−x). */
export const sigmoid = unary('tensorop.sigmoid', 'logistic function');
/** tanh x. */
export const tanh = unary('tensorop.tanh', 'hyperbolic tangent');
/** e^x. */
export const exp = unary('tensorop.exp', 'exponential');
/** 1 / x. */
export const recip = unary('tensorop.recip', 'reciprocal');
/** 1 / √x. */
export const rsqrt = unary('tensorop.rsqrt', 'reciprocal square root');
/** √x. */
export const sqrt = unary('tensorop.sqrt', 'square root');
/** |x|. */
export const abs = unary('tensorop.abs', 'magnitude');
/** −x. */
export const neg = unary('tensorop.neg', 'negation');

/** min(max(x, low), high); an absent limit does nothing. */
export const clip = op('tensorop.clip', {
  summary: 'limits every element to a range',
  operands: { input: tensor('...S', T) },
  attributes: { low: optionalAttribute(attr.float({})), high: optionalAttribute(attr.float({})) },
  results: { out: tensor('...S', T) },
  traits: ['pure', 'elementwise'],
  assembly: '$input attr-dict `:` type($out)',
});

/** Adds one number per channel, the channels being the last dimension. */
export const addBias = op('tensorop.add_bias', {
  summary: 'adds one number per channel',
  operands: { input: tensor('...S C', T), bias: tensor('C', T) },
  results: { out: tensor('...S C', T) },
  traits: ['pure'],
  assembly: '$input `,` $bias attr-dict `:` type($out)',
});

/** The same numbers in another element type, rounded to nearest even. */
export const cast = op('tensorop.cast', {
  summary: 'changes the element type, rounding to nearest even',
  operands: { input: tensor('...S', element('T', f16, f32)) },
  results: { out: tensor('...S', element('U', f16, f32)) },
  traits: ['pure', 'elementwise'],
  assembly: '$input attr-dict `:` type($input) `->` type($out)',
  fold: ({ input, out }) => (input.type === out.type ? [input] : undefined),
});
