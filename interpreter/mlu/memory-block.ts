/**
 * Memory of the hardware level while a program runs: every element is a number of its type, and
 * every access is checked, which is what makes a wrong tile, a missing copy or a missing sync a
 * located fault instead of a wrong number.
 */
import {
  DiagnosticError,
  errorAt,
  f16,
  type MemRefType,
  type Operation,
  roundToHalf,
  storedBytes,
  type Type,
} from '../../ir/index.ts';
import type { RuntimeObject } from '../value.ts';

/** The units of a core that work side by side. */
export type Unit = 'io' | 'move' | 'vector' | 'tensor';

/** One block of memory: a buffer that all cores share, or on-chip memory of one core. */
export class MemoryBlock {
  readonly name: string;
  readonly space: string;
  readonly element: Type;
  readonly values: Float32Array;
  /** 1 for each element that was written. */
  readonly written: Uint8Array;
  /** For shared memory: who wrote and who read each element last, as epoch and core. */
  readonly writer: Int32Array | undefined;
  readonly reader: Int32Array | undefined;

  constructor(name: string, space: string, element: Type, count: number, shared: boolean) {
    this.name = name;
    this.space = space;
    this.element = element;
    this.values = new Float32Array(count);
    this.written = new Uint8Array(count);
    this.writer = shared ? new Int32Array(count) : undefined;
    this.reader = shared ? new Int32Array(count) : undefined;
  }
}

/** Elements of a block: where the first is, and how to come from one to the next. */
export interface MemoryView extends RuntimeObject {
  readonly runtimeKind: 'memory';
  readonly block: MemoryBlock;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/** Some elements of a block. */
export const memoryView = (
  block: MemoryBlock,
  offset: number,
  shape: readonly number[],
  strides: readonly number[],
): MemoryView => ({ runtimeKind: 'memory', block, offset, shape, strides });

/** Memory that a unit of this core is still working on. */
interface Access {
  readonly unit: Unit;
  readonly block: MemoryBlock;
  readonly from: number;
  readonly to: number;
  readonly writes: boolean;
}

/** Bytes at which operands of a unit must begin in each memory. */
const alignment: Readonly<Record<string, number>> = { gdram: 64, ldram: 64, wram: 64 };
const vectorAlignment = 128;
const coreBits = 1024;

/** The number of elements of a view. */
export const countOf = (view: MemoryView): number => view.shape.reduce((a, b) => a * b, 1);

/** The accesses of one core: bounds, alignment, initialisation, copies in flight, races with other cores. */
export class CheckedAccess {
  readonly core: number;
  private readonly pending: Access[];
  /** Whether every unit is done before the next operation begins, as if a sync stood before each. */
  private readonly inOrder: boolean;
  private epoch: number;

  constructor(core: number, inOrder = false) {
    this.core = core;
    this.inOrder = inOrder;
    this.pending = [];
    this.epoch = 1;
  }

  /** A run begins: nothing is in flight, and no core has met another. */
  reset(): void {
    this.pending.length = 0;
    this.epoch = 1;
  }

  /** Everything that this core started is done. */
  drain(): void {
    this.pending.length = 0;
  }

  /** All cores have met; what was written before may be read. */
  nextEpoch(): void {
    this.drain();
    this.epoch++;
  }

  /** The elements of a view in row-major order; faults are located at `operation`. */
  read(view: MemoryView, unit: Unit, operation: Operation): Float32Array {
    const out = new Float32Array(countOf(view));
    const { values, written, writer, reader } = view.block;
    this.begin(view, unit, false, operation);
    const stamp = this.epoch * coreBits + this.core;
    forEachElement(view, (at, to) => {
      if (written[at] === 0) fault(operation, view, `reads element ${at}, which was never written`);
      if (writer && reader) {
        this.checkRace(writer[at] as number, 'reads', 'wrote', at, view, operation);
        reader[at] = stamp;
      }
      out[to] = values[at] as number;
    });
    return out;
  }

  /** Writes the elements of a view in row-major order, rounded to the element type. */
  write(view: MemoryView, unit: Unit, data: ArrayLike<number>, operation: Operation): void {
    const { values, written, writer, reader, element } = view.block;
    this.begin(view, unit, true, operation);
    const half = element === f16;
    const stamp = this.epoch * coreBits + this.core;
    forEachElement(view, (at, from) => {
      if (writer && reader) {
        this.checkRace(writer[at] as number, 'writes', 'wrote', at, view, operation);
        this.checkRace(reader[at] as number, 'writes', 'read', at, view, operation);
        writer[at] = stamp;
      }
      written[at] = 1;
      values[at] = half ? roundToHalf(data[from] as number) : (data[from] as number);
    });
  }

  private checkRace(
    stamp: number,
    does: string,
    did: string,
    at: number,
    view: MemoryView,
    operation: Operation,
  ): void {
    const [epoch, core] = [Math.floor(stamp / coreBits), stamp % coreBits];
    if (epoch === this.epoch && core !== this.core)
      fault(
        operation,
        view,
        `${does} element ${at}, which core ${core} ${did} since the last barrier; a barrier must stand between`,
      );
  }

  private begin(view: MemoryView, unit: Unit, writes: boolean, operation: Operation): void {
    const { block, offset, shape, strides } = view;
    const last = shape.reduce((sum, extent, d) => sum + (extent - 1) * (strides[d] as number), offset);
    if (offset < 0 || last >= block.values.length)
      fault(operation, view, `touches elements ${offset} to ${last}, outside its ${block.values.length}`);
    const dma = unit === 'io' || unit === 'move';
    const wanted = block.space === 'nram' ? (dma ? 1 : vectorAlignment) : (alignment[block.space] ?? 1);
    const byte = offset * storedBytes(block.element);
    if (byte % wanted !== 0) fault(operation, view, `begins at byte ${byte}, expected a multiple of ${wanted}`);
    const access: Access = { unit, block, from: offset, to: last + 1, writes };
    for (const other of this.pending)
      if (
        other.block === block &&
        other.unit !== unit &&
        (other.writes || writes) &&
        other.from < access.to &&
        access.from < other.to
      )
        fault(
          operation,
          view,
          `touches elements that the ${other.unit} unit may still be ${other.writes ? 'writing' : 'reading'}; a sync must stand before`,
        );
    if (!this.inOrder) this.pending.push(access);
  }
}

/** Visits the elements of a view in row-major order: their place in the block, and their number. */
function forEachElement({ offset, shape, strides }: MemoryView, visit: (at: number, number: number) => void): void {
  const count = shape.reduce((a, b) => a * b, 1);
  const rank = shape.length;
  const inner = rank === 0 ? 1 : (shape[rank - 1] as number);
  const step = rank === 0 ? 0 : (strides[rank - 1] as number);
  const index = new Array<number>(rank).fill(0);
  for (let number = 0; number < count; number += inner) {
    let base = offset;
    for (let d = 0; d < rank - 1; d++) base += (index[d] as number) * (strides[d] as number);
    for (let i = 0; i < inner; i++) visit(base + i * step, number + i);
    for (let d = rank - 2; d >= 0; d--) {
      index[d] = (index[d] as number) + 1;
      if (index[d] !== shape[d]) break;
      index[d] = 0;
    }
  }
}

/** Ends the run with a located fault. */
export function fault(operation: Operation, view: MemoryView, message: string): never {
  throw new DiagnosticError([
    errorAt(operation.location, `'${operation.name}' op ${message} (${view.block.space} block '${view.block.name}')`),
  ]);
}

/** A view of a whole block with the extents of its type. */
export function wholeBlock(block: MemoryBlock, type: MemRefType): MemoryView {
  const strides: number[] = [];
  let stride = 1;
  for (let d = type.shape.length - 1; d >= 0; d--) {
    strides[d] = stride;
    stride *= type.shape[d] as number;
  }
  return memoryView(block, 0, type.shape, strides);
}
