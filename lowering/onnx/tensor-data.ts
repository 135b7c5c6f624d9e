/** The data of a tensor that stand in the ONNX file itself. */
import { f32, f64, i1, i64, storedBytes, type Type } from '../../ir/index.ts';
import { TensorProtoSchema } from './generated/onnx_pb.js';
import type { TensorParts } from './tensor.ts';
import { joinParts, unpackVarints } from './wire.ts';

const { field } = TensorProtoSchema;

/** Row-major little-endian bytes of `count` elements, a copy; `fail` is told what does not fit. */
export function dataOf(
  tensor: TensorParts,
  element: Type,
  count: number,
  fail: (message: string) => never,
): Uint8Array {
  const size = storedBytes(element);
  const raw = tensor.data.get(field.rawData.number)?.at(-1);
  const bytes = raw?.length ? rawData(raw, count * size, fail) : typedData(tensor, element, count, fail);
  const odd = element === i1 ? bytes.find((byte) => byte > 1) : undefined;
  return odd === undefined ? bytes : fail(`has a truth value of ${odd}, expected 0 or 1`);
}

function rawData(raw: Uint8Array, size: number, fail: (message: string) => never): Uint8Array {
  if (raw.length !== size) fail(`has ${raw.length} bytes of data, expected ${size}`);
  // The view may begin at any byte of the file; typed arrays need it aligned.
  return new Uint8Array(raw);
}

/** Elements in the field for their type; narrow types stand in wider ones, halves as their bits. */
function typedData(
  { proto, data }: TensorParts,
  element: Type,
  count: number,
  fail: (message: string) => never,
): Uint8Array {
  const size = storedBytes(element);
  const { number, unpacked } = typedField(proto, element);
  const packed = data.get(number);
  if (!packed) {
    if (unpacked.length !== count) fail(`has ${unpacked.length} elements, expected ${count}`);
    return fromNumbers(unpacked, element, size);
  }
  if (unpacked.length > 0) fail('has some elements packed and some not, expected all packed');
  const joined = joinParts(packed);
  if (element !== f32 && element !== f64)
    return (
      unpackVarints(joined, count, size) ??
      fail(`has ${joined.length} bytes of packed integers, expected ${count} integers`)
    );
  // As in memory here: little-endian and without gaps.
  if (joined.length !== count * size) fail(`has ${joined.length / size} elements, expected ${count}`);
  return new Uint8Array(joined);
}

interface TypedField {
  readonly number: number;
  /** What an unusual writer put there one by one. */
  readonly unpacked: readonly (number | bigint)[];
}

/** The field that holds elements of a type; 32-bit unsigned ones stand in the widest field. */
function typedField(proto: TensorParts['proto'], element: Type): TypedField {
  if (element === f32) return { number: field.floatData.number, unpacked: proto.floatData };
  if (element === f64) return { number: field.doubleData.number, unpacked: proto.doubleData };
  if (element === i64) return { number: field.int64Data.number, unpacked: proto.int64Data };
  const wide = element.kind === 'integer' && element.sign === 'unsigned' && element.width >= 32;
  return wide
    ? { number: field.uint64Data.number, unpacked: proto.uint64Data }
    : { number: field.int32Data.number, unpacked: proto.int32Data };
}

function fromNumbers(numbers: readonly (number | bigint)[], element: Type, size: number): Uint8Array {
  const bytes = new Uint8Array(numbers.length * size);
  const view = new DataView(bytes.buffer);
  for (const [at, value] of numbers.entries())
    if (element === f32) view.setFloat32(at * 4, Number(value), true);
    else if (element === f64) view.setFloat64(at * 8, Number(value), true);
    else if (size === 8) view.setBigInt64(at * 8, BigInt.asIntN(64, BigInt(value)), true);
    else if (size === 4) view.setInt32(at * 4, Number(value) | 0, true);
    else if (size === 2) view.setUint16(at * 2, Number(value) & 0xffff, true);
    else view.setUint8(at, Number(value) & 0xff);
  return bytes;
}
