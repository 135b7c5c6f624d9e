/** `paleo-diff`: what a program gives before and after every pass of a pipeline, or what two programs give. */
import { readFileSync } from 'node:fs';
import {
  Context,
  type Dialect,
  DiagnosticError,
  errorAt,
  fileLocation,
  formatDiagnostic,
  type Operation,
  verify,
} from '../../ir/index.ts';
import { parseModule } from '../../ir/text/index.ts';
import { parsePipeline, type Pass, pipelineLine, runPipeline } from '../../rewrite/index.ts';
import { UsageError } from '../cli/options.ts';
import { exitCode, type Sources, tool, type ToolStreams } from '../cli/tool.ts';
import { allDialects } from '../lists.ts';
import { loadExtension } from '../opt/extension.ts';
import { checkRequestOf } from './check-options.ts';
import { differenceText } from './finding-text.ts';
import { Judge, type JudgeOptions } from './judge.ts';
import { checkOptionSpecs } from './option-specs.ts';
import { PipelineCheck } from './pipeline-check.ts';
import { passTable } from './pass-table.ts';
import { ValueChanged } from './value-changed.ts';

const options = {
  'pass-pipeline': { kind: 'value', metavar: 'TEXT', doc: 'what runs on the program' },
  'allow-unregistered-dialect': { kind: 'flag', doc: 'accept operations of dialects that are not known' },
  load: { kind: 'list', metavar: 'MODULE', doc: 'an ES module with further dialects and passes' },
  ...checkOptionSpecs,
} as const;

interface Reading {
  readonly dialects: readonly Dialect[];
  readonly allowUnregistered: boolean;
}

/** Reads a file as a valid module; every call makes it anew. */
function reader(file: string, sources: Sources, { dialects, allowUnregistered }: Reading): () => Operation {
  const bytes = readFileSync(file);
  sources.add(file, bytes);
  return () => {
    const module = parseModule(bytes, new Context(dialects, { allowUnregistered }), { fileName: file });
    const errors = verify(module);
    if (errors.length > 0) throw new DiagnosticError(errors);
    return module;
  };
}

/** Two modules as one that a pass has made of the other. */
function compareModules(a: Operation, b: Operation, file: string, judging: JudgeOptions, streams: ToolStreams): number {
  const judge = new Judge(a, judging);
  if (judge.comparable === 0)
    throw new DiagnosticError([errorAt(fileLocation(file, 1, 1), `nothing can be compared: ${judge.reason}`)]);
  const { difference, compared, skipped } = judge.judge({ exact: true, lacks: undefined }, b);
  if (difference) {
    streams.out(`they differ: ${differenceText(difference)}\n`);
    return exitCode.diagnostic;
  }
  streams.out(`they give the same in ${compared} runs${skipped > 0 ? `, ${skipped} were left out` : ''}\n`);
  return exitCode.done;
}

/** The command. */
export const paleoDiff = tool({
  name: 'paleo-diff',
  summary: 'runs a program before and after every pass, or two programs, and compares what they give',
  usage: [
    "paleo-diff FILE --pass-pipeline='builtin.module(…)'",
    'paleo-diff BEFORE AFTER',
    'paleo-diff rules [FILE.rules …]',
  ],
  options,
  notes: 'Ends with 1 when values differ. The same check while compiling is `paleo-opt --check-each`.',
  async run({ options: given, files }, streams, sources) {
    const [file, other, ...more] = files;
    const written = given['pass-pipeline'];
    if (file === undefined || more.length > 0 || (other === undefined) === (written === undefined))
      throw new UsageError("takes one file with '--pass-pipeline', or two files");
    const extensions = await Promise.all(given.load.map(loadExtension));
    const dialects = [...allDialects, ...extensions.flatMap((one) => one.dialects)];
    const request = checkRequestOf(given, dialects);
    const reading = { dialects, allowUnregistered: given['allow-unregistered-dialect'] };
    const module = reader(file, sources, reading);
    if (other !== undefined && given.report !== undefined)
      throw new UsageError("option '--report' takes '--pass-pipeline': the page is about its passes");
    if (other !== undefined)
      return compareModules(module(), reader(other, sources, reading)(), file, request.judging, streams);
    sources.add('<pipeline>', pipelineLine(written ?? '')('<pipeline>', 1) ?? written ?? '');
    const { allPasses } = await import('../../lowering/passes.ts');
    const passes: readonly Pass[] = [...allPasses, ...extensions.flatMap((one) => one.passes)];
    const pipeline = parsePipeline(written ?? '', passes, { file: '<pipeline>' });
    const root = module();
    const subject = { module, pipeline };
    const check = new PipelineCheck(subject, root, request);
    const report = async (): Promise<string> => {
      if (given.report === undefined) return '';
      const { writeReport } = await import('../report/write-report.ts');
      return writeReport(given.report, { check, subject, file });
    };
    try {
      runPipeline(pipeline, root, {
        before: (pass) => check.before(pass),
        after: (pass, on, outcome) => check.after(pass, on, outcome),
      });
    } catch (error) {
      if (!(error instanceof ValueChanged)) throw error;
      streams.out(passTable(check));
      for (const diagnostic of error.diagnostics)
        streams.err(`${formatDiagnostic(diagnostic, (name, line) => sources.line(name, line))}\n`);
      streams.out(error.report);
      streams.err(await report());
      return exitCode.diagnostic;
    }
    streams.out(`${passTable(check)}${check.summary()}`);
    streams.err(await report());
    return exitCode.done;
  },
});
