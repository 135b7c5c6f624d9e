import { tensorop } from '../../dialects/tensorop/index.ts';
import { stringAttribute } from '../../ir/index.ts';
import type { CheckCase } from '../../tools/check/program.ts';

/** Tensor operations that have no machine form of their own; a named pass removes them before. */
export const machineCannot: ReadonlySet<string> = new Set(['tensorop.div', 'tensorop.constant']);

/** The same case with the accumulators that the machine has, as the precision pass leaves them. */
export function onMachine<C extends CheckCase>(checked: C): C {
  checked.module.walk((operation) => {
    if (operation.is(tensorop.ops.depthwiseConv2d)) operation.setAttribute('accumulator', stringAttribute('f16'));
  });
  return checked;
}
