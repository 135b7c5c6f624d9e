/** Reading ONNX files: bytes to a model whose structure holds together. */
import { fromBinary } from '@bufbuild/protobuf';
import { type Diagnostic, DiagnosticError, errorAt, nameLocation, unknownLocation } from '../../ir/index.ts';
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  type GraphProto,
  ModelProtoSchema,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './generated/onnx_pb.js';
import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxTensor, OnnxValue, ReadExternal } from './model.ts';
import { decodeTensor, elementName, elementOfCode, tensorIn } from './tensor.ts';

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
      proto.attribute.map((attribute) => [attribute.name, attributeOf(attribute, name, proto.opType, readExternal)]),
    ),
  };
}

const text = new TextDecoder();
function attributeOf(
  proto: AttributeProto,
  node: string,
  opType: string,
  readExternal: ReadExternal | undefined,
): OnnxAttribute {
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
        ? { kind: 'tensor', value: tensorOfNode(proto.t, node, opType, proto.name, readExternal) }
        : { kind: 'other' };
    default:
      return { kind: 'other' };
  }
}

/** A tensor of an attribute; everything that is wrong with it is told at its node. */
function tensorOfNode(
  proto: TensorProto,
  node: string,
  opType: string,
  name: string,
  readExternal: ReadExternal | undefined,
): OnnxTensor {
  const place = `node '${node}' (${opType})`;
  const tensor = tensorIn(node, place, () => decodeTensor(proto, readExternal, `${node}.${name}`));
  return { ...tensor, bytes: () => tensorIn(node, place, () => tensor.bytes()) };
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

  return ordered(nodes, makers, error, errors);
}

/** Every node after those that it reads from, in time linear in the graph; a cycle is named by its own nodes. */
function ordered(
  nodes: readonly OnnxNode[],
  makers: ReadonlyMap<string, OnnxNode>,
  error: (node: OnnxNode, message: string) => void,
  errors: readonly Diagnostic[],
): readonly OnnxNode[] {
  const before = (node: OnnxNode): ReadonlySet<OnnxNode> =>
    new Set(node.inputs.flatMap((input) => makers.get(input) ?? []));
  const missing = new Map(nodes.map((node) => [node, before(node).size]));
  const readers = new Map<OnnxNode, OnnxNode[]>();
  for (const node of nodes)
    for (const maker of before(node)) {
      const known = readers.get(maker);
      if (known) known.push(node);
      else readers.set(maker, [node]);
    }
  const place = new Map(nodes.map((node, at) => [node, at]));
  const done = new Set<OnnxNode>();
  // The file's own order is kept where it is one; a node that has to wait follows the last that it waits for.
  for (const [at, first] of nodes.entries()) {
    const ready = missing.get(first) === 0 ? [first] : [];
    for (let node = ready.pop(); node; node = ready.pop()) {
      if (done.has(node)) continue;
      done.add(node);
      for (const reader of readers.get(node) ?? []) {
        const left = (missing.get(reader) as number) - 1;
        missing.set(reader, left);
        if (left === 0 && (place.get(reader) as number) < at) ready.push(reader);
      }
    }
  }
  const stuck = nodes.find((node) => !done.has(node));
  if (!stuck) return [...done];
  const path: OnnxNode[] = [];
  for (let node = stuck; ; node = [...before(node)].find((maker) => !done.has(maker)) as OnnxNode) {
    const met = path.indexOf(node);
    if (met < 0) {
      path.push(node);
      continue;
    }
    const cycle = path.slice(met);
    const shown = cycle.slice(0, 6).map((one) => `'${one.name}' (${one.opType})`);
    error(cycle[0] as OnnxNode, `is part of a cycle: ${shown.join(', ')} wait for each other`);
    throw new DiagnosticError(errors);
  }
}
