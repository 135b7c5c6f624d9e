import { describe, expect, test } from 'vitest';
import { Builder } from '../../../ir/builder.ts';
import { anyType, variadic } from '../../../ir/constraint.ts';
import { dialect } from '../../../ir/dialect.ts';
import { op } from '../../../ir/op.ts';
import { f64, i64, type Type } from '../../../ir/type.ts';
import { verify } from '../../../ir/verifier.ts';
import { conversion, convert } from '../../../rewrite/convert.ts';
import { noMatch, pattern } from '../../../rewrite/pattern.ts';
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
