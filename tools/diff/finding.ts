/** From a difference to its cause: the pass, the smallest program that shows it, the pattern, the values. */
import { Context, type Dialect, type Operation } from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { type Pipeline, runPipeline, type Stage } from '../../rewrite/index.ts';
import type { Reduction } from '../../rewrite/reduction.ts';
import { reduce } from '../reduce/reduce.ts';
import { bisect, type Culprit, onlyPattern } from './bisect.ts';
import { type DifferentValue, firstDifferentValue } from './first-difference.ts';
import { type Difference, Judge, type JudgeOptions, type Verdict } from './judge.ts';
import { type Place, replay, type Subject } from './replay.ts';

/** A pass that changes what a program gives, and why. */
export interface Finding {
  /** The pass that does it, with its settings, as a pipeline for the module. */
  readonly pipeline: Pipeline;
  readonly pass: string;
  /** Why it should not: it is exact, or by which bound it may. */
  readonly contract: string;
  /** As it was found, in the whole program. */
  readonly difference: Difference;
  readonly firstDifferent: DifferentValue | undefined;
  /** The smallest program that was found. */
  readonly reduced: {
    readonly before: string;
    readonly after: string;
    readonly operations: number;
    readonly difference: Difference;
  };
  readonly culprit: Culprit | undefined;
}

/** How causes are looked for. */
export interface FindingOptions {
  readonly dialects: readonly Dialect[];
  readonly reductions: readonly Reduction[];
  readonly judging: JudgeOptions;
  /** What making the program smaller may take, in milliseconds. */
  readonly reduceFor: number;
}

/** Runs a pipeline until a pass changes what the module gives. */
export function firstDifference(
  subject: Subject,
  judging: JudgeOptions,
): { readonly number: number; readonly difference: Difference } | undefined {
  const module = subject.module();
  const judge = new Judge(module, judging);
  return judge.comparable === 0 ? undefined : differenceIn(judge, subject, module);
}

class Found extends Error {
  readonly number: number;
  readonly difference: Difference;
  constructor(number: number, difference: Difference) {
    super('a pass changes values');
    this.number = number;
    this.difference = difference;
  }
}

function differenceIn(
  judge: Judge,
  { pipeline }: Subject,
  module: Operation,
): { readonly number: number; readonly difference: Difference } | undefined {
  let number = 0;
  try {
    runPipeline(pipeline, module, {
      after(pass, root, { changed, failed }) {
        number++;
        if ((!changed && !pass.lacks) || failed) return;
        const { difference }: Verdict = judge.judge(pass, module, root);
        if (difference) throw new Found(number, difference);
      },
    });
  } catch (error) {
    if (error instanceof Found) return error;
    throw error;
  }
  return undefined;
}

/** A pass as it ran, as a pipeline on operations like those around it. */
function pipelineOf({ pass, settings, path }: Place): Pipeline {
  let stages: readonly Stage[] = [{ kind: 'pass', pass, settings }];
  for (const anchor of path.slice(1).reverse()) stages = [{ kind: 'nested', anchor, stages }];
  return { anchor: path[0] as string, stages };
}

/** A run of a reduced program may take so much; what loops without end shows nothing. */
const candidateLimits = { steps: 300_000, milliseconds: 5000 };

/** Looks for the cause of the difference that pass run `number` makes. */
export function findCause(
  subject: Subject,
  number: number,
  difference: Difference,
  { dialects, reductions, judging: asked, reduceFor }: FindingOptions,
): Finding | undefined {
  const before = replay(subject, number - 1)?.module;
  const after = replay(subject, number);
  if (!before || !after?.place) return undefined;
  const { pass } = after.place;
  const judging: JudgeOptions = { ...asked, lacks: difference.lacks };
  const pipeline = pipelineOf(after.place);
  const alone = (text: string): Subject => ({
    pipeline,
    module: () => parseModule(text, new Context(dialects, { allowUnregistered: true })),
  });
  const text = printOperation(before, { debugInfo: true });
  const start = performance.now();
  const shows = (module: Operation): boolean => {
    try {
      const judge = new Judge(module, { ...judging, limits: { ...candidateLimits, ...judging.limits } });
      return judge.comparable > 0 && differenceIn(judge, { pipeline, module: () => module }, module) !== undefined;
    } catch {
      // A candidate on which the pass fails shows something else.
      return false;
    }
  };
  const small = reduce(text, shows, {
    dialects,
    reductions,
    goesOn: () => performance.now() - start < reduceFor,
  });
  const reducedSubject = alone(small.text);
  const shown = firstDifference(reducedSubject, judging);
  if (!shown) return undefined;
  const { entry, input } = shown.difference;
  const differs = (module: Operation): boolean => {
    const judge = new Judge(reducedSubject.module(), { ...judging, given: [input.values] });
    return judge.judge(pass, module).difference?.entry === entry;
  };
  const result = replay(reducedSubject, 1)?.module;
  return {
    pipeline,
    pass: pass.name,
    contract: pass.exact === true ? 'it says that it is exact' : `it says that it stays within ${pass.exact.bound}`,
    difference,
    firstDifferent: firstDifferentValue(before, after.module, difference.entry, difference.input.values),
    reduced: {
      before: small.text,
      after: result ? printOperation(result) : '',
      operations: small.operations,
      difference: shown.difference,
    },
    culprit: bisect(reducedSubject, 1, differs) ?? onlyPattern(reducedSubject, 1),
  };
}
