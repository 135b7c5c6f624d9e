import { describe, expect, test } from 'vitest';
import { Builder } from '../../../ir/builder.ts';
import { verify } from '../../../ir/verifier.ts';
import { rewriteGreedily } from '../../../rewrite/greedy.ts';
import { changed, noMatch, pattern, patternOnAny, rule } from '../../../rewrite/pattern.ts';
import type { RewriteAction } from '../../../rewrite/action.ts';
import { add, constant, diagnosticsOf, loop, negate, program, show, source, split, subtract, use } from './toy.ts';

const check = true;
const cancelNegate = rule('cancel-negate', {
  match: negate.of({ input: negate.of({ input: 'x' }) }),
  build: ({ x }) => x,
});
const negatedSum = rule('negated-sum', {
  match: add.of({ lhs: 'x', rhs: negate.of({ input: 'y' }) }),
  build: ({ x, y }) => subtract({ lhs: x, rhs: y }),
});

describe('rewriteGreedily', () => {
  test('applies rules to what other rules leave, and drops what is dead', () => {
    const {
      func,
      block,
      builder,
      arguments: [x],
    } = program(1);
    let value = x!;
    for (let at = 0; at < 6; at++) value = builder.build(() => negate({ input: value })).out;
    builder.build(() => use({ values: [value] }));
    const report = rewriteGreedily(func, [cancelNegate], { check });
    expect(show(block)).toBe('toy.use %0');
    expect(report.rewrites).toBeGreaterThan(0);
    expect(report.converged).toBe(true);
  });

  test('matches commutative operands in both orders', () => {
    const {
      func,
      block,
      builder,
      arguments: [x, y],
    } = program();
    const left = builder.build(() => add({ lhs: negate({ input: y! }), rhs: x! }));
    builder.build(() => use({ values: [left.out] }));
    rewriteGreedily(func, [negatedSum], { check });
    expect(show(block)).toBe('%2 = toy.subtract %0 %1\ntoy.use %2');
  });

  test('what a pattern builds is inserted before the root with its location', () => {
    const {
      func,
      block,
      builder,
      arguments: [x, y],
    } = program();
    builder.build(() => use({ values: [subtract({ lhs: x!, rhs: y! })].map((view) => view.out) }));
    const toSum = pattern('to-sum', subtract, (op) => add({ lhs: op.lhs, rhs: negate({ input: op.rhs }) }));
    rewriteGreedily(func, [toSum], { check });
    expect(show(block)).toBe('%2 = toy.negate %1 times=1\n%3 = toy.add %0 %2\ntoy.use %3');
    for (const operation of block.operations) expect(operation.location).toEqual(source);
    expect(verify(func)).toEqual([]);
  });

  test('folds to constants, keeps each once at the entry, and folds identities', () => {
    const {
      func,
      block,
      builder,
      arguments: [x],
    } = program(1);
    const two = builder.build(() => constant({ value: 2 }));
    const body = builder.build(() => loop({})).body.addBlock();
    const inner = Builder.atEnd(body, source);
    const again = inner.build(() => constant({ value: 2 }));
    const five = inner.build(() => add({ lhs: again.out, rhs: constant({ value: 3 }) }));
    const same = inner.build(() => add({ lhs: x!, rhs: constant({ value: 0 }) }));
    inner.build(() => use({ values: [five.out, same.out, two.out] }));
    const report = rewriteGreedily(func, [], { check });
    expect(show(block)).toBe('%1 = toy.constant value=5\n%2 = toy.constant value=2\ntoy.loop\n  toy.use %1 %0 %2');
    expect(report.folds).toBeGreaterThan(0);
    expect(verify(func)).toEqual([]);
  });

  test('does not fold when told so', () => {
    const { func, block, builder } = program(0);
    const sum = builder.build(() => add({ lhs: constant({ value: 1 }), rhs: constant({ value: 1 }) }));
    builder.build(() => use({ values: [sum.out] }));
    rewriteGreedily(func, [], { fold: false });
    expect(block.operations.map(({ name }) => name)).toEqual(['toy.constant', 'toy.constant', 'toy.add', 'toy.use']);
  });

  test('the larger benefit goes first, whatever the order of the list', () => {
    const tried: string[] = [];
    const spy = (name: string, benefit: number) =>
      pattern(name, negate, () => (tried.push(name), noMatch('only watching')), benefit);
    const {
      func,
      builder,
      arguments: [x],
    } = program(1);
    builder.build(() => use({ values: [negate({ input: x! }).out] }));
    rewriteGreedily(func, [spy('small', 1), spy('large', 5)], { check });
    expect(tried).toEqual(['large', 'small']);
  });

  test('an operation with several results is replaced by a list or by one with as many', () => {
    const {
      func,
      block,
      builder,
      arguments: [x, y],
    } = program();
    const halves = builder.build(() => split({ input: x! }));
    builder.build(() => use({ values: [halves.low, halves.high] }));
    rewriteGreedily(func, [pattern('both', split, (op) => [op.input, negate({ input: y! }).out])], { check });
    expect(show(block)).toBe('%2 = toy.negate %1 times=1\ntoy.use %0 %2');
  });

  test('patterns that change in place say so', () => {
    const {
      func,
      block,
      builder,
      arguments: [x],
    } = program(1);
    builder.build(() => use({ values: [negate({ input: x! }).out] }));
    const raise = pattern('raise', negate, (op, rewriter) => {
      if (op.times >= 3) return noMatch('high enough');
      const next = negate({ input: op.input, times: op.times + 1 }).operation;
      rewriter.modify(op.operation, () => op.operation.setAttributes(next.attributes));
      next.erase();
      return changed;
    });
    expect(rewriteGreedily(func, [raise], { check }).rewrites).toBe(2);
    expect(show(block)).toBe('%1 = toy.negate %0 times=3\ntoy.use %1');
  });

  test('patterns that never come to rest are named', () => {
    const {
      func,
      builder,
      arguments: [x, y],
    } = program();
    builder.build(() => use({ values: [subtract({ lhs: x!, rhs: y! }).out] }));
    const swap = pattern('swap', subtract, (op) => subtract({ lhs: op.rhs, rhs: op.lhs }));
    const [error] = diagnosticsOf(() => rewriteGreedily(func, [swap], { maxRewrites: 50 }));
    expect(error?.message).toBe("rewriting 'toy.func' does not end: 563 rewrites, the same step over and over");
    expect(error?.notes.map(({ message }) => message)).toEqual([
      'step 1 of 1: pattern \'swap\': %0 = "toy.subtract"(%1, %2) : (i64, i64) -> (i64) becomes ' +
        '%3 = "toy.subtract"(%2, %1) : (i64, i64) -> (i64)',
      'a pattern must change something for good: ask in it whether that is done already',
    ]);
  });

  test('actions are told, counted and limited', () => {
    const {
      func,
      block,
      builder,
      arguments: [x],
    } = program(1);
    for (let at = 0; at < 4; at++)
      builder.build(() => use({ values: [negate({ input: negate({ input: x! }).out }).out] }));
    const actions: RewriteAction[] = [];
    rewriteGreedily(func, [cancelNegate], { actionLimit: 2, onAction: (action) => actions.push(action) });
    expect(actions).toEqual([
      { pattern: 'cancel-negate', operation: 'toy.negate', location: source, index: 1 },
      { pattern: 'cancel-negate', operation: 'toy.negate', location: source, index: 2 },
    ]);
    rewriteGreedily(func, [cancelNegate]);
    expect(show(block)).toBe(Array(4).fill('toy.use %0').join('\n'));
  });

  test('patterns on any operation see all of them', () => {
    const seen = new Set<string>();
    const {
      func,
      builder,
      arguments: [x],
    } = program(1);
    builder.build(() => use({ values: [negate({ input: x! }).out] }));
    rewriteGreedily(func, [patternOnAny('watch', ({ name }) => (seen.add(name), noMatch('only watching')))], { check });
    expect([...seen].sort()).toEqual(['toy.negate', 'toy.use']);
  });

  test('what a rewrite leaves dead goes in the same iteration, and the IR is walked in order', () => {
    const {
      func,
      block,
      builder,
      arguments: [x],
    } = program(1);
    const chain = builder.build(() => negate({ input: negate({ input: x!, times: 2 }), times: 3 }));
    builder.build(() => use({ values: [split({ input: chain }).low] }));
    const visited: string[] = [];
    const drop = pattern('drop', split, (op) => [x!, op.high].map(() => x!));
    const watch = patternOnAny('watch', ({ name }) => (visited.push(name), noMatch('only watching')), 9);
    rewriteGreedily(func, [drop, watch], { maxIterations: 1, check });
    expect(show(block)).toBe('toy.use %0');
    expect(visited.slice(0, 3)).toEqual(['toy.negate', 'toy.negate', 'toy.split']);
  });

  test('equal folds come to one constant', () => {
    const { func, block, builder } = program(0);
    const sums = [1, 2].map(
      (value) => builder.build(() => add({ lhs: constant({ value }), rhs: constant({ value: 3 - value }) })).out,
    );
    builder.build(() => use({ values: sums }));
    const report = rewriteGreedily(func, [], { check });
    expect(show(block)).toBe('%0 = toy.constant value=3\ntoy.use %0 %0');
    // Two of four numbers are merged, two sums fold, and one of their results is merged.
    expect(report.folds).toBe(5);
  });
});
