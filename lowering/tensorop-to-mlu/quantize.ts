/** Fixed point on the vector unit, which converts between halves and integers. */
import { mlu } from '../../dialects/mlu/index.ts';
import { i16, i8, type MemRefType, type Rounding, type TensorType, type Value } from '../../ir/index.ts';
import type { Emission } from './emission.ts';
import { rowwise } from './rowwise.ts';

/** Halves become integers. */
export const quantized = (e: Emission, input: Value, out: Value, position: number, rounding: Rounding): void =>
  rowwise(e, [input], out, ([source], target) => {
    e.program.insert(() => mlu.ops.quantize({ source: source as Value, target, position, rounding }));
  });

/** Integers become halves. */
export const dequantized = (e: Emission, input: Value, out: Value, position: number): void =>
  rowwise(e, [input], out, ([source], target) => {
    e.program.insert(() => mlu.ops.dequantize({ source: source as Value, target, position }));
  });

/** Integers of 8 bits become those of another position by way of halves, which hold every one of them. */
export function requantized(e: Emission, input: Value, out: Value, shift: number, rounding: Rounding): void {
  for (const [value, types] of [
    [input, [i8]],
    [out, [i8, i16]],
  ] as const) {
    const { element } = value.type as TensorType;
    if (!(types as readonly unknown[]).includes(element))
      e.fail(
        `${value === input ? 'reads' : 'gives'} ${element.text}, the machine requantises i8 to i8 or i16; a half does not hold every wider integer`,
      );
  }
  // The halves take no more room than the bytes that are read and the integers that are written.
  rowwise(
    e,
    [input],
    out,
    ([source], target) => {
      const from = source as Value;
      const halves = e.program.alloc((from.type as MemRefType).shape);
      e.program.insert(() => mlu.ops.dequantize({ source: from, target: halves, position: 0 }));
      e.program.insert(() => mlu.ops.quantize({ source: halves, target, position: shift, rounding }));
    },
    0,
    e.nramBytes / 2,
  );
}
