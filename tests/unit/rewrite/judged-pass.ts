/** Passes of ours beside those of the judge, on programs in text. */
import { Context, DiagnosticError, type Operation, verify } from '../../../ir/index.ts';
import { type PrintOptions, parseModule, printOperation } from '../../../ir/text/index.ts';
import { allPasses } from '../../../lowering/passes.ts';
import { parsePipeline, runPipeline } from '../../../rewrite/index.ts';
import { allDialects } from '../../../tools/lists.ts';
import { judge, separator } from '../../mlir-opt.ts';

/** A program, read and verified. */
export function parsed(text: string): Operation {
  const context = new Context(allDialects, { allowUnregistered: true });
  const module = parseModule(text, context, { fileName: '-' });
  const errors = verify(module);
  if (errors.length > 0) throw new DiagnosticError(errors);
  return module;
}

/** What a pipeline makes of a program, and what its passes print. */
export function passed(
  text: string,
  pipeline: string,
  options: PrintOptions = {},
): {
  readonly module: Operation;
  readonly text: string;
  readonly printed: string;
  readonly statistics: Readonly<Record<string, number>>;
} {
  const module = parsed(text);
  let printed = '';
  const { runs } = runPipeline(parsePipeline(pipeline, allPasses), module, {
    output: (more) => {
      printed += more;
    },
  });
  // Of several passes the sums, without what was nothing.
  const statistics: Record<string, number> = {};
  for (const [name, times] of runs.flatMap((run) => [...run.statistics]))
    if (times !== 0) statistics[name] = (statistics[name] ?? 0) + times;
  return { module, text: printOperation(module, options), printed, statistics };
}

const split = ['--split-input-file', '--allow-unregistered-dialect'];

function judged(texts: readonly string[], args: readonly string[]): readonly string[] {
  const { status, stdout, stderr } = judge([...split, ...args], texts.join(separator));
  if (status !== 0) throw new Error(stderr);
  return stdout.split(/^\/\/ -----$/m).map((text) => text.trim());
}

/** What the judge makes of programs; `then` are further arguments of a second run, with which it reads its result. */
export const byJudge = (
  texts: readonly string[],
  args: readonly string[],
  then: readonly string[] = [],
): readonly string[] => judged(judged(texts, args), then);

/** What a pipeline of ours makes of programs, as the judge prints it. */
export const byOurs = (
  texts: readonly string[],
  pipeline: string,
  then: readonly string[] = [],
  options: PrintOptions = {},
): readonly string[] =>
  judged(
    texts.map((text) => passed(text, pipeline, options).text),
    then,
  );
