/** Runs the core programs of a module, one stretch between barriers after the other. */
import { byteSize, coreAttribute, mlu } from '../../dialects/mlu/index.ts';
import {
  type DenseAttribute,
  DiagnosticError,
  elementCount,
  errorAt,
  f16,
  type FloatType,
  type MemRefType,
  type Operation,
  spaceOf,
  storedBytes,
  valueOfBits,
} from '../../ir/index.ts';
import { arithSemantics } from '../arith.ts';
import { type EvaluationOptions, Evaluator } from '../evaluate.ts';
import type { Frame } from '../frame.ts';
import { funcSemantics } from '../func.ts';
import { scfSemantics } from '../scf.ts';
import { mluSemantics } from './meanings.ts';
import { CheckedAccess, MemoryBlock, wholeBlock } from './memory-block.ts';

/** A tensor that goes into or comes out of a program: row-major, without padding. */
export interface ProgramTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** How core programs are run. */
export interface ProgramOptions extends EvaluationOptions {
  /** Whether every unit is done before the next operation begins, as programs without syncs mean it. */
  readonly inOrder?: boolean;
}

/** One core while its program runs. */
interface CoreRun {
  readonly access: CheckedAccess;
  readonly frame: Frame;
}

/** A core at the beginning of its program. */
function beginCore(
  func: Operation,
  core: number,
  buffers: ReadonlyMap<string, MemoryBlock>,
  options: ProgramOptions,
): CoreRun {
  const access = new CheckedAccess(core, options.inOrder);
  let blocks = 0;
  const semantics = mluSemantics({
    access,
    buffer(symbol, operation) {
      const block = buffers.get(symbol);
      if (!block)
        throw new DiagnosticError([
          errorAt(operation.location, `'${operation.name}' op names '@${symbol}', which is not a buffer here`),
        ]);
      return wholeBlock(block, operation.result().type as MemRefType);
    },
    allocate(type) {
      const block = new MemoryBlock(
        `core ${core} block ${blocks++}`,
        spaceOf(type),
        type.element,
        elementCount(type.shape) ?? 0,
        false,
      );
      return wholeBlock(block, type);
    },
  });
  const levels = [semantics, scfSemantics, arithSemantics, funcSemantics];
  return { access, frame: new Evaluator(levels, options).begin(func, []) };
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
function forEachReal(
  shape: readonly number[],
  physical: readonly number[],
  visit: (at: number, number: number) => void,
): void {
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
  options: ProgramOptions = {},
): ReadonlyMap<string, ProgramTensor> {
  const buffers = new Map<string, MemoryBlock>();
  const outputs: { readonly name: string; readonly shape: readonly number[]; readonly physical: readonly number[] }[] =
    [];
  const operations = module.region().entry?.operations ?? [];
  for (const operation of operations) {
    const buffer = operation.as(mlu.ops.buffer);
    if (!buffer) continue;
    const type = buffer.type as MemRefType;
    const block = new MemoryBlock(
      buffer.sym_name,
      'gdram',
      type.element,
      byteSize(type) / storedBytes(type.element),
      true,
    );
    buffers.set(buffer.sym_name, block);
    if (buffer.value) fillBuffer(block, buffer.value);
    if (buffer.role === 'output') outputs.push({ name: buffer.sym_name, shape: buffer.shape, physical: type.shape });
    if (buffer.role !== 'input') continue;
    const given = inputs.get(buffer.sym_name);
    if (!given)
      throw new DiagnosticError([
        errorAt(
          operation.location,
          `input '${buffer.sym_name}' is not given; there are ${[...inputs.keys()].join(', ') || 'none'}`,
        ),
      ]);
    if (given.shape.join() !== buffer.shape.join())
      throw new DiagnosticError([
        errorAt(
          operation.location,
          `input '${buffer.sym_name}' has shape [${given.shape}], expected [${buffer.shape}]`,
        ),
      ]);
    forEachReal(buffer.shape, type.shape, (at, number) => {
      block.values[at] = given.data[number] as number;
      block.written[at] = 1;
    });
  }

  const cores = operations
    .filter((operation) => operation.attribute(coreAttribute) !== undefined)
    .map((operation, core) => beginCore(operation, core, buffers, options));
  const isBarrier = (operation: Operation): boolean => operation.is(mlu.ops.barrier);
  // Every core runs to its next barrier before any goes beyond; one that stands at a barrier from the beginning waits.
  for (let round = 0; cores.some(({ frame }) => frame.finished === undefined); round++) {
    for (const { frame } of cores) {
      const waits = round === 0 && frame.position !== undefined && isBarrier(frame.position);
      if (frame.finished === undefined && !waits) frame.run(isBarrier);
    }
    const ended = cores.filter(({ frame }) => frame.finished !== undefined).length;
    if (ended > 0 && ended < cores.length)
      throw new DiagnosticError([
        errorAt(module.location, `${ended} of ${cores.length} cores have ended while the others wait at a barrier`),
      ]);
    for (const { access } of cores) access.nextEpoch();
  }

  return new Map(
    outputs.map(({ name, shape, physical }) => {
      const block = buffers.get(name) as MemoryBlock;
      const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
      forEachReal(shape, physical, (at, number) => {
        if (block.written[at] === 0)
          throw new DiagnosticError([
            errorAt(module.location, `output '${name}' has element ${number} that was never written`),
          ]);
        data[number] = block.values[at] as number;
      });
      return [name, { shape, data }];
    }),
  );
}
