/** Applying patterns and folds: what all drivers share, with the contract checked and observers told where asked. */
import type { Context } from '../ir/context.ts';
import { DiagnosticError, errorAt } from '../ir/diagnostic.ts';
import { VerifyError } from '../ir/instantiate.ts';
import type { Location } from '../ir/location.ts';
import type { Operation } from '../ir/operation.ts';
import type { Action, ActionObserver } from './action.ts';
import { Contract } from './contract.ts';
import { Changed, NoMatch, noMatch, type Outcome, type RewritePattern } from './pattern.ts';
import { ActionRecorder } from './recorder.ts';
import type { Rewriter, RewriteListener } from './rewriter.ts';

/** What is done beside applying. */
export interface ApplyOptions {
  /** Whether the contract of every pattern is checked. */
  readonly check: boolean;
  readonly observer: ActionObserver | undefined;
  /** Whether what a pattern leaves must be valid at once; only asked where contracts are checked. */
  readonly verifies?: boolean;
}

/** What a try gives that an observer does not permit. */
export const refused = noMatch('the action limit does not let it');

/** Applies patterns for one driver. */
export class PatternApplier {
  readonly contract: Contract | undefined;
  private recorder: ActionRecorder | undefined;
  private readonly context: Context;

  constructor(context: Context, { check, observer, verifies = true }: ApplyOptions) {
    this.contract = check ? new Contract(context, verifies) : undefined;
    this.context = context;
    this.recorder = observer && new ActionRecorder(context, observer);
  }

  /** Goes on with another observer; the rewriter must be given a new listener. */
  observe(observer: ActionObserver): void {
    this.recorder = new ActionRecorder(this.context, observer);
  }

  /** The listener that the rewriter must have, so that changes are seen. */
  listening(listener: RewriteListener): RewriteListener {
    const recorded = this.recorder ? this.recorder.listening(listener) : listener;
    return this.contract ? this.contract.listening(recorded) : recorded;
  }

  /**
   * Applies `pattern` to `operation`, before which `rewriter` stands, and puts the outcome in.
   * Gives the reason where it does not match, undefined where it was applied. Throws a located
   * `DiagnosticError` when the pattern breaks its contract or builds an invalid operation.
   */
  apply(pattern: RewritePattern, operation: Operation, rewriter: Rewriter): NoMatch | undefined {
    const { recorder } = this;
    if (!recorder) return this.run(pattern, operation, rewriter);
    if (recorder.observer.permits?.('pattern', pattern.name) === false) return refused;
    const action: Action = { kind: 'pattern', name: pattern.name, root: operation };
    recorder.begin(action);
    const miss = this.run(pattern, operation, rewriter);
    recorder.end(action, miss?.reason);
    return miss;
  }

  /** Runs `fold`, which says whether it changed something, as an action on `operation`. */
  fold(operation: Operation, fold: () => boolean): boolean {
    const { recorder } = this;
    if (!recorder) return fold();
    const { name } = operation;
    if (recorder.observer.permits?.('fold', name) === false) return false;
    const action: Action = { kind: 'fold', name, root: operation };
    recorder.begin(action);
    const folded = fold();
    recorder.end(action, folded ? undefined : 'it folds to nothing');
    return folded;
  }

  private run(pattern: RewritePattern, operation: Operation, rewriter: Rewriter): NoMatch | undefined {
    const { contract } = this;
    const { id } = operation;
    const { columns } = operation.context;
    const nameId = columns.opName[id] as number;
    const place = columns.opLocation[id] as number;
    try {
      if (contract) return checked(pattern, operation, rewriter, contract);
      const outcome = outcomeOf(pattern, operation, rewriter);
      if (outcome instanceof NoMatch) return outcome;
      if (!(outcome instanceof Changed)) rewriter.replace(operation, outcome);
      return undefined;
    } catch (error) {
      const { context } = operation;
      throw located(error, pattern, context.nameOf(nameId), context.locations.of(place));
    }
  }
}

/** What a pattern gives; JavaScript lets it give anything, most often nothing. */
function outcomeOf(pattern: RewritePattern, operation: Operation, rewriter: Rewriter): Outcome {
  const outcome: unknown = pattern.apply(operation, rewriter);
  if (typeof outcome === 'object' && outcome !== null) return outcome as Outcome;
  throw new TypeError(
    `it gives ${outcome === undefined ? 'nothing' : `a ${typeof outcome}`}, ` +
      `expected what stands for the operation, 'changed', or noMatch(reason)`,
  );
}

function checked(
  pattern: RewritePattern,
  operation: Operation,
  rewriter: Rewriter,
  contract: Contract,
): NoMatch | undefined {
  const { name } = operation;
  contract.begin(operation);
  const outcome = outcomeOf(pattern, operation, rewriter);
  if (outcome instanceof NoMatch) {
    contract.unmatched(pattern, operation, name);
    return outcome;
  }
  const saysChanged = outcome instanceof Changed;
  contract.matched(pattern, operation, name, saysChanged);
  if (!saysChanged) rewriter.replace(operation, outcome);
  contract.settled(pattern, name);
  return undefined;
}

/** What a pattern throws is its own fault, so the message names it and the place. */
function located(error: unknown, pattern: RewritePattern, name: string, location: Location): unknown {
  if (error instanceof DiagnosticError) {
    const by = `pattern '${pattern.name}'`;
    if (error.diagnostics.some(({ message }) => message.includes(by))) return error;
    const named = error.diagnostics.map((one) => ({ ...one, message: `${by} on '${name}': ${one.message}` }));
    return new DiagnosticError(named);
  }
  if (!(error instanceof Error)) return error;
  const what = error instanceof VerifyError ? 'builds an invalid operation' : 'ends in an error';
  const diagnostic = new DiagnosticError([
    errorAt(location, `pattern '${pattern.name}' on '${name}' ${what}: ${error.message}`),
  ]);
  diagnostic.cause = error;
  return diagnostic;
}
