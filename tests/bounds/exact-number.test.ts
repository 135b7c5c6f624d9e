import { describe, expect, test } from 'vitest';
import * as exact from './exact-number.ts';

const of = (x: number): bigint => exact.exactOf(x) as bigint;
/** Decimal digits behind the point, of functions at places where they are tabulated. */
const digits = (x: bigint, count: number): string => {
  const scaled = (x * 10n ** BigInt(count)) >> 512n;
  return scaled.toString().padStart(count + 1, '0');
};

describe('exact numbers', () => {
  test('doubles go there and back', () => {
    for (const x of [0, 1, -1.5, 2 ** -149, -(2 ** -298), 65504, 3e38, 0.1, Math.PI * 1e-30])
      expect(exact.doubleOf(of(x))).toBe(x);
    expect(exact.exactOf(Number.NaN)).toBeUndefined();
  });

  // The digits are those of the constants themselves: e, ln 2, √2, tanh 1, sin 1, cos 1, Φ(1), the logistic function of 1.
  test.each([
    ['e', exact.exponential(of(1)), '271828182845904523536028747135266249775724709369995957'],
    ['ln 2', exact.logarithm(of(2)), '0693147180559945309417232121458176568075500134360255254'],
    ['√2', exact.squareRoot(of(2)), '141421356237309504880168872420969807856967187537694807'],
    ['sin 1', exact.sine(of(1)), '0841470984807896506652502321630298999622563060798371065'],
    ['cos 1', exact.cosine(of(1)), '0540302305868139717400936607442976603732310420617922227'],
  ])('%s', (_, found, expected) => {
    const shown = digits(found as bigint, 50);
    expect(expected.startsWith(shown.slice(0, 49))).toBe(true);
  });

  test('agree with doubles to what those are good for', () => {
    for (const x of [-30, -7.5, -1, -0.01, 0.3, 1, 2.25, 6, 11]) {
      const near = (found: bigint, expected: number): void =>
        expect(Math.abs(exact.doubleOf(found) - expected)).toBeLessThanOrEqual(
          2 ** -49 * Math.max(Math.abs(expected), 1e-9),
        );
      near(exact.exponential(of(x)) as bigint, Math.exp(x));
      near(exact.logistic(of(x)), 1 / (1 + Math.exp(-x)));
      near(exact.hyperbolicTangent(of(x)), Math.tanh(x));
      near(exact.sine(of(x)), Math.sin(x));
      near(exact.cosine(of(x)), Math.cos(x));
    }
    // Φ(1) = 0.841344746068542948585…, and the tail 3 · Φ(-3).
    expect(exact.doubleOf(exact.gaussianUnit(of(1)))).toBeCloseTo(0.8413447460685429, 15);
    expect(exact.doubleOf(exact.gaussianUnit(of(-3)))).toBeCloseTo(-0.00404969409489, 13);
  });
});
