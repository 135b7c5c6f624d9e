/** From a rule as data to a pattern that drivers run. */
import type { Context } from '../../ir/context.ts';
import { DiagnosticError } from '../../ir/diagnostic.ts';
import type { Operation } from '../../ir/operation.ts';
import { noMatch, type RewritePattern } from '../pattern.ts';
import { stepsRunner } from './apply-steps.ts';
import { type Frame, Slots } from './frame.ts';
import { ruleMatcher } from './match-rule.ts';
import { builtinNatives, type NativeCondition, type Natives } from './native.ts';
import { type Condition, type MatchedOperation, type RuleData, rootOf } from './rule-data.ts';
import { verifyRule } from './verify-rule.ts';

/** How rules become patterns. */
export interface RuleOptions {
  /** Native helpers beside the builtin ones; one of the same name takes its place. */
  readonly natives?: Natives;
}

/** The builtin native helpers with those of `options`. */
export const nativesOf = (options: RuleOptions): Natives =>
  options.natives ? new Map([...builtinNatives, ...options.natives]) : builtinNatives;

/**
 * The pattern of a rule. Which operations commute is asked of the dialects in `context`; the
 * pattern itself works in every context. Throws a `DiagnosticError` with all that is wrong with the rule.
 */
export function compileRule(rule: RuleData, context: Context, options: RuleOptions = {}): RewritePattern {
  const natives = nativesOf(options);
  const errors = verifyRule(rule, { context, natives });
  if (errors.length > 0) throw new DiagnosticError(errors);
  const slots = new Slots();
  const match = ruleMatcher(rule, slots, (matched) => commutes(matched, context));
  const conditions = rule.conditions.map((one) => conditionOf(one, slots, natives));
  const run = stepsRunner(rule, slots, natives);
  return {
    name: rule.name,
    root: undefined,
    rootName: rootOf(rule).opName,
    benefit: rule.benefit,
    dag: undefined,
    apply(operation, rewriter) {
      const frame = match(operation);
      if (typeof frame === 'string') return noMatch(frame);
      for (const holds of conditions) {
        const miss = holds(frame, operation);
        if (miss !== undefined) return noMatch(miss);
      }
      return run(frame, rewriter, operation);
    },
  };
}

/** Whether the two operands of a matched operation may stand in either order. */
export const commutes = (
  { commutative, opName, operands, restOperands }: MatchedOperation,
  context: Context,
): boolean =>
  operands.length === 2 &&
  restOperands === undefined &&
  (commutative || (opName !== undefined && context.definitionNamed(opName)?.traits.has('commutative') === true));

function conditionOf(
  { native: name, negated, arguments: given }: Condition,
  slots: Slots,
  natives: Natives,
): (frame: Frame, root: Operation) => string | undefined {
  const native = natives.get(name) as NativeCondition;
  const reads = given.map((term) => slots.read(term));
  return (frame, root) => {
    const held = native.holds(
      reads.map((read) => read(frame)),
      root,
    );
    if ((held === true) !== negated) return undefined;
    return typeof held === 'string' ? held : `condition '${negated ? 'not ' : ''}${name}' does not hold`;
  };
}

/**
 * The same rule without commutative operations: one rule for every order of their operands. It is
 * what formats need that match in one order only.
 */
export function expandOrders(rule: RuleData, context: Context): readonly RuleData[] {
  const swapped = rule.operations.filter((matched) => commutes(matched, context)).map(({ name }) => name);
  const rules: RuleData[] = [];
  for (let order = 0; order < 2 ** swapped.length; order++) {
    const operations = rule.operations.map((matched) => {
      const at = swapped.indexOf(matched.name);
      if (at < 0) return matched;
      const swap = Math.floor(order / 2 ** at) % 2 === 1;
      return { ...matched, commutative: false, operands: swap ? matched.operands.toReversed() : matched.operands };
    });
    rules.push({ ...rule, name: order === 0 ? rule.name : `${rule.name}-swapped-${order}`, operations });
  }
  return rules;
}
