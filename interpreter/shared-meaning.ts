/** Parts of meanings that the graph and the tensor-op level say alike. */
import { f32, type Type } from '../ir/index.ts';
import { NdArray, newElements, sum, tabulate } from './ndarray.ts';
import { accumulator, rounding } from './number.ts';

/** The index into an array of `shape` that repeats to a larger one, counted from the right. */
export const repeated = (index: readonly number[], shape: readonly number[]): readonly number[] =>
  shape.map((extent, d) => (extent === 1 ? 0 : (index[d + index.length - shape.length] as number)));

/** `f` of the elements of two arrays that repeat to `shape`, rounded to their element type. */
export const combined = (
  lhs: NdArray,
  rhs: NdArray,
  shape: readonly number[],
  f: (x: number, y: number) => number,
): NdArray =>
  tabulate(shape, lhs.element, (...index) =>
    f(lhs.get(...repeated(index, lhs.shape)), rhs.get(...repeated(index, rhs.shape))),
  );

/** min(max(x, low), high) with limits rounded to the element type; an absent limit does nothing. */
export function clipped(type: Type, low: number | undefined, high: number | undefined): (x: number) => number {
  const round = rounding(type);
  const [least, most] = [round(low ?? -Infinity), round(high ?? Infinity)];
  return (x) => Math.min(Math.max(x, least), most);
}

/** A pooling window. */
export interface PoolWindow {
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  /** Top, left, bottom, right. */
  readonly pads: readonly [number, number, number, number];
  readonly count_include_pad: boolean;
}

/** The mean of window (p, q): the sum over (r, s) in the accumulator type, divided once by the taps that count. */
export function pooled(
  { kernel: [R, S], strides: [sh, sw], pads: [top, left], count_include_pad }: PoolWindow,
  p: number,
  q: number,
  at: (h: number, w: number) => readonly number[],
  image: NdArray,
): number {
  const type = accumulator(image.element);
  const place = (r: number, s: number): readonly number[] => at(p * sh + r - top, q * sw + s - left);
  const inside = sum([R, S], f32, (r, s) => Number(image.has(...place(r, s))));
  const total = sum([R, S], type, (r, s) => image.padded(...place(r, s)));
  return rounding(type)(total / (count_include_pad ? R * S : inside));
}

/** The arrays one behind the other along `axis`. Exact for every type. */
export function joined(inputs: readonly NdArray[], axis: number, shape: readonly number[]): NdArray {
  const element = (inputs[0] as NdArray).element;
  const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const outer = shape.slice(0, axis).reduce((a, b) => a * b, 1);
  const data = newElements(element, outer * inner * (shape[axis] as number));
  let at = 0;
  for (let row = 0; row < outer; row++)
    for (const input of inputs) {
      const run = inner * (input.shape[axis] as number);
      data.set(input.data.subarray(row * run, (row + 1) * run) as never, at);
      at += run;
    }
  return new NdArray(shape, element, data);
}
