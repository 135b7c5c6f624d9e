/** What kernels may compute on: arrays whose elements stand as singles. */
import { f16, f32, type Type } from '../../ir/index.ts';
import { halfFromSingleBits, halfValues } from '../../ir/half.ts';
import { NdArray } from '../ndarray.ts';

/** The elements of an array of singles or halves; undefined for others, which the meanings compute. */
export const singles = (array: NdArray): Float32Array | undefined =>
  (array.element === f32 || array.element === f16) && array.data instanceof Float32Array ? array.data : undefined;

/** Rounds singles to halves, in place. */
export function roundToHalves(data: Float32Array): void {
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  for (let at = 0; at < data.length; at++) data[at] = halfValues[halfFromSingleBits(bits[at] as number)] as number;
}

/** An array from singles, which are rounded to the element type. */
export function fromSingles(shape: readonly number[], element: Type, data: Float32Array): NdArray {
  if (element === f16) roundToHalves(data);
  return new NdArray(shape, element, data);
}
