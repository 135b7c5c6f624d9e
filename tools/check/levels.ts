/** Running a case at the lower levels: the hardware level's interpreter and the emulator. */
import { arith } from '../../dialects/arith/index.ts';
import { func } from '../../dialects/func/index.ts';
import { mlu } from '../../dialects/mlu/index.ts';
import { scf } from '../../dialects/scf/index.ts';
import { evaluate, NdArray } from '../../interpreter/index.ts';
import { type ProgramTensor, runCorePrograms } from '../../interpreter/mlu/run.ts';
import {
  clone,
  DiagnosticError,
  f16,
  floatToHalf,
  halfToFloat,
  type MemRefType,
  type Operation,
  type TensorType,
  verify,
} from '../../ir/index.ts';
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

/** Numbers as the bytes of an element type. */
export const toBytes = (data: Float32Array, half: boolean): Uint8Array =>
  half ? new Uint8Array(Uint16Array.from(data, floatToHalf).buffer) : new Uint8Array(data.slice().buffer);

/** The numbers in the bytes of an element type. */
export const fromBytes = (bytes: Uint8Array, half: boolean): Float32Array =>
  half ? Float32Array.from(new Uint16Array(bytes.slice().buffer), halfToFloat) : new Float32Array(bytes.slice().buffer);

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
    const isHalf = (name: string): boolean => emulator.symbol(name).element === 'f16';
    for (const [at, name] of this.inputs.entries())
      emulator.write(name, toBytes(inputs[at]?.data ?? new Float32Array(0), isHalf(name)));
    const report = emulator.run();
    return { outputs: this.outputs.map((name) => fromBytes(emulator.read(name), isHalf(name))), report };
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

/** Whether a tensor holds halves. */
export const holdsHalves = (type: TensorType | MemRefType): boolean => type.element === f16;

/** The outputs of a graph or tensor-op module. */
export function runTensors(
  module: Operation,
  inputs: CheckCase['inputs'],
  kernels: 'reference' | 'fast' = 'fast',
): readonly Float32Array[] {
  const values = inputs.map(({ type, data }) => new NdArray(type.shape, type.element, data));
  return evaluate(upperLevels, module, 'main', values, { kernels }).map((value) =>
    value instanceof NdArray ? (value.data as Float32Array) : new Float32Array(0),
  );
}
