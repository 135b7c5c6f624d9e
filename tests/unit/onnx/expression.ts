/** What an imported model computes, as text: every result down to the inputs and the constants of the file. */
import {
  type Attribute,
  Context,
  DiagnosticError,
  namesIn,
  type Operation,
  symbolsIn,
  type Value,
} from '../../../ir/index.ts';
import { type ImportOptions, importOnnx } from '../../../lowering/onnx/import.ts';
import { readOnnx } from '../../../lowering/onnx/read.ts';
import { modelBytes } from '../../../tools/fuzz/onnx/encode.ts';
import type { SmallModel } from '../../../tools/fuzz/onnx/model.ts';
import { allDialects } from '../../../tools/lists.ts';

/** The module of a file. */
export const importedFile = (file: Uint8Array, options: ImportOptions = {}): Operation =>
  importOnnx(readOnnx(file), new Context(allDialects), options);

function valueText(attribute: Attribute): string {
  if (attribute.kind === 'dense-array') return JSON.stringify(attribute.values.map(Number));
  return 'value' in attribute ? String(attribute.value) : attribute.text;
}

/** An operation, its attributes by name, what it reads, and the extents of its result, as the texts below write it. */
export const call = (
  name: string,
  operands: readonly string[],
  attributes: Readonly<Record<string, unknown>>,
  shape: readonly number[],
): string => {
  const written = Object.entries(attributes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${Array.isArray(value) ? JSON.stringify(value) : value}`);
  return `${name}(${operands.join(', ')}; ${written.join(', ')})[${shape}]`;
};

/** What gives a value; constants of the file are called by their names, as inputs are by their places. */
export function expressionOf(value: Value, fileConstants: ReadonlySet<string>): string {
  const { owner } = value;
  if (!owner) return `x${value.index}`;
  const [name] = namesIn(owner.location);
  if (owner.name === 'graph.constant') {
    if (name !== undefined && fileConstants.has(name)) return name;
    const dense = owner.attribute('value');
    if (dense?.kind !== 'dense') throw new Error('a constant has data');
    return `${dense.type.text}: ${dense.splat ? 'all ' : ''}${new Float32Array(dense.bytes.slice().buffer).join(' ')}`;
  }
  return call(
    owner.name.replace('graph.', ''),
    owner.operands.map((operand) => expressionOf(operand, fileConstants)),
    Object.fromEntries(owner.attributes.map((attribute) => [attribute.name, valueText(attribute.value)])),
    'shape' in value.type ? value.type.shape : [],
  );
}

/** The results of the function of a module. */
export function resultsOf(module: Operation): readonly Value[] {
  return symbolsIn(module).get('main')?.region(0).entry?.last?.operands ?? [];
}

/** What a small model gives, for every node. */
export const expressionsOf = (model: SmallModel): readonly string[] => {
  const constants = new Set(model.constants.map(({ constant }) => constant));
  return resultsOf(importedFile(modelBytes(model))).map((value) => expressionOf(value, constants));
};

/** What a call is refused with: the messages and those of their notes, and all places. */
export function told(call: () => unknown): { readonly text: string; readonly places: readonly string[] } {
  try {
    call();
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    const all = error.diagnostics.flatMap((one) => [one, ...one.notes]);
    return {
      text: all.map(({ message }) => message).join('\n'),
      places: all.flatMap(({ location }) => namesIn(location)),
    };
  }
  return { text: '', places: [] };
}
