/** `paleo-opt` around passes: dumps, times, statistics, reproducers, actions, explanations. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { runTool } from '../../../tools/cli/tool.ts';
import { paleoOpt } from '../../../tools/opt/command.ts';

const whole = mkdtempSync(join(tmpdir(), 'paleo-opt-around-'));
let folder = whole;
beforeEach(() => {
  folder = mkdtempSync(join(whole, 'case-'));
});
afterAll(() => rmSync(whole, { recursive: true }));

const program = `func.func @f(%a: i32) -> i32 {
  %c0 = arith.constant 0 : i32
  %0 = arith.addi %a, %c0 : i32
  %1 = arith.muli %0, %a : i32
  %2 = arith.muli %0, %a : i32
  %3 = arith.subi %1, %2 : i32
  return %3 : i32
}
func.func @g() {
  return
}
`;
const nested = '--pass-pipeline=builtin.module(func.func(canonicalize,cse),symbol-dce)';

async function opt(text: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const file = join(folder, 'in.mlir');
  writeFileSync(file, text);
  const streams = { out: '', err: '' };
  const code = await runTool(paleoOpt, [file, ...args], {
    out: (piece) => {
      streams.out += typeof piece === 'string' ? piece : new TextDecoder().decode(piece);
    },
    err: (piece) => {
      streams.err += piece.replaceAll(file, 'in.mlir').replaceAll(folder, '.');
    },
  });
  return { code, ...streams };
}

const headers = (text: string): readonly string[] =>
  [...text.matchAll(/^\/\/ -----\/\/ (.*) \/\/----- \/\/$/gm)].map(([, header]) => header as string);

describe('IR dumps', () => {
  test('around the passes that are named, with upstream’s options without their prefix', async () => {
    const { err } = await opt(
      program,
      nested,
      '--print-ir-before=cse',
      '--mlir-print-ir-after=canonicalize,symbol-dce',
    );
    expect(headers(err)).toEqual([
      'IR Dump After canonicalize',
      'IR Dump Before cse',
      'IR Dump After canonicalize',
      'IR Dump Before cse',
      'IR Dump After symbol-dce',
    ]);
  });

  test('only where something changed, of the whole module', async () => {
    const { err } = await opt(program, nested, '--print-ir-after-change', '--print-ir-module-scope');
    expect(headers(err)).toEqual([
      "IR Dump After canonicalize ('func.func' operation: @f)",
      "IR Dump After cse ('func.func' operation: @f)",
    ]);
    expect(err).toContain('func.func @g()');
  });

  test('as files in folders by operation', async () => {
    const tree = join(folder, 'tree');
    const { err } = await opt(program, nested, '--mlir-print-ir-after-all', `--mlir-print-ir-tree-dir=${tree}`);
    expect(err).toBe('');
    expect(
      readdirSync(tree, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.mlir'))
        .sort(),
    ).toEqual([
      'builtin_module_no-symbol-name/1_after_symbol-dce.mlir',
      'builtin_module_no-symbol-name/func_func_f/1_after_canonicalize.mlir',
      'builtin_module_no-symbol-name/func_func_f/2_after_cse.mlir',
      'builtin_module_no-symbol-name/func_func_g/1_after_canonicalize.mlir',
      'builtin_module_no-symbol-name/func_func_g/2_after_cse.mlir',
    ]);
  });

  test('after a pass that fails', async () => {
    const { code, err } = await opt(
      '"graph.none"() : () -> ()',
      '--allow-unregistered-dialect',
      '--graph-to-tensorop',
      '--print-ir-after-failure',
    );
    expect(code).toBe(1);
    expect(headers(err)).toEqual(['IR Dump After failed graph-to-tensorop']);
  });
});

describe('reports', () => {
  const rows = (err: string): readonly string[] =>
    [...err.matchAll(/^ +\d+\.\d+ \([ \d.]+%\) {2}(.*)$/gm)].map(([, name]) => name as string);

  test('times by pipeline and by pass', async () => {
    const tree = rows((await opt(program, nested, '--mlir-timing')).err);
    expect(tree).toEqual(
      [
        'Parser',
        'Verifier',
        'Output',
        "'func.func' Pipeline",
        '  canonicalize',
        '  (verifier)',
        '  cse',
        'symbol-dce',
        '(verifier)',
        'Rest',
        'Total',
      ].filter((name) => tree.includes(name)),
    );
    expect(tree).toContain('  canonicalize');
    const list = rows((await opt(program, nested, '--timing', '--timing-display=list')).err);
    expect(list).toContain('canonicalize');
    expect(list).not.toContain("'func.func' Pipeline");
    expect((await opt(program, '--mlir-timing', '--mlir-timing-display=pie')).code).toBe(2);
  });

  test('a trace has every run of every pass', async () => {
    const file = join(folder, 'trace.json');
    await opt(program, nested, `--timing-trace=${file}`);
    const { traceEvents } = JSON.parse(readFileSync(file, 'utf8')) as {
      traceEvents: { name: string; ph: string; dur: number }[];
    };
    expect(traceEvents.filter(({ name }) => name === 'canonicalize')).toHaveLength(2);
    expect(traceEvents.every(({ ph, dur }) => ph === 'X' && dur >= 0)).toBe(true);
  });

  test('statistics are summed over operations', async () => {
    const { err } = await opt(program, nested, '--mlir-pass-statistics');
    expect(err).toMatch(/^func\.func > cse\n {2}\(S\) +1 merged$/m);
    const list = await opt(program, nested, '--pass-statistics', '--pass-statistics-display=list');
    expect(list.err).toMatch(/^canonicalize\n[\s\S]*^cse\n[\s\S]*^symbol-dce\n/m);
  });
});

describe('reproducers', () => {
  test('run again, and say what they came from', async () => {
    const file = join(folder, 'again.mlir');
    const first = await opt(program, nested, `--mlir-generate-reproducer=${file}`);
    expect(first.err).toBe("a reproducer is in ./again.mlir; run it with 'paleo-opt --run-reproducer ./again.mlir'\n");
    expect(readFileSync(file, 'utf8')).toContain('pipeline: "builtin.module(func.func(canonicalize,cse),symbol-dce)"');
    const again = await opt(readFileSync(file, 'utf8'), '--run-reproducer');
    expect(again).toEqual({ code: 0, out: first.out, err: '' });
  });

  test('of a failure hold the input, or only what the failing pass was given', async () => {
    const text = `${program}"graph.none"() : () -> ()\n`;
    const file = join(folder, 'crash.mlir');
    const args = [
      '--allow-unregistered-dialect',
      '--cse',
      '--graph-to-tensorop',
      `--pass-pipeline-crash-reproducer=${file}`,
    ];
    expect((await opt(text, ...args)).code).toBe(1);
    expect(readFileSync(file, 'utf8').match(/arith\.muli/g)).toHaveLength(2);
    expect(readFileSync(file, 'utf8')).toContain('pipeline: "any(cse,graph-to-tensorop)"');
    const again = await opt(readFileSync(file, 'utf8'), '--run-reproducer', '--allow-unregistered-dialect');
    expect(again.code).toBe(1);
    await opt(text, ...args, '--mlir-pass-pipeline-local-reproducer');
    expect(readFileSync(file, 'utf8').match(/arith\.muli/g)).toHaveLength(1);
    expect(readFileSync(file, 'utf8')).toContain('pipeline: "builtin.module(graph-to-tensorop)"');
  });

  test('a module that names no pipeline is no reproducer', async () => {
    const { code, err } = await opt(program, '--run-reproducer');
    expect(code).toBe(1);
    expect(err).toContain('this is no reproducer');
  });
});

describe('actions', () => {
  test('are logged with what they change, or to a file', async () => {
    const { err } = await opt(program, nested, '--log-actions-to=-', '--log-actions-misses');
    expect(err).toContain(
      [
        "pass:canonicalize #1 on 'func.func' at in.mlir:1:1: begins",
        "  fold:arith.addi #1 on 'arith.addi' at in.mlir:3:8: applied",
        '    - %0 = "arith.addi"(%1, %2) {overflowFlags = #arith.overflow<none>} : (i32, i32) -> (i32)',
        '    + %1',
        "  step:erase-dead #1 on 'arith.constant' at in.mlir:2:9: applied",
        '    - %0 = "arith.constant"() {value = 0 : i32} : () -> (i32)',
        '    + nothing',
        "  fold:arith.muli #1 on 'arith.muli' at in.mlir:4:8: does not apply: it folds to nothing",
      ].join('\n'),
    );
    const file = join(folder, 'log.txt');
    expect((await opt(program, nested, `--log-actions-to=${file}`)).err).toBe('');
    expect(readFileSync(file, 'utf8')).toContain('pass:cse #1: changed the IR\n');
  });

  test('are limited by kind, name and number', async () => {
    const passes = ['--canonicalize', '--cse'];
    expect((await opt(program, ...passes)).out).not.toContain('arith.addi');
    expect((await opt(program, ...passes, '--action-limit=fold:arith.addi=1-0')).out).toContain('arith.addi');
    expect((await opt(program, ...passes, '--action-limit=pass:cse=2-')).out.match(/arith\.muli/g)).toHaveLength(2);
    const { code, err } = await opt(program, '--action-limit=cse');
    expect([code, err.split('\n')[0]]).toEqual([
      2,
      "paleo-opt: option '--action-limit' is 'cse', expected KIND:NAME=FROM-TO, such as pattern:fuse-add=1-10; KIND is pattern, fold, step, pass or *",
    ]);
  });

  test('explain what became of an operation, by name and by place', async () => {
    const { err } = await opt(program, '--canonicalize', '--cse', '--explain=arith.subi', '--explain=in.mlir:3');
    expect(err).toBe(
      [
        'in.mlir:6:8: %0 = "arith.subi"(%1, %2) {overflowFlags = #arith.overflow<none>} : (i32, i32) -> (i32)',
        '  folding did not apply, 2 times; at last: it folds to nothing',
        'in.mlir:3:8: %0 = "arith.addi"(%1, %2) {overflowFlags = #arith.overflow<none>} : (i32, i32) -> (i32)',
        "  folding in pass 'canonicalize' replaced it by a value that was there",
        '',
      ].join('\n'),
    );
    const merged = await opt(program, '--canonicalize', '--cse', '--explain=in.mlir:5:8');
    expect(merged.err).toContain("  step 'merge-equal' in pass 'cse' replaced it by a value that was there\n");
    expect((await opt(program, '--explain=arith.divsi')).err).toBe(
      "no operation called 'arith.divsi' was there before, after or between the passes\n",
    );
  });
});

describe('rules from a file', () => {
  const rules = `rule add-zero {
  (arith.addi %x, (arith.constant {value = 0 : i32}))
  => %x
}
rule square group strength {
  (arith.muli %x, %x)
  => (test.square %x -> i32)
}
`;
  const written = (text: string): string => {
    const file = join(folder, 'my.rules');
    writeFileSync(file, text);
    return file;
  };

  test('are applied first, or where the pipeline says', async () => {
    const file = written(rules);
    const first = await opt(
      program,
      `--patterns=${file}`,
      '--cse',
      '--dump-pass-pipeline',
      '--allow-unregistered-dialect',
    );
    expect(first.err).toBe('any(apply-rules,cse)\n');
    expect(first.out).toContain('test.square');
    const last = await opt(
      program,
      `--patterns=${file}`,
      '--cse',
      '--apply-rules=driver=walk',
      '--dump-pass-pipeline',
      '--allow-unregistered-dialect',
    );
    expect(last.err).toBe('any(cse,apply-rules{driver=walk})\n');
  });

  test('of some groups only', async () => {
    const { out } = await opt(
      program,
      `--patterns=${written(rules)}`,
      '--rule-groups=other',
      '--action-limit=fold:*=1-0',
    );
    expect(out).not.toContain('arith.addi');
    expect(out).toContain('arith.muli');
  });

  test('that are wrong end in a diagnostic with the line', async () => {
    const { code, err } = await opt(program, `--patterns=${written(rules.replace('=> %x', '=> %y'))}`);
    expect(code).toBe(1);
    expect(err).toBe(
      "./my.rules:3:6: error: rule 'add-zero': '%y' stands for nothing; it is not matched\n  => %y\n     ^\n",
    );
    expect((await opt(program, '--patterns=./none.rules')).code).toBe(1);
  });
});
