/** What passes count is what they were seen to do, and every name of what they do can be asked for. */
import { expect, test } from 'vitest';
import { graph } from '../../dialects/graph/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import { type AnyOp, clone, f16, f32, type Operation } from '../../ir/index.ts';
import { canonicalizePass, precisionPasses, tensorPasses } from '../../lowering/pipelines.ts';
import { propagateLayout } from '../../lowering/layout.ts';
import { defaultSettings, type Pass, passContext } from '../../rewrite/index.ts';
import { fromChoices } from '../../tools/check/choices.ts';
import { layerOps } from '../../tools/check/lowerings.ts';
import { caseText, drawProgram } from '../../tools/check/program.ts';
import { checkProperty, told } from '../../tools/check/property.ts';

/** Names of patterns, steps and operations, as options take them. */
const word = /^[a-z][a-z0-9 ._-]*$/;

/** Runs a pass as a pipeline does; what was seen to be applied, by kind, and what was counted. */
function watched(pass: Pass, module: Operation) {
  const seen = new Map<string, number>();
  const names = new Set<string>();
  const statistics = new Map<string, number>();
  pass.run(
    module,
    defaultSettings(pass.knobs),
    passContext(
      { statistics },
      {
        observer: {
          ends({ kind, name }, { reason }) {
            names.add(name);
            if (reason === undefined) seen.set(kind, (seen.get(kind) ?? 0) + 1);
          },
        },
      },
    ),
  );
  return { seen, statistics, names };
}
const sizeOf = (module: Operation): number => {
  let size = 0;
  module.walk(() => {
    size++;
  });
  return size;
};
const withOperands = (Object.values(tensorop.ops) as AnyOp[]).filter((op) => op.definition.operands.length > 0);

/** What passes that apply patterns count. */
const counted: readonly string[] = ['rewrites', 'folds', 'dead', 'simplified'];

/** Mostly what patterns look for. */
const subjects: readonly AnyOp[] = [
  ...withOperands,
  ...Array.from(
    { length: 12 },
    () => [tensorop.ops.transpose, tensorop.ops.relu, tensorop.ops.reshape] as AnyOp[],
  ).flat(),
];

test('patterns on tensor operations', () => {
  const total = new Map<string, number>();
  checkProperty(
    fromChoices((draw) => told(drawProgram(tensorop, subjects, draw, { elements: [f16], extent: 3 }), caseText)),
    ({ module }) => {
      for (const pass of [canonicalizePass, propagateLayout, ...precisionPasses] as unknown as Pass[]) {
        const after = clone(module);
        const { seen, statistics, names } = watched(pass, after);
        for (const name of names) expect(name).toMatch(word);
        expect(
          [...statistics.keys()].filter((name) => !counted.includes(name)),
          pass.name,
        ).toEqual([]);
        if (pass.name === 'cast-to-half') continue;
        expect(statistics.get('rewrites'), pass.name).toBe(seen.get('pattern') ?? 0);
        // There are no constants that could be merged.
        if (statistics.has('folds')) expect(statistics.get('folds'), pass.name).toBe(seen.get('fold') ?? 0);
        if (![...seen.values()].some((count) => count > 0))
          expect(sizeOf(module) - sizeOf(after)).toBe(statistics.get('dead') ?? 0);
        for (const [kind, count] of seen)
          total.set(`${pass.name} ${kind}`, (total.get(`${pass.name} ${kind}`) ?? 0) + count);
      }
    },
    { cases: 300, seed: 5 },
  );
  for (const what of [
    'canonicalize pattern',
    'canonicalize fold',
    'propagate-layout pattern',
    'expand-division pattern',
  ])
    expect(total.get(what) ?? 0, what).toBeGreaterThan(5);
});

test('the way from layers to tensor operations', () => {
  checkProperty(
    fromChoices((draw) => told(drawProgram(graph, layerOps, draw, { elements: [f32], extent: 3 }), caseText)),
    ({ module }) => {
      const after = clone(module);
      after.context.load(tensorop);
      for (const pass of tensorPasses) {
        const { seen, statistics, names } = watched(pass, after);
        for (const name of names) expect(name).toMatch(word);
        if (statistics.has('rewrites')) expect(statistics.get('rewrites')).toBe(seen.get('pattern') ?? 0);
      }
    },
    { cases: 60, seed: 5 },
  );
});
