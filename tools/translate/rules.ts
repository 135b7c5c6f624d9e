/** Rules to upstream's pattern dialect and back, as texts. */
import { Context, DiagnosticError } from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { exportRules, importRules, parseRules, printRules, verifyRule } from '../../rewrite/rules/index.ts';
import { allDialects } from '../lists.ts';

/** Rules as text of PDL in generic form. Native helpers are those of whoever runs it. */
export function rulesToPdl(bytes: Uint8Array, name: string): string {
  const context = new Context(allDialects, { allowUnregistered: true });
  const rules = parseRules(bytes, name, context, { unknownNatives: true });
  const module = parseModule('module {\n}', context);
  exportRules(rules, module.region().entry ?? module.region().addBlock());
  return `${printOperation(module, { generic: true })}\n`;
}

/** PDL in generic form as text of rules. */
export function pdlToRules(bytes: Uint8Array, name: string): string {
  const context = new Context(allDialects, { allowUnregistered: true });
  const rules = importRules(parseModule(bytes, context, { fileName: name }));
  const errors = rules.flatMap((rule) => verifyRule(rule, { context, natives: undefined }));
  if (errors.length > 0) throw new DiagnosticError(errors);
  return printRules(rules);
}
