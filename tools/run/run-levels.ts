/** Running a program at any of its levels on the same inputs. */
import { evaluate, NdArray } from '../../interpreter/index.ts';
import { runCorePrograms } from '../../interpreter/mlu/run.ts';
import type { Operation, TensorType } from '../../ir/index.ts';
import { Emulator, type Machine, type Program, type RunReport } from '../../target-mlu/index.ts';
import { arrayOfNumbers, fromBytes, namesWithRole, toBytes } from '../check/levels.ts';
import { upperLevels } from '../check/semantics.ts';
import type { CompiledLevels, LevelName } from './compile-levels.ts';

/** A tensor that goes into a program. Numbers are exact in their element type. */
export interface TensorInput {
  readonly type: TensorType;
  readonly data: Float32Array;
}
/** A tensor that comes out of a program. */
export interface TensorOutput {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}
/** What running one level gave. */
export interface LevelRun {
  readonly outputs: readonly TensorOutput[];
  /** Of the machine level: instructions and modelled cycles. */
  readonly report?: RunReport;
}

/** The names of the results of a function, as the importer noted them, else numbered. */
export function outputNames(module: Operation): readonly string[] {
  const entry = module.region().entry?.operations.find((operation) => operation.name === 'func.func');
  const list = entry?.attribute('onnx.outputs');
  const count = entry?.region().entry?.last?.operandCount ?? 0;
  return Array.from({ length: count }, (_, at) => {
    const name = list?.kind === 'array' ? list.elements[at] : undefined;
    return name?.kind === 'string' ? name.value : `output${at}`;
  });
}

/** The name of the function that a program starts with: the only one, or `main`. */
function entryName(module: Operation): string {
  const names = (module.region().entry?.operations ?? []).flatMap((operation) => {
    const name = operation.name === 'func.func' ? operation.attribute('sym_name') : undefined;
    return name?.kind === 'string' ? [name.value] : [];
  });
  return names.length === 1 ? (names[0] as string) : 'main';
}

/** Runs a graph or tensor-op module. */
export function runModule(module: Operation, inputs: readonly TensorInput[]): LevelRun {
  const values = inputs.map(arrayOfNumbers);
  const names = outputNames(module);
  const outputs = evaluate(upperLevels, module, entryName(module), values).map((value, at) => {
    if (!(value instanceof NdArray)) throw new Error('a network gives tensors');
    return { name: names[at] as string, shape: value.shape, data: Float32Array.from(value.data as Float32Array) };
  });
  return { outputs };
}

/** Runs core programs in the checking interpreter. */
export function runHardwareLevel(module: Operation, inputs: readonly TensorInput[]): LevelRun {
  const given = new Map(
    namesWithRole(module, 'input').map((name, at) => {
      const input = inputs[at] as TensorInput;
      return [name, { shape: input.type.shape, data: input.data }] as const;
    }),
  );
  const outputs = runCorePrograms(module, given);
  return {
    outputs: namesWithRole(module, 'output').map((name) => ({
      name,
      shape: outputs.get(name)?.shape ?? [],
      data: outputs.get(name)?.data ?? new Float32Array(0),
    })),
  };
}

/** A machine program that is ready to run on one input after the other. */
export class MachineRunner {
  private readonly emulator: Emulator;
  private readonly program: Program;

  constructor(program: Program, machine: Machine, options: { readonly watchWritten?: boolean } = {}) {
    this.program = program;
    this.emulator = new Emulator(program, machine, options);
  }

  /** Runs the program from its beginning. */
  run(inputs: readonly TensorInput[]): LevelRun {
    const symbols = (kind: 'input' | 'output'): Program['symbols'] =>
      this.program.symbols.filter((symbol) => symbol.kind === kind);
    for (const [at, { name, element }] of symbols('input').entries())
      this.emulator.write(name, toBytes((inputs[at] as TensorInput).data, element));
    const report = this.emulator.run();
    const outputs = symbols('output').map(({ name, shape, element }) => ({
      name,
      shape,
      data: fromBytes(this.emulator.read(name), element),
    }));
    return { outputs, report };
  }
}

/** Runs one level of a compiled program; undefined when it does not have that level. */
export function runLevel(
  compiled: CompiledLevels,
  level: LevelName,
  inputs: readonly TensorInput[],
  machine: Machine,
): LevelRun | undefined {
  if (level === 'machine') return new MachineRunner(compiled.machine, machine).run(inputs);
  if (level === 'mlu') return runHardwareLevel(compiled.mlu, inputs);
  const module = compiled[level];
  return module && runModule(module, inputs);
}
