/** The campaign over checking by running: passes that are right raise no alarm, on programs of every level. */
import { arith } from '../../../dialects/arith/index.ts';
import { cf } from '../../../dialects/cf/index.ts';
import { func } from '../../../dialects/func/index.ts';
import { scf } from '../../../dialects/scf/index.ts';
import { graph } from '../../../dialects/graph/index.ts';
import { Context, DiagnosticError, f16, f32, verify } from '../../../ir/index.ts';
import { parseModule } from '../../../ir/text/index.ts';
import { tensorop } from '../../../dialects/tensorop/index.ts';
import { layoutPatterns } from '../../../lowering/layout.ts';
import { divisionByReciprocal } from '../../../lowering/precision.ts';
import { allPasses } from '../../../lowering/passes.ts';
import { type ActionObserver, parsePipeline } from '../../../rewrite/index.ts';
import { inputStyles } from '../../check/inputs.ts';
import { layerOps, machineOps } from '../../check/lowerings.ts';
import type { Random } from '../../check/random.ts';
import { randomScalarProgram } from '../../check/scalar-program.ts';
import { randomTensorProgram } from '../../check/tensor-program.ts';
import { firstDifference } from '../../diff/finding.ts';
import { differenceText } from '../../diff/finding-text.ts';
import { Judge, type JudgeOptions, usualJudging } from '../../diff/judge.ts';
import { allDialects } from '../../lists.ts';
import type { Campaign, Explained, Outcome } from '../campaign.ts';
import { explainChange, pipelineIn, withPipeline } from '../cause.ts';
import { CampaignCoverage } from '../coverage.ts';
import { PassCoverage } from '../pass-coverage.ts';
import { foldNames, opNames, passNames } from '../universe.ts';

const toTensors = 'graph-to-tensorop,canonicalize,propagate-layout,cse,canonicalize';
const toHalf = 'cast-to-half,expand-division,canonicalize';
const toMachine = 'tensorop-to-mlu{cores=CORES},plan-memory,insert-syncs';
const onNumbers = 'inline,canonicalize,cse,sccp,loop-invariant-code-motion,control-flow-sink,canonicalize,symbol-dce';

/** A program with the usual way through the passes for its level. */
function make(random: Random): Uint8Array {
  const cores = random.pick(['1', '2', '4']);
  const machine = toMachine.replace('CORES', cores);
  const [pipeline, text] = random.once(2)
    ? [onNumbers, randomScalarProgram(random, 5 + random.below(40))]
    : random.once(2)
      ? [`${toTensors},${toHalf},${machine}`, randomTensorProgram(random, graph, layerOps, f32)]
      : [machine, randomTensorProgram(random, tensorop, machineOps, f16)];
  return withPipeline(`builtin.module(${pipeline})`, drawnInputs(random, text) + text);
}

/** What programs are given, as a line of the input, so that a smaller program is given the same. */
const inputsLine = /^\/\/ inputs: (\d+) of seed (\d+), (.*)\n/m;
const limits = { steps: 20_000, milliseconds: 1500 };

function judgingOf(text: string): JudgeOptions {
  const [, count, seed, styles = ''] = inputsLine.exec(text) ?? [];
  if (count === undefined) return { ...usualJudging, limits };
  const named = inputStyles.filter((style) => styles.split(' ').includes(style));
  return { inputs: Number(count), seed: Number(seed), styles: named.length > 0 ? named : inputStyles, limits };
}

/** Runs of numbers are cheap; tensors are given two lists of inputs. */
function drawnInputs(random: Random, text: string): string {
  const styles = [random.pick(inputStyles), random.pick(inputStyles)];
  const numbers = !text.includes('tensor<');
  return `// inputs: ${numbers ? 6 : 2} of seed ${random.below(1000)}, ${(numbers ? inputStyles : styles).join(' ')}\n`;
}

/** A finding with the line on inputs that its program had. */
function withInputs(found: Explained | undefined, text: string): Explained | undefined {
  const [line] = inputsLine.exec(text) ?? [];
  const smaller = found && Buffer.from(found.input).toString('utf8');
  return found && line && smaller ? { ...found, input: Buffer.from(smaller.replace('\n', `\n${line}`)) } : found;
}

/** Runs a program before and after every pass. */
export function checkAlarm(input: Uint8Array, observer?: ActionObserver): Outcome {
  const written = pipelineIn(input);
  if (!written) return { kind: 'refused' };
  const judging = judgingOf(written.text);
  const module = (): ReturnType<typeof parseModule> => parseModule(written.text, new Context(allDialects));
  try {
    const once = module();
    if (verify(once).length > 0) return { kind: 'refused' };
    if (new Judge(once, judging).comparable === 0) return { kind: 'undefined' };
    const found = firstDifference({ module, pipeline: parsePipeline(written.pipeline, allPasses) }, judging, observer);
    if (!found) return { kind: 'kept' };
    return {
      kind: 'failed',
      failure: { key: `alarm after ${found.pass}`, text: `${found.pass}: ${differenceText(found.difference)}` },
    };
  } catch (error) {
    // What the machine cannot do is refused by the pass that would have to.
    if (error instanceof DiagnosticError) return { kind: 'refused' };
    throw error;
  }
}

const lines = (input: Uint8Array): readonly Uint8Array[] =>
  (
    Buffer.from(input)
      .toString('utf8')
      .match(/[^\n]*\n|[^\n]+$/g) ?? []
  ).map((line) => Buffer.from(line));

/** Random programs of all levels, the usual pipelines. */
export const checkEachCampaign: Campaign = {
  name: 'check-each',
  summary: 'checking by running raises no alarm where passes are right',
  extension: '.mlir',
  corpus: [],
  cuts: [lines],
  universe: {
    ops: opNames([arith, cf, func, scf, graph, tensorop]),
    passes: passNames([onNumbers, toTensors, toHalf, toMachine]),
    rules: [
      ...foldNames([arith, cf, func, scf, graph, tensorop]),
      ...new Set([...layoutPatterns, divisionByReciprocal].map(({ name }) => name)),
      ...layerOps.map(({ opName }) => `lower ${opName}`),
      ...machineOps.map(({ opName }) => `place ${opName}`),
    ],
  },
  open() {
    const coverage = new CampaignCoverage();
    return {
      make,
      check: (input) => checkAlarm(input, new PassCoverage(coverage)),
      explain(input, _, milliseconds) {
        const text = pipelineIn(input)?.text ?? '';
        return withInputs(explainChange(input, judgingOf(text), milliseconds), text);
      },
      coverage,
    };
  },
};
