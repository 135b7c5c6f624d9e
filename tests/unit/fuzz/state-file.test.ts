import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { DiagnosticError, formatDiagnostic } from '../../../ir/index.ts';
import { Progress } from '../../../tools/fuzz/progress.ts';
import { progressLine } from '../../../tools/fuzz/progress-line.ts';
import { type Identity, putAside, readState, stateFile, writeState } from '../../../tools/fuzz/state-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'state-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const identity: Identity = { campaign: 'odd', seed: 7, corpus: 'c', program: 'p' };

const progress = new Progress(100);
const [first, second] = [progress.take(10, 125), progress.take(10, 125)];
progress.count(10, { outcomes: [['kept', 10]], findings: [['fails', 2]], coverage: [['a.b', 'i32', 'cse', '', 4]] });
progress.found({
  failure: { key: 'fails', text: 'it\ndoes' },
  number: 103,
  input: Uint8Array.of(0, 255, 10),
  final: true,
});
const snapshot = progress.snapshot([{ low: 115, high: 120, skip: [117] }], 2.5);

const refusal = (other: Partial<Identity> = {}): string => {
  try {
    readState(folder, { ...identity, ...other });
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics.map((one) => formatDiagnostic(one)).join('\n');
    throw error;
  }
  return 'read';
};

describe('the state of a campaign', () => {
  beforeEach(() => writeState(folder, identity, snapshot));

  test('is what it was', () => {
    expect([first, second]).toEqual([
      { low: 100, high: 110, skip: [] },
      { low: 110, high: 120, skip: [] },
    ]);
    const read = readState(folder, { ...identity, program: 'another' });
    expect(read).toEqual({ snapshot, sameProgram: false });
    const again = new Progress(read.snapshot);
    expect(again.snapshot([], 0)).toEqual({ ...snapshot, seconds: 2.5 });
    // What was begun is done first, then what was not.
    expect([again.take(10, 125), again.take(10, 125), again.take(10, 125)]).toEqual([
      { low: 115, high: 120, skip: [117] },
      { low: 120, high: 125, skip: [] },
      undefined,
    ]);
    expect(readdirSync(folder)).toEqual(['odd-7.state.json']);
  });

  test('is put aside by a campaign that begins anew', () => {
    expect(putAside(folder, identity)).toBe(`${stateFile(folder, identity)}.before`);
    expect(putAside(folder, identity)).toBeUndefined();
    expect(refusal()).toContain("there is no state of 'odd' with seed 7 to go on from; leave out --resume");
    rmSync(`${stateFile(folder, identity)}.before`);
  });

  test('of another corpus is refused', () => {
    expect(refusal({ corpus: 'd' })).toContain('the corpus has changed since');
  });

  test.each([
    ['{', 'the state is not JSON'],
    ['[]', 'the state has Invalid input'],
    [(text: string) => text.replace('"done":10', '"done":-1'), "at 'done'"],
    [(text: string) => text.replace('"seed":7', '"seed":8'), "the state is of 'odd' with seed 8, expected 'odd'"],
  ])('that is damaged is refused with a place', (damage, message) => {
    const path = stateFile(folder, identity);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, typeof damage === 'string' ? damage : damage(text));
    expect(refusal()).toMatch(/^\S+odd-7\.state\.json:1:1: error: /);
    expect(refusal()).toContain(message);
  });
});

test('progress on one line', () => {
  const universe = { ops: ['a.b', 'a.c'], passes: [], rules: [] };
  expect(progressLine(snapshot, 25, 5, universe)).toBe(
    '[#########---------------] 40.0 % of 25; 5.0 cases/s, 3 s left; 10 kept; ops 1/2; 1 finding',
  );
  expect(progressLine(new Progress(0).snapshot([], 0), 25, 0, undefined)).toBe(
    '[------------------------] 0.0 % of 25; 0.0 cases/s, ? left; 0 findings',
  );
});
