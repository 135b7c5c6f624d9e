/** Running a pipeline up to a point again: the same input and the same tries give the same IR. */
import { DiagnosticError, type Operation } from '../../ir/index.ts';
import {
  type Action,
  type ActionObserver,
  type ActionOutcome,
  type Pass,
  type Pipeline,
  runPipeline,
  type Settings,
} from '../../rewrite/index.ts';
import type { RuleText } from '../opt/reproducer.ts';

/** A module with the pipeline that is run on it; `module` makes it anew, in a context of its own. */
export interface Subject {
  module(): Operation;
  readonly pipeline: Pipeline;
  /** The rules that its pass `apply-rules` applies, where they are not those of the source. */
  readonly rules?: RuleText | undefined;
}

/** A pass that ran on an operation. */
export interface Place {
  readonly pass: Pass;
  readonly settings: Settings;
  /** The names of the operations around, outermost first, and of the one that it ran on. */
  readonly path: readonly string[];
}

/** Told of the tries of the last pass run that were let through, with their numbers from 1. */
export interface TryWatcher {
  begins(action: Action, number: number): void;
  ends(action: Action, outcome: ActionOutcome, number: number): void;
}

/** Lets pass runs number 1 to `passes` through, and of the tries of the last one the first `tries`. */
class Stopping implements ActionObserver {
  /** Tries of the last pass run, also those that were not let through. */
  tries: number;
  private runs: number;
  private readonly passes: number;
  private readonly limit: number;
  private readonly watcher: TryWatcher | undefined;

  constructor(passes: number, limit: number, watcher: TryWatcher | undefined) {
    this.passes = passes;
    this.limit = limit;
    this.watcher = watcher;
    this.runs = 0;
    this.tries = 0;
  }

  permits(kind: Action['kind']): boolean {
    if (kind === 'pass') return ++this.runs <= this.passes;
    if (this.runs !== this.passes) return true;
    return ++this.tries <= this.limit;
  }

  begins(action: Action): void {
    if (action.kind !== 'pass' && this.runs === this.passes) this.watcher?.begins(action, this.tries);
  }

  ends(action: Action, outcome: ActionOutcome): void {
    if (action.kind !== 'pass' && this.runs === this.passes) this.watcher?.ends(action, outcome, this.tries);
  }
}

/** What a replay left. */
export interface Replayed {
  readonly module: Operation;
  /** How many patterns and folds the last pass run tried, or would have. */
  readonly tries: number;
  /** The last pass that ran. */
  readonly place: Place | undefined;
}

/**
 * Runs the first `passes` pass runs, of the last one only the first `tries` tries of patterns and folds. Undefined when
 * a pass does not stand being held back.
 */
export function replay(
  subject: Subject,
  passes: number,
  tries = Number.POSITIVE_INFINITY,
  watcher?: TryWatcher,
): Replayed | undefined {
  const module = subject.module();
  const observer = new Stopping(passes, tries, watcher);
  let place: Place | undefined;
  try {
    runPipeline(subject.pipeline, module, {
      verify: false,
      observer,
      before: (pass, root, settings) => {
        place = { pass, settings, path: pathOf(root) };
      },
    });
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
  return { module, tries: observer.tries, place };
}

function pathOf(root: Operation): readonly string[] {
  const path: string[] = [];
  for (let at: Operation | undefined = root; at; at = at.parentOperation) path.unshift(at.name);
  return path;
}
