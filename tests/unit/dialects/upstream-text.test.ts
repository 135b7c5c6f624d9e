import { describe, expect, test } from 'vitest';
import { Context, DiagnosticError, verify } from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';
import { arith } from '../../../dialects/arith/index.ts';
import { builtin } from '../../../dialects/builtin/index.ts';
import { func } from '../../../dialects/func/index.ts';
import { scf } from '../../../dialects/scf/index.ts';

const newContext = (): Context => new Context([builtin, func, arith, scf]);
/** The text as it is printed after it was read, without the words that mlir-opt leaves out. */
const readBack = (text: string): string => {
  const module = parseModule(text, newContext());
  expect(verify(module)).toEqual([]);
  return printOperation(module).replaceAll(/builtin\.(?=module)|func\.(?=return|call)/g, '');
};

describe('text that mlir-opt prints is read and printed alike', () => {
  test('functions, attributes of arguments and results, declarations', () => {
    const text = `module @named attributes {a.b = 1 : i64} {
  func.func private @declared(i32, f32 {x.y}) -> (i32 {x.z = "r"}, f32)
  func.func @empty() attributes {c.d} {
    return
  }
  func.func public @call(%arg0: i32, %arg1: f32 {x.y}) -> f32 {
    %0:2 = call @declared(%arg0, %arg1) : (i32, f32) -> (i32, f32)
    return %0#1 : f32
  }
}`;
    expect(readBack(text).trim()).toBe(text);
  });

  test('arithmetic with flags, predicates, casts and constants', () => {
    const text = `module {
  func.func @arithmetic(%arg0: i32, %arg1: i32, %arg2: f32, %arg3: vector<4xf32>, %arg4: vector<4xi1>) {
    %0 = arith.constant true
    %1 = arith.constant -7 : i32
    %2 = arith.constant 1.500000e+00 : f32
    %3 = arith.constant dense<[1, 2]> : tensor<2xi64>
    %4 = arith.addi %arg0, %arg1 : i32
    %5 = arith.muli %4, %1 overflow<nsw, nuw> : i32
    %6 = arith.divsi %5, %arg1 : i32
    %7 = arith.shrui %6, %arg1 : i32
    %8 = arith.cmpi ult, %7, %1 : i32
    %9 = arith.cmpf une, %arg2, %2 fastmath<nnan,nsz> : f32
    %10 = arith.select %9, %arg0, %arg1 : i32
    %11 = arith.select %arg4, %arg3, %arg3 : vector<4xi1>, vector<4xf32>
    %12 = arith.addf %arg2, %2 fastmath<fast> : f32
    %13 = arith.negf %12 : f32
    %14 = arith.truncf %13 : f32 to f16
    %15 = arith.extf %14 : f16 to f64
    %16 = arith.trunci %10 overflow<nsw> : i32 to i8
    %17 = arith.extsi %16 : i8 to i64
    %18 = arith.index_cast %17 : i64 to index
    %19 = arith.sitofp %17 : i64 to f32
    %20 = arith.fptosi %19 : f32 to i32
    %21 = arith.maximumf %arg3, %arg3 : vector<4xf32>
    return
  }
}`;
    expect(readBack(text.replaceAll('%0 = arith.constant true', '%true = arith.constant true')).trim()).toBe(text);
  });

  test('loops and branches, whose yields without values are not written', () => {
    const text = `module {
  func.func @control(%arg0: index, %arg1: i1, %arg2: f32) -> f32 {
    %0 = scf.for %arg3 = %arg0 to %arg0 step %arg0 iter_args(%arg4 = %arg2) -> (f32) {
      %2 = arith.addf %arg4, %arg2 : f32
      scf.yield %2 : f32
    }
    scf.for %arg3 = %arg0 to %arg0 step %arg0 {
    } {tag = 1 : i64}
    %1 = scf.if %arg1 -> (f32) {
      scf.yield %0 : f32
    } else {
      scf.yield %arg2 : f32
    }
    scf.if %arg1 {
    }
    return %1 : f32
  }
}`;
    expect(readBack(text).trim()).toBe(text);
  });
});

const errorOf = (body: string): string => {
  try {
    return verify(parseModule(`func.func @f(%i: i32, %j: i64, %c: i1, %x: index) {\n${body}\nreturn\n}`, newContext()))
      .map(({ message }) => message)
      .join('; ');
  } catch (error) {
    if (error instanceof DiagnosticError) return error.message;
    throw error;
  }
};

describe('what upstream refuses is refused', () => {
  test.each([
    ['%0 = arith.extsi %j : i64 to i32', /result type i32 must be wider than operand type i64/],
    ['%0 = arith.trunci %i : i32 to i32', /must be narrower/],
    ['%0 = arith.index_cast %i : i32 to i64', /expected index on exactly one side/],
    ['%0 = arith.addf %i, %i : i32', /expected floating-point/],
    ['%0 = arith.cmpi less, %i, %i : i32', /'less' is not a comparison, expected one of eq, ne/],
    ['%0 = arith.select %i, %i, %i : i32, i32', /condition has type i32, expected i1/],
    ['func.call @g() : () -> ()', /calls '@g', which is not a function here/],
    ['func.call @f(%i) : (i32) -> ()', /passes \(i32\), expected \(i32, i64, i1, index\)/],
    ['func.return %i : i32', /must be the last operation|returns \(i32\), expected \(\) of the function/],
    [
      '%0 = "scf.if"(%c) ({ "scf.yield"(%i) : (i32) -> () }, { }) : (i1) -> i32',
      /must have an else block if defining values/,
    ],
    [
      '%0 = "scf.if"(%c) ({ "scf.yield"(%i) : (i32) -> () }, { "scf.yield"(%j) : (i64) -> () }) : (i1) -> i32',
      /scf.yield to parent: successor operand type #0 'i64' should match successor input type #0 'i32'/,
    ],
    [
      '"scf.for"(%x, %x, %x) ({ ^bb0(%a: i32): "scf.yield"() : () -> () }) : (index, index, index) -> ()',
      /expected induction variable to be same type as bounds and step/,
    ],
  ])('%s', (body, message) => {
    expect(errorOf(body)).toMatch(message);
  });
});
