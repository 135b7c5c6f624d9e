/** Judging a rule: proved by the solver, else run on all inputs of a small type, else on edges and random inputs. */
import { i8, type Operation, tensorType, type Type } from '../../ir/index.ts';
import type { Scalar } from '../../interpreter/index.ts';
import { valueDifference } from '../check/values.ts';
import { hasOpenTypes, instances } from './instances.ts';
import { type CheckedRule, type Step, stepOf } from './rule.ts';
import { bitsOfNumber } from './samples.ts';
import {
  compareByRunning,
  newEvaluator,
  resultsOf,
  type RunOptions,
  scalarsOf,
  scalarText,
  usualCompleteBits,
} from './run.ts';
import type { Solver } from './solver.ts';
import {
  type Counterexample,
  type Outcome,
  outcomes,
  programText,
  type TypeVerdict,
  type Verdict,
  withPrograms,
} from './verdict.ts';
import {
  type Argument,
  argumentNames,
  isElement,
  numberType,
  symbolicArguments,
  symbolicFunction,
  type SymbolicFunction,
  violation,
} from './symbolic-function.ts';
import { any, evaluator, type Term } from './term.ts';
import { Untried } from './template-types.ts';

/** How a rule is judged. */
export interface JudgeOptions {
  /** Undefined: nothing is proved, everything is run. */
  readonly solver: Solver | undefined;
  /** What one question may take, in milliseconds. */
  readonly budget: number;
  /** Random inputs for each program that can neither be proved nor run on all inputs. */
  readonly samples: number;
  /** Inputs of up to so many bits together are all run; 16 by default. */
  readonly completeBits?: number;
  /** Settings of numbers of a wide range that are tried with each typing. */
  readonly settings?: number;
}

interface Candidate {
  readonly step: Step;
  readonly given: readonly Argument[];
  readonly before: SymbolicFunction;
  readonly after: SymbolicFunction;
  readonly wrong: Term;
}

const argumentTypes = (of: Operation): readonly Type[] => (of.region().entry?.arguments ?? []).map(({ type }) => type);

function candidateOf(step: Step): Candidate | undefined {
  const given = symbolicArguments(argumentTypes(step.before.function));
  const [one, other] = [step.before, step.after].map(({ function: of }) => of.region().entry);
  const before = given && one && symbolicFunction(one, given);
  const after = given && other && symbolicFunction(other, given);
  return before && after && { step, given, before, after, wrong: violation(before, after) };
}

/** A counterexample as the solver gave it, held against the interpreter: where both have a value, it must be one. */
function refuted({ step, given, before, after }: Candidate, values: ReadonlyMap<string, bigint>): Counterexample {
  const types = argumentTypes(step.before.function);
  const isPoison = types.map((_, at) => values.get(argumentNames(at)[1]) === 1n);
  const inputs = scalarsOf(
    types.map((_, at) => values.get(argumentNames(at)[0]) ?? 0n),
    types,
  );
  const told = [before, after].map((of, which) => {
    const results = toldBy(of, values, step);
    if (isPoison.includes(true) || typeof results === 'string') return String(results);
    const ran = resultsOf(newEvaluator(), which === 0 ? step.before.function : step.after.function, inputs);
    for (const [at, value] of results.entries())
      if (value !== 'poison' && (ran === undefined || valueDifference(value, ran[at])))
        throw new Error(
          `solver and interpreter disagree: ${scalarText(value)} and ${ran ? ran.map((one) => scalarText(one as Scalar)).join(', ') : 'a fault'} for ${inputs.join(', ')} in\n${programText(which === 0 ? step.before : step.after)}`,
        );
    return results.map((value) => (value === 'poison' ? value : scalarText(value))).join(', ');
  });
  const [one = '', other = ''] = told;
  return withPrograms(step, {
    given: given.map((_, at) => (isPoison[at] ? 'poison' : scalarText(inputs[at]))),
    before: one,
    after: other,
  });
}

function toldBy(
  { results, undefinedBehaviour }: SymbolicFunction,
  values: ReadonlyMap<string, bigint>,
  step: Step,
): readonly (Scalar | 'poison')[] | 'undefined behaviour' {
  const [fault, ...rest] = evaluator([undefinedBehaviour, ...results.flatMap(({ bits, poison }) => [bits, poison])])(
    values,
  );
  if (fault === 1n) return 'undefined behaviour';
  const types = (step.before.function.region().entry?.last?.operands ?? []).map(({ type }) => type);
  const numbers = scalarsOf(
    results.map((_, at) => rest[2 * at] as bigint),
    types,
  );
  return numbers.map((number, at) => (rest[2 * at + 1] === 1n ? 'poison' : number));
}

/** Questions are asked together, as starting one costs more than most answers. */
const together = 64;
/** So many programs of one type are asked about alone; if the solver answers for none, the others are run at once. */
const patience = 4;

/** So many programs of one type are run on all inputs; of the others, some inputs must do. */
const mostComplete = 32;

/** What running one step found. */
function run(
  step: Step,
  candidate: Candidate | undefined,
  setting: Pick<RunOptions, 'count' | 'completeBits'>,
): ReturnType<typeof compareByRunning> {
  const types = argumentTypes(step.before.function);
  const isWithout =
    candidate &&
    evaluator([candidate.before.undefinedBehaviour, ...candidate.before.results.map(({ poison }) => poison)]);
  const bits = (given: readonly Scalar[]): ReadonlyMap<string, bigint> =>
    new Map(given.map((value, at) => [argumentNames(at)[0], bitsOfNumber(value, types[at] as Type)]));
  return compareByRunning(step.before.function, step.after.function, {
    ...setting,
    // A broken promise of a flag is no fault to the interpreter.
    hasMeaning: (given) => !isWithout?.(bits(given)).includes(1n),
  });
}

/** Asks the solver about some candidates; gives those that it does not answer, or a counterexample. */
async function ask(
  candidates: readonly Candidate[],
  options: JudgeOptions,
): Promise<readonly Candidate[] | Counterexample> {
  const { solver, budget } = options;
  if (!solver || candidates.length === 0) return candidates;
  const found = await solver.canHold(any(...candidates.map(({ wrong }) => wrong)), budget);
  if (found.kind === 'never') return [];
  if (found.kind === 'holds') {
    const [wrong] = candidates.filter((one) => evaluator([one.wrong])(found.values)[0] === 1n);
    if (!wrong) throw new Error('the solver gives values for which nothing is wrong');
    return refuted(wrong, found.values);
  }
  if (candidates.length === 1) return candidates;
  const open: Candidate[] = [];
  for (const [at, one] of candidates.entries()) {
    if (at === patience && open.length === patience) return candidates;
    const answer = await ask([one], options);
    if ('programs' in answer) return answer;
    open.push(...answer);
  }
  return open;
}

const isArray = (type: Type): boolean => type.kind === 'tensor' && !isElement(type);
/** What is done completely where an integer type is too large: the same in 8 bits. */
const inEightBits = (type: Type): Type | undefined => {
  const { kind } = numberType(type);
  if (kind !== 'integer' && kind !== 'index') return undefined;
  return isElement(type) ? tensorType([], i8) : i8;
};
const worse = (a: Outcome, b: Outcome): Outcome => (outcomes.indexOf(a) > outcomes.indexOf(b) ? a : b);

type Found = Omit<TypeVerdict, 'type'>;

/**
 * Judges a rule on the programs with one main type; nothing is found where it matches none of them. Programs of arrays that
 * were run on all inputs are told apart from those with operands that are too large for that.
 */
async function judgeType(rule: CheckedRule, main: Type, options: JudgeOptions): Promise<readonly Found[]> {
  const candidates = new Map<string, Candidate[]>();
  const toRun: { readonly step: Step; readonly candidate: Candidate | undefined }[] = [];
  let programs = 0;
  let inputs = 0;
  const wrong = (counterexample: Counterexample): readonly Found[] => [
    { outcome: 'refuted', programs, inputs, counterexample },
  ];
  for (const instance of instances(rule.template, main, rule.dialects, options.settings)) {
    const step = stepOf(rule, instance);
    if (!step) continue;
    programs++;
    if (step.error !== undefined)
      return wrong(withPrograms(step, { given: [], before: 'a valid program', after: `no valid one: ${step.error}` }));
    const candidate = candidateOf(step);
    if (!candidate) toRun.push({ step, candidate });
    else {
      // Questions that are asked together share their arguments.
      const key = candidate.given.map(({ type }) => type.text).join();
      const group = candidates.get(key);
      if (group) group.push(candidate);
      else candidates.set(key, [candidate]);
    }
  }
  if (programs === 0) return [];
  for (const group of candidates.values())
    for (let at = 0; at < group.length; at += together) {
      const answer = await ask(group.slice(at, at + together), options);
      if ('programs' in answer) return wrong(answer);
      toRun.push(...answer.map((candidate) => ({ step: candidate.step, candidate })));
    }
  let outcome: Outcome = 'proved';
  const whole = { programs: 0, inputs: 0 };
  for (const [at, { step, candidate }] of toRun.entries()) {
    // An array takes all inputs at once.
    const completeBits = at < mostComplete || isArray(main) ? (options.completeBits ?? usualCompleteBits) : -1;
    const setting = { count: options.samples, completeBits };
    const { compared, complete, difference } = run(step, candidate, setting);
    inputs += compared;
    if (difference) return wrong(withPrograms(step, difference));
    // Nothing is known of a program that has no meaning on any input.
    if (compared === 0) programs--;
    else outcome = worse(outcome, complete ? 'exhausted' : 'tested');
    if (complete) whole.inputs += compared;
    if (complete && compared > 0) whole.programs++;
  }
  if (programs === 0) return [];
  if (!isArray(main) || outcome !== 'tested' || whole.programs === 0)
    return [{ outcome, programs, inputs, counterexample: undefined }];
  const rest = { programs: programs - whole.programs, inputs: inputs - whole.inputs };
  return [
    { outcome: 'exhausted', ...whole, counterexample: undefined },
    { outcome: 'tested', ...rest, counterexample: undefined },
  ];
}

/** Judges a rule for main types, up to the first for which it is wrong. */
export async function judge(rule: CheckedRule, mains: readonly Type[], options: JudgeOptions): Promise<Verdict> {
  const types: TypeVerdict[] = [];
  const told = { rule: rule.name, source: rule.source, unit: 'inputs' as const };
  try {
    const open = hasOpenTypes(rule.template, rule.dialects);
    const queue = open ? [...mains] : mains.slice(0, 1);
    for (let at = 0; at < queue.length; at++) {
      const type = queue[at] as Type;
      const found = await judgeType(rule, type, options);
      types.push(...found.map((one) => ({ type: open ? type : undefined, ...one })));
      if (found.some(({ counterexample }) => counterexample)) break;
      // What is too hard in many bits is at least done completely in a few.
      const small = open && found.some(({ outcome }) => outcome === 'tested') ? inEightBits(type) : undefined;
      if (small && !queue.includes(small)) queue.push(small);
    }
  } catch (error) {
    if (error instanceof Untried) return { ...told, types: [], untried: error.message };
    throw error;
  }
  return {
    ...told,
    types,
    untried:
      types.length === 0 ? 'it matches none of the programs that were tried, or they have no meaning' : undefined,
  };
}
