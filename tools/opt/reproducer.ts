/** Reproducers: a module and the pipeline to run on it in one file, in upstream's form. */
import { type Context, DiagnosticError, errorAt, fileLocation, type Operation } from '../../ir/index.ts';
import { printOperation } from '../../ir/text/index.ts';
import { writeAtomically } from '../files/write-atomically.ts';

const section = 'external_resources';
const group = 'mlir_reproducer';
/** What upstream does not have. */
const ownGroup = 'paleozoic';

/** Rules for the pass `apply-rules`. */
export interface RuleText {
  readonly text: string;
  /** Which of their groups; all when there are none. */
  readonly groups: readonly string[];
}

/** What a reproducer says beside module and pipeline. */
export interface ReproducerOptions {
  readonly verifyEach: boolean;
  readonly debugInfo?: boolean;
  readonly rules?: RuleText | undefined;
}

/** A reproducer of running `pipeline` on `module`, as it is now. */
export function reproducerText(
  module: Operation,
  pipeline: string,
  { verifyEach, debugInfo = true, rules }: ReproducerOptions,
): string {
  const { resources } = module.context;
  resources.set(section, group, 'pipeline', pipeline);
  resources.set(section, group, 'disable_threading', true);
  resources.set(section, group, 'verify_each', verifyEach);
  if (rules) {
    resources.set(section, ownGroup, 'rules', rules.text);
    resources.set(section, ownGroup, 'rule_groups', rules.groups.join(','));
  }
  const text = printOperation(module, { debugInfo });
  resources.drop(section, group);
  if (rules) resources.drop(section, ownGroup);
  return `${text}\n`;
}

/** The rules that a reproducer brings, which are dropped from what is printed. */
export function rulesOfReproducer(context: Context): RuleText | undefined {
  const [text, groups] = ['rules', 'rule_groups'].map((key) => context.resources.get(section, ownGroup, key));
  if (typeof text !== 'string') return undefined;
  context.resources.drop(section, ownGroup);
  return { text, groups: typeof groups === 'string' ? groups.split(',').filter(Boolean) : [] };
}

/** Writes a reproducer and gives what to tell of it. */
export function writeReproducer(file: string, text: string): string {
  writeAtomically(file, text);
  return `a reproducer is in ${file}; run it with 'paleo-opt --run-reproducer ${file}'\n`;
}

/** The pipeline that a reproducer names, which is dropped from what is printed; throws a `DiagnosticError` when the input is none. */
export function pipelineOfReproducer(context: Context, file: string): string {
  const pipeline = context.resources.get(section, group, 'pipeline');
  context.resources.drop(section, group);
  if (typeof pipeline === 'string') return pipeline;
  throw new DiagnosticError([
    errorAt(
      fileLocation(file, 1, 1),
      `this is no reproducer: expected '{-# ${section}: { ${group}: { pipeline: "…" } } #-}' behind the module`,
    ),
  ]);
}
