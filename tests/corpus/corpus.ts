/** The shared corpora of upstream modules, and what the corpus tests do with them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Context, formatDiagnostic, DiagnosticError, type Operation, verify } from '../../ir/index.ts';
import { parseModule, printOperation, type PrintOptions } from '../../ir/text/index.ts';
import { allDialects } from '../../tools/lists.ts';
import { judge, separator } from '../mlir-opt.ts';

const folder = fileURLToPath(new URL('../../../shared/mlir/', import.meta.url));

/** Whether the corpora are here. */
export const hasCorpora: boolean = existsSync(folder);

/** One module of a corpus. */
export interface CorpusModule {
  readonly name: string;
  readonly text: string;
}

/** The modules of one corpus, by name. */
export function corpus(name: 'generic' | 'generic-loc' | 'pretty' | 'invalid'): readonly CorpusModule[] {
  const inside = `${folder}${name}/`;
  return readdirSync(inside)
    .filter((file) => file.endsWith('.mlir'))
    .sort()
    .map((file) => ({ name: file, text: readFileSync(inside + file, 'utf8') }));
}

/** A module as we read it; throws a `DiagnosticError` for what does not verify. */
export function valid(text: string, name: string): Operation {
  const module = parseModule(text, new Context(allDialects, { allowUnregistered: true }), { fileName: name });
  const errors = verify(module);
  if (errors.length > 0) throw new DiagnosticError(errors);
  return module;
}

/** What a text is after one round through our reader and printer, or why it has no such round. */
export function round(
  { name, text }: CorpusModule,
  options: PrintOptions,
): { readonly text: string } | { readonly reason: string } {
  try {
    const once = printOperation(valid(text, name), options);
    const twice = printOperation(valid(once, `print of ${name}`), options);
    return once === twice ? { text: once } : { reason: 'the print of our print is another text' };
  } catch (error) {
    if (error instanceof DiagnosticError)
      return { reason: error.diagnostics.map((one) => formatDiagnostic(one)).join('\n') };
    return { reason: `${error}` };
  }
}

/** So many texts go through one process: each part costs it time for all that stand before. */
const together = 200;
const generic = ['--allow-unregistered-dialect', '--mlir-print-op-generic', '--split-input-file'];

/** What one process prints for some texts, part by part; it ends early where it crashes. */
function partsOf(texts: readonly string[], args: readonly string[]): readonly string[] {
  const { stdout } = judge([...generic, ...args], texts.join(separator));
  return stdout.split(/^\/\/ -----$/m).map((part) => part.trim());
}

const inParts = <T>(texts: readonly string[], run: (texts: readonly string[]) => readonly T[]): readonly T[] =>
  Array.from({ length: Math.ceil(texts.length / together) }, (_, at) =>
    run(texts.slice(at * together, (at + 1) * together)),
  ).flat();

/**
 * What the judge prints in generic form for each of the texts, in the same order; undefined where
 * it refuses one.
 */
export function judged(texts: readonly string[], args: readonly string[] = []): readonly (string | undefined)[] {
  return inParts(texts, (some) => {
    const parts = partsOf(some, args);
    if (parts.length !== some.length)
      throw new Error(`mlir-opt answered ${parts.length} parts of ${some.length}; does a text hold a separator?`);
    return parts.map((part) => (part === '' ? undefined : part));
  });
}

/** The same where the judge may crash on some texts: those, found by halving, are undefined too. */
export function judgedWithCrashes(
  texts: readonly string[],
  args: readonly string[] = [],
): readonly (string | undefined)[] {
  const halved = (some: readonly string[]): readonly (string | undefined)[] => {
    const parts = partsOf(some, args);
    if (parts.length === some.length) return parts.map((part) => (part === '' ? undefined : part));
    if (some.length <= 1) return some.map(() => undefined);
    const half = some.length >> 1;
    return [...halved(some.slice(0, half)), ...halved(some.slice(half))];
  };
  return inParts(texts, halved);
}

/** The dialects of upstream that are registered here. */
const registered = new Set(['builtin', 'func', 'arith', 'scf', 'cf', 'tensor', 'memref']);
const dialectsIn = (generic: string): readonly string[] =>
  [...generic.matchAll(/(?:^|= )\s*"(\w+)[.\w]*"\(/gm)].map(([, dialect]) => dialect as string);

/** The modules in custom form that use registered dialects only, with their generic form. */
export function modulesOfOurDialects(): readonly { readonly one: CorpusModule; readonly generic: string }[] {
  const all = corpus('pretty');
  const answers = judged(all.map(({ text }) => text));
  return all.flatMap((one, at) => {
    const generic = answers[at];
    return generic !== undefined && dialectsIn(generic).every((dialect) => registered.has(dialect))
      ? [{ one, generic }]
      : [];
  });
}
