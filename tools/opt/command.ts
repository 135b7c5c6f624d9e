/** `paleo-opt`: reads IR text, runs passes, prints IR; with mlir-opt's flags. */
import { Context, type Diagnostic, DiagnosticError, formatDiagnostic, type Operation, verify } from '../../ir/index.ts';
import { parseModule, type PrintOptions, printOperation, printPieces } from '../../ir/text/index.ts';
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
import { type CommandLine, UsageError, type WrittenOption } from '../cli/options.ts';
import { exitCode, type Sources, tool, type ToolStreams } from '../cli/tool.ts';
import { allDialects } from '../lists.ts';
import { defaultMarker, type InputPart, splitInput } from './split-input.ts';
import { timingReport } from './timing-report.ts';
import { DiagnosticVerifier, type VerifyMode } from './verify-diagnostics.ts';

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
  'mlir-pretty-debuginfo': { kind: 'flag', doc: 'print locations for the eye; they cannot be read back' },
  'mlir-print-local-scope': {
    kind: 'flag',
    doc: 'write attributes, types and locations where they stand, not by alias',
  },
  'mlir-print-unique-ssa-ids': { kind: 'flag', doc: 'use the number of a value once in the whole module' },
  'mlir-print-value-users': { kind: 'flag', doc: 'say in comments who reads each value' },
  'mlir-use-nameloc-as-prefix': { kind: 'flag', doc: 'call values by the names in their locations' },
  'mlir-print-skip-regions': { kind: 'flag', doc: 'print {...} instead of regions' },
  'mlir-elide-elementsattrs-if-larger': {
    kind: 'value',
    metavar: 'N',
    doc: 'leave out constants of more than N elements',
  },
  'mlir-elide-resource-strings-if-larger': {
    kind: 'value',
    metavar: 'N',
    doc: 'leave out resources of more than N characters',
  },
  'mlir-print-elementsattrs-with-hex-if-larger': {
    kind: 'value',
    metavar: 'N',
    doc: 'write constants of more than N elements as hexadecimal bytes; 100 unless given',
  },
  'mlir-print-ir-before-all': { kind: 'flag', doc: 'print the IR before every pass, to standard error' },
  'mlir-print-ir-after-all': { kind: 'flag', doc: 'print the IR after every pass, to standard error' },
  'mlir-print-ir-after-change': { kind: 'flag', doc: 'print the IR after every pass that changed it' },
  'mlir-print-ir-after-failure': { kind: 'flag', doc: 'print the IR after a pass that failed' },
  'mlir-timing': { kind: 'flag', doc: 'report how long every pass took, to standard error' },
  'verify-each': { kind: 'value', metavar: '0|1', doc: 'verify after every pass; 1 unless given' },
  'split-input-file': {
    kind: 'optional',
    metavar: 'MARKER',
    implied: defaultMarker,
    doc: "take the parts between lines that begin with MARKER ('// -----') as inputs of their own",
  },
  'output-split-marker': {
    kind: 'value',
    metavar: 'MARKER',
    doc: "what stands between the results of parts; '// -----'",
  },
  'verify-diagnostics': {
    kind: 'optional',
    metavar: 'all|only-expected',
    implied: 'all',
    doc: "compare the diagnostics with comments such as '// expected-error@+1 {{text}}'",
  },
  'no-implicit-module': { kind: 'flag', doc: 'the top level is one operation, which is not put into a module' },
  'dump-pass-pipeline': { kind: 'flag', doc: 'print the pipeline before it runs, to standard error' },
  'list-passes': { kind: 'flag', doc: 'list the passes with their knobs' },
  'show-dialects': { kind: 'flag', doc: 'list the dialects' },
} as const;

/** All passes, which are loaded when a command line speaks of them. */
const loadPasses = async (): Promise<readonly Pass[]> => (await import('../../lowering/passes.ts')).allPasses;

/** The pipeline that the command line asks for. */
async function pipelineOf(
  text: string | undefined,
  extras: readonly WrittenOption[],
  sources: Sources,
): Promise<Pipeline> {
  if (text !== undefined && extras.length > 0)
    throw new UsageError(`give passes by '--pass-pipeline' or one by one, not both: '--${extras[0]?.name}'`);
  if (text === undefined && extras.length === 0) return pipeline('any');
  const written = text ?? extras.map(({ name, value }) => (value ? `${name}{${value}}` : name)).join(',');
  const file = '<pipeline>';
  sources.add(file, pipelineLine(written, file)(file, 1) ?? written);
  return parsePipeline(written, await loadPasses(), { file });
}

function dump(when: string, one: Pass, root: Operation, streams: ToolStreams, print: PrintOptions): void {
  streams.err(`// -----// IR Dump ${when} ${one.name} //----- //\n${printOperation(root, print)}\n\n`);
}

type Given = CommandLine<typeof options>['options'];

/** The value of an option that is a number; undefined when it was not given. */
function count(given: Given, name: keyof Given & `mlir-${string}`): number | undefined {
  const value = given[name];
  if (typeof value !== 'string') return undefined;
  if (!/^\d+$/.test(value)) throw new UsageError(`option '--${name}' is '${value}', expected a number`);
  return Number(value);
}

function printOptionsOf(given: Given): PrintOptions {
  const elideLargerThan = count(given, 'mlir-elide-elementsattrs-if-larger');
  const elideResourcesLargerThan = count(given, 'mlir-elide-resource-strings-if-larger');
  const hexLargerThan = count(given, 'mlir-print-elementsattrs-with-hex-if-larger');
  return {
    generic: given['mlir-print-op-generic'],
    debugInfo: given['mlir-print-debuginfo'],
    prettyDebugInfo: given['mlir-pretty-debuginfo'],
    localScope: given['mlir-print-local-scope'],
    uniqueIds: given['mlir-print-unique-ssa-ids'],
    valueUsers: given['mlir-print-value-users'],
    nameLocations: given['mlir-use-nameloc-as-prefix'],
    skipRegions: given['mlir-print-skip-regions'],
    ...(elideLargerThan === undefined ? {} : { elideLargerThan }),
    ...(elideResourcesLargerThan === undefined ? {} : { elideResourcesLargerThan }),
    ...(hexLargerThan === undefined ? {} : { hexLargerThan }),
  };
}

function verifyModeOf(value: string | undefined): VerifyMode | undefined {
  if (value === undefined || value === 'all' || value === 'only-expected') return value;
  throw new UsageError(`option '--verify-diagnostics' is '${value}', expected all or only-expected`);
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
  extra: async () => ({ names: (await loadPasses()).map((one) => one.name), what: 'option or pass' }),
  notes: async () =>
    `passes (see --list-passes): ${(await loadPasses()).map((one) => one.name).join(', ')}\n\nFILE is - or nothing for standard input.\n\nexamples:\n  paleo-opt net.mlir --graph-to-tensorop --canonicalize\n  paleo-opt net.mlir --pass-pipeline='builtin.module(graph-to-tensorop,canonicalize{max-iterations=2})'`,
  async run({ options: given, files, extras }, streams, sources) {
    if (given['list-passes']) {
      streams.out(passList(await loadPasses()));
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
    const asked = await pipelineOf(given['pass-pipeline'], extras, sources);
    if (given['dump-pass-pipeline']) streams.err(`${printPipeline(asked)}\n`);
    const print = printOptionsOf(given);
    const verifyMode = verifyModeOf(given['verify-diagnostics']);
    const { name, bytes } = readInput(files, sources);
    const verifier = verifyMode && new DiagnosticVerifier(verifyMode, name);
    const reports: RunReport[] = [];
    const started = performance.now();
    const sourceLine = (file: string, line: number): string | undefined => sources.line(file, line);
    /** What comes of one part, and what is to be told of it. */
    const one = (part: InputPart, told: Diagnostic[]): readonly Uint8Array[] => {
      const context = new Context(allDialects, { allowUnregistered: given['allow-unregistered-dialect'] });
      const module = parseModule(part.bytes, context, {
        fileName: name,
        firstLine: part.firstLine,
        noImplicitModule: given['no-implicit-module'],
      });
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
      told.push(...report.remarks);
      return [...printPieces(module, print), newline];
    };
    const marker = given['split-input-file'];
    const parts = marker === undefined ? [{ bytes, firstLine: 1 }] : splitInput(bytes, marker);
    const pieces: Uint8Array[] = [];
    let failed = false;
    for (const [at, part] of parts.entries()) {
      if (at > 0) pieces.push(new TextEncoder().encode(`${given['output-split-marker'] ?? defaultMarker}\n`));
      const told: Diagnostic[] = [];
      try {
        for (const piece of one(part, told)) pieces.push(piece);
      } catch (error) {
        if (!(error instanceof DiagnosticError)) throw error;
        failed = true;
        told.push(...error.diagnostics);
      }
      if (verifier) verifier.check(new TextDecoder().decode(part.bytes), part.firstLine, told);
      else for (const diagnostic of told) streams.err(`${formatDiagnostic(diagnostic, sourceLine)}\n`);
    }
    if (given['mlir-timing']) streams.err(timingReport(reports, performance.now() - started));
    if (verifier) {
      const complaints = verifier.report(sourceLine);
      streams.err(complaints);
      failed = complaints !== '';
    }
    // One input that is refused has no result; of several, the others have theirs.
    if (!failed || parts.length > 1 || verifier) writeOutput(given.output, pieces, streams);
    return failed ? exitCode.diagnostic : exitCode.done;
  },
});

const newline = new TextEncoder().encode('\n');

function mustBeValid(module: Operation): void {
  const errors: readonly Diagnostic[] = verify(module);
  if (errors.length > 0) throw new DiagnosticError(errors);
}

function passList(passes: readonly Pass[]): string {
  const lines: string[] = [];
  for (const one of [...passes].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    lines.push(`--${one.name}`, `    ${one.summary}${one.exact === true ? '' : ` (not exact: ${one.exact.bound})`}`);
    for (const [name, knob] of Object.entries(one.knobs))
      lines.push(`      ${kebabCase(name)}=${String(knob.default)}  ${knob.doc}`);
  }
  return `${lines.join('\n')}\n`;
}
