/** Upstream's refused modules: where and how we refuse them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Context, DiagnosticError, fileOf, verify } from '../../ir/index.ts';
import { parseModule } from '../../ir/text/index.ts';
import { allDialects } from '../../tools/lists.ts';

/** Upstream's first error in a file. */
export interface ExpectedError {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Upstream's verdict on each module. */
export const expectedErrors = (): readonly ExpectedError[] =>
  readFileSync(fileURLToPath(new URL('../../../shared/mlir/invalid/expected.jsonl', import.meta.url)), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ExpectedError);

/** Our first error in a text, or undefined when it is accepted. */
export function firstError(text: string): { readonly line: number; readonly message: string } | undefined {
  try {
    const module = parseModule(text, new Context(allDialects, { allowUnregistered: true }));
    const errors = verify(module);
    if (errors.length === 0) return undefined;
    throw new DiagnosticError(errors);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    const [first] = error.diagnostics;
    return { line: (first && fileOf(first.location)?.line) ?? 0, message: first?.message ?? '' };
  }
}
