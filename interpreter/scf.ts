/** The meanings of structured control flow. */
import type { IntegerType, IndexType } from '../ir/index.ts';
import { scf } from '../dialects/scf/index.ts';
import { addIntegers, compareIntegers } from './integer.ts';
import { notExecuted, semantics } from './semantics.ts';
import type { RuntimeValue, Scalar } from './value.ts';

/** What loops and branches mean. */
export const scfSemantics = semantics(scf, {
  for({ lowerBound, upperBound, step, initArgs, unsignedCmp }, _, { evaluateRegion, fail, operation }) {
    const type = operation.operand(0).type as IntegerType | IndexType;
    const less = unsignedCmp ? 'ult' : 'slt';
    if (compareIntegers('sle', step as Scalar, 0, type))
      return fail(`has step ${String(step)}, expected a positive one`);
    let carried: readonly RuntimeValue[] = initArgs;
    for (let at = lowerBound as Scalar; compareIntegers(less, at, upperBound as Scalar, type); ) {
      carried = evaluateRegion(0, [at, ...carried]);
      const next = addIntegers(at, step as Scalar, type);
      // A counter that wraps around is past every bound.
      if (!compareIntegers(less, at, next, type)) break;
      at = next;
    }
    return { results: carried };
  },
  if({ condition }, _, { evaluateRegion, operation }) {
    if (condition !== 0) return { results: evaluateRegion(0, []) };
    return { results: operation.region(1).isEmpty ? [] : evaluateRegion(1, []) };
  },
  yield: notExecuted,
});
