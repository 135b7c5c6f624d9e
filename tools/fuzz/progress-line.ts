/** How a campaign goes on: a bar on one line that is written over, or a line from time to time where it cannot be. */
import { coverageSummary } from './coverage-table.ts';
import type { Universe } from './coverage.ts';
import type { Snapshot } from './progress.ts';

const width = 24;

const duration = (seconds: number): string => {
  if (!Number.isFinite(seconds)) return '?';
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** `3 kept, 2 refused`. */
export const outcomesText = (outcomes: Snapshot['outcomes']): string =>
  [...outcomes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');

/** `1 case`, `2 cases`. */
export const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** The line; `rate` is in cases a second of this run, `all` the number of cases that there will be. */
export function progressLine(snapshot: Snapshot, all: number, rate: number, universe: Universe | undefined): string {
  const { done, outcomes, inputs, coverage } = snapshot;
  const share = all === 0 ? 1 : done / all;
  const full = Math.floor(share * width);
  const reached = universe ? coverageSummary(coverage, universe) : '';
  return [
    `[${'#'.repeat(full)}${'-'.repeat(width - full)}] ${(100 * share).toFixed(1)} % of ${all}`,
    `${rate.toFixed(rate < 10 ? 1 : 0)} cases/s, ${duration((all - done) / rate)} left`,
    outcomesText(outcomes),
    ...(reached === '' ? [] : [reached]),
    plural(inputs.length, 'finding'),
  ]
    .filter((part) => part !== '')
    .join('; ');
}

/** Shows lines on standard error until the function that it gives is called. */
export function showProgress(line: () => string): () => void {
  const { isTTY, columns } = process.stderr;
  const fitting = (text: string): string => text.slice(0, Math.max(20, (columns ?? 80) - 1));
  const timer = setInterval(
    () => process.stderr.write(isTTY ? `\r\x1b[K${fitting(line())}` : `${line()}\n`),
    isTTY ? 500 : 20_000,
  );
  return () => {
    clearInterval(timer);
    if (isTTY) process.stderr.write('\r\x1b[K');
  };
}
