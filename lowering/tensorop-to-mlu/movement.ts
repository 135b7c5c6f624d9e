/**
 * Operations that only move data: transposes, slices, pads, concatenations, broadcasts, reshapes.
 * The tensor is loaded packed (without padding lanes), rearranged in NRAM by strided moves, and
 * stored with the rows of the result.
 */
import { storedBytes, type TensorType, type Value } from '../../ir/index.ts';
import type { Index } from './core-program.ts';
import type { Emission } from './emission.ts';
import { padded, rowsOf } from './tensor-memory.ts';

const product = (extents: readonly number[]): number => extents.reduce((a, b) => a * b, 1);

/** A packed tensor in NRAM. */
export interface Packed {
  readonly memory: Value;
  readonly shape: readonly number[];
}

/** Contiguous memory for `count` elements; whole groups, so that it can be filled. */
export function packedMemory(e: Emission, count: number, like: TensorType): Value {
  if (padded(count) * storedBytes(like.element) > e.nramBytes / 2)
    e.fail(
      `moves ${count} elements at once, more than half of the ${e.nramBytes} bytes of nram; split it into smaller operations`,
    );
  return e.program.alloc([padded(count)], 'nram', like.element);
}

/** Loads a whole tensor without its padding lanes. */
export function loadPacked(e: Emission, value: Value): Packed {
  const type = value.type as TensorType;
  const { rows, lanes } = rowsOf(type.shape);
  const memory = packedMemory(e, rows * lanes, type);
  const source = e.program.part(e.rows(value), [0, 0], [rows, lanes]);
  e.program.copy(source, e.program.windows(memory, 0, [rows, lanes], [lanes, 1]));
  return { memory, shape: type.shape };
}

/** Stores a whole packed tensor. */
export function storePacked(e: Emission, packed: Packed, value: Value): void {
  const { rows, lanes } = rowsOf((value.type as TensorType).shape);
  const target = e.program.part(e.rows(value), [0, 0], [rows, lanes]);
  e.program.copy(e.program.windows(packed.memory, 0, [rows, lanes], [lanes, 1]), target);
}

/** Brings axis `from` to position `to` (to ≤ from): [A, B, C, D] becomes [A, C, B, D]. */
function moveAxis(e: Emission, { memory, shape }: Packed, from: number, to: number, like: TensorType): Packed {
  const [A, B, C, D] = [
    product(shape.slice(0, to)),
    product(shape.slice(to, from)),
    shape[from] as number,
    product(shape.slice(from + 1)),
  ];
  const moved = [...shape.slice(0, to), C, ...shape.slice(to, from), ...shape.slice(from + 1)];
  if (B === 1 || C === 1) return { memory, shape: moved };
  const target = packedMemory(e, product(shape), like);
  const { program } = e;
  program.loop(0, A, 1, (a: Index) => {
    program.loop(0, C, 1, (c: Index) => {
      const base = program.times(a, B * C * D);
      program.copy(
        program.windows(memory, program.plus(base, program.times(c, D)), [B, D], [C * D, 1]),
        program.windows(target, program.plus(base, program.times(c, B * D)), [B, D], [D, 1]),
      );
    });
  });
  return { memory: target, shape: moved };
}

/** Axes in the order of `permutation`. */
export function permute(e: Emission, packed: Packed, permutation: readonly number[], like: TensorType): Packed {
  let current = packed;
  const order = permutation.map((_, at) => at);
  for (const [to, axis] of permutation.entries()) {
    const from = order.indexOf(axis);
    current = moveAxis(e, current, from, to, like);
    order.splice(to, 0, ...order.splice(from, 1));
  }
  return current;
}

/** Repeats an axis of extent 1 `times` times. */
export function repeat(e: Emission, { memory, shape }: Packed, axis: number, times: number, like: TensorType): Packed {
  const [A, D] = [product(shape.slice(0, axis)), product(shape.slice(axis + 1))];
  const repeated = shape.map((extent, at) => (at === axis ? times : extent));
  if (times === 1) return { memory, shape };
  const target = packedMemory(e, product(repeated), like);
  const { program } = e;
  program.loop(0, times, 1, (i: Index) => {
    program.copy(
      program.windows(memory, 0, [A, D], [D, 1]),
      program.windows(target, program.times(i, D), [A, D], [times * D, 1]),
    );
  });
  return { memory: target, shape: repeated };
}

/** Copies `source` into `target` along one axis: elements [from, from + count) to [to, to + count). */
export function copyAlong(
  e: Emission,
  source: Packed,
  target: Packed,
  axis: number,
  from: number,
  to: number,
  count: number,
): void {
  const inner = product(source.shape.slice(axis + 1));
  const outer = product(source.shape.slice(0, axis));
  const { program } = e;
  const side = ({ memory, shape }: Packed, at: number): Value =>
    program.windows(memory, at * inner, [outer, count * inner], [(shape[axis] as number) * inner, 1]);
  program.copy(side(source, from), side(target, to));
}

/** A packed tensor with one axis changed to `extent`. */
export function withAxis(e: Emission, { shape }: Packed, axis: number, extent: number, like: TensorType): Packed {
  const changed = shape.map((old, at) => (at === axis ? extent : old));
  return { memory: packedMemory(e, product(changed), like), shape: changed };
}

/** Only the first core moves data; the others wait at the barrier. */
export const onFirstCore = (e: Emission, body: () => void): void => {
  if (e.program.core === 0) body();
};
