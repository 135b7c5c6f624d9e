/**
 * What passes make of programs with control flow in any order, memory, and operations of which nothing is known: to the last
 * operation what the real mlir-opt makes of them.
 */
import { expect, test } from 'vitest';
import { Context, type Operation } from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { allPasses } from '../../lowering/passes.ts';
import { parsePipeline, runPipeline } from '../../rewrite/index.ts';
import { Random } from '../../tools/check/random.ts';
import { allDialects } from '../../tools/lists.ts';
import { judge, mlirOpt, mlirOptMissing, separator } from '../mlir-opt.ts';
import { drawFlowProgram, type FlowOptions } from '../properties/draw-flow-program.ts';

if (mlirOpt === undefined) mlirOptMissing();

const read = (text: string): Operation => parseModule(text, new Context(allDialects, { allowUnregistered: true }));
const print = (module: Operation, debugInfo: boolean): string =>
  printOperation(module, { generic: true, debugInfo, localScope: true });
const flags = [
  ...['--allow-unregistered-dialect', '--split-input-file'],
  ...['--mlir-print-op-generic', '--mlir-print-debuginfo', '--mlir-print-local-scope'],
];

/** What mlir-opt makes of programs. */
function theirs(texts: readonly string[], passes: string): readonly string[] {
  const { status, stdout, stderr } = judge(
    [...flags, `--pass-pipeline=builtin.module(${passes})`],
    texts.join(separator),
  );
  expect(stderr.slice(0, 2000)).toBe('');
  expect(status).toBe(0);
  return stdout.split(separator);
}

const all: FlowOptions = {
  arithmetic: true,
  regions: true,
  oddRegions: true,
  notes: true,
  sameTargets: true,
  memory: true,
  oddOperations: true,
  oddBranches: true,
};

// Here cse looks at an operation when what is dead inside it is gone, and so sees less of what it reads than upstream.
/** Fewer where upstream knows less: it takes a way to a block for all of them, and operations with regions for symbol tables. */
const forConstants: FlowOptions = { ...all, oddRegions: false, sameTargets: false };
const forInlining: FlowOptions = { ...all, oddRegions: false, oddOperations: false, oddBranches: false };
/** What neither side has patterns or folds for. */
const forRegions: FlowOptions = { ...all, arithmetic: false, regions: false, notes: false, oddBranches: false };

test.skipIf(mlirOpt === undefined).each([
  ['cse', { ...all, memory: false }, 'cse', true, 40],
  ['cse', { ...all, regions: false, oddRegions: false }, 'cse', true, 40],
  ['sccp', forConstants, 'sccp', false, 40],
  ['loop-invariant-code-motion', all, 'loop-invariant-code-motion', true, 10],
  ['control-flow-sink', all, 'control-flow-sink', true, 3],
  ['inline{default-pipeline=}', forInlining, 'inline{default-pipeline=}', true, 20],
  ['canonicalize{enable-patterns=compose-reshapes}', forRegions, 'canonicalize{enable-patterns=none}', false, 40],
] as const)('%s', { timeout: 120_000 }, (passes, options, same, isLocated, least) => {
  const modules = Array.from({ length: 60 }, (_, at) => {
    const random = new Random(61, at);
    return read(drawFlowProgram(random, options, 5 + random.below(30)));
  });
  // Where constants are from is said otherwise, or not at all.
  const texts = modules.map((module) => print(module, isLocated));
  const expected = theirs(texts, same);
  expect(expected).toHaveLength(texts.length);
  let changed = 0;
  for (const [at, module] of modules.entries()) {
    runPipeline(parsePipeline(`builtin.module(${passes})`, allPasses), module);
    const found = print(module, isLocated);
    if (found !== texts[at]) changed++;
    expect(found, texts[at]).toBe(print(read(expected[at] as string), isLocated));
  }
  expect(changed).toBeGreaterThanOrEqual(least);
});
