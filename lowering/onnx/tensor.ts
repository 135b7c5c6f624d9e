/** Constant tensors of ONNX files. */
import {
  bf16,
  DiagnosticError,
  elementCount,
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
  nameLocation,
  storedBytes,
  type Type,
} from '../../ir/index.ts';
import { type TensorProto, TensorProto_DataLocation } from './generated/onnx_pb.js';
import type { OnnxTensor, ReadExternal } from './model.ts';

/** Elements of one tensor that are accepted: 2^32. */
export const largestTensor = 2 ** 32;

const elements: Readonly<Record<number, Type>> = {
  1: f32,
  2: integerType(8, 'unsigned'),
  3: i8,
  4: integerType(16, 'unsigned'),
  5: i16,
  6: i32,
  7: i64,
  9: i1,
  10: f16,
  11: f64,
  12: integerType(32, 'unsigned'),
  13: integerType(64, 'unsigned'),
  16: bf16,
};
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
];

/** The name of an ONNX element type. */
export const elementName = (code: number): string => names[code] ?? `element type ${code}`;

/** The element type with an ONNX code; undefined for one that has no numbers here. */
export const elementOfCode = (code: number): Type | undefined => elements[code];

/** Ends with an error about one tensor. */
const fail = (name: string, message: string): never => {
  throw new DiagnosticError([errorAt(nameLocation(name), `tensor '${name}' ${message}`)]);
};

/** Locates errors about a tensor where it stands, at a node or file called `name`; `place` says it in words. */
export function tensorIn<T>(name: string, place: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    throw new DiagnosticError(
      error.diagnostics.map((one) => ({ ...one, location: nameLocation(name), message: `${place}: ${one.message}` })),
    );
  }
}

/** A tensor of the file. Its extents are checked at once, its bytes when they are read. */
export function decodeTensor(
  proto: TensorProto,
  readExternal: ReadExternal | undefined,
  fallbackName = '',
): OnnxTensor {
  const name = proto.name || fallbackName || '(unnamed)';
  const element =
    elementOfCode(proto.dataType) ??
    fail(name, `has elements of ${elementName(proto.dataType)}, which are not supported`);
  const shape = proto.dims.map(Number);
  if (shape.some((extent) => extent < 0)) fail(name, `has extents [${shape}], expected none below zero`);
  // A zero makes any product zero, even one that no double holds.
  const count = shape.includes(0) ? 0 : (elementCount(shape) ?? 0);
  if (count > largestTensor) fail(name, `has ${count} elements, more than the ${largestTensor} that are accepted`);
  const size = storedBytes(element);
  return { name, element, shape, bytes: () => dataOf(proto, name, element, count, count * size, readExternal) };
}

function dataOf(
  proto: TensorProto,
  name: string,
  element: Type,
  count: number,
  size: number,
  readExternal: ReadExternal | undefined,
): Uint8Array {
  if (proto.dataLocation === TensorProto_DataLocation.EXTERNAL) {
    const bytes = externalData(proto, name, size, readExternal);
    return bytes.length === size ? bytes : fail(name, `has ${bytes.length} bytes of external data, expected ${size}`);
  }
  if (proto.rawData.length > 0) {
    if (proto.rawData.length !== size)
      fail(name, `has ${proto.rawData.length} bytes of data, expected ${size} for [${proto.dims}]`);
    // The view may begin at any byte of the file; typed arrays need it aligned.
    return new Uint8Array(proto.rawData);
  }
  const given = typedField(proto, element);
  if (given.length !== count) fail(name, `has ${given.length} elements, expected ${count} for [${proto.dims}]`);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < count; at++) writeElement(view, at, element, given[at] as number | bigint);
  return bytes;
}

/** The field that holds elements of a type; 32-bit unsigned ones stand in the widest field. */
function typedField(proto: TensorProto, element: Type): readonly (number | bigint)[] {
  if (element === f32) return proto.floatData;
  if (element === f64) return proto.doubleData;
  if (element === i64) return proto.int64Data;
  const wide = element.kind === 'integer' && element.sign === 'unsigned' && element.width >= 32;
  return wide ? proto.uint64Data : proto.int32Data;
}

/** Typed fields hold narrow types in wider ones, halves as their bits. */
function writeElement(view: DataView, at: number, element: Type, value: number | bigint): void {
  const bytes = storedBytes(element);
  if (element === f32) view.setFloat32(at * 4, Number(value), true);
  else if (element === f64) view.setFloat64(at * 8, Number(value), true);
  else if (bytes === 8) view.setBigInt64(at * 8, BigInt.asIntN(64, BigInt(value)), true);
  else if (bytes === 4) view.setInt32(at * 4, Number(value) | 0, true);
  else if (bytes === 2) view.setUint16(at * 2, Number(value) & 0xffff, true);
  else view.setUint8(at, Number(value) & 0xff);
}

function externalData(
  proto: TensorProto,
  name: string,
  size: number,
  readExternal: ReadExternal | undefined,
): Uint8Array {
  const entry = (key: string): string | undefined => proto.externalData.find((pair) => pair.key === key)?.value;
  const location = entry('location') ?? fail(name, 'has external data without a location');
  const outside =
    /^([/\\]|[A-Za-z]:)/.test(location) || location.split(/[/\\]/).includes('..') || location.includes('\0');
  if (outside) fail(name, `has its data at '${location}', which is outside the model's folder`);
  const number = (key: string): number | undefined => {
    const text = entry(key);
    if (text === undefined) return undefined;
    return /^\d{1,15}$/.test(text)
      ? Number(text)
      : fail(name, `has external ${key} '${text}', expected a number of bytes`);
  };
  if (!readExternal) return fail(name, `has its data in '${location}', but external data cannot be read here`);
  const length = number('length');
  // Checked before reading: a length in the file must not decide how much is read.
  if (length !== undefined && length !== size) fail(name, `has ${length} bytes of external data, expected ${size}`);
  const offset = number('offset') ?? 0;
  try {
    return readExternal(location, offset, length);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return fail(name, `has its data elsewhere: ${error.message}`);
  }
}
