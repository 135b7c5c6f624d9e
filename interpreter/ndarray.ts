/** Dense arrays: the values of the tensor levels. */
import type { Type } from '../ir/index.ts';
import { rounding } from './number.ts';

/** What holds elements: halves stand as exact singles; 64-bit integers as bigints. */
export type Elements =
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

/** The number of elements of a shape. */
export const volume = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Bytes that hold one element of `type`. */
export function elementBytes(type: Type): number {
  if (type.kind === 'float') return type.name === 'f64' ? 8 : 4;
  if (type.kind === 'index') return 8;
  if (type.kind === 'integer') return type.width <= 8 ? 1 : type.width <= 16 ? 2 : type.width <= 32 ? 4 : 8;
  throw new RangeError(`${type.text} is not a type of numbers`);
}

/** Zeros for `count` elements of `type`. */
export function newElements(type: Type, count: number): Elements {
  const bytes = elementBytes(type);
  if (type.kind === 'float') return bytes === 8 ? new Float64Array(count) : new Float32Array(count);
  const unsigned = type.kind === 'integer' && (type.sign === 'unsigned' || type.width === 1);
  if (bytes === 8) return unsigned ? new BigUint64Array(count) : new BigInt64Array(count);
  if (bytes === 4) return unsigned ? new Uint32Array(count) : new Int32Array(count);
  if (bytes === 2) return unsigned ? new Uint16Array(count) : new Int16Array(count);
  return unsigned ? new Uint8Array(count) : new Int8Array(count);
}

/** A dense row-major array of numbers of one type. It is not changed after it was made. */
export class NdArray {
  readonly shape: readonly number[];
  readonly element: Type;
  readonly data: Elements;

  /** `data` is taken as it is, not copied, and must hold numbers of the element type. */
  constructor(shape: readonly number[], element: Type, data: Elements = newElements(element, volume(shape))) {
    if (data.length !== volume(shape))
      throw new RangeError(`an array of [${shape.join(', ')}] has ${volume(shape)} elements, not ${data.length}`);
    this.shape = shape;
    this.element = element;
    this.data = data;
  }

  /** The offset of an index; −1 outside. */
  offset(index: readonly number[]): number {
    let at = 0;
    for (let d = 0; d < this.shape.length; d++) {
      const [i, extent] = [index[d] as number, this.shape[d] as number];
      if (i < 0 || i >= extent) return -1;
      at = at * extent + i;
    }
    return at;
  }

  /** The element at an index; throws a `RangeError` outside. */
  get(...index: readonly number[]): number {
    const at = this.offset(index);
    if (at < 0) throw new RangeError(`[${index.join(', ')}] is outside of [${this.shape.join(', ')}]`);
    return Number(this.data[at]);
  }

  /** The element at an index, and +0 outside, which is how zero padding reads. */
  padded(...index: readonly number[]): number {
    const at = this.offset(index);
    return at < 0 ? 0 : Number(this.data[at]);
  }

  /** Whether an index lies inside. */
  has(...index: readonly number[]): boolean {
    return this.offset(index) >= 0;
  }

  /** `f` of every element, rounded to the element type. */
  map(f: (x: number) => number): NdArray {
    const [round, data] = [rounding(this.element), newElements(this.element, this.data.length)];
    for (let at = 0; at < data.length; at++) store(data, at, round(f(Number(this.data[at]))));
    return new NdArray(this.shape, this.element, data);
  }
}

const store = (data: Elements, at: number, value: number): void => {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) data[at] = BigInt(value);
  else data[at] = value;
};

/** One index per extent. */
export type Index<S extends readonly number[]> = { -readonly [K in keyof S]: number };

/** Calls `visit` with every index of a shape, in row-major order. The index is reused. */
export function forEachIndex(shape: readonly number[], visit: (index: readonly number[], at: number) => void): void {
  const index = shape.map(() => 0);
  const count = volume(shape);
  for (let at = 0; at < count; at++) {
    visit(index, at);
    for (let d = shape.length - 1; d >= 0; d--) {
      index[d] = (index[d] as number) + 1;
      if ((index[d] as number) < (shape[d] as number)) break;
      index[d] = 0;
    }
  }
}

/** The array whose element at each index is `f(...index)`, rounded once to `element`. */
export function tabulate<const S extends readonly number[]>(
  shape: S,
  element: Type,
  f: (...index: Index<S>) => number,
): NdArray {
  const [round, data] = [rounding(element), newElements(element, volume(shape))];
  forEachIndex(shape, (index, at) => store(data, at, round(f(...(index as Index<S>)))));
  return new NdArray(shape, element, data);
}

/** The array that takes each element from an index of `source`; `undefined` gives +0. Exact for every type. */
export function gather(
  source: NdArray,
  shape: readonly number[],
  from: (index: readonly number[]) => readonly number[] | undefined,
): NdArray {
  const data = newElements(source.element, volume(shape));
  forEachIndex(shape, (index, at) => {
    const place = from(index);
    const offset = place === undefined ? -1 : source.offset(place);
    if (offset >= 0) data[at] = source.data[offset] as never;
  });
  return new NdArray(shape, source.element, data);
}

/** Σ f(i, j, …) over the box `extents`, row-major from +0; each term and each partial sum is rounded to `element`. */
export function sum<const S extends readonly number[]>(
  extents: S,
  element: Type,
  f: (...index: Index<S>) => number,
): number {
  const round = rounding(element);
  let total = 0;
  forEachIndex(extents, (index) => {
    total = round(total + round(f(...(index as Index<S>))));
  });
  return total;
}

/** The largest of f(i, j, …) over a box: NaN if any is; −∞ of nothing. */
export function largest<const S extends readonly number[]>(extents: S, f: (...index: Index<S>) => number): number {
  let most = -Infinity;
  forEachIndex(extents, (index) => {
    most = Math.max(most, f(...(index as Index<S>)));
  });
  return most;
}
