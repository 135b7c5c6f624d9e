/** Structured control flow: what upstream refuses is refused with its words, what it takes is taken. */
import { describe, expect, test } from 'vitest';
import { Context, DiagnosticError, verify } from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';
import { allDialects } from '../../../tools/lists.ts';
import { judge, mlirOpt, mlirOptMissing, separator } from '../../mlir-opt.ts';

if (mlirOpt === undefined) mlirOptMissing();

const inFunction = (body: string): string =>
  `func.func @f(%c: i1, %x: index, %f: f32, %i: i32, %t: tensor<4xf32>) {\n${body}\nreturn\n}\n`;
const newContext = (): Context => new Context(allDialects, { allowUnregistered: true });

function firstError(text: string): string | undefined {
  try {
    return verify(parseModule(text, newContext()))[0]?.message;
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics[0]?.message;
    throw error;
  }
}

const space = `operandSegmentSizes = array<i32: 0, 0, 0, 0>, staticLowerBound = array<i64: 0>, staticStep = array<i64: 1>, staticUpperBound = array<i64: 4>`;
const edge = 'along control flow edge from';
const few = (operands: number, inputs: number): string =>
  `region branch point has ${operands} operands, but region successor needs ${inputs} inputs`;
const other = (given: string, wanted: string): string =>
  `successor operand type #0 '${given}' should match successor input type #0 '${wanted}'`;

/** Programs and the first error of the real mlir-opt 22 for each. */
const refused: readonly (readonly [body: string, message: string])[] = [
  [
    '"scf.for"(%x, %x, %x) ({}) : (index, index, index) -> ()',
    "'scf.for' op region #0 ('region') failed to verify constraint: region with 1 blocks",
  ],
  [
    '"scf.for"(%x, %x, %x) ({^bb0(%v: f32): scf.yield}) : (index, index, index) -> ()',
    "'scf.for' op expected induction variable to be same type as bounds and step",
  ],
  [
    '"scf.for"(%x, %x, %x, %f) ({^bb0(%v: index, %a: f32): scf.yield %a : f32}) : (index, index, index, f32) -> ()',
    "'scf.for' op mismatch in number of loop-carried values and defined values",
  ],
  [
    '"scf.for"(%x, %x, %x, %f) ({^bb0(%v: index, %a: f32): scf.yield %a : f32}) : (index, index, index, f32) -> f64',
    "'scf.for' op 0-th region iter_arg and 0-th loop result have different type: 'f32' != 'f64'",
  ],
  [
    '"scf.for"(%x, %x, %x) ({^bb0(%v: index, %j: index): scf.yield}) : (index, index, index) -> ()',
    "'scf.for' op different number of inits and region iter_args: 0 != 1",
  ],
  [
    '"scf.for"(%x, %x, %x, %f) ({^bb0(%v: index, %a: i32): scf.yield %a : i32}) : (index, index, index, f32) -> f32',
    "'scf.for' op 0-th init and 0-th region iter_arg have different type: 'f32' != 'i32'",
  ],
  [
    '"scf.for"(%x, %x, %x, %f) ({^bb0(%v: index, %a: f32): scf.yield %x : index}) : (index, index, index, f32) -> f32',
    "'scf.for' op 0-th region iter_arg and 0-th yielded value have different type: 'f32' != 'index'",
  ],
  [
    'scf.for %a = %x to %x step %x iter_args(%b = %f) -> (f32) { }',
    `'scf.for' op ${edge} Operation scf.yield to Region #0: ${few(0, 1)}`,
  ],
  [
    'scf.for %a = %x to %x step %x { scf.yield %x : index }',
    "'scf.for' op different number of region iter_args and yielded values: 0 != 1",
  ],
  [
    '"scf.for"(%x, %x, %x) ({^bb0(%v: index): "test.x"() : () -> ()}) : (index, index, index) -> ()',
    "'scf.for' op expects regions to end with 'scf.yield', found 'test.x'",
  ],
  [
    'scf.for %a = %x to %x step %x iter_args(%b = %f) -> (f32, f32) { }',
    "custom op 'scf.for' mismatch in number of loop-carried values and defined values",
  ],
  [
    '"scf.if"(%c) ({}, {}) : (i1) -> ()',
    "'scf.if' op region #0 ('thenRegion') failed to verify constraint: region with 1 blocks",
  ],
  [
    '"scf.if"(%c) ({scf.yield}, {^bb0(%q: index): scf.yield}) : (i1) -> ()',
    "'scf.if' op region #1 should have no arguments",
  ],
  ['%r = scf.if %c -> f32 { scf.yield %f : f32 }', "'scf.if' op must have an else block if defining values"],
  [
    '%r = scf.if %c -> f32 { scf.yield %f : f32 } else { scf.yield %i : i32 }',
    `'scf.if' op ${edge} Operation scf.yield to parent: ${other('i32', 'f32')}`,
  ],
  ['scf.if %c { scf.yield %f : f32 }', `'scf.if' op ${edge} Operation scf.yield to parent: ${few(1, 0)}`],
  [
    'scf.while : () -> () { "test.x"() : () -> () } do { scf.yield }',
    "'scf.while' op expects the 'before' region to terminate with 'scf.condition'",
  ],
  [
    'scf.while : () -> () { scf.condition(%c) } do { ^bb0(%a: i32): scf.yield }',
    `'scf.while' op ${edge} Operation scf.condition to Region #1: ${few(0, 1)}`,
  ],
  [
    'scf.while : () -> () { scf.condition(%c) %c : i1 } do { ^bb0(%a: i1): scf.yield }',
    `'scf.while' op ${edge} Operation scf.condition to parent: ${few(1, 0)}`,
  ],
  [
    '%r = scf.while (%a = %i) : (i32) -> f32 { scf.condition(%c) %f : f32 } do { ^bb0(%q: f32): scf.yield %q : f32 }',
    `'scf.while' op ${edge} Operation scf.yield to Region #0: ${other('f32', 'i32')}`,
  ],
  [
    '"my.op"() ({ scf.yield }) : () -> ()',
    "'scf.yield' op expects parent op to be one of 'scf.execute_region, scf.for, scf.if, scf.index_switch, scf.while'",
  ],
  ['"my.op"() ({ scf.condition(%c) }) : () -> ()', "'scf.condition' op expects parent op 'scf.while'"],
  [
    '"scf.execute_region"() ({ ^bb0(%q: index): scf.yield }) : () -> ()',
    "'scf.execute_region' op region cannot have any arguments",
  ],
  [
    '%r = "scf.execute_region"() ({ scf.yield %f : f32 }) : () -> i32',
    `'scf.execute_region' op ${edge} Operation scf.yield to parent: ${other('f32', 'i32')}`,
  ],
  [
    '"scf.index_switch"(%x) ({ scf.yield }) {cases = array<i64: 1>} : (index) -> ()',
    "'scf.index_switch' op has 0 case regions but 1 case values",
  ],
  [
    'scf.index_switch %x default {scf.yield %x : index}',
    "'scf.index_switch' op expected each region to return 0 values, but default region returns 1",
  ],
  ['scf.parallel (%a) = (%x) to (%x, %x) step (%x) { }', "custom op 'scf.parallel' expected 1 operands"],
  [
    '%z = arith.constant 0 : index scf.parallel (%a) = (%x) to (%x) step (%z) { }',
    "'scf.parallel' op constant step operand must be positive",
  ],
  [
    '%r = scf.parallel (%a) = (%x) to (%x) step (%x) init (%f) -> f32 { }',
    "'scf.parallel' op expects number of results: 1 to be the same as number of reductions: 0",
  ],
  [
    '%r = scf.parallel (%a) = (%x) to (%x) step (%x) init (%f) -> f32 { scf.reduce(%i : i32) {^bb0(%p: i32, %q: i32): scf.reduce.return %p : i32} }',
    "'scf.reduce' op expects type of 0-th reduction operand: 'i32' to be the same as the 0-th result type: 'f32'",
  ],
  [
    '%r = scf.parallel (%a) = (%x) to (%x) step (%x) init (%f) -> f32 { scf.reduce(%f : f32) {^bb0(%p: f32, %q: f32): scf.reduce.return %i : i32} }',
    "'scf.reduce.return' op must have type 'f32' (the type of the reduction inputs)",
  ],
  [
    `"scf.forall"() <{${space}}> ({ ^bb0: scf.forall.in_parallel {}}) : () -> ()`,
    "'scf.forall' op region expects 1 arguments",
  ],
  [
    `"scf.forall"() <{${space}}> ({ ^bb0(%a: i32): scf.forall.in_parallel {}}) : () -> ()`,
    "'scf.forall' op expects 0-th block argument to be an index",
  ],
  ['scf.forall (%a, %b) in (4) { }', 'expected 2 upper bound values, got 1'],
  [
    '"my.op"() ({ scf.forall.in_parallel { } }) : () -> ()',
    "'scf.forall.in_parallel' op expects parent op 'scf.forall'",
  ],
];

describe('what upstream refuses is refused in the same words', () => {
  test.each(refused)('%s', (body, message) => {
    expect(firstError(inFunction(body))).toBe(message);
  });

  test.skipIf(mlirOpt === undefined)('they are the words of the real mlir-opt', () => {
    const texts = refused.map(([body]) => inFunction(body));
    const { stderr } = judge(['--allow-unregistered-dialect', '--split-input-file'], texts.join(separator));
    const ends: number[] = [];
    for (const text of texts) ends.push((ends.at(-1) ?? 0) + (text + separator).split('\n').length - 1);
    const said: string[] = [];
    for (const [, line, message] of stderr.matchAll(/^<stdin>:(\d+):\d+: error: (.*)$/gm)) {
      const chunk = ends.findIndex((end) => Number(line) <= end);
      said[chunk] ??= message as string;
    }
    expect(said).toEqual(refused.map(([, message]) => message));
  });
});

test.each([
  '%r = scf.if %c -> f32 { scf.yield %f : f32 } else { scf.yield %f : f32 }',
  'scf.for unsigned %a = %i to %i step %i : i32 { }',
  '%r = scf.for %a = %x to %x step %x iter_args(%b = %f) -> f32 { scf.yield %b : f32 }',
  'scf.parallel (%a) = (%x) to (%x) step (%x) { scf.reduce }',
  'scf.forall () in () { }',
  '%r:2 = scf.index_switch %x -> i32, f32 default { scf.yield %i, %f : i32, f32 }',
  // Upstream puts no end back to a case.
  'scf.index_switch %x case 3 { scf.yield } default { }',
])('what upstream takes is taken and read back: %s', (body) => {
  const module = parseModule(inFunction(body), newContext());
  expect(verify(module)).toEqual([]);
  const text = printOperation(module);
  expect(printOperation(parseModule(text, newContext()))).toBe(text);
  if (mlirOpt === undefined) return;
  const args = ['--mlir-print-op-generic'];
  const original = judge(args, inFunction(body));
  expect(original.status).toBe(0);
  expect(judge(args, text).stdout).toBe(original.stdout);
});
