/** How long every pass took, as a list. */
import type { RunReport } from '../../rewrite/index.ts';

/** A table of wall times; `total` in milliseconds includes reading and printing. */
export function timingReport(reports: readonly RunReport[], total: number): string {
  const byPass = new Map<string, number>();
  for (const { runs } of reports)
    for (const run of runs) byPass.set(run.pass, (byPass.get(run.pass) ?? 0) + run.milliseconds);
  const passes = [...byPass.values()].reduce((a, b) => a + b, 0);
  const row = (milliseconds: number, name: string): string =>
    `  ${(milliseconds / 1000).toFixed(4).padStart(8)} (${((100 * milliseconds) / total).toFixed(1).padStart(5)}%)  ${name}`;
  const rule = '-'.repeat(40);
  const rows = [...byPass].map(([name, milliseconds]) => row(milliseconds, name));
  return `${[rule, '  ... Execution time report ...', rule, '  ----Wall Time----  ----Name----', ...rows, row(total - passes, 'Rest'), row(total, 'Total')].join('\n')}\n`;
}
