/** Runs the core programs of a module, one stretch between barriers after the other. */
import { byteSize, coreAttribute, mlu } from '../../dialects/mlu/index.ts';
import {
  type DenseAttribute,
  DiagnosticError,
  elementCount,
  errorAt,
  type MemRefType,
  type Operation,
  spaceOf,
  storedBytes,
} from '../../ir/index.ts';
import { arithSemantics } from '../arith.ts';
import { arrayOf } from '../dense-data.ts';
import { type EvaluationOptions, Evaluator } from '../evaluate.ts';
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

/** One core of a module; it may run its program often. */
interface CoreProgram {
  readonly func: Operation;
  readonly access: CheckedAccess;
  readonly evaluator: Evaluator;
  /** On-chip blocks that this run has made. */
  blocks: number;
}

/** A core with what its meanings read; `buffers` are those of the run that is under way. */
function coreProgram(
  func: Operation,
  core: number,
  buffers: ReadonlyMap<string, MemoryBlock>,
  options: ProgramOptions,
): CoreProgram {
  const access = new CheckedAccess(core, options.inOrder);
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
        `core ${core} block ${program.blocks++}`,
        spaceOf(type),
        type.element,
        elementCount(type.shape) ?? 0,
        false,
      );
      return wholeBlock(block, type);
    },
  });
  const evaluator = new Evaluator([semantics, scfSemantics, arithSemantics, funcSemantics], options);
  const program: CoreProgram = { func, access, evaluator, blocks: 0 };
  return program;
}

function fillBuffer(block: MemoryBlock, data: DenseAttribute): void {
  const { data: numbers } = arrayOf(data);
  for (let i = 0; i < block.values.length; i++) block.values[i] = Number(numbers[i]);
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

/** The core programs of a hardware-level module. What running them needs is found once, for as long as the module is not changed. */
export class CorePrograms {
  private readonly module: Operation;
  private readonly buffers: Map<string, MemoryBlock>;
  private readonly cores: readonly CoreProgram[];

  constructor(module: Operation, options: ProgramOptions = {}) {
    this.module = module;
    this.buffers = new Map();
    this.cores = (module.region().entry?.operations ?? [])
      .filter((operation) => operation.attribute(coreAttribute) !== undefined)
      .map((operation, core) => coreProgram(operation, core, this.buffers, options));
  }

  /**
   * Runs them on `inputs` by buffer name and gives the outputs by name. Throws a `DiagnosticError` for every access that
   * the machine would not stand.
   */
  run(inputs: ReadonlyMap<string, ProgramTensor>): ReadonlyMap<string, ProgramTensor> {
    const outputs = this.fill(inputs);
    this.runCores();
    return new Map(
      outputs.map((output) => {
        const data = this.read(output);
        return [output.name, { shape: output.shape, data }];
      }),
    );
  }

  /** Makes the buffers anew; gives those that will hold outputs. */
  private fill(inputs: ReadonlyMap<string, ProgramTensor>): readonly OutputBuffer[] {
    const { buffers } = this;
    const outputs: OutputBuffer[] = [];
    buffers.clear();
    for (const operation of this.module.region().entry?.operations ?? []) {
      const buffer = operation.as(mlu.ops.buffer);
      if (!buffer) continue;
      const type = buffer.type as MemRefType;
      const { sym_name: name, shape } = buffer;
      const block = new MemoryBlock(name, 'gdram', type.element, byteSize(type) / storedBytes(type.element), true);
      buffers.set(name, block);
      if (buffer.value) fillBuffer(block, buffer.value);
      if (buffer.role === 'output') outputs.push({ name, shape, physical: type.shape });
      if (buffer.role !== 'input') continue;
      const given = inputs.get(name);
      if (!given)
        throw new DiagnosticError([
          errorAt(
            operation.location,
            `input '${name}' is not given; there are ${[...inputs.keys()].join(', ') || 'none'}`,
          ),
        ]);
      if (given.shape.join() !== shape.join())
        throw new DiagnosticError([
          errorAt(operation.location, `input '${name}' has shape [${given.shape}], expected [${shape}]`),
        ]);
      forEachReal(shape, type.shape, (at, number) => {
        block.values[at] = given.data[number] as number;
        block.written[at] = 1;
      });
    }
    return outputs;
  }

  private runCores(): void {
    const cores = this.cores.map((core) => {
      core.blocks = 0;
      core.access.reset();
      return { access: core.access, frame: core.evaluator.begin(core.func, []) };
    });
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
          errorAt(
            this.module.location,
            `${ended} of ${cores.length} cores have ended while the others wait at a barrier`,
          ),
        ]);
      for (const { access } of cores) access.nextEpoch();
    }
  }

  private read({ name, shape, physical }: OutputBuffer): Float32Array {
    const block = this.buffers.get(name) as MemoryBlock;
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
    forEachReal(shape, physical, (at, number) => {
      if (block.written[at] === 0)
        throw new DiagnosticError([
          errorAt(this.module.location, `output '${name}' has element ${number} that was never written`),
        ]);
      data[number] = block.values[at] as number;
    });
    return data;
  }
}

/** A buffer that an output comes from, and the extents that it has in memory. */
interface OutputBuffer {
  readonly name: string;
  readonly shape: readonly number[];
  readonly physical: readonly number[];
}

/** Runs all core programs of a hardware-level module once, as `CorePrograms` does. */
export const runCorePrograms = (
  module: Operation,
  inputs: ReadonlyMap<string, ProgramTensor>,
  options: ProgramOptions = {},
): ReadonlyMap<string, ProgramTensor> => new CorePrograms(module, options).run(inputs);
