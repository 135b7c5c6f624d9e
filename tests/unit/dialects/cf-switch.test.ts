/** The written form of switches, where upstream cannot read all of it back. */
import { expect, test } from 'vitest';
import { arith } from '../../../dialects/arith/index.ts';
import { builtin } from '../../../dialects/builtin/index.ts';
import { cf } from '../../../dialects/cf/index.ts';
import { func } from '../../../dialects/func/index.ts';
import { Context } from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';
import { judge, mlirOpt } from '../../mlir-opt.ts';

const program = (passed: string): string => `func.func private @two() -> (i32, i32)
func.func @f(%n: i32) -> i32 {
  %r:2 = func.call @two() : () -> (i32, i32)
  cf.switch %n : i32, [default: ^a(${passed} : i32), 1: ^a(%n : i32)]
^a(%x: i32):
  func.return %x : i32
}`;
const printed = (text: string): string => printOperation(parseModule(text, new Context([builtin, func, arith, cf])));

test.each(['%n', '%r#1'])('a switch that passes %s is printed so that upstream reads it', (passed) => {
  const text = printed(program(passed));
  expect(text.includes('"cf.switch"')).toBe(passed.includes('#'));
  expect(printed(text)).toBe(text);
  if (mlirOpt !== undefined) expect(judge([], text).stderr).toBe('');
});
