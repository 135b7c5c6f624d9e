import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binaryFunctions, comparisons, connectives, halfTable, type UnaryName } from '../../../interpreter/scalar.ts';
import { floatToHalf, halfToFloat } from '../../../ir/half.ts';
import {
  activation,
  comparison,
  cycleForms,
  elementwise,
  fills,
  pooling,
  reduction,
  selection,
  shape,
} from '../../../target-mlu/index.ts';
import { canonical, randomHalves, values } from './half-data.ts';
import { runHalves, runRows, step } from './run-rows.ts';

const seed = fc.integer();
const groups = fc.integer({ min: 1, max: 3 });
const check = (property: fc.IProperty<never> | fc.IRawProperty<unknown>): void => {
  fc.assert(property as fc.IRawProperty<unknown>, { numRuns: 6 });
};

type Pair = (x: number, y: number) => number;
const truth = (holds: boolean): number => (holds ? 1 : 0);
const meaning: Record<string, Pair> = {
  ...binaryFunctions,
  ...Object.fromEntries(Object.entries(comparisons).map(([n, f]) => [n, (x: number, y: number) => truth(f(x, y))])),
  ...Object.fromEntries(Object.entries(connectives).map(([n, f]) => [n, (x: number, y: number) => truth(f(x, y))])),
};
const pairRows = [...Object.values(elementwise), ...Object.values(comparison)].filter((row) => 'b' in row.fields);

describe.each(pairRows.map((row) => [row.mnemonic, row] as const))('%s', (mnemonic, row) => {
  test('is its scalar function on every element, rounded once', () => {
    check(
      fc.property(seed, groups, (s, n) => {
        const [a, b] = [randomHalves(s, 64 * n), randomHalves(s + 1, 64 * n)];
        const f = meaning[mnemonic.split('.')[0] as string] as Pair;
        const expected = Uint16Array.from(a, (x, i) => floatToHalf(f(halfToFloat(x), halfToFloat(b[i] as number))));
        const run = (dst: number): Uint16Array =>
          runHalves(
            [
              [0, a],
              [1024, b],
            ],
            [],
            [step(row, { dst, a: 0, b: 1024, count: 64 * n })],
            dst,
            64 * n,
          );
        expect(run(2048)).toEqual(expected);
        expect(run(0)).toEqual(expected);
        expect(run(1024)).toEqual(expected);
      }),
    );
  });
});

describe.each(Object.values(cycleForms).map((row) => [row.mnemonic, row] as const))('%s', (mnemonic, row) => {
  test('repeats its second operand', () => {
    check(
      fc.property(seed, groups, groups, (s, n, times) => {
        const [count, period] = [64 * n * times, 64 * n];
        const [a, b] = [randomHalves(s, count), randomHalves(s + 1, period)];
        const f = meaning[mnemonic.split('.')[0] as string] as Pair;
        const expected = Uint16Array.from(a, (x, i) =>
          floatToHalf(f(halfToFloat(x), halfToFloat(b[i % period] as number))),
        );
        const steps = [step(row, { dst: 4096, a: 0, b: 2048, count, period })];
        expect(
          runHalves(
            [
              [0, a],
              [2048, b],
            ],
            [],
            steps,
            4096,
            count,
          ),
        ).toEqual(expected);
      }),
    );
  });
});

describe.each(Object.entries(activation))('activation %s', (name, row) => {
  test('is the table of the scalar function', () => {
    check(
      fc.property(seed, (s) => {
        const src = randomHalves(s, 128);
        const expected = src.map((bits) => halfTable(name as UnaryName)[bits] as number);
        expect(runHalves([[0, src]], [], [step(row, { dst: 256, src: 0, count: 128 })], 256, 128)).toEqual(expected);
      }),
    );
  });
});

describe('other elementwise rows', () => {
  test('not, square, mul.const', () => {
    check(
      fc.property(seed, fc.integer({ min: 0, max: 65535 }), (s, constant) => {
        const src = randomHalves(s, 64);
        const one = (row: unknown, more = {}): Uint16Array =>
          runHalves([[0, src]], [], [step(row, { dst: 256, src: 0, count: 64, ...more })], 256, 64);
        expect(one(elementwise.not)).toEqual(src.map((x) => (halfToFloat(x) === 0 ? 0x3c00 : 0)));
        expect(one(elementwise.square)).toEqual(src.map((x) => floatToHalf(halfToFloat(x) ** 2)));
        const factor = halfToFloat(constant);
        expect(one(elementwise.mulConst, { constant })).toEqual(src.map((x) => floatToHalf(halfToFloat(x) * factor)));
      }),
    );
  });
  test('set and zero fill their elements and no others', () => {
    const before = new Uint8Array(1024).fill(7);
    const run = (row: unknown, operands: object): Uint8Array =>
      runRows([[0, before]], [], [step(row, { dst: 128, ...operands })], 0, 1024);
    const expected = (bytes: number[], count: number): Uint8Array => {
      const after = before.slice();
      for (let i = 0; i < count * bytes.length; i++) after[128 + i] = bytes[i % bytes.length] as number;
      return after;
    };
    expect(run(fills.setF16, { pattern: 0x3c01, count: 64 })).toEqual(expected([1, 0x3c], 64));
    expect(run(fills.setI16, { pattern: -2, count: 64 })).toEqual(expected([0xfe, 0xff], 64));
    expect(run(fills.setI32, { pattern: -3, count: 128 })).toEqual(expected([0xfd, 0xff, 0xff, 0xff], 128));
    expect(run(fills.setF32, { pattern: 0x3f800000, count: 64 })).toEqual(expected([0, 0, 0x80, 0x3f], 64));
    expect(run(fills.zero, { bytes: 64 })).toEqual(expected([0], 64));
  });
});

test('select, collect and count follow the mask', () => {
  check(
    fc.property(seed, (s) => {
      const [mask, a, b] = [randomHalves(s, 128, 0.6), randomHalves(s + 1, 128), randomHalves(s + 2, 128)];
      const memory = [
        [0, mask],
        [256, a],
        [512, b],
      ] as const;
      const isTrue = (i: number): boolean => halfToFloat(mask[i] as number) !== 0;
      const { select, collect, count } = selection;
      expect(
        runHalves(memory, [], [step(select, { dst: 768, mask: 0, a: 256, b: 512, count: 128 })], 768, 128),
      ).toEqual(a.map((x, i) => (isTrue(i) ? x : (b[i] as number))));
      const packed = Array.from(a).filter((_, i) => isTrue(i));
      expect(
        Array.from(runHalves(memory, [], [step(collect, { dst: 768, src: 256, mask: 0, count: 128 })], 768, 128)),
      ).toEqual([...packed, ...new Array<number>(128 - packed.length).fill(0)]);
      const total = runRows(memory, [], [step(count, { dst: 768, mask: 0, count: 128 })], 768, 4);
      expect(new Int32Array(total.buffer)[0]).toBe(packed.length);
    }),
  );
});

describe('reductions', () => {
  const naive = {
    Sum: (xs: number[]) => xs.reduce((total, x) => Math.fround(total + x), 0),
    Max: (xs: number[]) =>
      xs.reduce(
        (best, x) =>
          Number.isNaN(x) || Number.isNaN(best) ? NaN : x > best || (Object.is(best, -0) && x === 0) ? x : best,
        -Infinity,
      ),
    Min: (xs: number[]) =>
      xs.reduce(
        (best, x) =>
          Number.isNaN(x) || Number.isNaN(best) ? NaN : x < best || (Object.is(x, -0) && best === 0) ? x : best,
        Infinity,
      ),
  };
  test.each(['Sum', 'Max', 'Min'] as const)('%s over a vector, over rows, with index', (name) => {
    check(
      fc.property(seed, fc.integer({ min: 1, max: 5 }), fc.boolean(), (s, rows, special) => {
        const src = randomHalves(s, rows * 64, special ? 0.2 : 0);
        const fold = (part: Uint16Array): number => floatToHalf(naive[name](values(part)));
        const nram = [[0, src]] as const;
        expect(
          runHalves(nram, [], [step(reduction[`reduce${name}`], { dst: 1024, src: 0, count: 64 * rows })], 1024, 1),
        ).toEqual(Uint16Array.of(fold(src)));
        const operands = { dst: 1024, src: 0, rows, length: 64 };
        expect(runHalves(nram, [], [step(reduction[`reduce${name}Rows`], operands)], 1024, rows)).toEqual(
          Uint16Array.from({ length: rows }, (_, r) => fold(src.subarray(64 * r, 64 * r + 64))),
        );
        if (name === 'Sum') return;
        const found = runHalves(
          nram,
          [],
          [step(reduction[`reduce${name}Index`], { dst: 1024, src: 0, count: 64 * rows })],
          1024,
          2,
        );
        expect(Array.from(found)).toEqual([fold(src), canonical(src).indexOf(fold(src))]);
      }),
    );
  });
});

describe('pooling', () => {
  const sizes = fc
    .record({
      h: fc.integer({ min: 1, max: 6 }),
      w: fc.integer({ min: 1, max: 6 }),
      kh: fc.integer({ min: 1, max: 3 }),
      kw: fc.integer({ min: 1, max: 3 }),
      sx: fc.integer({ min: 1, max: 3 }),
      sy: fc.integer({ min: 1, max: 3 }),
    })
    .filter(({ h, w, kh, kw }) => kh <= h && kw <= w);
  const finish = {
    max: (xs: number[]) => Math.max(...xs),
    min: (xs: number[]) => Math.min(...xs),
    sum: (xs: number[]) => xs.reduce((total, x) => Math.fround(total + x), 0),
    avg: (xs: number[]) => Math.fround(xs.reduce((total, x) => Math.fround(total + x), 0) / xs.length),
  };
  test.each(['max', 'min', 'sum', 'avg'] as const)('%s', (name) => {
    check(
      fc.property(seed, sizes, (s, size) => {
        const { h, w, kh, kw, sx, sy } = size;
        const [c, oh, ow] = [64, Math.floor((h - kh) / sy) + 1, Math.floor((w - kw) / sx) + 1];
        const src = randomHalves(s, h * w * c, 0.02);
        const image = values(src);
        const expected: number[] = [];
        const places: number[] = [];
        for (let y = 0; y < oh; y++)
          for (let x = 0; x < ow; x++)
            for (let k = 0; k < c; k++) {
              const window: number[] = [];
              for (let r = 0; r < kh; r++)
                for (let t = 0; t < kw; t++) window.push(image[((y * sy + r) * w + x * sx + t) * c + k] as number);
              expected.push(floatToHalf(finish[name](window)));
              places.push(window.findIndex((v) => Object.is(v, finish[name](window))));
            }
        const operands = { dst: 8192, src: 0, c, ...size };
        expect(
          Array.from(runHalves([[0, src]], [], [step(pooling[`${name}pool`], operands)], 8192, oh * ow * c)),
        ).toEqual(expected);
        if (name === 'sum' || name === 'avg') return;
        expect(
          Array.from(runHalves([[0, src]], [], [step(pooling[`${name}poolIndex`], operands)], 8192, oh * ow * c)),
        ).toEqual(places);
      }),
    );
  });
});

describe('shape', () => {
  const border = fc.integer({ min: 0, max: 3 });
  test('pad surrounds the image', () => {
    check(
      fc.property(
        seed,
        groups,
        groups,
        fc.tuple(border, border, border, border),
        (s, h, w, [top, bottom, left, right]) => {
          const c = 64;
          const src = randomHalves(s, h * w * c);
          const [rows, columns] = [top + h + bottom, left + w + right];
          const expected = Array.from({ length: rows * columns * c }, (_, i) => {
            const [y, x] = [Math.floor(i / c / columns) - top, (Math.floor(i / c) % columns) - left];
            return y >= 0 && y < h && x >= 0 && x < w ? src[(y * w + x) * c + (i % c)] : 0xfbff;
          });
          const operands = { dst: 2048, src: 0, c, h, w, top, bottom, left, right, value: 0xfbff };
          expect(Array.from(runHalves([[0, src]], [], [step(shape.pad, operands)], 2048, expected.length))).toEqual(
            expected,
          );
        },
      ),
    );
  });
  test('transpose exchanges rows and columns', () => {
    check(
      fc.property(seed, groups, groups, (s, a, b) => {
        const [h, w] = [64 * a, 64 * b];
        const src = randomHalves(s, h * w);
        const expected = src.map((_, i) => src[(i % h) * w + Math.floor(i / h)] as number);
        expect(
          runHalves([[0, src]], [], [step(shape.transpose, { dst: 131072, src: 0, h, w })], 131072, h * w),
        ).toEqual(expected);
      }),
    );
  });
});
