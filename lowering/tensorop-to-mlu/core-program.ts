/**
 * The program of one core while it is written: memory, copies, loops and index arithmetic in a
 * few words, so that a kernel reads like what it does.
 */
import { arith } from '../../dialects/arith/index.ts';
import { mlu, memrefIn, rowMajorStrides, subviewType, windowsType } from '../../dialects/mlu/index.ts';
import { scf } from '../../dialects/scf/index.ts';
import {
  Builder,
  f16,
  index,
  integerAttribute,
  type MemRefType,
  type Operation,
  type OpView,
  type Type,
  type Value,
} from '../../ir/index.ts';

/** A number that is known now, or an index value of the program. */
export type Index = number | Value;

/** Writes the operations of one core. */
export class CoreProgram {
  /** 0 to `cores` − 1. */
  readonly core: number;
  readonly cores: number;
  private readonly builder: Builder;

  constructor(func: Operation, core: number, cores: number) {
    this.core = core;
    this.cores = cores;
    const block = func.region().entry ?? func.region().addBlock();
    this.builder = Builder.atEnd(block);
  }

  /** Operations that follow come from `operation`. */
  follow(operation: Operation): void {
    this.builder.location = operation.location;
  }

  /** Inserts what `make` returns. */
  insert<V extends OpView>(make: () => V): V {
    return this.builder.build(make);
  }

  private constant(value: number): Value {
    return this.insert(() =>
      arith.ops.constant({ value: integerAttribute(value, index), types: [index] }),
    ).operation.result();
  }

  /** An index value, also for a known number. */
  value(at: Index): Value {
    return typeof at === 'number' ? this.constant(at) : at;
  }

  /** at · factor. */
  times(at: Index, factor: number): Index {
    if (typeof at === 'number') return at * factor;
    if (factor === 1) return at;
    const rhs = this.constant(factor);
    return this.insert(() => arith.ops.muli({ lhs: at, rhs })).operation.result();
  }

  /** at + term. */
  plus(at: Index, term: Index): Index {
    if (typeof at === 'number' && typeof term === 'number') return at + term;
    if (term === 0) return at;
    if (at === 0) return term;
    const [lhs, rhs] = [this.value(at), this.value(term)];
    return this.insert(() => arith.ops.addi({ lhs, rhs })).operation.result();
  }

  /** Runs `body` for begin, begin + step, … below `end`; a single round needs no loop. */
  loop(begin: number, end: number, step: number, body: (at: Index) => void): void {
    if (begin >= end) return;
    if (begin + step >= end) {
      body(begin);
      return;
    }
    const [lowerBound, upperBound, stride] = [this.constant(begin), this.constant(end), this.constant(step)];
    const loop = this.insert(() => scf.ops.for({ lowerBound, upperBound, step: stride, initArgs: [] })).operation;
    const block = loop.region().entry ?? loop.region().addBlock([index]);
    this.builder.inside(block, () => {
      body(block.argument(0));
      this.insert(() => scf.ops.yield({ results: [] }));
    });
  }

  /** Runs `body` for consecutive tiles of [begin, end): equal ones in a loop, then what remains. */
  tiles(begin: number, end: number, size: number, body: (start: Index, size: number) => void): void {
    const whole = begin + Math.floor((end - begin) / size) * size;
    this.loop(begin, whole, size, (start) => body(start, size));
    if (whole < end) body(whole, end - whole);
  }

  /** On-chip memory. */
  alloc(shape: readonly number[], space: 'nram' | 'wram' = 'nram', element: Type = f16): Value {
    return this.insert(() => mlu.ops.alloc({ types: [memrefIn(space, shape, element)] })).memory;
  }

  /** The memory of a buffer. */
  buffer(symbol: string, type: MemRefType): Value {
    return this.insert(() => mlu.ops.getBuffer({ buffer: symbol, types: [type] })).memory;
  }

  /** A rectangular part of `source`. */
  part(source: Value, offsets: readonly Index[], sizes: readonly number[], steps?: readonly number[]): Value {
    const type = source.type as MemRefType;
    const known = offsets.map((offset) => (typeof offset === 'number' ? offset : -1));
    const dynamic = offsets.filter((offset): offset is Value => typeof offset !== 'number');
    const strides = steps ?? sizes.map(() => 1);
    if (
      dynamic.length === 0 &&
      known.every((o) => o === 0) &&
      sizes.join() === type.shape.join() &&
      strides.every((s) => s === 1)
    )
      return source;
    const part = subviewType(type, known, sizes, strides) as MemRefType;
    return this.insert(() => mlu.ops.subview({ source, dynamic, offsets: known, sizes, steps: strides, types: [part] }))
      .part;
  }

  /** Runs out of a contiguous block: element (i, j, …) is at `start` + i · strides[0] + j · strides[1] + … */
  windows(source: Value, start: Index, sizes: readonly number[], strides: readonly number[]): Value {
    const offset = typeof start === 'number' ? start : 0;
    const type = windowsType(
      source.type as MemRefType,
      typeof start === 'number' ? start : -1,
      sizes,
      strides,
    ) as MemRefType;
    return this.insert(() =>
      mlu.ops.windows({
        source,
        ...(typeof start === 'number' ? {} : { start }),
        offset,
        sizes,
        strides,
        types: [type],
      }),
    ).part;
  }

  /** The same contiguous elements with other extents. */
  shaped(source: Value, shape: readonly number[]): Value {
    const type = source.type as MemRefType;
    if (type.shape.join() === shape.join()) return source;
    const offset = type.layout?.kind === 'strided' ? type.layout.offset : 0;
    const view = memrefIn(type.space?.kind === 'string' ? (type.space.value as 'nram') : 'nram', shape, type.element, {
      strides: rowMajorStrides(shape),
      offset,
    });
    return this.insert(() => mlu.ops.reshape({ source, types: [view] })).view;
  }

  /** Starts a copy. */
  copy(source: Value, target: Value): void {
    this.insert(() => mlu.ops.copy({ source, target }));
  }

  /** Writes one number everywhere. */
  fill(target: Value, value = 0): void {
    this.insert(() => mlu.ops.fill({ target, value }));
  }
}
