/** One run of `paleo-opt` over an input: its parts, and what is told of them. */
import { Context, type Diagnostic, DiagnosticError, formatDiagnostic, type Operation, verify } from '../../ir/index.ts';
import { parseModule, printPieces } from '../../ir/text/index.ts';
import {
  type Pass,
  type Pipeline,
  printPipeline,
  type RunReport,
  runPipeline,
  type Settings,
} from '../../rewrite/index.ts';
import { ValueChanged } from '../diff/value-changed.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { writeOutput } from '../cli/files.ts';
import { exitCode, type Sources, type ToolStreams } from '../cli/tool.ts';
import type { Subject } from '../diff/replay.ts';
import { irDumps } from './ir-dumps.ts';
import { observersOf, type Observers } from './observers.ts';
import { pipelineOfReproducer, reproducerText, rulesOfReproducer, writeReproducer } from './reproducer.ts';
import type { OptRequest } from './request.ts';
import { type InputPart, splitInput } from './split-input.ts';
import { statisticsReport } from './statistics-report.ts';
import { type TimedPart, timingReport, timingTrace } from './timing-report.ts';
import { DiagnosticVerifier } from './verify-diagnostics.ts';

const newline = new TextEncoder().encode('\n');

/** Runs a request on an input. */
export class OptRun {
  private readonly request: OptRequest;
  private readonly streams: ToolStreams;
  private readonly sources: Sources;
  private readonly reports: RunReport[];
  private readonly parts: TimedPart[];
  private readonly observers: Observers;

  constructor(request: OptRequest, streams: ToolStreams, sources: Sources) {
    this.request = request;
    this.streams = streams;
    this.sources = sources;
    this.reports = [];
    this.parts = [];
    this.observers = observersOf(request.observe, (text) => streams.err(text));
  }

  /** Gives the exit code. */
  execute({ name, bytes }: { readonly name: string; readonly bytes: Uint8Array }): number {
    const { request, streams } = this;
    const started = performance.now();
    const verifier = request.verifyDiagnostics && new DiagnosticVerifier(request.verifyDiagnostics, name);
    const sourceLine = (file: string, line: number): string | undefined => this.sources.line(file, line);
    const parts = request.split === undefined ? [{ bytes, firstLine: 1 }] : splitInput(bytes, request.split);
    const pieces: Uint8Array[] = [];
    let failed = false;
    try {
      for (const [at, part] of parts.entries()) {
        if (at > 0) pieces.push(new TextEncoder().encode(`${request.outputMarker}\n`));
        const told: Diagnostic[] = [];
        let report = '';
        try {
          for (const piece of this.part(name, part, told)) pieces.push(piece);
        } catch (error) {
          if (!(error instanceof DiagnosticError)) throw error;
          failed = true;
          told.push(...error.diagnostics);
          if (error instanceof ValueChanged) report = error.report;
        }
        if (verifier) verifier.check(new TextDecoder().decode(part.bytes), part.firstLine, told);
        else for (const diagnostic of told) streams.err(`${formatDiagnostic(diagnostic, sourceLine)}\n`);
        if (report !== '' && !verifier) streams.err(report);
      }
    } finally {
      this.observers.close();
    }
    this.tell(performance.now() - started);
    if (verifier) {
      const complaints = verifier.report(sourceLine);
      streams.err(complaints);
      failed = complaints !== '';
    }
    // One input that is refused has no result; of several, the others have theirs.
    if (!failed || parts.length > 1 || verifier) writeOutput(request.output, pieces, streams);
    return failed ? exitCode.diagnostic : exitCode.done;
  }

  private timed<T>(name: string, body: () => T): T {
    const start = performance.now();
    const result = body();
    this.parts.push({ name, start, milliseconds: performance.now() - start });
    return result;
  }

  /** What comes of one part; `told` gets what is to be said of it. */
  private part(name: string, part: InputPart, told: Diagnostic[]): readonly Uint8Array[] {
    const { request } = this;
    const read = (): Operation =>
      parseModule(part.bytes, new Context(request.dialects, { allowUnregistered: request.allowUnregistered }), {
        fileName: name,
        firstLine: part.firstLine,
        noImplicitModule: request.noImplicitModule,
      });
    const module = this.timed('Parser', read);
    const { context } = module;
    this.timed('Verifier', () => mustBeValid(module));
    const brought = request.pipelineIn && rulesOfReproducer(context);
    // Rules of the command line may be those of a reproducer, mended.
    const rules = request.rules ?? brought;
    const asked = request.pipelineIn?.(pipelineOfReproducer(context, name), rules) ?? request.pipeline;
    if (request.dumpPipeline) this.streams.err(`${printPipeline(asked)}\n`);
    if (request.reproducer !== undefined) {
      const text = reproducerText(module, printPipeline(asked), { verifyEach: request.verifyEach, rules });
      this.streams.err(writeReproducer(request.reproducer, text));
    }
    const again = (): Operation => {
      const made = read();
      if (request.pipelineIn) {
        rulesOfReproducer(made.context);
        pipelineOfReproducer(made.context, name);
      }
      return made;
    };
    this.run(name, { pipeline: asked, module: again, rules }, module, told);
    for (const explainer of this.observers.explainers) this.streams.err(explainer.report(module));
    return this.timed('Output', () => [...printPieces(module, request.print), newline]);
  }

  private run(name: string, subject: Subject, module: Operation, told: Diagnostic[]): void {
    const { request, streams } = this;
    const { pipeline: asked, rules } = subject;
    const { verifyEach } = request;
    const dumps = request.dumps && irDumps(request.dumps, (text) => streams.err(text));
    const check = request.checkEach && this.timed('First runs', () => request.checkEach?.(subject, module));
    const crash = request.crashReproducer;
    /** What a reproducer of a crash would say, taken before the IR is changed. */
    let reproduction = crash && !crash.local ? reproducerText(module, printPipeline(asked), { verifyEach, rules }) : '';
    const before = (pass: Pass, root: Operation, settings: Settings): void => {
      dumps?.before?.(pass, root, settings);
      check?.before(pass);
      if (crash?.local) reproduction = reproducerText(module, pipelineFor(pass, root, asked), { verifyEach, rules });
    };
    try {
      const report = runPipeline(asked, module, {
        verify: request.verifyEach,
        check: request.checkPatterns ? true : undefined,
        observer: this.observers.observer,
        before,
        after: (pass, root, outcome) => {
          dumps?.after?.(pass, root, outcome);
          check?.after(pass, root, outcome);
        },
        output: (text) => streams.err(text),
      });
      this.reports.push(report);
      told.push(...report.remarks);
      if (check) streams.err(check.summary());
      if (check && request.report) streams.err(request.report({ check, subject, file: name }));
    } catch (error) {
      if (check?.finding && request.report && error instanceof ValueChanged)
        streams.err(request.report({ check, subject, file: name }));
      if (crash) streams.err(writeReproducer(crash.file, reproduction));
      throw error;
    }
  }

  /** The reports on times and statistics. */
  private tell(total: number): void {
    const { request, reports, parts, streams } = this;
    const timing = { reports, parts, total };
    if (request.timing !== undefined) streams.err(timingReport(timing, request.timing));
    if (request.trace !== undefined) writeAtomically(request.trace, timingTrace(timing));
    if (request.statistics !== undefined) streams.err(statisticsReport(reports, request.statistics));
  }
}

function mustBeValid(module: Operation): void {
  const errors: readonly Diagnostic[] = verify(module);
  if (errors.length > 0) throw new DiagnosticError(errors);
}

/** A pipeline of one pass, on operations like the one that it runs on. */
function pipelineFor(pass: Pass, root: Operation, asked: Pipeline): string {
  const settings = settingsOf(pass, asked);
  const around: string[] = [];
  for (let at: Operation | undefined = root; at; at = at.parentOperation) around.unshift(at.name);
  return `${around.join('(')}(${settings})${')'.repeat(around.length - 1)}`;
}

/** How the pass is written in the pipeline. */
function settingsOf(pass: Pass, { stages }: Pick<Pipeline, 'stages'>): string {
  for (const stage of stages) {
    if (stage.kind === 'nested') {
      const inner = settingsOf(pass, stage);
      if (inner !== '') return inner;
    } else if (stage.pass === pass) return printPipeline({ anchor: '', stages: [stage] }).slice(1, -1);
  }
  return '';
}
