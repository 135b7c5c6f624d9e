/** Wrong rules of fixed point, each with what is wrong about it and what is said then. */
import { tensorop } from '../../../dialects/tensorop/index.ts';
import type { Rounding, TensorType, Value } from '../../../ir/index.ts';
import { noMatch, type RewritePattern, rule } from '../../../rewrite/index.ts';

const { cast, dequantize, quantize, requantize } = tensorop.ops;
const widthOf = (value: Value): number => {
  const { element } = value.type as TensorType;
  return element.kind === 'integer' ? element.width : 0;
};
const isHalf = (value: Value): boolean => (value.type as TensorType).element.text === 'f16';

interface Two {
  readonly q: Value;
  readonly middle: Value;
  readonly out: Value;
  readonly a: number;
  readonly b: number;
  readonly inner: Rounding;
  readonly outer: Rounding;
}
/** One requantisation stands for two, where `when` says so. */
const composed = (
  name: string,
  when: (two: Two) => boolean,
  made: (two: Two) => { readonly shift: number; readonly rounding: Rounding },
): RewritePattern =>
  rule(name, {
    match: requantize.of({
      input: requantize.of({ input: 'q', shift: 'a', rounding: 'inner' }),
      shift: 'b',
      rounding: 'outer',
    }),
    build(captured, root) {
      const two: Two = { ...captured, middle: root.operand(0), out: root.result() };
      if (!when(two)) return noMatch('another case');
      const { shift, rounding } = made(two);
      if (Math.abs(shift) > 127) return noMatch('too far');
      return requantize({ input: two.q, shift, rounding, types: [two.out.type] });
    },
  });
const both = ({ a, b, outer }: Two) => ({ shift: a + b, rounding: outer });
const holds = ({ q, middle, a }: Two): boolean => widthOf(middle) >= widthOf(q) - a;

/** Wrong rules of integers alone; the solver shows them to be wrong. */
export const wrongRequantises: readonly (readonly [wrong: string, rule: RewritePattern, said: RegExp])[] = [
  ['ties are rounded twice', composed('t', (two) => two.a > 0 && holds(two), both), /before, -?\d+ after/],
  ['the middle saturates', composed('m', ({ a }) => a <= 0, both), /before, -?\d+ after/],
  [
    'the middle saturates, as rounding up takes one more',
    composed(
      'u',
      (two) => two.inner === 'up' && two.a > 0 && two.b === 0 && holds(two),
      ({ a, inner }) => ({
        shift: a,
        rounding: inner,
      }),
    ),
    /before, -?\d+ after/,
  ],
  [
    'the shift has the wrong sign',
    composed(
      's',
      (two) => two.a <= 0 && holds(two),
      ({ a, b, outer }) => ({ shift: b - a, rounding: outer }),
    ),
    /before, -?\d+ after/,
  ],
  [
    'one digit too many',
    composed(
      'd',
      (two) => two.a <= 0 && holds(two),
      ({ a, b, outer }) => ({ shift: a + b + 1, rounding: outer }),
    ),
    /before, -?\d+ after/,
  ],
  [
    'the wrong one of two roundings',
    composed(
      'r',
      (two) => two.a <= 0 && holds(two),
      ({ a, b, inner }) => ({ shift: a + b, rounding: inner }),
    ),
    /before, -?\d+ after/,
  ],
  [
    'a digit that is cut off is not rounded',
    rule('n', {
      match: requantize.of({ input: 'q', shift: 's', rounding: 'r' }),
      build: ({ q, s, r }, root) =>
        s > 1 || r === 'nearest'
          ? noMatch('another case')
          : requantize({ input: q, shift: s, types: [root.result().type] }),
    }),
    /shift = 1 : i64/,
  ],
  [
    'saturation is forgotten',
    rule('f', {
      match: requantize.of({ input: requantize.of({ input: 'q', shift: 'a', rounding: 'r' }), shift: 'b' }),
      build: ({ q, a, b }, root) =>
        a + b === 0 && a < 0 && q.type === root.result().type ? q : noMatch('another case'),
    }),
    /before, -?\d+ after/,
  ],
];

/** Wrong rules of integers and floating-point numbers; running them shows it. */
export const wrongQuantises: readonly (readonly [wrong: string, rule: RewritePattern])[] = [
  ...[
    ['a half has not so many digits', (position: number, isByte: boolean) => !isByte && Math.abs(position) < 9],
    ['a half has no such large numbers', (position: number, isByte: boolean) => isByte && position > 8],
    ['a half has no such small numbers', (position: number, isByte: boolean) => isByte && position < -24],
  ].map(([wrong, when], at): [string, RewritePattern] => [
    wrong as string,
    rule(`q${at}`, {
      match: quantize.of({ input: dequantize.of({ input: 'q', position: 'p' }), position: 'to', rounding: 'r' }),
      build: ({ q, p, to, r }, root) =>
        isHalf(root.operand(0)) &&
        Math.abs(to - p) <= 127 &&
        (when as (position: number, isByte: boolean) => boolean)(p, widthOf(q) === 8)
          ? requantize({ input: q, shift: to - p, rounding: r, types: [root.result().type] })
          : noMatch('another case'),
    }),
  ]),
  [
    'the middle saturates',
    rule('d', {
      match: dequantize.of({ input: requantize.of({ input: 'q', shift: 's' }), position: 'p' }),
      build: ({ q, s, p }, root) =>
        s <= 0 && Math.abs(p - s) <= 127 && [8, 16].includes(widthOf(q))
          ? dequantize({ input: q, position: p - s, types: [root.result().type] })
          : noMatch('another case'),
    }),
  ],
  [
    'a cast that rounds',
    rule('c', {
      match: quantize.of({ input: cast.of({ input: 'x' }), position: 'p', rounding: 'r' }),
      build: ({ x, p, r }, root) => quantize({ input: x, position: p, rounding: r, types: [root.result().type] }),
    }),
  ],
];
