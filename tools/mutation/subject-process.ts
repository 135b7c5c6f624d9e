/** Processes that run the bundle of a mutation run. */
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import type { MutantRun, Reached, SubjectOrder, TestBegins } from './subject-run.ts';

/** How a process ended. */
export type Ended<T> =
  | { readonly kind: 'told'; readonly what: T }
  /** A test had no end. */
  | { readonly kind: 'late'; readonly test: string }
  /** The process broke before it could tell. */
  | { readonly kind: 'broken'; readonly test: string; readonly message: string };

/** Milliseconds that a process may take to load. */
const loading = 60_000;

/** Runs an order; `allowed` gives the milliseconds that a test may take. */
export function runOrder<T extends Reached | MutantRun>(
  bundle: string,
  order: SubjectOrder,
  allowed: (test: string) => number,
): Promise<Ended<T>> {
  const file = `${bundle}.${order.mutant ?? 'all'}.json`;
  writeFileSync(file, JSON.stringify(order));
  const child = spawn(process.execPath, ['--max-old-space-size=3000', bundle], {
    env: { ...process.env, MUTATION_ORDER: file },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve) => {
    let [test, text, said] = ['loading', '', ''];
    let late = false;
    let told: T | undefined;
    const stop = (): void => {
      late = true;
      child.kill('SIGKILL');
    };
    let timer = setTimeout(stop, loading);
    child.stderr?.on('data', (data: Buffer) => {
      if (said.length < 2000) said += data.toString();
    });
    child.stdio[3]?.on('data', (data: Buffer) => {
      text += data.toString();
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
        const line = JSON.parse(text.slice(0, end)) as TestBegins | T;
        text = text.slice(end + 1);
        if ('begins' in line) {
          test = line.begins;
          clearTimeout(timer);
          timer = setTimeout(stop, allowed(test));
        } else told = line;
      }
    });
    child.on('close', () => {
      clearTimeout(timer);
      rmSync(file, { force: true });
      if (told) resolve({ kind: 'told', what: told });
      else if (late) resolve({ kind: 'late', test });
      else resolve({ kind: 'broken', test, message: said.slice(0, 600) });
    });
  });
}
