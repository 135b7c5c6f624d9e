/** Declarations as IRDL, on a dialect that has one of everything, and modules in the form that goes with it. */
import { describe, expect, test } from 'vitest';
import { builtin } from '../../../dialects/builtin/index.ts';
import {
  anyType,
  attr,
  Context,
  denseArrayAttribute,
  dialect,
  DiagnosticError,
  element,
  f16,
  f32,
  i32,
  index,
  memref,
  op,
  type Operation,
  optional,
  optionalAttribute,
  region,
  tensor,
  type Type,
  typed,
  variadic,
  verify,
} from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';
import { dialectsToIrdl } from '../../../tools/irdl/export.ts';
import { dynamicForm } from '../../../tools/irdl/dynamic-form.ts';
import { chosenDialects, ownDialects } from '../../../tools/irdl/own-dialects.ts';
import { freeRuns } from '../../../tools/irdl/value-constraint.ts';
import { refusals } from '../../irdl/judged.ts';
import { mlirOpt, mlirOptMissing } from '../../mlir-opt.ts';

const T = element('T', f16, f32);
const toy = dialect('toy', {
  twins: op('toy.twins', {
    summary: 'two of a type',
    operands: { lhs: tensor('M N', T), rhs: tensor('M N', T), third: optional(tensor('N M', T)) },
    attributes: {
      mode: attr.oneOf(['up', 'down'], { default: 'up' }),
      axis: attr.int({ min: 0, max: 7 }),
      note: optionalAttribute(attr.text({})),
    },
    results: { out: tensor('M N', T) },
  }),
  copy: op('toy.copy', {
    summary: 'two memrefs',
    operands: { from: memref('N', 'nram'), to: memref('N', 'nram'), at: optional(typed(index)) },
    attributes: { exactly: attr.flag({ default: false }), whatever: attr.any() },
  }),
  join: op('toy.join', {
    summary: 'free types',
    operands: { first: anyType, rest: variadic(anyType), last: optional(typed(index)) },
  }),
  loop: op('toy.loop', {
    summary: 'a region',
    regions: { body: region('what is repeated') },
    traits: ['no-terminator'],
  }),
});

const context = (): Context => new Context([builtin, toy], { allowUnregistered: true });

const read = (text: string): Operation => parseModule(text, context());
const dynamicText = (module: Operation): string => printOperation(dynamicForm(module, [toy]), { generic: true });

describe('declarations as IRDL', () => {
  const text = dialectsToIrdl([toy]);
  const operation = (name: string): string =>
    text
      .split(/^ {2}\/\/ /m)
      .find((part) => part.includes(`irdl.operation @${name} {`))
      ?.replace(/^.*\n/, '')
      .replace(/^ {2}/gm, '')
      .split('\n}')[0] ?? '';

  test('values that are declared alike share a variable; what may be absent is a comment', () => {
    expect(operation('twins')).toBe(`irdl.operation @twins {
  %0 = irdl.base "!builtin.tensor" // tensor<M N> of f16 | f32
  %1 = irdl.base "!builtin.tensor" // tensor<N M> of f16 | f32
  irdl.operands(lhs: %0, rhs: %0, third: optional %1)
  irdl.results(out: %0)
  %2 = irdl.is "up"
  %3 = irdl.is "down"
  %4 = irdl.any_of(%2, %3)
  %5 = irdl.base "#builtin.integer" // i64, 0..7
  // 'note', where it is given: string
  irdl.attributes {"mode" = %4, "axis" = %5}`);
  });

  test('memrefs that are declared alike may still differ in layout', () => {
    expect(operation('copy')).toBe(`irdl.operation @copy {
  %0 = irdl.base "!builtin.memref" // memref<N, nram>
  %1 = irdl.base "!builtin.memref" // memref<N, nram>
  %2 = irdl.is index
  irdl.operands(from: %0, to: %1, at: optional %2)
  %3 = irdl.is false
  %4 = irdl.is true
  %5 = irdl.is unit
  %6 = irdl.any_of(%3, %4, %5)
  %7 = irdl.any // attribute
  irdl.attributes {"exactly" = %6, "whatever" = %7}`);
  });

  test('a group of free types becomes one group for each run', () => {
    const [, groups = ''] = /irdl\.operands\((.*)\)/.exec(operation('join')) ?? [];
    expect(groups.split(', ')).toEqual([
      'first: %0',
      ...Array.from({ length: freeRuns }, (_, at) => `rest_${at}: variadic %${at + 1}`),
      `last: optional %${freeRuns + 1}`,
    ]);
  });

  test('regions are counted', () => {
    expect(operation('loop')).toBe(`irdl.operation @loop {
  %0 = irdl.region // what is repeated
  irdl.regions(body: %0)`);
  });

  test('every operation of our dialects is there', () => {
    const whole = dialectsToIrdl(ownDialects);
    for (const { ops } of ownDialects)
      for (const { opName } of Object.values(ops)) expect(whole).toContain(`irdl.operation @${opName.split('.')[1]} {`);
  });
});

const twins = `"builtin.module"() ({
  %0:2 = "test.make"() : () -> (tensor<2x3xf32>, tensor<2x3xf32>)
  %1 = "toy.twins"(%0#0, %0#1) <{axis = 1 : i64}> {kept} : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
}) : () -> ()`;

/** A `toy.join` of values of these types, the last of which stands in the last group. */
function joined(types: readonly Type[], sizes: readonly number[]): Operation {
  const module = read('"builtin.module"() ({\n}) : () -> ()');
  const own = module.context;
  const block = module.region().entry ?? module.region().addBlock();
  const make = own.create('test.make', [], types);
  const counts = denseArrayAttribute(sizes, i32);
  block.append(make);
  block.append(
    own.create('toy.join', make.results, [], {
      attributes: [{ name: 'operandSegmentSizes', value: counts, property: true }],
    }),
  );
  return module;
}

describe('modules for operations from IRDL', () => {
  test('have defaults and properties among the discardable attributes, and nothing else changes', () => {
    const module = read(twins);
    expect(dynamicText(module)).toBe(twins.replace('<{axis = 1 : i64}> {kept}', '{axis = 1 : i64, kept, mode = "up"}'));
    expect(printOperation(module, { generic: true })).toBe(twins);
  });

  test('read back as the operations that they were', () => {
    const again = read(dynamicText(read(twins)));
    expect(verify(again)).toEqual([]);
    expect(printOperation(again, { generic: true })).toBe(
      twins.replace('<{axis = 1 : i64}> {kept}', '<{axis = 1 : i64, mode = "up"}> {kept}'),
    );
  });

  test('count runs of equal types', () => {
    const sizes = [1, 2, 1, ...Array.from({ length: freeRuns - 2 }, () => 0), 1];
    expect(dynamicText(joined([f32, f16, f16, f32, index], [1, 3, 1]))).toContain(
      `{operandSegmentSizes = array<i32: ${sizes.join(', ')}>}`,
    );
  });

  test('cannot hold more runs than there are groups', () => {
    const types = (count: number): readonly Type[] => Array.from({ length: count }, (_, at) => (at % 2 ? f16 : f32));
    expect(() => dynamicText(joined(types(freeRuns + 1), [1, freeRuns, 0]))).not.toThrow();
    expect(() => dynamicText(joined(types(freeRuns + 2), [1, freeRuns + 1, 0]))).toThrow(DiagnosticError);
    expect(() => dynamicText(joined(types(freeRuns + 2), [1, freeRuns + 1, 0]))).toThrow(
      `'toy.join' op changes type ${freeRuns} times in 'rest', expected at most ${freeRuns - 1} changes`,
    );
  });
});

test('dialects are chosen by name', () => {
  expect(chosenDialects(undefined).map(({ name }) => name)).toEqual(['graph', 'tensorop', 'mlu']);
  expect(chosenDialects('mlu,graph').map(({ name }) => name)).toEqual(['graph', 'mlu']);
  expect(() => chosenDialects('graph,arith')).toThrow("names 'arith', expected some of graph, tensorop, mlu");
});

if (mlirOpt === undefined) mlirOptMissing();

test.skipIf(mlirOpt === undefined)('mlir-opt takes the toy dialect as we mean it', () => {
  const loop = (regions: string): string => `"toy.loop"() (${regions}) : () -> ()`;
  const texts = [
    dynamicText(read(twins)),
    dynamicText(joined([f32, f16, f16, f32, index], [1, 3, 1])),
    dynamicText(read(twins)).replace('tensor<2x3xf32>)', 'tensor<2x4xf32>)').replace('2x3xf32>) ->', '2x4xf32>) ->'),
    loop('{\n}'),
    loop('{\n}, {\n}'),
    loop('{\n  "test.any"() : () -> ()\n}'),
  ];
  expect(refusals(dialectsToIrdl([toy]), texts).map((error) => error?.replace(/^'[^']*' op /, ''))).toEqual([
    undefined,
    undefined,
    "expected 'tensor<2x3xf32>' but got 'tensor<2x4xf32>'",
    undefined,
    'unexpected number of regions: expected 1 but got 2',
    undefined,
  ]);
});
