/** The campaign over checking by running: passes that are right raise no alarm, on programs of every level. */
import { graph } from '../../../dialects/graph/index.ts';
import { Context, DiagnosticError, f16, f32, verify } from '../../../ir/index.ts';
import { parseModule } from '../../../ir/text/index.ts';
import { tensorop } from '../../../dialects/tensorop/index.ts';
import { allPasses } from '../../../lowering/passes.ts';
import { parsePipeline } from '../../../rewrite/index.ts';
import { layerOps, machineOps } from '../../check/lowerings.ts';
import type { Random } from '../../check/random.ts';
import { randomScalarProgram } from '../../check/scalar-program.ts';
import { randomTensorProgram } from '../../check/tensor-program.ts';
import { firstDifference } from '../../diff/finding.ts';
import { differenceText } from '../../diff/finding-text.ts';
import { Judge, usualJudging } from '../../diff/judge.ts';
import { allDialects } from '../../lists.ts';
import type { Campaign, Outcome } from '../campaign.ts';

const toTensors = 'graph-to-tensorop,canonicalize,propagate-layout,cse,canonicalize';
const toHalf = 'cast-to-half,expand-division,canonicalize';
const toMachine = 'tensorop-to-mlu{cores=CORES},plan-memory,insert-syncs';
const onNumbers = 'inline,canonicalize,cse,sccp,loop-invariant-code-motion,control-flow-sink,canonicalize,symbol-dce';

const head = '// pipeline: ';

/** A program with the usual way through the passes for its level. */
function make(random: Random): string {
  const cores = random.pick(['1', '2', '4']);
  const machine = toMachine.replace('CORES', cores);
  const [pipeline, text] = random.once(2)
    ? [onNumbers, randomScalarProgram(random, 5 + random.below(40))]
    : random.once(2)
      ? [`${toTensors},${toHalf},${machine}`, randomTensorProgram(random, graph, layerOps, f32)]
      : [machine, randomTensorProgram(random, tensorop, machineOps, f16)];
  return `${head}builtin.module(${pipeline})\n${text}`;
}

/** Runs a program before and after every pass. */
export function checkAlarm(input: Uint8Array): Outcome {
  const text = Buffer.from(input).toString('utf8');
  const [first = ''] = text.split('\n');
  if (!first.startsWith(head)) return { kind: 'refused' };
  const module = (): ReturnType<typeof parseModule> => parseModule(text, new Context(allDialects));
  const judging = { ...usualJudging, inputs: 6, limits: { steps: 20_000, milliseconds: 1500 } };
  try {
    const once = module();
    if (verify(once).length > 0) return { kind: 'refused' };
    if (new Judge(once, judging).comparable === 0) return { kind: 'undefined' };
    const found = firstDifference({ module, pipeline: parsePipeline(first.slice(head.length), allPasses) }, judging);
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
  open: () => ({ make: (random) => Buffer.from(make(random)), check: checkAlarm }),
};
