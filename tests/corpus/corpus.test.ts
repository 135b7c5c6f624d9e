/**
 * Upstream's modules through our reader and printer, judged by the real mlir-opt: it prints from
 * our text what it prints from the original. What does not is listed with its reason, and the
 * list holds nothing else.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { PrintOptions } from '../../ir/text/index.ts';
import { mlirOpt, mlirOptMissing } from '../mlir-opt.ts';
import { type CorpusModule, corpus, hasCorpora, judged, modulesOfOurDialects, round } from './corpus.ts';

const exceptions = JSON.parse(readFileSync(new URL('exceptions.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

if (mlirOpt === undefined) mlirOptMissing();
const canRun = hasCorpora && mlirOpt !== undefined;

/** The names of the modules that do not come through, and why. */
function losses(
  modules: readonly CorpusModule[],
  expected: readonly (string | undefined)[],
  options: PrintOptions,
): ReadonlyMap<string, string> {
  const rounds = modules.map((one) => round(one, options));
  const answers = judged(
    rounds.map((one) => ('text' in one ? one.text : 'module {}')),
    options.debugInfo ? ['--mlir-print-debuginfo'] : [],
  );
  const lost = new Map<string, string>();
  for (const [at, { name }] of modules.entries()) {
    const one = rounds[at] as (typeof rounds)[number];
    if ('reason' in one) lost.set(name, one.reason);
    else if (answers[at] === undefined) lost.set(name, 'mlir-opt refuses our text');
    else if (answers[at] !== expected[at]) lost.set(name, 'mlir-opt prints something else from our text');
  }
  return lost;
}

/** The losses are those that are listed, and at most the given part of all. */
function mustBeListed(name: string, lost: ReadonlyMap<string, string>, of: number, least: number): void {
  const listed = Object.keys(exceptions[name] ?? {});
  const news = [...lost].filter(([file]) => !listed.includes(file)).map(([file, why]) => `${file}: ${why}`);
  expect(news, 'modules that do not come through and are not listed').toEqual([]);
  expect(
    listed.filter((file) => !lost.has(file)),
    'listed modules that come through',
  ).toEqual([]);
  expect(1 - lost.size / of).toBeGreaterThanOrEqual(least);
}

const original = (modules: readonly CorpusModule[]): readonly string[] => modules.map(({ text }) => text.trim());

test.skipIf(!canRun)('generic form', { timeout: 300_000 }, () => {
  const modules = corpus('generic');
  expect(modules.length).toBeGreaterThan(4000);
  mustBeListed('generic', losses(modules, original(modules), { generic: true }), modules.length, 0.99);
});

test.skipIf(!canRun)('generic form with locations', { timeout: 300_000 }, () => {
  const modules = corpus('generic-loc');
  const lost = losses(modules, original(modules), { generic: true, debugInfo: true });
  mustBeListed('generic-loc', lost, modules.length, 0.99);
});

test.skipIf(!canRun)('custom form', { timeout: 300_000 }, () => {
  const kept = modulesOfOurDialects();
  expect(kept.length).toBeGreaterThan(900);
  const modules = kept.map(({ one }) => one);
  const expected = kept.map(({ generic }) => generic);
  mustBeListed('pretty', losses(modules, expected, {}), modules.length, 0.95);
});
