/** `paleo-diff rules`: the rules of paleozoic hold, those of a file are judged, and the page of all is not stale. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { noMatch, pattern, rule } from '../../../rewrite/index.ts';
import { arith } from '../../../dialects/arith/index.ts';
import { tensorop } from '../../../dialects/tensorop/index.ts';
import type { AnyOp } from '../../../ir/index.ts';
import { allRules, allWidths, floats, integersOf, usualWidths } from '../../../tools/proofs/all-rules.ts';
import { judgeAll, rulesCommand, rulesOfFiles } from '../../../tools/proofs/command.ts';
import { judgeDrawn } from '../../../tools/proofs/drawn.ts';
import { judge, type JudgeOptions } from '../../../tools/proofs/judge.ts';
import { page } from '../../../tools/proofs/page.ts';
import { byPattern, patternRule } from '../../../tools/proofs/rule.ts';
import { startSolver } from '../../../tools/proofs/solver.ts';
import { counterexampleOf, detailText, outcomeOf } from '../../../tools/proofs/table.ts';
import type { Verdict } from '../../../tools/proofs/verdict.ts';
import { allDialects } from '../../../tools/lists.ts';
import { runTool, Sources } from '../../../tools/cli/tool.ts';

const file = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const examples = file('examples/arith.rules');
const bless = process.env['PALEO_BLESS'] === '1';
const solver = await startSolver();
if (!solver) throw new Error('these tests need z3-solver');
const folder = mkdtempSync(join(tmpdir(), 'paleo-diff-'));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await solver.close();
});

async function verdictsOf(
  sets: Parameters<typeof judgeAll>[0],
  widths: readonly number[],
  options: Omit<JudgeOptions, 'solver'>,
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for await (const verdict of judgeAll(sets, widths, { solver, ...options })) verdicts.push(verdict);
  return verdicts;
}

describe('the rules of paleozoic', () => {
  const files = rulesOfFiles([examples], new Sources());
  const options = {
    ...{ budget: 2000, samples: bless ? 1000 : 10, completeBits: bless ? 16 : 8 },
    // The page has the settings of fixed point in their numbers.
    ...(bless ? {} : { settings: 4 }),
  };
  let verdicts: readonly Verdict[] = [];

  test('none is wrong', { timeout: 3_600_000 }, async () => {
    verdicts = [
      ...(await verdictsOf(allRules, bless ? allWidths : [1, 3], options)),
      ...(await verdictsOf(files, bless ? usualWidths : [1, 3], options)),
    ];
    expect(verdicts.filter((one) => counterexampleOf(one)).map((one) => [one.rule, counterexampleOf(one)])).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(100);
    // Whatever has no number with a point in it is proved.
    const proved = verdicts.filter((one) => outcomeOf(one) === 'proved').map((one) => one.rule);
    expect(proved.length).toBeGreaterThan(40);
    expect(proved).toContain('arith.floordivsi x, c');
    expect(proved).toContain('factor');
    for (const name of ['tensorop.requantize x', 'compose-requantises', 'drop-rounding'])
      expect(proved).toContain(name);
    const exhausted = verdicts.filter((one) => outcomeOf(one) === 'exhausted').map((one) => one.rule);
    if (bless) expect(exhausted).toContain('quantise-of-dequantise');
  });

  test('no fold is forgotten', () => {
    const judged = new Set(verdicts.map((one) => one.rule.split(' ')[0]));
    const folding = allDialects.flatMap(({ ops }) =>
      (Object.values(ops) as AnyOp[]).filter((op) => op.definition.fold),
    );
    const others = folding.map(({ opName }) => opName).filter((name) => !judged.has(name));
    // A constant is its value; a cast between types that are not real yet has no meaning to keep.
    expect(others).toEqual(['builtin.unrealized_conversion_cast', 'graph.constant', 'tensorop.constant']);
  });

  test('the page tells of all of them, and that none is wrong', () => {
    if (bless) writeFileSync(file('docs/rule-proofs.md'), page(verdicts));
    const text = readFileSync(file('docs/rule-proofs.md'), 'utf8');
    const told = [...text.matchAll(/^\| `(.*?)` \| (\w+)/gm)].map(([, rule, verdict]) => [rule, verdict] as const);
    const names = verdicts.map((one) => one.rule);
    expect(told.map(([rule]) => rule).toSorted()).toEqual(names.toSorted());
    expect(new Set(told.map(([, verdict]) => verdict))).toEqual(new Set(['proved', 'exhausted', 'tested']));
  });
});

describe('patterns', () => {
  const { addi, muli, subi } = arith.ops;
  test('a declarative one is judged like a rule of a file', async () => {
    const right = rule('right', {
      match: subi.of({ lhs: addi.of({ lhs: 'x', rhs: 'y' }), rhs: 'y' }),
      build: ({ x }) => x,
    });
    const wrong = rule('wrong', {
      match: muli.of({ lhs: 'x', rhs: addi.of({ lhs: 'y', rhs: 'z' }) }),
      build: ({ x, y, z }) => addi({ lhs: muli({ lhs: x, rhs: y }), rhs: z }),
    });
    const options = { solver, budget: 2000, samples: 50 };
    const mains = [...integersOf([1, 2, 64]), ...floats];
    const verdicts: Verdict[] = [];
    for (const one of [right, wrong]) {
      const checked = patternRule(one, [arith]);
      if (checked) verdicts.push(await judge(checked, mains, options));
    }
    expect(verdicts.map(outcomeOf)).toEqual(['proved', 'refuted']);
  });

  test('one that moves data the wrong way is found', () => {
    const { transpose } = tensorop.ops;
    const wrong = pattern('wrong', transpose, ({ input, permutation }) => {
      const inner = input.definedBy(transpose);
      if (!inner) return noMatch('input is not a transpose');
      return transpose({ input: inner.input, permutation: inner.permutation.map((d) => permutation[d] as number) });
    });
    const verdict = judgeDrawn({
      name: 'wrong',
      source: 'pattern',
      dialect: tensorop,
      roots: [transpose] as readonly AnyOp[],
      apply: byPattern(wrong),
    });
    expect([outcomeOf(verdict), detailText(verdict)]).toEqual(['refuted', 'wrong']);
  });
});

describe('paleo-diff rules', () => {
  const run = async (...args: readonly string[]) => {
    let [out, err] = ['', ''];
    const code = await runTool(rulesCommand, args, {
      out: (text) => void (out += String(text)),
      err: (text) => void (err += text),
    });
    return { code, out, err };
  };
  const rules = (text: string): string => {
    const path = join(folder, 'my.rules');
    writeFileSync(path, text);
    return path;
  };

  test('proves the rules of a file', async () => {
    const path = rules('rule twice {\n  (arith.xori (arith.xori %x, %y), %y)\n  => %x\n}\n');
    expect(await run(path, '--width=1', '--width=32')).toEqual({
      code: 0,
      out: 'twice                        proved     proved for i1, i32\n',
      err: '',
    });
  });

  test('shows where a rule of a file is wrong', async () => {
    const path = rules('rule swap {\n  (arith.subi %x, %y)\n  => (arith.subi %y, %x)\n}\n');
    const { code, out } = await run(path, '--width=8');
    expect(code).toBe(1);
    expect(out).toMatch(
      /^swap {25}refuted {4}wrong for i8\n'swap' is wrong for %arg0 = -?\d+, %arg1 = -?\d+: -?\d+ before, -?\d+ after\n {2}before:\n/,
    );
    expect(out).toContain('arith.subi %arg1, %arg0 : i8');
  });

  test('prints a table', async () => {
    const { code, out } = await run('--only=arith.subi x', '--width=5', '--markdown');
    expect([code, out]).toEqual([
      0,
      '| rule | verdict | what was found |\n| --- | --- | --- |\n' +
        '| `arith.subi x, x` | proved | proved for i5 |\n| `arith.subi x, c` | proved | proved for i5 |\n',
    ]);
  });

  test.each([
    [['--width=65'], 2, "option '--width' is '65', expected 1 to 64, or 'all'"],
    [['--budget=no'], 2, "option '--budget' is 'no', expected a whole number"],
    [['--only=nothing'], 2, "no rule has 'nothing' in its name"],
    [[join(folder, 'none.rules')], 1, 'no such file'],
  ])('%j is refused', async (args, code, message) => {
    const said = await run(...args);
    expect([said.code, said.out]).toEqual([code, '']);
    expect(said.err).toContain(message);
  });

  test('says how it is used', async () => {
    expect((await run('--help')).out).toContain('usage: paleo-diff rules [--only=TEXT]');
  });
});
