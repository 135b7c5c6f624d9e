/** Facts that the definitions in the dialects' README files state, each by an example that another definition fails. */
import { describe, expect, test } from 'vitest';
import { graph } from '../../../dialects/graph/index.ts';
import { scf } from '../../../dialects/scf/index.ts';
import { tensorop } from '../../../dialects/tensorop/index.ts';
import {
  f16,
  f32,
  type FloatType,
  nameLocation,
  type OpView,
  tensorType,
  type Value,
  within,
} from '../../../ir/index.ts';
import {
  Evaluator,
  graphSemantics,
  NdArray,
  rounding,
  semantics,
  tensoropSemantics,
} from '../../../interpreter/index.ts';
import { newContext } from './program.ts';

const evaluators = [
  new Evaluator([graphSemantics, tensoropSemantics]),
  new Evaluator([graphSemantics, tensoropSemantics], { kernels: 'reference' }),
];
const array = (shape: readonly number[], values: readonly number[], element: FloatType = f32): NdArray =>
  new NdArray(shape, element, Float32Array.from(values, rounding(element)));
/** The elements of the result, from the kernel and from the meaning, which agree. */
function run(inputs: readonly NdArray[], build: (values: readonly Value[]) => OpView): number[] {
  const types = inputs.map(({ shape, element }) => tensorType(shape, element));
  const { operation } = within(newContext(), nameLocation('example'), () =>
    build(newContext().newBlock(types).arguments),
  );
  const [fast, reference] = evaluators.map((evaluator) => [
    ...((evaluator.apply(operation, inputs)[0] as NdArray).data as Float32Array),
  ]);
  expect(fast).toEqual(reference);
  return fast as number[];
}
const big = 2 ** 24;
const one = (values: readonly Value[], at = 0): Value => values[at] as Value;

describe('graph level', () => {
  test('conv: sums over (kh, kw, c), so that the order of channels and taps shows in the rounding', () => {
    // Terms in order (s, c): 2^24, 1, −2^24, 1 → ((2^24 + 1) − 2^24) + 1 = 1; in order (c, s) it would be 2^24 − 2^24 + 1 + 1 = 2.
    const image = array([1, 2, 1, 2], [big, -big, 1, 1]);
    const filter = array([1, 2, 1, 2], [1, 1, 1, 1]);
    expect(run([image, filter], (v) => graph.ops.conv({ image: one(v), filter: one(v, 1) }))).toEqual([1]);
  });

  test('conv: padding is zeros that are multiplied, so an infinite weight outside makes a NaN', () => {
    const [image, filter] = [array([1, 1, 1, 1], [1]), array([1, 1, 1, 3], [Infinity, 2, 0])];
    expect(
      run([image, filter], (v) => graph.ops.conv({ image: one(v), filter: one(v, 1), pads: [0, 1, 0, 1] })),
    ).toEqual([Number.NaN]);
  });

  test('conv: the bias is added after the sum with a rounding of its own', () => {
    const [image, filter, bias] = [array([1, 1, 1, 2], [big, 1]), array([1, 1, 1, 2], [1, 1]), array([1], [1])];
    expect(
      run([image, filter, bias], (v) => graph.ops.conv({ image: one(v), filter: one(v, 1), bias: one(v, 2) })),
    ).toEqual([big]);
  });

  test('conv: groups take their own channels, strides, dilations and pads of each side count', () => {
    const image = array([1, 2, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
    const filter = array([2, 1, 2, 1], [1, 10, 1, 10]);
    const result = run([image, filter], (v) =>
      graph.ops.conv({
        image: one(v),
        filter: one(v, 1),
        group: 2,
        strides: [1, 2],
        dilations: [2, 1],
        pads: [1, 0, 0, 0],
      }),
    );
    // Rows −1 and 1, then 0 and 2; columns 0 and 2.
    expect(result).toEqual([40, 60, 71, 93, 400, 600, 710, 930]);
  });

  test('gemm: the product is scaled and rounded before the addend comes', () => {
    const result = run([array([1, 2], [1, 2]), array([2, 2], [3, 5, 4, 6]), array([2], [100, 200])], (v) =>
      graph.ops.gemm({ lhs: one(v), rhs: one(v, 1), addend: one(v, 2), transB: true, alpha: 2, beta: 0.5 }),
    );
    expect(result).toEqual([76, 132]);
    expect(
      run([array([1, 1], [big]), array([1, 1], [1]), array([1], [1])], (v) =>
        graph.ops.gemm({ lhs: one(v), rhs: one(v, 1), addend: one(v, 2), alpha: 0.5 }),
      ),
    ).toEqual([2 ** 23 + 1]);
  });

  test('average_pool: taps outside do not count unless they are asked to', () => {
    const image = array([1, 1, 2, 2], [1, 2, 3, 6]);
    const pool = (count_include_pad: boolean) =>
      run([image], (v) =>
        graph.ops.averagePool({
          image: one(v),
          kernel: [2, 2],
          strides: [2, 2],
          pads: [1, 1, 1, 1],
          count_include_pad,
        }),
      );
    expect(pool(false)).toEqual([1, 2, 3, 6]);
    expect(pool(true)).toEqual([0.25, 0.5, 0.75, 1.5]);
  });

  test('max_pool: padding is not looked at, a NaN wins, +0 is above −0', () => {
    const pool = (values: readonly number[]) =>
      run([array([1, 1, 1, 2], values)], (v) =>
        graph.ops.maxPool({ image: one(v), kernel: [1, 2], pads: [0, 1, 0, 0] }),
      );
    expect(pool([-5, -3])).toEqual([-5, -3]);
    expect(pool([Number.NaN, 1])).toEqual([Number.NaN, Number.NaN]);
    expect(pool([-0, 0])).toEqual([-0, 0]);
  });

  test('softmax: the largest is taken away first, so that large numbers do not overflow', () => {
    const result = run([array([2, 2], [1000, 1000, 0, Math.log(3)])], (v) =>
      graph.ops.softmax({ input: one(v), axis: 1 }),
    );
    expect(result.slice(0, 2)).toEqual([0.5, 0.5]);
    expect(result[3]).toBeCloseTo(0.75, 6);
  });

  test('add repeats in both directions', () => {
    expect(
      run([array([2, 1], [1, 2]), array([1, 3], [10, 20, 30])], (v) => graph.ops.add({ lhs: one(v), rhs: one(v, 1) })),
    ).toEqual([11, 21, 31, 12, 22, 32]);
  });
});

describe('tensor-op level', () => {
  test('matmul in half keeps its sum in single precision and rounds once', () => {
    // 2048 + 1 is a tie in half; kept in single, a second 1 makes 2050.
    const [lhs, rhs] = [array([1, 3], [2048, 1, 1], f16), array([3, 1], [1, 1, 1], f16)];
    expect(run([lhs, rhs], (v) => tensorop.ops.matmul({ lhs: one(v), rhs: one(v, 1) }))).toEqual([2050]);
  });

  test('depthwise_conv2d rounds every sum to half when it accumulates there', () => {
    const [image, filter] = [array([1, 1, 3, 1], [2048, 1, 1], f16), array([1, 3, 1], [1, 1, 1], f16)];
    const sum = (accumulator: 'f16' | 'f32') =>
      run([image, filter], (v) => tensorop.ops.depthwiseConv2d({ image: one(v), filter: one(v, 1), accumulator }));
    expect([sum('f16'), sum('f32')]).toEqual([[2048], [2050]]);
  });

  test('cast and unary functions round to nearest even', () => {
    expect(
      run([array([4], [2049, 2051, 65520, 1e-8])], (v) =>
        tensorop.ops.cast({ input: one(v), types: [tensorType([4], f16)] }),
      ),
    ).toEqual([2048, 2052, Infinity, 0]);
    expect(run([array([3], [3, -0, 0], f16)], (v) => tensorop.ops.recip({ input: one(v) }))).toEqual([
      0.333251953125,
      -Infinity,
      Infinity,
    ]);
    expect(run([array([2], [-0, Number.NaN])], (v) => tensorop.ops.relu({ input: one(v) }))).toEqual([0, Number.NaN]);
  });

  test('reduce_sum adds in order; clip rounds its limits to the type', () => {
    expect(run([array([1, 3], [big, 1, -big])], (v) => tensorop.ops.reduceSum({ input: one(v) }))).toEqual([0]);
    expect(
      run([array([2], [-1, 9], f16)], (v) => tensorop.ops.clip({ input: one(v), low: Math.fround(0.1), high: 2049 })),
    ).toEqual([0.0999755859375, 9]);
  });
});

test('leaving out the meaning of an operation does not compile', () => {
  // @ts-expect-error: `if` and `yield` are missing
  expect(() => semantics(scf, { for: () => ({ results: [] }) })).not.toThrow();
});
