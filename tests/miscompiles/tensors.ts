/** Wrong canonical forms, layouts and precisions of tensor operations. */
import { tensorop } from '../../dialects/tensorop/index.ts';
import { tensoropPatterns } from '../../dialects/tensorop/patterns.ts';
import { f16, f32, type TensorType, type Value } from '../../ir/index.ts';
import { noMatch, pattern, type RewritePattern } from '../../rewrite/index.ts';
import { Random } from '../../tools/check/random.ts';
import { type Miscompile, only, peephole, tensors } from './miscompile.ts';

const { ops } = tensorop;
const { add, addBias, broadcast, mul, recip, div, relu, reshape, transpose, sub, max, reduceSum } = ops;
const shapeOf = (value: Value): readonly number[] => (value.type as TensorType).shape;

const wrong: readonly (readonly [area: string, pattern: RewritePattern, element: typeof f16 | typeof f32])[] = [
  [
    'layout',
    pattern('compose-transposes-backwards', transpose, ({ input, permutation, out }) => {
      const inner = input.definedBy(transpose);
      if (!inner) return noMatch('input is not a transpose');
      // Where the extents are not the same either way it would not even be a transpose of the right type.
      const composed = inner.permutation.map((d) => permutation[d] as number);
      const shape = composed.map((d) => shapeOf(inner.input)[d] as number);
      if (shape.join() !== shapeOf(out).join()) return noMatch('the extents show the mistake');
      return transpose({ input: inner.input, permutation: composed });
    }),
    f32,
  ],
  [
    'layout',
    pattern('transpose-by-reshape', transpose, ({ input, out }) => reshape({ input, shape: shapeOf(out) })),
    f32,
  ],
  [
    'order',
    pattern('activation-before-bias', relu, ({ input }) => {
      const sum = input.definedBy(addBias);
      if (!sum) return noMatch('input is not a sum with a bias');
      return addBias({ input: relu({ input: sum.input }), bias: sum.bias });
    }),
    f32,
  ],
  ['rounding', pattern('divide-by-reciprocal', div, ({ lhs, rhs }) => mul({ lhs, rhs: recip({ input: rhs }) })), f16],
  ['order', pattern('difference-as-sum', sub, ({ lhs, rhs }) => add({ lhs, rhs })), f32],
  ['saturation', pattern('maximum-of-first', max, ({ lhs }) => lhs), f16],
  [
    'order of accumulation',
    pattern('sum-of-sums', add, ({ lhs, rhs }) => {
      const inner = lhs.definedBy(add);
      return inner ? add({ lhs: inner.lhs, rhs: add({ lhs: inner.rhs, rhs }) }) : noMatch('no sum of a sum');
    }),
    f16,
  ],
];

/** Programs in which a pattern meets the operations in a row that it looks for. */
const programOf: Readonly<Record<string, (random: Random) => string>> = {
  'compose-transposes-backwards': (random) => {
    const permutation = (): string => random.pick(['0, 2, 1', '1, 0, 2', '1, 2, 0', '2, 0, 1', '2, 1, 0']);
    const type = 'tensor<3x3x3xf32>';
    return `func.func @main(%a: ${type}) -> ${type} {
      %0 = tensorop.transpose %a {permutation = array<i64: ${permutation()}>} : ${type} -> ${type}
      %1 = tensorop.transpose %0 {permutation = array<i64: ${permutation()}>} : ${type} -> ${type}
      return %1 : ${type}
    }`;
  },
  'activation-before-bias': (random) => {
    const [rows, columns] = [1 + random.below(4), 1 + random.below(4)];
    const type = `tensor<${rows}x${columns}xf32>`;
    return `func.func @main(%a: ${type}, %b: tensor<${columns}xf32>) -> ${type} {
      %0 = "tensorop.add_bias"(%a, %b) : (${type}, tensor<${columns}xf32>) -> ${type}
      %1 = "tensorop.relu"(%0) : (${type}) -> ${type}
      return %1 : ${type}
    }`;
  },
};
const neighbours = [add, addBias, broadcast, div, max, relu, reduceSum, reshape, sub, transpose];

/** The wrong rewrites of tensor operations, among the canonical patterns. */
export const tensorMiscompiles: readonly Miscompile[] = wrong.map(([area, one, element]) => ({
  name: `tensors, ${one.name}`,
  area,
  pipeline: only(peephole('canonical', [one, ...tensoropPatterns])),
  pass: 'canonical',
  pattern: one.name,
  program(at) {
    const made = programOf[one.name];
    return made ? made(new Random(3, at)) : tensors(element, ...neighbours)(at);
  },
}));
