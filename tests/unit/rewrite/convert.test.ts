import { describe, expect, test } from 'vitest';
import { Builder } from '../../../ir/builder.ts';
import { anyType, variadic } from '../../../ir/constraint.ts';
import { dialect } from '../../../ir/dialect.ts';
import { op, region } from '../../../ir/op.ts';
import { dialectType, f64, i64, type Type } from '../../../ir/type.ts';
import type { Value } from '../../../ir/value.ts';
import { verify } from '../../../ir/verifier.ts';
import type { ConversionRewriter } from '../../../rewrite/conversion-rewriter.ts';
import { conversion, convert } from '../../../rewrite/convert.ts';
import { changed, noMatch, pattern } from '../../../rewrite/pattern.ts';
import { conversionTarget, legalWhen } from '../../../rewrite/target.ts';
import { typeConverter } from '../../../rewrite/type-converter.ts';
import { add, diagnosticsOf, loop, negate, program, show, subtract, toy, use } from './toy.ts';

const check = true;
const low = {
  sum: op('low.sum', {
    summary: 'a sum',
    operands: { a: anyType, b: anyType },
    results: { out: anyType },
    inferTypes: ([a]) => [a!.type],
    traits: ['pure'],
  }),
  flip: op('low.flip', {
    summary: 'a negation',
    operands: { a: anyType },
    results: { out: anyType },
    inferTypes: ([a]) => [a!.type],
    traits: ['pure'],
  }),
  cast: op('low.cast', {
    summary: 'another type',
    operands: { a: anyType },
    results: { out: anyType },
    inferTypes: () => [f64],
    traits: ['pure'],
  }),
  read: op('low.read', { summary: 'reads', operands: { values: variadic(anyType) } }),
};
const lowDialect = dialect('low', low);
const sum = conversion('sum', add, ({ lhs, rhs }) => low.sum({ a: lhs, b: rhs }));
const flip = conversion('flip', negate, ({ input, times }) =>
  times === 1 ? low.flip({ a: input }) : noMatch(`${times} times`),
);
const throughFlip = conversion('through-flip', subtract, ({ lhs, rhs }) => add({ lhs, rhs: negate({ input: rhs }) }));
const target = conversionTarget({ illegal: [toy], legal: [lowDialect, use, loop] });

const sample = () => {
  const made = program();
  made.context.load(lowDialect);
  const [x, y] = made.arguments;
  const difference = made.builder.build(() => subtract({ lhs: x!, rhs: y! }));
  made.builder.build(() => use({ values: [difference.out] }));
  return { ...made, x: x!, y: y!, difference };
};

describe('convert', () => {
  test('goes on with what patterns make until all is legal', () => {
    const { func, block } = sample();
    expect(convert(func, target, [sum, flip, throughFlip], { check })).toBe(3);
    expect(show(block)).toBe('%2 = low.flip %1\n%3 = low.sum %0 %2\ntoy.use %3');
    expect(verify(func)).toEqual([]);
  });

  test('on failure all is as before, and each operation that is left is told with its reasons', () => {
    const { func, block, builder, difference, y } = sample();
    const body = builder.build(() => loop({})).body.addBlock([i64]);
    Builder.atEnd(body, difference.operation.location).build(() =>
      use({ values: [negate({ input: negate({ input: y }).out, times: 3 }).out, body.argument(0)] }),
    );
    const before = show(block);
    const errors = diagnosticsOf(() => convert(func, target, [flip], { check }));
    expect(errors.map(({ message }) => message)).toEqual([
      "'toy.subtract' is not legal (legal: 'low', 'toy.use', 'toy.loop'; illegal: 'toy') and could not be converted",
      "'toy.negate' is not legal (legal: 'low', 'toy.use', 'toy.loop'; illegal: 'toy') and could not be converted",
    ]);
    expect(errors.map(({ notes }) => notes.map(({ message }) => message))).toEqual([
      ['there is no pattern for it'],
      ["pattern 'flip' does not apply: 3 times"],
    ]);
    expect(errors[0]?.location).toEqual({ kind: 'name', name: 'source' });
    const entry = func.region().entry!;
    expect(show(entry)).toBe(before);
    expect(verify(func)).toEqual([]);
  });

  test('a partial conversion leaves what the target does not know, a full one does not', () => {
    const some = conversionTarget({ illegal: [add] });
    const partial = sample();
    expect(convert(partial.func, some, [sum], { mode: 'partial', check })).toBe(0);
    const full = sample();
    expect(diagnosticsOf(() => convert(full.func, some, [sum], { check }))).toHaveLength(2);
  });

  test('an operation may be legal by condition', () => {
    const { func, builder, block, x } = sample();
    builder.build(() => use({ values: [negate({ input: x, times: 2 }).out, negate({ input: x }).out] }));
    const some = conversionTarget({ legal: [toy], dynamic: [legalWhen(negate, ({ times }) => times > 1)] });
    convert(func, some, [flip], { mode: 'partial', check });
    expect(block.operations.map(({ name }) => name)).toEqual([
      'toy.subtract',
      'toy.use',
      'toy.negate',
      'low.flip',
      'toy.use',
    ]);
  });

  test('a conversion that does not end is stopped and undone', () => {
    const { func } = sample();
    const swap = pattern('swap', subtract, (view) => subtract({ lhs: view.rhs, rhs: view.lhs }));
    const [error] = diagnosticsOf(() => convert(func, target, [swap], { maxRewrites: 20 }));
    expect(error?.message).toMatch(/^converting 'toy.func' does not end: 533 rewrites, the same step over and over$/);
    expect(show(func.region().entry!)).toBe('%2 = toy.subtract %0 %1\ntoy.use %2');
  });
});

describe('convert with types', () => {
  const floats = (type: Type) => (type === i64 ? f64 : type);
  const materialize = (
    value: Parameters<NonNullable<ReturnType<typeof typeConverter>['materialize']>>[0],
    type: Type,
  ) => low.cast({ a: value, types: [type] });

  test('converted operations meet without casts, others through them', () => {
    const { func, block, builder, x } = sample();
    const chain = builder.build(() => negate({ input: negate({ input: x }) }));
    builder.build(() => use({ values: [chain.out] }));
    convert(func, conversionTarget({ illegal: [negate], legal: [toy, lowDialect] }), [flip], {
      types: typeConverter(floats, materialize),
      check,
    });
    expect(show(block)).toBe(
      '%2 = toy.subtract %0 %1\ntoy.use %2\n%3 = low.cast %0\n%4 = low.flip %3\n%5 = low.flip %4\n' +
        '%6 = low.cast %5\ntoy.use %6',
    );
    expect(block.operations.map((operation) => operation.results[0]?.type.text)).toEqual([
      'i64',
      undefined,
      'f64',
      'f64',
      'f64',
      'i64',
      undefined,
    ]);
    expect(verify(func)).toEqual([]);
  });

  test('block arguments take their new types', () => {
    const { func, block, builder, x } = sample();
    builder.build(() => use({ values: [negate({ input: x }).out] }));
    const readAll = conversion('read-all', use, ({ values }) => low.read({ values }));
    const arguments_ = pattern('arguments', subtract, (view) => view.lhs);
    const body = builder.build(() => loop({})).body.addBlock([i64]);
    Builder.atEnd(body).build(() => use({ values: [body.argument(0)] }));
    const typedLoop = conversion('typed-loop', loop, ({ body: inner, operation }, rewriter) => {
      if (inner.entry!.argument(0).type === f64) return noMatch('converted already');
      const made = loop({}).operation;
      rewriter.insert(made);
      rewriter.convertArguments(inner);
      rewriter.takeRegion(inner, made.region());
      return operation.resultCount === 0 ? made : noMatch('has results');
    });
    const goal = conversionTarget({
      illegal: [use, negate, subtract],
      legal: [lowDialect],
      dynamic: [legalWhen(loop, (view) => view.body.entry!.argument(0).type === f64)],
    });
    convert(func, goal, [flip, readAll, arguments_, typedLoop], { types: typeConverter(floats, materialize) });
    expect(block.operations.at(-1)!.region().entry!.argument(0).type).toBe(f64);
    expect(show(block)).not.toContain('rewrite.');
    expect(show(block.operations.at(-1)!.region().entry!)).toBe('low.read %0');
    expect(verify(func)).toEqual([]);
  });

  test('where nothing leads from one type to the other the conversion fails and is undone', () => {
    const { func } = sample();
    const lower = conversion('lower', subtract, ({ lhs, rhs }) => low.sum({ a: lhs, b: rhs }));
    const before = show(func.region().entry!);
    const errors = diagnosticsOf(() => convert(func, target, [lower], { types: typeConverter(floats), check }));
    expect(errors.map(({ message }) => message)).toContain(
      "'toy.use' reads i64, but is given f64 and nothing leads from one to the other",
    );
    expect(show(func.region().entry!)).toBe(before);
  });
});

describe('one type to several', () => {
  /** A pair of numbers becomes its two halves; a mark becomes nothing. */
  const pair = dialectType('many', '.pair');
  const mark = dialectType('many', '.mark');
  const many = {
    source: op('many.source', { summary: 'gives', results: { out: anyType } }),
    make: op('many.make', { summary: 'a pair', operands: { a: anyType, b: anyType }, results: { out: anyType } }),
    swap: op('many.swap', { summary: 'swaps', operands: { x: anyType }, results: { out: anyType } }),
    left: op('many.left', { summary: 'one half', operands: { x: anyType }, results: { out: anyType } }),
    read: op('many.read', { summary: 'reads', operands: { values: variadic(anyType) } }),
    body: op('many.body', {
      summary: 'a region',
      regions: { body: region('takes values') },
      traits: ['no-terminator'],
    }),
    join: op('many.join', { summary: 'a pair', operands: { halves: variadic(anyType) }, results: { out: anyType } }),
    halves: op('many.halves', {
      summary: 'the halves of a pair',
      operands: { x: anyType },
      results: { a: anyType, b: anyType },
    }),
    keep: op('many.keep', { summary: 'reads', operands: { values: variadic(anyType) } }),
    flat: op('many.flat', { summary: 'reads', operands: { values: variadic(anyType) } }),
  };
  const manyDialect = dialect('many', many);
  const types = {
    convert: (type: Type) => (type === pair ? [f64, f64] : type === mark ? [] : type),
    materializeSource: (values: readonly Value[]) => many.join({ halves: values, types: [pair] }),
    materializeTarget: (value: Value) => many.halves({ x: value, types: [f64, f64] }),
  };
  const patterns = [
    conversion('make', many.make, (args, rewriter) => {
      rewriter.replaceByLists(args.operation, [[args.a, args.b]]);
      return changed;
    }),
    pattern('swap', many.swap, (view, rewriter) => {
      const converting = rewriter as ConversionRewriter;
      const [a, b] = converting.convertedList(view.x, view.operation) as [Value, Value];
      converting.replaceByLists(view.operation, [[b, a]]);
      return changed;
    }),
    conversion('read', many.read, ({ values }) => many.flat({ values })),
    pattern('body', many.body, ({ body }, rewriter) => {
      if (body.entry?.arguments.every(({ type }) => type === f64)) return noMatch('its arguments are converted');
      (rewriter as ConversionRewriter).convertArguments(body);
      return changed;
    }),
  ];
  const flatTarget = conversionTarget({
    illegal: [many.make, many.swap, many.read],
    legal: [many.flat, many.keep, many.source, many.join, many.halves],
    dynamic: [legalWhen(many.body, ({ body }) => body.entry?.arguments.every(({ type }) => type === f64) ?? true)],
  });
  const start = () => {
    const made = program();
    made.context.load(manyDialect);
    const number = () => made.builder.build(() => many.source({ types: [f64] })).out;
    return { ...made, number };
  };

  test('pairs go through as their halves', () => {
    const { func, block, builder, number } = start();
    const made = builder.build(() => many.make({ a: number(), b: number(), types: [pair] }));
    const swapped = builder.build(() => many.swap({ x: made.out, types: [pair] }));
    builder.build(() => many.read({ values: [swapped.out, made.out] }));
    convert(func, flatTarget, patterns, { types, check });
    expect(show(block)).toBe('%2 = many.source\n%3 = many.source\nmany.flat %3 %2 %2 %3');
    expect(verify(func)).toEqual([]);
  });

  test('what stays is reached by materialisations in both directions, also from nothing', () => {
    const { func, block, builder, number } = start();
    const made = builder.build(() => many.make({ a: number(), b: number(), types: [pair] }));
    const given = builder.build(() => many.source({ types: [pair] }));
    const nothing = builder.build(() => many.source({ types: [mark] }));
    builder.build(() => many.keep({ values: [made.out] }));
    builder.build(() => many.read({ values: [given.out, nothing.out] }));
    convert(func, flatTarget, patterns, { types, check });
    expect(show(block)).toBe(
      [
        '%2 = many.source',
        '%3 = many.source',
        '%4 = many.join %2 %3',
        '%5 = many.source',
        '%6 = many.source',
        'many.keep %4',
        '%7, %8 = many.halves %5',
        'many.flat %7 %8',
      ].join('\n'),
    );
  });

  test('arguments of a block become several, and none', () => {
    const { func, builder } = start();
    const inner = builder.build(() => many.body({})).body.addBlock();
    const [x, y, z] = [inner.addArgument(pair), inner.addArgument(mark), inner.addArgument(f64)];
    Builder.atEnd(inner).build(() => many.read({ values: [z!, y!, x!] }));
    convert(func, flatTarget, patterns, { types, check });
    expect(inner.arguments.map(({ type }) => type.text)).toEqual(['f64', 'f64', 'f64']);
    expect(inner.last?.operands).toEqual([inner.argument(2), inner.argument(0), inner.argument(1)]);
    expect(verify(func)).toEqual([]);
  });

  test('a single operand that becomes several says how to read it', () => {
    const { func, builder } = start();
    const given = builder.build(() => many.source({ types: [pair] }));
    const left = builder.build(() => many.left({ x: given.out, types: [f64] }));
    builder.build(() => many.read({ values: [left.out] }));
    const wrong = conversion('left', many.left, ({ x }) => x);
    const goal = conversionTarget({ illegal: [many.left], legal: [many.flat, many.source, many.read] });
    const errors = diagnosticsOf(() => convert(func, goal, [wrong], { types, check }));
    expect(errors[0]?.message).toBe(
      "pattern 'left' on 'many.left': 'many.left' reads !many.pair, which becomes 2 values; " +
        'read them with rewriter.convertedList',
    );
  });
});
