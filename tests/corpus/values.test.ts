/** Modules of upstream that can be run compute after our passes what they computed before. */
import { expect, test } from 'vitest';
import { Context, DiagnosticError, elementCount, type Operation } from '../../ir/index.ts';
import { parseModule } from '../../ir/text/index.ts';
import { allPasses } from '../../lowering/passes.ts';
import { parsePipeline, pass, pattern, pipeline, rewriteGreedily, stage, type Pipeline } from '../../rewrite/index.ts';
import { arith } from '../../dialects/arith/index.ts';
import { entriesOf } from '../../tools/check/execution.ts';
import { firstDifference } from '../../tools/diff/finding.ts';
import { differenceText } from '../../tools/diff/finding-text.ts';
import { Judge, usualJudging } from '../../tools/diff/judge.ts';
import { allDialects } from '../../tools/lists.ts';
import { type CorpusModule, hasCorpora, modulesOfOurDialects } from './corpus.ts';

const judging = { ...usualJudging, inputs: 6, limits: { steps: 5000, milliseconds: 100 } };
const read = ({ name, text }: CorpusModule): Operation =>
  parseModule(text, new Context(allDialects, { allowUnregistered: true }), { fileName: name });
/** Large tensors take long and show no more. */
const small = (module: Operation): boolean =>
  entriesOf(module).every(({ inputs }) =>
    inputs.every((type) => type.kind !== 'tensor' || (elementCount(type.shape) ?? 0) <= 4096),
  );
const runnable = (): readonly CorpusModule[] =>
  modulesOfOurDialects()
    .map(({ one }) => one)
    .filter((one) => {
      const module = parsed(one);
      return module !== undefined && small(module) && new Judge(module, judging).comparable > 0;
    });

function parsed(one: CorpusModule): Operation | undefined {
  try {
    return read(one);
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
}

/** What a pipeline changes, by module. */
function changes(modules: readonly CorpusModule[], asked: Pipeline): readonly string[] {
  return modules.flatMap((one) => {
    try {
      const found = firstDifference({ module: () => read(one), pipeline: asked }, judging);
      return found ? [`${one.name}: ${differenceText(found.difference)}`] : [];
    } catch (error) {
      if (error instanceof DiagnosticError) return [];
      throw error;
    }
  });
}

test.skipIf(!hasCorpora)('no pass changes a value', { timeout: 120_000 }, () => {
  const modules = runnable();
  process.stderr.write(`${modules.length} modules of upstream can be run\n`);
  expect(modules.length).toBeGreaterThan(200);
  for (const written of [
    'canonicalize{region-simplify=aggressive},cse',
    'inline,sccp,canonicalize',
    'loop-invariant-code-motion,control-flow-sink,dce',
  ])
    expect(changes(modules, parsePipeline(`builtin.module(${written})`, allPasses)), written).toEqual([]);
  // That a change would be seen.
  const { addi, muli } = arith.ops;
  const wrong = pass('wrong', {
    summary: 'products become sums',
    exact: true,
    run: (root) => void rewriteGreedily(root, [pattern('wrong', muli, ({ lhs, rhs }) => addi({ lhs, rhs }))]),
  });
  expect(changes(modules, pipeline('builtin.module', stage(wrong))).length).toBeGreaterThan(3);
});
