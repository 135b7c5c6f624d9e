/** Random programs of layers or tensor operations, as text. */
import { tensorop } from '../../dialects/tensorop/index.ts';
import { type AnyOp, type Dialect, f16, type f32, stringAttribute } from '../../ir/index.ts';
import { printOperation } from '../../ir/text/index.ts';
import { Choices, Discarded } from './choices.ts';
import { drawingForMachine } from './lowerings.ts';
import { drawingOf, drawProgram } from './program.ts';
import type { Random } from './random.ts';

/** A program of a few operations among `ops`, in single precision or in half; the same for the same random numbers. */
export function randomTensorProgram(
  random: Random,
  dialect: Dialect,
  ops: readonly AnyOp[],
  element: typeof f16 | typeof f32,
): string {
  const drawing = element === f16 && dialect.name === tensorop.name ? drawingForMachine : drawingOf(dialect, element);
  for (;;) {
    const choices = new Choices(Array.from({ length: 64 }, () => random.below(0x10000)));
    try {
      const { module } = drawProgram(dialect, ops, choices, { ...drawing, extent: 4 });
      // What the machine sums depthwise convolutions in, as the cast to half leaves it.
      if (element === f16)
        module.walk((operation) => {
          if (operation.is(tensorop.ops.depthwiseConv2d)) operation.setAttribute('accumulator', stringAttribute('f16'));
        });
      return printOperation(module);
    } catch (error) {
      if (!(error instanceof Discarded)) throw error;
    }
  }
}
