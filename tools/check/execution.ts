/** Running modules of any level: their public functions, or the core programs that a function became. */
import { coreAttribute, mlu } from '../../dialects/mlu/index.ts';
import { Evaluator, type Limits, NdArray, type Observer, type RuntimeValue } from '../../interpreter/index.ts';
import { CorePrograms } from '../../interpreter/mlu/run.ts';
import {
  Builder,
  clone,
  DiagnosticError,
  errorAt,
  f32,
  type Operation,
  symbolsIn,
  type TensorType,
  tensorType,
  type Type,
} from '../../ir/index.ts';
import { mlu100 } from '../../target-mlu/index.ts';
import { upperLevels } from './semantics.ts';
import { canMake } from './inputs.ts';
import { arrayOfNumbers, MachineProgram } from './levels.ts';
import { valueDifference } from './values.ts';

/** What a module can be asked to run. */
export interface Entry {
  /** The name of the function; that of the core programs is the one that was lowered to them. */
  readonly name: string;
  readonly inputs: readonly Type[];
}

/** What came of a run: values, or why there are none. */
export type Outcome =
  | { readonly values: readonly RuntimeValue[]; readonly fault?: undefined }
  | { readonly values?: undefined; readonly fault: string };

/** How runs are limited and watched. */
export interface ExecutionOptions {
  readonly limits?: Partial<Limits>;
  /** Told of every operation that was executed; not of those of core programs. */
  readonly observer?: Observer;
  /** What the program lacks, as passes say it; undefined when that is not known. Finished core programs run on the machine as well. */
  readonly lacks?: readonly string[] | undefined;
}

/** So much a run may take unless the caller says otherwise. */
const usualLimits: Partial<Limits> = { steps: 2_000_000, milliseconds: 60_000 };

const buffersOf = (module: Operation, role: 'input' | 'output'): readonly Operation[] =>
  (module.region().entry?.operations ?? []).filter((operation) => operation.as(mlu.ops.buffer)?.role === role);
const isProgram = (module: Operation): boolean =>
  (module.region().entry?.operations ?? []).some((operation) => operation.attribute(coreAttribute) !== undefined);

const isPublic = (operation: Operation): boolean => {
  const visibility = operation.attribute('sym_visibility');
  return visibility?.kind !== 'string' || visibility.value === 'public';
};

/** What a buffer takes and gives: integers, or numbers of which it is its own matter that they are halves. */
function numbersOf(buffer: Operation): TensorType {
  const { shape = [], type } = buffer.as(mlu.ops.buffer) ?? {};
  return tensorType(shape, type?.kind === 'memref' && type.element.kind === 'integer' ? type.element : f32);
}

/** The entries of a module that can be given inputs, in order. */
export function entriesOf(module: Operation): readonly Entry[] {
  if (isProgram(module))
    return [
      {
        name: 'main',
        inputs: buffersOf(module, 'input').map(numbersOf),
      },
    ];
  return [...symbolsIn(module)].flatMap(([name, operation]) => {
    const entry = operation.name === 'func.func' && isPublic(operation) ? operation.region(0).entry : undefined;
    const inputs = entry?.arguments.map(({ type }) => type);
    return inputs?.every(canMake) ? [{ name, inputs }] : [];
  });
}

/** Runs entries of a module as it is now. What running needs is found once, so a module is not to be changed meanwhile. */
export class Execution {
  private readonly module: Operation;
  private readonly options: ExecutionOptions;
  private readonly evaluator: Evaluator;
  private program: ProgramExecution | undefined;

  constructor(module: Operation, options: ExecutionOptions = {}) {
    const { limits, observer } = options;
    this.module = module;
    this.options = options;
    this.evaluator = new Evaluator(upperLevels, {
      limits: { ...usualLimits, ...limits },
      ...(observer ? { observer } : {}),
    });
  }

  /** Runs one entry. Whatever the program does wrong is a fault of the outcome. */
  run(name: string, values: readonly RuntimeValue[]): Outcome {
    try {
      return { values: isProgram(this.module) ? this.runProgram(values) : this.runFunction(name, values) };
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      return { fault: error.diagnostics[0]?.message ?? 'it cannot be run' };
    }
  }

  private runProgram(values: readonly RuntimeValue[]): readonly RuntimeValue[] {
    this.program ??= new ProgramExecution(this.module, this.options.lacks);
    return this.program.run(values);
  }

  private runFunction(name: string, values: readonly RuntimeValue[]): readonly RuntimeValue[] {
    const callee = symbolsIn(this.module).get(name);
    if (!callee) throw new DiagnosticError([errorAt(this.module.location, `there is no function @${name}`)]);
    return this.evaluator.call(callee, values);
  }
}

/** Runs one entry once, as `Execution` does. */
export const execute = (
  module: Operation,
  name: string,
  values: readonly RuntimeValue[],
  options: ExecutionOptions = {},
): Outcome => new Execution(module, options).run(name, values);

/** Core programs, which take and give numbers. */
class ProgramExecution {
  private readonly module: Operation;
  private readonly lacks: readonly string[] | undefined;
  private readonly cores: CorePrograms;
  private machine: MachineProgram | undefined;

  constructor(module: Operation, lacks: readonly string[] | undefined) {
    this.module = module;
    this.lacks = lacks;
    this.cores = new CorePrograms(module, { inOrder: lacks?.includes('syncs') ?? false });
  }

  run(values: readonly RuntimeValue[]): readonly RuntimeValue[] {
    const types = buffersOf(this.module, 'input').map(numbersOf);
    const inputs = values.map((value, at) => ({
      type: types[at] ?? tensorType([], f32),
      shape: value instanceof NdArray ? value.shape : [],
      data: value instanceof NdArray ? Float32Array.from(value.data as Float32Array) : new Float32Array(0),
    }));
    const given = new Map(
      buffersOf(this.module, 'input').flatMap((buffer, at) => {
        const input = inputs[at];
        return input ? [[buffer.as(mlu.ops.buffer)?.sym_name ?? '', input] as const] : [];
      }),
    );
    const outputs = this.cores.run(given);
    const found = buffersOf(this.module, 'output').map((buffer) => {
      const data = outputs.get(buffer.as(mlu.ops.buffer)?.sym_name ?? '')?.data ?? new Float32Array(0);
      return arrayOfNumbers({ type: numbersOf(buffer), data });
    });
    if (this.lacks && !this.lacks.includes('addresses')) this.mustBeTheMachines(inputs, found);
    return found;
  }

  /** A program with addresses gives on the machine what it gives here; anything else is a fault of the program. */
  private mustBeTheMachines(inputs: Parameters<MachineProgram['run']>[0], outputs: readonly NdArray[]): void {
    const { module, lacks } = this;
    this.machine ??= new MachineProgram(lacks?.includes('syncs') ? withAllSyncs(module) : module, mlu100);
    const machine = this.machine.run(inputs).outputs;
    for (const [at, expected] of outputs.entries()) {
      const { shape, element } = expected;
      const data = machine[at] ?? new Float32Array(expected.data.length);
      const difference = valueDifference(expected, arrayOfNumbers({ type: tensorType(shape, element), data }));
      if (difference)
        throw new DiagnosticError([
          errorAt(
            module.location,
            `the machine gives ${difference.after} for element ${difference.element} of result #${at}, the core programs mean ${difference.before}`,
          ),
        ]);
    }
  }
}

/** A copy in which every unit waits for all others before every operation. */
function withAllSyncs(module: Operation): Operation {
  const copy = clone(module);
  for (const program of copy.region().entry?.operations ?? [])
    if (program.attribute(coreAttribute) !== undefined)
      program.walk((operation) => {
        if (operation.dialectName === 'mlu' && operation.resultCount === 0)
          Builder.before(operation).build(() => mlu.ops.sync({}));
      });
  return copy;
}
