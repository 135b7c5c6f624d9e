import { expect, test } from 'vitest';
import { judge, mlirOpt, mlirOptMissing } from '../../mlir-opt.ts';
import { passed } from './judged-pass.ts';

if (mlirOpt === undefined) mlirOptMissing();

const programs = [
  'module {}',
  `func.func @f(%a: i32) -> i32 {
    %0 = "odd"(%a) : (i32) -> i32
    %1 = "a.b.c"(%0) ({ "a.very_long_name_of_one"() : () -> () }) : (i32) -> i32
    %2 = arith.addi %0, %1 : i32
    %3 = arith.addi %2, %1 : i32
    return %3 : i32
  }`,
];

test.skipIf(mlirOpt === undefined)('the table is upstream’s to the byte, also as JSON', () => {
  for (const program of programs)
    for (const json of ['false', 'true']) {
      const judged = judge(
        ['--allow-unregistered-dialect', `--print-op-stats=json=${json}`, '-o', '/dev/null'],
        program,
      );
      expect(passed(program, `print-op-stats{json=${json}}`).printed).toBe(judged.stderr);
      expect(judged.stderr).not.toBe('');
    }
});

test('counts what it is run on, and changes nothing', () => {
  const { printed, text } = passed(programs[1] as string, 'builtin.module(func.func(print-op-stats{json}))');
  expect(JSON.parse(printed)).toEqual({
    'a.b.c': 1,
    'a.very_long_name_of_one': 1,
    'arith.addi': 2,
    'func.func': 1,
    'func.return': 1,
    odd: 1,
  });
  expect(text).toBe(passed(programs[1] as string, 'any()').text);
});
