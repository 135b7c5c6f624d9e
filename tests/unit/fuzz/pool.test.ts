import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeFinding } from '../../../tools/fuzz/findings.ts';
import { Pool } from '../../../tools/fuzz/pool.ts';
import { Progress, type Snapshot } from '../../../tools/fuzz/progress.ts';
import { inputOf } from '../../../tools/fuzz/worker.ts';
import { meaning, oddCampaign } from './odd-campaign.ts';

const cache = fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url));
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'fuzz-'));
const outfile = join(folder, 'worker.mjs');
beforeAll(async () => {
  const entry = fileURLToPath(new URL('./odd-worker.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = (progress: Progress, to: number, jobs: number, limit = 1000): Pool =>
  new Pool({
    ...{ campaign: oddCampaign, corpus: [], program: pathToFileURL(outfile), seed: 15 },
    ...{ progress, to, jobs, limit, reducing: 1000 },
  });
const runner = oddCampaign.open([]);
const does = (number: number): number => inputOf(runner, 15, number)[1] as number;
const count = (from: number, to: number, what: number): number =>
  Array.from({ length: to - from }, (_, at) => does(from + at)).filter((one) => one === what).length;

test('cases that hang or end their thread are findings, and all others are done and counted', async () => {
  const [from, to] = [0, 300];
  const [hangs, throws, fails] = [meaning.hang, meaning.throw, meaning.fail].map((what) => count(from, to, what));
  const pool = start(new Progress(from), to, 2);
  await pool.finished;
  const { done, next, pending, outcomes, findings: cases, inputs } = pool.snapshot();
  const inputOfKey = (key: string) => inputs.find(({ failure }) => failure.key === key);
  expect(Math.min(hangs as number, throws as number, fails as number)).toBeGreaterThan(0);
  expect([done, next, pending]).toEqual([300, 300, []]);
  const ended = 'the worker ended: Error';
  expect(Object.fromEntries(cases)).toEqual({ hang: hangs, [ended]: throws, fails });
  const passed = 300 - (hangs as number) - (throws as number) - (fails as number);
  expect(Object.fromEntries(outcomes)).toEqual({ passed, failed: fails });
  expect(inputOfKey('hang')?.input).toEqual(Uint8Array.of(1, meaning.hang, 1));
  expect(inputOfKey('fails')?.input).toEqual(Uint8Array.of(meaning.fail));
  expect(does(inputOfKey('fails')?.number as number)).toBe(meaning.fail);
}, 60_000);

test('one that is stopped goes on later, and comes to the same', async () => {
  const to = 600;
  const whole = start(new Progress(0), to, 2, 500);
  await whole.finished;
  let snapshot: Snapshot | undefined;
  let stops = 0;
  do {
    const pool = start(new Progress(snapshot ?? 0), to, 2, 500);
    const before = snapshot?.done ?? 0;
    while (pool.snapshot().done === before) await new Promise((resolve) => setTimeout(resolve, 20));
    pool.stop();
    await pool.finished;
    const earlier: number = snapshot?.seconds ?? 0;
    snapshot = pool.snapshot();
    expect(snapshot.seconds).toBeGreaterThan(earlier);
    // What is done, what is being done and what is not begun is everything.
    const left = snapshot.pending.reduce((sum, { low, high }) => sum + high - low, 0);
    expect(snapshot.done + left).toBe(snapshot.next);
    stops++;
  } while (snapshot.done < to);
  expect(stops).toBeGreaterThan(1);
  const comes = ({ outcomes, inputs, done }: Snapshot) => [
    done,
    Object.fromEntries(outcomes),
    Object.fromEntries(inputs.map(({ failure, input }) => [failure.key, input])),
  ];
  expect(comes(snapshot)).toEqual(comes(whole.snapshot()));
}, 120_000);

test('a program that cannot start is an error, not a finding', async () => {
  const program = pathToFileURL(join(folder, 'absent.mjs'));
  const progress = new Progress(0);
  const setup = { campaign: oddCampaign, corpus: [], seed: 15, progress, to: 9, jobs: 1, limit: 1000, reducing: 0 };
  await expect(new Pool({ ...setup, program }).finished).rejects.toThrow('absent.mjs');
});

test('a finding is written as it is, beside what it shows', () => {
  const finding = {
    failure: { key: 'fails', text: 'the text' },
    number: 17,
    input: Uint8Array.of(0, 255, 10),
    final: true,
  };
  const path = writeFinding(folder, finding, { campaign: 'odd', extension: '.odd', seed: 5, cases: 3 });
  expect(new Uint8Array(readFileSync(path))).toEqual(finding.input);
  const told = readFileSync(path.replace(/\.odd$/, '.txt'), 'utf8');
  for (const part of ['fails', 'the text', '3 cases; first case 17 of seed 5', `-- odd --check ${path}`])
    expect(told).toContain(part);
});
