/** What a campaign has come to, in memory: it grows while workers tell, and is what a later run goes on from. */
import type { Failure } from './campaign.ts';
import { CampaignCoverage, type CoverageRow } from './coverage.ts';

/** One finding with the smallest input that shows it. */
export interface Finding {
  readonly failure: Failure;
  /** The case that showed it first. */
  readonly number: number;
  readonly input: Uint8Array;
  /** Whether all was done to make the input smaller. */
  readonly final: boolean;
}

/** Cases from `low` up to `high`, which is not among them; those in `skip` are known to hang. */
export interface Order {
  readonly low: number;
  readonly high: number;
  readonly skip: readonly number[];
}

/** Counts of some cases. */
export interface Counts {
  /** How many cases had each outcome. */
  readonly outcomes: readonly (readonly [string, number])[];
  /** How many cases showed each finding, by key. */
  readonly findings: readonly (readonly [string, number])[];
  readonly coverage: readonly CoverageRow[];
}

/** A campaign at some moment, as it is kept in a file. */
export interface Snapshot extends Counts {
  readonly from: number;
  /** No case from this one on was handed out. */
  readonly next: number;
  /** Cases before `next` that are not done. */
  readonly pending: readonly Order[];
  readonly done: number;
  /** Of all runs together. */
  readonly seconds: number;
  readonly inputs: readonly Finding[];
}

const add = (counts: Map<string, number>, key: string, by: number): void =>
  void counts.set(key, (counts.get(key) ?? 0) + by);

/** Everything that is known of a campaign so far, apart from what workers are doing. */
export class Progress {
  readonly from: number;
  readonly outcomes: Map<string, number>;
  /** Cases by the keys of findings. */
  readonly cases: Map<string, number>;
  readonly findings: Map<string, Finding>;
  readonly coverage: CampaignCoverage;
  readonly earlierSeconds: number;
  done: number;
  private next: number;
  private readonly left: Order[];

  /** A campaign that begins with case `from`, or goes on. */
  constructor(start: number | Snapshot) {
    const known = typeof start === 'number' ? undefined : start;
    this.from = typeof start === 'number' ? start : start.from;
    this.outcomes = new Map(known?.outcomes);
    this.cases = new Map(known?.findings);
    this.findings = new Map(known?.inputs.map((finding) => [finding.failure.key, finding]));
    this.coverage = new CampaignCoverage(known?.coverage);
    this.earlierSeconds = known?.seconds ?? 0;
    this.done = known?.done ?? 0;
    this.next = known?.next ?? this.from;
    this.left = [...(known?.pending ?? [])];
  }

  /** The next cases to do before case `to`, at most `size` of them. */
  take(size: number, to: number): Order | undefined {
    const left = this.left.shift();
    if (left) return left;
    if (this.next >= to) return undefined;
    const low = this.next;
    this.next = Math.min(low + size, to);
    return { low, high: this.next, skip: [] };
  }

  /** Counts cases that are done. */
  count(cases: number, { outcomes, findings, coverage }: Counts): void {
    this.done += cases;
    for (const [kind, count] of outcomes) add(this.outcomes, kind, count);
    for (const [key, count] of findings) add(this.cases, key, count);
    this.coverage.merge(coverage);
  }

  /** Remembers the input of a finding, if it is the first or the smallest; gives what is remembered now, when that is new. */
  found(finding: Finding): Finding | undefined {
    const { key } = finding.failure;
    const before = this.findings.get(key);
    if (before && (before.final || !finding.final) && before.input.length <= finding.input.length) return undefined;
    const now = { ...finding, number: before?.number ?? finding.number };
    this.findings.set(key, now);
    return now;
  }

  /** The keys of findings for which nothing is left to do. */
  known(): readonly string[] {
    return [...this.findings].filter(([, { final }]) => final).map(([key]) => key);
  }

  /** What there is, when `running` are being done. */
  snapshot(running: readonly Order[], seconds: number): Snapshot {
    return {
      from: this.from,
      next: this.next,
      pending: [...running, ...this.left].filter(({ low, high }) => low < high),
      done: this.done,
      seconds: this.earlierSeconds + seconds,
      outcomes: [...this.outcomes],
      findings: [...this.cases],
      coverage: this.coverage.rows(),
      inputs: [...this.findings.values()],
    };
  }
}
