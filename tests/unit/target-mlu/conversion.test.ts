import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { floatToHalf, halfToFloat } from '../../../ir/half.ts';
import { control, conversion, copies, stridedCopies } from '../../../target-mlu/index.ts';
import { random, randomHalves, values } from './half-data.ts';
import { runHalves, runRows, step } from './run-rows.ts';

const seed = fc.integer();
const check = (property: unknown): void => {
  fc.assert(property as fc.IRawProperty<unknown>, { numRuns: 12 });
};

describe('conversions', () => {
  const modes = ['down', 'up', 'zero', 'away', 'nearest'] as const;
  const sorted = Array.from({ length: 0x7c01 }, (_, bits) => halfToFloat(bits));
  /** The half for `x` by looking at all of them. */
  const narrowed = (x: number, mode: (typeof modes)[number]): number => {
    if (Number.isNaN(x)) return NaN;
    const size = Math.abs(x);
    const above = sorted.findIndex((half) => half >= size);
    const sign = x < 0 || Object.is(x, -0) ? -1 : 1;
    if (sorted[above] === size) return sign * size;
    const [low, high] = [sorted[above - 1] as number, sorted[above] as number];
    const outward = { down: x < 0, up: x > 0, zero: false, away: true, nearest: false }[mode];
    const wide = high === Infinity ? 65536 : high;
    const nearest = size - low < wide - size || (size - low === wide - size && (above - 1) % 2 === 0) ? low : high;
    return sign * (mode === 'nearest' ? nearest : outward ? high : low);
  };
  test.each(modes)('float to half, %s', (rounding) => {
    check(
      fc.property(fc.array(fc.float(), { minLength: 64, maxLength: 64 }), fc.integer(), (floats, s) => {
        const next = random(s);
        const src = Float32Array.from(floats, (x, i) => (i < 32 ? x : (next() - 0.5) * 2 ** (next() * 40 - 24)));
        const found = runHalves(
          [[0, src]],
          [],
          [step(conversion.narrow, { dst: 256, src: 0, count: 64, rounding })],
          256,
          64,
        );
        expect(values(found)).toEqual(Array.from(src, (x) => narrowed(x, rounding)));
      }),
    );
  });
  test('half to float is exact', () => {
    const src = randomHalves(1, 128, 0.3);
    const found = runRows([[0, src]], [], [step(conversion.widen, { dst: 256, src: 0, count: 128 })], 256, 512);
    expect(Array.from(new Float32Array(found.buffer))).toEqual(values(src));
  });
  test.each([8, 16] as const)('half to int%i and back', (bits) => {
    check(
      fc.property(seed, fc.integer({ min: -20, max: 10 }), fc.constantFrom(...modes), (s, position, rounding) => {
        const src = randomHalves(s, 64, 0.2);
        const limit = 2 ** (bits - 1);
        const round = (x: number): number => {
          const [low, high] = [Math.floor(x), Math.ceil(x)];
          if (low === high) return x;
          const even = low % 2 === 0 ? low : high;
          const nearest = x - low < 0.5 ? low : x - low > 0.5 ? high : even;
          return { down: low, up: high, zero: Math.trunc(x), away: x < 0 ? low : high, nearest }[rounding];
        };
        const q = values(src).map((x) =>
          Number.isNaN(x) ? 0 : Math.max(-limit, Math.min(limit - 1, round(x * 2 ** -position))) + 0,
        );
        const to = conversion[`toInt${bits}`];
        const from = conversion[`fromInt${bits}`];
        const found = runRows(
          [[0, src]],
          [],
          [step(to, { dst: 256, src: 0, count: 64, position, rounding })],
          256,
          8 * bits,
        );
        const integersFound = bits === 8 ? new Int8Array(found.buffer) : new Int16Array(found.buffer);
        expect(Array.from(integersFound)).toEqual(q);
        const back = runHalves(
          [[256, integersFound]],
          [],
          [step(from, { dst: 512, src: 256, count: 64, position })],
          512,
          64,
        );
        expect(Array.from(back)).toEqual(q.map((x) => floatToHalf(x * 2 ** position)));
      }),
    );
  });
});

describe('copies', () => {
  test('a strided copy gathers and scatters runs', () => {
    check(
      fc.property(
        seed,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 0, max: 5 }),
        (s, bytes, gap, srcstride, further) => {
          const src = new Uint8Array(randomHalves(s, 256).buffer);
          const expected = new Uint8Array(512).fill(9);
          for (let i = 0; i <= further; i++)
            for (let b = 0; b < bytes; b++) {
              expected[i * (bytes + gap) + b] = src[i * srcstride + b] as number;
            }
          const move = { dst: 1024, src: 0, bytes, dststride: bytes + gap, srcstride, further };
          const steps = [step(stridedCopies.moveStrideNramNram, move)];
          expect(
            runRows(
              [
                [0, src],
                [1024, new Uint8Array(512).fill(9)],
              ],
              [],
              steps,
              1024,
              512,
            ),
          ).toEqual(expected);
        },
      ),
    );
  });
  test('weights and neurons pass through every memory unchanged', () => {
    const src = randomHalves(5, 64);
    const bytes = 128;
    const sync = step(control.sync);
    const way = [
      step(copies.moveWramNram, { dst: 64, src: 0, bytes }),
      sync,
      step(copies.storeLdramWram, { dst: 128, src: 64, bytes }),
      step(copies.loadNramLdram, { dst: 256, src: 128, bytes }),
      sync,
      step(copies.storeLdramNram, { dst: 512, src: 256, bytes }),
      step(copies.loadWramLdram, { dst: 1024, src: 512, bytes }),
      sync,
      step(copies.moveNramWram, { dst: 640, src: 1024, bytes }),
      sync,
    ];
    expect(runHalves([[0, src]], [], way, 640, 64)).toEqual(src);
  });
});
