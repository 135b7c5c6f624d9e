/** Loops over spaces: which points they come to, and what reductions make of their turns. */
import { describe, expect, test } from 'vitest';
import { arithSemantics, builtinSemantics, evaluate, funcSemantics, scfSemantics } from '../../../interpreter/index.ts';
import type { RuntimeValue } from '../../../interpreter/value.ts';
import { Context, DiagnosticError, verify } from '../../../ir/index.ts';
import { parseModule } from '../../../ir/text/index.ts';
import { allDialects } from '../../../tools/lists.ts';

const levels = [builtinSemantics, funcSemantics, arithSemantics, scfSemantics];

/** The results of `@f`, and the operands of every `arith.muli` that was executed on the way. */
function run(
  text: string,
  values: readonly RuntimeValue[],
): { readonly results: readonly RuntimeValue[]; readonly products: readonly (readonly RuntimeValue[])[] } {
  const module = parseModule(text, new Context(allDialects));
  const errors = verify(module);
  if (errors.length > 0) throw new DiagnosticError(errors);
  const products: (readonly RuntimeValue[])[] = [];
  const results = evaluate(levels, module, 'f', values, {
    observer: ({ name }, operands) => {
      if (name === 'arith.muli') products.push(operands);
    },
  });
  return { results, products };
}

describe('parallel loops', () => {
  // The result so far is on the left, so that 10·old + new spells the turns in their order.
  const spelled = `func.func @f(%lower: index, %upper: index, %step: index, %start: index) -> (index, index) {
    %ten = arith.constant 10 : index
    %one = arith.constant 1 : index
    %r:2 = scf.parallel (%i) = (%lower) to (%upper) step (%step) init (%start, %one) -> (index, index) {
      %next = arith.addi %i, %one : index
      scf.reduce(%next, %next : index, index) {
      ^bb0(%old: index, %new: index):
        %shifted = arith.muli %old, %ten : index
        %sum = arith.addi %shifted, %new : index
        scf.reduce.return %sum : index
      }, {
      ^bb0(%old: index, %new: index):
        %seen = arith.addi %old, %i : index
        scf.reduce.return %seen : index
      }
    }
    return %r#0, %r#1 : index, index
  }`;

  test('a reduction puts the turns together and sees what its turn sees', () => {
    expect(run(spelled, [0, 3, 1, 0]).results).toEqual([123, 1 + 0 + 1 + 2]);
    expect(run(spelled, [1, 6, 2, 9]).results).toEqual([9246, 1 + 1 + 3 + 5]);
  });

  test('no turn leaves what the loop starts with', () => {
    expect(run(spelled, [3, 3, 1, 7]).results).toEqual([7, 1]);
  });

  test('a step that is not positive is refused', () => {
    expect(() => run(spelled, [0, 3, 0, 0])).toThrow(/has step 0, expected a positive one/);
  });

  test('a loop within a loop gathers its own', () => {
    const text = `func.func @f(%n: index) -> index {
      %zero = arith.constant 0 : index
      %one = arith.constant 1 : index
      %r = scf.parallel (%i) = (%zero) to (%n) step (%one) init (%zero) -> index {
        %inner = scf.parallel (%j) = (%zero) to (%i) step (%one) init (%zero) -> index {
          scf.reduce(%one : index) {
          ^bb0(%a: index, %b: index):
            %s = arith.addi %a, %b : index
            scf.reduce.return %s : index
          }
        }
        scf.reduce(%inner : index) {
        ^bb0(%a: index, %b: index):
          %s = arith.addi %a, %b : index
          scf.reduce.return %s : index
        }
      }
      return %r : index
    }`;
    expect(run(text, [5]).results).toEqual([0 + 1 + 2 + 3 + 4]);
  });
});

test('forall comes to every point, known bounds and others mixed', () => {
  const text = `func.func @f(%n: index) {
    scf.forall (%i, %j) = (1, 0) to (%n, 3) step (2, 1) {
      %p = arith.muli %i, %j : index
    }
    return
  }`;
  expect(run(text, [4]).products).toEqual([1, 3].flatMap((i) => [0, 1, 2].map((j) => [i, j])));
  expect(run(text, [1]).products).toEqual([]);
});

test('a counter without a sign passes the signed limit, and steps of half the numbers', () => {
  const text = `func.func @f(%lower: i8, %upper: i8, %step: i8) {
    scf.for unsigned %i = %lower to %upper step %step : i8 {
      %p = arith.muli %i, %i : i8
    }
    return
  }`;
  const first = (values: readonly RuntimeValue[]): readonly RuntimeValue[] =>
    run(text, values).products.map(([counter]) => counter as RuntimeValue);
  // 126, 127, 128 and 129 in 8 bits.
  expect(first([126, -126, 1])).toEqual([126, 127, -128, -127]);
  // 0, 128, and 256 is past every bound.
  expect(first([0, -1, -128])).toEqual([0, -128]);
  expect(() => first([0, 5, 0])).toThrow(/has step 0/);
});

test('a space with an empty dimension has no points, however long the others are', () => {
  const module = parseModule(
    `func.func @f(%n: index) -> index {
      %zero = arith.constant 0 : index
      scf.forall (%i, %j) in (%n, %zero) {}
      return %n : index
    }`,
    new Context(allDialects),
  );
  expect(evaluate(levels, module, 'f', [Number.MAX_SAFE_INTEGER])).toEqual([Number.MAX_SAFE_INTEGER]);
});
