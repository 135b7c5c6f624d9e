/** Runs the core programs of a module, one stretch between barriers after the other. */
import { arith } from '../../dialects/arith/index.ts';
import { byteSize, coreAttribute, mlu } from '../../dialects/mlu/index.ts';
import { scf } from '../../dialects/scf/index.ts';
import {
  type AnyOp,
  type Block,
  DiagnosticError,
  elementCount,
  errorAt,
  f16,
  type MemRefType,
  type Operation,
  type OpView,
  spaceOf,
  valueOfBits,
  type Value,
  type DenseAttribute,
  type FloatType,
  storedBytes,
} from '../../ir/index.ts';
import { CheckedAccess, MemoryBlock, type MemoryView, wholeBlock } from './memory-block.ts';
import { type CoreState, mluMeanings } from './meanings.ts';

const meaningByName = new Map(
  Object.entries(mlu.ops).map(([key, def]) => [
    (def as AnyOp).opName,
    { view: (def as AnyOp).view, run: mluMeanings[key as keyof typeof mluMeanings] as (op: OpView, core: CoreState) => void },
  ]),
);

/** A tensor that goes into or comes out of a program: row-major, without padding. */
export interface ProgramTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What an observer is told after each operation of a core. */
export type ProgramObserver = (operation: Operation, core: number) => void;

class CoreRun implements CoreState {
  readonly access: CheckedAccess;
  private readonly views: Map<Value, MemoryView>;
  private readonly indices: Map<Value, number>;
  private readonly buffers: ReadonlyMap<string, MemoryBlock>;
  private readonly observe: ProgramObserver;
  private blocks: number;

  constructor(core: number, buffers: ReadonlyMap<string, MemoryBlock>, observe: ProgramObserver) {
    this.access = new CheckedAccess(core);
    this.views = new Map();
    this.indices = new Map();
    this.buffers = buffers;
    this.observe = observe;
    this.blocks = 0;
    // Meanings take these apart, so they must not depend on how they are called.
    this.memory = this.memory.bind(this);
  }

  memory(value: Value): MemoryView {
    return this.views.get(value) as MemoryView;
  }

  index(value: Value): number {
    return this.indices.get(value) as number;
  }

  bind(value: Value, view: MemoryView): void {
    this.views.set(value, view);
  }

  buffer(symbol: string, type: MemRefType): MemoryView {
    const block = this.buffers.get(symbol);
    if (!block) throw new DiagnosticError([errorAt({ kind: 'unknown' }, `there is no buffer '@${symbol}'`)]);
    return wholeBlock(block, type);
  }

  allocate(value: Value): MemoryView {
    const type = value.type as MemRefType;
    const name = `core ${this.access.core} block ${this.blocks++}`;
    return wholeBlock(new MemoryBlock(name, spaceOf(type), type.element, elementCount(type.shape) ?? 0, false), type);
  }

  run(operation: Operation): void {
    const known = meaningByName.get(operation.name);
    if (known) known.run(known.view(operation), this);
    else if (operation.is(scf.ops.for)) this.loop(operation);
    else if (!operation.hasTrait('terminator')) this.scalar(operation);
    this.observe(operation, this.access.core);
  }

  private loop(operation: Operation): void {
    const [lower, upper, step] = operation.operands.map((value) => this.index(value)) as [number, number, number];
    const block = operation.region().entry as Block;
    if (step <= 0) throw new DiagnosticError([errorAt(operation.location, `'${operation.name}' op has step ${step}, expected a positive one`)]);
    for (let at = lower; at < upper; at += step) {
      this.indices.set(block.argument(0), at);
      for (const inner of block.operations) this.run(inner);
    }
  }

  private scalar(operation: Operation): void {
    const constant = operation.as(arith.ops.constant)?.value;
    const [a, b] = operation.operands.map((value) => this.index(value)) as [number, number];
    let result: number | undefined;
    if (constant?.kind === 'integer') result = Number(constant.value);
    else if (operation.is(arith.ops.addi)) result = a + b;
    else if (operation.is(arith.ops.subi)) result = a - b;
    else if (operation.is(arith.ops.muli)) result = a * b;
    if (result === undefined)
      throw new DiagnosticError([errorAt(operation.location, `'${operation.name}' op has no meaning in a core program`)]);
    this.indices.set(operation.result(), result);
  }
}

function fillBuffer(block: MemoryBlock, data: DenseAttribute): void {
  const type = data.type.element as FloatType;
  const size = storedBytes(type);
  const at = new DataView(data.bytes.buffer, data.bytes.byteOffset, data.bytes.byteLength);
  for (let i = 0; i < block.values.length; i++) {
    const from = data.splat ? 0 : i * size;
    block.values[i] = type === f16 ? valueOfBits(BigInt(at.getUint16(from, true)), type) : at.getFloat32(from, true);
  }
  block.written.fill(1);
}

/** Visits the elements of a padded buffer that belong to the tensor: place in the buffer, number in the tensor. */
function forEachReal(shape: readonly number[], physical: readonly number[], visit: (at: number, number: number) => void): void {
  const lanes = shape.at(-1) ?? 1;
  const pitch = physical.at(-1) ?? 1;
  const count = shape.reduce((a, b) => a * b, 1);
  for (let number = 0; number < count; number++) visit(Math.floor(number / lanes) * pitch + (number % lanes), number);
}

/**
 * Runs all core programs of a hardware-level module on `inputs` by buffer name and gives the
 * outputs by name. Throws a `DiagnosticError` for every access that the machine would not stand.
 */
export function runCorePrograms(
  module: Operation,
  inputs: ReadonlyMap<string, ProgramTensor>,
  observe: ProgramObserver = () => {},
): ReadonlyMap<string, ProgramTensor> {
  const buffers = new Map<string, MemoryBlock>();
  const outputs: { readonly name: string; readonly shape: readonly number[]; readonly physical: readonly number[] }[] = [];
  const operations = module.region().entry?.operations ?? [];
  for (const operation of operations) {
    const buffer = operation.as(mlu.ops.buffer);
    if (!buffer) continue;
    const type = buffer.type as MemRefType;
    const block = new MemoryBlock(buffer.sym_name, 'gdram', type.element, byteSize(type) / storedBytes(type.element), true);
    buffers.set(buffer.sym_name, block);
    if (buffer.value) fillBuffer(block, buffer.value);
    if (buffer.role === 'output') outputs.push({ name: buffer.sym_name, shape: buffer.shape, physical: type.shape });
    if (buffer.role !== 'input') continue;
    const given = inputs.get(buffer.sym_name);
    if (!given) throw new DiagnosticError([errorAt(operation.location, `input '${buffer.sym_name}' is not given; there are ${[...inputs.keys()].join(', ') || 'none'}`)]);
    if (given.shape.join() !== buffer.shape.join())
      throw new DiagnosticError([errorAt(operation.location, `input '${buffer.sym_name}' has shape [${given.shape}], expected [${buffer.shape}]`)]);
    forEachReal(buffer.shape, type.shape, (at, number) => {
      block.values[at] = given.data[number] as number;
      block.written[at] = 1;
    });
  }

  const cores = operations
    .filter((operation) => operation.attribute(coreAttribute) !== undefined)
    .map((operation, core) => ({ run: new CoreRun(core, buffers, observe), rest: [...(operation.region().entry?.operations ?? [])], at: 0 }));
  for (let running = true; running; ) {
    running = false;
    for (const core of cores)
      while (core.at < core.rest.length) {
        const operation = core.rest[core.at++] as Operation;
        core.run.run(operation);
        if (operation.is(mlu.ops.barrier)) break;
      }
    const ended = cores.filter((core) => core.at >= core.rest.length).length;
    if (ended < cores.length) {
      if (ended > 0 && cores.some((core) => core.at >= core.rest.length && !core.rest.at(-1)?.is(mlu.ops.barrier)))
        throw new DiagnosticError([errorAt(module.location, `${ended} of ${cores.length} cores have ended while the others wait at a barrier`)]);
      running = true;
    }
    for (const core of cores) core.run.access.nextEpoch();
  }

  return new Map(
    outputs.map(({ name, shape, physical }) => {
      const block = buffers.get(name) as MemoryBlock;
      const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
      forEachReal(shape, physical, (at, number) => {
        if (block.written[at] === 0) throw new DiagnosticError([errorAt(module.location, `output '${name}' has element ${number} that was never written`)]);
        data[number] = block.values[at] as number;
      });
      return [name, { shape, data }];
    }),
  );
}
