/** A program with integers at every level: neighbours agree, half stays inside its bounds, and data of another kind is refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Context, f32, i8, tensorType } from '../../ir/index.ts';
import { parseModule } from '../../ir/text/index.ts';
import { mlu100 } from '../../target-mlu/index.ts';
import { runTool } from '../../tools/cli/tool.ts';
import { writeNpy } from '../../tools/files/npy.ts';
import { allDialects } from '../../tools/lists.ts';
import { compareLevels } from '../../tools/run/compare-levels.ts';
import { compileLevels } from '../../tools/run/compile-levels.ts';
import { paleoRun } from '../../tools/run/command.ts';

const text = `func.func @main(%x: tensor<3x8xf32>, %q: tensor<3x5xi8>) -> (tensor<3x5xi8>, tensor<3x5xf32>) {
  %w = tensorop.constant dense<0.31> : tensor<8x5xf32>
  %0 = tensorop.matmul %x, %w : tensor<3x8xf32>, tensor<8x5xf32> -> tensor<3x5xf32>
  %1 = tensorop.quantize %0 {position = -5} : tensor<3x5xf32> -> tensor<3x5xi8>
  %2 = tensorop.requantize %q {shift = 3, rounding = "away"} : tensor<3x5xi8> -> tensor<3x5xi8>
  %3 = tensorop.concat %1, %2 {axis = 0} : tensor<3x5xi8>, tensor<3x5xi8> -> tensor<6x5xi8>
  %4 = tensorop.slice %3 {offsets = array<i64: 2, 0>, sizes = array<i64: 3, 5>} : tensor<6x5xi8> -> tensor<3x5xi8>
  %5 = tensorop.dequantize %4 {position = -5} : tensor<3x5xi8> -> tensor<3x5xf32>
  return %1, %5 : tensor<3x5xi8>, tensor<3x5xf32>
}`;
const inputs = [
  { type: tensorType([3, 8], f32), data: Float32Array.from({ length: 24 }, (_, at) => Math.sin(at) * 3) },
  { type: tensorType([3, 5], i8), data: Float32Array.from({ length: 15 }, (_, at) => at * 18 - 128) },
];
const folder = mkdtempSync(join(tmpdir(), 'paleo-run-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([1, 2])('every level agrees with the one above on %i cores', (cores) => {
  const module = parseModule(text, new Context(allDialects));
  const { comparisons } = compareLevels(compileLevels(module, mlu100, { cores }), inputs, mlu100);
  expect(comparisons.map(({ level, contract, agrees, detail }) => [level, contract, agrees, detail])).toEqual([
    ['half', 'bounded', true, ''],
    ['mlu', 'exact', true, ''],
    ['machine', 'exact', true, ''],
  ]);
  const [half] = comparisons;
  expect(half?.bound).toBeGreaterThan(0);
  expect(half?.bound).toBeLessThan(2);
});

test('paleo-run takes integers, and nothing else for them', async () => {
  const file = join(folder, 'net.mlir');
  writeFileSync(file, text);
  const run = async (...data: readonly Float32Array[]) => {
    for (const [at, one] of data.entries())
      writeFileSync(join(folder, `input_${at}.npy`), writeNpy(inputs[at]?.type.shape ?? [], one));
    let [out, err] = ['', ''];
    const streams = { out: (said: unknown) => void (out += String(said)), err: (said: string) => void (err += said) };
    const code = await runTool(paleoRun, [file, '--level=all', `--data=${folder}`], streams);
    return { code, said: out + err };
  };
  const [x, q] = inputs.map(({ data }) => data) as [Float32Array, Float32Array];
  const right = await run(x, q);
  expect(right.said).toContain('agrees');
  expect(right.code).toBe(0);
  expect((await run(x, q.with(3, 0.5))).said).toContain('has the number 0.5, the program takes tensor<3x5xi8>');
  expect((await run(x, q.with(3, 128))).said).toContain('has the number 128, the program takes tensor<3x5xi8>');
});
