/** Dialects and passes of the user's own, from ES modules: `--load`. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Dialect, DiagnosticError, errorAt, fileLocation } from '../../ir/index.ts';
import type { Pass } from '../../rewrite/index.ts';

/** What a module adds: its exports `dialects` and `passes`. */
export interface Extension {
  readonly dialects: readonly Dialect[];
  readonly passes: readonly Pass[];
}

const fail = (file: string, message: string): never => {
  throw new DiagnosticError([errorAt(fileLocation(file, 1, 1), message)]);
};

const isDialect = (value: unknown): value is Dialect =>
  typeof value === 'object' && value !== null && 'name' in value && 'ops' in value;
const isPass = (value: unknown): value is Pass =>
  typeof value === 'object' && value !== null && 'name' in value && 'run' in value && 'knobs' in value;

function listOf<T>(file: string, name: string, value: unknown, isOne: (value: unknown) => value is T): readonly T[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every(isOne)) return value;
  return fail(
    file,
    `the export '${name}' is no list of ${name}; make them with ${name === 'passes' ? 'pass' : 'dialect'}(…)`,
  );
}

/** Loads a module; throws a `DiagnosticError` when it is not there, does not load, or exports nothing of use. */
export async function loadExtension(file: string): Promise<Extension> {
  const path = resolve(file);
  if (!existsSync(path)) fail(file, 'no such file; --load takes the path of an ES module');
  let exported: Readonly<Record<string, unknown>>;
  try {
    exported = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    return fail(file, `the module does not load: ${error instanceof Error ? error.message : String(error)}`);
  }
  const dialects = listOf(file, 'dialects', exported['dialects'], isDialect);
  const passes = listOf(file, 'passes', exported['passes'], isPass);
  if (dialects.length + passes.length === 0)
    fail(
      file,
      `the module exports neither dialects nor passes, found ${Object.keys(exported).join(', ') || 'nothing'}`,
    );
  return { dialects, passes };
}
