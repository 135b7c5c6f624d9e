/** `paleo-opt`: reads IR text, runs passes, prints IR; with mlir-opt's flags. */
import { Context, type Diagnostic, DiagnosticError, formatDiagnostic, type Operation, verify } from '../../ir/index.ts';
import { parseModule, type PrintOptions, printOperation } from '../../ir/text/index.ts';
import { allPasses } from '../../lowering/passes.ts';
import {
  kebabCase,
  parsePipeline,
  type Pass,
  type Pipeline,
  pipeline,
  pipelineLine,
  printPipeline,
  type RunReport,
  runPipeline,
} from '../../rewrite/index.ts';
import { readInput, writeOutput } from '../cli/files.ts';
import { UsageError, type WrittenOption } from '../cli/options.ts';
import { exitCode, type Sources, tool, type ToolStreams } from '../cli/tool.ts';
import { allDialects } from '../lists.ts';
import { timingReport } from './timing-report.ts';

const options = {
  output: { kind: 'value', short: 'o', metavar: 'FILE', doc: 'write the result to FILE, whole or not at all' },
  'pass-pipeline': {
    kind: 'value',
    metavar: 'TEXT',
    doc: "passes to run, e.g. 'builtin.module(func.func(canonicalize,cse))'",
  },
  'allow-unregistered-dialect': { kind: 'flag', doc: 'accept operations of dialects that are not known' },
  'mlir-print-op-generic': { kind: 'flag', doc: 'print the generic form' },
  'mlir-print-debuginfo': { kind: 'flag', doc: 'print locations' },
  'mlir-elide-elementsattrs-if-larger': {
    kind: 'value',
    metavar: 'N',
    doc: 'leave out constants of more than N elements',
  },
  'mlir-print-ir-before-all': { kind: 'flag', doc: 'print the IR before every pass, to standard error' },
  'mlir-print-ir-after-all': { kind: 'flag', doc: 'print the IR after every pass, to standard error' },
  'mlir-print-ir-after-change': { kind: 'flag', doc: 'print the IR after every pass that changed it' },
  'mlir-print-ir-after-failure': { kind: 'flag', doc: 'print the IR after a pass that failed' },
  'mlir-timing': { kind: 'flag', doc: 'report how long every pass took, to standard error' },
  'verify-each': { kind: 'value', metavar: '0|1', doc: 'verify after every pass; 1 unless given' },
  'split-input-file': { kind: 'flag', doc: "take the parts between '// -----' lines as inputs of their own" },
  'dump-pass-pipeline': { kind: 'flag', doc: 'print the pipeline before it runs, to standard error' },
  'list-passes': { kind: 'flag', doc: 'list the passes with their knobs' },
  'show-dialects': { kind: 'flag', doc: 'list the dialects' },
} as const;

const passNames = allPasses.map((one) => one.name);

/** The pipeline that the command line asks for. */
function pipelineOf(text: string | undefined, extras: readonly WrittenOption[], sources: Sources): Pipeline {
  if (text !== undefined && extras.length > 0)
    throw new UsageError(`give passes by '--pass-pipeline' or one by one, not both: '--${extras[0]?.name}'`);
  if (text === undefined && extras.length === 0) return pipeline('any');
  const written = text ?? extras.map(({ name, value }) => (value ? `${name}{${value}}` : name)).join(',');
  const file = '<pipeline>';
  sources.add(file, pipelineLine(written, file)(file, 1) ?? written);
  return parsePipeline(written, allPasses, { file });
}

function dump(when: string, one: Pass, root: Operation, streams: ToolStreams, print: PrintOptions): void {
  streams.err(`// -----// IR Dump ${when} ${one.name} //----- //\n${printOperation(root, print)}\n\n`);
}

/** The command. */
export const paleoOpt = tool({
  name: 'paleo-opt',
  summary: 'reads IR text, runs passes over it, prints the result',
  usage: [
    'paleo-opt [FILE] [--PASS[=KNOBS] …] [-o FILE]',
    "paleo-opt [FILE] --pass-pipeline='builtin.module(…)' [-o FILE]",
  ],
  options,
  extra: { names: passNames, what: 'option or pass' },
  notes: `passes (see --list-passes): ${passNames.join(', ')}\n\nFILE is - or nothing for standard input.\n\nexamples:\n  paleo-opt net.mlir --graph-to-tensorop --canonicalize\n  paleo-opt net.mlir --pass-pipeline='builtin.module(graph-to-tensorop,canonicalize{max-iterations=2})'`,
  run({ options: given, files, extras }, streams, sources) {
    if (given['list-passes']) {
      streams.out(passList());
      return exitCode.done;
    }
    if (given['show-dialects']) {
      streams.out(
        `Available Dialects: ${allDialects
          .map((one) => one.name)
          .sort()
          .join(',')}\n`,
      );
      return exitCode.done;
    }
    const asked = pipelineOf(given['pass-pipeline'], extras, sources);
    if (given['dump-pass-pipeline']) streams.err(`${printPipeline(asked)}\n`);
    const { name, bytes } = readInput(files, sources);
    const limit = given['mlir-elide-elementsattrs-if-larger'];
    if (limit !== undefined && !/^\d+$/.test(limit))
      throw new UsageError(
        `option '--mlir-elide-elementsattrs-if-larger' is '${limit}', expected a number of elements`,
      );
    const print: PrintOptions = {
      generic: given['mlir-print-op-generic'],
      debugInfo: given['mlir-print-debuginfo'],
      ...(limit === undefined ? {} : { elideLargerThan: Number(limit) }),
    };
    const reports: RunReport[] = [];
    const started = performance.now();
    const one = (text: Uint8Array): string => {
      const context = new Context(allDialects, { allowUnregistered: given['allow-unregistered-dialect'] });
      const module = parseModule(text, context, { fileName: name });
      mustBeValid(module);
      const before = given['mlir-print-ir-before-all'];
      const after = given['mlir-print-ir-after-all'];
      const afterChange = given['mlir-print-ir-after-change'];
      const report = runPipeline(asked, module, {
        verify: given['verify-each'] !== '0' && given['verify-each'] !== 'false',
        before: before ? (pass, root) => dump('Before', pass, root, streams, print) : undefined,
        after: (pass, root, changed) => {
          if (after || (afterChange && changed)) dump('After', pass, root, streams, print);
        },
      });
      reports.push(report);
      for (const remark of report.remarks)
        streams.err(`${formatDiagnostic(remark, (file, line) => sources.line(file, line))}\n`);
      return `${printOperation(module, print)}\n`;
    };
    const { text, failed } = given['split-input-file']
      ? splitInput(bytes, one, streams, sources)
      : { text: one(bytes), failed: false };
    if (given['mlir-timing']) streams.err(timingReport(reports, performance.now() - started));
    writeOutput(given.output, text, streams);
    return failed ? exitCode.diagnostic : exitCode.done;
  },
});

function mustBeValid(module: Operation): void {
  const errors: readonly Diagnostic[] = verify(module);
  if (errors.length > 0) throw new DiagnosticError(errors);
}

/** Runs every part by itself; a part that fails prints nothing, the others go on. */
function splitInput(
  bytes: Uint8Array,
  one: (text: Uint8Array) => string,
  streams: ToolStreams,
  sources: Sources,
): { readonly text: string; readonly failed: boolean } {
  const decoded = new TextDecoder().decode(bytes);
  const outputs: string[] = [];
  let failed = false;
  let linesBefore = 0;
  for (const part of decoded.split(/^\/\/ -----[ \t]*$/m)) {
    try {
      // Empty lines ahead keep the places of the whole file.
      outputs.push(one(new TextEncoder().encode('\n'.repeat(linesBefore) + part)));
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      failed = true;
      for (const diagnostic of error.diagnostics)
        streams.err(`${formatDiagnostic(diagnostic, (file, line) => sources.line(file, line))}\n`);
    }
    linesBefore += part.split('\n').length - 1;
  }
  return { text: outputs.join('// -----\n'), failed };
}

function passList(): string {
  const lines: string[] = [];
  for (const one of [...allPasses].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    lines.push(`--${one.name}`, `    ${one.summary}${one.exact === true ? '' : ` (not exact: ${one.exact.bound})`}`);
    for (const [name, knob] of Object.entries(one.knobs))
      lines.push(`      ${kebabCase(name)}=${String(knob.default)}  ${knob.doc}`);
  }
  return `${lines.join('\n')}\n`;
}
