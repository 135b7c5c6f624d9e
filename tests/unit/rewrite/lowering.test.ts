import { describe, expect, expectTypeOf, test } from 'vitest';
import { attr } from '../../../ir/attribute-kind.ts';
import { Builder } from '../../../ir/builder.ts';
import { anyType, element, tensor, variadic } from '../../../ir/constraint.ts';
import { Context } from '../../../ir/context.ts';
import { dialect } from '../../../ir/dialect.ts';
import { nameLocation } from '../../../ir/location.ts';
import { op } from '../../../ir/op.ts';
import { f16, f32, tensorType, type Type } from '../../../ir/type.ts';
import type { Value } from '../../../ir/value.ts';
import { verify } from '../../../ir/verifier.ts';
import { knob } from '../../../rewrite/knob.ts';
import { lowering, lowerModule, lowerOne } from '../../../rewrite/lowering.ts';
import { noMatch } from '../../../rewrite/pattern.ts';
import { diagnosticsOf, module, show, toy } from './toy.ts';

const high = dialect('high', {
  dense: op('high.dense', {
    summary: 'relu(x · w + b)',
    operands: { input: tensor('M K'), weight: tensor('K N'), bias: tensor('N') },
    attributes: { scale: attr.int({ default: 1 }) },
    results: { out: tensor('M N') },
    traits: ['pure'],
  }),
  widen: op('high.widen', {
    summary: 'another shape',
    operands: { input: tensor('...S', element('U', f16, f32)) },
    attributes: { by: attr.int({ min: 1 }) },
    results: { out: tensor('W', element('U', f16, f32)) },
    dims: ({ S, by }) => ({ W: S.reduce((a, b) => a * b, by) }),
  }),
  sink: op('high.sink', { summary: 'reads', operands: { values: variadic(anyType) } }),
  stay: op('high.stay', { summary: 'stays' }),
});
const low = dialect('low', {
  matmul: op('low.matmul', {
    summary: 'a product',
    operands: { a: tensor('M K'), b: tensor('K N') },
    results: { out: tensor('M N') },
    traits: ['pure'],
  }),
  bias: op('low.bias', {
    summary: 'a sum',
    operands: { a: tensor('M N'), b: tensor('N') },
    results: { out: tensor('M N') },
    traits: ['pure'],
  }),
  relu: op('low.relu', {
    summary: 'a rectifier',
    operands: { a: tensor('...S') },
    results: { out: tensor('...S') },
    traits: ['pure'],
  }),
  make: op('low.make', {
    summary: 'a tensor',
    attributes: { extent: attr.int({}) },
    results: { out: tensor('W') },
    inferTypes: () => [tensorType([2], f32)],
  }),
});
const { dense, sink, stay, widen } = high.ops;
const { bias, make, matmul, relu } = low.ops;

const seen: unknown[] = [];
const highToLow = lowering(
  { from: high, to: [low], keep: [stay], knobs: { fuse: knob.flag(false, 'leave the rectifier out') } },
  {
    dense({ input, weight, bias: b, scale, dims: { M, K, N }, types, operation }, { fuse }) {
      expectTypeOf(input).toEqualTypeOf<Value>();
      expectTypeOf(scale).toEqualTypeOf<number>();
      expectTypeOf(M).toEqualTypeOf<number>();
      expectTypeOf(fuse).toEqualTypeOf<boolean>();
      seen.push({ M, K, N, scale, types: types.map((type) => type.text), name: operation.name });
      const sum = bias({ a: matmul({ a: input, b: weight }), b });
      return fuse ? sum : relu({ a: sum });
    },
    widen({ dims: { S, W, U }, by }, _settings, builder) {
      expectTypeOf(S).toEqualTypeOf<readonly number[]>();
      expectTypeOf(U).toEqualTypeOf<Type>();
      if (by === 13) return noMatch('thirteen');
      seen.push({ S, W, U: U.text });
      return builder.build(() => make({ extent: W, types: [tensorType([W], U)] })).out;
    },
    sink: ({ values }) => (expectTypeOf(values).toEqualTypeOf<readonly Value[]>(), []),
  },
);

const sample = (by = 2) => {
  const context = new Context([high, toy]);
  const top = context.create('toy.module', [], [], { regions: 1 });
  const block = top.region().addBlock([tensorType([2, 3], f32), tensorType([3, 4], f32), tensorType([4], f32)]);
  const builder = Builder.atEnd(block, nameLocation('layer'));
  const [input, weight, b] = block.arguments as [Value, Value, Value];
  const layer = builder.build(() => dense({ input, weight, bias: b, scale: 5 }));
  const wide = builder.build(() => widen({ input: layer, by }));
  builder.build(() => stay({}));
  builder.build(() => sink({ values: [wide.out, layer.out] }));
  return { top, block, layer };
};

describe('lowering', () => {
  test('is named after its dialects and knows its rules', () => {
    expect(highToLow.name).toBe('high-to-low');
    expect([...highToLow.rules.keys()]).toEqual(['high.dense', 'high.widen', 'high.sink']);
  });

  test('lowers a module in place, keeps the rest, and keeps locations', () => {
    const { top, block } = sample();
    seen.length = 0;
    expect(lowerModule(highToLow, top, { fuse: false }, { check: true })).toBe(3);
    expect(show(block)).toBe(
      '%3 = low.matmul %0 %1\n%4 = low.bias %3 %2\n%5 = low.relu %4\n%6 = low.make extent=16\nhigh.stay',
    );
    for (const operation of block.operations) expect(operation.location).toEqual(nameLocation('layer'));
    expect(seen).toEqual([
      { M: 2, K: 3, N: 4, scale: 5, types: ['tensor<2x4xf32>'], name: 'high.dense' },
      { S: [2, 4], W: 16, U: 'f32' },
    ]);
    expect(verify(top)).toEqual([]);
  });

  test('settings reach the rules', () => {
    const { top, block } = sample();
    lowerModule(highToLow, top, { fuse: true });
    expect(show(block)).not.toContain('relu');
  });

  test('a rule that does not match fails with the operation and the reason, and nothing is changed', () => {
    const { top, block } = sample(13);
    const before = show(block);
    const [error, ...rest] = diagnosticsOf(() => lowerModule(highToLow, top, { fuse: false }, { check: true }));
    expect(rest).toEqual([]);
    expect(error?.message).toContain("'high.widen' is not legal");
    expect(error?.notes[0]?.message).toBe("pattern 'lower high.widen' does not apply: thirteen");
    expect(error?.location).toEqual(nameLocation('layer'));
    expect(show(top.region().entry!)).toBe(before);
  });

  test('a single operation is lowered beside itself', () => {
    const { block, layer } = sample();
    const [value, ...rest] = lowerOne(highToLow, layer.operation, { fuse: false });
    expect(rest).toEqual([]);
    expect(value!.definedBy(relu)?.a.definedBy(bias)?.a.definedBy(matmul)?.a).toBe(block.argument(0));
    expect(layer.operation.previous).toBe(value!.owner);
    expect(layer.operation.isErased).toBe(false);
  });

  test('a single operation without a rule, or with one that fails, is told', () => {
    const { block } = sample(13);
    const [, wide, kept] = block.operations;
    expect(diagnosticsOf(() => lowerOne(highToLow, wide!, { fuse: false }))[0]?.message).toBe(
      "'high.widen' could not be lowered by 'high-to-low': thirteen",
    );
    expect(diagnosticsOf(() => lowerOne(highToLow, kept!, { fuse: false }))[0]?.message).toBe(
      "'high.stay' has no rule in 'high-to-low'",
    );
    const wrong = lowering(
      { from: high, to: [low], keep: [stay, sink, widen], knobs: {} },
      { dense: ({ input }) => matmul({ a: input, b: input }) },
    );
    expect(diagnosticsOf(() => lowerOne(wrong, block.first!, {}))[0]?.message).toMatch(
      /^'high.dense' is lowered by 'high-to-low' to an invalid operation: low.matmul: operand 'b' has K = 2/,
    );
  });

  test('an operation without a rule is a type error', () => {
    // @ts-expect-error: 'widen' and 'sink' have no rule and are not kept
    lowering({ from: high, to: [low], keep: [stay], knobs: {} }, { dense: ({ input }) => input });
    const rest = { widen: () => [], sink: () => [], stay: () => [] };
    lowering({ from: high, to: [low], knobs: {} }, { ...rest, dense: ({ input }) => input });
    lowering(
      { from: high, to: [low], knobs: { fuse: knob.flag(true, '') } },
      // @ts-expect-error: no knob is called size
      { ...rest, dense: ({ input }, { size }) => (size ? input : []) },
    );
    // @ts-expect-error: a dense layer has no operand called image
    lowering({ from: high, to: [low], knobs: {} }, { ...rest, dense: ({ image }) => image });
    expect(module.opName).toBe('toy.module');
  });
});
