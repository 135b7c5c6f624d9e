/** The campaign over passes: random programs through random pipelines stay valid and compute what they did. */
import { arith } from '../../../dialects/arith/index.ts';
import { cf } from '../../../dialects/cf/index.ts';
import { func } from '../../../dialects/func/index.ts';
import { scf } from '../../../dialects/scf/index.ts';
import { Context, DiagnosticError, type Operation, verify } from '../../../ir/index.ts';
import { parseModule } from '../../../ir/text/index.ts';
import { allPasses } from '../../../lowering/passes.ts';
import { type ActionObserver, parsePipeline, runPipeline } from '../../../rewrite/index.ts';
import type { Random } from '../../check/random.ts';
import { randomScalarProgram } from '../../check/scalar-program.ts';
import { observedValues, runnableFunctions } from '../../check/scalar-run.ts';
import { allDialects } from '../../lists.ts';
import { usualJudging } from '../../diff/judge.ts';
import type { Campaign, Failure, Outcome } from '../campaign.ts';
import { explainChange, pipelineIn, withPipeline } from '../cause.ts';
import { CampaignCoverage } from '../coverage.ts';
import { PassCoverage } from '../pass-coverage.ts';
import { foldNames, opNames, passNames } from '../universe.ts';

/** Passes that keep what every program computes, with options to choose from. */
const passes: readonly (readonly string[])[] = [
  [
    'canonicalize',
    'canonicalize{region-simplify=aggressive}',
    'canonicalize{max-iterations=1 region-simplify=disabled}',
    'canonicalize{top-down=false}',
  ],
  ['cse'],
  ['dce'],
  ['sccp'],
  ['loop-invariant-code-motion'],
  ['control-flow-sink'],
  ['topological-sort'],
];
/** Those that look at a whole module. */
const modulePasses: readonly (readonly string[])[] = [
  ['symbol-dce'],
  [
    'inline',
    'inline{max-iterations=1}',
    'inline{inlining-threshold=20}',
    'inline{default-pipeline=sccp,cse}',
    'inline{default-pipeline=}',
  ],
  ['strip-debuginfo'],
  ['symbol-privatize{exclude=f0,f1,f2}'],
  ['print-op-stats', 'print-op-stats{json=true}'],
  ['view-op-graph'],
];
const known = new Set(allPasses.map(({ name }) => name));
const available = (lists: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  lists.filter(([first = '']) => known.has(first.replace(/\{.*/, '')));
const everywhere = available(passes);
const onModules = available(modulePasses);

/** A pipeline of a few passes, some of them on each function by itself. */
function randomPipeline(random: Random): string {
  const one = (lists: readonly (readonly string[])[]): string => random.pick(random.pick(lists));
  const stages = Array.from({ length: 1 + random.below(5) }, () =>
    random.once(4)
      ? `func.func(${Array.from({ length: 1 + random.below(3) }, () => one(everywhere)).join(',')})`
      : one([...everywhere, ...onModules]),
  );
  return `builtin.module(${stages.join(',')})`;
}

const anotherValue = 'another value';
/** What random programs are made of. */
const programDialects = [arith, cf, func, scf];
const failed = (key: string, text: string): Outcome => ({ kind: 'failed', failure: { key, text } satisfies Failure });
const told = (error: unknown): string =>
  error instanceof DiagnosticError
    ? error.diagnostics.map(({ message }) => message).join('\n')
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
/** What a message says beside names and numbers, so that findings of one cause count as one. */
const kindOf = (message: string): string =>
  (message.split('\n')[0] ?? '').replace(/[%@^#]?\d+|%\w+/g, 'N').slice(0, 160);

/** Runs a pipeline on a program, and compares what it computes before and after. */
export function checkPasses(input: Uint8Array, observer?: ActionObserver): Outcome {
  const found = pipelineIn(input);
  if (!found) return { kind: 'refused' };
  const { pipeline: written, text } = found;
  let module: Operation;
  try {
    module = parseModule(text, new Context(allDialects));
    if (verify(module).length > 0) return { kind: 'refused' };
  } catch (error) {
    return error instanceof DiagnosticError ? { kind: 'refused' } : failed('parse', told(error));
  }
  const names = runnableFunctions(module);
  const before = observedValues(module, names);
  // A cut program may run without end, or divide by nothing.
  if ([...before.values()].flat().some((value) => value.startsWith('fault'))) return { kind: 'undefined' };
  try {
    runPipeline(parsePipeline(written, allPasses), module, { check: true, observer });
  } catch (error) {
    return failed(`fails: ${kindOf(told(error))}`, `${written}\n${told(error)}`);
  }
  const after = observedValues(module, names);
  for (const name of names)
    for (const [at, value] of (before.get(name) ?? []).entries())
      if (after.get(name)?.[at] !== value)
        return failed(
          `${anotherValue} after ${written.replaceAll(/\{[^}]*\}/g, '').slice(0, 120)}`,
          `@${name}, sample ${at}: ${value} became ${after.get(name)?.[at]}\n${written}`,
        );
  return { kind: 'kept' };
}

const lines = (input: Uint8Array): readonly Uint8Array[] =>
  (
    Buffer.from(input)
      .toString('utf8')
      .match(/[^\n]*\n|[^\n]+$/g) ?? []
  ).map((line) => Buffer.from(line));

/** Random programs of numbers, random pipelines. */
export const passesCampaign: Campaign = {
  name: 'passes',
  summary: 'passes keep programs valid and what they compute',
  extension: '.mlir',
  corpus: [],
  cuts: [lines],
  universe: {
    ops: opNames(programDialects),
    passes: passNames([...everywhere, ...onModules].map(([first = '']) => first)),
    rules: foldNames(programDialects),
  },
  open() {
    const coverage = new CampaignCoverage();
    return {
      make: (random) => withPipeline(randomPipeline(random), randomScalarProgram(random, 5 + random.below(40))),
      check: (input) => checkPasses(input, new PassCoverage(coverage)),
      explain: (input, { key }, milliseconds) =>
        key.startsWith(anotherValue) ? explainChange(input, usualJudging, milliseconds) : undefined,
      coverage,
    };
  },
};
