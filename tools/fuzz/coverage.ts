/** What a campaign has reached: operations, their types, the passes that they went through, and the rules that rewrote them. */
import type { Operation, Type } from '../../ir/index.ts';

/** One thing that was reached; `rule` is empty where a pass saw an operation and no rule was applied. */
export interface Seen {
  readonly op: string;
  readonly type: string;
  readonly pass: string;
  readonly rule: string;
}

/** What there is to reach. */
export interface Universe {
  readonly ops: readonly string[];
  readonly passes: readonly string[];
  readonly rules: readonly string[];
}

/** A thing that was reached, and how often, in a form for messages and files. */
export type CoverageRow = readonly [op: string, type: string, pass: string, rule: string, count: number];

const between = '\t';

/** Counts by operation, type, pass and rule. */
export class CampaignCoverage {
  private readonly counts: Map<string, number>;

  constructor(rows: readonly CoverageRow[] = []) {
    this.counts = new Map();
    this.merge(rows);
  }

  add({ op, type, pass, rule }: Seen, by = 1): void {
    const key = [op, type, pass, rule].join(between);
    this.counts.set(key, (this.counts.get(key) ?? 0) + by);
  }

  merge(rows: readonly CoverageRow[]): void {
    for (const [op, type, pass, rule, count] of rows) this.add({ op, type, pass, rule }, count);
  }

  /** All counts. */
  rows(): readonly CoverageRow[] {
    return [...this.counts].map(([key, count]) => {
      const [op = '', type = '', pass = '', rule = ''] = key.split(between);
      return [op, type, pass, rule, count];
    });
  }

  /** All counts, which begin again at nothing. */
  take(): readonly CoverageRow[] {
    const rows = this.rows();
    this.counts.clear();
    return rows;
  }
}

const elementName = (type: Type): string =>
  'element' in type && typeof type.element === 'object' ? `${type.kind} of ${(type.element as Type).text}` : type.text;

/** The type that an operation works on: that of its first result or else operand, without extents. */
export function typeOf(operation: Operation): string {
  const type = operation.results[0]?.type ?? operation.operands[0]?.type;
  return type ? elementName(type) : 'none';
}

/** Counts the operations of a module as seen by `pass`. */
export function addOperations(coverage: CampaignCoverage, module: Operation, pass: string): void {
  module.walk((operation) => {
    coverage.add({ op: operation.name, type: typeOf(operation), pass, rule: '' });
  });
}
