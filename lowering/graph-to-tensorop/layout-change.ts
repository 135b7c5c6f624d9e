/** Changes of layout that several layers share. */
import { tensorop } from '../../dialects/tensorop/index.ts';
import type { TensorType, ValueLike } from '../../ir/index.ts';
import {
  bitsOf,
  denseAttribute,
  type DenseAttribute,
  type FloatType,
  storedBytes,
  tensorType,
} from '../../ir/index.ts';

const { transpose } = tensorop.ops;

/** N × C × H × W to N × H × W × C. */
export const toChannelsLast = (input: ValueLike): ReturnType<typeof transpose> =>
  transpose({ input, permutation: [0, 2, 3, 1] });
/** N × H × W × C to N × C × H × W. */
export const toChannelsFirst = (input: ValueLike): ReturnType<typeof transpose> =>
  transpose({ input, permutation: [0, 3, 1, 2] });

/** The permutation that brings `axis` to the end; its own inverse. */
export const swapWithLast = (rank: number, axis: number): readonly number[] =>
  Array.from({ length: rank }, (_, d) => (d === axis ? rank - 1 : d === rank - 1 ? axis : d));

/** A tensor of one number, rounded to its element type. */
export function filled(type: TensorType, value: number): DenseAttribute {
  const element = type.element as FloatType;
  const bytes = new Uint8Array(storedBytes(element));
  let bits = bitsOf(value, element);
  for (let at = 0; at < bytes.length; at++, bits >>= 8n) bytes[at] = Number(bits & 0xffn);
  return denseAttribute(tensorType(type.shape, element), bytes);
}
