/** Pooling windows and sums of rows; images are N × H × W × C. */
import type { Sliding } from './convolution.ts';

/** Taps [first, last) of a window that lie inside `extent`. */
const inside = (start: number, taps: number, extent: number): readonly [number, number] => [
  Math.max(0, -start),
  Math.min(taps, extent - start),
];

/** Calls `visit` for every window with the taps of it that lie inside. */
function forEachWindow(
  { N, H, W, C, R, S, P, Q, strides: [sh, sw], top, left }: Sliding,
  begin: () => void,
  tap: (from: number) => void,
  end: (to: number, taps: number) => void,
): void {
  for (let n = 0, to = 0; n < N; n++)
    for (let p = 0; p < P; p++)
      for (let q = 0; q < Q; q++, to += C) {
        const [h0, w0] = [p * sh - top, q * sw - left];
        const [r0, r1] = inside(h0, R, H);
        const [s0, s1] = inside(w0, S, W);
        begin();
        for (let r = r0; r < r1; r++) for (let s = s0; s < s1; s++) tap(((n * H + h0 + r) * W + w0 + s) * C);
        end(to, (r1 - r0) * (s1 - s0));
      }
}

/** The largest element of each window. */
export function poolMaximum(image: Float32Array, out: Float32Array, shape: Sliding): void {
  const most = new Float32Array(shape.C);
  forEachWindow(
    shape,
    () => most.fill(-Infinity),
    (from) => {
      for (let c = 0; c < most.length; c++) most[c] = Math.max(most[c] as number, image[from + c] as number);
    },
    (to) => out.set(most, to),
  );
}

/** Σ over (r, s) in single precision, over the number of taps: all of them, or those inside. */
export function poolMean(image: Float32Array, out: Float32Array, shape: Sliding, countAll: boolean): void {
  const sums = new Float32Array(shape.C);
  forEachWindow(
    shape,
    () => sums.fill(0),
    (from) => {
      for (let c = 0; c < sums.length; c++) sums[c] = (sums[c] as number) + (image[from + c] as number);
    },
    (to, taps) => {
      const count = countAll ? shape.R * shape.S : taps;
      for (let c = 0; c < sums.length; c++) out[to + c] = (sums[c] as number) / count;
    },
  );
}

/** Σ of each row of `width` elements, in order from +0. */
export function sumRows(input: Float32Array, width: number, out: Float32Array): void {
  const fround = Math.fround;
  for (let row = 0, at = 0; row < out.length; row++) {
    let total = 0;
    for (const end = at + width; at < end; at++) total = fround(total + (input[at] as number));
    out[row] = total;
  }
}

/** The largest of each row; NaN if any is. */
export function maximumOfRows(input: Float32Array, width: number, out: Float32Array): void {
  for (let row = 0, at = 0; row < out.length; row++) {
    let most = -Infinity;
    for (const end = at + width; at < end; at++) most = Math.max(most, input[at] as number);
    out[row] = most;
  }
}
