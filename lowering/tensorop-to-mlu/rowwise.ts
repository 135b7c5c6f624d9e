/** Operations that treat every row alike: elementwise ones, bias, casts and row reductions. */
import type { MemRefType, TensorType, Value } from '../../ir/index.ts';
import type { Emission } from './emission.ts';
import { blockBytes, rowBytes, wholeBytes } from './emission.ts';
import { padded, rowsOf } from './tensor-memory.ts';

/** The first `rows` rows of a tile. */
export const head = ({ program }: Emission, tile: Value, rows: number): Value =>
  program.part(tile, [0, 0], [rows, (tile.type as MemRefType).shape[1] as number]);

/**
 * Loads tiles of rows of `inputs`, lets `compute` make the tile of the result, and stores it. All
 * tensors have the same rows; padding lanes of the inputs are zero. Each of `numbers` is everywhere in a tile of
 * halves of its own, which `compute` gets behind those of the inputs; one that is undefined is for `compute` to write.
 * `besideBytes` are taken already.
 */
export function rowwise(
  e: Emission,
  inputs: readonly Value[],
  output: Value,
  compute: (inputs: readonly Value[], output: Value) => void,
  numbers: readonly (number | undefined)[] = [],
  besideBytes = 0,
): void {
  const type = output.type as TensorType;
  const { rows, lanes } = rowsOf(type.shape);
  const [begin, end] = e.share(rows);
  if (begin === end) return;
  const types = inputs.map((input) => input.type as TensorType);
  const perRow = [...types, type].map(rowBytes);
  const size = e.rowsThatFit(
    end - begin,
    (rows) =>
      perRow.reduce((sum, bytes) => sum + wholeBytes(rows * bytes), besideBytes) +
      numbers.length * blockBytes(rows * padded(lanes)),
  );
  const sources = inputs.map((input) => e.rows(input));
  const target = e.rows(output);
  const tiles = types.map((t) => e.rowTile(size, rowsOf(t.shape).lanes, t.element));
  const result = e.program.alloc([size, padded(lanes)], 'nram', type.element);
  const constants = numbers.map((number) => {
    const tile = e.program.alloc([size, padded(lanes)]);
    if (number !== undefined) e.program.fill(tile, number);
    return tile;
  });
  e.program.tiles(begin, end, size, (start, count) => {
    for (const [at, source] of sources.entries())
      e.loadRows(source, start, count, rowsOf((types[at] as TensorType).shape).lanes, tiles[at] as Value);
    compute(
      [...tiles, ...constants].map((tile) => head(e, tile, count)),
      head(e, result, count),
    );
    e.storeRows(result, target, start, count, lanes);
  });
}

/** Adds one row to all rows. */
export function biasedRows(
  e: Emission,
  input: Value,
  bias: Value,
  output: Value,
  compute: (input: Value, row: Value, output: Value) => void,
): void {
  const { rows, lanes } = rowsOf((input.type as TensorType).shape);
  const [begin, end] = e.share(rows);
  if (begin === end) return;
  const row = e.rowTile(1, lanes, (bias.type as TensorType).element);
  e.loadRows(e.rows(bias), 0, 1, lanes, row);
  const flat = e.program.shaped(row, [padded(lanes)]);
  rowwise(
    e,
    [input],
    output,
    ([tile], result) => compute(tile as Value, flat, result),
    [],
    rowBytes(input.type as TensorType),
  );
}

/** Reduces every row to one number; padding lanes hold `neutral`, which changes no result. */
export function reducedRows(
  e: Emission,
  input: Value,
  output: Value,
  neutral: number,
  compute: (input: Value, output: Value) => void,
): void {
  const type = input.type as TensorType;
  const { rows, lanes } = rowsOf(type.shape);
  const [begin, end] = e.share(rows);
  if (begin === end) return;
  const size = e.rowsThatFit(end - begin, (rows) => rows * rowBytes(type) + blockBytes(rows));
  const [source, target] = [e.rows(input), e.rows(output)];
  const tile = e.rowTile(size, lanes, type.element, neutral);
  const results = e.program.alloc([padded(size)]);
  e.program.tiles(begin, end, size, (start, count) => {
    e.loadRows(source, start, count, lanes, tile);
    const reduced = e.program.part(results, [0], [count]);
    compute(head(e, tile, count), reduced);
    e.program.copy(e.program.shaped(reduced, [count, 1]), e.program.part(target, [start, 0], [count, 1]));
  });
}
