/** Checking a pipeline while it runs: a hook after every pass, and what is told in the end. */
import { clone, type Dialect, type Location, type Operation } from '../../ir/index.ts';
import type { Pass, PassOutcome } from '../../rewrite/index.ts';
import type { Reduction } from '../../rewrite/reduction.ts';
import type { InputList } from '../check/inputs.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { findCause, type Finding } from './finding.ts';
import { differenceText, findingText } from './finding-text.ts';
import { type Difference, Judge, type JudgeOptions, type Verdict } from './judge.ts';
import type { Subject } from './replay.ts';
import { savedCommand, savedText } from './saved.ts';
import { ValueChanged } from './value-changed.ts';

/** What is asked of a check. */
export interface CheckRequest {
  readonly judging: JudgeOptions;
  readonly dialects: readonly Dialect[];
  readonly reductions: readonly Reduction[];
  /** What making a program smaller may take, in milliseconds. */
  readonly reduceFor: number;
  /** Where a program that shows a difference is written. */
  readonly save: string | undefined;
  /** What was asked beyond what is usual, as options. */
  readonly asked: readonly string[];
}

/** What was found of one pass run. */
export interface PassLine {
  readonly pass: string;
  readonly operation: string;
  readonly changed: boolean;
  readonly exact: boolean;
  readonly verdict: Verdict | undefined;
}

/** A function with what it is given. */
export interface ShownInput {
  readonly entry: string;
  readonly input: InputList;
}

/** One run of a pipeline under check. */
export class PipelineCheck {
  readonly lines: PassLine[];
  readonly judge: Judge;
  /** How long the first runs took, before any pass. */
  readonly firstRuns: number;
  finding: Finding | undefined;
  private readonly subject: Subject;
  private readonly module: Operation;
  private readonly request: CheckRequest;
  /** The module before a bounded pass. */
  private earlier: Operation | undefined;

  /** `module` is what the pipeline will run on; `subject` makes the same again. */
  constructor(subject: Subject, module: Operation, request: CheckRequest) {
    const start = performance.now();
    this.judge = new Judge(module, request.judging);
    this.firstRuns = performance.now() - start;
    this.subject = subject;
    this.module = module;
    this.request = request;
    this.lines = [];
  }

  /** To be called before every pass. */
  before(pass: Pass): void {
    this.earlier = pass.exact === true ? undefined : clone(this.module);
  }

  /** To be called after every pass; throws `ValueChanged` when it changed what the module gives. */
  after(pass: Pass, root: Operation, { changed, failed }: PassOutcome): void {
    const { name } = root.isErased ? this.module : root;
    const exact = pass.exact === true;
    if (failed) return;
    const verdict = changed || pass.lacks ? this.judge.judge(pass, this.module, root, this.earlier) : undefined;
    this.lines.push({ pass: pass.name, operation: name, changed, exact, verdict });
    if (verdict?.difference) throw this.explained(verdict.difference, pass);
  }

  private explained(difference: Difference, pass: Pass): ValueChanged {
    const { request, subject, lines, module } = this;
    this.finding = findCause(subject, lines.length, difference, request);
    const { finding } = this;
    const at: Location = finding?.firstDifferent?.location ?? module.location;
    let report = finding ? findingText(finding) : `${differenceText(difference)}\n`;
    if (request.save !== undefined && finding) report += this.saved(finding, request.save);
    const message = `pass '${pass.name}' changes what the program gives: ${differenceText(difference)}`;
    return new ValueChanged(at, message, report);
  }

  /** A finding as a file that shows it by itself. */
  reproducerOf(finding: Finding): string {
    return savedText(finding, this.request, this.subject.rules);
  }

  /** Writes a finding to a file and says so; what was found is told also when that cannot be done. */
  private saved(finding: Finding, file: string): string {
    try {
      writeAtomically(file, this.reproducerOf(finding));
    } catch (error) {
      return `the reduced program is not saved: ${error instanceof Error ? error.message : String(error)}\n`;
    }
    return `the reduced program is in ${file}; run it with '${savedCommand(this.request.asked)} ${file}'\n`;
  }

  /** What the program is shown on: the input on which it went wrong, or else the first one. */
  get shownInput(): ShownInput | undefined {
    const { difference } = this.finding ?? {};
    const shown = difference ?? this.judge.example;
    return shown && { entry: shown.entry, input: shown.input };
  }

  /** One line on what was compared, and what not. */
  summary(): string {
    const { lines, judge } = this;
    if (judge.comparable === 0) return `check-each: nothing was compared: ${judge.reason}\n`;
    const sum = (of: (verdict: Verdict) => number): number =>
      lines.reduce((all, { verdict }) => all + (verdict ? of(verdict) : 0), 0);
    const skipped = sum((verdict) => verdict.skipped);
    const unbounded = sum((verdict) => verdict.unbounded);
    const reason = lines.find(({ verdict }) => verdict?.reason !== undefined)?.verdict?.reason;
    return (
      `check-each: ${lines.length} ${lines.length === 1 ? 'pass' : 'passes'}, ${lines.filter(({ changed }) => changed).length} of them changed the IR; ` +
      `${sum((verdict) => verdict.compared)} runs compared` +
      `${skipped > 0 ? `, ${skipped} left out: ${reason}` : ''}` +
      `${unbounded > 0 ? `; ${unbounded} elements have no finite bound` : ''}\n`
    );
  }
}
