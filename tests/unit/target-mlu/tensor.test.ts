import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { floatToHalf } from '../../../ir/half.ts';
import { convolution, finishing, product } from '../../../target-mlu/index.ts';
import { random, randomHalves, values } from './half-data.ts';
import { runHalves, runRows, step } from './run-rows.ts';

const seed = fc.integer();
const window = fc
  .record({
    h: fc.integer({ min: 1, max: 5 }),
    w: fc.integer({ min: 1, max: 6 }),
    kh: fc.integer({ min: 1, max: 3 }),
    kw: fc.integer({ min: 1, max: 3 }),
    sx: fc.integer({ min: 1, max: 2 }),
    sy: fc.integer({ min: 1, max: 3 }),
    cin: fc.constantFrom(64, 128),
    cout: fc.constantFrom(64, 128),
  })
  .filter(({ h, w, kh, kw }) => kh <= h && kw <= w);
type Sizes = Readonly<Record<'h' | 'w' | 'kh' | 'kw' | 'sx' | 'sy' | 'cin' | 'cout', number>>;
const check = (property: unknown): void => {
  fc.assert(property as fc.IRawProperty<unknown>, { numRuns: 12 });
};

/** Σ over (kh, kw, cin) with `add` after each product, for every output. */
function naive(
  sizes: Sizes,
  src: ArrayLike<number>,
  kernel: ArrayLike<number>,
  add: (sum: number, product: number) => number,
): number[] {
  const { h, w, kh, kw, sx, sy, cin, cout } = sizes;
  const [oh, ow] = [Math.floor((h - kh) / sy) + 1, Math.floor((w - kw) / sx) + 1];
  const out: number[] = [];
  for (let y = 0; y < oh; y++)
    for (let x = 0; x < ow; x++)
      for (let o = 0; o < cout; o++) {
        let sum = 0;
        for (let r = 0; r < kh; r++)
          for (let t = 0; t < kw; t++)
            for (let c = 0; c < cin; c++) {
              const a = src[((y * sy + r) * w + x * sx + t) * cin + c] as number;
              sum = add(sum, a * (kernel[((o * kh + r) * kw + t) * cin + c] as number));
            }
        out.push(sum);
      }
  return out;
}

const single = (sum: number, x: number): number => Math.fround(sum + Math.fround(x));
const exact = (sum: number, x: number): number => sum + x;

/** Zeroes all channels of [.., channels] data from `live` on, as padding does. */
function padChannels<A extends Uint16Array | Int8Array | Int16Array>(data: A, channels: number, live: number): A {
  for (let i = 0; i < data.length; i++) if (i % channels >= live) data[i] = 0;
  return data;
}

describe('half convolution', () => {
  test('sums in order in single precision, one rounding', () => {
    check(
      fc.property(
        seed,
        window,
        fc.constantFrom(0, 0, 0.001),
        fc.constantFrom(1, 3, 64, 128),
        (s, sizes, special, live) => {
          const { h, w, kh, kw, cin, cout } = sizes;
          const src = padChannels(randomHalves(s, h * w * cin, special, true), cin, live);
          const kernel = padChannels(randomHalves(s + 1, cout * kh * kw * cin, special, true), cin, live);
          if (s % 2) kernel.fill(0, 5 * kh * kw * cin);
          const expected = naive(sizes, values(src), values(kernel), single).map(floatToHalf);
          const dst = 16384;
          const found = runHalves(
            [[0, src]],
            [[128, kernel]],
            [step(convolution.convF16, { dst, src: 0, kernel: 128, ...sizes })],
            dst,
            expected.length,
          );
          expect(Array.from(found)).toEqual(expected);
        },
      ),
    );
  });
  test('a sum split over the kernel and over blocks of channels keeps every bit', () => {
    check(
      fc.property(seed, window, (s, sizes) => {
        const { h, w, kh, kw, sx, sy, cin, cout } = sizes;
        const src = randomHalves(s, h * w * cin, 0.001, true);
        const kernel = randomHalves(s + 1, cout * kh * kw * cin, 0.001, true);
        const [oh, ow] = [Math.floor((h - kh) / sy) + 1, Math.floor((w - kw) / sx) + 1];
        const [acc, dst] = [32768, 262144];
        const steps = [];
        for (let r = 0; r < kh; r++)
          for (let t = 0; t < kw; t++)
            for (let c = 0; c < cin; c += 64) {
              steps.push(
                step(convolution.convPartialF16, {
                  acc,
                  src: 2 * ((r * w + t) * cin + c),
                  kernel: 2 * ((r * kw + t) * cin + c),
                  cin: 64,
                  h: (oh - 1) * sy + 1,
                  w: (ow - 1) * sx + 1,
                  kh: 1,
                  kw: 1,
                  sx,
                  sy,
                  cout,
                  rowstride: 2 * w * cin,
                  pixelstride: 2 * cin,
                  kernelstride: 2 * kh * kw * cin,
                  phase: r + t + c === 0 ? 'clear' : 'accumulate',
                }),
              );
            }
        steps.push(step(finishing.finishF16, { dst, acc, count: oh * ow * cout, position: 0 }));
        const sums = naive(sizes, values(src), values(kernel), single);
        const carried = runRows([[0, src]], [[0, kernel]], steps.slice(0, -1), acc, 4 * sums.length);
        expect(Array.from(new Float32Array(carried.buffer))).toEqual(sums);
        const found = runHalves([[0, src]], [[0, kernel]], steps, dst, sums.length);
        expect(Array.from(found)).toEqual(sums.map(floatToHalf));
      }),
    );
  });
  test('a carried sum of -0 meets a padding channel as the definition says', () => {
    const sums = new Float32Array(64).fill(-0);
    const [src, kernel] = [new Uint16Array(64), new Uint16Array(64 * 64)];
    const operands = {
      acc: 256,
      src: 0,
      kernel: 0,
      m: 1,
      k: 64,
      n: 64,
      rowstride: 128,
      kernelstride: 128,
      phase: 'accumulate',
    };
    const found = runRows(
      [
        [0, src],
        [256, sums],
      ],
      [[0, kernel]],
      [step(product.mlpPartialF16, operands)],
      256,
      256,
    );
    expect(Array.from(new Float32Array(found.buffer))).toEqual(new Array<number>(64).fill(0));
  });
  test('a zero that meets infinity or NaN is not left out', () => {
    const src = new Uint16Array(64);
    const kernel = new Uint16Array(64 * 64);
    kernel[3 * 64 + 63] = 0x7c00;
    const found = runHalves(
      [[0, src]],
      [[0, kernel]],
      [step(product.mlpF16, { dst: 256, src: 0, kernel: 0, m: 1, k: 64, n: 64 })],
      256,
      64,
    );
    expect(Array.from(found, (bits) => bits === 0x7e00)).toEqual(Array.from({ length: 64 }, (_, n) => n === 3));
  });
});

const integers = (kind: typeof Int8Array | typeof Int16Array, s: number, count: number): Int8Array | Int16Array => {
  const next = random(s);
  const data = new kind(count);
  const range = 2 ** (8 * data.BYTES_PER_ELEMENT);
  for (let i = 0; i < count; i++) data[i] = next() < 0.02 ? -range / 2 : Math.floor(next() * range);
  return data;
};
const saturate = (x: number): number => floatToHalf(Math.max(-65504, Math.min(65504, x)));

describe.each([
  [
    'int8',
    Int8Array,
    convolution.convI8,
    convolution.convPartialI8,
    finishing.finishI8,
    product.mlpI8,
    product.mlpPartialI8,
    4,
  ],
  [
    'int16',
    Int16Array,
    convolution.convI16,
    convolution.convPartialI16,
    finishing.finishI16,
    product.mlpI16,
    product.mlpPartialI16,
    8,
  ],
] as const)('%s', (_, kind, conv, convPartial, finish, mlp, mlpPartial, sumBytes) => {
  test('convolution is exact, scaled, rounded once and saturated; also with carried sums', () => {
    check(
      fc.property(
        seed,
        window,
        fc.integer({ min: -30, max: 2 }),
        fc.constantFrom(2, 128),
        (s, sizes, position, live) => {
          const { h, w, kh, kw, cin, cout, sx, sy } = sizes;
          const src = padChannels(integers(kind, s, h * w * cin), cin, live);
          const kernel = integers(kind, s + 1, cout * kh * kw * cin);
          const size = src.BYTES_PER_ELEMENT;
          const expected = naive(sizes, src, kernel, exact).map((sum) => saturate(sum * 2 ** position));
          const [acc, dst] = [16384, 262144];
          const whole = step(conv, { dst, src: 0, kernel: 0, ...sizes, position });
          expect(Array.from(runHalves([[0, src]], [[0, kernel]], [whole], dst, expected.length))).toEqual(expected);
          const split = [0, 1]
            .filter((half) => half === 0 || kh > 1)
            .map((half) =>
              step(convPartial, {
                acc,
                src: half * size * w * cin,
                kernel: half * size * kw * cin,
                cin,
                kw,
                sx,
                sy,
                cout,
                w,
                h: h - kh + (half === 0 ? 1 : kh - 1),
                kh: half === 0 ? 1 : kh - 1,
                rowstride: size * w * cin,
                pixelstride: size * cin,
                kernelstride: size * kh * kw * cin,
                phase: half ? 'accumulate' : 'clear',
              }),
            );
          if ((size * w * cin) % 128 !== 0) return;
          const steps = [...split, step(finish, { dst, acc, count: expected.length, position })];
          expect(Array.from(runHalves([[0, src]], [[0, kernel]], steps, dst, expected.length))).toEqual(expected);
        },
      ),
    );
  });
  test('matrix product', () => {
    check(
      fc.property(
        seed,
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom(64, 192),
        fc.integer({ min: -30, max: 0 }),
        (s, m, k, position) => {
          const [src, kernel] = [integers(kind, s, m * k), integers(kind, s + 1, 64 * k)];
          const sizes = { h: m, w: 1, kh: 1, kw: 1, sx: 1, sy: 1, cin: k, cout: 64 };
          const expected = naive(sizes, src, kernel, exact).map((sum) => saturate(sum * 2 ** position));
          const operands = { dst: 65536, src: 0, kernel: 0, m, k, n: 64, position };
          expect(Array.from(runHalves([[0, src]], [[0, kernel]], [step(mlp, operands)], 65536, 64 * m))).toEqual(
            expected,
          );
          const size = src.BYTES_PER_ELEMENT;
          if ((size * k) % 128 !== 0) return;
          const steps = Array.from({ length: k / 64 }, (_, i) =>
            step(mlpPartial, {
              acc: 8192,
              src: size * 64 * i,
              kernel: size * 64 * i,
              m,
              k: 64,
              n: 64,
              rowstride: size * k,
              kernelstride: size * k,
              phase: i === 0 ? 'clear' : 'accumulate',
            }),
          ).filter((_, i) => (size * 64 * i) % 128 === 0);
          if (steps.length !== k / 64) return;
          expect(sumBytes).toBe(size * 4);
          const all = [...steps, step(finish, { dst: 65536, acc: 8192, count: 64 * m, position })];
          expect(Array.from(runHalves([[0, src]], [[0, kernel]], all, 65536, 64 * m))).toEqual(expected);
        },
      ),
    );
  });
});

test('half matrix product', () => {
  check(
    fc.property(seed, fc.integer({ min: 1, max: 9 }), fc.constantFrom(64, 192), (s, m, k) => {
      const [src, kernel] = [randomHalves(s, m * k, 0.001, true), randomHalves(s + 1, 128 * k, 0.001, true)];
      const sizes = { h: m, w: 1, kh: 1, kw: 1, sx: 1, sy: 1, cin: k, cout: 128 };
      const sums = naive(sizes, values(src), values(kernel), single);
      const partial = {
        acc: 65536,
        src: 0,
        kernel: 0,
        m,
        k,
        n: 128,
        rowstride: 2 * k,
        kernelstride: 2 * k,
        phase: 'clear',
      };
      const carried = runRows(
        [[0, src]],
        [[0, kernel]],
        [step(product.mlpPartialF16, partial)],
        65536,
        4 * sums.length,
      );
      expect(Array.from(new Float32Array(carried.buffer))).toEqual(sums);
      const expected = sums.map(floatToHalf);
      const operands = { dst: 65536, src: 0, kernel: 0, m, k, n: 128 };
      expect(
        Array.from(runHalves([[0, src]], [[0, kernel]], [step(product.mlpF16, operands)], 65536, 128 * m)),
      ).toEqual(expected);
    }),
  );
});
