/** Mutants of a source: all in one text, of which one is on; and what a run comes to. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drawn } from '../../../tools/mutation/command.ts';
import { instrumented, mutantsOf, switchName, withMutant } from '../../../tools/mutation/mutants.ts';
import { keysOf, mutantKey, type Row, scoreOf, wilson } from '../../../tools/mutation/score.ts';
import { refusedByTypes } from '../../../tools/mutation/type-check.ts';

const source = `
const limits = [1, 8];
const f = (x, y) => {
  const list = [];
  if (x > y) list.push(x - y);
  else list.push(y + 1);
  for (const item of list) if (item === 3 && x !== 0) return 'three';
  return list[0];
};
`;
const mutants = mutantsOf('f.ts', source);
const runWith = (on: number | undefined): unknown => {
  const make = new Function(`${instrumented(source, 0)}; return [limits, f(5, 2), f(5, 1), f(1, 6), f(2, 2)];`);
  const global = globalThis as Record<string, unknown>;
  global[switchName] = (id: number): boolean => id === on;
  try {
    return (make as () => unknown)();
  } catch (error) {
    return String(error);
  } finally {
    delete global[switchName];
  }
};

test('with none on a source is what it was', () => {
  expect(runWith(undefined)).toEqual([[1, 8], 'three', 4, 7, 'three']);
});

test('with one on it is another program, mostly one that shows', () => {
  expect(mutants.length).toBeGreaterThan(12);
  const usual = JSON.stringify(runWith(undefined));
  const shown = mutants.filter((_, id) => JSON.stringify(runWith(id)) !== usual);
  expect(shown.length).toBeGreaterThan(0.7 * mutants.length);
  for (const { before, after, line } of mutants) {
    expect(before).not.toBe(after);
    expect(source.split('\n')[line - 1]).toContain(before.split(' ')[0]?.slice(0, 3));
  }
});

test('the same change in another place of a file has another key', () => {
  const keys = keysOf(mutants);
  expect(new Set(keys.values()).size).toBe(mutants.length);
  const [first] = mutants;
  expect(first && keys.get(first)).toBe(mutantKey({ ...(first as (typeof mutants)[number]), number: 0 }));
});

test('by itself a mutant is the text that the switch stands for', () => {
  for (const [at, { operator }] of mutants.entries()) {
    const text = withMutant(source, at);
    expect(text, operator).not.toBe(source);
    const make = new Function(`${text}; return [limits, f(5, 2), f(5, 1), f(1, 6), f(2, 2)];`);
    let alone: unknown;
    try {
      alone = (make as () => unknown)();
    } catch (error) {
      alone = String(error);
    }
    expect(alone, `${operator}\n${text}`).toEqual(runWith(at));
  }
});

test('a sample is mostly the same when others come or go', () => {
  const many = Array.from({ length: 400 }, (_, at) => `mutant ${at}`);
  const sample = drawn(many, 40, 1, (one) => one);
  expect(sample).toHaveLength(40);
  expect(drawn(many, 40, 1, (one) => one)).toEqual(sample);
  const others = drawn(many.slice(20), 40, 1, (one) => one);
  expect(others.filter((one) => sample.includes(one)).length).toBeGreaterThan(30);
  expect(drawn(many, 40, 2, (one) => one).filter((one) => sample.includes(one)).length).toBeLessThan(15);
});

test('what does not compile is found, in its own file, and only that', { timeout: 60_000 }, () => {
  const root = join(import.meta.dirname, '../../..');
  const file = 'ir/rational-for-this-test.ts';
  const typed = 'export const side: "left" | "right" = "left";\nexport const many: number = 3;\n';
  const all = mutantsOf(file, typed).map((mutant, place) => ({ ...mutant, id: place, place, area: 'a' }));
  const folder = mkdtempSync(join(root, 'node_modules/.cache-mutation-test-'));
  try {
    const refused = refusedByTypes(root, all, folder, () => typed);
    expect(all.filter(({ id }) => refused.has(id)).map(({ operator }) => operator)).toEqual(['other string']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('what is judged to be the same program does not count, unless it was noticed', () => {
  const row = (status: Row['result']['status'], reason?: string): Row => ({
    mutant: { ...(mutants[0] as (typeof mutants)[number]), id: 0, place: 0, area: 'a' },
    key: '',
    result: { status, killer: undefined },
    reason,
  });
  const rows = [
    row('killed'),
    row('killed', 'never'),
    row('timed out'),
    row('survived'),
    row('not reached', 'cost only'),
    row('refused by types'),
  ];
  expect(scoreOf('a', rows)).toEqual({
    ...{ area: 'a', all: 6, killed: 2, timedOut: 1, refused: 1, survived: 1, equivalent: 1 },
    score: 0.75,
  });
});

test('the interval of a share is that of Wilson', () => {
  // Newcombe 1998, table I: 81 of 263.
  const [low, high] = wilson(81, 263);
  expect(low).toBeCloseTo(0.2553, 4);
  expect(high).toBeCloseTo(0.3662, 4);
  expect(wilson(0, 20)[0]).toBe(0);
});
