/** The meanings of structured control flow. */
import { index, type IndexType, type IntegerType } from '../ir/index.ts';
import { isDynamicIndex } from '../dialects/builtin/index-list.ts';
import { scf } from '../dialects/scf/index.ts';
import { addIntegers, compareIntegers, type IntegerLike, normal } from './integer.ts';
import { type Evaluation, Leave, notExecuted, semantics } from './semantics.ts';
import type { RuntimeValue, Scalar } from './value.ts';

type Space = readonly (readonly RuntimeValue[])[];

/** The counters from `lower` while less than `upper`; one that would wrap around is past every bound. */
function* counters(
  [lower, upper, step]: readonly Scalar[],
  type: IntegerLike,
  less: 'slt' | 'ult',
  fail: Evaluation['fail'],
): Generator<Scalar> {
  const by = step as Scalar;
  if (compareIntegers(less === 'slt' ? 'sle' : 'eq', by, 0, type))
    fail(`has step ${String(by)}, expected a positive one`);
  for (let at = lower as Scalar; compareIntegers(less, at, upper as Scalar, type); ) {
    yield at;
    const next = addIntegers(at, by, type);
    if (!compareIntegers(less, at, next, type)) return;
    at = next;
  }
}

/** The points of a space between lower and upper bounds in steps, the last counter fastest. */
function* points(space: Space, fail: Evaluation['fail'], before: readonly Scalar[] = []): Generator<readonly Scalar[]> {
  const at = before.length;
  if (at === space[0]?.length) return yield before;
  const bounds = (dimension: number): readonly Scalar[] => space.map((values) => values[dimension] as Scalar);
  // An empty dimension leaves no points, however many there are in those before it.
  for (let inner = at + 1; inner < (space[0]?.length ?? 0); inner++)
    if (counters(bounds(inner), index, 'slt', fail).next().done) return;
  for (const counter of counters(bounds(at), index, 'slt', fail)) yield* points(space, fail, [...before, counter]);
}

/** What loops and branches mean. */
export const scfSemantics = semantics(scf, {
  for({ lowerBound, upperBound, step, initArgs, unsignedCmp }, _, { evaluateRegion, fail, operation }) {
    const type = operation.operand(0).type as IntegerType | IndexType;
    const bounds = [lowerBound as Scalar, upperBound as Scalar, step as Scalar];
    let carried: readonly RuntimeValue[] = initArgs;
    for (const counter of counters(bounds, type, unsignedCmp ? 'ult' : 'slt', fail))
      carried = evaluateRegion(0, [counter, ...carried]);
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
    let gathered: readonly RuntimeValue[] = initVals;
    for (const point of points([lowerBound, upperBound, step], fail)) gathered = evaluateRegion(0, point, gathered);
    return { results: gathered };
  },
  reduce({ operands }, _, { evaluateRegion, gathered, fail }) {
    const before = gathered();
    return new Leave(
      operands.map((value, at) => {
        const known =
          before[at] ?? fail(`has ${operands.length} operands, but its loop ${before.length} initial values`);
        return evaluateRegion(at, [known, value])[0] ?? fail(`has a region #${at} that returns nothing`);
      }),
    );
  },
  reduceReturn: notExecuted,
  forall({ outputs, staticLowerBound, staticUpperBound, staticStep, ...dynamic }, _, { evaluateRegion, fail }) {
    if (outputs.length > 0) return fail('shares outputs, which is not interpreted');
    const filled = (statics: readonly bigint[], operands: readonly RuntimeValue[]): readonly RuntimeValue[] => {
      let next = 0;
      return statics.map((number) => (isDynamicIndex(number) ? (operands[next++] as Scalar) : normal(number, index)));
    };
    const lower = filled(staticLowerBound, dynamic.dynamicLowerBound);
    const upper = filled(staticUpperBound, dynamic.dynamicUpperBound);
    const step = filled(staticStep, dynamic.dynamicStep);
    for (const point of points([lower, upper, step], fail)) evaluateRegion(0, point);
    return { results: [] };
  },
  inParallel: notExecuted,
});
