/** NumPy's array files, versions 1 and 2, C order. Source: NumPy enhancement proposal 1. */
import { DiagnosticError, errorAt, halfToFloat, nameLocation } from '../../ir/index.ts';

/** An array of a file, its numbers as doubles or singles. */
export interface NpyArray {
  /** NumPy's name of the element type without byte order: `f4`, `u1`, … */
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data:
    | Float32Array
    | Float64Array
    | Int8Array
    | Uint8Array
    | Int16Array
    | Uint16Array
    | Int32Array
    | Uint32Array
    | BigInt64Array
    | BigUint64Array;
}

const fail = (name: string, message: string): never => {
  throw new DiagnosticError([errorAt(nameLocation(name), `'${name}' ${message}`)]);
};

const makers: Readonly<Record<string, (buffer: ArrayBuffer) => NpyArray['data']>> = {
  f4: (buffer) => new Float32Array(buffer),
  f8: (buffer) => new Float64Array(buffer),
  f2: (buffer) => Float32Array.from(new Uint16Array(buffer), halfToFloat),
  i1: (buffer) => new Int8Array(buffer),
  u1: (buffer) => new Uint8Array(buffer),
  b1: (buffer) => new Uint8Array(buffer),
  i2: (buffer) => new Int16Array(buffer),
  u2: (buffer) => new Uint16Array(buffer),
  i4: (buffer) => new Int32Array(buffer),
  u4: (buffer) => new Uint32Array(buffer),
  i8: (buffer) => new BigInt64Array(buffer),
  u8: (buffer) => new BigUint64Array(buffer),
};

/** Reads an array; `name` is what messages call it. Throws a `DiagnosticError` for anything that is not one. */
export function readNpy(bytes: Uint8Array, name = 'array'): NpyArray {
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
  if (bytes.length < 10 || magic.some((byte, at) => bytes[at] !== byte)) fail(name, 'is not a .npy file');
  const version = bytes[6] as number;
  if (version !== 1 && version !== 2) fail(name, `is of .npy version ${version}, expected 1 or 2`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) fail(name, 'is cut off');
  const end = start + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (end > bytes.length) fail(name, 'is cut off in its header');
  const header = new TextDecoder('latin1').decode(bytes.subarray(start, end));
  const descr =
    /'descr':\s*'([<>|=]?)(\w\d+)'/.exec(header) ??
    fail(name, `has a header without a plain element type: ${header.trim().slice(0, 80)}`);
  if (/'fortran_order':\s*True/.test(header)) fail(name, 'is in Fortran order, expected C order');
  const extents = /'shape':\s*\(([\d,\s]*)\)/.exec(header) ?? fail(name, 'has a header without a shape');
  const shape = (extents[1] as string)
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map(Number);
  if (shape.some((extent) => !Number.isSafeInteger(extent)))
    fail(name, `has shape (${(extents[1] as string).slice(0, 40)}), expected whole numbers with commas between them`);
  const dtype = descr[2] as string;
  const make = makers[dtype] ?? fail(name, `has elements of '${dtype}', which are not supported`);
  if (descr[1] === '>') fail(name, 'is big-endian, expected little-endian');
  const size = shape.reduce((a, b) => a * b, Number(dtype.slice(1)));
  if (bytes.length - end !== size)
    fail(name, `has ${bytes.length - end} bytes of data, expected ${size} for [${shape}] of ${dtype}`);
  return { dtype, shape, data: make(new Uint8Array(bytes.subarray(end)).buffer) };
}

/** Writes singles as a `.npy` file. */
export function writeNpy(shape: readonly number[], data: Float32Array): Uint8Array {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${tuple}), }`;
  const padded = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const header = new TextEncoder().encode(`\x00NUMPY\x01\x00\x00\x00${padded}`);
  header[0] = 0x93;
  new DataView(header.buffer).setUint16(8, padded.length, true);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return bytes;
}
