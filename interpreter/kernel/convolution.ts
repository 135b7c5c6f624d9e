/** Convolutions by gathering windows into rows, then one matrix product; images are N × H × W × C. */
import { roundToHalf } from '../../ir/half.ts';
import { multiply, packPanels } from './multiply.ts';

/** A convolution over spatial windows. Results have extents P × Q. */
export interface Sliding {
  readonly N: number;
  readonly H: number;
  readonly W: number;
  readonly C: number;
  readonly R: number;
  readonly S: number;
  readonly P: number;
  readonly Q: number;
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly top: number;
  readonly left: number;
}

/** Singles that gathered windows may take at one time. */
const gatherLimit = 1 << 18;

/** Which channels and outputs one group has: [c0, c0 + D) and [k0, k0 + K). */
export interface Channels {
  readonly c0: number;
  readonly D: number;
  readonly k0: number;
  readonly K: number;
  /** Outputs of one place in the result. */
  readonly pitch: number;
}

/** Sums over (r, s, c) in single precision, not yet rounded to the element type. `filter` is K × (R · S · D). */
export function convolve(
  image: Float32Array,
  filter: Float32Array,
  out: Float32Array,
  shape: Sliding,
  channels: Channels,
): void {
  const { N, R, S, P, Q } = shape;
  const { D, k0, K, pitch } = channels;
  const length = R * S * D;
  const panels = packPanels(filter, k0 * length, length, K, 1, length);
  const places = P * Q;
  const step = Math.max(1, Math.min(places, Math.floor(gatherLimit / length)));
  const rows = new Float32Array(step * length);
  const sums = new Float32Array(step * K);
  for (let n = 0; n < N; n++)
    for (let first = 0; first < places; first += step) {
      const count = Math.min(step, places - first);
      gatherWindows(image, shape, channels, n, first, count, rows);
      const direct = K === pitch;
      multiply(rows, 0, count, panels, direct ? out : sums, direct ? (n * places + first) * pitch : 0);
      if (!direct)
        for (let at = 0; at < count; at++)
          out.set(sums.subarray(at * K, (at + 1) * K), (n * places + first + at) * pitch + k0);
    }
}

/** The windows of places [first, first + count) as rows of (r, s, c); zeros outside the image. */
function gatherWindows(
  image: Float32Array,
  { H, W, C, R, S, Q, strides: [sh, sw], dilations: [dh, dw], top, left }: Sliding,
  { c0, D }: Channels,
  n: number,
  first: number,
  count: number,
  rows: Float32Array,
): void {
  let at = 0;
  for (let place = first; place < first + count; place++) {
    const h0 = Math.floor(place / Q) * sh - top;
    const w0 = (place % Q) * sw - left;
    for (let r = 0; r < R; r++) {
      const h = h0 + r * dh;
      const line = (n * H + h) * W;
      for (let s = 0; s < S; s++, at += D) {
        const w = w0 + s * dw;
        const from = (line + w) * C + c0;
        if (h < 0 || h >= H || w < 0 || w >= W) rows.fill(0, at, at + D);
        else if (D > 16) rows.set(image.subarray(from, from + D), at);
        else for (let c = 0; c < D; c++) rows[at + c] = image[from + c] as number;
      }
    }
  }
}

/** Channel by channel by filter[R, S, C] into out[N, P, Q, C], summed over (r, s) in the accumulator. */
export function convolveDepthwise(
  image: Float32Array,
  filter: Float32Array,
  out: Float32Array,
  { N, H, W, C, R, S, P, Q, strides: [sh, sw], dilations: [dh, dw], top, left }: Sliding,
  halfAccumulator: boolean,
): void {
  const sums = new Float32Array(C);
  const zeros = new Float32Array(C);
  const add = halfAccumulator ? addProductsInHalf : addProducts;
  for (let n = 0, to = 0; n < N; n++)
    for (let p = 0; p < P; p++)
      for (let q = 0; q < Q; q++, to += C) {
        sums.fill(0);
        for (let r = 0; r < R; r++)
          for (let s = 0; s < S; s++) {
            const h = p * sh + r * dh - top;
            const w = q * sw + s * dw - left;
            const outside = h < 0 || h >= H || w < 0 || w >= W;
            add(outside ? zeros : image, outside ? 0 : ((n * H + h) * W + w) * C, filter, (r * S + s) * C, sums);
          }
        out.set(sums, to);
      }
}

function addProducts(x: Float32Array, at: number, w: Float32Array, from: number, sums: Float32Array): void {
  const fround = Math.fround;
  for (let c = 0; c < sums.length; c++)
    sums[c] = (sums[c] as number) + fround((x[at + c] as number) * (w[from + c] as number));
}

function addProductsInHalf(x: Float32Array, at: number, w: Float32Array, from: number, sums: Float32Array): void {
  for (let c = 0; c < sums.length; c++)
    sums[c] = roundToHalf((sums[c] as number) + roundToHalf((x[at + c] as number) * (w[from + c] as number)));
}
