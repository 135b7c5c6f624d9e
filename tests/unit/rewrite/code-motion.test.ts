/** Invariants before loops and operations into regions, as mlir-opt moves them. */
import { describe, expect, test } from 'vitest';
import { mlirOpt, mlirOptMissing } from '../../mlir-opt.ts';
import { after, expectAsUpstream } from './as-upstream.ts';

if (mlirOpt === undefined) mlirOptMissing();

const loops = [
  `func.func @f(%n: index, %a: i32, %b: i32, %c: i1, %t: tensor<?xi32>, %i: index, %m: memref<4xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %k = %c0 to %n step %c1 {
    %0 = arith.divsi %a, %b : i32
    %7 = arith.constant 7 : i32
    %1 = arith.divsi %a, %7 : i32
    %2 = arith.divui %a, %b : i32
    %3 = tensor.dim %t, %i : tensor<?xi32>
    %4 = tensor.dim %t, %c0 : tensor<?xi32>
    %5 = memref.load %m[%i] : memref<4xi32>
    %6 = arith.shli %a, %b : i32
    %8 = scf.if %c -> i32 { scf.yield %a : i32 } else { %q = arith.addi %b, %a : i32 scf.yield %q : i32 }
    %9 = scf.if %c -> i32 { %q = arith.divsi %a, %b : i32 scf.yield %q : i32 } else { scf.yield %b : i32 }
    %10 = scf.for %q = %c0 to %n step %c1 iter_args(%x = %a) -> i32 { %r = arith.addi %x, %b : i32 scf.yield %r : i32 }
    %11 = scf.for %q = %c0 to %n step %i iter_args(%x = %a) -> i32 { %r = arith.addi %x, %b : i32 scf.yield %r : i32 }
    %12 = tensor.empty(%n) : tensor<?xi32>
    %13 = memref.alloca() : memref<2xi32>
    %14 = arith.index_cast %k : index to i32
    %15 = arith.addi %14, %6 : i32
    "test.use"(%0, %1, %2, %3, %4, %5, %8, %9, %10, %11, %12, %13, %15)
      : (i32, i32, i32, index, index, i32, i32, i32, i32, i32, tensor<?xi32>, memref<2xi32>, i32) -> ()
  }
  return
}`,
  `func.func @nested(%n: index, %a: i32, %b: i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %x = arith.index_cast %i : index to i32
    scf.for %j = %c0 to %n step %c1 {
      %y = arith.addi %x, %a : i32
      %z = arith.muli %a, %b : i32
      %w = arith.addi %z, %y : i32
      "test.use"(%w) : (i32) -> ()
    }
  }
  return
}`,
  `func.func @others(%n: index, %a: i32, %c: i1) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.parallel (%i, %j) = (%c0, %c0) to (%n, %n) step (%c1, %c1) {
    %y = arith.addi %a, %a : i32
    "test.use"(%y) : (i32) -> ()
    scf.reduce
  }
  %0 = scf.while (%x = %a) : (i32) -> i32 {
    %y = arith.muli %a, %a : i32
    %z = arith.cmpi slt, %x, %y : i32
    scf.condition(%z) %x : i32
  } do {
  ^bb0(%x: i32):
    %y = arith.addi %a, %a : i32
    %z = arith.addi %x, %y : i32
    scf.yield %z : i32
  }
  scf.forall (%i) in (%n) {
    %y = arith.addi %a, %a : i32
    "test.use"(%y) : (i32) -> ()
  }
  "test.loop"() ({
    %y = arith.addi %a, %a : i32
    "test.use"(%y) : (i32) -> ()
  }) : () -> ()
  return %0 : i32
}`,
];

const choices = [
  `func.func @loop(%a: i32, %b: i32, %c: i1, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %x = arith.muli %a, %b : i32
  %y = arith.addi %x, %b : i32
  scf.for %i = %c0 to %n step %c1 {
    scf.if %c {
      "t.use"(%y) : (i32) -> ()
    }
  }
  return
}`,
  `func.func @both(%a: i32, %b: i32, %c: i1, %m: memref<4xi32>, %i: index) -> i32 {
  %x = arith.muli %a, %b : i32
  %y = arith.addi %x, %b : i32
  %z = arith.subi %x, %b : i32
  %l = memref.load %m[%i] : memref<4xi32>
  %w = arith.subi %a, %b : i32
  %0 = scf.if %c -> i32 {
    %q = arith.addi %y, %l : i32
    scf.if %c { "t.use"(%w) : (i32) -> () }
    scf.yield %q : i32
  } else {
    %q = arith.addi %z, %z : i32
    scf.yield %q : i32
  }
  return %0 : i32
}`,
  `func.func @exec(%a: i32) -> i32 {
  %x = arith.muli %a, %a : i32
  %0 = scf.execute_region -> i32 { scf.yield %x : i32 }
  %1 = arith.addi %a, %0 : i32
  %c = "t.index"() : () -> index
  %2 = scf.index_switch %c -> i32 case 1 { scf.yield %1 : i32 } default { scf.yield %a : i32 }
  return %2 : i32
}`,
];

describe.skipIf(mlirOpt === undefined)('as upstream', () => {
  test('loop invariants', () => expectAsUpstream('loop-invariant-code-motion', loops));
  test('sinking', () => expectAsUpstream('control-flow-sink', choices));
});

test('a remainder by what may be zero stays in its loop, where upstream moves it', () => {
  const text = (by: string): string => `func.func @f(%n: index, %a: i32, %b: i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : i32
  scf.for %i = %c0 to %n step %c1 {
    %0 = arith.remsi %a, ${by} : i32
    "t.use"(%0) : (i32) -> ()
  }
  return
}`;
  const isBeforeLoop = (out: string): boolean => out.indexOf('remsi') < out.indexOf('scf.for');
  expect(isBeforeLoop(after('loop-invariant-code-motion', text('%b')))).toBe(false);
  expect(isBeforeLoop(after('loop-invariant-code-motion', text('%c3')))).toBe(true);
});
