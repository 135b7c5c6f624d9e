/** Functions of single elements. */
import { f16, f32, type Type } from '../../ir/index.ts';
import { halfFromSingleBits, halfValues } from '../../ir/half.ts';
import { NdArray } from '../ndarray.ts';
import { type BinaryName, halfTable, type UnaryName, unaryFunctions } from '../scalar.ts';
import { fromSingles, singles } from './storage.ts';

/** A unary function of every element: on halves by its table. */
export function applyUnary(name: UnaryName, input: NdArray): NdArray | undefined {
  const data = singles(input);
  if (!data) return undefined;
  const out = new Float32Array(data.length);
  if (input.element === f16) {
    const table = halfTable(name);
    const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
    for (let at = 0; at < out.length; at++)
      out[at] = halfValues[table[halfFromSingleBits(bits[at] as number)] as number] as number;
  } else if (name === 'relu') for (let at = 0; at < out.length; at++) out[at] = Math.max(data[at] as number, 0);
  else {
    const f = unaryFunctions[name];
    for (let at = 0; at < out.length; at++) out[at] = f(data[at] as number);
  }
  return new NdArray(input.shape, input.element, out);
}

/**
 * A loop for each function: the double result of two singles, rounded to single when stored. For halves the second
 * rounding is harmless: a single has more than twice the digits of a half.
 */
const loops: Readonly<Record<BinaryName, (x: Float32Array, y: Float32Array, out: Float32Array) => void>> = {
  add: (x, y, out) => {
    for (let at = 0; at < out.length; at++) out[at] = (x[at] as number) + (y[at] as number);
  },
  sub: (x, y, out) => {
    for (let at = 0; at < out.length; at++) out[at] = (x[at] as number) - (y[at] as number);
  },
  mul: (x, y, out) => {
    for (let at = 0; at < out.length; at++) out[at] = (x[at] as number) * (y[at] as number);
  },
  div: (x, y, out) => {
    for (let at = 0; at < out.length; at++) out[at] = (x[at] as number) / (y[at] as number);
  },
  max: (x, y, out) => {
    for (let at = 0; at < out.length; at++) out[at] = Math.max(x[at] as number, y[at] as number);
  },
  min: (x, y, out) => {
    for (let at = 0; at < out.length; at++) out[at] = Math.min(x[at] as number, y[at] as number);
  },
};

/** A binary function of the elements of two arrays of one shape. */
export function applyBinary(name: BinaryName, lhs: NdArray, rhs: NdArray): NdArray | undefined {
  const [x, y] = [singles(lhs), singles(rhs)];
  if (!x || !y) return undefined;
  const out = new Float32Array(x.length);
  loops[name](x, y, out);
  return fromSingles(lhs.shape, lhs.element, out);
}

/** Adds one row of `bias` to every row. */
export function addRow(input: NdArray, bias: NdArray): NdArray | undefined {
  const [x, y] = [singles(input), singles(bias)];
  if (!x || !y) return undefined;
  const out = new Float32Array(x.length);
  for (let at = 0; at < x.length; at += y.length)
    for (let c = 0; c < y.length; c++) out[at + c] = (x[at + c] as number) + (y[c] as number);
  return fromSingles(input.shape, input.element, out);
}

/** Every element as another of the two types. */
export function castTo(input: NdArray, element: Type, shape: readonly number[]): NdArray | undefined {
  const data = element === f16 || element === f32 ? singles(input) : undefined;
  return data && fromSingles(shape, element, data.slice());
}

/** Every element times a number, the double product rounded once to the element type. */
export function scale(input: NdArray, factor: number): NdArray {
  return factor === 1 ? input : input.map((x) => x * factor);
}
