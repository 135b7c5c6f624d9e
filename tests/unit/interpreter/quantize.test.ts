/** Fixed point: the statements of scalars against whole numbers, and each other, and what arrays make of them. */
import { describe, expect, test } from 'vitest';
import { tensorop } from '../../../dialects/tensorop/index.ts';
import {
  dequantize,
  holdsIntegers,
  i1,
  i32,
  i64,
  i8,
  integerRange,
  integerType,
  type IntegerType,
  nameLocation,
  quantize,
  requantize,
  roundings,
  roundToHalf,
  shifted,
  tensorType,
  within,
} from '../../../ir/index.ts';
import { Evaluator, NdArray, newElements, tensoropSemantics } from '../../../interpreter/index.ts';
import { newContext } from './program.ts';

const all = (bits: number): readonly number[] => Array.from({ length: 2 ** bits }, (_, at) => at - 2 ** (bits - 1));
/** The quotient that each rounding takes, told by what is left rather than by how it is computed. */
const isRight = (q: number, unit: number, to: number, rounding: (typeof roundings)[number]): boolean => {
  const rest = q - to * unit;
  const isOutside = q !== 0 && rest !== 0 && Math.sign(rest) === -Math.sign(q);
  switch (rounding) {
    case 'down':
      return rest >= 0 && rest < unit;
    case 'up':
      return rest <= 0 && rest > -unit;
    case 'zero':
      return Math.abs(rest) < unit && !isOutside;
    case 'away':
      return Math.abs(rest) < unit && (rest === 0 || isOutside);
    case 'nearest':
      return 2 * Math.abs(rest) < unit || (2 * Math.abs(rest) === unit && to % 2 === 0);
  }
};

describe('requantising a number', () => {
  test.each(roundings)('%s, by what is left', (rounding) => {
    for (const q of all(10))
      for (let shift = 0; shift <= 12; shift++) {
        const to = Number(shifted(BigInt(q), shift, rounding));
        expect(isRight(q, 2 ** shift, to, rounding), `${q} by ${shift} gives ${to}`).toBe(true);
      }
  });

  test.each(roundings)('%s, is quantising the number itself', (rounding) => {
    for (const q of all(9))
      for (const shift of [-127, -20, -9, -2, -1, 0, 1, 2, 3, 8, 9, 10, 40, 127])
        for (const bits of [1, 2, 7, 8, 16])
          expect(quantize(dequantize(q, 3), shift + 3, bits, rounding), `${q} by ${shift} to ${bits} bits`).toBe(
            Number(requantize(BigInt(q), shift, bits, rounding)),
          );
  });

  test('more digits than the type has go to its ends, zero stays', () => {
    for (let bits = 1; bits <= 64; bits++) {
      const [least, most] = integerRange(bits);
      expect(requantize(-1n, -127, bits, 'nearest')).toBe(least);
      expect(requantize(1n, -127, bits, 'nearest')).toBe(most);
      expect(requantize(0n, -127, bits, 'up')).toBe(0n);
      expect(requantize(least, 0, bits, 'zero')).toBe(least);
      expect(requantize(most, 0, bits, 'zero')).toBe(most);
    }
  });
});

test('NaN is 0, infinities are the ends', () => {
  for (const rounding of roundings) {
    expect(quantize(Number.NaN, 0, 8, rounding)).toBe(0);
    expect(quantize(Infinity, 127, 8, rounding)).toBe(127);
    expect(quantize(-Infinity, 127, 16, rounding)).toBe(-32768);
    expect(Object.is(quantize(-0, 0, 8, rounding), 0)).toBe(true);
  }
});

test('a format holds every integer at a position exactly where it says so', () => {
  const rounds = { f16: roundToHalf, f32: Math.fround } as const;
  for (const format of ['f16', 'f32'] as const)
    for (const bits of [1, 2, 8, 11, 12])
      for (let position = -155; position <= 130; position++) {
        const exact = all(bits).every((q) => rounds[format](dequantize(q, position)) === dequantize(q, position));
        expect(holdsIntegers(format, bits, position), `i${bits} at ${position} in ${format}`).toBe(exact);
      }
});

describe('arrays', () => {
  const run = (from: IntegerType, to: IntegerType, values: readonly bigint[], shift: number): readonly unknown[] => {
    const context = newContext();
    const block = context.newBlock([tensorType([values.length], from)]);
    const { operation } = within(context, nameLocation('here'), () =>
      tensorop.ops.requantize({
        input: block.argument(0),
        shift,
        rounding: 'up',
        types: [tensorType([values.length], to)],
      }),
    );
    const data = newElements(from, values.length);
    for (const [at, q] of values.entries()) data[at] = (data instanceof BigInt64Array ? q : Number(q)) as never;
    const [result] = new Evaluator([tensoropSemantics]).apply(operation, [new NdArray([values.length], from, data)]);
    return [...(result as NdArray).data];
  };

  test('64 bits are more than a double holds', () => {
    const most = (1n << 63n) - 1n;
    expect(run(i64, i64, [most, most - 1n, -most], 0)).toEqual([most, most - 1n, -most]);
    expect(run(i64, i32, [most, 3n, -3n], 1)).toEqual([2 ** 31 - 1, 2, -1]);
    expect(run(i32, i64, [-5n], -40)).toEqual([-5n << 40n]);
  });

  test('an integer of one bit is −1 or 0', () => {
    expect(run(i1, i8, [1n, 0n], -2)).toEqual([-4, 0]);
    expect(run(i8, i1, [-7n, -1n, 0n, 9n], 0)).toEqual([1, 1, 0, 0]);
    expect(run(integerType(5), i1, [-16n, 15n], 5)).toEqual([0, 0]);
  });
});
