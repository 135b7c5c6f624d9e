/** Reading ONNX files: bytes to a model whose structure holds together. */
import { fromBinary } from '@bufbuild/protobuf';
import { DiagnosticError, errorAt, nameLocation, unknownLocation } from '../../ir/index.ts';
import type { ReadExternal } from './external-data.ts';
import {
  GraphProtoSchema,
  ModelProtoSchema,
  OperatorSetIdProtoSchema,
  SparseTensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from './generated/onnx_pb.js';
import type { OnnxModel, OnnxNode, OnnxValue } from './model.ts';
import { nodeText, readNode } from './read-node.ts';
import { orderedNodes } from './structure.ts';
import { decodeTensor, elementName, elementOfCode, failAt, type Place, tensorParts } from './tensor.ts';
import { joinParts, splitMessage, structureBudget } from './wire.ts';

/** How a model is read. */
export interface ReadOptions {
  readonly readExternal?: ReadExternal;
  /** What errors about the file as a whole are located at. */
  readonly fileName?: string;
}

/** Reads a model; throws a `DiagnosticError` that names node and operation for everything that does not hold together. */
export function readOnnx(bytes: Uint8Array, options: ReadOptions = {}): OnnxModel {
  const place = options.fileName === undefined ? unknownLocation : nameLocation(options.fileName);
  const fail = (message: string): never => {
    throw new DiagnosticError([errorAt(place, message)]);
  };
  try {
    return readModel(bytes, options.readExternal, fail);
  } catch (error) {
    if (error instanceof DiagnosticError) throw error;
    const reason = error instanceof Error ? error.message.toLowerCase() : String(error);
    return fail(`this is not a whole ONNX file of ${bytes.length} bytes: ${reason}`);
  }
}

const known = { readUnknownFields: false };
const modelField = ModelProtoSchema.field;
const graphField = GraphProtoSchema.field;

function readModel(
  bytes: Uint8Array,
  readExternal: ReadExternal | undefined,
  fail: (message: string) => never,
): OnnxModel {
  const budget = structureBudget();
  const all = <T>(parts: readonly Uint8Array[] | undefined, read: (part: Uint8Array) => T): readonly T[] =>
    (parts ?? []).map(read);
  const file = splitMessage(
    bytes,
    [modelField.graph.number, modelField.opsetImport.number],
    [modelField.docString, modelField.metadataProps, modelField.trainingInfo, modelField.functions].map(
      ({ number }) => number,
    ),
    budget,
  );
  const graphBytes =
    file.parts.get(modelField.graph.number) ??
    fail('the ONNX file holds no graph; it may be cut off or not be a model');
  const { parts, rest } = splitMessage(
    joinParts(graphBytes),
    [graphField.node, graphField.input, graphField.output, graphField.initializer, graphField.sparseInitializer].map(
      ({ number }) => number,
    ),
    [graphField.docString.number, graphField.valueInfo.number, graphField.quantizationAnnotation.number],
    budget,
  );
  const head = fromBinary(ModelProtoSchema, file.rest, known);
  const nodes = all(parts.get(graphField.node.number), (part) => readNode(part, readExternal, budget));
  const values = (number: number) =>
    all(parts.get(number), (part) => fromBinary(ValueInfoProtoSchema, splitMessage(part, [], [], budget).rest, known));
  const inputs = values(graphField.input.number);
  const outputs = values(graphField.output.number);
  if (nodes.length === 0 && outputs.length === 0) fail('the graph of the ONNX file is empty; the file may be cut off');
  const opsets = all(file.parts.get(modelField.opsetImport.number), (part) =>
    fromBinary(OperatorSetIdProtoSchema, part, known),
  );
  // Older files have none by right.
  if (opsets.length === 0 && head.irVersion >= 3n)
    fail('the ONNX file names no operator set, expected one since version 3 of the format; it may be cut off');

  const readers = firstReaders(nodes);
  const placeOf = (kind: string, name: string): Place => {
    const reader = readers.get(name);
    const place = { what: `${kind} '${name}'`, location: nameLocation(name) };
    return reader ? { ...place, concerns: `${nodeText(reader)} reads it` } : place;
  };
  for (const part of parts.get(graphField.sparseInitializer.number) ?? []) {
    const { name } = fromBinary(SparseTensorProtoSchema, splitMessage(part, [], [], budget).rest, known).values ?? {
      name: '',
    };
    failAt(placeOf('tensor', name), 'is sparse, which is not supported');
  }
  const constants = all(parts.get(graphField.initializer.number), (part) => {
    const tensor = tensorParts(part, budget);
    return decodeTensor(tensor, readExternal, placeOf('tensor', tensor.proto.name));
  });
  const byName = new Map(constants.map((tensor) => [tensor.name, tensor]));
  const order = orderedNodes(nodes, {
    inputs: inputs.map(({ name }) => name),
    constants: constants.map(({ name }) => name),
    outputs: outputs.map(({ name }) => name),
  });
  const valueOf = (what: string) => (proto: ValueInfoProto) => readValue(proto, placeOf(what, proto.name));
  return {
    irVersion: Number(head.irVersion),
    opsets: new Map(opsets.map(({ domain, version }) => [domain === 'ai.onnx' ? '' : domain, Number(version)])),
    name: fromBinary(GraphProtoSchema, rest, known).name,
    inputs: inputs.filter(({ name }) => !byName.has(name)).map(valueOf('input')),
    outputs: outputs.map(valueOf('output')),
    constants: byName,
    nodes: order,
  };
}

/** The first node that reads each value; an operand that is left out is none. */
function firstReaders(nodes: readonly OnnxNode[]): ReadonlyMap<string, OnnxNode> {
  const readers = new Map<string, OnnxNode>();
  for (const node of nodes)
    for (const input of node.inputs) if (input !== '' && !readers.has(input)) readers.set(input, node);
  return readers;
}

function readValue(proto: ValueInfoProto, place: Place): OnnxValue {
  const fail = (message: string): never => failAt(place, message);
  const tensor = proto.type?.value.case === 'tensorType' ? proto.type.value.value : undefined;
  if (!tensor) return fail('is not a tensor');
  const element =
    elementOfCode(tensor.elemType) ?? fail(`has elements of ${elementName(tensor.elemType)}, which are not supported`);
  const shape = tensor.shape?.dim.map(({ value }) => {
    if (value.case === 'dimValue') return Number(value.value);
    return value.case === 'dimParam' && value.value !== '' ? value.value : undefined;
  });
  const below = shape?.some((extent) => typeof extent === 'number' && extent < 0);
  if (below) fail(`has extents [${shape}], expected none below zero`);
  return { name: proto.name, element, shape };
}
