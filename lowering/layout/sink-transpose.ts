/** Changes of the order of axes move below operations that can work in either order. */
import { tensorop } from '../../dialects/tensorop/index.ts';
import type { Operation, Value } from '../../ir/index.ts';
import { noMatch, type NoMatch, pattern, patternOnAny, type RewritePattern } from '../../rewrite/index.ts';
import { inversePermutation } from '../graph-to-tensorop/layout-change.ts';
import { isElementwise, remade } from './remade.ts';

const { addBias, broadcast, concat, constant, pad, slice, transpose } = tensorop.ops;

const same = (a: readonly number[], b: readonly number[]): boolean => a.every((d, at) => d === b[at]);

/** Whether turning `value` back costs nothing: it folds away, is repeated from less, or is turned so anyway. */
const turnsBackFreely = (value: Value, back: readonly number[]): boolean =>
  value.definedBy(constant) !== undefined ||
  value.definedBy(broadcast) !== undefined ||
  value.users.some((user) => {
    const other = user.as(transpose);
    return other !== undefined && same(other.permutation, back);
  });

/** Operands before a transpose that all share, and that transpose. */
interface Turned {
  readonly permutation: readonly number[];
  /** Makes the transposes that turn back what is not transposed; only for a match. */
  operands(): readonly Value[];
}

function turnedOperands(operation: Operation): Turned | NoMatch {
  const views = operation.operands.map((value) => value.definedBy(transpose));
  const first = views.find((view) => view !== undefined);
  if (!first) return noMatch('no operand is a transpose');
  const { permutation } = first;
  const back = inversePermutation(permutation);
  const fits = views.every((view, at) =>
    view ? same(view.permutation, permutation) : turnsBackFreely(operation.operand(at), back),
  );
  if (!fits) return noMatch('the operands are transposed differently');
  return {
    permutation,
    operands: () =>
      views.map((view, at) => (view ? view.input : transpose({ input: operation.operand(at), permutation: back }).out)),
  };
}
const isTurned = (found: Turned | NoMatch): found is Turned => 'permutation' in found;

/** f(xᵖ, yᵖ) = f(x, y)ᵖ for elementwise f. */
export const sinkTranspose = patternOnAny('sink-transpose', (operation) => {
  if (!isElementwise(operation)) return noMatch('not elementwise');
  const turned = turnedOperands(operation);
  if (!isTurned(turned)) return turned;
  const operands = turned.operands();
  return transpose({ input: remade(operation, operands), permutation: turned.permutation });
});

/** concat(xᵖ, yᵖ) along d = concat(x, y)ᵖ along p[d]. */
export const sinkTransposeBelowConcat = pattern('sink-transpose-below-concat', concat, ({ operation, axis }) => {
  const turned = turnedOperands(operation);
  if (!isTurned(turned)) return turned;
  const { permutation } = turned;
  const joined = concat({ inputs: turned.operands(), axis: permutation[axis] as number });
  return transpose({ input: joined, permutation });
});

/** xᵖ + b = (x + b)ᵖ where p keeps the channels last. */
export const sinkTransposeBelowBias = pattern('sink-transpose-below-bias', addBias, ({ input, bias }) => {
  const turned = input.definedBy(transpose);
  if (!turned) return noMatch('input is not a transpose');
  const { permutation } = turned;
  if (permutation.at(-1) !== permutation.length - 1) return noMatch('the transpose moves the channels');
  return transpose({ input: addBias({ input: turned.input, bias }), permutation });
});

/** pad(xᵖ) = pad(x)ᵖ with the pads in the order of x. */
export const sinkTransposeBelowPad = pattern('sink-transpose-below-pad', pad, ({ input, low, high }) => {
  const turned = input.definedBy(transpose);
  if (!turned) return noMatch('input is not a transpose');
  const { permutation } = turned;
  const before = (pads: readonly number[]): readonly number[] =>
    inversePermutation(permutation).map((d) => pads[d] as number);
  return transpose({ input: pad({ input: turned.input, low: before(low), high: before(high) }), permutation });
});

/** slice(xᵖ) = slice(x)ᵖ with the part in the order of x. */
export const sinkTransposeBelowSlice = pattern('sink-transpose-below-slice', slice, ({ input, offsets, sizes }) => {
  const turned = input.definedBy(transpose);
  if (!turned) return noMatch('input is not a transpose');
  const { permutation } = turned;
  const before = (extents: readonly number[]): readonly number[] =>
    inversePermutation(permutation).map((d) => extents[d] as number);
  const part = slice({ input: turned.input, offsets: before(offsets), sizes: before(sizes) });
  return transpose({ input: part, permutation });
});

/** All of them. */
export const sinkTransposePatterns: readonly RewritePattern[] = [
  sinkTranspose,
  sinkTransposeBelowConcat,
  sinkTransposeBelowBias,
  sinkTransposeBelowPad,
  sinkTransposeBelowSlice,
];
