/** Reshapes move below elementwise operations, so that those of single channels meet like transposes do. */
import { tensorop } from '../../dialects/tensorop/index.ts';
import { noMatch, patternOnAny } from '../../rewrite/index.ts';
import { isElementwise, remade, shapeOf } from './remade.ts';

const { broadcast, constant, reshape } = tensorop.ops;
const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** f(reshape x, reshape y) = reshape f(x, y) for elementwise f and x, y of one shape; one number repeated fits any. */
export const sinkReshape = patternOnAny('sink-reshape', (operation) => {
  if (!isElementwise(operation)) return noMatch('not elementwise');
  const views = operation.operands.map((value) => value.definedBy(reshape));
  const first = views.find((view) => view !== undefined);
  if (!first) return noMatch('no operand is a reshape');
  const shape = shapeOf(first.input);
  const uniform = operation.operands.map((value) => {
    const repeated = value.definedBy(broadcast);
    return repeated && count(shapeOf(repeated.input)) === 1 ? repeated.input : undefined;
  });
  const fits = views.every((view, at) =>
    view
      ? shapeOf(view.input).join() === shape.join()
      : uniform[at] !== undefined || operation.operand(at).definedBy(constant) !== undefined,
  );
  if (!fits) return noMatch('the operands had different shapes');
  const operands = views.map((view, at) => {
    if (view) return view.input;
    const number = uniform[at];
    if (number === undefined) return reshape({ input: operation.operand(at), shape }).out;
    return broadcast({ input: reshape({ input: number, shape: shape.map(() => 1) }), shape }).out;
  });
  return reshape({ input: remade(operation, operands), shape: shapeOf(operation.result()) });
});
