import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeFinding } from '../../../tools/fuzz/findings.ts';
import { Pool } from '../../../tools/fuzz/pool.ts';
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

const start = (from: number, to: number, jobs: number): Pool =>
  new Pool({
    ...{ campaign: oddCampaign, corpus: [], program: pathToFileURL(outfile), seed: 15 },
    ...{ from, to, jobs, limit: 1000, reducing: 1000 },
  });
const runner = oddCampaign.open([]);
const does = (number: number): number => inputOf(runner, 15, number)[1] as number;
const count = (from: number, to: number, what: number): number =>
  Array.from({ length: to - from }, (_, at) => does(from + at)).filter((one) => one === what).length;

test('cases that hang or end their thread are findings, and all others are done and counted', async () => {
  const [from, to] = [0, 300];
  const [hangs, throws, fails] = [meaning.hang, meaning.throw, meaning.fail].map((what) => count(from, to, what));
  const pool = start(from, to, 2);
  await pool.finished;
  const { done, resume, outcomes, cases, findings } = pool.tally();
  expect(Math.min(hangs as number, throws as number, fails as number)).toBeGreaterThan(0);
  expect([done, resume]).toEqual([300, 300]);
  const ended = 'the worker ended: Error';
  expect(Object.fromEntries(cases)).toEqual({ hang: hangs, [ended]: throws, fails });
  const passed = 300 - (hangs as number) - (throws as number) - (fails as number);
  expect(Object.fromEntries(outcomes)).toEqual({ passed, failed: fails });
  expect(findings.get('hang')?.input).toEqual(Uint8Array.of(1, meaning.hang, 1));
  expect(findings.get('fails')?.input).toEqual(Uint8Array.of(meaning.fail));
  expect(does(findings.get('fails')?.number as number)).toBe(meaning.fail);
}, 60_000);

test('one that is stopped tells where to go on', async () => {
  const pool = start(40, 1_000_000, 1);
  while (pool.tally().done === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  pool.stop();
  await pool.finished;
  const { done, resume } = pool.tally();
  expect(resume).toBe(40 + done);
  expect(resume).toBeLessThan(1_000_000);
}, 60_000);

test('a program that cannot start is an error, not a finding', async () => {
  const program = pathToFileURL(join(folder, 'absent.mjs'));
  const setup = { campaign: oddCampaign, corpus: [], seed: 15, from: 0, to: 9, jobs: 1, limit: 1000, reducing: 0 };
  await expect(new Pool({ ...setup, program }).finished).rejects.toThrow('absent.mjs');
});

test('a finding is written as it is, beside what it shows', () => {
  const finding = { failure: { key: 'fails', text: 'the text' }, number: 17, input: Uint8Array.of(0, 255, 10) };
  const path = writeFinding(folder, finding, { campaign: 'odd', extension: '.odd', seed: 5, cases: 3 });
  expect(new Uint8Array(readFileSync(path))).toEqual(finding.input);
  const told = readFileSync(path.replace(/\.odd$/, '.txt'), 'utf8');
  for (const part of ['fails', 'the text', '3 cases; first case 17 of seed 5', `-- odd --check ${path}`])
    expect(told).toContain(part);
});
