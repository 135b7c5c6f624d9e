/** Tensor operations become one program per core: buffers in GDRAM, tiles on the chip, copies, barriers. */
import { func } from '../../dialects/func/index.ts';
import { coreAttribute, mlu } from '../../dialects/mlu/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import {
  type AnyOp,
  Builder,
  DiagnosticError,
  errorAt,
  functionType,
  i64,
  integerAttribute,
  type Operation,
  type OpView,
  type TensorType,
  type Value,
  within,
} from '../../ir/index.ts';
import {
  type Action,
  type ActionObserver,
  type ActionOutcome,
  knob,
  pass,
  type Settings,
} from '../../rewrite/index.ts';
import type { Machine } from '../../target-mlu/index.ts';
import { CoreProgram } from './core-program.ts';
import { Emission } from './emission.ts';
import { kernels } from './kernels.ts';
import { TensorMemory } from './tensor-memory.ts';

/** How tensor operations are laid out on the machine. */
export const tilingKnobs = {
  cores: knob.powerOfTwo(1, 32, 1, 'cores that share the work'),
  tileRows: knob.int(0, 65536, 0, 'rows of a tile; 0 takes as many as fit'),
  tileChannels: knob.int(0, 65536, 0, 'output channels of a tile, rounded up to 64; 0 takes as many as fit'),
  convolution: knob.oneOf(['auto', 'direct', 'im2col'], 'auto', 'convolve directly, or multiply gathered windows'),
};
/** Values of the tiling knobs. */
export type TilingKnobs = Settings<typeof tilingKnobs>;

const kernelByName = new Map(
  Object.entries(tensorop.ops).map(([key, def]) => [
    (def as AnyOp).opName,
    { view: (def as AnyOp).view, kernel: kernels[key as keyof typeof kernels] as (op: OpView, e: Emission) => void },
  ]),
);

/** Names of a function's arguments or results, as the importer noted them, else numbered. */
function namesOf(entry: Operation, attribute: string, prefix: string, count: number): readonly string[] {
  const list = entry.attribute(attribute);
  return Array.from({ length: count }, (_, at) => {
    const name = list?.kind === 'array' ? list.elements[at] : undefined;
    return name?.kind === 'string' ? name.value : `${prefix}${at}`;
  });
}

/** A returned value that needs memory of its own: an argument, a constant, or one that is returned twice. */
function separateOutputs(terminator: Operation): void {
  const seen = new Set<Value>();
  for (const [at, value] of terminator.operands.entries()) {
    const owner = value.owner;
    if (!owner || owner.hasTrait('constant-like') || seen.has(value)) {
      const copy = Builder.before(terminator).build(() =>
        tensorop.ops.reshape({ input: value, shape: (value.type as TensorType).shape }),
      );
      terminator.setOperand(at, copy.out);
    }
    seen.add(terminator.operand(at));
  }
}

/**
 * Replaces the module's only function by one program per core. Throws a `DiagnosticError` for
 * operations that the machine cannot do.
 */
export function tensoropToMlu(
  module: Operation,
  settings: TilingKnobs,
  machine: Machine,
  observer?: ActionObserver,
): void {
  const block = module.region().entry;
  const functions = (block?.operations ?? []).filter((operation) => operation.is(func.ops.func));
  const [entry] = functions;
  const body = entry?.region().entry;
  if (!block || !entry || !body || functions.length !== 1)
    throw new DiagnosticError([
      errorAt(module.location, `has ${functions.length} functions, expected one with a body; inline the others`),
    ]);
  if (settings.cores > machine.cores)
    throw new DiagnosticError([
      errorAt(module.location, `wants ${settings.cores} cores, the machine '${machine.name}' has ${machine.cores}`),
    ]);
  const terminator = body.last as Operation;
  separateOutputs(terminator);

  const memory = new TensorMemory(block);
  const inputs = namesOf(entry, 'onnx.inputs', 'input', body.arguments.length);
  for (const [at, value] of body.arguments.entries())
    memory.declare(inputs[at] as string, value.type as TensorType, 'input', value);
  const outputs = namesOf(entry, 'onnx.outputs', 'output', terminator.operandCount);
  for (const [at, value] of terminator.operands.entries())
    memory.declare(outputs[at] as string, value.type as TensorType, 'output', value);

  const programs = Array.from({ length: settings.cores }, (_, core) => newProgram(block, entry, core, settings.cores));
  for (const operation of body.operations) {
    if (operation === terminator) break;
    const found = kernelByName.get(operation.name);
    if (!found)
      throw new DiagnosticError([
        errorAt(
          operation.location,
          `'${operation.name}' op cannot be done on the machine; expected operations of 'tensorop'`,
        ),
      ]);
    const action: Action = { kind: 'pattern', name: `place ${operation.name}`, root: operation };
    observer?.begins?.(action);
    for (const program of programs) {
      program.follow(operation);
      found.kernel(found.view(operation), new Emission(program, memory, settings, limits(machine), operation));
      if (settings.cores > 1 && !operation.hasTrait('constant-like')) program.insert(() => mlu.ops.barrier({}));
    }
    observer?.ends?.(action, placed);
  }
  for (const program of programs) {
    program.follow(terminator);
    program.insert(() => func.ops.return({ operands: [] }));
  }
  entry.erase();
}

/** The whole function becomes core programs, so that nothing of it can be held back, or is changed by itself. */
const placed: ActionOutcome = { reason: undefined, made: [], modified: [], replacedBy: undefined };

/** On-chip bytes for tiles. */
const limits = (machine: Machine): { readonly nramBytes: number; readonly wramBytes: number } => ({
  nramBytes: machine.memory.nram,
  wramBytes: machine.memory.wram,
});

function newProgram(
  block: NonNullable<Operation['parent']>,
  entry: Operation,
  core: number,
  cores: number,
): CoreProgram {
  const made = within(block.context, entry.location, () =>
    func.ops.func({ sym_name: `core${core}`, function_type: functionType([], []) }),
  ).operation;
  made.setAttribute(coreAttribute, integerAttribute(core, i64));
  block.append(made);
  return new CoreProgram(made, core, cores);
}

/** The pass that lowers to the hardware level of a machine. */
export const tensoropToMluFor = (machine: Machine) =>
  pass('tensorop-to-mlu', {
    summary: 'place tensors in memory, cut them into tiles, and write one program per core',
    on: 'builtin.module',
    knobs: tilingKnobs,
    exact: true,
    lacks: ['addresses', 'syncs'],
    run: (module, settings, { observer }) => tensoropToMlu(module, settings, machine, observer),
  });
