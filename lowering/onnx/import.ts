/** The first step of the way: an ONNX model becomes a module of the graph level. */
import { builtin } from '../../dialects/builtin/index.ts';
import { func } from '../../dialects/func/index.ts';
import { graph } from '../../dialects/graph/index.ts';
import {
  arrayAttribute,
  Builder,
  type Context,
  denseAttribute,
  type Diagnostic,
  DiagnosticError,
  errorAt,
  functionType,
  nameLocation,
  noteAt,
  type Operation,
  stringAttribute,
  tensorType,
  type TensorType,
  typeAttribute,
  type Value,
  VerifyError,
  within,
} from '../../ir/index.ts';
import { importers } from './importers.ts';
import { NodeImport } from './import-node.ts';
import type { OnnxModel, OnnxNode, OnnxValue } from './model.ts';

/** How a model is imported. */
export interface ImportOptions {
  /** What an open first extent is; 1 unless given. */
  readonly batch?: number;
}

/** The nodes that cannot be imported, all at once, and why. */
export function unsupportedNodes(model: OnnxModel): readonly OnnxNode[] {
  return model.nodes.filter((node) => node.domain !== '' || !importers.has(node.opType));
}

/** One diagnostic at the first node that cannot be imported, with a note for every operator concerned. */
function unsupportedDiagnostic(nodes: readonly OnnxNode[]): Diagnostic {
  const operator = ({ domain, opType }: OnnxNode): string => (domain ? `${domain}.${opType}` : opType);
  const byOperator = new Map<string, OnnxNode[]>();
  for (const node of nodes) byOperator.set(operator(node), [...(byOperator.get(operator(node)) ?? []), node]);
  const [first] = nodes as readonly [OnnxNode, ...OnnxNode[]];
  const notes = [...byOperator].map(([name, all]) => {
    const shown = all.slice(0, 4).map((node) => `'${node.name}'`);
    return noteAt(
      nameLocation((all[0] as OnnxNode).name),
      `'${name}' in ${all.length} nodes: ${shown.join(', ')}${all.length > 4 ? ', …' : ''}`,
    );
  });
  const operators = [...byOperator.keys()].map((name) => `'${name}'`).join(', ');
  return errorAt(
    nameLocation(first.name),
    `node '${first.name}' (${operator(first)}) is of an operator that is not supported; in all these are not: ${operators}`,
    notes,
  );
}

function inputType(value: OnnxValue, batch: number): TensorType {
  const open = (message: string): never => {
    throw new DiagnosticError([errorAt(nameLocation(value.name), `input '${value.name}' ${message}`)]);
  };
  const shape = (value.shape ?? open('has no shape')).map((extent, at) => {
    if (typeof extent === 'number' && extent > 0) return extent;
    return at === 0
      ? batch
      : open(`has extent '${extent ?? '?'}' in dimension ${at}, expected a number; only the first may be open`);
  });
  return tensorType(shape, value.element);
}

/**
 * A module with one function that computes the network: its arguments are the model's inputs, its
 * results the outputs, every operation is located at its node. Throws a `DiagnosticError` that
 * lists every unsupported node, or names the node whose operands do not fit.
 */
export function importOnnx(model: OnnxModel, context: Context, options: ImportOptions = {}): Operation {
  for (const dialect of [builtin, func, graph]) context.load(dialect);
  const unsupported = unsupportedNodes(model);
  if (unsupported.length > 0) throw new DiagnosticError([unsupportedDiagnostic(unsupported)]);
  const types = model.inputs.map((value) => inputType(value, options.batch ?? 1));
  const { module, entry } = within(context, nameLocation(model.name || 'main'), () => {
    const made = builtin.ops.module({}).operation;
    const top = made.region().addBlock();
    const main = func.ops.func({ sym_name: 'main', function_type: functionType(types, []) }).operation;
    main.region().addBlock(types);
    top.append(main);
    return { module: made, entry: main };
  });
  const body = entry.region().entry;
  if (!body) throw new Error('the function was made with a block');

  const values = new Map<string, Value>();
  for (const [at, { name }] of model.inputs.entries()) values.set(name, body.argument(at));
  const builder = Builder.atEnd(body);
  for (const tensor of model.constants.values()) {
    builder.location = nameLocation(tensor.name);
    const type = tensorType(tensor.shape, tensor.element);
    values.set(
      tensor.name,
      builder.build(() => graph.ops.constant({ value: denseAttribute(type, tensor.bytes()) })).out,
    );
  }
  for (const node of model.nodes) importNode(node, model, values, builder);

  builder.location = entry.location;
  const results = model.outputs.map(({ name }) => values.get(name) as Value);
  builder.build(() => func.ops.return({ operands: results }));
  entry.setAttribute(
    'function_type',
    typeAttribute(
      functionType(
        types,
        results.map((value) => value.type),
      ),
    ),
  );
  const names = (of: readonly OnnxValue[]) => arrayAttribute(of.map(({ name }) => stringAttribute(name)));
  entry.setAttribute('onnx.inputs', names(model.inputs));
  entry.setAttribute('onnx.outputs', names(model.outputs));
  return module;
}

function importNode(node: OnnxNode, model: OnnxModel, values: Map<string, Value>, builder: Builder): void {
  const importer = importers.get(node.opType);
  builder.location = nameLocation(node.name);
  const one = new NodeImport(node, model, values, builder);
  try {
    const results = importer?.(one) ?? [];
    for (const [at, name] of node.outputs.entries()) {
      const value = results[at];
      if (name === '') continue;
      if (value) values.set(name, value);
      else if (readsLater(model, name)) one.fail(`makes a further output '${name}', which is not supported`);
    }
  } catch (error) {
    // What an operation's own verifier says is the node's fault.
    if (error instanceof VerifyError || error instanceof RangeError) one.fail(`does not fit: ${error.message}`);
    throw error;
  }
}

const readsLater = (model: OnnxModel, name: string): boolean =>
  model.nodes.some((node) => node.inputs.includes(name)) || model.outputs.some((output) => output.name === name);
