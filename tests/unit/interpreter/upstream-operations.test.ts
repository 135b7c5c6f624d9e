/** Values of upstream's scalar operations and branches, as their documentation says. */
import { describe, expect, test } from 'vitest';
import {
  arithSemantics,
  builtinSemantics,
  cfSemantics,
  evaluate,
  funcSemantics,
  scfSemantics,
} from '../../../interpreter/index.ts';
import type { RuntimeValue } from '../../../interpreter/value.ts';
import { Context, DiagnosticError, verify } from '../../../ir/index.ts';
import { parseModule } from '../../../ir/text/index.ts';
import { allDialects } from '../../../tools/lists.ts';

const levels = [builtinSemantics, funcSemantics, arithSemantics, cfSemantics, scfSemantics];

function run(text: string, values: readonly RuntimeValue[]): readonly RuntimeValue[] {
  const module = parseModule(text, new Context(allDialects));
  const errors = verify(module);
  if (errors.length > 0) throw new DiagnosticError(errors);
  return evaluate(levels, module, 'f', values);
}

const binary = (name: string, type: string, x: RuntimeValue, y: RuntimeValue): RuntimeValue | undefined =>
  run(`func.func @f(%x: ${type}, %y: ${type}) -> ${type} { %r = arith.${name} %x, %y : ${type} return %r : ${type} }`, [
    x,
    y,
  ])[0];

describe('integers', () => {
  test.each([
    ['ceildivsi', 7, 2, 4],
    ['ceildivsi', -7, 2, -3],
    ['ceildivsi', 7, -2, -3],
    ['ceildivsi', -7, -2, 4],
    ['ceildivsi', -8, 2, -4],
    ['floordivsi', 7, 2, 3],
    ['floordivsi', -7, 2, -4],
    ['floordivsi', 7, -2, -4],
    ['floordivsi', -8, -2, 4],
    ['ceildivui', 7, 2, 4],
    ['ceildivui', -1, 2, -128],
    ['minui', -1, 1, 1],
    ['maxui', -1, 1, -1],
    ['divsi', -7, 2, -3],
  ])('%s of %i and %i in 8 bits is %i', (name, x, y, expected) => {
    expect(binary(name, 'i8', x, y)).toBe(expected);
  });

  test('sums and products in two parts', () => {
    const parts = (operation: string, types: string, x: number, y: number): readonly RuntimeValue[] =>
      run(
        `func.func @f(%x: i8, %y: i8) -> (i8, ${types.split(', ').at(-1)}) {
          %r:2 = arith.${operation} %x, %y : ${types} return %r#0, %r#1 : i8, ${types.split(', ').at(-1)} }`,
        [x, y],
      );
    expect(parts('addui_extended', 'i8, i1', -1, 2)).toEqual([1, 1]);
    expect(parts('addui_extended', 'i8, i1', 100, 27)).toEqual([127, 0]);
    expect(parts('mulsi_extended', 'i8', -100, 100)).toEqual([-16, -40]);
    expect(parts('mului_extended', 'i8', -1, -1)).toEqual([1, -2]);
  });
});

describe('floating-point numbers', () => {
  test.each([
    ['remf', 5.5, 2, 1.5],
    ['remf', -5.5, 2, -1.5],
    ['maxnumf', Number.NaN, 2, 2],
    ['minnumf', 1, Number.NaN, 1],
    ['maximumf', Number.NaN, 2, Number.NaN],
  ])('%s of %f and %f is %f', (name, x, y, expected) => {
    expect(binary(name, 'f32', x, y)).toBe(expected);
  });

  const cast = (name: string, from: string, to: string, x: RuntimeValue): RuntimeValue | undefined =>
    run(`func.func @f(%x: ${from}) -> ${to} { %r = arith.${name} %x : ${from} to ${to} return %r : ${to} }`, [x])[0];
  test.each([
    ['uitofp', 'i8', 'f32', -1, 255],
    ['fptoui', 'f32', 'i8', 255.9, -1],
    ['bitcast', 'f32', 'i32', 1, 0x3f800000],
    ['bitcast', 'i16', 'f16', 0x3c00, 1],
    ['index_castui', 'i8', 'index', -1, 255],
  ])('%s from %s to %s of %f is %f', (name, from, to, x, expected) => {
    expect(Number(cast(name, from, to, x))).toBe(expected);
  });

  test('a number that does not fit has no value', () => {
    expect(() => cast('fptoui', 'f32', 'i8', 256)).toThrow(/does not fit into unsigned i8/);
  });
});

test('branches carry values, cases choose, assertions hold', () => {
  const text = `func.func @f(%n: i32) -> i32 {
    %zero = arith.constant 0 : i32
    %one = arith.constant 1 : i32
    %positive = arith.cmpi sge, %n, %zero : i32
    cf.assert %positive, "n must not be negative"
    cf.br ^loop(%n, %one : i32, i32)
  ^loop(%i: i32, %product: i32):
    cf.switch %i : i32, [
      default: ^turn,
      0: ^end(%product : i32),
      1: ^end(%product : i32)
    ]
  ^turn:
    %next = arith.muli %product, %i : i32
    %less = arith.subi %i, %one : i32
    %more = arith.cmpi ne, %less, %zero : i32
    cf.cond_br %more, ^loop(%less, %next : i32, i32), ^end(%next : i32)
  ^end(%result: i32):
    return %result : i32
  }`;
  expect(run(text, [5])).toEqual([120]);
  expect(run(text, [0])).toEqual([1]);
  expect(() => run(text, [-1])).toThrow(/fails: n must not be negative/);
});

test('loops go on while they say so, choices take one region, parallel loops come to every point', () => {
  const text = `func.func @f(%n: i32, %k: index) -> (i32, i32, i32) {
    %one = arith.constant 1 : i32
    %two = arith.constant 2 : i32
    %doubled:2 = scf.while (%a = %one, %c = %n) : (i32, i32) -> (i32, i32) {
      %zero = arith.constant 0 : i32
      %more = arith.cmpi sgt, %c, %zero : i32
      scf.condition(%more) %a, %c : i32, i32
    } do {
    ^bb0(%a: i32, %c: i32):
      %next = arith.muli %a, %two : i32
      %less = arith.subi %c, %one : i32
      scf.yield %next, %less : i32, i32
    }
    %chosen = scf.index_switch %k -> i32
    case 2 { scf.yield %one : i32 }
    case 5 { scf.yield %two : i32 }
    default { scf.yield %n : i32 }
    %region = scf.execute_region -> i32 {
      %positive = arith.cmpi sgt, %n, %two : i32
      cf.cond_br %positive, ^a, ^b
    ^a:
      scf.yield %one : i32
    ^b:
      scf.yield %two : i32
    }
    return %doubled#0, %chosen, %region : i32, i32, i32
  }`;
  expect(run(text, [5, 5])).toEqual([32, 2, 1]);
  expect(run(text, [1, 2])).toEqual([2, 1, 2]);
  expect(run(text, [0, 7])).toEqual([1, 0, 2]);
});
