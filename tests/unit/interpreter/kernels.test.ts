import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { graph } from '../../../dialects/graph/index.ts';
import { tensorop } from '../../../dialects/tensorop/index.ts';
import { nameLocation, verify, within } from '../../../ir/index.ts';
import { Evaluator, graphSemantics, type NdArray, tensoropSemantics } from '../../../interpreter/index.ts';
import { type Case, graphCases, tensoropCases } from './cases.ts';
import { newContext } from './program.ts';

const levels = [graphSemantics, tensoropSemantics];
const [fast, reference] = [new Evaluator(levels), new Evaluator(levels, { kernels: 'reference' })];

/** The first element that differs; all NaNs are one, −0 and +0 are two. */
function difference(a: NdArray, b: NdArray): string | undefined {
  if (a.shape.join() !== b.shape.join() || a.element !== b.element)
    return `[${a.shape}] ${a.element.text} and [${b.shape}] ${b.element.text}`;
  const at = [...a.data].findIndex((x, i) => !Object.is(x, b.data[i]));
  return at < 0 ? undefined : `element ${at}: ${a.data[at]} and ${b.data[at]}`;
}

const agree = (instance: Case): void => {
  const context = newContext();
  const block = context.newBlock(instance.types);
  const { operation } = within(context, nameLocation('case'), () => instance.build(block.arguments));
  block.append(operation);
  expect(verify(operation)).toEqual([]);
  const [result, expected] = [fast, reference].map(
    (evaluator) => evaluator.apply(operation, instance.inputs)[0] as NdArray,
  );
  expect(difference(result as NdArray, expected as NdArray)).toBeUndefined();
  const type = operation.result().type;
  expect(type.kind === 'tensor' && type.shape).toEqual((expected as NdArray).shape);
};

describe('fast kernels have the bits of the meanings', () => {
  for (const [name, cases] of Object.entries(graphCases))
    test(graph.ops[name as keyof typeof graph.ops].opName, () => {
      fc.assert(
        fc.property(cases('any'), (instance) => {
          agree(instance);
        }),
        { numRuns: 60 },
      );
    });
  for (const [name, cases] of Object.entries(tensoropCases))
    test(tensorop.ops[name as keyof typeof tensorop.ops].opName, () => {
      fc.assert(
        fc.property(cases('any'), (instance) => {
          agree(instance);
        }),
        { numRuns: 60 },
      );
    });
});
