/** From rule text to patterns. */
import type { Context } from '../../../ir/context.ts';
import { type Diagnostic, DiagnosticError } from '../../../ir/diagnostic.ts';
import { readFragments } from '../../../ir/text/fragment.ts';
import type { RewritePattern } from '../../pattern.ts';
import { compileRule, nativesOf, type RuleOptions } from '../compile-rule.ts';
import type { RuleData } from '../rule-data.ts';
import { verifyRule } from '../verify-rule.ts';
import { readRules } from './rule-reader.ts';

/** How rules are loaded. */
export interface LoadOptions extends RuleOptions {
  /** The groups to load; every rule unless given. A rule without a group is always loaded. */
  readonly groups?: readonly string[];
}

/** How rules are read. */
export interface ParseRulesOptions extends RuleOptions {
  /** Whether native helpers may be unknown, for rules that another engine runs. */
  readonly unknownNatives?: boolean;
}

/**
 * Reads rules as data and verifies them. Throws a `DiagnosticError` at the first place that cannot
 * be read, or with everything that is wrong with rules that can.
 */
export function parseRules(
  source: Uint8Array | string,
  fileName: string,
  context: Context,
  options: ParseRulesOptions = {},
): readonly RuleData[] {
  const natives = nativesOf(options);
  const setting = { context, natives: options.unknownNatives ? undefined : natives };
  const rules = readFragments(source, context, fileName, (parser) => readRules(parser, natives));
  const errors: readonly Diagnostic[] = rules.flatMap((rule) => verifyRule(rule, setting));
  if (errors.length > 0) throw new DiagnosticError(errors);
  return rules;
}

/** Reads rules as patterns that any driver runs; throws as `parseRules` does. */
export function loadRules(
  source: Uint8Array | string,
  fileName: string,
  context: Context,
  options: LoadOptions = {},
): readonly RewritePattern[] {
  const { groups } = options;
  return parseRules(source, fileName, context, options)
    .filter(
      (rule) => groups === undefined || rule.groups.length === 0 || rule.groups.some((one) => groups.includes(one)),
    )
    .map((rule) => compileRule(rule, context, options));
}
