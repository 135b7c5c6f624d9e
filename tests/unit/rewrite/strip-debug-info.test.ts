import { expect, test } from 'vitest';
import { mlirOpt, mlirOptMissing } from '../../mlir-opt.ts';
import { byJudge, byOurs, passed } from './judged-pass.ts';

if (mlirOpt === undefined) mlirOptMissing();

const program = `module {
  func.func @f(%a: i32 loc("a"), %b: i1 loc(unknown)) -> i32 {
    cf.cond_br %b, ^bb1(%a : i32), ^bb1(%a : i32) loc("x":1:2)
  ^bb1(%c: i32 loc(callsite("c" at "d"))):
    %r = scf.if %b -> i32 {
      scf.yield %a : i32 loc(fused["y", "z"])
    } else {
      scf.yield %c : i32
    } loc("if")
    return %r : i32
  } loc("f")
  func.func @g() {
    return loc("g")
  }
} loc("m")`;

test.skipIf(mlirOpt === undefined)('forgets the locations that the judge forgets', () => {
  const print = ['--mlir-print-debuginfo'];
  expect(byOurs([program], 'strip-debuginfo', print, { debugInfo: true })).toEqual(
    byJudge([program], ['--strip-debuginfo', ...print], print),
  );
});

test('of one function it forgets only what is inside, and changes nothing else', () => {
  const { text } = passed(program, 'builtin.module(func.func(strip-debuginfo))', { debugInfo: true, localScope: true });
  expect([...text.matchAll(/loc\((?!unknown)/g)]).toHaveLength(1);
  expect(text).toMatch(/loc\("m"\)$/);
  expect(passed(program, 'strip-debuginfo').text).toBe(passed(program, 'any()').text);
});
