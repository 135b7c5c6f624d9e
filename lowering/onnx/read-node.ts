/** Nodes of ONNX files and their attributes. */
import { fromBinary } from '@bufbuild/protobuf';
import { DiagnosticError, errorAt, nameLocation } from '../../ir/index.ts';
import type { ReadExternal } from './external-data.ts';
import { AttributeProto_AttributeType as Kind, AttributeProtoSchema, NodeProtoSchema } from './generated/onnx_pb.js';
import type { OnnxAttribute, OnnxNode } from './model.ts';
import { decodeTensor, tensorParts } from './tensor.ts';
import { joinParts, splitMessage, type StructureBudget } from './wire.ts';

const known = { readUnknownFields: false };
const node = NodeProtoSchema.field;
const attribute = AttributeProtoSchema.field;
// Nothing here understands these, so that they need not become objects.
const unread = [
  attribute.docString,
  attribute.g,
  attribute.graphs,
  attribute.sparseTensor,
  attribute.sparseTensors,
  attribute.tensors,
  attribute.tp,
  attribute.typeProtos,
].map(({ number }) => number);

/** How messages call a node. */
export const nodeText = ({ name, opType }: OnnxNode): string => `node '${name}' (${opType})`;

/** Reads a node; throws a `DiagnosticError` at the node for attributes that do not fit, an `Error` for other bytes. */
export function readNode(
  message: Uint8Array,
  readExternal: ReadExternal | undefined,
  budget: StructureBudget,
): OnnxNode {
  const { parts, rest } = splitMessage(message, [node.attribute.number], [node.docString.number], budget);
  const proto = fromBinary(NodeProtoSchema, rest, known);
  if (proto.opType === '') throw new Error(`node '${proto.name}' names no operator`);
  const attributes = new Map<string, OnnxAttribute>();
  const read: OnnxNode = {
    name: proto.name || proto.output[0] || proto.opType,
    opType: proto.opType,
    domain: proto.domain === 'ai.onnx' ? '' : proto.domain,
    inputs: proto.input,
    outputs: proto.output,
    attributes,
  };
  for (const part of parts.get(node.attribute.number) ?? []) {
    const { name, value } = readAttribute(part, read, readExternal, budget);
    if (attributes.has(name))
      throw new DiagnosticError([
        errorAt(nameLocation(read.name), `${nodeText(read)} has attribute '${name}' twice, expected it once`),
      ]);
    attributes.set(name, value);
  }
  return read;
}

const text = new TextDecoder();

function readAttribute(
  message: Uint8Array,
  of: OnnxNode,
  readExternal: ReadExternal | undefined,
  budget: StructureBudget,
): { readonly name: string; readonly value: OnnxAttribute } {
  const { parts, rest } = splitMessage(message, [attribute.t.number], unread, budget);
  const proto = fromBinary(AttributeProtoSchema, rest, known);
  const tensor = (): OnnxAttribute => {
    const stored = parts.get(attribute.t.number);
    if (!stored) return { kind: 'other' };
    const place = { what: `attribute '${proto.name}' of ${nodeText(of)}`, location: nameLocation(of.name) };
    return { kind: 'tensor', value: decodeTensor(tensorParts(joinParts(stored), budget), readExternal, place) };
  };
  const valueOf = (): OnnxAttribute => {
    switch (proto.type) {
      case Kind.FLOAT:
        return { kind: 'float', value: proto.f };
      case Kind.INT:
        return { kind: 'int', value: Number(proto.i) };
      case Kind.STRING:
        return { kind: 'string', value: text.decode(proto.s) };
      case Kind.FLOATS:
        return { kind: 'floats', value: proto.floats };
      case Kind.INTS:
        return { kind: 'ints', value: proto.ints.map(Number) };
      case Kind.STRINGS:
        return { kind: 'strings', value: proto.strings.map((one) => text.decode(one)) };
      case Kind.TENSOR:
        return tensor();
      default:
        return { kind: 'other' };
    }
  };
  return { name: proto.name, value: valueOf() };
}
