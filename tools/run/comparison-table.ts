/** Comparisons of levels as a table for the terminal. */
import type { LevelComparison } from './compare-levels.ts';

const small = (x: number): string => (x === 0 ? '0' : Number.isFinite(x) ? x.toPrecision(3) : String(x));

/** One row per step between levels, over all runs: the contract, the verdict, the largest difference and bound. */
export function comparisonTable(runs: readonly (readonly LevelComparison[])[]): string {
  const rows = (runs[0] ?? []).map((first, at) => {
    const all = runs.map((run) => run[at] as LevelComparison);
    const failed = all.find((one) => !one.agrees);
    const largest = Math.max(...all.map((one) => one.largest));
    const bound = first.bound === undefined ? '' : small(Math.max(...all.map((one) => one.bound ?? 0)));
    return [
      `${first.above} → ${first.level}`,
      first.contract,
      failed ? 'DIFFERS' : 'agrees',
      small(largest),
      bound,
      failed?.detail ?? '',
    ];
  });
  const head = ['step', 'contract', 'verdict', 'largest difference', 'certified bound', ''];
  const width = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] as string).length)),
  );
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, column) => cell.padEnd(width[column] as number)).join('  ')}`.trimEnd();
  return `${[line(head), line(width.map((count) => '-'.repeat(count))), ...rows.map(line)].join('\n')}\n`;
}
