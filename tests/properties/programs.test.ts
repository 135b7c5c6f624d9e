/** Programs of numbers with control flow and calls compute the same after any exact passes. */
import { describe, expect, test } from 'vitest';
import { Random } from '../../tools/check/random.ts';
import { randomScalarProgram } from '../../tools/check/scalar-program.ts';
import { withPipeline } from '../../tools/fuzz/cause.ts';
import { checkPasses, passesCampaign } from '../../tools/fuzz/passes/campaign.ts';

const each = (count: number, check: (random: Random) => void): void => {
  for (let number = 0; number < count; number++) check(new Random(11, number));
};

describe('programs of numbers', () => {
  test.each([
    'canonicalize',
    'canonicalize{region-simplify=aggressive}',
    'cse',
    'sccp',
    'loop-invariant-code-motion',
    'control-flow-sink',
    'inline{default-pipeline=}',
    'inline,symbol-dce,dce',
  ])('%s', (pipeline) => {
    each(60, (random) => {
      const input = withPipeline(`builtin.module(${pipeline})`, randomScalarProgram(random, 5 + random.below(40)));
      expect(checkPasses(input)).toEqual({ kind: 'kept' });
    });
  });

  test('passes in any order', () => {
    const runner = passesCampaign.open([]);
    each(200, (random) => expect(checkPasses(runner.make(random))).toEqual({ kind: 'kept' }));
  });
});
