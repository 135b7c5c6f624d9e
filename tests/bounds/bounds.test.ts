/**
 * No error is larger than its bound: against exact numbers and against single precision, on inputs sought for it. With
 * PALEO_BLESS=1 the figures are written to `docs/bounds.md`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { f16, f32, f64 } from '../../ir/index.ts';
import { sumsOfLength } from './lengths.ts';
import { type Findings, search } from './search.ts';
import { type Subject, subjects } from './subjects.ts';
import { page } from './table.ts';

const file = fileURLToPath(new URL('../../docs/bounds.md', import.meta.url));
const bless = process.env['PALEO_BLESS'] === '1';

/** Operations that add up, whose bounds in single precision are wider than the last bits; and doubles. */
const wide = /conv|matmul|gemm|softmax|pool|reduce_sum/;
const mayMiss = ({ name, element }: Subject): boolean =>
  (element === f32 && wide.test(name)) || element === f64 || name === 'graph.softmax';

describe('bounds hold and are tight', () => {
  const found = new Map<Subject, Findings>();
  test.each(subjects)('$name of $element.text', (subject) => {
    const { cases, element } = subject;
    const seen = search(cases, element, { instances: 12, steps: 25, seed: 7 });
    found.set(subject, seen);
    expect(seen.wrong).toBeUndefined();
    expect(seen.elements).toBeGreaterThan(500);
    expect(seen.unbounded).toBe(0);
    expect(seen.flipped).toBeGreaterThan(100);
    // A bound that nothing comes near is no bound worth having.
    expect(seen.moved).toBeGreaterThan(0.9);
    if (!mayMiss(subject)) expect(seen.caught).toBe(seen.flipped);
  });

  test('the page has these figures', () => {
    const lengths = [f16, f32].flatMap((element) =>
      (['mixed', 'positive'] as const).flatMap((signs) =>
        [4, 16, 64, 256, 1024].map((length) => sumsOfLength(length, element, signs)),
      ),
    );
    const text = page([...found], lengths);
    if (bless) writeFileSync(file, text);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
