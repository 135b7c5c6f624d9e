import { describe, expect, test } from 'vitest';
import { Builder } from '../../../ir/builder.ts';
import type { OpView } from '../../../ir/op.ts';
import { rewriteGreedily } from '../../../rewrite/greedy.ts';
import { changed, noMatch, NoMatch, pattern, type RewritePattern, rule } from '../../../rewrite/pattern.ts';
import { Rewriter } from '../../../rewrite/rewriter.ts';
import { rewriteOnce } from '../../../rewrite/walk.ts';
import { add, constant, diagnosticsOf, loop, negate, program, show, split, subtract, use } from './toy.ts';

const check = true;
/** One subtraction and its reader. */
const subtraction = () => {
  const made = program();
  const [x, y] = made.arguments;
  const difference = made.builder.build(() => subtract({ lhs: x!, rhs: y! }));
  made.builder.build(() => use({ values: [difference.out] }));
  return { ...made, x: x!, y: y!, difference };
};
const outcomeOf = (one: RewritePattern, operation: Parameters<RewritePattern['apply']>[0]) =>
  one.apply(operation, new Rewriter(operation.parent!, operation));

describe('rules', () => {
  const sameTwice = rule('same-twice', { match: subtract.of({ lhs: 'x', rhs: 'x' }), build: ({ x }) => x });

  test('a name captured twice means the same value', () => {
    const { difference, builder, x } = subtraction();
    const same = builder.build(() => subtract({ lhs: x, rhs: x }));
    expect(outcomeOf(sameTwice, same.operation)).toBe(x);
    const miss = outcomeOf(sameTwice, difference.operation);
    expect(miss).toEqual(noMatch("'x' stands for two different things"));
  });

  test('attributes are captured as plain values and compared by value', () => {
    const { builder, x } = subtraction();
    const both = rule('both', {
      match: negate.of({ input: negate.of({ input: 'x', times: 'n' }), times: 'n' }),
      where: ({ n }) => (n < 5 ? true : noMatch('too often')),
      build: ({ x: inner, n }) => negate({ input: inner, times: n * 2 }),
    });
    const nest = (inner: number, outer: number) =>
      builder.build(() => negate({ input: negate({ input: x, times: inner }), times: outer })).operation;
    expect(outcomeOf(both, nest(2, 2))).toMatchObject({ times: 4 });
    expect(outcomeOf(both, nest(2, 3))).toBeInstanceOf(NoMatch);
    expect(outcomeOf(both, nest(7, 7))).toEqual(noMatch('too often'));
  });

  test('the reason names what was expected and found', () => {
    const { builder, x, difference } = subtraction();
    const twice = rule('twice', {
      match: negate.of({ input: negate.of({ input: 'x' }) }),
      build: ({ x: inner }) => inner,
    });
    expect(outcomeOf(twice, builder.build(() => negate({ input: x })).operation)).toEqual(
      noMatch("expected 'toy.negate', found a block argument"),
    );
    expect(outcomeOf(twice, builder.build(() => negate({ input: difference })).operation)).toEqual(
      noMatch("expected 'toy.negate', found 'toy.subtract'"),
    );
  });

  test('nested commutative operations are tried in every order', () => {
    const { builder, x, y } = subtraction();
    const shape = rule('shape', {
      match: add.of({ lhs: add.of({ lhs: negate.of({ input: 'a' }), rhs: 'b' }), rhs: 'a' }),
      build: ({ a, b }) => subtract({ lhs: b, rhs: a }),
    });
    const orders = [
      () => add({ lhs: add({ lhs: negate({ input: x }), rhs: y }), rhs: x }),
      () => add({ lhs: x, rhs: add({ lhs: y, rhs: negate({ input: x }) }) }),
      () => add({ lhs: add({ lhs: y, rhs: negate({ input: x }) }), rhs: x }),
    ];
    for (const order of orders) {
      const made = outcomeOf(shape, builder.build(order).operation) as OpView;
      expect(made.operation.operands[0]).toBe(y);
      expect(made.operation.operands[1]).toBe(x);
    }
    const other = builder.build(() => add({ lhs: add({ lhs: negate({ input: y }), rhs: y }), rhs: x }));
    expect(outcomeOf(shape, other.operation)).toBeInstanceOf(NoMatch);
  });

  test('an operand must be the first result, because a nested builder call means that', () => {
    const { builder, x } = subtraction();
    const ofSplit = rule('of-split', {
      match: negate.of({ input: split.of({ input: 'x' }) }),
      build: ({ x: inner }) => inner,
    });
    const halves = builder.build(() => split({ input: x }));
    expect(outcomeOf(ofSplit, builder.build(() => negate({ input: halves.low })).operation)).toBe(x);
    expect(outcomeOf(ofSplit, builder.build(() => negate({ input: halves.high })).operation)).toBeInstanceOf(NoMatch);
  });

  test('mistakes are type errors', () => {
    rule('typed', {
      match: negate.of({ input: 'x', times: 'n' }),
      build: ({ x, n }) => {
        // @ts-expect-error: an operand is a value, not a number
        const wrong: number = x;
        const right: number = n;
        return wrong === right ? x : negate({ input: x });
      },
    });
    // @ts-expect-error: nothing is captured as z
    rule('uncaptured', { match: negate.of({ input: 'x' }), build: ({ z }) => z });
    // @ts-expect-error: a negation has no operand called lhs
    negate.of({ lhs: 'x' });
    // @ts-expect-error: no match needs a reason
    expect(noMatch()).toBeInstanceOf(NoMatch);
    pattern('typed-view', split, (op) => {
      // @ts-expect-error: a split has no attribute called times
      return op.times === 1 ? [op.low, op.high] : noMatch('never');
    });
  });

  test('a rule keeps its expression for generating cases', () => {
    const match = negate.of({ input: 'x' });
    expect(rule('kept', { match, build: ({ x }) => x }).dag).toBe(match);
  });
});

describe('contracts of patterns', () => {
  const broken = (apply: Parameters<typeof pattern<typeof subtract>>[2]) => {
    const { func } = subtraction();
    return diagnosticsOf(() => rewriteGreedily(func, [pattern('broken', subtract, apply)], { check }));
  };

  test('without a match nothing is made', () => {
    const [error] = broken((op) => (negate({ input: op.lhs }), noMatch('changed my mind')));
    expect(error?.message).toBe(
      "pattern 'broken' on 'toy.subtract' says that it does not match, " +
        'but it changed or made operations; ' +
        'decide before changing anything',
    );
    expect(error?.location).toEqual({ kind: 'name', name: 'source' });
  });

  test('with a match something is changed', () => {
    const [error] = broken(() => changed);
    expect(error?.message).toBe(
      "pattern 'broken' on 'toy.subtract' says 'changed', but nothing is; return noMatch(reason)",
    );
  });

  test('changes go through the rewriter', () => {
    const [operand] = broken((op) => (op.operation.setOperand(0, op.rhs), changed));
    expect(operand?.message).toMatch(
      /^pattern 'broken' on 'toy.subtract' changed 'toy.subtract' behind the rewriter's back; /,
    );
    const [reader] = broken((op) => {
      const [user] = op.out.users;
      user!.setOperands([op.lhs]);
      return op.rhs;
    });
    expect(reader?.message).toContain("changed 'toy.use' behind the rewriter's back");
    const { func, difference } = subtraction();
    const told = pattern('told', subtract, (op, rewriter) => {
      if (op.lhs === op.rhs) return noMatch('equal');
      rewriter.modify(op.operation, () => op.operation.setOperand(0, op.rhs));
      return changed;
    });
    rewriteGreedily(func, [told], { check });
    expect(difference.lhs).toBe(difference.rhs);
  });

  test('what stands in has the number and the types of the results', () => {
    expect(broken((op) => op.operation)[0]?.message).toContain('is replaced by itself');
    expect(broken((op) => [op.lhs, op.rhs])[0]?.message).toBe(
      "pattern 'broken' on 'toy.subtract': 'toy.subtract' has 1 results, but is replaced by 2 values",
    );
    expect(broken((op) => split({ input: op.lhs }))[0]?.message).toBe(
      "pattern 'broken' on 'toy.subtract': 'toy.subtract' has 1 results, but is replaced by 'toy.split', which has 2 results",
    );
  });

  test('an invalid operation is located and names the pattern', () => {
    const [error] = broken((op) => negate({ input: op.lhs, times: 99 }));
    expect(error?.message).toMatch(
      /^pattern 'broken' on 'toy.subtract' builds an invalid operation: toy.negate: attribute 'times'/,
    );
    expect(error?.location).toEqual({ kind: 'name', name: 'source' });
  });
});

describe('rewriteOnce', () => {
  test('looks at each operation once and not at what patterns make', () => {
    const {
      func,
      block,
      arguments: [x],
    } = subtraction();
    const swap = pattern('swap', subtract, (op) => subtract({ lhs: op.rhs, rhs: op.lhs }));
    expect(rewriteOnce(func, [swap], { check })).toBe(1);
    expect(show(block)).toBe('%2 = toy.subtract %1 %0\ntoy.use %2');
    expect(x!.isUnused).toBe(false);
  });
});

describe('Rewriter', () => {
  test('inlines a block with values for its arguments', () => {
    const { block, builder, x, difference } = subtraction();
    const outer = builder.build(() => loop({}));
    const body = outer.body.addBlock([x.type]);
    Builder.atEnd(body).build(() => use({ values: [negate({ input: body.argument(0) }).out] }));
    const rewriter = new Rewriter(block, outer.operation);
    rewriter.inlineBlock(body, outer.operation, [difference.out]);
    rewriter.erase(outer.operation);
    expect(show(block)).toBe('%2 = toy.subtract %0 %1\ntoy.use %2\n%3 = toy.negate %2 times=1\ntoy.use %3');
  });

  test('wraps a value for all readers but one', () => {
    const { block, x, difference } = subtraction();
    const rewriter = new Rewriter(block, difference.operation.next);
    const wrapped = rewriter.build(() => negate({ input: difference }));
    rewriter.replaceUsesExcept(difference.out, wrapped.out, wrapped.operation);
    expect(show(block)).toBe('%2 = toy.subtract %0 %1\n%3 = toy.negate %2 times=1\ntoy.use %3');
    expect(diagnosticsOf(() => rewriter.erase(difference.operation))[0]?.message).toContain(
      'while its results have uses',
    );
    expect(x.isUnused).toBe(false);
  });

  test('operations without operands are made in the context of the root', () => {
    const { func, block } = subtraction();
    rewriteGreedily(func, [pattern('to-constant', subtract, () => constant({ value: 7 }))], { check });
    expect(show(block)).toBe('%2 = toy.constant value=7\ntoy.use %2');
  });
});
