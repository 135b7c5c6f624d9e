/** Our passes and mlir-opt's on the same modules: what comes of both, after mlir-opt has canonicalised it once more. */
import { Context, DiagnosticError, verify } from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { allPasses } from '../../lowering/passes.ts';
import { parsePipeline, runPipeline } from '../../rewrite/index.ts';
import { allDialects } from '../../tools/lists.ts';
import { type CorpusModule, judgedWithCrashes } from './corpus.ts';

/** One module after a pass of ours and of theirs. */
export interface Comparison {
  readonly name: string;
  readonly ours: string | undefined;
  readonly theirs: string;
  /** Why we have no result. */
  readonly failure: string | undefined;
}

/** What a pass of ours makes of a module, in generic form; a `DiagnosticError`'s text where it fails. */
function afterPass(
  { name, text }: CorpusModule,
  pass: string,
): { readonly text: string } | { readonly failure: string } {
  try {
    const module = parseModule(text, new Context(allDialects, { allowUnregistered: true }), { fileName: name });
    runPipeline(parsePipeline(pass, allPasses), module);
    const [error] = verify(module);
    return error ? { failure: error.message } : { text: printOperation(module, { generic: true }) };
  } catch (error) {
    if (error instanceof DiagnosticError)
      return { failure: error.diagnostics.map(({ message }) => message).join('; ') };
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Compares on every module that mlir-opt has a result for. */
export function compared(modules: readonly CorpusModule[], pass: 'canonicalize' | 'cse'): readonly Comparison[] {
  const theirs = judgedWithCrashes(
    modules.map(({ text }) => text),
    [`--${pass}`, '--canonicalize'],
  );
  const ours = modules.map((one) => afterPass(one, pass));
  const texts = ours.map((one) => ('text' in one ? one.text : 'module {}'));
  const answers = judgedWithCrashes(texts, ['--canonicalize']);
  return modules.flatMap(({ name }, at): readonly Comparison[] => {
    const expected = theirs[at];
    const mine = ours[at] as (typeof ours)[number];
    if (expected === undefined) return [];
    if ('failure' in mine) return [{ name, ours: undefined, theirs: expected, failure: mine.failure }];
    const found = answers[at];
    return [
      {
        name,
        ours: found,
        theirs: expected,
        failure: found === undefined ? 'mlir-opt refuses what we made' : undefined,
      },
    ];
  });
}

/** The part of the modules that a pass of ours leaves as mlir-opt's does, with no further help. */
export function sameAtOnce(modules: readonly CorpusModule[], pass: 'canonicalize' | 'cse'): number {
  const theirs = judgedWithCrashes(
    modules.map(({ text }) => text),
    [`--${pass}`],
  );
  const ours = modules.map((one) => afterPass(one, pass));
  const answers = judgedWithCrashes(ours.map((one) => ('text' in one ? one.text : 'module {}')));
  const judgeable = modules.filter((_, at) => theirs[at] !== undefined).length;
  return modules.filter((_, at) => theirs[at] !== undefined && theirs[at] === answers[at]).length / judgeable;
}
