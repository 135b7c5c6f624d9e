/** What tests of rules do with them. */
import { Context, DiagnosticError, formatDiagnostic } from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';
import { NoMatch, rewriteGreedily, Rewriter } from '../../../rewrite/index.ts';
import { loadRules, type LoadOptions, parseRules } from '../../../rewrite/rules/index.ts';
import { allDialects } from '../../../tools/lists.ts';

/** A context that takes every operation. */
export const newContext = (): Context => new Context(allDialects, { allowUnregistered: true });

/** A module after rewriting with rules, one text for each operation at its top. */
export function rewritten(rules: string, body: string, options: LoadOptions = {}): readonly string[] {
  const context = newContext();
  const patterns = loadRules(rules, 'my.rules', context, options);
  const module = parseModule(body, context);
  rewriteGreedily(module, patterns, { check: true });
  return printOperation(module)
    .split('\n')
    .slice(1, -1)
    .map((line) => line.trim());
}

/** Why the one rule of a text does not match the last operation of a body. */
export function missOf(rules: string, body: string): string {
  const context = newContext();
  const [pattern] = loadRules(rules, 'my.rules', context);
  const root = parseModule(body, context).region().entry?.last;
  if (!pattern || !root?.parent) throw new Error('there is nothing to match');
  const outcome = pattern.apply(root, new Rewriter(root.parent, root));
  return outcome instanceof NoMatch ? outcome.reason : 'it matches';
}

/** What is said about a text of rules; empty when nothing is wrong. */
export function complaints(rules: string): string {
  try {
    parseRules(rules, 'my.rules', newContext());
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return error.diagnostics.map((one) => formatDiagnostic(one, (_, line) => rules.split('\n')[line - 1])).join('\n');
  }
  return '';
}
