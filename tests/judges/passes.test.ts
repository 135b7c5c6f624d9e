/**
 * Passes that upstream has as well make of generated programs what the real mlir-opt makes of them, to the last operation,
 * once what is dead is gone from both: memory that nobody reads is dead here, and to upstream it is not.
 */
import { expect, test } from 'vitest';
import { Context, type Operation } from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { allPasses } from '../../lowering/passes.ts';
import { parsePipeline, runPipeline } from '../../rewrite/index.ts';
import { allDialects } from '../../tools/lists.ts';
import { programs, upstream } from '../generators/subjects.ts';
import { judge, mlirOpt, mlirOptMissing, separator } from '../mlir-opt.ts';

if (mlirOpt === undefined) mlirOptMissing();

const read = (text: string): Operation => parseModule(text, new Context(allDialects));
/** A program after passes of ours. */
function after(text: string, passes: string): string {
  const module = read(text);
  runPipeline(parsePipeline(`builtin.module(${passes})`, allPasses), module);
  return printOperation(module);
}

/** What mlir-opt makes of programs. */
function theirs(texts: readonly string[], passes: string): readonly string[] {
  const { status, stdout, stderr } = judge(
    ['--split-input-file', `--pass-pipeline=builtin.module(${passes})`, '--mlir-print-op-generic'],
    texts.join(separator),
  );
  expect(stderr.slice(0, 2000)).toBe('');
  expect(status).toBe(0);
  return stdout.split(separator);
}

/** Upstream's sccp breaks `forall`, and says of `pad` that it has no effects whatever is inside. */
const weights = { 'scf.forall': 0, 'tensor.pad': 0 };

let drawn: readonly string[] | undefined;
/** The programs, drawn when they are first asked for. */
const texts = (): readonly string[] => {
  drawn ??= programs(100, 41, { dialects: upstream, size: 20, forms: ['scalar', 'tensor'], weights });
  return drawn;
};

test.skipIf(mlirOpt === undefined).each([
  ['cse', 90],
  ['loop-invariant-code-motion', 25],
  ['control-flow-sink', 5],
  ['symbol-dce', 30],
  ['inline{default-pipeline=}', 30],
])('%s', { timeout: 120_000 }, (passes, least) => {
  const expected = theirs(texts(), passes);
  expect(expected).toHaveLength(texts().length);
  let changed = 0;
  for (const [at, text] of texts().entries()) {
    const ours = after(text, passes);
    if (ours !== text) changed++;
    expect(after(ours, 'dce'), text).toBe(after(expected[at] as string, 'dce'));
  }
  expect(changed).toBeGreaterThanOrEqual(least);
});
