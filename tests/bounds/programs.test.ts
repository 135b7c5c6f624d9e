/** Programs of tensor operations in halves, against the same programs on exact numbers. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NdArray } from '../../interpreter/index.ts';
import type { Operation } from '../../ir/index.ts';
import { fromChoices } from '../../tools/check/choices.ts';
import { computingOps, drawSingle, runInHalf } from '../../tools/check/precision.ts';
import { caseText, type CheckCase } from '../../tools/check/program.ts';
import { type ExactArray, exactArray, exactResult } from './exact-meaning.ts';
import { absolute, exactOf } from './exact-number.ts';

/** What a function of one block returns on exact numbers. */
function exactly({ module, inputs }: CheckCase): readonly ExactArray[] {
  const entry = module
    .region()
    .entry?.operations.find((operation) => operation.name === 'func.func')
    ?.region().entry;
  const known = new Map<number, ExactArray>();
  const of = (operation: Operation): ExactArray[] => operation.operands.map(({ id }) => known.get(id) as ExactArray);
  for (const [at, { type, data }] of inputs.entries())
    known.set(entry?.argument(at).id ?? -1, exactArray(new NdArray(type.shape, type.element, data)));
  for (const operation of entry?.operations ?? []) {
    if (operation.hasTrait('return-like')) return of(operation);
    known.set(operation.result().id, exactResult(operation, of(operation)));
  }
  return [];
}

test.each(['graph', 'tensorop'] as const)(
  'programs of %s in halves are within their bounds of exact numbers',
  (level) => {
    const cases = fromChoices((draw) => drawSingle(level, computingOps(level), draw, ['small', 'wide']));
    let compared = 0;
    for (const drawn of fc.sample(cases, { seed: 17, numRuns: 250 })) {
      const expected = exactly(drawn);
      for (const [output, { value, bound }] of runInHalf(drawn).results.entries())
        for (const [at, limit] of (bound.data as Float64Array).entries()) {
          if (limit === Infinity) continue;
          const [found, exact] = [exactOf(Number(value.data[at])) as bigint, expected[output]?.data[at]];
          const inside = exact !== undefined && absolute(found - exact) <= (exactOf(limit) as bigint);
          if (!inside) throw new Error(`output ${output}, element ${at}, bound ${limit}:${caseText(drawn)}`);
          compared++;
        }
    }
    expect(compared).toBeGreaterThan(2000);
  },
);
