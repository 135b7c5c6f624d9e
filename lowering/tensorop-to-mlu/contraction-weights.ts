/**
 * Weights on their way to WRAM. The tensor unit wants one row per output channel, channels padded
 * by zeros on both sides. Constants are laid out when the program is compiled; anything else is
 * brought into form in NRAM while it runs.
 */
import { arith } from '../../dialects/arith/index.ts';
import { mlu } from '../../dialects/mlu/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import { type DenseAttribute, storedBytes, type TensorType, type Value } from '../../ir/index.ts';
import type { Index } from './core-program.ts';
import { blockBytes, type Emission } from './emission.ts';
import { denseRows, elementBytes, padded } from './tensor-memory.ts';

/** The data of a constant tensor. */
export function constantData(value: Value): DenseAttribute | undefined {
  const attribute = value.definedBy(tensorop.ops.constant)?.value ?? value.definedBy(arith.ops.constant)?.value;
  return attribute?.kind === 'dense' ? attribute : undefined;
}

/** Weights as rows of `taps` groups of `channels` elements, every group padded to `pitch`, rows to `width`. */
export interface WeightLayout {
  readonly taps: number;
  readonly channels: number;
  /** Distance between the groups of a row, in elements. */
  readonly pitch: number;
  /** Length of a row, in elements; a multiple of 64. */
  readonly width: number;
}

/** Rows that the tensor unit sees for `rows` output channels. */
const paddedRows = padded;

/** Bytes of NRAM that `loadKernel` takes for `count` output channels. */
export const stagedKernel = (filter: Value, { width }: WeightLayout, count: number): number =>
  constantData(filter) ? 0 : blockBytes(paddedRows(count) * width);

/**
 * The kernel tile of output channels [k0, k0 + count) in WRAM, of `padded(count)` rows. `filter`
 * has one row of taps × channels per output channel.
 */
export function loadKernel(
  e: Emission,
  filter: Value,
  layout: WeightLayout,
  kernel: Value,
  k0: number,
  count: number,
): void {
  const type = filter.type as TensorType;
  const rows = type.shape[0] as number;
  const data = constantData(filter);
  const { program } = e;
  const { taps, channels, pitch, width } = layout;
  if (data) {
    const buffer = e.memory.constant(`${data.id} ${taps} ${pitch} ${width}`, filter, () =>
      denseRows(type, [paddedRows(rows), width], paddedRows(rows), width, (row, target) => {
        if (row >= rows) return;
        const size = storedBytes(type.element);
        for (let tap = 0; tap < taps; tap++)
          target.set(elementBytes(data, (row * taps + tap) * channels, channels), tap * pitch * size);
      }),
    );
    const memory = program.buffer(buffer.symbol, buffer.type);
    program.copy(program.part(memory, [k0, 0], [paddedRows(count), width]), kernel);
    return;
  }
  const stage = program.alloc([paddedRows(count), width]);
  program.fill(stage);
  const source = e.rows(filter);
  for (let tap = 0; tap < taps; tap++)
    program.copy(
      program.part(source, [k0 * taps + tap, 0], [count, channels], [taps, 1]),
      program.part(stage, [0, tap * pitch], [count, channels]),
    );
  program.copy(stage, kernel);
}

/** Rows of a matrix that are turned at once: `count` columns of them take a quarter of NRAM, or what 64 rows take. */
const turnedRows = (e: Emission, rows: number, count: number): number =>
  Math.min(padded(rows), Math.max(64, Math.floor(e.nramBytes / (8 * padded(count)) / 64) * 64));

/** Bytes of NRAM that `loadTransposed` takes for `count` columns. */
export function stagedTransposed(e: Emission, matrix: Value, count: number): number {
  const rows = (matrix.type as TensorType).shape.at(-2) as number;
  return constantData(matrix) ? 0 : 2 * blockBytes(turnedRows(e, rows, count) * padded(count));
}

/**
 * The kernel tile of columns [n0, n0 + count) of a matrix [K, N] (row `batch` · K on), which the
 * tensor unit wants transposed.
 */
export function loadTransposed(
  e: Emission,
  matrix: Value,
  batch: Index,
  kernel: Value,
  n0: number,
  count: number,
): void {
  const type = matrix.type as TensorType;
  const [K, N] = [type.shape.at(-2) as number, type.shape.at(-1) as number];
  const { program } = e;
  const data = constantData(matrix);
  if (data && typeof batch === 'number') {
    const size = storedBytes(type.element);
    const buffer = e.memory.constant(`${data.id} transposed ${batch}`, matrix, () =>
      denseRows(type, [padded(N), padded(K)], padded(N), padded(K), (row, target) => {
        if (row >= N) return;
        for (let k = 0; k < K; k++) target.set(elementBytes(data, (batch * K + k) * N + row, 1), k * size);
      }),
    );
    const memory = program.buffer(buffer.symbol, buffer.type);
    program.copy(program.part(memory, [n0, 0], [padded(count), padded(K)]), kernel);
    return;
  }
  const step = turnedRows(e, K, count);
  const source = e.rows(matrix);
  for (let k = 0; k < K; k += step) {
    const rows = Math.min(step, K - k);
    const straight = program.alloc([padded(rows), padded(count)]);
    program.fill(straight);
    program.copy(
      program.part(source, [program.plus(program.times(batch, K), k), n0], [rows, count]),
      program.part(straight, [0, 0], [rows, count]),
    );
    const turned = program.alloc([padded(count), padded(rows)]);
    program.insert(() => mlu.ops.transpose({ source: straight, target: turned }));
    program.copy(turned, program.part(kernel, [0, k], [padded(count), padded(rows)]));
  }
}
