/**
 * Rules of fixed point: what requantisation means to the solver is what the interpreter does, wrong rules are found, and
 * those with floating-point numbers apply exactly where every integer is held.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { tensorop } from '../../../dialects/tensorop/index.ts';
import { quantiseOfDequantise } from '../../../dialects/tensorop/quantize-patterns.ts';
import {
  Context,
  integerType,
  type Operation,
  quantize,
  requantize,
  roundings,
  holdsIntegers,
  tensorType,
  within,
} from '../../../ir/index.ts';
import { parseModule } from '../../../ir/text/index.ts';
import { NoMatch, Rewriter } from '../../../rewrite/index.ts';
import { arrays, elementsOf, integerArrays } from '../../../tools/proofs/all-rules.ts';
import { judge, type JudgeOptions } from '../../../tools/proofs/judge.ts';
import { requantizeTerms } from '../../../tools/proofs/requantize-terms.ts';
import { patternRule, type CheckedRule } from '../../../tools/proofs/rule.ts';
import { newEvaluator, resultsOf } from '../../../tools/proofs/run.ts';
import { bitsOfNumber, edgeNumbers, numberOfBits } from '../../../tools/proofs/samples.ts';
import { startSolver } from '../../../tools/proofs/solver.ts';
import { counterexampleOf, counterexampleText, detailText, outcomeOf } from '../../../tools/proofs/table.ts';
import * as term from '../../../tools/proofs/term.ts';
import { allDialects } from '../../../tools/lists.ts';
import { wrongQuantises, wrongRequantises } from './seeded-requantise.ts';

const solver = await startSolver();
if (!solver) throw new Error('these tests need z3-solver');
afterAll(() => solver.close());

const element = (width: number) => tensorType([], integerType(width));
/** The function that requantises one integer. */
function functionOf(from: number, to: number, shift: number, rounding: string): Operation {
  const [input, output] = [element(from).text, element(to).text];
  const module = parseModule(
    `func.func @f(%q: ${input}) -> ${output} {
      %0 = tensorop.requantize %q {shift = ${shift}, rounding = "${rounding}"} : ${input} -> ${output}
      return %0 : ${output}
    }`,
    new Context(allDialects),
  );
  return module.region().entry?.first as Operation;
}
function termOf(of: Operation, from: number, to: number): term.Term {
  const operation = of.region().entry?.first as Operation;
  const q = { bits: term.unknown('q', from), poison: term.no };
  const made = requantizeTerms.get(tensorop.ops.requantize.opName)?.([q], [to], operation);
  return made?.results[0]?.bits as term.Term;
}

describe('what the solver is told', () => {
  const compare = (from: number, to: number, shift: number, rounding: string, all: boolean): number => {
    const of = functionOf(from, to, shift, rounding);
    const compute = term.evaluator([termOf(of, from, to)]);
    const run = newEvaluator();
    const given = all
      ? Array.from({ length: 2 ** from }, (_, bits) => numberOfBits(BigInt(bits), element(from)))
      : edgeNumbers(element(from));
    for (const q of given) {
      const [bits = 0n] = compute(new Map([['q', bitsOfNumber(q, element(from))]]));
      const [expected] = resultsOf(run, of, [q]) ?? [];
      const found = numberOfBits(bits, element(to));
      if (BigInt(found) !== BigInt(expected as number))
        throw new Error(`${q} by ${shift} ${rounding} from i${from} to i${to}: ${found}, expected ${expected}`);
    }
    return given.length;
  };

  test.each(roundings)('%s: all integers of up to 8 bits are the interpreter’s', (rounding) => {
    let compared = 0;
    for (const from of [1, 2, 3, 5, 8])
      for (const to of [1, 4, 8, 9])
        for (let shift = -9; shift <= 11; shift++) compared += compare(from, to, shift, rounding, true);
    expect(compared).toBe((2 + 4 + 8 + 32 + 256) * 4 * 21);
  });

  test.each(roundings)('%s: the edges of wide ones as well', (rounding) => {
    for (const from of [16, 32, 63, 64])
      for (const to of [1, 8, 32, 64])
        for (const shift of [-127, -64, -33, -32, -1, 0, 1, 15, 31, 32, 33, 62, 63, 64, 65, 127])
          compare(from, to, shift, rounding, false);
  });

  test('Z3 computes the same in so many bits', async () => {
    const differs: term.Term[] = [];
    for (const rounding of roundings)
      for (const [from, to, shift] of [
        [8, 8, 3],
        [8, 4, -2],
        [64, 16, 40],
        [64, 64, -127],
        [33, 64, 127],
      ] as const) {
        const made = termOf(functionOf(from, to, shift, rounding), from, to);
        for (const q of [0n, 1n, -1n, 91n, -(1n << BigInt(from - 1)), (1n << BigInt(from - 1)) - 1n]) {
          const [bits = 0n] = term.evaluator([made])(new Map([['q', BigInt.asUintN(from, q)]]));
          const here = term.same(term.unknown('q', from), term.bits(q, from));
          differs.push(term.all(here, term.not(term.same(made, term.bits(bits, to)))));
        }
      }
    expect(differs.length).toBe(150);
    // Of one name in two widths there are two questions.
    for (const one of differs) expect(await solver.canHold(one, 10_000)).toEqual({ kind: 'never' });
  });
});

describe('wrong rules', () => {
  const options: JudgeOptions = { solver, budget: 5000, samples: 200, settings: 100 };
  const checked = (rule: CheckedRule | undefined): CheckedRule => {
    if (!rule) throw new Error('a declarative pattern is judged');
    return rule;
  };

  test.each(wrongRequantises)('%s', async (_, wrong, said) => {
    const rule = checked(patternRule(wrong, [tensorop]));
    const verdict = await judge(rule, elementsOf([4, 8, 33]), options);
    expect(outcomeOf(verdict), detailText(verdict)).toBe('refuted');
    const found = counterexampleOf(verdict);
    expect(found && counterexampleText(rule.name, found)).toMatch(said);
    expect(found?.programs[0]).toContain('tensorop.requantize');
  });

  test.each(wrongRequantises.slice(0, 4))('%s, without a solver', async (_, wrong) => {
    const rule = checked(patternRule(wrong, [tensorop]));
    const verdict = await judge(rule, elementsOf([8]), { ...options, solver: undefined });
    expect(outcomeOf(verdict), detailText(verdict)).toBe('refuted');
  });

  test.each(wrongQuantises)('%s', async (_, wrong) => {
    const rule = checked(patternRule(wrong, [tensorop]));
    const verdict = await judge(rule, [...arrays, ...integerArrays], { ...options, settings: 40, completeBits: 8 });
    expect(outcomeOf(verdict), detailText(verdict)).toBe('refuted');
  });
});

describe('quantise of a dequantise', () => {
  const applies = (from: string, through: string, position: number): boolean => {
    const module = parseModule(
      `func.func @f(%q: tensor<${from}>) -> tensor<i8> {
        %0 = tensorop.dequantize %q {position = ${position}} : tensor<${from}> -> tensor<${through}>
        %1 = tensorop.quantize %0 {position = 0} : tensor<${through}> -> tensor<i8>
        return %1 : tensor<i8>
      }`,
      new Context(allDialects),
    );
    const block = module.region().entry?.first?.region().entry;
    const root = block?.operations[1] as Operation;
    return within(module.context, root.location, () => {
      const outcome = quantiseOfDequantise.apply(root, new Rewriter(root.parent as never, root));
      return !(outcome instanceof NoMatch);
    });
  };

  test.each([
    ['i8', 'f16', 8, 33],
    ['i8', 'f32', 8, 248],
    ['i16', 'f16', 16, 0],
    ['i16', 'f32', 16, 240],
  ] as const)(
    'of %s in %s: at every position at which all integers are held, and at no other',
    (from, through, bits, count) => {
      let held = 0;
      for (let position = -127; position <= 127; position++) {
        const exact = holdsIntegers(through, bits, position);
        expect(applies(from, through, position), `position ${position}`).toBe(exact);
        if (exact) held++;
      }
      expect(held).toBe(count);
    },
  );

  test('what is held exactly is quantised as the integer is requantised, at every distance of positions', () => {
    for (const rounding of roundings)
      for (let shift = -127; shift <= 127; shift++)
        for (let q = -128; q < 128; q++)
          for (const bits of [8, 16])
            if (BigInt(quantize(q, shift, bits, rounding)) !== requantize(BigInt(q), shift, bits, rounding))
              throw new Error(`${q} by ${shift} ${rounding} to ${bits} bits`);
    for (const rounding of roundings)
      for (let shift = -17; shift <= 18; shift++)
        // Both ends, and others on the way.
        for (let q = -32768; q < 32768; q += q < -32700 || q >= 32700 ? 1 : 13)
          if (BigInt(quantize(q, shift, 8, rounding)) !== requantize(BigInt(q), shift, 8, rounding))
            throw new Error(`${q} by ${shift} ${rounding} to 8 bits`);
  });
});
