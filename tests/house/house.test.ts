/** The rules of the house that a program can check. Each check is also shown something that it must refuse. */
import { alg, Graph } from '@dagrejs/graphlib';
import { describe, expect, test } from 'vitest';
import type { AnyOp } from '../../ir/index.ts';
import { allDialects } from '../../tools/lists.ts';
import { initialisedFields } from './class-field.ts';
import { undocumentedExports } from './documentation.ts';
import { floorError, floors } from './floor-plan.ts';
import { type Import, importsOf, type SourceFile, sourceFiles, stringLiterals } from './source-file.ts';

const product = sourceFiles(floors);
const productImports = product.flatMap(importsOf);
const file = (path: string, text: string): SourceFile => ({ path, text });
const refused = (path: string, text: string): readonly string[] =>
  importsOf(file(path, text)).flatMap((one) => floorError(one) ?? []);

const longerThan = (most: number, files: readonly SourceFile[]): readonly string[] =>
  files
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > most)
    .map(({ path, lines }) => `${path} has ${lines} lines`);

describe('floor plan', () => {
  test('every folder has files with imports', () => {
    const without = floors.filter((folder) => !productImports.some(({ from }) => from.startsWith(`${folder}/`)));
    expect(without).toEqual([]);
  });

  test('imports go down only, and packages stay where they belong', () => {
    expect(productImports.flatMap((one) => floorError(one) ?? [])).toEqual([]);
  });

  test('every relative import ends in .ts, or is data or generated', () => {
    const odd = productImports.filter(
      ({ relative, target }) => relative && !/\.(ts|json)$/.test(target) && !target.includes('/generated/'),
    );
    expect(odd.map(({ from, target }) => `${from} imports ${target}`)).toEqual([]);
  });

  test.each([
    ['a lowering that asks its judge', 'lowering/a.ts', "import type { NdArray } from '../interpreter/index.ts';"],
    ['a meaning that rewrites', 'interpreter/a.ts', "import {\n  cse,\n} from '../rewrite/index.ts';"],
    ['a core that knows a dialect', 'ir/a.ts', "export * from '../dialects/arith/index.ts';"],
    ['a machine that knows the graph level', 'target-mlu/a.ts', "import { graph } from '../dialects/graph/index.ts';"],
    ['a dialect that knows another', 'dialects/graph/a.ts', "import { add } from '../tensorop/index.ts';"],
    ['a tool that uses a test', 'tools/a.ts', "import '../tests/house/floor-plan.ts';"],
    ['a lazy import upwards', 'rewrite/a.ts', "const later = () => import('../tools/lists.ts');"],
    ['files in a pure folder', 'dialects/graph/a.ts', "import { readFileSync } from 'node:fs';"],
    ['a generator in the product', 'lowering/a.ts', "import fc from 'fast-check';"],
  ])('refuses %s', (_, path, text) => {
    expect(refused(path, text)).toHaveLength(1);
  });

  test.each([
    ['dialects/graph/a.ts', "import { module } from '../builtin/index.ts';"],
    ['target-mlu/a.ts', "import { mlu } from '../dialects/mlu/index.ts';"],
    ['tools/a.ts', "import { readFileSync } from 'node:fs';"],
  ])('%s may say %s', (path, text) => {
    expect(refused(path, text)).toEqual([]);
  });
});

describe('import cycles', () => {
  const cycles = (imports: readonly Import[]): readonly string[] => {
    const graph = new Graph({ directed: true });
    for (const { from, target, relative, typeOnly } of imports) if (relative && !typeOnly) graph.setEdge(from, target);
    return alg.findCycles(graph).map((cycle: readonly string[]) => cycle.join(' -> '));
  };

  test('there are none when the program runs', () => {
    expect(cycles(productImports)).toEqual([]);
  });

  test('one is found, but not one of types', () => {
    const back = file('ir/b.ts', "import { a } from './a.ts';");
    expect(cycles([file('ir/a.ts', "import { b } from './b.ts';"), back].flatMap(importsOf))).toHaveLength(1);
    expect(cycles([file('ir/a.ts', "import type { B } from './b.ts';"), back].flatMap(importsOf))).toEqual([]);
  });
});

describe('shared code knows no operation by name', () => {
  const names = allDialects.flatMap(({ ops }) => (Object.values(ops) as AnyOp[]).map(({ opName }) => opName));
  const spelled = new RegExp(`(?<![\\w.])(?:${names.map((name) => name.replaceAll('.', '\\.')).join('|')})(?![\\w.])`);
  const named = ({ path, text }: SourceFile): readonly string[] =>
    stringLiterals(text).flatMap((literal) => {
      const [name] = spelled.exec(literal) ?? [];
      return name === undefined ? [] : [`${path} says '${name}'`];
    });

  test('ir, rewrite and the evaluator ask traits and interfaces', () => {
    const shared = product.filter(({ path }) =>
      /^(ir|rewrite)\/|^interpreter\/(evaluate|frame|prepared|budget)\.ts$/.test(path),
    );
    expect(shared.length).toBeGreaterThan(50);
    // Upstream's text puts operations without a module around them into one.
    expect(shared.flatMap(named)).toEqual(["ir/text/parse.ts says 'builtin.module'"]);
  });

  test('a name is found in code, not in a comment', () => {
    expect(named(file('ir/a.ts', "if (name === 'func.return') stop(); // 'func.call'"))).toHaveLength(1);
    expect(named(file('ir/a.ts', "/** As `func.return` does. */\nconst x = 'func.returns';"))).toEqual([]);
  });
});

describe('classes of the core', () => {
  test('fields are assigned by constructors, so that all objects of a class have one shape', () => {
    expect(product.filter(({ path }) => path.startsWith('ir/')).flatMap(initialisedFields)).toEqual([]);
  });

  test('a field with a value is found; statics, methods and what is in them are not', () => {
    const text = [
      'export class A<T> extends B {',
      '  private readonly seen: (a: T) => void = () => {};',
      '  #count = 0;',
      '  readonly name: string;',
      '  static readonly empty = new A();',
      '  add(a = 1): void {',
      '    this.name = a;',
      '  }',
      '}',
      'const outside = 1;',
    ].join('\n');
    expect(initialisedFields(file('ir/a.ts', text))).toEqual(['ir/a.ts:2 A.seen', 'ir/a.ts:3 A.#count']);
  });
});

describe('documentation', () => {
  test('every export says what it is', () => {
    expect(product.flatMap(undocumentedExports)).toEqual([]);
  });

  test('an export without a comment is found', () => {
    const text = '/** One. */\nexport const one = 1;\nexport type Two = 2;\n/* Three. */\nexport function three() {}\n';
    expect(undocumentedExports(file('ir/a.ts', text))).toEqual(['ir/a.ts:3 Two', 'ir/a.ts:5 three']);
  });
});

describe('size', () => {
  const everything = [...product, ...sourceFiles(['tests', 'examples', 'bench'])];
  // A warning only, as the line between one concept and two is a matter of judgement.
  const long = longerThan(400, everything);
  if (long.length > 0) console.warn(`over 400 lines, look for the second concept:\n  ${long.join('\n  ')}`);

  test('no file is longer than 600 lines', () => {
    expect(longerThan(600, everything)).toEqual([]);
  });

  test('a long file is found', () => {
    expect(longerThan(2, [file('a.ts', '1\n2\n3\n'), file('b.ts', '1\n2\n')])).toEqual(['a.ts has 3 lines']);
  });
});
