/** Computed in halves, results are within certified bounds of those in single precision. */
import { describe, expect, test } from 'vitest';
import { fromChoices } from '../../tools/check/choices.ts';
import { checkHalfBounds, computingOps, drawSingle, runInHalf } from '../../tools/check/precision.ts';
import fc from 'fast-check';

describe.each(['graph', 'tensorop'] as const)('cast-to-half of %s', (level) => {
  const ops = computingOps(level);
  for (const op of ops) test(op.opName, () => checkHalfBounds(level, op, { cases: 40 }));
  test('small programs', () => checkHalfBounds(level, ops, { cases: 400 }));

  test('most results of tame programs have a bound', () => {
    const drawn = fc.sample(
      fromChoices((draw) => drawSingle(level, ops, draw, ['wide'])),
      { seed: 3, numRuns: 150 },
    );
    const limits = drawn.flatMap((one) =>
      runInHalf(one).results.flatMap(({ bound }) => [...(bound.data as Float64Array)]),
    );
    expect(limits.length).toBeGreaterThan(1000);
    expect(limits.filter((limit) => limit < Infinity).length / limits.length).toBeGreaterThan(0.8);
  });
});
