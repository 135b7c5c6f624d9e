/** What a kernel is written with: the core's program, the tensors' memory, and the knobs. */
import {
  DiagnosticError,
  errorAt,
  type MemRefType,
  type Operation,
  storedBytes,
  type TensorType,
  type Type,
  type Value,
} from '../../ir/index.ts';
import type { CoreProgram, Index } from './core-program.ts';
import { padded, rowsOf, type TensorMemory } from './tensor-memory.ts';

/** How tensor operations are laid out on the machine. */
export interface TilingSettings {
  /** Rows of a tile; 0 takes as many as fit. */
  readonly tileRows: number;
  /** Output channels of a tile, a multiple of 64; 0 takes as many as fit. */
  readonly tileChannels: number;
  /** How convolutions are done: `direct`, or as a matrix product over gathered windows. */
  readonly convolution: 'auto' | 'direct' | 'im2col';
}

/** One tensor operation on its way to one core. */
export class Emission {
  readonly program: CoreProgram;
  readonly memory: TensorMemory;
  readonly settings: TilingSettings;
  /** Bytes that a kernel may use of each on-chip memory. */
  readonly nramBytes: number;
  readonly wramBytes: number;
  readonly operation: Operation;

  constructor(
    program: CoreProgram,
    memory: TensorMemory,
    settings: TilingSettings,
    machine: { readonly nramBytes: number; readonly wramBytes: number },
    operation: Operation,
  ) {
    this.program = program;
    this.memory = memory;
    this.settings = settings;
    this.nramBytes = machine.nramBytes;
    this.wramBytes = machine.wramBytes;
    this.operation = operation;
  }

  /** Reports that the operation cannot be done on the machine. */
  fail(message: string): never {
    throw new DiagnosticError([errorAt(this.operation.location, `'${this.operation.name}' op ${message}`)]);
  }

  /** The part of [0, count) that this core does, in whole units. */
  share(count: number, unit = 1): readonly [number, number] {
    const { core, cores } = this.program;
    const each = Math.ceil(Math.ceil(count / unit) / cores) * unit;
    return [Math.min(count, core * each), Math.min(count, (core + 1) * each)];
  }

  /** The memory of a tensor as rows of padded lanes. */
  rows(value: Value): Value {
    const { rows, lanes } = rowsOf((value.type as TensorType).shape);
    const buffer = this.memory.of(value);
    return this.program.shaped(this.program.buffer(buffer.symbol, buffer.type), [rows, padded(lanes)]);
  }

  /** The memory of a tensor with its own extents, the last one padded. */
  tensor(value: Value): Value {
    const buffer = this.memory.of(value);
    return this.program.buffer(buffer.symbol, buffer.type);
  }

  /** The most rows, up to `wanted` and the knob, that fit; `bytes` says what the blocks for so many rows take of NRAM. */
  rowsThatFit(wanted: number, bytes: (rows: number) => number): number {
    if (bytes(1) > this.nramBytes)
      this.fail(`needs ${bytes(1)} bytes of nram for its smallest tile, the machine has ${this.nramBytes}`);
    let fit = 1;
    let tooMany = 1 + (this.settings.tileRows > 0 ? Math.min(wanted, this.settings.tileRows) : wanted);
    while (tooMany - fit > 1) {
      const middle = Math.floor((fit + tooMany) / 2);
      if (bytes(middle) <= this.nramBytes) fit = middle;
      else tooMany = middle;
    }
    return fit;
  }

  /** A tile of rows with its padding lanes filled by `fill`; `load` overwrites the real lanes. */
  rowTile(rows: number, lanes: number, element: Type, fill = 0): Value {
    const tile = this.program.alloc([rows, padded(lanes)], 'nram', element);
    if (padded(lanes) !== lanes) this.program.fill(tile, fill);
    return tile;
  }

  /** Copies the real lanes of `count` rows from GDRAM rows into a tile. */
  loadRows(from: Value, start: Index, count: number, lanes: number, tile: Value, lane: Index = 0): void {
    this.program.copy(
      this.program.part(from, [start, lane], [count, lanes]),
      this.program.part(tile, [0, 0], [count, lanes]),
    );
  }

  /** Copies the real lanes of `count` rows of a tile to GDRAM rows. */
  storeRows(tile: Value, to: Value, start: Index, count: number, lanes: number, lane: Index = 0): void {
    this.program.copy(
      this.program.part(tile, [0, 0], [count, lanes]),
      this.program.part(to, [start, lane], [count, lanes]),
    );
  }
}

/** Bytes of a block, up to where the next one may begin: blocks begin at whole groups of halves. */
export const wholeBytes = (bytes: number): number => 2 * padded(Math.ceil(bytes / 2));

/** Bytes of a block of so many halves, up to where the next one may begin. */
export const blockBytes = (halves: number): number => wholeBytes(2 * halves);

/** Bytes of one padded row of a tensor. */
export const rowBytes = (type: TensorType | MemRefType): number =>
  padded(rowsOf(type.shape).lanes) * storedBytes(type.element);
