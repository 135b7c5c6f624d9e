/** Convolutions and matrix products on the tensor unit. */
import { mlu } from '../../dialects/mlu/index.ts';
import type { TensorType, Value } from '../../ir/index.ts';
import {
  loadKernel,
  loadTransposed,
  stagedKernel,
  stagedTransposed,
  type WeightLayout,
} from './contraction-weights.ts';
import type { Index } from './core-program.ts';
import { blockBytes, type Emission } from './emission.ts';
import { head } from './rowwise.ts';
import { padded } from './tensor-memory.ts';

/** What a convolution needs to know, all in elements. */
export interface ConvolutionShape {
  readonly N: number;
  readonly H: number;
  readonly W: number;
  readonly C: number;
  readonly K: number;
  readonly R: number;
  readonly S: number;
  readonly P: number;
  readonly Q: number;
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
}

/** Rows of the image that `rows` rows of the result are made from. */
export const imageRows = ({ R, strides, dilations }: ConvolutionShape, rows: number): number =>
  (rows - 1) * strides[0] + (R - 1) * dilations[0] + 1;

/** Output channels of a tile: the knob, or as many as the weights of a row leave room for. */
function channelTile(e: Emission, channels: number, width: number): number {
  const fit = Math.floor(e.wramBytes / (2 * width * 64)) * 64;
  if (fit < 64) e.fail(`needs ${2 * width * 64} bytes of wram for 64 output channels, the machine has ${e.wramBytes}`);
  const wanted = e.settings.tileChannels > 0 ? padded(e.settings.tileChannels) : padded(channels);
  return Math.min(fit, wanted, padded(channels));
}

/**
 * Convolution, tile by tile. Directly, the tensor unit slides the filter over the image with its
 * channels padded to 64; with few channels it is cheaper to gather each window into a row (in the
 * order kh, kw, c, so that the sum is the same) and to multiply matrices.
 */
export function convolution(e: Emission, image: Value, filter: Value, output: Value, shape: ConvolutionShape): void {
  const { N, H, W, C, K, R, S, P, Q, strides, dilations } = shape;
  const window = padded(R * S * C);
  const dilated = dilations[0] > 1 || dilations[1] > 1;
  const gathers =
    dilated || e.settings.convolution === 'im2col' || (e.settings.convolution === 'auto' && window < R * S * padded(C));
  const layout: WeightLayout = gathers
    ? { taps: R * S, channels: C, pitch: C, width: window }
    : { taps: R * S, channels: C, pitch: padded(C), width: R * S * padded(C) };
  const tileK = channelTile(e, K, layout.width);

  const byRows = P >= e.program.cores || Math.ceil(K / 64) < e.program.cores;
  const [p0, p1] = byRows ? e.share(P) : [0, P];
  const [k0, k1] = byRows ? [0, K] : e.share(K, 64);
  if (p0 === p1 || k0 >= k1) return;

  const channels = gathers ? C : padded(C);
  const staged = stagedKernel(filter, layout, Math.min(tileK, k1 - k0));
  const rows = e.rowsThatFit(
    p1 - p0,
    (count) =>
      blockBytes(imageRows(shape, count) * W * channels) +
      blockBytes(count * Q * (tileK + (gathers ? window : 0))) +
      staged,
  );

  const { program } = e;
  const source = program.shaped(e.tensor(image), [N * H, W, padded(C)]);
  const target = program.shaped(e.tensor(output), [N * P * Q, padded(K)]);
  const tile = program.alloc([imageRows(shape, rows), W, channels]);
  if (channels !== C) program.fill(tile);
  const columns = gathers ? program.alloc([rows, Q, window]) : undefined;
  if (columns && window !== R * S * C) program.fill(columns);
  const result = program.alloc([rows * Q, tileK]);
  const kernel = program.alloc([tileK, layout.width], 'wram');

  for (let k = k0; k < k1; k += tileK) {
    const count = Math.min(tileK, k1 - k);
    const weights = head(e, kernel, padded(count));
    loadKernel(e, filter, layout, weights, k, count);
    program.loop(0, N, 1, (n) => {
      program.tiles(p0, p1, rows, (p, size) => {
        const first = program.plus(program.times(n, H), program.times(p, strides[0]));
        const height = imageRows(shape, size);
        program.copy(
          program.part(source, [first, 0, 0], [height, W, C]),
          program.part(tile, [0, 0, 0], [height, W, C]),
        );
        // A narrower channel tile is a block of its own at the beginning of the result's memory.
        const out = program.windows(result, 0, [size * Q, padded(count)], [padded(count), 1]);
        if (columns) {
          gatherWindows(e, tile, columns, shape, size);
          const flat = program.shaped(program.part(columns, [0, 0, 0], [size, Q, window]), [size * Q, window]);
          program.insert(() => mlu.ops.mlp({ source: flat, kernel: weights, target: out }));
        } else {
          const cube = program.shaped(weights, [padded(count), R, S, padded(C)]);
          const squared = program.shaped(out, [size, Q, padded(count)]);
          const part = program.part(tile, [0, 0, 0], [height, W, padded(C)]);
          program.insert(() => mlu.ops.conv({ source: part, kernel: cube, target: squared, strides }));
        }
        const row = program.times(program.plus(program.times(n, P), p), Q);
        program.copy(program.part(out, [0, 0], [size * Q, count]), program.part(target, [row, k], [size * Q, count]));
      });
    });
  }
}

/** Copies the window of every result into a row of `columns`, elements in the order (kh, kw, c). */
function gatherWindows(e: Emission, tile: Value, columns: Value, shape: ConvolutionShape, rows: number): void {
  const { W, C, R, S, Q, strides, dilations } = shape;
  const { program } = e;
  // Undilated, the taps of a filter row are neighbours and move as one run.
  const runs = dilations[1] === 1 ? [{ s: 0, length: S * C }] : Array.from({ length: S }, (_, s) => ({ s, length: C }));
  program.loop(0, rows, 1, (p: Index) => {
    for (let r = 0; r < R; r++)
      for (const { s, length } of runs) {
        const row = program.plus(program.times(p, strides[0]), r * dilations[0]);
        const start = program.plus(program.times(row, W * C), s * dilations[1] * C);
        const from = program.windows(tile, start, [1, Q, length], [W * C, strides[1] * C, 1]);
        program.copy(from, program.part(columns, [p, 0, (r * S + s) * C], [1, Q, length]));
      }
  });
}

/** Matrix products [B, M, K] × [B, K, N]. */
export function matrixProduct(e: Emission, lhs: Value, rhs: Value, output: Value): void {
  const shape = (lhs.type as TensorType).shape;
  const [M, K] = [shape.at(-2) as number, shape.at(-1) as number];
  const N = (rhs.type as TensorType).shape.at(-1) as number;
  const batches = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  const tileN = channelTile(e, N, padded(K));
  const byRows = M >= e.program.cores || Math.ceil(N / 64) < e.program.cores;
  const [m0, m1] = byRows ? e.share(M) : [0, M];
  const [n0, n1] = byRows ? [0, N] : e.share(N, 64);
  if (m0 === m1 || n0 >= n1) return;

  const { program } = e;
  const staged = stagedTransposed(e, rhs, Math.min(tileN, n1 - n0));
  const rows = e.rowsThatFit(m1 - m0, (count) => count * blockBytes(padded(K) + tileN) + staged);
  const [source, target] = [e.rows(lhs), e.rows(output)];
  const tile = e.rowTile(rows, K, (lhs.type as TensorType).element);
  const result = program.alloc([rows, tileN]);
  const kernel = program.alloc([tileN, padded(K)], 'wram');
  for (let batch = 0; batch < batches; batch++)
    for (let n = n0; n < n1; n += tileN) {
      const count = Math.min(tileN, n1 - n);
      const weights = head(e, kernel, padded(count));
      loadTransposed(e, rhs, batch, weights, n, count);
      program.tiles(m0, m1, rows, (m, size) => {
        e.loadRows(source, program.plus(batch * M, m), size, K, tile);
        const out = program.windows(result, 0, [size, padded(count)], [padded(count), 1]);
        program.insert(() => mlu.ops.mlp({ source: head(e, tile, size), kernel: weights, target: out }));
        e.storeRows(out, target, program.plus(batch * M, m), size, count, n);
      });
    }
}
