/** What the house tests see of a source file: its code without comments, its imports, its string literals. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { posix } from 'node:path';

/** A file by its path from the project's root, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One import or re-export. `target` is a path from the project's root, or the name of a package. */
export interface Import {
  readonly from: string;
  readonly target: string;
  readonly relative: boolean;
  /** Erased by the compiler, so no edge when the program runs. */
  readonly typeOnly: boolean;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The files of the project's folders whose names end in `.ts`, without what a generator wrote. */
export const sourceFiles = (folders: readonly string[]): readonly SourceFile[] =>
  folders.flatMap((folder) =>
    readdirSync(root, { withFileTypes: true }).some((entry) => entry.isDirectory() && entry.name === folder)
      ? readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
          .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
          .filter((path) => path.endsWith('.ts') && !path.includes('/generated/'))
          .sort()
          .map((path) => ({ path, text: readFileSync(root + path, 'utf8') }))
      : [],
  );

/** The top-level folder of a path. */
export const folderOf = (path: string): string => path.split('/')[0] ?? path;

/** The package of a module: `@scope/name/part` belongs to the package `@scope/name`. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

// Strings stand before comments, so that `'//'` opens none; a regular expression with a quote in it would fool this.
const stringOrComment = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

/** The contents of the string literals and templates in the code. */
export const stringLiterals = (text: string): readonly string[] =>
  [...text.matchAll(stringOrComment)].flatMap(([found]) => (found.startsWith('/') ? [] : [found.slice(1, -1)]));

const statement = /^(?:import|export)\b(\s+type\b)?(?:[^;'"`]*?\bfrom)?\s*(['"])([^'"\n]+)\2/gm;
const dynamic = /\bimport\(\s*(['"])([^'"\n]+)\1/g;

/** The imports of a file: statements, re-exports, and `import('…')` with a literal. */
export function importsOf({ path, text }: SourceFile): readonly Import[] {
  const edge = (specifier: string, typeOnly: boolean): Import => {
    const relative = specifier.startsWith('.');
    const target = relative ? posix.join(posix.dirname(path), specifier) : specifier;
    return { from: path, target, relative, typeOnly };
  };
  return [
    ...[...text.matchAll(statement)].map(([, type, , specifier = '']) => edge(specifier, type !== undefined)),
    ...[...text.matchAll(dynamic)].map(([, , specifier = '']) => edge(specifier, false)),
  ];
}
