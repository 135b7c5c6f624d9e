/** Files of rules as a pass. */
import { readFileSync } from 'node:fs';
import { Context, type Dialect } from '../../ir/index.ts';
import type { Pass } from '../../rewrite/index.ts';
import { applyRules, loadRules } from '../../rewrite/rules/index.ts';
import type { Sources } from '../cli/tool.ts';
import type { RuleText } from './reproducer.ts';

/** The pass `apply-rules` with the rules of these files; throws a `DiagnosticError` that is located in one of them. */
export function rulePass(
  files: readonly string[],
  groups: readonly string[],
  dialects: readonly Dialect[],
  sources: Sources | undefined,
): Pass {
  const context = new Context(dialects, { allowUnregistered: true });
  const patterns = files.flatMap((file) => {
    const bytes = readFileSync(file);
    sources?.add(file, bytes);
    return loadRules(bytes, file, context, groups.length > 0 ? { groups } : {});
  });
  return applyRules(patterns) as unknown as Pass;
}

/** The text of files of rules, one after the other; undefined when there are none. */
export const ruleTextOf = (files: readonly string[], groups: readonly string[]): RuleText | undefined =>
  files.length === 0 ? undefined : { text: files.map((file) => readFileSync(file, 'utf8')).join('\n'), groups };

/** The pass `apply-rules` with the rules of a text; throws a `DiagnosticError` that is located in `<rules of the reproducer>`. */
export function rulePassOfText({ text, groups }: RuleText, dialects: readonly Dialect[]): Pass {
  const context = new Context(dialects, { allowUnregistered: true });
  const bytes = new TextEncoder().encode(text);
  return applyRules(
    loadRules(bytes, '<rules of the reproducer>', context, groups.length > 0 ? { groups } : {}),
  ) as unknown as Pass;
}
