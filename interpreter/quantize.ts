/** What fixed point means on arrays. */
import { dequantize, type IntegerType, quantize, requantize, type Rounding, type Type } from '../ir/index.ts';
import { normal, signed, widthOf } from './integer.ts';
import { NdArray, newElements } from './ndarray.ts';
import { rounding as stored } from './number.ts';
import type { Scalar } from './value.ts';

const widthIn = (type: Type): number => widthOf(type as IntegerType);

/** x / 2^position rounded, in the range of the integer type `to`. */
export function quantized(input: NdArray, position: number, rounding: Rounding, to: Type): NdArray {
  const [data, bits] = [newElements(to, input.data.length), widthIn(to)];
  for (let at = 0; at < data.length; at++)
    data[at] = quantize(Number(input.data[at]), position, bits, rounding) as never;
  return new NdArray(input.shape, to, data);
}

/** q · 2^position, rounded to the element type. */
export function dequantized(input: NdArray, position: number, to: Type): NdArray {
  const [data, round] = [newElements(to, input.data.length), stored(to)];
  for (let at = 0; at < data.length; at++) data[at] = round(dequantize(Number(input.data[at]), position)) as never;
  return new NdArray(input.shape, to, data);
}

/** q · 2^−shift rounded, in the range of the integer type `to`. */
export function requantized(input: NdArray, shift: number, rounding: Rounding, to: Type): NdArray {
  const from = input.element as IntegerType;
  const data = newElements(to, input.data.length);
  const isWide = data instanceof BigInt64Array || data instanceof BigUint64Array;
  for (let at = 0; at < data.length; at++) {
    const q = requantize(signed(input.data[at] as Scalar, from), shift, widthIn(to), rounding);
    data[at] = (isWide ? q : normal(q, to as IntegerType)) as never;
  }
  return new NdArray(input.shape, to, data);
}
