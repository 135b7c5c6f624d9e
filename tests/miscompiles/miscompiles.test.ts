/** Seeded miscompiles: each is found by running generated programs, named, and shown in a few operations. */
import { describe, expect, test } from 'vitest';
import { findingText } from '../../tools/diff/finding-text.ts';
import { search } from './found.ts';
import { numberMiscompiles } from './numbers.ts';

const all = [...numberMiscompiles];

describe('every seeded miscompile is found, its pass is named, and few operations show it', () => {
  test.each(all.map((one) => [one.name, one] as const))('%s', { timeout: 60_000 }, (_, one) => {
    const start = performance.now();
    const { finding, programs } = search(one);
    process.stderr.write(
      `${one.name}: ${programs} programs, ${finding?.reduced.operations} ops, ${finding?.culprit?.name}, ${(performance.now() - start) | 0} ms\n`,
    );
    expect(finding?.pass, `after ${programs} programs`).toBe(one.pass);
    const text = finding ? findingText(finding) : '';
    expect(finding?.reduced.operations, text).toBeLessThanOrEqual(12);
    expect(finding?.culprit?.name, text).toBe(one.pattern);
  });
});
