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

const cse = { passes: 'cse', isLocated: true, least: 30 } as const;
const rows = {
  'cse in regions': { ...cse, options: { ...all, memory: false } },
  'cse of reads': { ...cse, options: { ...all, regions: false, oddRegions: false } },
  sccp: { passes: 'sccp', options: forConstants, isLocated: false, least: 30 },
  'loop-invariant-code-motion': { passes: 'loop-invariant-code-motion', options: all, isLocated: true, least: 6 },
  'control-flow-sink': { passes: 'control-flow-sink', options: all, isLocated: true, least: 3 },
  inline: { passes: 'inline{default-pipeline=}', options: forInlining, isLocated: true, least: 15 },
  canonicalize: {
    passes: 'canonicalize{enable-patterns=compose-reshapes}',
    options: forRegions,
    isLocated: false,
    least: 40,
  },
} as const;

test.skipIf(mlirOpt === undefined).each(Object.entries(rows))('%s', { timeout: 120_000 }, (_, row) => {
  const { passes, options, isLocated, least } = row;
  const modules = Array.from({ length: 45 }, (_, at) => {
    const random = new Random(61, at);
    return read(drawFlowProgram(random, options, 5 + random.below(30)));
  });
  // Where constants are from is said otherwise, or not at all.
  const texts = modules.map((module) => print(module, isLocated));
  // It has no pattern of this name.
  const expected = theirs(texts, passes.replace('compose-reshapes', 'none'));
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
