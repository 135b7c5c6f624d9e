/** What is declared of fixed point: half a unit, a whole one in a direction, what saturation cuts off, and nothing else. */
import { describe, expect, test } from 'vitest';
import { bounded, type Bounded, boundOf, evaluateFunctionBounds, NdArray } from '../../interpreter/index.ts';
import { Context, f16, f32, f64, i8, type Operation } from '../../ir/index.ts';
import { parseModule } from '../../ir/text/index.ts';
import { allDialects } from '../../tools/lists.ts';

const parsed = (body: string): Operation => {
  const module = parseModule(`func.func @main${body}`, new Context(allDialects));
  return module.region().entry?.operations[0] as Operation;
};
const numbers = (values: readonly number[], by: number, element: typeof f16 | typeof f32 = f32): Bounded => {
  const shape = [values.length];
  return bounded(
    new NdArray(shape, element, Float32Array.from(values)),
    new NdArray(shape, f64, new Float64Array(values.length).fill(by)),
  );
};
const run = (body: string, input: Bounded): { readonly values: number[]; readonly bounds: number[] } => {
  const [found] = evaluateFunctionBounds(parsed(body), [input]);
  if (!found) throw new Error('the function gives a value');
  return { values: [...(found.value.data as Int8Array)], bounds: [...(found.bound.data as Float64Array)] };
};
const quantize = (rounding: string, count: number, element = 'f32'): string =>
  `(%x: tensor<${count}x${element}>) -> tensor<${count}xi8> {
    %0 = tensorop.quantize %x {position = -1, rounding = "${rounding}"} : tensor<${count}x${element}> -> tensor<${count}xi8>
    return %0 : tensor<${count}xi8>
  }`;
const near = (expected: readonly number[]): unknown => expected.map((x) => expect.closeTo(x, 9));

describe('quantise', () => {
  test('declares half a unit to nearest, a unit in a direction; the integer itself is in units', () => {
    const input = numbers([0.25, 1, -3.3], 0);
    expect(run(quantize('nearest', 3), input)).toEqual({ values: [0, 2, -7], bounds: near([0.5, 0.5, 0.5]) });
    for (const rounding of ['down', 'up', 'zero', 'away'])
      expect(run(quantize(rounding, 3), input).bounds).toEqual(near([1, 1, 1]));
  });

  test('is off by what its operand is off, in units', () => {
    expect(run(quantize('nearest', 1), numbers([5], 0.75)).bounds).toEqual(near([0.5 + 1.5]));
  });

  test('beyond the range it is off by what is cut off', () => {
    const { values, bounds } = run(quantize('nearest', 4), numbers([100, -100, 63.5, Number.POSITIVE_INFINITY], 0));
    expect(values).toEqual([127, -128, 127, 127]);
    expect(bounds).toEqual([...(near([73, 72, 0.5]) as unknown[]), Infinity]);
  });

  test('of what may be no number nothing is claimed', () => {
    expect(run(quantize('nearest', 1), numbers([Number.NaN], 0))).toEqual({ values: [0], bounds: [Infinity] });
    expect(run(quantize('nearest', 1), numbers([1], Infinity)).bounds).toEqual([Infinity]);
  });

  test('a reference that rounds too may be a whole integer away', () => {
    // 0.2 is 0 and 0.3 is 1, though they are only a fifth of a unit apart.
    expect(run(quantize('nearest', 1), numbers([0.2], 0.1)).bounds).toEqual(near([1]));
  });

  test('a wrong result does not justify itself', () => {
    const operation = parsed(quantize('nearest', 1)).region().entry?.first as Operation;
    const wrong = new NdArray([1], i8, Int8Array.of(90));
    expect([...(boundOf(operation, [numbers([5], 0)], wrong).data as Float64Array)]).toEqual(near([0.5]));
  });
});

test('through a requantisation and back', () => {
  const body = `(%x: tensor<3xf16>) -> tensor<3xf16> {
    %0 = tensorop.quantize %x {position = -4} : tensor<3xf16> -> tensor<3xi16>
    %1 = tensorop.requantize %0 {shift = 2, rounding = "down"} : tensor<3xi16> -> tensor<3xi8>
    %2 = tensorop.dequantize %1 {position = -2} : tensor<3xi8> -> tensor<3xf16>
    return %2 : tensor<3xf16>
  }`;
  const { values, bounds } = run(body, numbers([1, 1.1875, 100], 0, f16));
  expect(values).toEqual([1, 1, 31.75]);
  // Half of 1/16, and a quarter; at the end 100 − 31.75 beside the first half unit.
  expect(bounds).toEqual(near([0.28125, 0.28125, 68.28125]));
});

test('more digits lose nothing, and bytes at a position that halves have are exact', () => {
  const body = `(%x: tensor<2xi8>) -> tensor<2xf16> {
    %0 = tensorop.requantize %x {shift = -3} : tensor<2xi8> -> tensor<2xi16>
    %1 = tensorop.requantize %0 {shift = 0} : tensor<2xi16> -> tensor<2xi8>
    %2 = tensorop.dequantize %1 {position = -24} : tensor<2xi8> -> tensor<2xf16>
    return %2 : tensor<2xf16>
  }`;
  const bytes = bounded(new NdArray([2], i8, Int8Array.of(15, 16)));
  const { values, bounds } = run(body, bytes);
  expect(values).toEqual([120 * 2 ** -24, 127 * 2 ** -24]);
  expect(bounds).toEqual(near([0, 2 ** -24]));
});
