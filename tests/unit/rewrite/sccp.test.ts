/** Constants along the ways that are taken, as mlir-opt propagates them. */
import { describe, expect, test } from 'vitest';
import { mlirOpt, mlirOptMissing } from '../../mlir-opt.ts';
import { after, expectAsUpstream } from './as-upstream.ts';

if (mlirOpt === undefined) mlirOptMissing();

const programs: Readonly<Record<string, string>> = {
  straight: `func.func @f(%a: i32) -> (i32, i32) {
  %0 = arith.constant 3 : i32
  %1 = arith.constant 4 : i32
  %2 = arith.addi %0, %1 : i32
  %3 = arith.muli %2, %a : i32
  %4 = "t.unknown"(%2) : (i32) -> i32
  return %3, %4 : i32, i32
}`,
  'a branch that is never taken': `func.func @f(%a: i32) -> i32 {
  %t = arith.constant true
  %1 = arith.constant 1 : i32
  cf.cond_br %t, ^bb1, ^bb2
^bb1:
  cf.br ^bb3(%1 : i32)
^bb2:
  %2 = arith.addi %a, %1 : i32
  cf.br ^bb3(%2 : i32)
^bb3(%x: i32):
  %3 = arith.addi %x, %x : i32
  return %3 : i32
}`,
  'the same on both ways, and different': `func.func @f(%c: i1) -> (i32, i32) {
  %0 = arith.constant 0 : i32
  %1 = arith.constant 1 : i32
  cf.cond_br %c, ^bb1(%0, %0 : i32, i32), ^bb1(%0, %1 : i32, i32)
^bb1(%x: i32, %y: i32):
  return %x, %y : i32, i32
}`,
  'a loop that never changes a value': `func.func @f(%n: i32) -> i32 {
  %0 = arith.constant 0 : i32
  %1 = arith.constant 1 : i32
  cf.br ^bb1(%0, %0 : i32, i32)
^bb1(%i: i32, %x: i32):
  %c = arith.cmpi slt, %i, %n : i32
  cf.cond_br %c, ^bb2, ^bb3
^bb2:
  %j = arith.addi %i, %1 : i32
  %y = arith.muli %x, %1 : i32
  cf.br ^bb1(%j, %y : i32, i32)
^bb3:
  return %x : i32
}`,
  'a switch': `func.func @f(%a: i32) -> i32 {
  %7 = arith.constant 7 : i32
  %8 = arith.constant 8 : i32
  cf.switch %7 : i32, [default: ^bb1(%a : i32), 7: ^bb2(%8 : i32), 8: ^bb1(%8 : i32)]
^bb1(%x: i32):
  return %x : i32
^bb2(%y: i32):
  %0 = arith.addi %y, %y : i32
  return %0 : i32
}`,
  'a choice that is made': `func.func @f(%a: i32) -> (i32, i32) {
  %t = arith.constant true
  %1 = arith.constant 1 : i32
  %0 = scf.if %t -> i32 {
    scf.yield %1 : i32
  } else {
    scf.yield %a : i32
  }
  %i = arith.constant 1 : index
  %2 = scf.index_switch %i -> i32
  case 1 {
    %3 = arith.addi %0, %0 : i32
    scf.yield %3 : i32
  }
  default {
    scf.yield %a : i32
  }
  return %0, %2 : i32, i32
}`,
  'a choice that is not': `func.func @f(%c: i1) -> (i32, i32) {
  %1 = arith.constant 1 : i32
  %2 = arith.constant 2 : i32
  %0:2 = scf.if %c -> (i32, i32) {
    scf.yield %1, %1 : i32, i32
  } else {
    %3 = arith.subi %2, %1 : i32
    scf.yield %3, %2 : i32, i32
  }
  return %0#0, %0#1 : i32, i32
}`,
  'carried values': `func.func @f(%n: index) -> (i32, i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0 = arith.constant 0 : i32
  %1 = arith.constant 1 : i32
  %2:2 = scf.for %i = %c0 to %n step %c1 iter_args(%x = %0, %y = %0) -> (i32, i32) {
    %3 = arith.muli %x, %1 : i32
    %4 = arith.addi %y, %1 : i32
    scf.yield %3, %4 : i32, i32
  }
  return %2#0, %2#1 : i32, i32
}`,
  'a loop while': `func.func @f(%n: i32) -> (i32, i32) {
  %0 = arith.constant 0 : i32
  %1 = arith.constant 1 : i32
  %2:2 = scf.while (%x = %0, %y = %0) : (i32, i32) -> (i32, i32) {
    %c = arith.cmpi slt, %y, %n : i32
    scf.condition(%c) %x, %y : i32, i32
  } do {
  ^bb0(%x: i32, %y: i32):
    %4 = arith.addi %y, %1 : i32
    scf.yield %x, %4 : i32, i32
  }
  %f = arith.constant false
  %3 = scf.while (%x = %0) : (i32) -> i32 {
    scf.condition(%f) %x : i32
  } do {
  ^bb0(%x: i32):
    scf.yield %n : i32
  }
  return %2#0, %3 : i32, i32
}`,
  'turns in any order': `func.func @f(%n: index) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %5 = arith.constant 5 : i32
  scf.parallel (%i) = (%c0) to (%n) step (%c1) {
    %6 = arith.addi %5, %5 : i32
    "t.use"(%6, %i) : (i32, index) -> ()
    scf.reduce
  }
  %0 = scf.execute_region -> i32 {
    %7 = arith.addi %5, %5 : i32
    scf.yield %7 : i32
  }
  return %0 : i32
}`,
  calls: `func.func private @same(%a: i32, %b: i32) -> (i32, i32) {
  %0 = arith.addi %a, %a : i32
  %1 = arith.addi %b, %b : i32
  return %0, %1 : i32, i32
}
func.func @f() -> (i32, i32) {
  %1 = arith.constant 1 : i32
  %2 = arith.constant 2 : i32
  %0:2 = call @same(%1, %1) : (i32, i32) -> (i32, i32)
  %3:2 = call @same(%1, %2) : (i32, i32) -> (i32, i32)
  return %0#0, %3#1 : i32, i32
}`,
  'calls of what others call': `func.func @open(%a: i32) -> i32 {
  return %a : i32
}
func.func private @taken(%a: i32) -> i32 {
  return %a : i32
}
func.func private @extern(i32) -> i32
func.func private @recursive(%a: i32, %c: i1) -> i32 {
  cf.cond_br %c, ^bb1, ^bb2
^bb1:
  %0 = call @recursive(%a, %c) : (i32, i1) -> i32
  return %0 : i32
^bb2:
  return %a : i32
}
func.func @f(%c: i1) -> (i32, i32, i32, i32) {
  %1 = arith.constant 1 : i32
  %0 = call @open(%1) : (i32) -> i32
  %2 = call @taken(%1) : (i32) -> i32
  %3 = call @extern(%1) : (i32) -> i32
  %4 = call @recursive(%1, %c) : (i32, i1) -> i32
  "t.use"() {name = @taken} : () -> ()
  return %0, %2, %3, %4 : i32, i32, i32, i32
}`,
  'regions of nobody knows what': `func.func @f() -> i32 {
  %1 = arith.constant 1 : i32
  %0 = "t.region"(%1) ({
  ^bb0(%x: i32):
    %2 = arith.addi %1, %1 : i32
    "t.yield"(%2, %x) : (i32, i32) -> ()
  }) : (i32) -> i32
  return %0 : i32
}`,
};

describe.skipIf(mlirOpt === undefined)('as upstream', () => {
  test.each(Object.entries(programs))('%s', (_, text) => expectAsUpstream('sccp', [text]));
});

test('inside one function nothing is known of callers outside', () => {
  const text = programs['calls'] as string;
  expect(after('builtin.module(func.func(sccp))', text).match(/func\.call/g)).toHaveLength(2);
  expect(after('builtin.module(func.func(sccp))', text)).toContain('"arith.addi"(%arg0, %arg0)');
});
