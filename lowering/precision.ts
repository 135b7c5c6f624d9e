/** Precision: arithmetic in half, and what the machine does not have in half expressed by what it has. */
import { func } from '../dialects/func/index.ts';
import { tensorop } from '../dialects/tensorop/index.ts';
import { type AnyOp, f16 } from '../ir/index.ts';
import { knob, noMatch, pass, pattern, rewriteGreedily } from '../rewrite/index.ts';
import { halveFunction } from './precision/half-function.ts';

const { div, mul, recip } = tensorop.ops;

const prefix = `${tensorop.name}.`;
const kinds = (Object.values(tensorop.ops) as AnyOp[]).map((op) => op.opName.slice(prefix.length));

/** Computes in half what was computed in single precision; inputs and outputs of functions stay as they are. */
export const castToHalf = pass('cast-to-half', {
  summary: 'compute in half; arguments and results of functions keep their types',
  on: 'builtin.module',
  knobs: {
    depthwiseAccumulator: knob.oneOf(
      ['f16', 'f32'],
      'f16',
      'what depthwise convolutions sum in; the vector unit sums in f16',
    ),
    keep: knob.oneOf(['none', ...kinds], 'none', 'the kind of operation that stays in single precision'),
  },
  exact: { bound: 'running error analysis, operation by operation on the same inputs' },
  run(module, { depthwiseAccumulator, keep }) {
    for (const operation of module.region().entry?.operations ?? [])
      if (operation.is(func.ops.func))
        halveFunction(operation, depthwiseAccumulator, ({ name }) => name === prefix + keep);
  },
});

/** a / b ≈ a · (1 / b): two roundings for one. */
export const divisionByReciprocal = pattern('division-by-reciprocal', div, ({ lhs, rhs, out }) =>
  out.type.kind === 'tensor' && out.type.element === f16
    ? mul({ lhs, rhs: recip({ input: rhs }) })
    : noMatch('only half is divided by reciprocals'),
);

/** The machine has no division; a reciprocal and a product stand for it. */
export const expandDivision = pass('expand-division', {
  summary: 'divide halves by multiplying with the reciprocal',
  exact: { bound: 'two half roundings instead of one; unbounded where |divisor| ≤ 2⁻¹⁶, whose reciprocal is no half' },
  run(root, _, context) {
    rewriteGreedily(root, [divisionByReciprocal], {
      check: context.check,
      onAction: context.onAction,
      actionLimit: context.actionLimit,
    });
  },
});
