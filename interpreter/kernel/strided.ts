/** Copies with strides: transposes, repeats, parts and padding, exact for every element type. */
import { type Elements, NdArray, newElements, volume } from '../ndarray.ts';

/** Distances between neighbours of each dimension, in elements, of a dense row-major array. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let d = shape.length - 2; d >= 0; d--) strides[d] = (strides[d + 1] as number) * (shape[d + 1] as number);
  return strides;
}

/** A place in an array: where element 0 is and how far neighbours are. */
export interface Place {
  readonly at: number;
  readonly strides: readonly number[];
}

/** Copies a box of `shape` from one place to another. */
export function copyStrided(
  shape: readonly number[],
  source: Elements,
  from: Place,
  target: Elements,
  to: Place,
): void {
  if (shape.includes(0)) return;
  const rank = shape.length;
  if (rank === 0) {
    target[to.at] = source[from.at] as never;
    return;
  }
  const inner = shape[rank - 1] as number;
  const [sourceStep, targetStep] = [from.strides[rank - 1] as number, to.strides[rank - 1] as number];
  const index = new Array<number>(rank - 1).fill(0);
  const rows = volume(shape) / inner;
  let [x, y] = [from.at, to.at];
  for (let row = 0; row < rows; row++) {
    copyRow(source, x, sourceStep, target, y, targetStep, inner);
    for (let d = rank - 2; d >= 0; d--) {
      const [xs, ys, extent] = [from.strides[d] as number, to.strides[d] as number, shape[d] as number];
      x += xs;
      y += ys;
      const next = (index[d] as number) + 1;
      index[d] = next;
      if (next < extent) break;
      index[d] = 0;
      x -= extent * xs;
      y -= extent * ys;
    }
  }
}

function copyRow(
  source: Elements,
  x: number,
  xs: number,
  target: Elements,
  y: number,
  ys: number,
  count: number,
): void {
  if (xs === 1 && ys === 1 && count > 16) target.set(source.subarray(x, x + count) as never, y);
  else for (let i = 0; i < count; i++) target[y + i * ys] = source[x + i * xs] as never;
}

/** The array with dimensions in another order. */
export function transposed(input: NdArray, permutation: readonly number[]): NdArray {
  const strides = rowMajorStrides(input.shape);
  const shape = permutation.map((d) => input.shape[d] as number);
  return view(input, shape, { at: 0, strides: permutation.map((d) => strides[d] as number) });
}

/** The array repeated to `shape`, counted from the right. */
export function repeatedTo(input: NdArray, shape: readonly number[]): NdArray {
  if (input.shape.join() === shape.join()) return input;
  const own = rowMajorStrides(input.shape);
  const lead = shape.length - input.shape.length;
  const strides = shape.map((_, d) => (d < lead || input.shape[d - lead] === 1 ? 0 : (own[d - lead] as number)));
  return view(input, shape, { at: 0, strides });
}

/** The box of `shape` from `offsets` on. */
export function part(input: NdArray, offsets: readonly number[], shape: readonly number[]): NdArray {
  const strides = rowMajorStrides(input.shape);
  return view(input, shape, {
    at: offsets.reduce((at, offset, d) => at + offset * (strides[d] as number), 0),
    strides,
  });
}

/** The array inside zeros. */
export function padded(input: NdArray, low: readonly number[], shape: readonly number[]): NdArray {
  const data = newElements(input.element, volume(shape));
  const strides = rowMajorStrides(shape);
  const at = low.reduce((sum, by, d) => sum + by * (strides[d] as number), 0);
  copyStrided(input.shape, input.data, { at: 0, strides: rowMajorStrides(input.shape) }, data, { at, strides });
  return new NdArray(shape, input.element, data);
}

function view(input: NdArray, shape: readonly number[], from: Place): NdArray {
  const data = newElements(input.element, volume(shape));
  copyStrided(shape, input.data, from, data, { at: 0, strides: rowMajorStrides(shape) });
  return new NdArray(shape, input.element, data);
}
