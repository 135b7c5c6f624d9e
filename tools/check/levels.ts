/** Running a case at the lower levels: the hardware level's interpreter and the emulator. */
import { arith } from '../../dialects/arith/index.ts';
import { func } from '../../dialects/func/index.ts';
import { mlu } from '../../dialects/mlu/index.ts';
import { scf } from '../../dialects/scf/index.ts';
import { evaluate, NdArray, newElements } from '../../interpreter/index.ts';
import { type ProgramTensor, runCorePrograms } from '../../interpreter/mlu/run.ts';
import { clone, DiagnosticError, floatToHalf, halfToFloat, type Operation, verify } from '../../ir/index.ts';
import { lowerToHardware } from '../../lowering/compile.ts';
import { compileToMachine } from '../../lowering/mlu-to-machine/index.ts';
import type { TilingKnobs } from '../../lowering/tensorop-to-mlu/index.ts';
import {
  Emulator,
  type Machine,
  type Program,
  readObjectFile,
  type RunReport,
  writeObjectFile,
} from '../../target-mlu/index.ts';
import { upperLevels } from './semantics.ts';
import type { CheckCase } from './program.ts';

/** A copy of a tensor-op module, brought to the hardware level. */
export function atHardware(module: Operation, machine: Machine, settings: Partial<TilingKnobs>): Operation {
  for (const dialect of [arith, func, mlu, scf]) module.context.load(dialect);
  const copy = clone(module);
  lowerToHardware(copy, machine, settings);
  return copy;
}

/** The same; throws also what is not valid there. */
export function validAtHardware(module: Operation, machine: Machine, settings: Partial<TilingKnobs>): Operation {
  const copy = atHardware(module, machine, settings);
  const wrong = verify(copy);
  if (wrong.length > 0) throw new DiagnosticError(wrong);
  return copy;
}

/** The names of the inputs or outputs of a hardware-level module, in order. */
export const namesWithRole = (module: Operation, role: 'input' | 'output'): readonly string[] =>
  (module.region().entry?.operations ?? []).flatMap((operation) => {
    const buffer = operation.as(mlu.ops.buffer);
    return buffer?.role === role ? [buffer.sym_name] : [];
  });

/** The inputs of a case by buffer name. */
const inputTensors = (module: Operation, inputs: CheckCase['inputs']): ReadonlyMap<string, ProgramTensor> =>
  new Map(
    namesWithRole(module, 'input').map((name, at) => {
      const input = inputs[at];
      return [name, { shape: input?.type.shape ?? [], data: input?.data ?? new Float32Array(0) }];
    }),
  );

/** The outputs of a hardware-level module, in order. */
export function runHardware(module: Operation, inputs: CheckCase['inputs']): readonly Float32Array[] {
  const outputs = runCorePrograms(module, inputTensors(module, inputs));
  return namesWithRole(module, 'output').map((name) => outputs.get(name)?.data ?? new Float32Array(0));
}

/** How the bytes of the machine's element types are read and written. */
const storages: Readonly<Record<string, { to(data: Float32Array): Bytes; from(buffer: ArrayBuffer): Float32Array }>> = {
  f16: {
    to: (data) => Uint16Array.from(data, floatToHalf),
    from: (buffer) => Float32Array.from(new Uint16Array(buffer), halfToFloat),
  },
  f32: { to: (data) => data.slice(), from: (buffer) => new Float32Array(buffer) },
  i8: { to: (data) => Int8Array.from(data), from: (buffer) => Float32Array.from(new Int8Array(buffer)) },
  i16: { to: (data) => Int16Array.from(data), from: (buffer) => Float32Array.from(new Int16Array(buffer)) },
};
type Bytes = { readonly buffer: ArrayBufferLike };
const storageOf = (element: string): (typeof storages)[string] => {
  const found = storages[element];
  if (!found) throw new RangeError(`numbers of type ${element} are not moved to the machine`);
  return found;
};

/** Numbers as the bytes of an element type, by its name. */
export const toBytes = (data: Float32Array, element: string): Uint8Array =>
  new Uint8Array(storageOf(element).to(data).buffer);

/** The numbers in the bytes of an element type, by its name. */
export const fromBytes = (bytes: Uint8Array, element: string): Float32Array =>
  storageOf(element).from(bytes.slice().buffer);

/** What a run on the machine gave. */
export interface MachineRun {
  readonly outputs: readonly Float32Array[];
  readonly report: RunReport;
}

/** The machine program of a hardware-level module, from its encoded object file; it may run often. */
export class MachineProgram {
  readonly program: Program;
  private readonly emulator: Emulator;
  private readonly inputs: readonly string[];
  private readonly outputs: readonly string[];

  constructor(module: Operation, machine: Machine) {
    this.program = readObjectFile(writeObjectFile(compileToMachine(module, machine)));
    this.emulator = new Emulator(this.program, machine);
    this.inputs = namesWithRole(module, 'input');
    this.outputs = namesWithRole(module, 'output');
  }

  run(inputs: CheckCase['inputs']): MachineRun {
    const { emulator } = this;
    const elementOf = (name: string): string => emulator.symbol(name).element;
    for (const [at, name] of this.inputs.entries())
      emulator.write(name, toBytes(inputs[at]?.data ?? new Float32Array(0), elementOf(name)));
    const report = emulator.run();
    return { outputs: this.outputs.map((name) => fromBytes(emulator.read(name), elementOf(name))), report };
  }
}

/** The outputs of the machine program of a hardware-level module, run once. */
export function runMachine(
  module: Operation,
  inputs: CheckCase['inputs'],
  machine: Machine,
): MachineRun & { readonly program: Program } {
  const compiled = new MachineProgram(module, machine);
  return { ...compiled.run(inputs), program: compiled.program };
}

/** Numbers as an array of a type; integers are kept as integers. */
export function arrayOfNumbers({ type, data }: CheckCase['inputs'][number]): NdArray {
  if (type.element.kind === 'float') return new NdArray(type.shape, type.element, data);
  const elements = newElements(type.element, data.length);
  const isWide = elements instanceof BigInt64Array || elements instanceof BigUint64Array;
  for (const [at, x] of data.entries()) elements[at] = (isWide ? BigInt(x) : x) as never;
  return new NdArray(type.shape, type.element, elements);
}

/** The outputs of a graph or tensor-op module. */
export function runTensors(
  module: Operation,
  inputs: CheckCase['inputs'],
  kernels: 'reference' | 'fast' = 'fast',
): readonly Float32Array[] {
  const values = inputs.map(arrayOfNumbers);
  return evaluate(upperLevels, module, 'main', values, { kernels }).map((value) =>
    value instanceof NdArray ? (value.data as Float32Array) : new Float32Array(0),
  );
}
