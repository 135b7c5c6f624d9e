/** Checking pipelines by running: what is found, what is told, and that what is right raises no alarm. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CommandRun, runOn, testFolder } from '../../command.ts';
import { paleoOpt } from '../../../tools/opt/command.ts';

const folder = testFolder();
const opt = (text: string, ...args: string[]): Promise<CommandRun> => runOn(paleoOpt, folder, [text], args);

const program = `func.func @f(%a: i32, %b: i32) -> i32 {
  %0 = arith.addi %a, %b : i32
  %1 = arith.addi %a, %b : i32
  %2 = arith.muli %0, %1 : i32
  %3 = arith.subi %2, %b : i32
  return %3 : i32
}
`;
/** A rule that is wrong. */
const rules = join(folder, 'wrong.rules');
writeFileSync(rules, 'rule flip {\n  (arith.subi %a, %b)\n  => (arith.addi %a, %b)\n}\n');

describe('--check-each', () => {
  test('is content with passes that keep values', async () => {
    const { code, err } = await opt(program, '--check-each', '--cse', '--canonicalize');
    expect([code, err]).toEqual([0, 'check-each: 2 passes, 1 of them changed the IR; 12 runs compared\n']);
  });

  test('says when there is nothing to compare', async () => {
    const { code, err } = await opt('func.func private @f(%a: i32)\n', '--check-each', '--cse');
    expect([code, err]).toEqual([
      0,
      'check-each: nothing was compared: no public function takes only numbers and tensors of numbers\n',
    ]);
  });

  test('names pass, pattern, values and the smallest program, and leaves that to be run', async () => {
    const saved = join(folder, 'saved.mlir');
    const { code, out, err } = await opt(
      program,
      '--cse',
      `--patterns=${rules}`,
      '--apply-rules',
      '--check-each',
      `--save=${saved}`,
    );
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatchInlineSnapshot(`
      "./0.mlir:5:8: error: pass 'apply-rules' changes what the program gives: result #0 of @f is -2 before and 4 after
        %3 = arith.subi %2, %b : i32
             ^
      pass 'apply-rules' changes what the program gives, though it says that it is exact
        result #0 of @f is -2 before and 4 after
        first different: 'arith.addi' of ./0.mlir:5:8 gives -2 before and 4 after
      reduced to 3 operations:
        module {
          func.func @f(%arg0: i32, %arg1: i32) -> i32 {
            %0 = arith.subi %arg1, %arg0 : i32
            return %0 : i32
          }
        }
      after 'apply-rules':
        module {
          func.func @f(%arg0: i32, %arg1: i32) -> i32 {
            %0 = arith.addi %arg1, %arg0 : i32
            return %0 : i32
          }
        }
      on the inputs (small, seed 1) -2; 3
        result #0 of @f is 5 before and 1 after
      pattern 'flip' does it, on 'arith.subi' (try 2 of 4):
        - %0 = "arith.subi"(%1, %2) {overflowFlags = #arith.overflow<none>} : (i32, i32) -> (i32)
        + %3 = "arith.addi"(%1, %2) : (i32, i32) -> (i32)
      the reduced program is in ./saved.mlir; run it with 'paleo-opt --run-reproducer --check-each ./saved.mlir'
      "
    `);
    expect(readFileSync(saved, 'utf8')).toMatchInlineSnapshot(`
      "// RUN: paleo-opt --run-reproducer --check-each %s
      // 'apply-rules' changed what this gives (small inputs, seed 1):
      // result #0 of @f is 5 before and 1 after
      module {
        func.func @f(%arg0: i32, %arg1: i32) -> i32 {
          %0 = arith.subi %arg1, %arg0 : i32
          return %0 : i32
        }
      }

      {-#
        external_resources: {
          mlir_reproducer: {
            pipeline: "builtin.module(apply-rules)",
            disable_threading: true,
            verify_each: true
          },
          paleozoic: {
            rules: "rule flip {\\0A  (arith.subi %a, %b)\\0A  => (arith.addi %a, %b)\\0A}\\0A",
            rule_groups: ""
          }
        }
      #-}
      "
    `);
    const again = await opt(readFileSync(saved, 'utf8'), '--run-reproducer', '--check-each');
    expect([again.code, again.err.includes("pattern 'flip' does it")]).toEqual([1, true]);
    // With the rule mended on the command line the difference is gone.
    const mended = join(folder, 'mended.rules');
    writeFileSync(mended, 'rule flip {\n  (arith.subi %a, %a)\n  => (arith.xori %a, %a)\n}\n');
    const gone = await opt(readFileSync(saved, 'utf8'), '--run-reproducer', '--check-each', `--patterns=${mended}`);
    expect([gone.code, gone.out.includes('external_resources')]).toEqual([0, false]);
  });

  test('tells what it found also when that cannot be saved, and of each part of a file', async () => {
    const parts = `${program}// -----\nfunc.func @g(%a: f32) -> f32 {\n  return %a : f32\n}\n`;
    const args = ['--split-input-file', '--check-each', `--patterns=${rules}`, '--save=/nowhere/at/all.mlir'];
    const { code, out, err } = await opt(parts, ...args);
    expect(code).toBe(1);
    expect(out).toContain('@g');
    expect(err).toContain("pattern 'flip' does it");
    expect(err).toContain('the reduced program is not saved: ');
    expect(err).toContain('check-each: 1 pass, 0 of them changed the IR; 0 runs compared');
  });

  test('takes seeds, styles, numbers and data', async () => {
    const ask = (...args: string[]): Promise<{ code: number; err: string }> =>
      opt(program, '--check-each', '--cse', ...args);
    expect((await ask('--check-inputs=3', '--check-seed=9', '--check-style=wide,edge')).err).toContain(
      '3 runs compared',
    );
    expect((await ask('--check-style=loud')).code).toBe(2);
    expect((await ask('--check-inputs=many')).code).toBe(2);
    expect((await ask('--check-data=./nowhere')).code).toBe(1);
  });
});
