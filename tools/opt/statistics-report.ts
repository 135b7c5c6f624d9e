/** What passes counted, summed over all operations that they ran on. */
import type { RunReport } from '../../rewrite/index.ts';

/** The table in upstream's form; `pipeline` shows passes in the order of the pipeline, `list` by name. */
export function statisticsReport(reports: readonly RunReport[], display: 'pipeline' | 'list'): string {
  const sums = new Map<
    string,
    { readonly title: string; readonly depth: number; readonly counts: Map<string, number> }
  >();
  for (const { runs } of reports)
    for (const { pass, path, statistics } of runs) {
      const around = display === 'pipeline' ? path.slice(1) : [];
      const key = [...around, pass].join(' > ');
      const entry = sums.get(key) ?? { title: key, depth: around.length, counts: new Map<string, number>() };
      sums.set(key, entry);
      for (const [name, count] of statistics) entry.counts.set(name, (entry.counts.get(name) ?? 0) + count);
    }
  const entries = [...sums.values()];
  if (display === 'list') entries.sort((a, b) => (a.title < b.title ? -1 : 1));
  const bar = `===${'-'.repeat(73)}===`;
  const lines = entries.flatMap(({ title, counts }) => [
    title,
    ...[...counts].map(([name, count]) => `  (S) ${String(count).padStart(6)} ${name}`),
  ]);
  return [bar, '                         ... Pass statistics report ...', bar, ...lines, ''].join('\n');
}
