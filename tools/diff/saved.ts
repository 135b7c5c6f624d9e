/** Programs that show a difference as files that run by themselves. */
import { Context, type Dialect } from '../../ir/index.ts';
import { parseModule } from '../../ir/text/index.ts';
import { printPipeline } from '../../rewrite/index.ts';
import { reproducerText } from '../opt/reproducer.ts';
import type { Finding } from './finding.ts';
import { differenceText } from './finding-text.ts';

/**
 * A reproducer of a finding: `paleo-opt --run-reproducer --check-each` ends with 1 on it while the difference is there
 * and with 0 when it is gone, so that the file is a test.
 */
export function savedText({ reduced, pipeline, pass }: Finding, dialects: readonly Dialect[]): string {
  const module = parseModule(reduced.text, new Context(dialects, { allowUnregistered: true }));
  const { input } = reduced.difference;
  return [
    `// RUN: paleo-opt --run-reproducer --check-each %s`,
    `// '${pass}' changed what this gives (${input.style} inputs${input.style === 'given' ? '' : `, seed ${input.seed}`}):`,
    `// ${differenceText(reduced.difference)}`,
    reproducerText(module, printPipeline(pipeline), true, false),
  ].join('\n');
}
