/** Mistakes in declarations, meanings, lowerings and patterns that do not compile. */
import { expect, expectTypeOf, test } from 'vitest';
import { graph } from '../../dialects/graph/index.ts';
import { mlu } from '../../dialects/mlu/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import { semantics, semanticsOver } from '../../interpreter/index.ts';
import type { MemoryView } from '../../interpreter/mlu/memory-block.ts';
import { attr, op, type OpOf, tensor, type Value } from '../../ir/index.ts';
import { emitters } from '../../lowering/mlu-to-machine/instructions.ts';
import { kernels } from '../../lowering/tensorop-to-mlu/kernels.ts';
import { lowering, rule } from '../../rewrite/index.ts';

test('accessors are typed by name', () => {
  type Conv = OpOf<typeof tensorop.ops.conv2d>;
  expectTypeOf<Conv['image']>().toEqualTypeOf<Value>();
  expectTypeOf<Conv['strides']>().toEqualTypeOf<readonly [number, number]>();
  type Layer = OpOf<typeof graph.ops.conv>;
  expectTypeOf<Layer['bias']>().toEqualTypeOf<Value | undefined>();
});

test('mistakes in declarations are type errors', () => {
  op('x.a', {
    summary: '',
    operands: { a: tensor('M') },
    results: { b: tensor('M') },
    // @ts-expect-error: the format names an undeclared operand
    assembly: '$a, $c',
  });
  // @ts-expect-error: P is in a result and nothing defines it
  op('x.b', { summary: '', operands: { a: tensor('M') }, results: { b: tensor('P') }, assembly: '$a' });
  op('x.c', {
    summary: '',
    operands: { a: tensor('M') },
    attributes: { k: attr.int({ min: 0, default: 0 }) },
    results: { b: tensor('P') },
    assembly: '$a',
    // @ts-expect-error: no dimension is called Z
    dims: ({ M, Z, k }) => ({ P: M + k + Z }),
  });
  const { mul, neg } = tensorop.ops;
  // @ts-expect-error: mul has no operand called x
  mul.of({ x: 'a' });
  rule('r', {
    match: mul.of({ lhs: neg.of({ input: 'a' }), rhs: 'b' }),
    // @ts-expect-error: nothing is captured as c
    build: ({ a, c }) => mul({ lhs: a, rhs: c }),
  });
  expect(neg.opName).toBe('tensorop.neg');
});

test('an operation without a meaning does not compile', () => {
  // @ts-expect-error: most operations have no meaning here
  semantics(tensorop, { relu: ({ input }) => input });
  // @ts-expect-error: most operations have no meaning here
  semanticsOver<MemoryView>()(mlu, { sync: () => {} });
  expect(Object.keys(tensorop.ops).length).toBeGreaterThan(30);
});

test('an operation without a lowering does not compile', () => {
  // @ts-expect-error: most operations have no rule here
  lowering({ from: graph, to: [tensorop], knobs: {} }, { relu: ({ input }) => tensorop.ops.relu({ input }) });
  const { relu: _relu, ...rest } = kernels;
  // @ts-expect-error: relu has no kernel here
  const some: typeof kernels = rest;
  const { sync: _sync, ...others } = emitters;
  // @ts-expect-error: sync has no instruction here
  const further: typeof emitters = others;
  expect([some, further].length).toBe(2);
});
