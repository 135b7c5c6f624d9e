import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { errorFunction } from '../../interpreter/error-function.ts';
import {
  binaryFunctions,
  exactUnary,
  halfTable,
  unaryFunctions,
  type UnaryName,
  unarySingle,
} from '../../interpreter/scalar.ts';
import { floatToHalf, halfNaN, halfToFloat, halfValues, narrowToHalf, roundToHalf } from '../../ir/half.ts';

const all = Array.from({ length: 65536 }, (_, bits) => bits);
const isNaNBits = (bits: number): boolean => (bits & 0x7fff) > 0x7c00;
const finite = all.filter((bits) => (bits & 0x7fff) < 0x7c00);

/** The double next to `x` towards +∞ (`step` 1) or -∞ (-1). */
function neighbour(x: number, step: 1 | -1): number {
  const cell = new Float64Array([x]);
  const bits = new BigInt64Array(cell.buffer);
  if (x === 0) return step * Number.MIN_VALUE;
  bits[0] = (bits[0] as bigint) + BigInt(x > 0 ? step : -step);
  return cell[0] as number;
}

describe('half', () => {
  test('values agree with the definition read off DataView-free arithmetic', () => {
    expect([0x3c00, 0xc000, 0x7bff, 0x0001, 0x0400].map(halfToFloat)).toEqual([1, -2, 65504, 2 ** -24, 2 ** -14]);
    expect(halfToFloat(0x7c00)).toBe(Infinity);
    expect(halfToFloat(0x8000)).toBe(-0);
  });
  test('every half narrows to itself, every NaN to one', () => {
    for (const bits of all) expect(floatToHalf(halfToFloat(bits))).toBe(isNaNBits(bits) ? halfNaN : bits);
  });
  test('every tie goes to even, and the doubles just beside it to their side', () => {
    for (const bits of finite) {
      const positive = bits < 0x8000;
      const value = halfToFloat(bits);
      const outer = (bits & 0x7fff) === 0x7bff ? (positive ? 65536 : -65536) : halfToFloat(bits + 1);
      const tie = (value + outer) / 2;
      const outwards = positive ? 1 : -1;
      if (floatToHalf(tie) !== (bits & 1 ? bits + 1 : bits)) throw new Error(`tie ${tie}`);
      if (floatToHalf(neighbour(tie, outwards)) !== bits + 1) throw new Error(`beyond ${tie}`);
      if (floatToHalf(neighbour(tie, -outwards as 1 | -1)) !== bits) throw new Error(`before ${tie}`);
    }
  });
  test('any double goes to the nearest half', () => {
    const sorted = finite.map(halfToFloat).sort((a, b) => a - b);
    fc.assert(
      fc.property(fc.double({ min: -70000, max: 70000, noNaN: true }), (x) => {
        const found = roundToHalf(x);
        const error = Math.abs(found - x);
        if (Math.abs(x) >= 65520) expect(Math.abs(found)).toBe(Infinity);
        else expect(sorted.every((half) => Math.abs(half - x) >= error)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
  test('overflow, underflow and extremes', () => {
    expect(
      [1e300, -Infinity, 65519.999, 2 ** -25, neighbour(2 ** -25, 1), -Number.MIN_VALUE, NaN].map(floatToHalf),
    ).toEqual([0x7c00, 0xfc00, 0x7bff, 0, 1, 0x8000, 0x7e00]);
  });
  test('arrays narrow as single numbers do', () => {
    const singles = Float32Array.from({ length: 4096 }, (_, i) => Math.fround(Math.sin(i) * 2 ** ((i % 60) - 40)));
    const halves = new Uint16Array(4100);
    narrowToHalf(singles, 4096, halves, 3);
    expect(Array.from(halves.subarray(3, 4099))).toEqual(Array.from(singles, floatToHalf));
  });
});

describe('unary functions', () => {
  const inexact = (Object.keys(unaryFunctions) as UnaryName[]).filter((name) => !exactUnary.includes(name));
  test.each(inexact)('%s: no double result is so near to a tie that its error could change the half', (name) => {
    for (const bits of all) {
      const y = unaryFunctions[name](halfValues[bits] as number);
      if (!Number.isFinite(y) || y === 0) continue;
      const magnitude = floatToHalf(Math.abs(y));
      const value = (half: number): number => (half === 0x7c00 ? 65536 : halfToFloat(half));
      for (const next of [magnitude + 1, magnitude - 1]) {
        if (next < 0 || next > 0x7c00) continue;
        const distance = Math.abs(Math.abs(y) - (value(next) + value(magnitude)) / 2);
        if (!(distance > Math.abs(y) * 2 ** -40)) throw new Error(`${name}(${halfValues[bits]}) = ${y}`);
      }
    }
  });
  test('stated values', () => {
    const at = (name: UnaryName, x: number): number => halfToFloat(halfTable(name)[floatToHalf(x)] as number);
    expect(at('relu', -0)).toBe(0);
    expect(at('relu', NaN)).toBeNaN();
    expect(at('relu', -Infinity)).toBe(0);
    expect(at('sigmoid', 0)).toBe(0.5);
    expect(at('sigmoid', -Infinity)).toBe(0);
    expect(at('recip', -0)).toBe(-Infinity);
    expect(at('log', 0)).toBe(-Infinity);
    expect(at('sqrt', -1)).toBeNaN();
    expect(at('gelu', -Infinity)).toBe(-0);
    expect(at('gelu', Infinity)).toBe(Infinity);
    expect(at('gelu', 1)).toBe(roundToHalf(0.8413447460685429));
    expect(at('gelu', -3)).toBe(roundToHalf(-0.00404969409489031));
    expect(unarySingle('exp', 1)).toBe(Math.fround(Math.E));
  });
  test('every table has NaN exactly where the function has', () => {
    for (const name of Object.keys(unaryFunctions) as UnaryName[]) {
      const table = halfTable(name);
      for (const bits of all) {
        if (Number.isNaN(unaryFunctions[name](halfValues[bits] as number)) !== (table[bits] === halfNaN))
          throw new Error(`${name} ${bits}`);
      }
    }
  });
  test('the error function meets its tabulated values', () => {
    const table = [
      [0.1, 0.1124629160182849],
      [0.5, 0.5204998778130465],
      [1, 0.8427007929497149],
      [2, 0.9953222650189527],
      [2.5, 0.999593047982555],
      [3, 0.9999779095030014],
    ];
    for (const [x, y] of table as [number, number][]) {
      expect(Math.abs(errorFunction(x) - y)).toBeLessThan(1e-14);
      expect(errorFunction(-x)).toBe(-errorFunction(x));
    }
  });
});

test('binary functions: NaN propagates, -0 is below +0', () => {
  const { max, min } = binaryFunctions;
  expect(max(-0, 0)).toBe(0);
  expect(max(0, -0)).toBe(0);
  expect(min(0, -0)).toBe(-0);
  expect(max(NaN, 1)).toBeNaN();
  expect(min(1, NaN)).toBeNaN();
});
