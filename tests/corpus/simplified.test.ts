/**
 * `canonicalize` and `cse` on upstream's modules, compared with mlir-opt's. What mlir-opt makes of our result and of
 * its own when it canonicalises both once more is the same, or the module is listed with the reason; and so it is on
 * generated modules. How many are the same without that help is a figure that may only grow.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { mlirOpt, mlirOptMissing } from '../mlir-opt.ts';
import { type CorpusModule, hasCorpora, modulesOfOurDialects } from './corpus.ts';
import { compared, sameAtOnce } from './simplified.ts';

if (mlirOpt === undefined) mlirOptMissing();
const canRun = hasCorpora && mlirOpt !== undefined;
const exceptions = JSON.parse(readFileSync(new URL('simplified-exceptions.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;
const generator = fileURLToPath(new URL('../../../shared/mlir/bench/gen.mjs', import.meta.url));

/** Modules that the generator of benchmarks makes. */
const generated = (): readonly CorpusModule[] =>
  ['arith', 'nest'].map((kind) => ({
    name: kind,
    text: spawnSync(process.execPath, [generator, kind, '2000'], { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout,
  }));

test.skipIf(!canRun).each([
  ['canonicalize', 0.64],
  ['cse', 0.99],
] as const)('%s', { timeout: 300_000 }, (pass, least) => {
  const modules = modulesOfOurDialects().map(({ one }) => one);
  const results = compared(modules, pass);
  expect(results.length).toBeGreaterThan(900);
  const listed = Object.keys(exceptions[pass] ?? {});
  const unequal = results.filter(({ ours, theirs }) => ours !== theirs);
  expect(
    unequal.filter(({ name }) => !listed.includes(name)).map(({ name, failure }) => `${name}: ${failure ?? 'differs'}`),
    'modules that differ and are not listed',
  ).toEqual([]);
  const names = unequal.map(({ name }) => name);
  expect(
    listed.filter((name) => !names.includes(name)),
    'listed modules that are the same',
  ).toEqual([]);
  const share = sameAtOnce(modules, pass);
  process.stderr.write(
    `${pass}: ${(100 * share).toFixed(1)} % of ${modules.length} modules are as mlir-opt leaves them\n`,
  );
  expect(share).toBeGreaterThan(least);
});

test.skipIf(!canRun || !existsSync(generator))('generated modules', { timeout: 120_000 }, () => {
  for (const pass of ['canonicalize', 'cse'] as const)
    for (const { name, ours, theirs } of compared(generated(), pass)) {
      expect(ours, `${pass} of ${name}`).toBe(theirs);
    }
});
