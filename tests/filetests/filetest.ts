/**
 * Filetests: programs with what passes make of them, whole. The first line names the passes
 * (`// paleo-opt: canonicalize,cse`, possibly none); cases are `// # title`, input, `// ==>`, output.
 * An expected error is `// error: text` on the line that it concerns, and such a case has no output.
 */
import { Context, DiagnosticError, fileOf, type Operation, verify } from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { allPasses } from '../../lowering/passes.ts';
import { parsePipeline, runPipeline } from '../../rewrite/index.ts';
import { allDialects } from '../../tools/lists.ts';

/** One case of a filetest. */
export interface FileCase {
  readonly title: string;
  readonly input: string;
  readonly expected: string;
}

/** A file of cases. */
export interface FileTest {
  readonly passes: string;
  readonly cases: readonly FileCase[];
}

/** Reads a filetest; throws an `Error` that says what is missing. */
export function readFileTest(text: string): FileTest {
  const [first = '', ...rest] = text.split('\n');
  const header = /^\/\/ paleo-opt:(.*)$/.exec(first);
  if (!header) throw new Error(`the first line is '${first}', expected '// paleo-opt: PASSES'`);
  const parts = rest
    .join('\n')
    .split(/^\/\/ # /m)
    .slice(1);
  if (parts.length === 0) throw new Error("there is no case; a case begins with '// # title'");
  const cases = parts.map((part) => {
    const end = part.indexOf('\n');
    const [input = '', expected = ''] = part.slice(end + 1).split(/^\/\/ ==>\n/m);
    return { title: part.slice(0, end).trim(), input: input.trim(), expected: expected.trim() };
  });
  return { passes: (header[1] as string).trim(), cases };
}

/** A filetest as text. */
export const fileTestText = ({ passes, cases }: FileTest): string =>
  `${[
    `// paleo-opt:${passes ? ` ${passes}` : ''}`,
    ...cases.map(({ title, input, expected }) => `\n// # ${title}\n${input}${expected ? `\n// ==>\n${expected}` : ''}`),
  ].join('\n')}\n`;

const parsed = (input: string): Operation => {
  const module = parseModule(input, new Context(allDialects, { allowUnregistered: true }), { fileName: 'case' });
  const errors = verify(module);
  if (errors.length > 0) throw new DiagnosticError(errors);
  return module;
};

/** What the passes make of an input: the module as text, or the errors as `line: message`. */
export function outputOf(input: string, passes: string): { readonly text: string; readonly errors: readonly string[] } {
  try {
    const module = parsed(input);
    if (passes) runPipeline(parsePipeline(passes, allPasses), module);
    return { text: printOperation(module), errors: [] };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return {
      text: '',
      errors: error.diagnostics.map(({ location, message }) => `${fileOf(location)?.line ?? '?'}: ${message}`),
    };
  }
}

/** The errors that an input announces, as `line: text`. */
export const announcedErrors = (input: string): readonly string[] =>
  input.split('\n').flatMap((line, at) => {
    const found = /\/\/ error: (.*)$/.exec(line);
    return found ? [`${at + 1}: ${found[1]}`] : [];
  });
