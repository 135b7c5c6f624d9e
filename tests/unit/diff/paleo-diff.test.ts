/** The command that compares programs. */
import { expect, test } from 'vitest';
import { type CommandRun, runOn, testFolder } from '../../command.ts';
import { paleoDiff } from '../../../tools/diff/command.ts';

const folder = testFolder();
const diff = (texts: readonly string[], ...args: string[]): Promise<CommandRun> =>
  runOn(paleoDiff, folder, texts, args);

const program = (op: string): string => `func.func @f(%a: f32, %b: f32) -> f32 {
  %0 = arith.${op} %a, %b : f32
  return %0 : f32
}
`;

test('two programs', async () => {
  const same = await diff([program('addf'), program('addf').replace('%a, %b :', '%b, %a :')]);
  expect([same.code, same.out]).toEqual([0, 'they give the same in 12 runs\n']);
  const other = await diff([program('addf'), program('subf')]);
  expect(other.code).toBe(1);
  expect(other.out).toMatch(/^they differ: result #0 of @f is \S+ before and \S+ after\n$/);
  const gone = await diff([program('addf'), program('addf').replace('@f', '@g')]);
  expect([gone.code, gone.out]).toEqual([
    1,
    'they differ: @f gives 1 values before and a fault: there is no function @f after\n',
  ]);
});

test('a pipeline, pass by pass', async () => {
  const { code, out } = await diff([program('addf')], '--pass-pipeline=builtin.module(cse,strip-debuginfo)');
  expect(code).toBe(0);
  expect(out.replaceAll(/ +\d+$/gm, '')).toMatchInlineSnapshot(`
    "  pass             on              contract  verdict    runs  ms
      ---------------  --------------  --------  ---------  ----  --
      (input)
      cse              builtin.module  exact     unchanged
      strip-debuginfo  builtin.module  exact     unchanged
    check-each: 2 passes, 0 of them changed the IR; 0 runs compared
    "
  `);
});

test('wrong use and wrong input', async () => {
  expect((await diff([program('addf')])).code).toBe(2);
  expect((await diff([program('addf'), program('addf')], '--pass-pipeline=cse')).code).toBe(2);
  const wrong = await diff([program('addf'), 'func.func @f(']);
  expect([wrong.code, wrong.err.split('\n')[0]]).toEqual([1, expect.stringContaining('./1.mlir:1:14: error:')]);
  const nothing = await diff(['func.func private @f(i32)\n', program('addf')]);
  expect([nothing.code, nothing.err.split('\n')[0]]).toEqual([
    1,
    './0.mlir:1:1: error: nothing can be compared: no public function takes only numbers and tensors of numbers',
  ]);
});
