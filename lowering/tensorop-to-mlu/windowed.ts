/** Depthwise convolution and pooling on the vector unit: windows of an image, channel by channel. */
import { mlu } from '../../dialects/mlu/index.ts';
import type { TensorType, Value } from '../../ir/index.ts';
import { type ConvolutionShape, imageRows } from './contraction.ts';
import type { Index } from './core-program.ts';
import { blockBytes, type Emission } from './emission.ts';
import { padded } from './tensor-memory.ts';

/**
 * Depthwise convolution with a half accumulator: acc = acc + x · w, both rounded to half, tap
 * after tap in the order (kh, kw).
 */
export function depthwise(e: Emission, image: Value, filter: Value, output: Value, shape: ConvolutionShape): void {
  const { N, H, W, C, R, S, P, Q, strides, dilations } = shape;
  const [p0, p1] = e.share(P);
  if (p0 === p1) return;
  const lanes = padded(C);
  const { program } = e;
  const rows = e.rowsThatFit(p1 - p0, (count) =>
    blockBytes(lanes * (imageRows(shape, count) * W + 3 * count * Q + R * S)),
  );
  const source = program.shaped(e.tensor(image), [N * H, W, lanes]);
  const target = program.shaped(e.tensor(output), [N * P * Q, lanes]);
  const taps = e.rowTile(R * S, C, (filter.type as TensorType).element);
  e.loadRows(e.rows(filter), 0, R * S, C, taps);
  const tile = program.alloc([imageRows(shape, rows), W, lanes]);
  if (lanes !== C) program.fill(tile);
  const [gathered, products, sums] = [0, 1, 2].map(() => program.alloc([rows, Q, lanes])) as [Value, Value, Value];
  program.loop(0, N, 1, (n) => {
    program.tiles(p0, p1, rows, (p, size) => {
      const first = program.plus(program.times(n, H), program.times(p, strides[0]));
      const height = imageRows(shape, size);
      program.copy(program.part(source, [first, 0, 0], [height, W, C]), program.part(tile, [0, 0, 0], [height, W, C]));
      const flat = (block: Value): Value =>
        program.shaped(program.part(block, [0, 0, 0], [size, Q, lanes]), [size * Q, lanes]);
      const [x, product, sum] = [flat(gathered), flat(products), flat(sums)];
      program.fill(sum);
      for (let r = 0; r < R; r++)
        for (let s = 0; s < S; s++) {
          gatherTap(e, tile, gathered, shape, size, r * dilations[0], s * dilations[1], lanes);
          const tap = program.shaped(program.part(taps, [r * S + s, 0], [1, lanes]), [lanes]);
          program.insert(() => mlu.ops.mulCycle({ lhs: x, rhs: tap, target: product }));
          program.insert(() => mlu.ops.add({ lhs: sum, rhs: product, target: sum }));
        }
      const row = program.times(program.plus(program.times(n, P), p), Q);
      program.copy(program.part(sum, [0, 0], [size * Q, C]), program.part(target, [row, 0], [size * Q, C]));
    });
  });
}

/** Copies the pixel under one tap of every window. */
function gatherTap(
  e: Emission,
  tile: Value,
  gathered: Value,
  shape: ConvolutionShape,
  rows: number,
  r: number,
  s: number,
  lanes: number,
): void {
  const { W, Q, strides } = shape;
  const { program } = e;
  if (strides[1] === 1) {
    const from = program.windows(tile, (r * W + s) * lanes, [rows, Q * lanes], [strides[0] * W * lanes, 1]);
    program.copy(from, program.windows(gathered, 0, [rows, Q * lanes], [Q * lanes, 1]));
    return;
  }
  program.loop(0, rows, 1, (p: Index) => {
    const start = program.plus(program.times(p, strides[0] * W * lanes), (r * W + s) * lanes);
    const from = program.windows(tile, start, [1, Q, lanes], [W * lanes, strides[1] * lanes, 1]);
    program.copy(from, program.part(gathered, [p, 0, 0], [1, Q, lanes]));
  });
}

/** How a pooling walks over its image. */
export interface PoolingShape {
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  /** Top, left, bottom, right. */
  readonly pads: readonly [number, number, number, number];
}

/** Pooling; `border` stands in the padding around the image. */
export function pooling(
  e: Emission,
  image: Value,
  output: Value,
  pool: PoolingShape,
  border: number,
  kind: 'maxPool' | 'averagePool',
): void {
  const [N, H, W, C] = (image.type as TensorType).shape as [number, number, number, number];
  const [, P, Q] = (output.type as TensorType).shape as [number, number, number, number];
  const { kernel, strides, pads } = pool;
  const [p0, p1] = e.share(P);
  if (p0 === p1) return;
  const lanes = padded(C);
  const width = pads[1] + W + pads[3];
  const { program } = e;
  const height = (rows: number): number => (rows - 1) * strides[0] + kernel[0];
  const rows = e.rowsThatFit(p1 - p0, (count) => blockBytes(lanes * (height(count) * width + count * Q)));
  const source = program.shaped(e.tensor(image), [N * H, W, lanes]);
  const target = program.shaped(e.tensor(output), [N * P * Q, lanes]);
  const bordered = pads.some((pad) => pad > 0);
  const tile = program.alloc([height(rows), width, lanes]);
  const result = program.alloc([rows, Q, lanes]);
  if (lanes !== C && !bordered) program.fill(tile, border);

  const emit = (n: Index, p: Index, size: number, top: number, bottom: number): void => {
    const real = height(size) - top - bottom;
    if (bordered) program.fill(program.part(tile, [0, 0, 0], [height(size), width, lanes]), border);
    if (real > 0) {
      const first = program.plus(program.plus(program.times(n, H), program.times(p, strides[0])), top - pads[0]);
      for (let h = 0; h < (pads[1] + pads[3] > 0 ? real : 1); h++) {
        const count = pads[1] + pads[3] > 0 ? 1 : real;
        program.copy(
          program.part(source, [program.plus(first, h), 0, 0], [count, W, C]),
          program.part(tile, [top + h, pads[1], 0], [count, W, C]),
        );
      }
    }
    const window = program.part(tile, [0, 0, 0], [height(size), width, lanes]);
    const out = program.part(result, [0, 0, 0], [size, Q, lanes]);
    program.insert(() => mlu.ops[kind]({ source: window, target: out, kernel, strides }));
    const row = program.times(program.plus(program.times(n, P), p), Q);
    const flat = program.shaped(out, [size * Q, lanes]);
    program.copy(program.part(flat, [0, 0], [size * Q, C]), program.part(target, [row, 0], [size * Q, C]));
  };

  // Rows whose windows reach into the border above or below are done one by one.
  const inside = (p: number): boolean => p * strides[0] >= pads[0] && p * strides[0] + kernel[0] <= pads[0] + H;
  const over = (p: number): readonly [number, number] => {
    const start = p * strides[0] - pads[0];
    return [Math.max(0, -start), Math.max(0, start + kernel[0] - H)];
  };
  program.loop(0, N, 1, (n) => {
    let p = p0;
    for (; p < p1 && !inside(p); p++) emit(n, p, 1, ...over(p));
    let last = p;
    while (last < p1 && inside(last)) last++;
    program.tiles(p, last, rows, (start, size) => emit(n, start, size, 0, 0));
    for (p = last; p < p1; p++) emit(n, p, 1, ...over(p));
  });
}

/** Neighbouring results along one dimension whose windows see equally many taps of the image. */
interface WindowGroup {
  readonly first: number;
  readonly count: number;
  /** The first image position of the first window, and the taps of each. */
  readonly from: number;
  readonly taps: number;
}

/** Results [begin, end) of one dimension in groups; windows at the border stand alone. */
function windowGroups(
  begin: number,
  end: number,
  extent: number,
  taps: number,
  stride: number,
  pad: number,
): readonly WindowGroup[] {
  const groups: WindowGroup[] = [];
  for (let at = begin; at < end; at++) {
    const start = at * stride - pad;
    const from = Math.max(0, start);
    const seen = Math.min(extent, start + taps) - from;
    const last = groups.at(-1);
    if (seen === taps && last?.taps === taps) groups[groups.length - 1] = { ...last, count: last.count + 1 };
    else groups.push({ first: at, count: 1, from, taps: seen });
  }
  return groups;
}

/** Mean pooling that divides by the taps inside the image: every group of windows is a pooling without border. */
export function borderedMean(e: Emission, image: Value, output: Value, pool: PoolingShape): void {
  const [N, H, W, C] = (image.type as TensorType).shape as [number, number, number, number];
  const [, P, Q] = (output.type as TensorType).shape as [number, number, number, number];
  const { kernel, strides, pads } = pool;
  const [p0, p1] = e.share(P);
  if (p0 === p1) return;
  const lanes = padded(C);
  const { program } = e;
  const source = program.shaped(e.tensor(image), [N * H, W, lanes]);
  const target = program.shaped(e.tensor(output), [N * P, Q, lanes]);
  const columns = windowGroups(0, Q, W, kernel[1], strides[1], pads[1]);
  const parts = windowGroups(p0, p1, H, kernel[0], strides[0], pads[0]).flatMap((rows) =>
    columns.map((column) => {
      const height = (count: number): number => (count - 1) * strides[0] + rows.taps;
      const width = (column.count - 1) * strides[1] + column.taps;
      const volume = (count: number): number => lanes * (height(count) * width + count * column.count);
      const size = e.rowsThatFit(rows.count, (count) => blockBytes(volume(count)));
      return { rows, column, height, width, size, volume: volume(size) };
    }),
  );
  // Every part has its image and its results at the beginning of one block. Nothing is ever written into padding lanes but
  // means of zeros.
  const block = program.alloc([Math.max(...parts.map(({ volume }) => volume))]);
  if (lanes !== C) program.fill(block);
  const pixels = (start: number, ...extents: readonly [number, number]): Value =>
    program.windows(block, start * lanes, [...extents, lanes], [extents[1] * lanes, lanes, 1]);
  program.loop(0, N, 1, (n) => {
    for (const { rows, column, height, width, size } of parts)
      program.tiles(rows.first, rows.first + rows.count, size, (p, count) => {
        const tile = pixels(0, height(count), width);
        const result = pixels(height(count) * width, count, column.count);
        const skipped = rows.from - rows.first * strides[0];
        const row = program.plus(program.times(n, H), program.plus(program.times(p, strides[0]), skipped));
        for (let h = 0; h < height(count); h++)
          program.copy(
            program.part(source, [program.plus(row, h), column.from, 0], [1, width, C]),
            program.part(tile, [h, 0, 0], [1, width, C]),
          );
        program.insert(() =>
          mlu.ops.averagePool({ source: tile, target: result, kernel: [rows.taps, column.taps], strides }),
        );
        for (let i = 0; i < count; i++)
          program.copy(
            program.part(result, [i, 0, 0], [1, column.count, C]),
            program.part(
              target,
              [program.plus(program.plus(program.times(n, P), p), i), column.first, 0],
              [1, column.count, C],
            ),
          );
      });
  });
}
