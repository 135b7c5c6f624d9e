/** `paleo-opt`: reads IR text, runs passes, prints IR; with mlir-opt's flags. */
import type { Dialect } from '../../ir/index.ts';
import type { PrintOptions } from '../../ir/text/index.ts';
import {
  kebabCase,
  parsePipeline,
  type Pass,
  passesOf,
  type Pipeline,
  pipeline,
  pipelineLine,
  stage,
} from '../../rewrite/index.ts';
import { readInput } from '../cli/files.ts';
import { type CommandLine, UsageError, type WrittenOption } from '../cli/options.ts';
import { exitCode, type Sources, tool } from '../cli/tool.ts';
import { allDialects } from '../lists.ts';
import { loadExtension } from './extension.ts';
import { type DumpOptions, dumpsAnything } from './ir-dumps.ts';
import { OptRun } from './opt-run.ts';
import { optOptions } from './options.ts';
import type { OptRequest } from './request.ts';
import { defaultMarker } from './split-input.ts';
import type { VerifyMode } from './verify-diagnostics.ts';

/** The pass that applies rules. */
const rulePassName = 'apply-rules';

/** What can be run: our own, loaded when a command line speaks of it, and what the user's modules add. */
interface Registry {
  readonly dialects: readonly Dialect[];
  /** The rules that were given, which the pass `apply-rules` applies. */
  readonly rules: RuleFiles | undefined;
  passes(): Promise<readonly Pass[]>;
}

/** The files of rules that were given, and which of their groups. */
interface RuleFiles {
  readonly files: readonly string[];
  readonly groups: readonly string[];
}
const noRules: RuleFiles = { files: [], groups: [] };

async function registryOf(
  modules: readonly string[],
  rules: RuleFiles = noRules,
  sources?: Sources,
): Promise<Registry> {
  const extensions = await Promise.all(modules.map(loadExtension));
  const dialects = [...allDialects, ...extensions.flatMap((one) => one.dialects)];
  return {
    dialects,
    rules: rules.files.length > 0 ? rules : undefined,
    passes: async () => [
      ...(await import('../../lowering/passes.ts')).allPasses,
      (await import('./rule-files.ts')).rulePass(rules.files, rules.groups, dialects, sources),
      ...extensions.flatMap(({ passes }) => passes),
    ],
  };
}

/** The pipeline that the command line asks for. */
async function pipelineOf(
  text: string | undefined,
  extras: readonly WrittenOption[],
  registry: Registry,
  sources: Sources,
): Promise<Pipeline> {
  if (text !== undefined && extras.length > 0)
    throw new UsageError(`give passes by '--pass-pipeline' or one by one, not both: '--${extras[0]?.name}'`);
  if (text === undefined && extras.length === 0 && !registry.rules) return pipeline('any');
  const written = text ?? extras.map(({ name, value }) => (value ? `${name}{${value}}` : name)).join(',');
  const file = '<pipeline>';
  sources.add(file, pipelineLine(written, file)(file, 1) ?? written);
  const passes = await registry.passes();
  const asked = written === '' ? pipeline('any') : parsePipeline(written, passes, { file });
  const rules = passes.find(({ name }) => name === rulePassName);
  if (!registry.rules || !rules || passesOf(asked).includes(rules)) return asked;
  return pipeline(asked.anchor, stage(rules), ...asked.stages);
}

type Given = CommandLine<typeof optOptions>['options'];

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

const oneOf = <const T extends string>(given: string | undefined, name: string, values: readonly [T, ...T[]]): T => {
  const [first] = values;
  const found = given === undefined ? first : values.find((value) => value === given);
  if (found !== undefined) return found;
  throw new UsageError(`option '--${name}' is '${given}', expected ${values.join(' or ')}`);
};

const namesOf = (lists: readonly string[]): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => list.split(',')).filter(Boolean));

function dumpOptionsOf(given: Given, print: PrintOptions): DumpOptions {
  return {
    before: given['mlir-print-ir-before-all'] ? 'all' : namesOf(given['mlir-print-ir-before']),
    after: given['mlir-print-ir-after-all'] ? 'all' : namesOf(given['mlir-print-ir-after']),
    onChange: given['mlir-print-ir-after-change'],
    onFailure: given['mlir-print-ir-after-failure'],
    moduleScope: given['mlir-print-ir-module-scope'],
    folder: given['mlir-print-ir-tree-dir'],
    print,
  };
}

/** The command. */
export const paleoOpt = tool({
  name: 'paleo-opt',
  summary: 'reads IR text, runs passes over it, prints the result',
  usage: [
    'paleo-opt [FILE] [--PASS[=KNOBS] …] [-o FILE]',
    "paleo-opt [FILE] --pass-pipeline='builtin.module(…)' [-o FILE]",
  ],
  options: optOptions,
  extra: async (args) => ({
    names: (await (await registryOf(modulesIn(args))).passes()).map((one) => one.name),
    what: 'option or pass',
  }),
  notes: async () =>
    `passes (see --list-passes): ${(await (await registryOf([])).passes()).map((one) => one.name).join(', ')}\n\nFILE is - or nothing for standard input. Options that begin with mlir- may be written without it.\n\nexamples:\n  paleo-opt net.mlir --graph-to-tensorop --canonicalize\n  paleo-opt net.mlir --pass-pipeline='builtin.module(graph-to-tensorop,canonicalize{max-iterations=2})'`,
  async run({ options: given, files, extras }, streams, sources) {
    const rules = { files: given.patterns, groups: given['rule-groups'].flatMap((list) => list.split(',')) };
    const registry = await registryOf(given.load, rules, sources);
    if (given['list-passes']) {
      streams.out(passList(await registry.passes()));
      return exitCode.done;
    }
    if (given['show-dialects']) {
      streams.out(
        `Available Dialects: ${registry.dialects
          .map((one) => one.name)
          .sort()
          .join(',')}\n`,
      );
      return exitCode.done;
    }
    const request = await requestOf(given, extras, registry, sources);
    const input = readInput(files, sources);
    return new OptRun(request, streams, sources).execute(input);
  },
});

/** The modules that arguments load, before the arguments are understood. */
const modulesIn = (args: readonly string[]): readonly string[] =>
  args.flatMap((argument, at) => {
    const [, value] = /^--?load=(.*)$/.exec(argument) ?? [];
    return value !== undefined
      ? [value]
      : /^--?load$/.test(argument) && args[at + 1] !== undefined
        ? [args[at + 1] as string]
        : [];
  });

/** What checks by running is loaded only when it is asked for: it brings the interpreter. */
async function checkOf(given: Given, dialects: readonly Dialect[]): Promise<OptRequest['checkEach']> {
  const [{ checkRequestOf }, { PipelineCheck }] = await Promise.all([
    import('../diff/check-options.ts'),
    import('../diff/pipeline-check.ts'),
  ]);
  const request = checkRequestOf(given, dialects);
  return (subject, module) => new PipelineCheck(subject, module, request);
}

/** What writes the page of a checked run; undefined when none is asked for. */
async function reportOf(given: Given): Promise<OptRequest['report']> {
  const { report } = given;
  if (report === undefined) return undefined;
  if (!given['check-each']) throw new UsageError("option '--report' takes '--check-each': the page is about its runs");
  if (given['split-input-file'] !== undefined)
    throw new UsageError("option '--report' takes one input; leave '--split-input-file' out");
  const { writeReport } = await import('../report/write-report.ts');
  return (run) => writeReport(report, run);
}

/** Throws a `UsageError` where options contradict each other or say what is not there. */
async function requestOf(
  given: Given,
  extras: readonly WrittenOption[],
  registry: Registry,
  sources: Sources,
): Promise<OptRequest> {
  const print = printOptionsOf(given);
  const dumps = dumpOptionsOf(given, print);
  const passes = given['run-reproducer'] ? await registry.passes() : [];
  const ruleFiles = given['run-reproducer'] || registry.rules ? await import('./rule-files.ts') : undefined;
  const crash = given['mlir-pass-pipeline-crash-reproducer'];
  const timing = oneOf(given['mlir-timing-display'], 'mlir-timing-display', ['tree', 'list']);
  const statistics = oneOf(given['mlir-pass-statistics-display'], 'mlir-pass-statistics-display', ['pipeline', 'list']);
  return {
    dialects: registry.dialects,
    pipeline: await pipelineOf(given['pass-pipeline'], extras, registry, sources),
    pipelineIn: given['run-reproducer']
      ? (text, brought) => {
          const pass = brought && !registry.rules && ruleFiles?.rulePassOfText(brought, registry.dialects);
          const known = pass ? [...passes.filter(({ name }) => name !== rulePassName), pass] : passes;
          return parsePipeline(text, known, { file: '<pipeline>' });
        }
      : undefined,
    rules: registry.rules && ruleFiles?.ruleTextOf(registry.rules.files, registry.rules.groups),
    output: given.output,
    print,
    allowUnregistered: given['allow-unregistered-dialect'],
    noImplicitModule: given['no-implicit-module'],
    verifyEach: given['verify-each'] !== '0' && given['verify-each'] !== 'false',
    checkPatterns: given['check-patterns'],
    checkEach: given['check-each'] ? await checkOf(given, registry.dialects) : undefined,
    report: await reportOf(given),
    split: given['split-input-file'],
    outputMarker: given['output-split-marker'] ?? defaultMarker,
    verifyDiagnostics: verifyModeOf(given['verify-diagnostics']),
    dumpPipeline: given['dump-pass-pipeline'],
    dumps: dumpsAnything(dumps) ? dumps : undefined,
    observe: {
      log: given['log-actions-to'],
      logMisses: given['log-actions-misses'],
      limits: given['action-limit'],
      questions: given.explain,
    },
    reproducer: given['mlir-generate-reproducer'],
    crashReproducer:
      crash === undefined ? undefined : { file: crash, local: given['mlir-pass-pipeline-local-reproducer'] },
    timing: given['mlir-timing'] ? timing : undefined,
    trace: given['timing-trace'],
    statistics: given['mlir-pass-statistics'] ? statistics : undefined,
  };
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
