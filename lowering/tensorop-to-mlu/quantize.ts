/** Fixed point on the vector unit, which converts between halves and integers. */
import { mlu } from '../../dialects/mlu/index.ts';
import { i16, i8, type Rounding, type TensorType, type Value } from '../../ir/index.ts';
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
  const convert = ([source, between]: readonly Value[], target: Value): void => {
    const halves = between as Value;
    e.program.insert(() => mlu.ops.dequantize({ source: source as Value, target: halves, position: 0 }));
    e.program.insert(() => mlu.ops.quantize({ source: halves, target, position: shift, rounding }));
  };
  rowwise(e, [input], out, convert, [undefined]);
}
