/** Every pass that declares itself exact keeps every bit of small programs. */
import { describe, expect, test } from 'vitest';
import { graph } from '../../dialects/graph/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import { type AnyOp, clone, type Dialect, f16, f32, verify } from '../../ir/index.ts';
import { allPasses } from '../../lowering/passes.ts';
import { canonicalizePass, tensorPasses } from '../../lowering/pipelines.ts';
import { propagateLayout } from '../../lowering/layout.ts';
import { cse, dce, type Pass, runPass } from '../../rewrite/index.ts';
import { mustAgree } from '../../tools/check/agree.ts';
import { fromChoices } from '../../tools/check/choices.ts';
import { runTensors } from '../../tools/check/levels.ts';
import { caseText, drawingOf, drawProgram } from '../../tools/check/program.ts';
import { checkProperty, told } from '../../tools/check/property.ts';

const withOperands = (dialect: Dialect): readonly AnyOp[] =>
  (Object.values(dialect.ops) as AnyOp[]).filter((op) => op.definition.operands.length > 0);

test('all passes are exact but those that say how far they go', () => {
  const others = [...allPasses, ...tensorPasses].filter(({ exact }) => exact !== true);
  expect(new Set(others.map(({ name }) => name))).toEqual(new Set(['cast-to-half', 'expand-division']));
  for (const { exact } of others) expect(exact).toMatchObject({ bound: expect.stringMatching(/round|error/) });
});

describe('exact passes on tensor operations', () => {
  for (const one of [canonicalizePass, propagateLayout, cse, dce] as unknown as Pass[])
    test(one.name, () => {
      const cases = fromChoices((draw) =>
        told(
          drawProgram(tensorop, withOperands(tensorop), draw, { ...drawingOf(tensorop, f32, f16), extent: 4 }),
          caseText,
        ),
      );
      checkProperty(
        cases,
        ({ module, inputs }) => {
          const after = clone(module);
          runPass(one, after);
          for (const diagnostic of verify(after)) throw new Error(diagnostic.message);
          mustAgree(runTensors(after, inputs), runTensors(module, inputs));
        },
        { cases: 200 },
      );
    });
});

test('the whole way to tensor operations', () => {
  const cases = fromChoices((draw) =>
    told(drawProgram(graph, withOperands(graph), draw, { elements: [f32], extent: 4 }), caseText),
  );
  checkProperty(
    cases,
    ({ module, inputs }) => {
      const expected = runTensors(module, inputs);
      const after = clone(module);
      after.context.load(tensorop);
      for (const one of tensorPasses) {
        runPass(one, after);
        mustAgree(runTensors(after, inputs), expected, [`after ${one.name}`, 'graph level']);
      }
    },
    { cases: 200 },
  );
});
