import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { floatToHalf, halfToFloat } from '../../../ir/half.ts';
import { control, conversion, convolution, copies, finishing, product, stridedCopies } from '../../../target-mlu/index.ts';
import { random, randomHalves, values } from './half-data.ts';
import { runHalves, runRows, step } from './run-rows.ts';

const seed = fc.integer();
const window = fc.record({
  h: fc.integer({ min: 1, max: 5 }), w: fc.integer({ min: 1, max: 6 }), kh: fc.integer({ min: 1, max: 3 }),
  kw: fc.integer({ min: 1, max: 3 }), sx: fc.integer({ min: 1, max: 2 }), sy: fc.integer({ min: 1, max: 3 }),
  cin: fc.constantFrom(64, 128), cout: fc.constantFrom(64, 128),
}).filter(({ h, w, kh, kw }) => kh <= h && kw <= w);
type Sizes = Readonly<Record<'h' | 'w' | 'kh' | 'kw' | 'sx' | 'sy' | 'cin' | 'cout', number>>;
const check = (property: unknown): void => {
  fc.assert(property as fc.IRawProperty<unknown>, { numRuns: 12 });
};

/** Σ over (kh, kw, cin) with `add` after each product, for every output. */
function naive(sizes: Sizes, src: ArrayLike<number>, kernel: ArrayLike<number>, add: (sum: number, product: number) => number): number[] {
  const { h, w, kh, kw, sx, sy, cin, cout } = sizes;
  const [oh, ow] = [Math.floor((h - kh) / sy) + 1, Math.floor((w - kw) / sx) + 1];
  const out: number[] = [];
  for (let y = 0; y < oh; y++) for (let x = 0; x < ow; x++) for (let o = 0; o < cout; o++) {
    let sum = 0;
    for (let r = 0; r < kh; r++) for (let t = 0; t < kw; t++) for (let c = 0; c < cin; c++) {
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
    check(fc.property(seed, window, fc.constantFrom(0, 0, 0.001), fc.constantFrom(1, 3, 64, 128), (s, sizes, special, live) => {
      const { h, w, kh, kw, cin, cout } = sizes;
      const src = padChannels(randomHalves(s, h * w * cin, special, true), cin, live);
      const kernel = padChannels(randomHalves(s + 1, cout * kh * kw * cin, special, true), cin, live);
      if (s % 2) kernel.fill(0, 5 * kh * kw * cin);
      const expected = naive(sizes, values(src), values(kernel), single).map(floatToHalf);
      const dst = 16384;
      const found = runHalves([[0, src]], [[128, kernel]], [step(convolution.convF16, { dst, src: 0, kernel: 128, ...sizes })], dst, expected.length);
      expect(Array.from(found)).toEqual(expected);
    }));
  });
  test('a sum split over the kernel and over blocks of channels keeps every bit', () => {
    check(fc.property(seed, window, (s, sizes) => {
      const { h, w, kh, kw, sx, sy, cin, cout } = sizes;
      const src = randomHalves(s, h * w * cin, 0.001, true);
      const kernel = randomHalves(s + 1, cout * kh * kw * cin, 0.001, true);
      const [oh, ow] = [Math.floor((h - kh) / sy) + 1, Math.floor((w - kw) / sx) + 1];
      const [acc, dst] = [32768, 262144];
      const steps = [];
      for (let r = 0; r < kh; r++) for (let t = 0; t < kw; t++) for (let c = 0; c < cin; c += 64) {
        steps.push(step(convolution.convPartialF16, {
          acc, src: 2 * ((r * w + t) * cin + c), kernel: 2 * ((r * kw + t) * cin + c), cin: 64,
          h: (oh - 1) * sy + 1, w: (ow - 1) * sx + 1, kh: 1, kw: 1, sx, sy, cout,
          rowstride: 2 * w * cin, pixelstride: 2 * cin, kernelstride: 2 * kh * kw * cin, phase: r + t + c === 0 ? 'clear' : 'accumulate',
        }));
      }
      steps.push(step(finishing.finishF16, { dst, acc, count: oh * ow * cout, position: 0 }));
      const expected = naive(sizes, values(src), values(kernel), single).map(floatToHalf);
      expect(Array.from(runHalves([[0, src]], [[0, kernel]], steps, dst, expected.length))).toEqual(expected);
    }));
  });
  test('a carried sum of -0 meets a padding channel as the definition says', () => {
    const sums = new Float32Array(64).fill(-0);
    const [src, kernel] = [new Uint16Array(64), new Uint16Array(64 * 64)];
    const operands = { acc: 256, src: 0, kernel: 0, m: 1, k: 64, n: 64, rowstride: 128, kernelstride: 128, phase: 'accumulate' };
    const found = runRows([[0, src], [256, sums]], [[0, kernel]], [step(product.mlpPartialF16, operands)], 256, 256);
    expect(Array.from(new Float32Array(found.buffer))).toEqual(new Array<number>(64).fill(0));
  });
  test('a zero that meets infinity or NaN is not left out', () => {
    const src = new Uint16Array(64);
    const kernel = new Uint16Array(64 * 64);
    kernel[3 * 64 + 63] = 0x7c00;
    const found = runHalves([[0, src]], [[0, kernel]], [step(product.mlpF16, { dst: 256, src: 0, kernel: 0, m: 1, k: 64, n: 64 })], 256, 64);
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
  ['int8', Int8Array, convolution.convI8, convolution.convPartialI8, finishing.finishI8, product.mlpI8, product.mlpPartialI8, 4],
  ['int16', Int16Array, convolution.convI16, convolution.convPartialI16, finishing.finishI16, product.mlpI16, product.mlpPartialI16, 8],
] as const)('%s', (_, kind, conv, convPartial, finish, mlp, mlpPartial, sumBytes) => {
  test('convolution is exact, scaled, rounded once and saturated; also with carried sums', () => {
    check(fc.property(seed, window, fc.integer({ min: -30, max: 2 }), fc.constantFrom(2, 128), (s, sizes, position, live) => {
      const { h, w, kh, kw, cin, cout, sx, sy } = sizes;
      const src = padChannels(integers(kind, s, h * w * cin), cin, live);
      const kernel = integers(kind, s + 1, cout * kh * kw * cin);
      const size = src.BYTES_PER_ELEMENT;
      const expected = naive(sizes, src, kernel, exact).map((sum) => saturate(sum * 2 ** position));
      const [acc, dst] = [16384, 262144];
      const whole = step(conv, { dst, src: 0, kernel: 0, ...sizes, position });
      expect(Array.from(runHalves([[0, src]], [[0, kernel]], [whole], dst, expected.length))).toEqual(expected);
      const split = [0, 1].filter((half) => half === 0 || kh > 1).map((half) => step(convPartial, {
        acc, src: half * size * w * cin, kernel: half * size * kw * cin, cin, kw, sx, sy, cout, w,
        h: h - kh + (half === 0 ? 1 : kh - 1), kh: half === 0 ? 1 : kh - 1,
        rowstride: size * w * cin, pixelstride: size * cin, kernelstride: size * kh * kw * cin, phase: half ? 'accumulate' : 'clear',
      }));
      if ((size * w * cin) % 128 !== 0) return;
      const steps = [...split, step(finish, { dst, acc, count: expected.length, position })];
      expect(Array.from(runHalves([[0, src]], [[0, kernel]], steps, dst, expected.length))).toEqual(expected);
    }));
  });
  test('matrix product', () => {
    check(fc.property(seed, fc.integer({ min: 1, max: 6 }), fc.constantFrom(64, 192), fc.integer({ min: -30, max: 0 }), (s, m, k, position) => {
      const [src, kernel] = [integers(kind, s, m * k), integers(kind, s + 1, 64 * k)];
      const sizes = { h: m, w: 1, kh: 1, kw: 1, sx: 1, sy: 1, cin: k, cout: 64 };
      const expected = naive(sizes, src, kernel, exact).map((sum) => saturate(sum * 2 ** position));
      const operands = { dst: 65536, src: 0, kernel: 0, m, k, n: 64, position };
      expect(Array.from(runHalves([[0, src]], [[0, kernel]], [step(mlp, operands)], 65536, 64 * m))).toEqual(expected);
      const size = src.BYTES_PER_ELEMENT;
      if ((size * k) % 128 !== 0) return;
      const steps = Array.from({ length: k / 64 }, (_, i) => step(mlpPartial, {
        acc: 8192, src: size * 64 * i, kernel: size * 64 * i, m, k: 64, n: 64, rowstride: size * k, kernelstride: size * k,
        phase: i === 0 ? 'clear' : 'accumulate',
      })).filter((_, i) => (size * 64 * i) % 128 === 0);
      if (steps.length !== k / 64) return;
      expect(sumBytes).toBe(size * 4);
      const all = [...steps, step(finish, { dst: 65536, acc: 8192, count: 64 * m, position })];
      expect(Array.from(runHalves([[0, src]], [[0, kernel]], all, 65536, 64 * m))).toEqual(expected);
    }));
  });
});

test('half matrix product', () => {
  check(fc.property(seed, fc.integer({ min: 1, max: 9 }), fc.constantFrom(64, 192), (s, m, k) => {
    const [src, kernel] = [randomHalves(s, m * k, 0.001, true), randomHalves(s + 1, 128 * k, 0.001, true)];
    const sizes = { h: m, w: 1, kh: 1, kw: 1, sx: 1, sy: 1, cin: k, cout: 128 };
    const expected = naive(sizes, values(src), values(kernel), single).map(floatToHalf);
    const operands = { dst: 65536, src: 0, kernel: 0, m, k, n: 128 };
    expect(Array.from(runHalves([[0, src]], [[0, kernel]], [step(product.mlpF16, operands)], 65536, 128 * m))).toEqual(expected);
  }));
});

describe('conversions', () => {
  const modes = ['down', 'up', 'zero', 'away', 'nearest'] as const;
  const sorted = Array.from({ length: 0x7c01 }, (_, bits) => halfToFloat(bits));
  /** The half for `x` by looking at all of them. */
  const narrowed = (x: number, mode: (typeof modes)[number]): number => {
    if (x !== x) return NaN;
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
    check(fc.property(fc.array(fc.float(), { minLength: 64, maxLength: 64 }), fc.integer(), (floats, s) => {
      const next = random(s);
      const src = Float32Array.from(floats, (x, i) => (i < 32 ? x : (next() - 0.5) * 2 ** (next() * 40 - 24)));
      const found = runHalves([[0, src]], [], [step(conversion.narrow, { dst: 256, src: 0, count: 64, rounding })], 256, 64);
      expect(values(found)).toEqual(Array.from(src, (x) => narrowed(x, rounding)));
    }));
  });
  test('half to float is exact', () => {
    const src = randomHalves(1, 128, 0.3);
    const found = runRows([[0, src]], [], [step(conversion.widen, { dst: 256, src: 0, count: 128 })], 256, 512);
    expect(Array.from(new Float32Array(found.buffer))).toEqual(values(src));
  });
  test.each([8, 16] as const)('half to int%i and back', (bits) => {
    check(fc.property(seed, fc.integer({ min: -20, max: 10 }), fc.constantFrom(...modes), (s, position, rounding) => {
      const src = randomHalves(s, 64, 0.2);
      const limit = 2 ** (bits - 1);
      const round = (x: number): number => {
        const [low, high] = [Math.floor(x), Math.ceil(x)];
        if (low === high) return x;
        const even = low % 2 === 0 ? low : high;
        const nearest = x - low < 0.5 ? low : x - low > 0.5 ? high : even;
        return { down: low, up: high, zero: Math.trunc(x), away: x < 0 ? low : high, nearest }[rounding];
      };
      const q = values(src).map((x) => (x !== x ? 0 : Math.max(-limit, Math.min(limit - 1, round(x * 2 ** -position))) + 0));
      const to = conversion[`toInt${bits}`];
      const from = conversion[`fromInt${bits}`];
      const found = runRows([[0, src]], [], [step(to, { dst: 256, src: 0, count: 64, position, rounding })], 256, 8 * bits);
      const integersFound = bits === 8 ? new Int8Array(found.buffer) : new Int16Array(found.buffer);
      expect(Array.from(integersFound)).toEqual(q);
      const back = runHalves([[256, integersFound]], [], [step(from, { dst: 512, src: 256, count: 64, position })], 512, 64);
      expect(Array.from(back)).toEqual(q.map((x) => floatToHalf(x * 2 ** position)));
    }));
  });
});

describe('copies', () => {
  test('a strided copy gathers and scatters runs', () => {
    check(fc.property(seed, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 5 }),
      (s, bytes, gap, srcstride, further) => {
        const src = new Uint8Array(randomHalves(s, 256).buffer);
        const expected = new Uint8Array(512).fill(9);
        for (let i = 0; i <= further; i++) for (let b = 0; b < bytes; b++) {
          expected[i * (bytes + gap) + b] = src[i * srcstride + b] as number;
        }
        const move = { dst: 1024, src: 0, bytes, dststride: bytes + gap, srcstride, further };
        const steps = [step(stridedCopies.moveStrideNramNram, move)];
        expect(runRows([[0, src], [1024, new Uint8Array(512).fill(9)]], [], steps, 1024, 512)).toEqual(expected);
      }));
  });
  test('weights and neurons pass through every memory unchanged', () => {
    const src = randomHalves(5, 64);
    const bytes = 128;
    const sync = step(control.sync);
    const way = [
      step(copies.moveWramNram, { dst: 64, src: 0, bytes }), sync,
      step(copies.storeLdramWram, { dst: 128, src: 64, bytes }), step(copies.loadNramLdram, { dst: 256, src: 128, bytes }), sync,
      step(copies.storeLdramNram, { dst: 512, src: 256, bytes }), step(copies.loadWramLdram, { dst: 1024, src: 512, bytes }), sync,
      step(copies.moveNramWram, { dst: 640, src: 1024, bytes }), sync,
    ];
    expect(runHalves([[0, src]], [], way, 640, 64)).toEqual(src);
  });
});
