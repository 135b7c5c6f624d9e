/** Rules that are right are proved or run completely; wrong ones are shown to be wrong. */
import { afterAll, describe, expect, test } from 'vitest';
import { Context, type Type } from '../../../ir/index.ts';
import { parseRules } from '../../../rewrite/rules/index.ts';
import { floats, integersOf } from '../../../tools/proofs/all-rules.ts';
import { judgeConstantFold } from '../../../tools/proofs/constant-fold.ts';
import { judge, type JudgeOptions } from '../../../tools/proofs/judge.ts';
import type { Verdict } from '../../../tools/proofs/verdict.ts';
import { fileRule } from '../../../tools/proofs/rule.ts';
import { startSolver } from '../../../tools/proofs/solver.ts';
import { counterexampleOf, counterexampleText, detailText, outcomeOf } from '../../../tools/proofs/table.ts';
import { allDialects } from '../../../tools/lists.ts';
import { wrongConstants, wrongFolds, wrongRules } from './seeded-rules.ts';

const solver = await startSolver();
if (!solver) throw new Error('these tests need z3-solver');
afterAll(() => solver.close());
const options: JudgeOptions = { solver, budget: 2000, samples: 500 };
const mains = [...integersOf([1, 2, 3, 8, 64]), ...floats];

const ruleOf = (text: string) => {
  const context = new Context(allDialects);
  const [rule] = parseRules(`rule r { ${text} }`, 'my.rules', context);
  if (!rule) throw new Error('one rule was written');
  return fileRule(rule, 'my.rules', context, allDialects);
};
const judged = (text: string, types: readonly Type[] = mains, how = options): Promise<Verdict> =>
  judge(ruleOf(text), types, how);
const wrongType = ({ types }: Verdict): string | undefined =>
  types.find(({ outcome }) => outcome === 'refuted')?.type?.text;
const said = (verdict: Verdict): string => {
  const wrong = counterexampleOf(verdict);
  return wrong ? counterexampleText(verdict.rule, wrong) : `not found wrong: ${detailText(verdict)}`;
};

describe('wrong folds of values', () => {
  test.each(wrongFolds)('%s', async (_, rules, type, text) => {
    const verdicts: Verdict[] = [];
    for (const rule of rules) verdicts.push(await judge(rule, integersOf([1, 2, 3, 8, 64]), options));
    const wrong = verdicts.filter((verdict) => outcomeOf(verdict) === 'refuted');
    expect(wrong.map(wrongType), verdicts.map(said).join('\n')).toContain(type);
    expect(wrong.map(said).join('\n')).toContain(text);
  });
});

describe('wrong folds of constants', () => {
  test.each(wrongConstants)('%s', (_, fold, type) => {
    const verdict = judgeConstantFold(fold, integersOf([1, 2, 3, 8, 64]), options);
    expect(wrongType(verdict), said(verdict)).toBe(type);
  });
});

describe('wrong rules', () => {
  test.each(wrongRules)('%s', async (text, type, pattern) => {
    const verdict = await judged(text);
    expect(said(verdict)).toMatch(pattern);
    expect(wrongType(verdict)).toBe(type);
  });

  test('are found without a solver as well', async () => {
    const text = '(arith.shrsi %x, %y) => (arith.shrui %x, %y)';
    const verdict = await judged(text, integersOf([8]), { ...options, solver: undefined });
    expect(said(verdict)).toMatch(/-\d+ before, \d+ after/);
  });
});

describe('right rules', () => {
  test.each([
    // A division by zero has no value, so that it may have any.
    ['(arith.divsi %x, %x -> !t) => (arith.constant {value = number(1, !t)} -> !t)', integersOf([1, 2, 3, 8])],
    // What overflows although it promised not to may have any value.
    [
      '(arith.cmpi (arith.addi %x, (arith.constant {value = #c}) {overflowFlags = #arith.overflow<nsw>}), %x {predicate = 4 : i64}) where is-one(#c) => (arith.constant {value = true} -> i1)',
      integersOf([2, 8, 64]),
    ],
    ['(arith.select %c, %x, %x) => %x', [...integersOf([1, 8, 64]), ...floats]],
    ['(arith.trunci (arith.trunci %x) -> !t) => (arith.trunci %x -> !t)', integersOf([3, 8, 33])],
    // Too far a shift has no value, and no other is left but 0.
    ['(arith.shrsi %x, %x -> !t) => (arith.constant {value = number(0, !t)} -> !t)', integersOf([1, 8, 64])],
    ['(arith.andi (arith.xori %x, %y), %y) => (arith.xori (arith.andi %x, %y), %y)', integersOf([1, 8, 64])],
  ])('%s is proved', async (text, types) => {
    const verdict = await judged(text, types);
    expect(outcomeOf(verdict), said(verdict)).toBe('proved');
  });

  test('a rule over halves of one operand is run on all 65,536', async () => {
    const verdict = await judged('(arith.negf (arith.negf %x)) => %x', floats);
    expect(detailText(verdict)).toMatch(/^all 131,072 inputs for f16, bf16; [\d,]+ inputs for f32, f64$/);
    expect(outcomeOf(verdict)).toBe('exhausted');
  });

  test('a rule over two is tested', async () => {
    const verdict = await judged('(arith.subf %x, %y) => (arith.addf %x, (arith.negf %y))', floats);
    expect(outcomeOf(verdict)).toBe('tested');
  });

  test('what takes the solver too long is run on all inputs of 8 bits', async () => {
    const none = '{overflowFlags = #arith.overflow<none>}';
    const product = `(arith.muli (arith.divsi %x, %y), %y ${none})`;
    const text = `(arith.subi %x, ${product} ${none}) => (arith.remsi %x, %y)`;
    const verdict = await judged(text, integersOf([64]), { ...options, budget: 30 });
    expect(outcomeOf(verdict)).toBe('exhausted');
    expect(verdict.types.map(({ type, outcome, inputs }) => [type?.text, outcome, inputs > 65_000])).toEqual([
      ['i64', 'tested', false],
      ['index', 'tested', false],
      ['i8', 'exhausted', true],
    ]);
  });

  test('without a solver everything is run', async () => {
    const verdict = await judged('(arith.xori (arith.xori %x, %y), %y) => %x', integersOf([8, 33]), {
      ...options,
      solver: undefined,
    });
    expect(detailText(verdict)).toMatch(/^all 65,536 inputs for i8; [\d,]+ inputs for i33$/);
  });
});

describe('rules about which nothing is said', () => {
  test.each([
    ['(test.op %x) => %x', "'test.op' is not declared"],
    ['(_ %x) => %x', 'it matches any operation'],
    ['(arith.addi %x) => %x', "'arith.addi' has 2 operands, never 1"],
    ['(arith.addi %x : i32, %y : i8) => %x', 'a value would have the types i32 and i8'],
    [
      '(arith.addi %x, (arith.constant {value = #c})) where is-zero(#c), is-one(#c) => %x',
      'it matches none of the programs that were tried, or they have no meaning',
    ],
  ])('%s', async (text, why) => {
    const context = new Context(allDialects, { allowUnregistered: true });
    let verdict: Verdict | undefined;
    try {
      const [rule] = parseRules(`rule r { ${text} }`, 'my.rules', context);
      verdict = rule && (await judge(fileRule(rule, 'my.rules', context, allDialects), integersOf([1, 8]), options));
    } catch (error) {
      expect(String(error)).toContain('operand');
    }
    if (verdict) expect([outcomeOf(verdict), detailText(verdict)]).toEqual(['not tried', why]);
  });
});
