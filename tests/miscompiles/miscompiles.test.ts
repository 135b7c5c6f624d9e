/** Seeded miscompiles: each is found by running generated programs, named, and shown in a few operations. */
import { describe, expect, test } from 'vitest';
import { findingText } from '../../tools/diff/finding-text.ts';
import { search } from './found.ts';
import { hardwareMiscompiles } from './hardware.ts';
import { layerMiscompiles } from './layers.ts';
import { numberMiscompiles } from './numbers.ts';
import { quantizeMiscompiles } from './quantize.ts';
import { tensorMiscompiles } from './tensors.ts';

const all = [
  ...numberMiscompiles,
  ...layerMiscompiles,
  ...tensorMiscompiles,
  ...quantizeMiscompiles,
  ...hardwareMiscompiles,
];

describe('every seeded miscompile is found, its pass is named, and few operations show it', () => {
  test.each(all.map((one) => [one.name, one] as const))('%s', { timeout: 60_000 }, (_, one) => {
    const { finding, programs } = search(one);
    expect(finding?.pass, `after ${programs} programs`).toBe(one.pass);
    const text = finding ? findingText(finding) : '';
    expect(finding?.reduced.operations, text).toBeLessThanOrEqual(12);
    expect(finding?.culprit?.name, text).toBe(one.pattern);
  });
});

test('there are sixty and more, and of most the pattern is known', () => {
  expect(all.length).toBeGreaterThanOrEqual(60);
  expect(all.filter(({ pattern }) => pattern !== undefined).length).toBeGreaterThanOrEqual(55);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});
