/** Modules to check: one operation, or a small program, on arguments of a function. */
import { builtin } from '../../dialects/builtin/index.ts';
import { func } from '../../dialects/func/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import {
  type AnyOp,
  Builder,
  Context,
  type Dialect,
  type Draw,
  type FloatType,
  functionType,
  i16,
  i32,
  i8,
  type Operation,
  type OpView,
  type TensorType,
  type Type,
  typeAttribute,
  type Value,
  VerifyError,
  within,
} from '../../ir/index.ts';
import { printOperation } from '../../ir/text/index.ts';
import { Discarded } from './choices.ts';
import { drawSignature, type SignatureOptions } from './signature.ts';
import { drawNumbers, type Style } from './tensors.ts';

/** A module with one function, and a number array for each of its arguments. */
export interface CheckCase {
  readonly module: Operation;
  readonly inputs: readonly { readonly type: TensorType; readonly data: Float32Array }[];
}

/** An empty module with a function of no arguments yet. */
function emptyModule(dialects: readonly Dialect[]): { readonly module: Operation; readonly main: Operation } {
  const context = new Context([builtin, func, ...dialects]);
  return within(context, { kind: 'unknown' }, () => {
    const module = builtin.ops.module({}).operation;
    const block = module.region().entry ?? module.region().addBlock();
    const main = func.ops.func({ sym_name: 'main', function_type: functionType([], []) }).operation;
    main.region().addBlock();
    block.append(main);
    return { module, main };
  });
}

/** Adds the terminator and makes the signature that of the entry block and of what is returned. */
function finish(main: Operation, results: readonly Value[]): void {
  const entry = main.region().entry;
  if (!entry) throw new Error('a function to finish has a body');
  Builder.atEnd(entry).build(() => func.ops.return({ operands: results }));
  const inputs = entry.arguments.map((value) => value.type);
  const type = functionType(
    inputs,
    results.map((value) => value.type),
  );
  main.setAttribute('function_type', typeAttribute(type));
}

/** Calls an operation's builder on values of given types, which become arguments of the function. */
function instance(
  op: AnyOp,
  main: Operation,
  draw: Draw,
  options: SignatureOptions,
  existing: readonly Value[],
): OpView {
  const { operands, attributes, results } = drawSignature(op.definition, draw, options);
  const entry = main.region().entry;
  if (!entry) throw new Error('a function to build in has a body');
  const value = (type: Type): Value => {
    const usable = existing.filter((known) => known.type === type);
    return usable.length > 0 && draw.int(0, 3) > 0 ? draw.of(usable) : entry.addArgument(type);
  };
  const args: Record<string, unknown> = { ...attributes, ...(results ? { types: results } : {}) };
  for (const { name, constraint } of op.definition.operands) {
    const types = operands.get(name) ?? [];
    args[name] = constraint.arity === 'variadic' ? types.map(value) : types[0] && value(types[0]);
  }
  try {
    return Builder.atEnd(entry).build(() => (op as unknown as (args: Record<string, unknown>) => OpView)(args));
  } catch (error) {
    if (error instanceof VerifyError || error instanceof RangeError) throw new Discarded(error.message);
    throw error;
  }
}

function withInputs(module: Operation, main: Operation, draw: Draw, styles: readonly Style[] | undefined): CheckCase {
  const types = (main.region().entry?.arguments ?? []).map((value) => value.type as TensorType);
  return { module, inputs: types.map((type) => ({ type, data: drawNumbers(type, draw, styles) })) };
}

/** How cases are drawn. */
export interface CaseOptions extends SignatureOptions {
  readonly styles?: readonly Style[];
}

/** The integers of drawn programs. */
const integers = [i8, i16, i32] as const;

/** How operations of a level are drawn in some floating-point types: tensor operations have integers beside. */
export const drawingOf = (dialect: Dialect, ...floats: readonly FloatType[]): SignatureOptions =>
  dialect.name === tensorop.name
    ? { elements: [...floats, ...integers], results: [...floats, ...integers] }
    : { elements: floats };

/** One operation whose operands are the function's arguments and whose results it returns. */
export function drawOperation(dialect: Dialect, op: AnyOp, draw: Draw, options: CaseOptions = {}): CheckCase {
  const { module, main } = emptyModule([dialect]);
  const view = instance(op, main, draw, options, []);
  finish(main, view.operation.results);
  return withInputs(module, main, draw, options.styles);
}

/** A few operations of a dialect that read each other's results; everything that is not read is returned. */
export function drawProgram(dialect: Dialect, ops: readonly AnyOp[], draw: Draw, options: CaseOptions = {}): CheckCase {
  const { module, main } = emptyModule([dialect]);
  const values: Value[] = [];
  for (let count = draw.int(1, 5); count > 0; count--) {
    const view = instance(draw.of(ops), main, draw, options, values);
    values.push(...view.operation.results);
  }
  finish(
    main,
    values.filter((value) => value.isUnused),
  );
  return withInputs(module, main, draw, options.styles);
}

/** A case as its reader sees it: the inputs as comments, then the module. */
export function caseText({ module, inputs }: CheckCase): string {
  const show = (x: number): string => (Object.is(x, -0) ? '-0' : String(x));
  const lines = inputs.map(({ type, data }, at) => {
    const shown = [...data.subarray(0, 24)].map(show).join(', ');
    return `// %arg${at} = [${shown}${data.length > 24 ? ', …' : ''}] : ${type.text}`;
  });
  return `\n${[...lines, printOperation(module)].join('\n')}`;
}
