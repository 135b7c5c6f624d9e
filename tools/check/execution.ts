/** Running modules of any level: their public functions, or the core programs that a function became. */
import { coreAttribute, mlu } from '../../dialects/mlu/index.ts';
import { Evaluator, type Limits, NdArray, type Observer, type RuntimeValue } from '../../interpreter/index.ts';
import { runCorePrograms } from '../../interpreter/mlu/run.ts';
import {
  Builder,
  clone,
  DiagnosticError,
  errorAt,
  f32,
  type Operation,
  symbolsIn,
  tensorType,
  type Type,
} from '../../ir/index.ts';
import { mlu100 } from '../../target-mlu/index.ts';
import { upperLevels } from './semantics.ts';
import { canMake } from './inputs.ts';
import { runMachine } from './levels.ts';
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

/** The entries of a module that can be given inputs, in order. */
export function entriesOf(module: Operation): readonly Entry[] {
  if (isProgram(module))
    return [
      {
        name: 'main',
        inputs: buffersOf(module, 'input').map((buffer) => tensorType(buffer.as(mlu.ops.buffer)?.shape ?? [], f32)),
      },
    ];
  return [...symbolsIn(module)].flatMap(([name, operation]) => {
    const entry = operation.name === 'func.func' && isPublic(operation) ? operation.region(0).entry : undefined;
    const inputs = entry?.arguments.map(({ type }) => type);
    return inputs?.every(canMake) ? [{ name, inputs }] : [];
  });
}

/** Runs one entry. Whatever the program does wrong is a fault of the outcome. */
export function execute(
  module: Operation,
  name: string,
  values: readonly RuntimeValue[],
  options: ExecutionOptions = {},
): Outcome {
  try {
    return {
      values: isProgram(module)
        ? runProgram(module, values, options.lacks)
        : runFunction(module, name, values, options),
    };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { fault: error.diagnostics[0]?.message ?? 'it cannot be run' };
  }
}

function runFunction(
  module: Operation,
  name: string,
  values: readonly RuntimeValue[],
  { limits, observer }: ExecutionOptions,
): readonly RuntimeValue[] {
  const callee = symbolsIn(module).get(name);
  if (!callee) throw new DiagnosticError([errorAt(module.location, `there is no function @${name}`)]);
  const evaluator = new Evaluator(upperLevels, {
    limits: { ...usualLimits, ...limits },
    ...(observer ? { observer } : {}),
  });
  return evaluator.call(callee, values);
}

/** Core programs take and give numbers; that they are halves or singles is their own matter. */
function runProgram(
  module: Operation,
  values: readonly RuntimeValue[],
  lacks: readonly string[] | undefined,
): readonly RuntimeValue[] {
  const inputs = values.map((value) => ({
    shape: value instanceof NdArray ? value.shape : [],
    data: value instanceof NdArray ? Float32Array.from(value.data as Float32Array) : new Float32Array(0),
  }));
  const given = new Map(
    buffersOf(module, 'input').flatMap((buffer, at) => {
      const input = inputs[at];
      return input ? [[buffer.as(mlu.ops.buffer)?.sym_name ?? '', input] as const] : [];
    }),
  );
  const outputs = runCorePrograms(module, given, { inOrder: lacks?.includes('syncs') ?? false });
  const found = buffersOf(module, 'output').map((buffer) => {
    const { shape = [], data = new Float32Array(0) } = outputs.get(buffer.as(mlu.ops.buffer)?.sym_name ?? '') ?? {};
    return new NdArray(shape, f32, data);
  });
  if (lacks && !lacks.includes('addresses'))
    mustBeTheMachines(lacks.includes('syncs') ? withAllSyncs(module) : module, inputs, found);
  return found;
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

/** A finished program gives on the machine what it gives here; anything else is a fault of the program. */
function mustBeTheMachines(
  module: Operation,
  inputs: readonly { readonly shape: readonly number[]; readonly data: Float32Array }[],
  outputs: readonly NdArray[],
): void {
  const given = inputs.map(({ shape, data }) => ({ type: tensorType(shape, f32), data }));
  const machine = runMachine(module, given, mlu100).outputs;
  for (const [at, { shape, data }] of outputs.entries()) {
    const difference = valueDifference(
      new NdArray(shape, f32, data),
      new NdArray(shape, f32, machine[at] ?? new Float32Array(data.length)),
    );
    if (difference)
      throw new DiagnosticError([
        errorAt(
          module.location,
          `the machine gives ${difference.after} for element ${difference.element} of result #${at}, the core programs mean ${difference.before}`,
        ),
      ]);
  }
}
