import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expandExactly, expandInDoubles } from '../../../ir/decimal-text.ts';

const finite = (value: number): boolean => Number.isFinite(value) && value !== 0;
const floats = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true }).filter(finite),
  fc.float({ min: Math.fround(-10), max: 10, noNaN: true }).filter(finite),
  fc
    .integer({ min: -(2 ** 31), max: 2 ** 31 })
    .map(Math.fround)
    .filter(finite),
  fc.integer({ min: 1, max: 99_999 }).map((digits) => Math.fround(digits / 1000)),
  fc.integer({ min: -30, max: 30 }).map((power) => 2 ** power),
);

test('digits by doubles are those of the exact expansion', () => {
  let fast = 0;
  fc.assert(
    fc.property(floats, fc.constantFrom(6, 9), (value, precision) => {
      const digits = expandInDoubles(value, precision);
      if (digits === undefined) return;
      fast++;
      expect(digits).toEqual(expandExactly(value, precision));
    }),
    { numRuns: 20_000 },
  );
  expect(fast).toBeGreaterThan(10_000);
});
