/** The house rules that a program can check: floors, cycles, names, comments, sizes. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as graphlib from '@dagrejs/graphlib';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Which folder may import which; imports go down only. */
const floors: Readonly<Record<string, readonly string[]>> = {
  ir: [],
  rewrite: ['ir'],
  dialects: ['ir', 'rewrite'],
  interpreter: ['ir', 'dialects'],
  'target-mlu': ['ir', 'dialects/builtin', 'dialects/mlu', 'interpreter'],
  lowering: ['ir', 'rewrite', 'dialects', 'target-mlu'],
  tools: ['ir', 'rewrite', 'dialects', 'interpreter', 'target-mlu', 'lowering'],
};
const isGenerated = (file: string): boolean => file.includes('/generated/');
const files = Object.keys(floors).flatMap((folder) =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts') && !isGenerated(file)),
);
const text = new Map(files.map((file) => [file, readFileSync(root + file, 'utf8')]));
const floorOf = (file: string): string => file.split('/')[0] as string;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}
/** The imports and re-exports of a file from files of the project. */
const imports: readonly Import[] = files.flatMap((from) =>
  [...(text.get(from) as string).matchAll(/^(?:import|export)\s+(type\s+)?([^'";]*?)from\s+'(\.[^']+)'/gm)].map(
    ([, type, names, path]) => {
      const listed = /\{([^}]*)\}/.exec(names ?? '')?.[1]?.split(',').map((name) => name.trim()).filter(Boolean) ?? [];
      const typeOnly = type !== undefined || (listed.length > 0 && listed.every((name) => name.startsWith('type ')));
      return { from, to: new URL(path as string, `file:///${from}`).pathname.slice(1), typeOnly };
    },
  ),
);

describe('floors', () => {
  test('a folder imports only what stands below it', () => {
    const allowed = ({ from, to }: Import): boolean =>
      floorOf(from) === floorOf(to) || (floors[floorOf(from)] ?? []).some((below) => to.startsWith(`${below}/`));
    expect(imports.filter((one) => !allowed(one)).map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test('a dialect imports no other dialect but builtin', () => {
    const dialectOf = (file: string): string => file.split('/')[1] as string;
    const wrong = imports.filter(
      ({ from, to }) => floorOf(from) === 'dialects' && floorOf(to) === 'dialects' && dialectOf(from) !== dialectOf(to) && dialectOf(to) !== 'builtin',
    );
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test('files do not import each other in circles', () => {
    const graph = new graphlib.Graph();
    for (const { from, to, typeOnly } of imports) if (!typeOnly) graph.setEdge(from, to);
    expect(graphlib.alg.findCycles(graph)).toEqual([]);
  });
});

describe('shared code', () => {
  test('names no operation of a dialect', () => {
    const shared = files.filter((file) => /^(ir|rewrite)\//.test(file) || /^interpreter\/(evaluate|frame|prepared|budget)\.ts$/.test(file));
    const named = shared.flatMap((file) =>
      [...(text.get(file) as string).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').matchAll(/'(graph|tensorop|mlu|arith|scf|func)\.\w+'/g)].map((match) => `${file}: ${match[0]}`),
    );
    expect(named).toEqual([]);
  });

  test('does not read files', () => {
    const pure = files.filter((file) => !file.startsWith('tools/'));
    expect(pure.filter((file) => /from 'node:(fs|child_process|net|http)/.test(text.get(file) as string))).toEqual([]);
  });
});

describe('readers', () => {
  test('find a sentence at every export', () => {
    const missing: string[] = [];
    for (const file of files) {
      const lines = (text.get(file) as string).split('\n');
      for (const [at, line] of lines.entries()) {
        const found = /^export (?:declare )?(?:abstract )?(?:async )?(?:const|function|class|interface|type)\*? (?!\*|\{)(\w+)/.exec(line);
        if (!found) continue;
        const before = lines.slice(0, at).reverse().find((above) => !above.startsWith('// biome'));
        // Further overloads of a function are described by the first.
        const overload = lines.slice(0, at).some((above) => above.startsWith(`export function ${found[1]}`));
        if (!before?.trimEnd().endsWith('*/') && !overload) missing.push(`${file}:${at + 1} ${found[1]}`);
      }
    }
    expect(missing).toEqual([]);
  });

  test('find files of a size that can be read at once', () => {
    const long = files.filter((file) => (text.get(file) as string).split('\n').length > 400);
    // A warning, as the line between one concept and two is a matter of judgement.
    if (long.length > 0) console.warn(`over 400 lines, look for the second concept: ${long.join(', ')}`);
    expect(files.filter((file) => (text.get(file) as string).split('\n').length > 600)).toEqual([]);
  });
});
