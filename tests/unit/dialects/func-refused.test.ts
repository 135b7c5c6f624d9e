/** Functions and modules that the real mlir-opt takes or refuses, and what is left of them after a round. */
import { describe, expect, test } from 'vitest';
import { Context, DiagnosticError, verify } from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';
import { allDialects } from '../../../tools/lists.ts';
import { judge, mlirOpt, mlirOptMissing, separator } from '../../mlir-opt.ts';

if (mlirOpt === undefined) mlirOptMissing();

const functions = [
  'func.func private @a()',
  'func.func @a()',
  'func.func nested @a()',
  'func.func private @a(%x: i32, %y: f32) -> i32',
  'func.func private @a(i32, %x: i32)',
  'func.func @a(i32) { ^bb0(%x: i32): return }',
  'func.func @a(%y: i32) { ^bb0(%x: i32): return }',
  'func.func @a() {}',
  'func.func private @a(i1 {d.x = 10}) -> (i1 {d.y})',
  'func.func private @a(i1 {x = 10})',
  'func.func private @a() -> (i1 {x})',
  'func.func private @a() -> (i1 {d.y}, i32)',
  'func.func private @a() -> ((i32) -> i32)',
  'func.func private @a() attributes {foo, d.bar = 1}',
  'func.func @a() attributes {no_inline} { return }',
  'func.func private @a(i32) attributes {arg_attrs = [{}, {}]}',
  'func.func private @a(i32) attributes {arg_attrs = [5]}',
  'func.func @a() { func.func @b() { return } return }',
  'func.func @a() { builtin.module { func.func @b() { return } } return }',
  '"t.wrap"() ({ func.func @a() { return } }) : () -> ()',
  'func.func @a(%x: i32 {d.x} loc("a")) -> (i32 {d.z}) { return %x : i32 }',
  'func.func @a(%x: i32) -> i32 { return }',
  'func.func @a(%x: i32) -> f32 { return %x : i32 }',
  'func.func @a(%x: i32) -> i32 { return {foo} %x : i32 }',
  '"func.func"() ({ ^bb0: "func.return"() : () -> () }) {sym_name = "a", function_type = () -> ()} : () -> ()',
  '"func.func"() ({ }) {sym_name = "a", sym_visibility = "foo", function_type = () -> ()} : () -> ()',
  '"func.func"() ({ }) {sym_name = "a", sym_visibility = "private", function_type = i32} : () -> ()',
  '"func.func"() ({ }) {sym_name = "a", sym_visibility = "private", function_type = (i32) -> (), arg_attrs = 5} : () -> ()',
];
const calls = [
  'func.func @c(%x: i32) { call @c(%x) {no_inline, foo} : (i32) -> () return }',
  'func.func @c(%x: i32) { call @c() : () -> () return }',
  'func.func @c(%x: i32) { call @m::@c(%x) : (i32) -> () return }',
  'func.func @c(%x: i32) { "func.call"(%x) <{callee = @c, arg_attrs = [{d.x}]}> : (i32) -> () return }',
  'func.func @c(%x: i32) { "func.call"(%x) <{callee = @c, arg_attrs = [1]}> : (i32) -> () return }',
  'func.func @k() { %x = func.constant @k : () -> () func.call_indirect %x() {foo} : () -> () return }',
  'func.func @k() { %x = constant @q : () -> () return }',
  'func.func @k() { %x = constant @k : (i32) -> () return }',
  'func.func @k(%f: (i32) -> i32, %x: f32) { %r = call_indirect %f(%x) : (f32) -> i32 return }',
  'func.func @k(%f: (i32) -> (i32, i32), %x: i32) { %r:2 = call_indirect %f(%x) : (i32) -> (i32, i32) return }',
  'func.func @k(%f: (i32) -> i32, %x: i32) { %r = "func.call_indirect"(%f, %x) : ((i32) -> i32, i32) -> f32 return }',
];
const modules = [
  'module @m attributes {d.x = 1} {}',
  'module attributes {x = 1} {}',
  'module private @m {}',
  'module @m attributes {sym_visibility = "private"} {}',
  'module @m attributes {sym_visibility = "foo"} {}',
  'module attributes {sym_name = "x"} {}',
  'module @"x y" {}',
  'module @m {} module @m {}',
  'module @m { "t.a"() : () -> () ^bb1: "t.b"() : () -> () }',
  '"builtin.module"() <{sym_name = 4}> ({ ^bb0: }) : () -> ()',
  '"builtin.module"() ({ ^bb0: }) {sym_name = "a"} : () -> ()',
  '"builtin.unrealized_conversion_cast"() : () -> ()',
  '%0:2 = builtin.unrealized_conversion_cast to i32, i64 {foo}',
  '%0 = "t.a"() : () -> i32 %1 = builtin.unrealized_conversion_cast %0 : i32 to f32',
];
const constants = [
  'arith.constant 5 : si32',
  'arith.constant true',
  'arith.constant 1.0',
  'arith.constant "x"',
  'arith.constant [1]',
  'arith.constant array<i32: 1>',
  'arith.constant dense<[1, 2]> : vector<[2]xi32>',
  'arith.constant dense<1> : vector<[2]xi32>',
  'arith.constant dense_resource<r> : tensor<2xi32>',
  '"arith.constant"() {value = 1.0 : f32} : () -> complex<f32>',
].map((text) => `%0 = ${text}`);
const flags = [
  'arith.addf %x, %x fastmath<ninf,nnan>',
  'arith.addf %x, %x fastmath<reassoc,nnan,ninf,nsz,arcp,contract,afn>',
  'arith.addf %x, %x fastmath<none,nnan>',
  'arith.addf %x, %x fastmath<none>',
  'arith.addf %x, %x fastmath<wrong>',
  'arith.addf %x, %x {fastmath = #arith.fastmath<fast>}',
  'arith.cmpf "olt", %x, %x fastmath<nnan>',
  'arith.cmpf slt, %x, %x',
].map((text) => `%x = "t.x"() : () -> f32 %0 = ${text} : f32`);
const properties = [
  '"arith.truncf"(%x) <{roundingmode = 2 : i32}> : (f32) -> f16',
  '"arith.truncf"(%x) <{roundingmode = 2 : i64}> : (f32) -> f16',
  '"arith.truncf"(%x) <{roundingmode = 5 : i32}> : (f32) -> f16',
  '"arith.cmpf"(%x, %x) <{predicate = 16 : i64}> : (f32, f32) -> i1',
  '"arith.cmpf"(%x, %x) <{predicate = 1 : i32}> : (f32, f32) -> i1',
  '"arith.addf"(%x, %x) <{fastmath = #arith.fastmath<nnan,ninf>}> : (f32, f32) -> f32',
  '"arith.addf"(%x, %x) <{fastmath = 5 : i32}> : (f32, f32) -> f32',
  'arith.extf %x fastmath<none> : f32 to f64',
  'arith.truncf %x upward fastmath<fast> {foo} : f32 to f16',
  'arith.scaling_extf %x, %x fastmath<none> : f32, f32 to f64',
  'arith.scaling_extf %x, %x upward : f32, f32 to f64',
  'arith.scaling_truncf %x, %x downward : f32, f32 to f16',
].map((text) => `%x = "t.x"() : () -> f32 %0 = ${text}`);

/** Our print of a text, or nothing where we refuse it. */
function ours(text: string, generic: boolean): string | undefined {
  const context = new Context(allDialects, { allowUnregistered: true });
  try {
    const module = parseModule(text, context);
    return verify(module).length > 0 ? undefined : printOperation(module, { generic });
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
}

const answersTo = (texts: readonly string[]): readonly string[] =>
  judge(['--allow-unregistered-dialect', '--mlir-print-op-generic', '--split-input-file'], texts.join(separator))
    .stdout.split(/^\/\/ -----$/m)
    .map((answer) => answer.trim());

describe.skipIf(mlirOpt === undefined)('as upstream takes them', () => {
  test.each([
    ['functions', functions],
    ['calls', calls],
    ['modules', modules],
    ['constants', constants],
    ['flags', flags],
    ['properties', properties],
  ])('%s', (_, texts) => {
    const expected = answersTo(texts);
    expect(expected.filter((answer) => answer === '').length, 'some are refused').toBeGreaterThan(0);
    const prints = texts.map((text) => ours(text, false));
    expect(prints.map((print, at) => [texts[at], print !== undefined])).toEqual(
      expected.map((answer, at) => [texts[at], answer !== '']),
    );
    expect(answersTo(prints.map((print) => print ?? '"t.refused'))).toEqual(expected);
    expect(texts.map((text) => ours(text, true)?.trim() ?? '')).toEqual(expected);
  });
});
