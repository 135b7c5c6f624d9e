/** How long every pass took: as a tree by pipeline, as a list, or as a trace for a browser. */
import type { PassRun, RunReport } from '../../rewrite/index.ts';

/** A part of the whole run that is no pass, such as reading. */
export interface TimedPart {
  readonly name: string;
  readonly start: number;
  readonly milliseconds: number;
}

/** What was measured. */
export interface Timing {
  readonly reports: readonly RunReport[];
  readonly parts: readonly TimedPart[];
  /** Milliseconds from the first reading to the last writing. */
  readonly total: number;
}

interface Row {
  readonly name: string;
  milliseconds: number;
  readonly rows: Map<string, Row>;
}
const row = (name: string): Row => ({ name, milliseconds: 0, rows: new Map() });

function add(into: Row, path: readonly string[], milliseconds: number): void {
  let at = into;
  for (const name of path) {
    const inner = at.rows.get(name) ?? row(name);
    at.rows.set(name, inner);
    at = inner;
    at.milliseconds += milliseconds;
  }
}

const runsOf = ({ reports }: Timing): readonly PassRun[] => reports.flatMap(({ runs }) => runs);

/** The table in upstream's form; `tree` shows pipelines around their passes. */
export function timingReport(timing: Timing, display: 'tree' | 'list'): string {
  const all = row('');
  for (const { name, milliseconds } of timing.parts) add(all, [name], milliseconds);
  for (const run of runsOf(timing)) {
    const around = display === 'tree' ? run.path.slice(1).map((anchor) => `'${anchor}' Pipeline`) : [];
    add(all, [...around, run.pass], run.milliseconds);
    if (run.verifying > 0) add(all, [...around, '(verifier)'], run.verifying);
  }
  const told = [...all.rows.values()].reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const line = (milliseconds: number, name: string, depth: number): string => {
    const share = timing.total > 0 ? (100 * milliseconds) / timing.total : 0;
    return `  ${(milliseconds / 1000).toFixed(4).padStart(8)} (${share.toFixed(1).padStart(5)}%)  ${'  '.repeat(depth)}${name}`;
  };
  const lines = (of: Row, depth: number): readonly string[] => {
    const rows = [...of.rows.values()];
    if (display === 'list') rows.sort((a, b) => b.milliseconds - a.milliseconds);
    return rows.flatMap((one) => [line(one.milliseconds, one.name, depth), ...lines(one, depth + 1)]);
  };
  const bar = `===${'-'.repeat(73)}===`;
  return [
    bar,
    '                         ... Execution time report ...',
    bar,
    `  Total Execution Time: ${(timing.total / 1000).toFixed(4)} seconds`,
    '',
    '  ----Wall Time----  ----Name----',
    ...lines(all, 0),
    line(Math.max(0, timing.total - told), 'Rest', 0),
    line(timing.total, 'Total', 0),
    '',
  ].join('\n');
}

/** The times in the Trace Event Format, which chrome://tracing and Perfetto show. */
export function timingTrace(timing: Timing): string {
  const event = (name: string, category: string, start: number, milliseconds: number, args: object): object => ({
    name,
    cat: category,
    ph: 'X',
    ts: Math.round(start * 1000),
    dur: Math.round(milliseconds * 1000),
    pid: 1,
    tid: 1,
    args,
  });
  return `${JSON.stringify({
    displayTimeUnit: 'ms',
    traceEvents: [
      ...timing.parts.map(({ name, start, milliseconds }) => event(name, 'part', start, milliseconds, {})),
      ...runsOf(timing).flatMap((run) => [
        event(run.pass, 'pass', run.start, run.milliseconds, {
          operation: run.operation,
          pipeline: run.path.join(' > '),
          changed: run.changed,
          ...Object.fromEntries(run.statistics),
        }),
        ...(run.verifying > 0
          ? [event('(verifier)', 'verifier', run.start + run.milliseconds, run.verifying, { operation: run.operation })]
          : []),
      ]),
    ],
  })}\n`;
}
