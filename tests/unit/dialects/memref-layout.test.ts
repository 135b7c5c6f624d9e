import { describe, expect, test } from 'vitest';
import { type Strides, stridesOf } from '../../../dialects/memref/index.ts';
import { hasIdentityLayout, layoutSymbols, stridedLayout } from '../../../dialects/memref/layout.ts';
import { affineMapAttribute, dynamic, f32, memrefType, stridedAttribute } from '../../../ir/index.ts';

const mapped = (shape: readonly number[], body: string): Strides | undefined =>
  stridesOf(memrefType(shape, f32, affineMapAttribute(body)));

describe('strides and offset', () => {
  test.each([
    [[], []],
    [[4], [1]],
    [
      [2, 3, 4],
      [12, 4, 1],
    ],
    [
      [4, dynamic, 3],
      [undefined, 3, 1],
    ],
    [
      [dynamic, 4],
      [4, 1],
    ],
    // Nothing is told across a dimension without elements.
    [
      [4, 0, 3],
      [undefined, 3, 1],
    ],
  ])('of contiguous elements %j are %j', (shape, strides) => {
    expect(stridesOf(memrefType(shape, f32))).toEqual({ strides, offset: 0 });
  });

  test('of a strided layout are what it says', () => {
    expect(stridesOf(memrefType([4, 4], f32, stridedAttribute([dynamic, 1], dynamic)))).toEqual({
      strides: [undefined, 1],
      offset: undefined,
    });
  });

  test('of -1 are numbers, not unknown', () => {
    const given = { strides: [-1, undefined, 2], offset: -1 };
    const layout = stridedLayout(given);
    expect(layout.text).toBe('strided<[-1, ?, 2], offset: -1>');
    expect(stridesOf(memrefType([1, 2, 3], f32, layout))).toEqual(given);
  });

  test.each([
    ['(d0, d1) -> (d0 * 5 + d1 + 7)', [5, 1], 7],
    ['(d0, d1)[s0] -> ((d0 * 4 + d1) * 3 - s0)', [12, 3], undefined],
    ['(d0, d1)[s0, s1] -> (d0 * s0 + d1 * (s1 floordiv 2) + 7)', [undefined, undefined], 7],
    ['(d0, d1) -> (d0 - d1 * 2)', [1, -2], 0],
    ['(d0, d1) -> (-d0 + 3)', [-1, 0], 3],
    ['() -> (3)', [], 3],
  ])('of the map %s', (body, strides, offset) => {
    expect(
      mapped(
        strides.map(() => 4),
        body,
      ),
    ).toEqual({ strides, offset });
  });

  test.each([
    '(d0, d1) -> (d0 * 4 + d1 mod 2)',
    '(d0, d1)[s0] -> (d0 * 4 + d1 + s0 floordiv 2)',
    '(d0, d1) -> (d0 + d1, d0)',
    '(d0) -> ()',
  ])('are none for the map %s', (body) => {
    expect(mapped([4, 4], body)).toBeUndefined();
  });
});

test('a contiguous dimension is the identity, with or without its stride', () => {
  const strided = (strides: readonly number[], offset = 0) => memrefType([8], f32, stridedAttribute(strides, offset));
  expect(hasIdentityLayout(memrefType([8], f32))).toBe(true);
  expect(hasIdentityLayout(strided([1]))).toBe(true);
  expect(hasIdentityLayout(strided([2]))).toBe(false);
  expect(hasIdentityLayout(strided([1], 3))).toBe(false);
});

test('an allocation gives the numbers that its layout leaves open', () => {
  expect(layoutSymbols(memrefType([4, 4], f32))).toBe(0);
  expect(layoutSymbols(memrefType([4, 4], f32, stridedAttribute([dynamic, 1], dynamic)))).toBe(2);
  expect(layoutSymbols(memrefType([4, 4], f32, affineMapAttribute('(d0, d1)[s0, s1] -> (d0, d1)')))).toBe(2);
  expect(layoutSymbols(memrefType([4], f32, stridedLayout({ strides: [-1], offset: undefined })))).toBe(1);
});
