/** A small dialect for the tests of rewriting, and a compact way to show what stands in a block. */
import { type Attribute, integerAttribute } from '../../../ir/attribute.ts';
import { attr } from '../../../ir/attribute-kind.ts';
import type { Block } from '../../../ir/block.ts';
import { Builder } from '../../../ir/builder.ts';
import { anyType, sameType, variadic } from '../../../ir/constraint.ts';
import { Context } from '../../../ir/context.ts';
import { type Diagnostic, DiagnosticError } from '../../../ir/diagnostic.ts';
import { dialect } from '../../../ir/dialect.ts';
import { type Location, nameLocation } from '../../../ir/location.ts';
import { op, region } from '../../../ir/op.ts';
import type { Operation } from '../../../ir/operation.ts';
import { i64, type Type } from '../../../ir/type.ts';
import type { Value } from '../../../ir/value.ts';

const integer = sameType('S', 'i64', (type) => type === i64);
const number = (attribute: Attribute | undefined): number | undefined =>
  attribute?.kind === 'integer' ? Number(attribute.value) : undefined;

export const constant = op('toy.constant', {
  summary: 'a number',
  attributes: { value: attr.int({}) },
  results: { out: integer },
  inferTypes: () => [i64],
  traits: ['pure', 'constant-like'],
});
export const add = op('toy.add', {
  summary: 'a sum',
  operands: { lhs: integer, rhs: integer },
  results: { out: integer },
  traits: ['pure', 'commutative'],
  fold: (view, [a, b]) => {
    const x = number(a);
    const y = number(b);
    if (x !== undefined && y !== undefined) return [integerAttribute(x + y)];
    return y === 0 ? [view.lhs] : undefined;
  },
});
export const subtract = op('toy.subtract', {
  summary: 'a difference',
  operands: { lhs: integer, rhs: integer },
  results: { out: integer },
  traits: ['pure'],
});
export const negate = op('toy.negate', {
  summary: 'a negated number',
  operands: { input: integer },
  attributes: { times: attr.int({ min: 1, max: 9, default: 1 }) },
  results: { out: integer },
  traits: ['pure'],
});
export const split = op('toy.split', {
  summary: 'two halves',
  operands: { input: integer },
  results: { low: integer, high: integer },
  traits: ['pure'],
});
export const use = op('toy.use', { summary: 'reads values', operands: { values: variadic(anyType) } });
export const loop = op('toy.loop', {
  summary: 'repeats',
  regions: { body: region('the body') },
  traits: ['no-terminator'],
});
export const end = op('toy.end', { summary: 'ends a block', traits: ['terminator'] });
export const call = op('toy.call', { summary: 'names a function', attributes: { callee: attr.symbol() } });
export const func = op('toy.func', {
  summary: 'a function',
  attributes: { sym_name: attr.text({}), sym_visibility: attr.text({ default: 'public' }) },
  regions: { body: region('the body') },
  traits: ['isolated-from-above', 'symbol', 'no-terminator'],
});
export const module = op('toy.module', {
  summary: 'a module',
  regions: { body: region('functions') },
  traits: ['isolated-from-above', 'symbol-table', 'no-terminator', 'single-block'],
});
export const toy = dialect(
  'toy',
  { constant, add, subtract, negate, split, use, loop, end, call, func, module },
  {
    materializeConstant: (value, type) =>
      type === i64 && value.kind === 'integer' ? constant({ value: Number(value.value) }) : undefined,
  },
);

/** A module with one function of `inputs` numbers. */
export function program(inputs = 2): {
  readonly context: Context;
  readonly module: Operation;
  readonly func: Operation;
  readonly block: Block;
  readonly builder: Builder;
  readonly arguments: readonly Value[];
} {
  const context = new Context([toy]);
  const top = context.create('toy.module', [], [], { regions: 1 });
  const outer = top.region().addBlock();
  const inner = addFunction(outer, 'main', inputs);
  const block = inner.region().entry as Block;
  const builder = Builder.atEnd(block, nameLocation('source'));
  return { context, module: top, func: inner, block, builder, arguments: block.arguments };
}

export function addFunction(outer: Block, name: string, inputs = 0, visibility?: string): Operation {
  const made = Builder.atEnd(outer, nameLocation(name)).build(() =>
    func({ sym_name: name, ...(visibility ? { sym_visibility: visibility } : {}) }),
  );
  made.body.addBlock(Array.from({ length: inputs }, (): Type => i64));
  return made.operation;
}

/** The operations of a block, one a line: `%2 = toy.add %0 %1`, regions indented. */
export function show(block: Block, names = new Map<Value, string>(), indent = ''): string {
  for (const argument of block.arguments) names.set(argument, `%${names.size}`);
  return block.operations
    .map((operation) => {
      const operands = operation.operands.map((value) => ` ${names.get(value) ?? '?'}`).join('');
      const attributes = operation.attributes
        .map(({ name, value }) => ` ${name}=${value.text.replace(/ : .*/, '')}`)
        .join('');
      const results = operation.results.map((value) => (names.set(value, `%${names.size}`), names.get(value)));
      const given = results.length > 0 ? `${results.join(', ')} = ` : '';
      const head = `${indent}${given}${operation.name}${operands}${attributes}`;
      const inside = operation.regions.flatMap(({ blocks }) =>
        blocks.map((inner) => show(inner, names, `${indent}  `)),
      );
      return [head, ...inside].join('\n');
    })
    .join('\n');
}

/** The diagnostics that `body` throws. */
export function diagnosticsOf(body: () => unknown): readonly Diagnostic[] {
  try {
    body();
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The location that the test programs are built at. */
export const source: Location = nameLocation('source');
