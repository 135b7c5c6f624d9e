/** Rules as PDL and back, through the texts of the command. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Random } from '../../../tools/check/random.ts';
import { runTool } from '../../../tools/cli/tool.ts';
import { paleoTranslate } from '../../../tools/translate/command.ts';
import { pdlToRules, rulesToPdl } from '../../../tools/translate/rules.ts';
import { judge, mlirOpt } from '../../mlir-opt.ts';
import { randomRule } from '../../rules/random-rules.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const toPdl = (rules: string): string => rulesToPdl(bytes(rules), 'my.rules');
const toRules = (pdl: string): string => pdlToRules(bytes(pdl), 'my.mlir');
const folder = mkdtempSync(join(tmpdir(), 'rules-'));
afterAll(() => rmSync(folder, { recursive: true }));

const rules = `rule join benefit 3 group a, b {
  %s = (t.split %x : !t {k = #k : !t, on} -> (i32, !q...))
  (t.join %s#0, %s, %r... {k = #k} -> !t)
  where not my-condition(%s, #k, !t)
  =>
  #l = my-function(#k)
  replace %s with %x, %x
  (t.flip %x, %r... {l = #l, m = "m"} -> !t)
}
rule gone { (t.nothing -> ()) => erase }`;

describe('PDL', () => {
  test('says what a rule says', () => {
    const pdl = toPdl(rules);
    for (const part of [
      'benefit = 3 : i16, sym_name = "join"',
      '{groups = ["a", "b"]}',
      'attributeValueNames = ["k", "on"], opName = "t.split", operandSegmentSizes = array<i32: 1, 2, 2>',
      '"pdl.apply_native_constraint"(%',
      'isNegated = true, name = "my-condition"',
      '"pdl.erase"',
    ])
      expect(pdl).toContain(part);
  });

  test.skipIf(mlirOpt === undefined)('comes back as it went, also through upstream', () => {
    const texts = [rules];
    const random = new Random(3);
    for (let at = 0; at < 60; at++) texts.push(randomRule(random, 'r', 1 + at));
    for (const text of texts) {
      const pdl = toPdl(text);
      expect(toPdl(toRules(pdl))).toBe(pdl);
    }
    const all = texts.map(toPdl);
    const { status, stdout, stderr } = judge(
      ['--mlir-print-op-generic', '-allow-unregistered-dialect', '--split-input-file'],
      all.join('\n// -----\n'),
    );
    expect([status, stderr]).toEqual([0, '']);
    for (const [at, text] of stdout.split('// -----').entries()) expect(toPdl(toRules(text))).toBe(all[at]);
  });

  test('orders of commutative operations are patterns of their own', () => {
    const pdl = toPdl('rule r { (arith.addi %x, (commutative t.a %y, (t.b))) => %x }');
    expect(pdl.match(/sym_name = "[^"]*"/g)).toEqual([
      'sym_name = "r"',
      'sym_name = "r-swapped-1"',
      'sym_name = "r-swapped-2"',
      'sym_name = "r-swapped-3"',
    ]);
    const bodies = toRules(pdl)
      .split(/^rule .*$/m)
      .slice(1);
    expect(new Set(bodies).size).toBe(4);
  });

  const pattern = (body: string): string =>
    `"builtin.module"() ({ "pdl.pattern"() <{benefit = 1 : i16}> ({ ${body} }) : () -> () }) : () -> ()`;
  const op = (operands: string, types: string, sizes: string): string =>
    `"pdl.operation"(${operands}) <{attributeValueNames = [], opName = "t.a", operandSegmentSizes = array<i32: ${sizes}>}> : (${types}) -> !pdl.operation`;
  const rewrite = (root: string): string =>
    `"pdl.rewrite"(${root}) <{operandSegmentSizes = array<i32: 1, 0>}> ({ "pdl.erase"(${root}) : (!pdl.operation) -> () }) : (!pdl.operation) -> ()`;

  test('the root is found where the rewrite does not name it', () => {
    const text = pattern(
      `%0 = ${op('', '', '0, 0, 0')}\n"pdl.rewrite"() <{operandSegmentSizes = array<i32: 0, 0>}> ({ "pdl.erase"(%0) : (!pdl.operation) -> () }) : () -> ()`,
    );
    expect(toRules(text)).toBe('rule pattern-0 {\n  %0 = (t.a -> ())\n  =>\n  erase %0\n}\n');
  });

  test.each([
    [`%0 = "pdl.operand"() : () -> !pdl.value`, "'pdl.pattern' has no 'pdl.rewrite'"],
    [
      `%t = "pdl.types"() <{constantTypes = [i32]}> : () -> !pdl.range<type>\n%0 = ${op('%t', '!pdl.range<type>', '0, 0, 1')}\n${rewrite('%0')}`,
      "'pdl.types' with types is nothing that rules say",
    ],
    [
      `%r = "pdl.operands"() : () -> !pdl.range<value>\n%v = "pdl.operand"() : () -> !pdl.value\n%0 = ${op('%r, %v', '!pdl.range<value>, !pdl.value', '2, 0, 0')}\n${rewrite('%0')}`,
      "'pdl.operation' has a range of operands before others; rules have it last",
    ],
    [
      `%0 = ${op('', '', '0, 0, 0')}\n%1 = ${op('', '', '0, 0, 0')}\n${rewrite('%0')}`,
      "'%1' is not reached from the root",
    ],
    [`%0 = ${op('', '', '0, 1, 0')}\n${rewrite('%0')}`, "has 0 operands, 'operandSegmentSizes' counts 1"],
    [`%0 = "pdl.operation"() : () -> !pdl.operation\n${rewrite('%0')}`, "needs 'operandSegmentSizes' with 3 numbers"],
    [
      `%0 = ${op('', '', '0, 0, 0')}\n"pdl.rewrite"(%0) <{name = "f", operandSegmentSizes = array<i32: 1, 0>}> ({}) : (!pdl.operation) -> ()`,
      'calls a native function for all of it',
    ],
    [
      `%1 = "pdl.range"() : () -> !pdl.range<value>\n%0 = ${op('', '', '0, 0, 0')}\n${rewrite('%0')}`,
      "'pdl.range' is nothing that rules match",
    ],
    ['%0 = "pdl.result"() : () -> !pdl.value', "is no valid PDL: 'pdl.result' has 0 operands, none at 0"],
  ])('what rules cannot say is refused: %#', (body, message) => {
    expect(() => toRules(pattern(body))).toThrow(message);
  });

  test('the command writes and reads files', async () => {
    const run = async (mode: string, text: string): Promise<readonly [number, string, string]> => {
      const file = join(folder, 'in');
      writeFileSync(file, text);
      let out = '';
      let err = '';
      const code = await runTool(paleoTranslate, [mode, file], {
        out: (piece) => {
          out += String(piece);
        },
        err: (piece) => {
          err += piece.replaceAll(file, 'in');
        },
      });
      return [code, out, err];
    };
    const [code, pdl] = await run('--rules-to-pdl', rules);
    expect([code, pdl]).toEqual([0, toPdl(rules)]);
    expect(await run('--pdl-to-rules', pdl)).toEqual([0, toRules(pdl), '']);
    expect(await run('--rules-to-pdl', 'rule r { (t.a %x => %x }')).toEqual([
      1,
      '',
      "in:1:18: error: found '=', expected ')' that closes the operation\nrule r { (t.a %x => %x }\n                 ^\n",
    ]);
  });
});
