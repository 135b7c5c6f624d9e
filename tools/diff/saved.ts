/** Programs that show a difference as files that run by themselves. */
import { Context } from '../../ir/index.ts';
import { parseModule } from '../../ir/text/index.ts';
import { printPipeline } from '../../rewrite/index.ts';
import { reproducerText, type RuleText } from '../opt/reproducer.ts';
import type { Finding } from './finding.ts';
import { differenceText } from './finding-text.ts';
import type { CheckRequest } from './pipeline-check.ts';

/** The command that runs a saved program; `asked` are the options that it was found with. */
export const savedCommand = (asked: readonly string[]): string =>
  ['paleo-opt --run-reproducer --check-each', ...asked].join(' ');

/**
 * A reproducer of a finding: `savedCommand` ends with 1 on it while the difference is there and with 0 when it is gone, so
 * that the file is a test. It brings the rules that it needs.
 */
export function savedText(
  { reduced, pipeline, pass }: Finding,
  { dialects, asked }: Pick<CheckRequest, 'dialects' | 'asked'>,
  rules: RuleText | undefined,
): string {
  const module = parseModule(reduced.text, new Context(dialects, { allowUnregistered: true }));
  const { input } = reduced.difference;
  return [
    `// RUN: ${savedCommand(asked)} %s`,
    `// '${pass}' changed what this gives (${input.style} inputs${input.style === 'given' ? '' : `, seed ${input.seed}`}):`,
    `// ${differenceText(reduced.difference)}`,
    reproducerText(module, printPipeline(pipeline), { verifyEach: true, debugInfo: false, rules }),
  ].join('\n');
}
