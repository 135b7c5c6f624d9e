/** Control flow between blocks: what the greedy driver simplifies, with mlir-opt as the judge. */
import { describe, expect, test } from 'vitest';
import { Context, verify } from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';
import { rewriteGreedily } from '../../../rewrite/index.ts';
import { allDialects } from '../../../tools/lists.ts';
import { judge, mlirOpt, mlirOptMissing, separator } from '../../mlir-opt.ts';

if (mlirOpt === undefined) mlirOptMissing();

const functions = {
  'blocks that cannot be reached': `
func.func @f(%a: i32) -> i32 {
  return %a : i32
^bb1:
  %0 = "t.y"() : () -> i32
  cf.br ^bb2
^bb2:
  "t.z"(%0) : (i32) -> ()
  cf.br ^bb1
}`,
  'a value that only feeds itself': `
func.func @f(%a: i32, %c: i1) -> i32 {
  %z = "t.z"() : () -> i32
  cf.br ^bb1(%z, %a : i32, i32)
^bb1(%x: i32, %y: i32):
  %n = arith.addi %x, %a : i32
  %m = "t.m"() : () -> i32
  cf.cond_br %c, ^bb1(%n, %m : i32, i32), ^bb2
^bb2:
  return %y : i32
}`,
  'a switch': `
func.func @f(%a: i32, %c: i32) -> i32 {
  cf.switch %c : i32, [default: ^bb1(%a, %c : i32, i32), 1: ^bb2(%a : i32), 2: ^bb2(%c : i32)]
^bb1(%x: i32, %y: i32):
  return %y : i32
^bb2(%z: i32):
  "t.u"(%a) : (i32) -> ()
  return %a : i32
}`,
  'an argument that a region reads': `
func.func @f(%a: i32, %c: i1) {
  cf.br ^bb1(%a, %a : i32, i32)
^bb1(%x: i32, %y: i32):
  scf.if %c {
    "t.u"(%y) : (i32) -> ()
  }
  %d = "t.c"() : () -> i1
  cf.cond_br %d, ^bb1(%x, %y : i32, i32), ^bb2
^bb2:
  return
}`,
} as const;

const simplified = (text: string): string => {
  const module = parseModule(text, new Context(allDialects, { allowUnregistered: true }));
  rewriteGreedily(module, []);
  expect(verify(module)).toEqual([]);
  return printOperation(module);
};

describe.skipIf(mlirOpt === undefined)('as upstream', () => {
  test('simplifies the same', () => {
    const texts = Object.values(functions);
    const flags = ['--allow-unregistered-dialect', '--split-input-file'];
    const expected = judge([...flags, '--canonicalize'], texts.join(separator)).stdout;
    const found = judge(flags, texts.map(simplified).join(separator)).stdout;
    expect(found).toBe(expected);
  });
});

test('blocks that say the same become one', () => {
  const text = `
func.func @f(%a: i32, %c: i1) -> i32 {
  cf.cond_br %c, ^bb1, ^bb2
^bb1:
  %0 = "t.u"(%a) : (i32) -> i32
  return %0 : i32
^bb2:
  %1 = "t.u"(%a) : (i32) -> i32
  return %1 : i32
}`;
  const module = parseModule(text, new Context(allDialects, { allowUnregistered: true }));
  rewriteGreedily(module, [], { regions: 'aggressive' });
  expect(verify(module)).toEqual([]);
  expect(printOperation(module).match(/t\.u/g)).toHaveLength(1);
});
