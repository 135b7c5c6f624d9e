/** The meanings of structured control flow. */
import type { IntegerType, IndexType } from '../ir/index.ts';
import { isDynamicIndex } from '../dialects/builtin/index-list.ts';
import { scf } from '../dialects/scf/index.ts';
import { addIntegers, compareIntegers } from './integer.ts';
import { type Evaluation, notExecuted, semantics } from './semantics.ts';
import type { RuntimeValue, Scalar } from './value.ts';

/** Visits the points of a space in the order of nested loops. */
function eachPoint(
  lower: readonly number[],
  upper: readonly number[],
  step: readonly number[],
  fail: Evaluation['fail'],
  visit: (point: readonly number[]) => void,
): void {
  if (step.some((by) => by <= 0)) fail(`has steps ${step.join(', ')}, expected positive ones`);
  const point = [...lower];
  const inside = (at: number): void => {
    if (at === lower.length) return visit([...point]);
    for (let value = lower[at] as number; value < (upper[at] as number); value += step[at] as number) {
      point[at] = value;
      inside(at + 1);
    }
  };
  inside(0);
}

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
  while({ inits }, _, { evaluateRegion }) {
    for (let carried: readonly RuntimeValue[] = inits; ; ) {
      const [goesOn, ...passed] = evaluateRegion(0, carried);
      if (goesOn === 0) return { results: passed };
      carried = evaluateRegion(1, passed);
    }
  },
  condition: notExecuted,
  executeRegion: (_, __, { evaluateRegion }) => ({ results: evaluateRegion(0, []) }),
  indexSwitch: ({ arg, cases }, _, { evaluateRegion }) => ({
    results: evaluateRegion(cases.indexOf(BigInt(arg as Scalar)) + 1, []),
  }),
  parallel({ lowerBound, upperBound, step, initVals }, _, { evaluateRegion, fail }) {
    if (initVals.length > 0) return fail('reduces values, which is not interpreted');
    eachPoint(lowerBound.map(Number), upperBound.map(Number), step.map(Number), fail, (point) => {
      evaluateRegion(0, point);
    });
    return { results: [] };
  },
  reduce: notExecuted,
  reduceReturn: notExecuted,
  forall({ outputs, staticLowerBound, staticUpperBound, staticStep, ...dynamic }, _, { evaluateRegion, fail }) {
    if (outputs.length > 0) return fail('shares outputs, which is not interpreted');
    const filled = (statics: readonly bigint[], operands: readonly RuntimeValue[]): readonly number[] => {
      let next = 0;
      return statics.map((number) => Number(isDynamicIndex(number) ? (operands[next++] as Scalar) : number));
    };
    const lower = filled(staticLowerBound, dynamic.dynamicLowerBound);
    const upper = filled(staticUpperBound, dynamic.dynamicUpperBound);
    eachPoint(lower, upper, filled(staticStep, dynamic.dynamicStep), fail, (point) => {
      evaluateRegion(0, point);
    });
    return { results: [] };
  },
  inParallel: notExecuted,
});
