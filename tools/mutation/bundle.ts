/** Makes the program of a mutation run: the property tests and the code under test, with all mutants in it. */
import { build } from 'esbuild';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { instrumented, type Mutant, mutantsOf, switchName } from './mutants.ts';
import { type Area, generatedFolder } from './subjects.ts';

/** A mutant with its number and its area. */
export interface NumberedMutant extends Mutant {
  readonly id: number;
  /** Its place among the mutants of its file. */
  readonly place: number;
  readonly area: string;
}

const filesIn = (root: string, path: string): readonly string[] =>
  statSync(join(root, path)).isDirectory()
    ? readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
        .map((file) => join(path, file).split(sep).join('/'))
        .sort()
    : [path];

/** All mutants of some areas, by file and place. */
export function allMutants(root: string, areas: readonly Area[]): readonly NumberedMutant[] {
  let id = 0;
  return areas.flatMap(({ name, paths }) =>
    paths
      .flatMap((path) => filesIn(root, path))
      .filter((file) => !file.startsWith(generatedFolder))
      .flatMap((file) =>
        mutantsOf(file, readFileSync(join(root, file), 'utf8')).map((mutant, place) => ({
          ...mutant,
          id: id++,
          place,
          area: name,
        })),
      ),
  );
}

/** Runs before everything else in the bundle: the switch, and what was reached. */
const prelude = (count: number): string => `
import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
const __order = JSON.parse(require('node:fs').readFileSync(process.env.MUTATION_ORDER, 'utf8'));
const __hits = new Uint8Array(${count});
globalThis.${switchName} = __order.mutant === undefined
  ? (id) => { __hits[id] = 1; return false; }
  : (id) => id === __order.mutant;
globalThis.__mutation = { order: __order, hits: __hits };
`;

/** Bundles `tests` with `mutants` into `outfile`. */
export async function bundleSubject(
  root: string,
  tests: readonly string[],
  mutants: readonly NumberedMutant[],
  outfile: string,
): Promise<void> {
  const first = new Map<string, number>();
  for (const { file, id } of mutants) if (!first.has(file)) first.set(file, id);
  const here = join(root, 'tools/mutation');
  const entry = [
    ...tests.map((test) => `import ${JSON.stringify(resolve(root, test))};`),
    `import { runSubject } from ${JSON.stringify(join(here, 'subject-run.ts'))};`,
    'const { order, hits } = globalThis.__mutation;',
    "import { writeSync } from 'node:fs';",
    'const tell = (what) => void writeSync(3, JSON.stringify(what) + String.fromCharCode(10));',
    'tell(await runSubject(order, hits, tell));',
    'process.exit(0);',
  ].join('\n');
  const entryFile = `${outfile}.entry.ts`;
  writeFileSync(entryFile, entry);
  await build({
    entryPoints: [entryFile],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    external: ['z3-solver', 'onnxruntime-node', 'esbuild'],
    banner: { js: prelude(mutants.length) },
    // Paths that tests build from their own place stay those of the sources.
    plugins: [
      {
        name: 'mutants',
        setup(bundle) {
          bundle.onResolve({ filter: /^vitest$/ }, () => ({ path: join(here, 'test-collector.ts') }));
          bundle.onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const file = relative(root, path).split(sep).join('/');
            if (file.startsWith('..') || file.includes('node_modules')) return undefined;
            const source = readFileSync(path, 'utf8').replaceAll(
              'import.meta.url',
              JSON.stringify(new URL(`file://${path}`).href),
            );
            const number = first.get(file);
            return { contents: number === undefined ? source : instrumented(source, number), loader: 'ts' };
          });
        },
      },
    ],
  });
}
