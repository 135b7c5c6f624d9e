/** `paleo-reduce`: makes a module smaller as long as it still shows something. */
import { readFileSync } from 'node:fs';
import { DiagnosticError, errorAt, fileLocation } from '../../ir/index.ts';
import { parsePipeline, pipelineLine } from '../../rewrite/index.ts';
import { writeOutput } from '../cli/files.ts';
import { UsageError } from '../cli/options.ts';
import { exitCode, type Sources, tool } from '../cli/tool.ts';
import { loadExtension } from '../opt/extension.ts';
import { allDialects } from '../lists.ts';
import { allReductions } from './all-reductions.ts';
import { failing, failures, saidBy } from './interesting.ts';
import { type Interesting, reduce } from './reduce.ts';

const options = {
  output: { kind: 'value', short: 'o', metavar: 'FILE', doc: 'write the result to FILE, whole or not at all' },
  'pass-pipeline': { kind: 'value', metavar: 'TEXT', doc: 'what fails, or changes values' },
  fails: {
    kind: 'value',
    metavar: failures.join('|'),
    doc: 'how it fails: a diagnostic, an internal error, something invalid after a pass, rewriting without end, values',
  },
  message: { kind: 'value', metavar: 'TEXT', doc: 'what the message of the failure contains' },
  test: {
    kind: 'value',
    metavar: 'COMMAND',
    doc: 'a command that gets the path of a module and ends with 1 when that is interesting',
  },
  'test-arg': { kind: 'list', metavar: 'ARG', doc: 'what the command gets before the path; may be repeated' },
  'max-steps': { kind: 'value', metavar: 'N', doc: 'try so many candidates at most (100000)' },
  time: { kind: 'value', metavar: 'SECONDS', doc: 'end after so many seconds with what was reached' },
  load: { kind: 'list', metavar: 'MODULE', doc: 'an ES module with further dialects and passes' },
} as const;

const numberOf = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new UsageError(`option '--${name}' is '${text}', expected a number`);
};

/** The command. */
export const paleoReduce = tool({
  name: 'paleo-reduce',
  summary: 'makes a module smaller as long as it still shows something',
  usage: [
    "paleo-reduce FILE --pass-pipeline='builtin.module(…)' [--fails=KIND] [--message=TEXT] [-o FILE]",
    'paleo-reduce FILE --test=COMMAND [--test-arg=ARG …] [-o FILE]',
  ],
  options,
  notes: 'The result is valid at every step, and the same for the same input. Progress goes to standard error.',
  async run({ options: given, files }, streams, sources) {
    const [file, ...more] = files;
    if (file === undefined || more.length > 0) throw new UsageError('takes one file');
    if ((given.test === undefined) === (given['pass-pipeline'] === undefined))
      throw new UsageError("give either '--pass-pipeline' or '--test'");
    const extensions = await Promise.all(given.load.map(loadExtension));
    const dialects = [...allDialects, ...extensions.flatMap((one) => one.dialects)];
    const bytes = readFileSync(file);
    sources.add(file, bytes);
    const command = given.test === undefined ? undefined : saidBy(given.test, given['test-arg']);
    const asked =
      command ??
      (await pipelineTest(
        given,
        extensions.flatMap(({ passes }) => passes),
        sources,
      ));
    const seconds = numberOf('time', given.time);
    const maxSteps = numberOf('max-steps', given['max-steps']);
    const start = performance.now();
    try {
      const { text, operations, steps, tried, complete } = reduce(new TextDecoder().decode(bytes), asked, {
        dialects,
        reductions: allReductions,
        ...(maxSteps === undefined ? {} : { maxSteps }),
        goesOn: () => seconds === undefined || performance.now() - start < seconds * 1000,
        onStep: ({ reduction, operations: left, tried: soFar }) =>
          streams.err(`${left} operations after ${soFar} tries, by ${reduction}\n`),
      });
      streams.err(`${operations} operations, ${steps} steps, ${tried} tries${complete ? '' : '; not finished'}\n`);
      writeOutput(given.output, `${text}\n`, streams);
      return exitCode.done;
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('the module ')) throw error;
      throw new DiagnosticError([errorAt(fileLocation(file, 1, 1), error.message)]);
    } finally {
      command?.close();
    }
  },
});

type Given = Parameters<typeof paleoReduce.run>[0]['options'];

async function pipelineTest(
  given: Given,
  passes: Parameters<typeof parsePipeline>[1],
  sources: Sources,
): Promise<Interesting> {
  const written = given['pass-pipeline'] ?? '';
  const how = given.fails ?? 'any';
  const kind = failures.find((one) => one === how);
  if (!kind) throw new UsageError(`option '--fails' is '${how}', expected ${failures.join(', ')}`);
  sources.add('<pipeline>', pipelineLine(written)('<pipeline>', 1) ?? written);
  const { allPasses } = await import('../../lowering/passes.ts');
  return failing(parsePipeline(written, [...allPasses, ...passes], { file: '<pipeline>' }), kind, given.message);
}
