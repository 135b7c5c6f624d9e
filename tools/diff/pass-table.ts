/** What was found of every pass, as a table. */
import type { PassLine, PipelineCheck } from './pipeline-check.ts';

/** What the columns of the table say. */
export const passTableHeadings = ['pass', 'on', 'contract', 'verdict', 'runs', 'ms'] as const;

function verdictOf({ changed, exact, verdict }: PassLine): string {
  if (!verdict) return changed ? 'not compared' : 'unchanged';
  if (verdict.difference) return 'differs';
  if (verdict.compared === 0) return 'not compared';
  return !changed ? 'unchanged' : exact ? 'same values' : 'inside bound';
}

/** A row for the input and for every pass that ran, in order. */
export const passRows = ({ lines, firstRuns }: PipelineCheck): readonly (readonly string[])[] => [
  ['(input)', '', '', '', '', firstRuns.toFixed(0)],
  ...lines.map((line) => [
    line.pass,
    line.operation,
    line.exact ? 'exact' : 'bounded',
    verdictOf(line),
    String(line.verdict?.compared ?? ''),
    line.verdict ? line.verdict.milliseconds.toFixed(0) : '',
  ]),
];

/** A line for every pass that ran, in order. */
export function passTable(check: PipelineCheck): string {
  const rows = passRows(check);
  const widths = passTableHeadings.map((heading, at) =>
    Math.max(heading.length, ...rows.map((row) => (row[at] ?? '').length)),
  );
  const text = (row: readonly string[]): string =>
    `  ${row.map((cell, at) => (at < 4 ? cell.padEnd(widths[at] as number) : cell.padStart(widths[at] as number))).join('  ')}`.trimEnd();
  return `${[text(passTableHeadings), text(widths.map((width) => '-'.repeat(width))), ...rows.map(text)].join('\n')}\n`;
}
