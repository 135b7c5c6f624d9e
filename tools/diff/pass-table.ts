/** What was found of every pass, as a table. */
import type { PassLine, PipelineCheck } from './pipeline-check.ts';

const headings = ['pass', 'on', 'contract', 'verdict', 'runs', 'ms'] as const;

function verdictOf({ changed, exact, verdict }: PassLine): string {
  if (!verdict) return changed ? 'not compared' : 'unchanged';
  if (verdict.difference) return 'differs';
  if (verdict.compared === 0) return 'not compared';
  return !changed ? 'unchanged' : exact ? 'same values' : 'inside bound';
}

/** A line for every pass that ran, in order. */
export function passTable({ lines, firstRuns }: PipelineCheck): string {
  const rows: (readonly string[])[] = [
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
  const widths = headings.map((heading, at) => Math.max(heading.length, ...rows.map((row) => (row[at] ?? '').length)));
  const text = (row: readonly string[]): string =>
    `  ${row.map((cell, at) => (at < 4 ? cell.padEnd(widths[at] as number) : cell.padStart(widths[at] as number))).join('  ')}`.trimEnd();
  return `${[text(headings), text(widths.map((width) => '-'.repeat(width))), ...rows.map(text)].join('\n')}\n`;
}
