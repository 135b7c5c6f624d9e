/** Applying one pattern to one operation: what all drivers share. */
import { DiagnosticError, errorAt } from '../ir/diagnostic.ts';
import { VerifyError } from '../ir/instantiate.ts';
import type { Location } from '../ir/location.ts';
import type { Operation } from '../ir/operation.ts';
import type { Contract } from './contract.ts';
import { Changed, NoMatch, type RewritePattern } from './pattern.ts';
import type { Rewriter } from './rewriter.ts';

/** One rewrite that happened: for traces, and for finding by halving which one breaks a program. */
export interface RewriteAction {
  readonly pattern: string;
  /** The name of the operation that was rewritten. */
  readonly operation: string;
  readonly location: Location;
  /** Counts the rewrites of one driver run from 1. */
  readonly index: number;
}
/** What drivers let their callers watch and limit. */
export interface ActionOptions {
  /** Told after every rewrite. */
  readonly onAction?: ((action: RewriteAction) => void) | undefined;
  /** Stops quietly after so many rewrites; unlimited by default. */
  readonly actionLimit?: number | undefined;
}

/**
 * Applies `pattern` to `operation`, before which `rewriter` stands, and puts the outcome in.
 * Gives the reason where it does not match, undefined where it was applied. Throws a located
 * `DiagnosticError` when the pattern breaks its contract or builds an invalid operation.
 */
export function applyPattern(
  pattern: RewritePattern,
  operation: Operation,
  rewriter: Rewriter,
  contract: Contract | undefined,
): NoMatch | undefined {
  try {
    if (contract === undefined) {
      const outcome = pattern.apply(operation, rewriter);
      if (outcome instanceof NoMatch) return outcome;
      if (!(outcome instanceof Changed)) rewriter.replace(operation, outcome);
      return undefined;
    }
    return checked(pattern, operation, rewriter, contract);
  } catch (error) {
    throw located(error, pattern, operation);
  }
}

function checked(
  pattern: RewritePattern,
  operation: Operation,
  rewriter: Rewriter,
  contract: Contract,
): NoMatch | undefined {
  const { name } = operation;
  contract.begin(operation);
  const outcome = pattern.apply(operation, rewriter);
  if (outcome instanceof NoMatch) {
    contract.unmatched(pattern, operation, name);
    return outcome;
  }
  const saysChanged = outcome instanceof Changed;
  contract.matched(pattern, operation, name, saysChanged);
  if (!saysChanged) rewriter.replace(operation, outcome);
  return undefined;
}

/** An invalid operation is the pattern's fault, so the message names it and the place. */
function located(error: unknown, pattern: RewritePattern, operation: Operation): unknown {
  if (!(error instanceof VerifyError) || operation.isErased) return error;
  const message = `pattern '${pattern.name}' on '${operation.name}' builds an invalid operation: ${error.message}`;
  const diagnostic = new DiagnosticError([errorAt(operation.location, message)]);
  diagnostic.cause = error;
  return diagnostic;
}
