/** Random instances of the operations that take integers. */
import fc from 'fast-check';
import { tensorop } from '../../../dialects/tensorop/index.ts';
import {
  f16,
  f32,
  i16,
  i32,
  i64,
  i8,
  integerRange,
  type IntegerType,
  integerType,
  type OpView,
  roundings,
  tensorType,
  type Value,
} from '../../../ir/index.ts';
import { NdArray, newElements, volume } from '../../../interpreter/index.ts';
import type { Maker } from './cases.ts';

/** Integers of a type, of which some are the ends of its range. */
const integerArray = (shape: readonly number[], element: IntegerType): fc.Arbitrary<NdArray> => {
  const [min, max] = integerRange(element.width);
  const any = fc.oneof(fc.bigInt({ min, max }), fc.constantFrom(min, max, 0n));
  const count = volume(shape);
  return fc.array(any, { minLength: count, maxLength: count }).map((values) => {
    const data = newElements(element, count);
    const isWide = data instanceof BigInt64Array;
    for (const [at, q] of values.entries()) data[at] = (isWide ? q : Number(q)) as never;
    return new NdArray(shape, element, data);
  });
};

/** An array of integers, and what is built of it. */
const ofIntegers =
  <T>(
    types: readonly IntegerType[],
    settings: fc.Arbitrary<T>,
    build: (input: Value, shape: readonly number[], setting: T) => OpView,
  ): Maker =>
  () =>
    fc
      .tuple(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }), fc.constantFrom(...types), settings)
      .chain(([shape, element, setting]) =>
        integerArray(shape, element).map((input) => ({
          types: [tensorType(shape, element)],
          inputs: [input],
          build: ([value]) => build(value as Value, shape, setting),
        })),
      );
/** Types that are requantised. */
export const integers = [i8, i16, i32, i64, integerType(5)];
/** Dequantisations of integers of some types. */
export const dequantizeOf = (...types: readonly IntegerType[]): Maker =>
  ofIntegers(
    types,
    fc.tuple(fc.integer({ min: -30, max: 10 }), fc.constantFrom(f32, f16)),
    (input, shape, [position, to]) => tensorop.ops.dequantize({ input, position, types: [tensorType(shape, to)] }),
  );
/** Requantisations of integers of some types. */
export const requantizeOf = (...types: readonly IntegerType[]): Maker =>
  ofIntegers(
    types,
    fc.tuple(fc.integer({ min: -5, max: 20 }), fc.constantFrom(...roundings), fc.constantFrom(...integers)),
    (input, shape, [shift, rounding, to]) =>
      tensorop.ops.requantize({ input, shift, rounding, types: [tensorType(shape, to)] }),
  );
