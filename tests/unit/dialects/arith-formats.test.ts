/** Numbers of every floating-point format, judged by what the real mlir-opt folds. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bitsInFormat,
  type Direction,
  formatOf,
  numberInFormat,
  roundToFormat,
} from '../../../interpreter/float-format.ts';
import { bitsOf, f16, f32, f64, bf16, type FloatName, floatNames } from '../../../ir/index.ts';
import { judge, mlirOpt, mlirOptMissing } from '../../mlir-opt.ts';

if (mlirOpt === undefined) mlirOptMissing();

const held = floatNames.filter((name) => name !== 'f80' && name !== 'f128');
const small = held.filter((name) => formatOf(name).width <= 8);
const everyNumber = (name: FloatName): readonly number[] =>
  Array.from({ length: 2 ** formatOf(name).width }, (_, bits) => numberInFormat(BigInt(bits), name));

describe('bits', () => {
  test.each(small)('every number of %s has its own bits', (name) => {
    for (const [bits, x] of everyNumber(name).entries())
      if (!Number.isNaN(x)) expect(bitsInFormat(x, name), `${x}`).toBe(BigInt(bits));
  });

  test('those of the stored types are those of the core', () => {
    fc.assert(
      fc.property(fc.constantFrom(f16, bf16, f32, f64), fc.double(), (type, x) => {
        const rounded = roundToFormat(x, type.name);
        expect(bitsInFormat(rounded, type.name)).toBe(bitsOf(x, type));
        expect(numberInFormat(bitsOf(x, type), type.name)).toBe(rounded);
      }),
      { numRuns: 500 },
    );
  });
});

describe('rounding', () => {
  test('in single precision is what the machine does', () => {
    fc.assert(
      fc.property(fc.double(), (x) => {
        expect(roundToFormat(x, 'f32')).toBe(Math.fround(x));
        expect(roundToFormat(x, 'f64')).toBe(x);
      }),
      { numRuns: 500 },
    );
  });

  test.each(small)('to %s leaves its own numbers, and meets the neighbours of the others', (name) => {
    const numbers = [...new Set(everyNumber(name).filter((x) => Number.isFinite(x)))].sort((a, b) => a - b);
    const directions: readonly Direction[] = [
      'to_nearest_even',
      'downward',
      'upward',
      'toward_zero',
      'to_nearest_away',
    ];
    for (const [at, x] of numbers.entries()) {
      for (const direction of directions) expect(roundToFormat(x, name, direction)).toBe(x);
      const next = numbers[at + 1];
      if (next === undefined) continue;
      const third = x + (next - x) / 3;
      expect(roundToFormat(third, name, 'downward') + 0).toBe(x + 0);
      expect(roundToFormat(third, name, 'upward') + 0).toBe(next + 0);
      expect(roundToFormat(third, name, 'toward_zero') + 0).toBe((x < 0 ? next : x) + 0);
      expect(roundToFormat(third, name) + 0).toBe(x + 0);
      const middle = x + (next - x) / 2;
      expect(roundToFormat(middle, name, 'to_nearest_away') + 0).toBe(x < 0 ? x : next);
    }
  });

  test.each([
    ['f16', 'upward', 1e6, Infinity],
    ['f16', 'downward', 1e6, 65504],
    ['f16', 'downward', -1e6, -Infinity],
    ['f16', 'toward_zero', -1e6, -65504],
    ['f8E4M3FN', 'to_nearest_even', 464, 448],
    ['f8E4M3FN', 'to_nearest_even', 465, Number.NaN],
    ['f4E2M1FN', 'to_nearest_even', 100, 6],
    ['f8E8M0FNU', 'to_nearest_even', 0, 2 ** -127],
  ] as const)('to %s, %s, of %d is %d', (name, direction, x, expected) => {
    expect(roundToFormat(x, name, direction)).toBe(expected);
  });
});

/** What mlir-opt makes of `x op y`, for each pair. */
function folded(name: FloatName, op: string, pairs: readonly (readonly [number, number])[]): readonly number[] {
  const literal = (x: number): string => `0x${(bitsInFormat(x, name) as bigint).toString(16).toUpperCase()} : ${name}`;
  const lines = pairs.map(
    ([x, y], at) =>
      `%x${at} = arith.constant ${literal(x)} %y${at} = arith.constant ${literal(y)} ` +
      `%r${at} = arith.${op} %x${at}, %y${at} : ${name}`,
  );
  const results = pairs.map((_, at) => `%r${at}`).join(', ');
  const types = pairs.map(() => name).join(', ');
  const { stdout } = judge(
    ['--canonicalize'],
    `func.func @f() -> (${types}) {\n${lines.join('\n')}\nreturn ${results} : ${types}\n}`,
  );
  const constants = new Map([...stdout.matchAll(/(%\w+) = arith\.constant (\S+) :/g)].map(([, id, x]) => [id, x]));
  const [, returned] = /return (.*) :/.exec(stdout) ?? [];
  return (returned ?? '').split(', ').map((id) => {
    const text = constants.get(id) ?? '';
    // Decimals have six digits, more than enough to tell the numbers of a format apart.
    return text.startsWith('0x') ? numberInFormat(BigInt(text), name) : roundToFormat(Number(text), name);
  });
}

describe.skipIf(mlirOpt === undefined)('as upstream folds', () => {
  const meanings = {
    addf: (x: number, y: number) => x + y,
    subf: (x: number, y: number) => x - y,
    mulf: (x: number, y: number) => x * y,
  };
  // A number without a sign has no difference, and upstream stores a NaN as 0 where there is none.
  test.each(small.filter((name) => name !== 'f8E8M0FNU'))('sums, differences and products of %s', (name) => {
    const numbers = everyNumber(name).filter((x) => Number.isFinite(x));
    const pairs = Array.from({ length: 200 }, (_, at) => {
      const [x, y] = [numbers[(at * 37) % numbers.length], numbers[(at * 101 + 7) % numbers.length]];
      return [x, y] as [number, number];
    });
    for (const [op, f] of Object.entries(meanings))
      expect(folded(name, op, pairs)).toEqual(pairs.map(([x, y]) => roundToFormat(f(x, y), name)));
  });
});
