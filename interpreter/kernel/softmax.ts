/** Exponentials along one dimension, divided by their sum. */
import { rounding } from '../number.ts';
import { NdArray } from '../ndarray.ts';
import { unaryFunctions } from '../scalar.ts';
import { singles } from './storage.ts';

/** Softmax as the meaning says it, without indices: every step is rounded to the element type. */
export function softmaxAlong(input: NdArray, axis: number): NdArray | undefined {
  const data = singles(input);
  if (!data) return undefined;
  const round = rounding(input.element);
  const length = input.shape[axis] as number;
  const inner = input.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const out = new Float32Array(data.length);
  for (let outer = 0; outer < data.length; outer += length * inner)
    for (let start = outer; start < outer + inner; start++) {
      const end = start + length * inner;
      let most = -Infinity;
      for (let at = start; at < end; at += inner) most = Math.max(most, data[at] as number);
      let total = 0;
      for (let at = start; at < end; at += inner) {
        const e = round(unaryFunctions.exp(round((data[at] as number) - most)));
        out[at] = e;
        total = Math.fround(total + e);
      }
      total = round(total);
      for (let at = start; at < end; at += inner) out[at] = round((out[at] as number) / total);
    }
  return new NdArray(input.shape, input.element, out);
}
