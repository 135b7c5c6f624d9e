/** Products with zeros are not left out where the other side is no finite number: matrix products by interpreter and machine. */
import { expect, test } from 'vitest';
import { Context, f16, tensorType } from '../../ir/index.ts';
import { parseModule } from '../../ir/text/index.ts';
import { insertSyncsPass } from '../../lowering/insert-syncs.ts';
import { planMemoryFor } from '../../lowering/plan-memory.ts';
import { runPass } from '../../rewrite/index.ts';
import { mlu100 } from '../../target-mlu/index.ts';
import { mustAgree } from '../../tools/check/agree.ts';
import { runHardware, runMachine } from '../../tools/check/levels.ts';
import { Random } from '../../tools/check/random.ts';
import { allDialects } from '../../tools/lists.ts';

const space = (rows: number, where: string): string => `memref<${rows}x64xf16, "${where}">`;
const buffer = (name: string, role: string, rows: number): string =>
  `mlu.buffer "${name}" {role = "${role}", shape = array<i64: ${rows}, 64>, type = ${space(rows, 'gdram')}}`;
const copied = (from: string, to: string, rows: number, source: string, target: string): string =>
  `mlu.copy ${from}, ${to} : ${space(rows, source)} -> ${space(rows, target)}`;

/** Rows times a matrix, which are all inputs. */
const product = (rows: number): string => `module {
  ${buffer('x', 'input', rows)}
  ${buffer('w', 'input', 64)}
  ${buffer('y', 'output', rows)}
  func.func @core0() attributes {mlu.core = 0 : i64} {
    %x = mlu.get_buffer @x : ${space(rows, 'gdram')}
    %w = mlu.get_buffer @w : ${space(64, 'gdram')}
    %y = mlu.get_buffer @y : ${space(rows, 'gdram')}
    %a = mlu.alloc : ${space(rows, 'nram')}
    %s = mlu.alloc : ${space(64, 'nram')}
    %k = mlu.alloc : ${space(64, 'wram')}
    %r = mlu.alloc : ${space(rows, 'nram')}
    ${copied('%x', '%a', rows, 'gdram', 'nram')}
    ${copied('%w', '%s', 64, 'gdram', 'nram')}
    ${copied('%s', '%k', 64, 'nram', 'wram')}
    mlu.mlp %a, %k, %r : ${space(rows, 'nram')}, ${space(64, 'wram')} -> ${space(rows, 'nram')}
    ${copied('%r', '%y', rows, 'nram', 'gdram')}
    return
  }
}`;

test('trailing rows and columns of zeros', () => {
  let unordered = 0;
  for (let number = 0; number < 40; number++) {
    const random = new Random(59, number);
    const rows = 1 + random.below(4);
    const [liveOutputs, liveChannels] = [random.below(65), random.below(65)];
    const w = Float32Array.from({ length: 4096 }, (_, at) =>
      Math.floor(at / 64) < liveOutputs && at % 64 < liveChannels ? random.below(17) - 8 : random.once(2) ? 0 : -0,
    );
    // Without zeros, as these are no reason to look closer.
    const x = Float32Array.from({ length: rows * 64 }, () => (1 + random.below(8)) * (random.once(2) ? 1 : -1));
    for (let special = random.below(3); special > 0; special--)
      x[random.below(x.length)] = random.pick([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    const module = parseModule(product(rows), new Context(allDialects));
    runPass(planMemoryFor(mlu100), module);
    runPass(insertSyncsPass, module);
    const inputs = [
      { type: tensorType([rows, 64], f16), data: x },
      { type: tensorType([64, 64], f16), data: w },
    ];
    const expected = runHardware(module, inputs);
    mustAgree(runMachine(module, inputs, mlu100).outputs, expected, [`machine, case ${number}`, 'hardware level']);
    if (expected[0]?.some(Number.isNaN)) unordered++;
  }
  expect(unordered).toBeGreaterThan(10);
});
