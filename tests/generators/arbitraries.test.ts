/** Arbitraries: types, attributes, operations of a dialect of one's own, and how counterexamples become small. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arith } from '../../dialects/arith/index.ts';
import { cf } from '../../dialects/cf/index.ts';
import { func } from '../../dialects/func/index.ts';
import { scf } from '../../dialects/scf/index.ts';
import {
  anyType,
  attr,
  dialect,
  element,
  f32,
  i32,
  index,
  memref,
  op,
  type Operation,
  region,
  sameType,
  tensor,
  type Type,
  typed,
  type ValueConstraint,
  variadic,
  verify,
} from '../../ir/index.ts';
import {
  arbitraryAttribute,
  arbitraryOperation,
  arbitraryProgram,
  arbitraryType,
  Coverage,
  type GeneratedProgram,
} from '../../tools/check/index.ts';
import { wrongIn } from './subjects.ts';

const numbers = [arith, func, scf, cf];
const checked = { numRuns: 100, seed: 1 };

test.each<[string, ValueConstraint]>([
  ['a matrix', tensor('M N')],
  ['a pack', tensor('...S 4', element('T', i32, f32))],
  ['a buffer in a space', memref('M', 'local')],
  ['an index', typed(index)],
  ['floats', sameType('T', 'floats', ({ kind }: Type) => kind === 'float')],
])('types of %s', (_, constraint) => {
  fc.assert(
    fc.property(arbitraryType(constraint), (type) => {
      expect(constraint.check(type, {})).toBeUndefined();
    }),
    checked,
  );
  const texts = new Set(fc.sample(arbitraryType(constraint), { numRuns: 50, seed: 2 }).map(({ text }) => text));
  expect(texts.size).toBeGreaterThan(constraint.text === 'index' ? 0 : 2);
});

test.each([
  ['an integer in a range', attr.int({ min: -3, max: 3 })],
  ['a pair', attr.pair({ min: 1 })],
  ['a word', attr.oneOf(['one', 'two'], {})],
  ['a number', attr.float({})],
  ['any attribute', attr.any()],
  ['dense elements', attr.elements()],
  ['a type', attr.type()],
])('attributes that are %s', (_, kind) => {
  fc.assert(
    fc.property(arbitraryAttribute(kind), (attribute) => {
      expect(kind.read(attribute)).toBeDefined();
    }),
    checked,
  );
});

/** A dialect as a user declares it, without a word about how it is drawn. */
const mine = dialect('mine', {
  dot: op('mine.dot', {
    summary: 'a matrix product',
    operands: { lhs: tensor('M K', element('T', f32, i32)), rhs: tensor('K N', element('T', f32, i32)) },
    attributes: { scale: attr.int({ min: 1, max: 4, default: 1 }) },
    results: { out: tensor('M N', element('T', f32, i32)) },
    traits: ['pure'],
    assembly: '$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($out)',
  }),
  pick: op('mine.pick', {
    summary: 'one of its operands, which have one type',
    operands: { first: sameType('T'), others: variadic(sameType('T')) },
    attributes: { which: attr.int({ min: 0, max: 9 }) },
    results: { result: sameType('T') },
    traits: ['pure'],
    verifySignature: (_, { others, which }) => (which <= others.length ? undefined : 'picks what is not there'),
  }),
  once: op('mine.once', {
    summary: 'runs its region once and gives what that ends with',
    results: { results: variadic(anyType) },
    regions: { body: region('ends with mine.done') },
    traits: ['single-block'],
    verifyOperation: (_, { body, results }) => {
      const given = body.entry?.last?.operands.map(({ type }) => type.text).join();
      return given === results.map(({ type }) => type.text).join() ? undefined : 'ends with something else';
    },
  }),
  done: op('mine.done', {
    summary: 'ends the region of mine.once',
    operands: { values: variadic(anyType) },
    traits: ['terminator', 'return-like'],
    parents: ['mine.once'],
  }),
});

describe('a dialect of one’s own', () => {
  test.each(Object.values(mine.ops).map((one) => [one.opName, one] as const))('%s', (opName, one) => {
    fc.assert(
      fc.property(arbitraryOperation(one, { dialects: [mine] }), (program) => {
        expect(wrongIn(program.text, [mine])).toEqual([]);
        expect(program.text).toContain(opName);
      }),
      { numRuns: 30, seed: 3 },
    );
  });

  test('in whole programs with others', () => {
    const coverage = new Coverage();
    fc.assert(
      fc.property(arbitraryProgram({ dialects: [mine, scf, arith], size: 12, coverage }), ({ text }) => {
        expect(wrongIn(text, [mine, scf])).toEqual([]);
      }),
      { numRuns: 100, seed: 4 },
    );
    for (const { opName } of Object.values(mine.ops)) expect(coverage.seen(opName), opName).toBeGreaterThan(3);
  });

  test('what a dialect says itself is taken', () => {
    const generation = {
      dialect: mine,
      withheld: { 'mine.dot': 'as a test' },
      defined: { 'mine.pick': (one: Operation) => one.operandCount > 1 },
    };
    fc.assert(
      fc.property(arbitraryProgram({ dialects: [mine], generations: [generation] }), (program) => {
        expect(program.text).not.toContain('mine.dot');
        program.module().walk((one) => {
          if (one.name === 'mine.pick') expect(one.operandCount).toBeGreaterThan(1);
        });
      }),
      { numRuns: 30, seed: 5 },
    );
  });
});

describe('size, weights and coverage', () => {
  const sizes = (size: number): readonly number[] =>
    fc.sample(arbitraryProgram({ dialects: numbers, size }), { numRuns: 20, seed: 6 }).map((one) => one.size);
  const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;

  test('programs are about as large as asked', () => {
    expect(mean(sizes(5))).toBeLessThan(mean(sizes(40)) / 2);
  });

  test('an operation of weight 0 does not come, one of a large weight often does', () => {
    const weights = { 'scf.for': 0, 'arith.xori': 50 };
    const texts = fc.sample(arbitraryProgram({ dialects: numbers, weights }), { numRuns: 20, seed: 7 });
    expect(texts.some(({ text }) => text.includes('scf.for '))).toBe(false);
    expect(texts.filter(({ text }) => text.includes('arith.xori')).length).toBeGreaterThan(15);
  });

  test('with coverage, rare operations and element types come sooner', () => {
    const pairs = (coverage: Coverage | undefined): number => {
      const made = fc.sample(arbitraryProgram({ dialects: numbers, ...(coverage ? { coverage } : {}) }), {
        numRuns: 25,
        seed: 8,
      });
      const seen = new Coverage();
      for (const program of made) seen.record(program.module());
      return seen.pairs;
    };
    expect(pairs(new Coverage())).toBeGreaterThan(pairs(undefined));
  });

  test('counts can be put together and shown', () => {
    const [one, two] = [new Coverage(), new Coverage()];
    one.add('arith.addi', ['i32']);
    two.add('arith.addi', ['i32', 'i8'], 2);
    one.merge(two);
    expect([one.seen('arith.addi', 'i32'), one.seen('arith.addi', 'f32'), one.seen('arith.addi')]).toEqual([3, 0, 3]);
    expect([one.pairs, one.table()]).toEqual([2, 'arith.addi  3 i32:3 i8:2']);
  });
});

describe('counterexamples of wrong properties become small', () => {
  const has =
    (name: string, more: (one: Operation) => boolean = () => true) =>
    (program: GeneratedProgram) => {
      let found = false;
      program.module().walk((one) => {
        if (one.name === name && more(one)) found = true;
      });
      return found;
    };
  test.each<[string, (program: GeneratedProgram) => boolean]>([
    ['a product', has('arith.mulf')],
    ['a division', has('arith.divsi')],
    ['a loop that carries a float', has('scf.for', (one) => one.results.some(({ type }) => type.kind === 'float'))],
    ['a loop with a condition', has('scf.while')],
    ['a branch on a condition', has('cf.cond_br')],
    ['a call', has('func.call')],
    ['a sum inside of a choice', has('arith.addi', (one) => one.parentOperation?.name === 'scf.if')],
  ])('%s', (_, wrong) => {
    const told = fc.check(
      fc.property(arbitraryProgram({ dialects: numbers, size: 20 }), (program) => !wrong(program)),
      { seed: 9, numRuns: 500 },
    );
    const [smallest] = told.counterexample ?? [];
    expect(smallest).toBeDefined();
    expect(wrong(smallest as GeneratedProgram)).toBe(true);
    expect(verify((smallest as GeneratedProgram).module())).toEqual([]);
    // Beside the function and its return.
    expect((smallest as GeneratedProgram).size - 2, smallest?.text).toBeLessThanOrEqual(6);
    expect(String(told.counterexample)).toContain('func.func');
  });
});
