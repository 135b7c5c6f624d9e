/** Reading ONNX files: bytes to a model whose structure holds together. */
import { fromBinary } from '@bufbuild/protobuf';
import { type Diagnostic, DiagnosticError, errorAt, nameLocation, unknownLocation } from '../../ir/index.ts';
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  type GraphProto,
  ModelProtoSchema,
  type NodeProto,
  type ValueInfoProto,
} from './generated/onnx_pb.js';
import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxTensor, OnnxValue, ReadExternal } from './model.ts';
import { decodeTensor, elementName, elementOfCode } from './tensor.ts';

/** How a model is read. */
export interface ReadOptions {
  readonly readExternal?: ReadExternal;
  /** What errors about the file as a whole are located at. */
  readonly fileName?: string;
}

const fail = (message: string, name?: string): never => {
  throw new DiagnosticError([errorAt(name === undefined ? unknownLocation : nameLocation(name), message)]);
};

/** Reads a model; throws a `DiagnosticError` that names node and operation for everything that does not hold together. */
export function readOnnx(bytes: Uint8Array, options: ReadOptions = {}): OnnxModel {
  let model: ReturnType<typeof parse>;
  try {
    model = parse(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message.toLowerCase() : String(error);
    return fail(`this is not a whole ONNX file of ${bytes.length} bytes: ${reason}`, options.fileName);
  }
  const { fileName } = options;
  const graph = model.graph ?? fail('the ONNX file holds no graph; it may be cut off or not be a model', fileName);
  if (graph.node.length === 0 && graph.output.length === 0)
    fail('the graph of the ONNX file is empty; the file may be cut off', fileName);
  const constants = new Map<string, OnnxTensor>();
  for (const proto of graph.initializer) {
    const tensor = decodeTensor(proto, options.readExternal);
    if (constants.has(tensor.name)) fail(`constant '${tensor.name}' is there twice`, tensor.name);
    constants.set(tensor.name, tensor);
  }
  const nodes = graph.node.map((node) => nodeOf(node, options.readExternal));
  const declared = new Set<string>();
  for (const { name } of graph.input) {
    if (declared.has(name)) fail(`input '${name}' is there twice`, name);
    declared.add(name);
  }
  const inputs = graph.input.filter((value) => !constants.has(value.name)).map(valueOf);
  return {
    irVersion: Number(model.irVersion),
    opsets: new Map(model.opsetImport.map((set) => [set.domain === 'ai.onnx' ? '' : set.domain, Number(set.version)])),
    name: graph.name,
    inputs,
    outputs: graph.output.map(valueOf),
    constants,
    nodes: inOrder(nodes, new Set([...inputs.map((value) => value.name), ...constants.keys()]), graph),
  };
}

const parse = (bytes: Uint8Array) => fromBinary(ModelProtoSchema, bytes, { readUnknownFields: false });

function nodeOf(proto: NodeProto, readExternal: ReadExternal | undefined): OnnxNode {
  const name = proto.name || proto.output[0] || proto.opType;
  return {
    name,
    opType: proto.opType,
    domain: proto.domain === 'ai.onnx' ? '' : proto.domain,
    inputs: proto.input,
    outputs: proto.output,
    attributes: new Map(
      proto.attribute.map((attribute) => [attribute.name, attributeOf(attribute, name, readExternal)]),
    ),
  };
}

const text = new TextDecoder();
function attributeOf(proto: AttributeProto, node: string, readExternal: ReadExternal | undefined): OnnxAttribute {
  const kinds = AttributeProto_AttributeType;
  switch (proto.type) {
    case kinds.FLOAT:
      return { kind: 'float', value: proto.f };
    case kinds.INT:
      return { kind: 'int', value: Number(proto.i) };
    case kinds.STRING:
      return { kind: 'string', value: text.decode(proto.s) };
    case kinds.FLOATS:
      return { kind: 'floats', value: proto.floats };
    case kinds.INTS:
      return { kind: 'ints', value: proto.ints.map(Number) };
    case kinds.STRINGS:
      return { kind: 'strings', value: proto.strings.map((one) => text.decode(one)) };
    case kinds.TENSOR:
      return proto.t
        ? { kind: 'tensor', value: decodeTensor(proto.t, readExternal, `${node}.${proto.name}`) }
        : { kind: 'other' };
    default:
      return { kind: 'other' };
  }
}

function valueOf(proto: ValueInfoProto): OnnxValue {
  const tensor = proto.type?.value.case === 'tensorType' ? proto.type.value.value : undefined;
  if (!tensor) return fail(`value '${proto.name}' is not a tensor`, proto.name);
  const element =
    elementOfCode(tensor.elemType) ??
    fail(`value '${proto.name}' has elements of ${elementName(tensor.elemType)}, which are not supported`, proto.name);
  const shape = tensor.shape?.dim.map(({ value }) =>
    value.case === 'dimValue'
      ? Number(value.value)
      : value.case === 'dimParam' && value.value !== ''
        ? value.value
        : undefined,
  );
  const below = shape?.some((extent) => typeof extent === 'number' && extent < 0);
  if (below) fail(`value '${proto.name}' has extents [${shape}], expected none below zero`, proto.name);
  return { name: proto.name, element, shape };
}

/** Nodes in an order in which values are made before they are read; the file's own where that is one. */
function inOrder(nodes: readonly OnnxNode[], known: Set<string>, graph: GraphProto): readonly OnnxNode[] {
  const errors: Diagnostic[] = [];
  const error = (node: OnnxNode, message: string): void =>
    void errors.push(errorAt(nameLocation(node.name), `node '${node.name}' (${node.opType}) ${message}`));
  const makers = new Map<string, OnnxNode>();
  for (const node of nodes)
    for (const output of node.outputs) {
      if (output === '') continue;
      if (makers.has(output) || known.has(output)) error(node, `makes value '${output}', which is there already`);
      makers.set(output, node);
    }
  for (const node of nodes)
    for (const input of node.inputs)
      if (input !== '' && !known.has(input) && !makers.has(input))
        error(node, `reads value '${input}', which nothing makes`);
  for (const { name } of graph.output)
    if (!makers.has(name) && !known.has(name))
      errors.push(errorAt(nameLocation(name), `output '${name}' is a value that nothing makes`));
  if (errors.length > 0) throw new DiagnosticError(errors);

  const ready = new Set(known);
  const order: OnnxNode[] = [];
  let waiting = [...nodes];
  while (waiting.length > 0) {
    const rest: OnnxNode[] = [];
    for (const node of waiting) {
      if (!node.inputs.every((input) => input === '' || ready.has(input))) {
        rest.push(node);
        continue;
      }
      order.push(node);
      for (const output of node.outputs) ready.add(output);
    }
    if (rest.length === waiting.length) {
      const [first] = rest as [OnnxNode];
      const shown = rest
        .slice(0, 6)
        .map((node) => `'${node.name}' (${node.opType})`)
        .join(', ');
      error(first, `is part of a cycle: ${shown} wait for each other`);
      throw new DiagnosticError(errors);
    }
    waiting = rest;
  }
  return order;
}
