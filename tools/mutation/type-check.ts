/** Which mutants the type checker refuses: programs that nobody could run. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NumberedMutant } from './bundle.ts';
import { withMutant } from './mutants.ts';

/** What can be imported from what is mutated. */
const folders = ['ir', 'rewrite', 'dialects', 'interpreter', 'target-mlu', 'lowering'] as const;

const beside = (file: string, what: string): string => file.replace(/\.ts$/, `.${what}.ts`);

/** The errors of every file that has some, without their places. */
function errorsByFile(tree: string): ReadonlyMap<string, readonly string[]> {
  const { stdout, status } = spawnSync(join(tree, 'node_modules/.bin/tsc'), ['--pretty', 'false', '-p', '.'], {
    cwd: tree,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status === null) throw new Error('the type checker did not run');
  const errors = new Map<string, string[]>();
  for (const line of stdout.split('\n')) {
    const [, file, message] = /^(.+?)\(\d+,\d+\): error (.*)$/.exec(line) ?? [];
    if (file === undefined || message === undefined) continue;
    const known = errors.get(file) ?? [];
    errors.set(file, known);
    known.push(message);
  }
  return errors;
}

/**
 * The mutants whose own file has errors that it has not without them. Every one is a file beside the one that it is made
 * from, and all are checked at once in a copy of the sources in `folder`.
 */
export function refusedByTypes(
  root: string,
  mutants: readonly NumberedMutant[],
  folder: string,
  sourceOf: (file: string) => string = (file) => readFileSync(join(root, file), 'utf8'),
): ReadonlySet<number> {
  const tree = join(folder, 'tree');
  mkdirSync(tree);
  for (const name of folders) cpSync(join(root, name), join(tree, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as {
    readonly compilerOptions: Readonly<Record<string, unknown>>;
  };
  // A name that is not read any more is no error of types.
  const options = { ...compilerOptions, noUnusedLocals: false, noUnusedParameters: false };
  writeFileSync(join(tree, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: folders }));
  const byFile = new Map<string, NumberedMutant[]>();
  for (const mutant of mutants) byFile.set(mutant.file, [...(byFile.get(mutant.file) ?? []), mutant]);
  for (const [file, ones] of byFile) {
    const source = sourceOf(file);
    // Classes of a copy are not those of the original; what that breaks is no fault of a mutant.
    writeFileSync(join(tree, beside(file, 'same')), source);
    for (const { id, place } of ones) writeFileSync(join(tree, beside(file, `mutant${id}`)), withMutant(source, place));
  }
  const errors = errorsByFile(tree);
  const refused = new Set<number>();
  for (const [file, ones] of byFile) {
    const usual = new Set(errors.get(beside(file, 'same')));
    for (const { id } of ones)
      if (errors.get(beside(file, `mutant${id}`))?.some((message) => !usual.has(message))) refused.add(id);
  }
  return refused;
}
