/** Between the data of a constant and an array. */
import { type DenseAttribute, denseAttribute, storedBytes, tensorType } from '../ir/index.ts';
import { floatToHalf, halfToFloat } from '../ir/half.ts';
import { type Elements, NdArray, newElements, volume } from './ndarray.ts';
import { wrapping } from './number.ts';

/** The bits of an element as an unsigned integer, from its little-endian bytes. */
const readers: Readonly<Record<number, (view: DataView, at: number) => number>> = {
  1: (view, at) => view.getUint8(at),
  2: (view, at) => view.getUint16(at, true),
  3: (view, at) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16),
  4: (view, at) => view.getUint32(at, true),
};

/** The array that a constant stands for. Throws a `RangeError` for elements that are not interpreted. */
export function arrayOf({ type, splat, bytes }: DenseAttribute): NdArray {
  const { element, shape } = type;
  const count = volume(shape);
  const data = newElements(element, count);
  const stored = splat ? 1 : count;
  const size = storedBytes(element);
  if (size === data.BYTES_PER_ELEMENT) {
    new Uint8Array(data.buffer).set(bytes.subarray(0, stored * size));
  } else {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const read = readers[size];
    if (!read) throw new RangeError(`elements of type ${element.text} are not interpreted`);
    const half = element.kind === 'float' && element.name === 'f16';
    const brain = element.kind === 'float' && element.name === 'bf16';
    const wrap = element.kind === 'float' ? undefined : wrapping(element);
    for (let at = 0; at < stored; at++) {
      const bits = read(view, at * size);
      data[at] = half ? halfToFloat(bits) : brain ? singleOfBits(bits << 16) : (wrap?.(bits) ?? bits);
    }
  }
  if (splat) data.fill(data[0] as never);
  return new NdArray(shape, element, data);
}

const cell = new DataView(new ArrayBuffer(4));
const singleOfBits = (bits: number): number => {
  cell.setInt32(0, bits, true);
  return cell.getFloat32(0, true);
};
const bitsOfSingle = (x: number): number => {
  cell.setFloat32(0, x, true);
  return cell.getUint32(0, true);
};

/** The data of an array as a constant. */
export function denseOf({ shape, element, data }: NdArray): DenseAttribute {
  const type = tensorType(shape, element);
  const size = storedBytes(element);
  if (size === data.BYTES_PER_ELEMENT)
    return denseAttribute(type, new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice());
  const bytes = new Uint8Array(size * data.length);
  for (let at = 0; at < data.length; at++) {
    const value = Number((data as Exclude<Elements, BigInt64Array | BigUint64Array>)[at]);
    const bits =
      element.kind !== 'float' ? value : element.name === 'f16' ? floatToHalf(value) : bitsOfSingle(value) >>> 16;
    for (let byte = 0; byte < size; byte++) bytes[at * size + byte] = (bits >>> (8 * byte)) & 0xff;
  }
  return denseAttribute(type, bytes);
}
