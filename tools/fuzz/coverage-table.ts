/** CampaignCoverage as tables in Markdown, and in a few words. */
import type { CoverageRow, Universe } from './coverage.ts';

const column = { op: 0, type: 1, pass: 2, rule: 3 } as const;
type Column = (typeof column)[keyof typeof column];

/** Of the names that there are, how many were reached, and which were not. */
function reached(names: readonly string[], rows: readonly CoverageRow[], at: Column): readonly string[] {
  const found = new Set(rows.map((row) => row[at]));
  return names.filter((name) => !found.has(name));
}

/** `ops 61/74, rules 33/41`. */
export function coverageSummary(rows: readonly CoverageRow[], { ops, passes, rules }: Universe): string {
  const part = (what: string, names: readonly string[], at: Column): readonly string[] =>
    names.length === 0 ? [] : [`${what} ${names.length - reached(names, rows, at).length}/${names.length}`];
  return [
    ...part('ops', ops, column.op),
    ...part('passes', passes, column.pass),
    ...part('rules', rules, column.rule),
  ].join(', ');
}

/** Counts by two columns. */
function crossed(rows: readonly CoverageRow[], down: Column, across: Column): ReadonlyMap<string, Map<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  for (const row of rows) {
    const line = counts.get(row[down]) ?? new Map<string, number>();
    counts.set(row[down], line);
    line.set(row[across], (line.get(row[across]) ?? 0) + row[4]);
  }
  return counts;
}

const sorted = (names: Iterable<string>): readonly string[] => [...names].sort((a, b) => (a < b ? -1 : 1));

function table(
  title: readonly [down: string, across: string],
  counts: ReadonlyMap<string, ReadonlyMap<string, number>>,
  names: readonly string[] = [],
): string {
  const across = sorted(new Set([...counts.values()].flatMap((line) => [...line.keys()])));
  const cells = (line: ReadonlyMap<string, number> | undefined): readonly string[] =>
    across.map((name) => String(line?.get(name) ?? ''));
  return [
    `## ${title[0]} × ${title[1]}`,
    `| | ${across.join(' | ')} |`,
    `| --- |${' ---: |'.repeat(across.length)}`,
    ...sorted(new Set([...names, ...counts.keys()])).map(
      (name) => `| ${name} | ${cells(counts.get(name)).join(' | ')} |`,
    ),
    '',
  ].join('\n');
}

/** Operations by type, operations by pass, rules by pass and by type, and what was not reached at all. */
export function coverageTables(rows: readonly CoverageRow[], universe: Universe): string {
  const seen = rows.filter((row) => row[column.rule] === '');
  const applied = rows.filter((row) => row[column.rule] !== '');
  const missing = [
    ...reached(universe.ops, rows, column.op).map((name) => `- operation \`${name}\``),
    ...reached(universe.passes, rows, column.pass).map((name) => `- pass \`${name}\``),
    ...reached(universe.rules, rows, column.rule).map((name) => `- rule \`${name}\``),
  ];
  return [
    table(['operations', 'types'], crossed(seen, column.op, column.type), universe.ops),
    table(['operations', 'passes'], crossed(seen, column.op, column.pass), universe.ops),
    ...(applied.length > 0 || universe.rules.length > 0
      ? [
          table(['rules', 'passes'], crossed(applied, column.rule, column.pass), universe.rules),
          table(['rules', 'types'], crossed(applied, column.rule, column.type), universe.rules),
        ]
      : []),
    ...(missing.length > 0 ? ['## not reached', ...missing, ''] : []),
  ].join('\n');
}
