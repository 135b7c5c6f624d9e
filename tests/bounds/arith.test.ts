/** Bounds through arithmetic on numbers: comparisons, choices, integers, scales; and through chains of operations. */
import { describe, expect, test } from 'vitest';
import { bounded, type Bounded, evaluateFunctionBounds, NdArray, newElements } from '../../interpreter/index.ts';
import { Context, f16, f32, f64, type FloatType, type Operation } from '../../ir/index.ts';
import { parseModule } from '../../ir/text/index.ts';
import { allDialects } from '../../tools/lists.ts';

const parsed = (body: string): Operation => {
  const module = parseModule(`func.func @main${body}`, new Context(allDialects));
  return module.region().entry?.operations[0] as Operation;
};
const array = (element: FloatType, shape: readonly number[], ...values: number[]): NdArray => {
  const data = newElements(element, values.length);
  for (const [at, x] of values.entries()) data[at] = x;
  return new NdArray(shape, element, data);
};
const off = (value: NdArray, by: number): Bounded =>
  bounded(value, new NdArray(value.shape, f64, new Float64Array(value.data.length).fill(by)));
const run = (body: string, inputs: readonly Bounded[]): readonly Bounded[] =>
  evaluateFunctionBounds(parsed(body), inputs);
const number = (element: FloatType, x: number, by = 0): Bounded => off(array(element, [], x), by);
const limit = (found: readonly Bounded[], at = 0): number => Number(found[at]?.bound.data[0]);

const limitsOf = (body: string, inputs: readonly Bounded[]): readonly number[] =>
  run(body, inputs).flatMap(({ bound }) => [...(bound.data as Float64Array)]);

describe('numbers', () => {
  test('a narrowing is half a unit, a directed one a whole', () => {
    const text = (mode: string): string => `(%x: f32) -> bf16 {
      %0 = arith.truncf %x ${mode} : f32 to bf16
      return %0 : bf16
    }`;
    expect(limit(run(text(''), [number(f32, 1.01)]))).toBeCloseTo(2 ** -8, 12);
    expect(limit(run(text('downward'), [number(f32, 1.01)]))).toBeCloseTo(2 ** -7, 12);
    expect(limit(run(text(''), [number(f32, 1.01, 0.25)]))).toBeCloseTo(0.25 + 2 ** -8, 12);
  });

  test('a comparison is certain where the intervals are apart, and so is the choice that it makes', () => {
    const body = `(%x: f32, %y: f32) -> (i1, f32) {
      %0 = arith.cmpf olt, %x, %y : f32
      %1 = arith.select %0, %x, %y : f32
      return %0, %1 : i1, f32
    }`;
    const apart = run(body, [number(f32, 1, 0.25), number(f32, 2, 0.5)]);
    expect(limit(apart)).toBe(0);
    expect(limit(apart, 1)).toBeCloseTo(0.25, 10);
    const near = run(body, [number(f32, 1, 0.25), number(f32, 1.5, 0.5)]);
    expect(limit(near)).toBeCloseTo(1, 10);
    // The reference may have taken y, which is at most 2.
    expect(limit(near, 1)).toBeGreaterThanOrEqual(1);
    expect(limit(near, 1)).toBeLessThan(1.001);
    expect(limit(run(body, [number(f32, 1), number(f32, 1)]))).toBe(0);
  });

  test('integers of inexact numbers are bounded, what is done with them is not', () => {
    const body = `(%x: f32) -> (i32, f32, i32) {
      %0 = arith.fptosi %x : f32 to i32
      %1 = arith.sitofp %0 : i32 to f32
      %2 = arith.addi %0, %0 : i32
      return %0, %1, %2 : i32, f32, i32
    }`;
    const inexact = run(body, [number(f32, 7.9, 0.2)]);
    expect(limit(inexact)).toBeCloseTo(1, 10);
    expect(limit(inexact, 2)).toBe(Infinity);
    expect(limit(inexact, 1)).toBeCloseTo(1, 5);
    const exact = run(body, [number(f32, 7.9)]);
    expect([limit(exact), limit(exact, 2)]).toEqual([0, 0]);
    expect(limit(exact, 1)).toBeLessThan(7 * 2 ** -23);
  });

  test('a scale must be exact', () => {
    const body = `(%x: f16, %s: f8E8M0FNU) -> f32 {
      %0 = arith.scaling_extf %x, %s : f16, f8E8M0FNU to f32
      return %0 : f32
    }`;
    const scale = (by: number): Bounded => off(new NdArray([], parsedScale, Float32Array.of(8)), by);
    expect(limit(run(body, [number(f16, 1.5, 0.25), scale(0)]))).toBeCloseTo(2, 4);
    expect(limit(run(body, [number(f16, 1.5, 0.25), scale(1)]))).toBe(Infinity);
  });

  test('a remainder jumps', () => {
    const body = `(%x: f32, %y: f32) -> f32 {
      %0 = arith.remf %x, %y : f32
      return %0 : f32
    }`;
    expect(limit(run(body, [number(f32, 5), number(f32, 3)]))).toBe(0);
    expect(limit(run(body, [number(f32, 6, 1e-6), number(f32, 3)]))).toBe(Infinity);
  });

  test('what is no straight line of arithmetic ends in a diagnostic', () => {
    const body = `(%x: f32) -> f32 {
      %0 = func.call @other(%x) : (f32) -> f32
      return %0 : f32
    }
    func.func @other(%x: f32) -> f32 { return %x : f32 }`;
    expect(() => run(body, [number(f32, 1)])).toThrow(/func\.call.*has no bound rule/);
  });
});

const parsedScale = (() => {
  const type = parsed('(%s: f8E8M0FNU) { return }').region().entry?.argument(0).type;
  return type as FloatType;
})();

describe('chains', () => {
  const softmax = (last: string): string => `(%x: tensor<2x4xf16>) -> tensor<2x4xf16> {
    %0 = tensorop.reduce_max %x : tensor<2x4xf16> -> tensor<2x1xf16>
    %1 = tensorop.broadcast %0 {shape = array<i64: 2, 4>} : tensor<2x1xf16> -> tensor<2x4xf16>
    %2 = tensorop.sub %x, %1 : tensor<2x4xf16>
    %3 = tensorop.exp %2 : tensor<2x4xf16>
    %4 = tensorop.reduce_sum %3 : tensor<2x4xf16> -> tensor<2x1xf16>
    ${last}
    return %9 : tensor<2x4xf16>
  }`;
  const wide = '%5 = tensorop.broadcast %4 {shape = array<i64: 2, 4>} : tensor<2x1xf16> -> tensor<2x4xf16>';
  const ways = [
    ['a quotient', `${wide}\n%9 = tensorop.div %3, %5 : tensor<2x4xf16>`],
    ['a reciprocal', `${wide}\n%6 = tensorop.recip %5 : tensor<2x4xf16>\n%9 = tensorop.mul %3, %6 : tensor<2x4xf16>`],
    [
      'a reciprocal first',
      `${wide}\n%6 = tensorop.recip %5 : tensor<2x4xf16>\n%9 = tensorop.mul %6, %3 : tensor<2x4xf16>`,
    ],
  ] as const;
  const logits = array(f16, [2, 4], 3, -1, 0.5, 2, 9, 9, -20, 4);

  test.each(ways)('softmax by %s is bounded by 1 however far its inputs are off', (_, last) => {
    for (const by of [0, 0.001, 0.1, 3, 1000]) {
      for (const one of limitsOf(softmax(last), [off(logits, by)]))
        expect(one).toBeLessThanOrEqual(by === 0 ? 0.002 : by === 0.001 ? 0.003 : 1.01);
    }
  });

  test('what only looks like softmax is not taken for it', () => {
    // The sum of one row divides the other row, whose shares may be anything.
    const swapped =
      softmax(`%5 = tensorop.slice %4 {offsets = array<i64: 1, 0>, sizes = array<i64: 1, 1>} : tensor<2x1xf16> -> tensor<1x1xf16>
      %6 = tensorop.broadcast %5 {shape = array<i64: 2, 4>} : tensor<1x1xf16> -> tensor<2x4xf16>
      %9 = tensorop.div %3, %6 : tensor<2x4xf16>`);
    expect(limitsOf(swapped, [off(logits, 3)])).toContain(Infinity);
    const turned = softmax(`%5 = tensorop.reshape %4 {shape = array<i64: 1, 2>} : tensor<2x1xf16> -> tensor<1x2xf16>
      %6 = tensorop.concat %5, %5 {axis = 1} : tensor<1x2xf16>, tensor<1x2xf16> -> tensor<1x4xf16>
      %7 = tensorop.broadcast %6 {shape = array<i64: 2, 4>} : tensor<1x4xf16> -> tensor<2x4xf16>
      %9 = tensorop.div %3, %7 : tensor<2x4xf16>`);
    expect(limitsOf(turned, [off(logits, 3)])).toContain(Infinity);
  });

  test('a variance is not negative, so that its root has a bound', () => {
    const body = `(%x: tensor<1x4xf16>) -> tensor<1x1xf16> {
      %e = tensorop.constant dense<1.0e-03> : tensor<1x1xf16>
      %q = tensorop.constant dense<2.5e-01> : tensor<1x1xf16>
      %0 = tensorop.mul %x, %x : tensor<1x4xf16>
      %1 = tensorop.reduce_sum %0 : tensor<1x4xf16> -> tensor<1x1xf16>
      %2 = tensorop.mul %1, %q : tensor<1x1xf16>
      %3 = tensorop.add %2, %e : tensor<1x1xf16>
      %4 = tensorop.rsqrt %3 : tensor<1x1xf16>
      return %4 : tensor<1x1xf16>
    }`;
    const [found] = run(body, [off(array(f16, [1, 4], 0.01, -0.02, 0, 0.01), 0.1)]);
    // At most 1/√0.001, whatever the numbers are.
    expect(Number(found?.bound.data[0])).toBeLessThan(33);
  });
});
