import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Block } from '../../../ir/block.ts';
import { Builder } from '../../../ir/builder.ts';
import { i64 } from '../../../ir/type.ts';
import type { Value } from '../../../ir/value.ts';
import { verify } from '../../../ir/verifier.ts';
import { mergeEqual } from '../../../rewrite/cse.ts';
import { eraseDead, eraseDeadSymbols } from '../../../rewrite/dce.ts';
import { rewriteGreedily } from '../../../rewrite/greedy.ts';
import {
  add,
  addFunction,
  call,
  constant,
  func as function_,
  loop,
  negate,
  program,
  show,
  split,
  subtract,
  use,
} from './toy.ts';

describe('mergeEqual', () => {
  test('merges equal operations, in either order where they commute, and goes on with their readers', () => {
    const {
      func,
      block,
      builder,
      arguments: [x, y],
    } = program();
    const one = builder.build(() => negate({ input: add({ lhs: x!, rhs: y! }) }));
    const two = builder.build(() => negate({ input: add({ lhs: y!, rhs: x! }) }));
    const three = builder.build(() => negate({ input: add({ lhs: y!, rhs: x! }), times: 2 }));
    const four = builder.build(() => subtract({ lhs: y!, rhs: x! }));
    const five = builder.build(() => subtract({ lhs: x!, rhs: y! }));
    const halves = [builder.build(() => split({ input: x! })), builder.build(() => split({ input: x! }))];
    builder.build(() =>
      use({ values: [one, two, three, four, five, halves[0]!.high, halves[1]!.high, halves[1]!.low] }),
    );
    expect(mergeEqual(func).merged).toBe(4);
    expect(show(block).split('\n').at(-1)).toBe('toy.use %3 %3 %4 %5 %6 %8 %8 %7');
    expect(verify(func)).toEqual([]);
  });

  test('outer values stand for inner ones, inner ones for no others, and none cross an isolated operation', () => {
    const {
      func,
      block,
      builder,
      arguments: [x],
    } = program(1);
    const bodies = [0, 1].map(() => builder.build(() => loop({})).body.addBlock());
    for (const body of bodies) Builder.atEnd(body).build(() => use({ values: [negate({ input: x! }).out] }));
    const isolated = builder.build(() => function_({ sym_name: 'inner' })).body.addBlock();
    Builder.atEnd(isolated).build(() => use({ values: [constant({ value: 1 }).out, constant({ value: 1 }).out] }));
    builder.build(() => use({ values: [constant({ value: 1 }).out] }));
    expect(mergeEqual(func).merged).toBe(1);
    new Builder(block, block.first, { kind: 'unknown' }).build(() => use({ values: [negate({ input: x! }).out] }));
    expect(mergeEqual(func).merged).toBe(2);
    expect(show(block)).toBe(
      [
        '%1 = toy.negate %0 times=1',
        'toy.use %1',
        'toy.loop',
        '  toy.use %1',
        'toy.loop',
        '  toy.use %1',
        'toy.func sym_name="inner" sym_visibility="public"',
        '  %2 = toy.constant value=1',
        '  toy.use %2 %2',
        '%3 = toy.constant value=1',
        'toy.use %3',
      ].join('\n'),
    );
    expect(verify(func)).toEqual([]);
  });

  test('of the blocks of a region only those that dominate give their values', () => {
    const {
      context,
      func,
      block,
      arguments: [x],
    } = program(1);
    const [left, right, join] = [0, 1, 2].map(() => func.region().addBlock()) as [Block, Block, Block];
    const branch = (from: Block, ...to: readonly Block[]): void =>
      from.append(context.create('toy.end', [], [], { successors: to }));
    const read = (into: Block): Value => {
      const builder = Builder.atEnd(into);
      const made = builder.build(() => negate({ input: x! })).out;
      builder.build(() => use({ values: [made] }));
      return made;
    };
    read(left);
    read(right);
    read(join);
    branch(block, left, right);
    branch(left, join);
    branch(right, join);
    expect(mergeEqual(func).merged).toBe(0);
    new Builder(block, block.first, { kind: 'unknown' }).build(() => use({ values: [negate({ input: x! }).out] }));
    expect(mergeEqual(func).merged).toBe(3);
  });
});

describe('eraseDead', () => {
  test('erases chains that nothing reads and keeps what has effects', () => {
    const {
      func,
      block,
      builder,
      arguments: [x],
    } = program(1);
    builder.build(() => negate({ input: negate({ input: negate({ input: x! }) }) }));
    builder.build(() => use({ values: [] }));
    const body = builder.build(() => loop({})).body.addBlock();
    Builder.atEnd(body).build(() => negate({ input: x! }));
    expect(eraseDead(func)).toBe(4);
    expect(show(block).trimEnd()).toBe('toy.use\ntoy.loop');
  });
});

describe('eraseDeadSymbols', () => {
  test('keeps public symbols and what they name, directly or through others', () => {
    const { module, func } = program(0);
    const outer = module.region().entry!;
    const named = (name: string, ...callees: readonly string[]): void => {
      const body = addFunction(outer, name, 0, 'private').region().entry!;
      for (const callee of callees) Builder.atEnd(body).build(() => call({ callee }));
    };
    named('a', 'b');
    named('b');
    named('c', 'd');
    named('d', 'c');
    Builder.atEnd(func.region().entry!).build(() => call({ callee: 'a' }));
    expect(eraseDeadSymbols(module)).toEqual(['c', 'd']);
    expect(outer.operations.map((operation) => operation.attribute('sym_name')?.text)).toEqual([
      '"main"',
      '"a"',
      '"b"',
    ]);
  });
});

type Step = { readonly kind: number; readonly a: number; readonly b: number };
const steps = fc.array(fc.record({ kind: fc.nat(3), a: fc.nat(99), b: fc.nat(99) }), { maxLength: 40 });

/** A straight-line program from random steps; the last values are read. */
function build(list: readonly Step[]) {
  const made = program();
  const values: Value[] = [...made.arguments];
  const pick = (at: number): Value => values[at % values.length] as Value;
  for (const { kind, a, b } of list)
    values.push(
      made.builder.build(() =>
        kind === 0
          ? constant({ value: a % 4 })
          : kind === 1
            ? add({ lhs: pick(a), rhs: pick(b) })
            : kind === 2
              ? subtract({ lhs: pick(a), rhs: pick(b) })
              : negate({ input: pick(a), times: (b % 2) + 1 }),
      ).out,
    );
  made.builder.build(() => use({ values: values.slice(-3) }));
  return made;
}

/** What the readers read, for given arguments. */
function run(block: Block, inputs: readonly number[]): readonly (readonly number[])[] {
  const known = new Map(block.arguments.map((argument, at) => [argument, inputs[at] as number]));
  const read: number[][] = [];
  for (const operation of block.operations) {
    const [a = 0, b = 0] = operation.operands.map((value) => known.get(value) as number);
    if (operation.is(use)) read.push(operation.operands.map((value) => known.get(value) as number));
    else
      known.set(
        operation.result(),
        operation.is(constant)
          ? operation.as(constant)!.value
          : operation.is(add)
            ? a + b
            : operation.is(subtract)
              ? a - b
              : operation.as(negate)!.times % 2 === 1
                ? 0 - a
                : a,
      );
  }
  return read;
}

test('merging, erasing and folding keep what is read, and leave valid IR', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }), (list, x, y) => {
      const { func, block } = build(list);
      const expected = run(block, [x, y]);
      mergeEqual(func);
      expect(run(block, [x, y])).toEqual(expected);
      expect(mergeEqual(func).merged).toBe(0);
      eraseDead(func);
      expect(run(block, [x, y])).toEqual(expected);
      expect(eraseDead(func)).toBe(0);
      const size = block.operations.length;
      rewriteGreedily(func, [], { check: true });
      expect(run(block, [x, y])).toEqual(expected);
      expect(block.operations.length).toBeLessThanOrEqual(size);
      expect(verify(func)).toEqual([]);
      expect(block.arguments.every((argument) => argument.type === i64)).toBe(true);
    }),
  );
});
