/**
 * Rewrite patterns. A `rule` is data, a matched expression and a builder, and so can also
 * generate its own test cases; a `pattern` is a function, for what an expression cannot say.
 */
import type { AnyOp, Dag, OpOf, OpView } from '../ir/op.ts';
import type { Operation } from '../ir/operation.ts';
import type { Value } from '../ir/value.ts';
import { dagMatcher } from './dag.ts';
import type { Replacement, Rewriter } from './rewriter.ts';

/** Why a pattern does not apply. Made by `noMatch`. */
export class NoMatch {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}
/** The only way not to match; the reason is what `--explain` and failed conversions show. */
export const noMatch = (reason: string): NoMatch => new NoMatch(reason);

/** Says that a pattern changed IR in place, through its rewriter. */
export class Changed {
  readonly kind = 'changed';
}
/** The outcome of a pattern that changed IR in place, through its rewriter. */
export const changed: Changed = new Changed();

/** What a pattern gives: what stands for the root, `changed`, or why it does not match. */
export type Outcome = Replacement | Changed | NoMatch;

/** A pattern as drivers see it. */
export interface RewritePattern {
  readonly name: string;
  /** The operation that it starts from; undefined for every operation. */
  readonly root: AnyOp | undefined;
  /** The name of the operation that it starts from, where there need be no declaration. */
  readonly rootName?: string | undefined;
  /** Of several patterns on one operation, the one with the larger benefit is tried first. */
  readonly benefit: number;
  /** The matched expression of a rule, for generating cases. */
  readonly dag: Dag<unknown> | undefined;
  apply(operation: Operation, rewriter: Rewriter): Outcome;
}

/** A pattern on one kind of operation: gets its typed view, gives detached operations. */
export function pattern<D extends AnyOp>(
  name: string,
  root: D,
  apply: (op: OpOf<D>, rewriter: Rewriter) => Outcome,
  benefit = 1,
): RewritePattern {
  return {
    name,
    root,
    benefit,
    dag: undefined,
    apply: (operation, rewriter) => apply(root.view(operation) as OpOf<D>, rewriter),
  };
}

/** A pattern on every operation, for what traits and interfaces decide. */
export const patternOnAny = (
  name: string,
  apply: (operation: Operation, rewriter: Rewriter) => Outcome,
  benefit = 1,
): RewritePattern => ({ name, root: undefined, benefit, dag: undefined, apply });

/** What a declarative rule says. Captures are typed by their positions. */
export interface RuleSpec<C> {
  readonly match: Dag<C>;
  /** A condition over what is captured; `noMatch` says more than `false`. */
  where?(captures: C, root: Operation): boolean | NoMatch;
  build(captures: C, root: Operation): OpView | Operation | Value | readonly Value[] | NoMatch;
  readonly benefit?: number;
}

/** A declarative pattern: what to match, when, and what to build instead. */
export function rule<C>(name: string, spec: RuleSpec<C>): RewritePattern {
  const match = dagMatcher(spec.match as Dag<unknown>);
  return {
    name,
    root: spec.match.op,
    benefit: spec.benefit ?? 1,
    dag: spec.match as Dag<unknown>,
    apply(operation) {
      const captures = match(operation);
      if (typeof captures === 'string') return noMatch(captures);
      const holds = spec.where?.(captures as C, operation) ?? true;
      if (holds !== true) return holds === false ? noMatch('the condition does not hold') : holds;
      return spec.build(captures as C, operation);
    },
  };
}
