/** From a difference to its cause: the pass, the smallest program that shows it, the pattern, the values. */
import { clone, Context, type Dialect, type Operation } from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { type ActionObserver, type Pipeline, runPipeline, type Stage } from '../../rewrite/index.ts';
import type { Reduction } from '../../rewrite/reduction.ts';
import { reduce, type Reduced } from '../reduce/reduce.ts';
import { bisect, type Culprit, onlyPattern } from './bisect.ts';
import { type DifferentValue, firstDifferentValue } from './first-difference.ts';
import { type Difference, Judge, type JudgeOptions, type Verdict } from './judge.ts';
import { type Place, replay, type Subject } from './replay.ts';

/** A pass that changes what a program gives, and why. */
export interface Finding {
  /** The pass that does it, with its settings, as a pipeline for the reduced program; sometimes with passes before it. */
  readonly pipeline: Pipeline;
  readonly pass: string;
  /** Why it should not: it is exact, or by which bound it may. */
  readonly contract: string;
  /** As it was found, in the whole program. */
  readonly difference: Difference;
  readonly firstDifferent: DifferentValue | undefined;
  /** The smallest program that was found. */
  readonly reduced: {
    /** The whole program. */
    readonly text: string;
    /** To be read, as is `after`: large constants are left out. */
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

/** Runs a pipeline until a pass changes what the module gives; `observer` is told of what passes do. */
export function firstDifference(subject: Subject, judging: JudgeOptions, observer?: ActionObserver): Found | undefined {
  const module = subject.module();
  const judge = new Judge(module, judging);
  return judge.comparable === 0 ? undefined : differenceIn(judge, subject, module, observer);
}

/** A pass run that changes what the module gives. */
export interface Found {
  readonly number: number;
  readonly pass: string;
  readonly difference: Difference;
}

class Stopped extends Error {
  readonly found: Found;
  constructor(found: Found) {
    super('a pass changes values');
    this.found = found;
  }
}

function differenceIn(
  judge: Judge,
  { pipeline }: Pick<Subject, 'pipeline'>,
  module: Operation,
  observer?: ActionObserver,
): Found | undefined {
  let number = 0;
  let before: Operation | undefined;
  try {
    runPipeline(pipeline, module, {
      observer,
      before(pass) {
        before = pass.exact === true ? undefined : clone(module);
      },
      after(pass, root, { changed, failed }) {
        number++;
        if ((!changed && !pass.lacks) || failed) return;
        const { difference }: Verdict = judge.judge(pass, module, root, before);
        if (difference) throw new Stopped({ number, pass: pass.name, difference });
      },
    });
  } catch (error) {
    if (error instanceof Stopped) return error.found;
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

/** The smallest program that was found, with what shows it. */
interface Shrunk {
  readonly subject: Subject;
  readonly text: string;
  readonly operations: number;
  readonly found: Found;
}

/** Makes a program smaller as long as `pass` changes what it gives. */
function shrink(
  text: string,
  pipeline: Pipeline,
  pass: string,
  judging: JudgeOptions,
  { dialects, reductions, reduceFor }: FindingOptions,
): Shrunk | undefined {
  const start = performance.now();
  const limited = { ...judging, limits: { ...candidateLimits, ...judging.limits } };
  const shows = (module: Operation): boolean => {
    try {
      const judge = new Judge(module, limited);
      return judge.comparable > 0 && differenceIn(judge, { pipeline }, module)?.pass === pass;
    } catch {
      // A candidate on which the pass fails shows something else.
      return false;
    }
  };
  const goesOn = (): boolean => performance.now() - start < reduceFor;
  let small: Reduced;
  try {
    small = reduce(text, shows, { dialects, reductions, goesOn });
  } catch {
    // Within the limits of candidates the whole program shows nothing.
    return undefined;
  }
  const module = (): Operation => parseModule(small.text, new Context(dialects, { allowUnregistered: true }));
  const subject: Subject = { pipeline, module };
  const found = firstDifference(subject, judging);
  return found && { subject, text: small.text, operations: small.operations, found };
}

/** A program with so many operations is small enough; otherwise another way is tried. */
const smallEnough = 12;

const sizeOf = (module: Operation): number => {
  let size = 0;
  module.walk(() => {
    size++;
  });
  return size;
};

const shownText = (module: Operation): string => printOperation(module, { elideLargerThan: 16 });

/** Looks for the cause of the difference that pass run `number` makes. */
export function findCause(
  subject: Subject,
  number: number,
  difference: Difference,
  options: FindingOptions,
): Finding | undefined {
  const before = replay(subject, number - 1)?.module;
  const after = replay(subject, number);
  if (!before || !after?.place) return undefined;
  const { pass } = after.place;
  const { judging } = options;
  // From just before the pass, or from the input on: what is smaller to begin with is tried first.
  const original = number > 1 ? subject.module() : undefined;
  const attempts = [
    { module: before, pipeline: pipelineOf(after.place), judging: { ...judging, lacks: difference.lacks } },
    ...(original ? [{ module: original, pipeline: subject.pipeline, judging }] : []),
  ].sort((a, b) => sizeOf(a.module) - sizeOf(b.module));
  let small: Shrunk | undefined;
  for (const { module, pipeline, judging: asked } of attempts) {
    const found = shrink(printOperation(module, { debugInfo: true }), pipeline, pass.name, asked, options);
    if (found && found.operations < (small?.operations ?? Number.POSITIVE_INFINITY)) small = found;
    if (small && small.operations <= smallEnough) break;
  }
  if (!small) return undefined;
  const { subject: reduced, found } = small;
  const { entry, input, lacks } = found.difference;
  const differs = (module: Operation): boolean => {
    const start = replay(reduced, found.number - 1)?.module;
    const judge = start && new Judge(start, { ...judging, lacks, given: [input.values] });
    return judge?.judge(pass, module, module, start).difference?.entry === entry;
  };
  const result = replay(reduced, found.number)?.module;
  return {
    pipeline: reduced.pipeline,
    pass: pass.name,
    contract: pass.exact === true ? 'it says that it is exact' : `it says that it stays within ${pass.exact.bound}`,
    difference,
    firstDifferent: firstDifferentValue(before, after.module, difference.entry, difference.input.values),
    reduced: {
      text: small.text,
      before: shownText(reduced.module()),
      after: result ? shownText(result) : '',
      operations: small.operations,
      difference: found.difference,
    },
    culprit: bisect(reduced, found.number, differs) ?? onlyPattern(reduced, found.number),
  };
}
