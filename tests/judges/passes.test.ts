/**
 * Passes that upstream has as well make of generated programs what the real mlir-opt makes of them, to the last operation,
 * once what is dead is gone from both: memory that nobody reads is dead here, and to upstream it is not.
 */
import { expect, test } from 'vitest';
import { Context, type Operation } from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { allPasses } from '../../lowering/passes.ts';
import { parsePipeline, runPipeline } from '../../rewrite/index.ts';
import { Random } from '../../tools/check/random.ts';
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

/** A loop, or a choice, around arithmetic of which much needs nothing from inside, or is needed on one way alone. */
function arithmeticAround(random: Random): string {
  const values = ['%x', '%y'];
  const lines: string[] = [];
  const add = (indent: string, inner: string[]): void => {
    const op = random.pick(['addi', 'muli', 'subi', 'xori']);
    const name = `%${lines.length}`;
    lines.push(`${indent}${name} = arith.${op} ${random.pick(inner)}, ${random.pick(inner)} : i32`);
    inner.push(name);
  };
  for (let at = random.below(4); at >= 0; at--) add('  ', values);
  const inner = [...values];
  if (random.once(2)) {
    lines.push('  scf.for %i = %c0 to %n step %c1 {', '    %k = arith.index_cast %i : index to i32');
    if (random.once(2)) inner.push('%k');
    for (let at = 3 + random.below(10); at > 0; at--) add('    ', inner);
  } else {
    lines.push('  scf.if %b {');
    for (let at = 1 + random.below(3); at > 0; at--) add('    ', inner);
  }
  lines.push(`    memref.store ${inner.at(-1)}, %m[%c0] : memref<4xi32>`, '  }');
  if (random.once(2)) lines.push(`  memref.store ${random.pick(values)}, %m[%c1] : memref<4xi32>`);
  const body = lines.map((line) => line.replace(/%(\d+)/g, '%v$1'));
  const parameters = '%x: i32, %y: i32, %n: index, %b: i1, %m: memref<4xi32>';
  const constants = '  %c0 = arith.constant 0 : index\n  %c1 = arith.constant 1 : index\n';
  return `func.func @f(${parameters}) {\n${constants}${body.join('\n')}\n  return\n}\n`;
}

test.skipIf(mlirOpt === undefined).each(['loop-invariant-code-motion', 'control-flow-sink', 'cse'])(
  '%s on arithmetic around loops and choices',
  (passes) => {
    const around = Array.from({ length: 100 }, (_, number) => arithmeticAround(new Random(47, number)));
    const expected = theirs(around, passes);
    let changed = 0;
    for (const [at, text] of around.entries()) {
      const ours = after(text, passes);
      if (ours !== printOperation(read(text))) changed++;
      expect(ours, text).toBe(printOperation(read(expected[at] as string)));
    }
    expect(changed).toBeGreaterThan(20);
  },
);

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
