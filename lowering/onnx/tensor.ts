/** Constant tensors of ONNX files: element types, extents, where the data stand. */
import { fromBinary } from '@bufbuild/protobuf';
import {
  bf16,
  DiagnosticError,
  errorAt,
  f16,
  f32,
  f64,
  i1,
  i16,
  i32,
  i64,
  i8,
  integerType,
  type Location,
  nameLocation,
  storedBytes,
  type Type,
} from '../../ir/index.ts';
import { type TensorProto, TensorProto_DataLocation, TensorProtoSchema } from './generated/onnx_pb.js';
import { type ReadExternal, externalBytes } from './external-data.ts';
import type { OnnxTensor } from './model.ts';
import { dataOf } from './tensor-data.ts';
import { splitMessage, type StructureBudget, structureBudget } from './wire.ts';

/** Bytes of one tensor that are accepted: 2 GiB, as much as a whole ONNX file may have. */
export const largestTensor = 2 ** 31;
/** Dimensions of one tensor that are accepted. */
export const largestRank = 32;

const elements: readonly (Type | undefined)[] = [
  undefined,
  f32,
  integerType(8, 'unsigned'),
  i8,
  integerType(16, 'unsigned'),
  i16,
  i32,
  i64,
  undefined,
  i1,
  f16,
  f64,
  integerType(32, 'unsigned'),
  integerType(64, 'unsigned'),
  undefined,
  undefined,
  bf16,
];
const names = [
  'undefined',
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
  'float8e4m3fn',
  'float8e4m3fnuz',
  'float8e5m2',
  'float8e5m2fnuz',
  'uint4',
  'int4',
  'float4e2m1',
];

/** The name of an ONNX element type. */
export const elementName = (code: number): string => names[code] ?? `element type ${code}`;

/** The element type with an ONNX code; undefined for one that has no numbers here. */
export const elementOfCode = (code: number): Type | undefined => elements[code];

/** How messages call a tensor or another part of a model, and where they stand. */
export interface Place {
  readonly what: string;
  readonly location: Location;
  /** What the message ends with: the node and operator concerned, where `what` does not name them. */
  readonly concerns?: string;
}

/** Ends with an error at a place. */
export function failAt({ what, location, concerns }: Place, message: string): never {
  throw new DiagnosticError([errorAt(location, `${what} ${message}${concerns === undefined ? '' : `; ${concerns}`}`)]);
}

/** A tensor of the file, its data by field number and not yet decoded. */
export interface TensorParts {
  readonly proto: TensorProto;
  readonly data: ReadonlyMap<number, readonly Uint8Array[]>;
}

const { field } = TensorProtoSchema;
const dataFields = [
  field.rawData,
  field.floatData,
  field.int32Data,
  field.int64Data,
  field.doubleData,
  field.uint64Data,
].map(({ number }) => number);
const droppedFields = [field.stringData.number, field.docString.number, field.segment.number];

/** Takes the bytes of a tensor apart; data stay views of them. Throws an `Error` for bytes that are no tensor. */
export function tensorParts(message: Uint8Array, budget: StructureBudget = structureBudget()): TensorParts {
  const { parts, rest } = splitMessage(message, dataFields, droppedFields, budget);
  return { proto: fromBinary(TensorProtoSchema, rest, { readUnknownFields: false }), data: parts };
}

/**
 * A tensor of the file. Its extents are checked at once, its bytes when they are read; both throw a `DiagnosticError`
 * at the place, which is the tensor's name unless given.
 */
export function decodeTensor(
  { proto, data }: TensorParts,
  readExternal: ReadExternal | undefined,
  place: Place = { what: `tensor '${proto.name}'`, location: nameLocation(proto.name) },
): OnnxTensor {
  const fail = (message: string): never => failAt(place, message);
  const element =
    elementOfCode(proto.dataType) ?? fail(`has elements of ${elementName(proto.dataType)}, which are not supported`);
  const shape = proto.dims.map(Number);
  if (shape.length > largestRank)
    fail(`has ${shape.length} dimensions, more than the ${largestRank} that are accepted`);
  if (shape.some((extent) => extent < 0)) fail(`has extents [${shape}], expected none below zero`);
  const most = largestTensor / storedBytes(element);
  // A zero makes any product zero, even one that no double holds.
  const count = shape.includes(0) ? 0 : shape.reduce((a, b) => a * b, 1);
  if (count > most)
    fail(`has ${count < Infinity ? count : 'over 10^308'} elements, more than the ${most} that are accepted`);
  const inexact = shape.find((extent) => !Number.isSafeInteger(extent));
  if (inexact !== undefined) fail(`has ${inexact} elements along one dimension, expected fewer than 2^53`);
  const bytes = (): Uint8Array =>
    proto.dataLocation === TensorProto_DataLocation.EXTERNAL
      ? externalBytes(proto.externalData, count * storedBytes(element), readExternal, fail)
      : dataOf({ proto, data }, element, count, fail);
  return { name: proto.name, element, shape, bytes };
}
