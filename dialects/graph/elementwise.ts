import { attr, element, f16, f32, f64, op, optionalAttribute, tensor } from '../../ir/index.ts';

const T = element('T', f32, f16, f64);

/** The extents of two shapes repeated against each other, as numpy does; undefined when they cannot. */
export function broadcastShape(a: readonly number[], b: readonly number[]): readonly number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let at = 0; at < rank; at++) {
    const x = a[a.length - rank + at] ?? 1;
    const y = b[b.length - rank + at] ?? 1;
    if (x !== y && x !== 1 && y !== 1) return undefined;
    shape.push(x === 1 ? y : x);
  }
  return shape;
}

const binary = <const N extends `graph.${string}`>(name: N, summary: string, commutative: boolean) =>
  op(name, {
    summary: `${summary}, element by element; dimensions of extent 1 repeat`,
    operands: { lhs: tensor('...A', T), rhs: tensor('...B', T) },
    results: { out: tensor('...O', T) },
    dims: ({ A, B }) => ({ O: broadcastShape(A, B) ?? [] }),
    sample: ({ A }, draw) => ({
      B: A.slice(draw.int(0, A.length)).map((extent) => (draw.flag() ? 1 : extent)),
    }),
    verify: ({ A, B }) =>
      broadcastShape(A, B) ? undefined : `extents [${A}] and [${B}] cannot be repeated against each other`,
    traits: commutative ? ['pure', 'commutative'] : ['pure'],
    assembly: '$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($out)',
  });

/** lhs + rhs. */
export const add = binary('graph.add', 'sum', true);
/** lhs − rhs. */
export const sub = binary('graph.sub', 'difference', false);
/** lhs · rhs. */
export const mul = binary('graph.mul', 'product', true);
/** lhs / rhs. */
export const div = binary('graph.div', 'quotient', false);

const unary = <const N extends `graph.${string}`>(name: N, summary: string) =>
  op(name, {
    summary: `${summary}, element by element`,
    operands: { input: tensor('...S', T) },
    results: { out: tensor('...S', T) },
    traits: ['pure', 'elementwise'],
    assembly: '$input attr-dict `:` type($out)',
  });

/** max(x, +0). */
export const relu = op('graph.relu', {
  summary: 'max(x, +0), element by element',
  operands: { input: tensor('...S', T) },
  results: { out: tensor('...S', T) },
  traits: ['pure', 'elementwise'],
  assembly: '$input attr-dict `:` type($out)',
  fold: ({ input, operation }) => (input.owner?.name === operation.name ? [input] : undefined),
});
/** 1 / (1 + e^−x). */
export const sigmoid = unary('graph.sigmoid', 'logistic function');
/** tanh x. */
export const tanh = unary('graph.tanh', 'hyperbolic tangent');
/** e^x. */
export const exp = unary('graph.exp', 'exponential');
/** √x. */
export const sqrt = unary('graph.sqrt', 'square root');
/** |x|. */
export const abs = unary('graph.abs', 'magnitude');

/** min(max(x, low), high); an absent limit does nothing. */
export const clip = op('graph.clip', {
  summary: 'limits every element to a range',
  operands: { input: tensor('...S', T) },
  attributes: { low: optionalAttribute(attr.float({})), high: optionalAttribute(attr.float({})) },
  results: { out: tensor('...S', T) },
  traits: ['pure', 'elementwise'],
  assembly: '$input attr-dict `:` type($out)',
});

/** ONNX Softmax over one axis. */
export const softmax = op('graph.softmax', {
  summary: 'exponentials over one axis, divided by their sum',
  description:
    'm = max; e = exp(x − m); s = sum of e in order from +0; e / s. Every step is rounded to the element type.',
  operands: { input: tensor('...S', T) },
  attributes: { axis: attr.int({ min: 0, max: 7 }) },
  results: { out: tensor('...S', T) },
  sample: ({ S }, draw) => (S.length === 0 ? { S: [draw.int(1, 4)], axis: 0 } : { axis: draw.int(0, S.length - 1) }),
  verify: ({ S, axis }) => (axis < S.length ? undefined : `axis ${axis} is not one of ${S.length} dimensions`),
  traits: ['pure'],
  assembly: '$input attr-dict `:` type($out)',
});
