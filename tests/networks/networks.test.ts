/** Trained networks at every level: neighbours agree by the contract, outputs are those of ONNX Runtime, accuracy holds. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Context, f32, type Operation, tensorType, verify } from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { importOnnx } from '../../lowering/onnx/import.ts';
import { readOnnx } from '../../lowering/onnx/read.ts';
import { mlu100 } from '../../target-mlu/index.ts';
import { readDataSet } from '../../tools/files/data-set.ts';
import { readNpy } from '../../tools/files/npy.ts';
import { allDialects } from '../../tools/lists.ts';
import { compareLevels } from '../../tools/run/compare-levels.ts';
import { compileLevels, levels } from '../../tools/run/compile-levels.ts';
import { MachineRunner, runModule } from '../../tools/run/run-levels.ts';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const imported = (name: string): Operation =>
  importOnnx(readOnnx(readFileSync(`${examples}networks/${name}/model.onnx`)), new Context(allDialects));

/**
 * How far ONNX Runtime may be from us: it sums in another order. Relative to the largest output, a
 * few roundings of single precision.
 */
const summationOrder = 1e-6;

describe.each(['iris_mlp', 'mnist_cntk', 'mlperf_tiny_kws_dscnn'])('%s', (name) => {
  const module = imported(name);

  test('is valid, and its text reads back as itself', () => {
    expect(verify(module)).toEqual([]);
    const text = printOperation(module);
    expect(printOperation(parseModule(text, new Context(allDialects)))).toBe(text);
  });

  describe.each([1, 4])('on %i cores', (cores) => {
    const compiled = compileLevels(module, mlu100, { cores });
    test.each([0, 1, 2])('every level agrees with the one above on data set %i', (at) => {
      const { inputs, outputs } = readDataSet(`${examples}networks/${name}/test_data_set_${at}`);
      const { runs, comparisons } = compareLevels(compiled, inputs, mlu100);
      expect(comparisons.map(({ level, agrees, detail }) => ({ level, agrees, detail }))).toEqual(
        levels.slice(1).map((level) => ({ level, agrees: true, detail: '' })),
      );
      const ends = comparisons.filter(({ contract }) => contract === 'bounded').map(({ bound }) => bound ?? Infinity);
      expect(ends).toEqual([expect.any(Number)]);
      expect(Math.max(...ends)).toBeLessThan(Infinity);
      for (const [output, { data }] of outputs.entries()) {
        const found = runs.get('graph')?.outputs[output]?.data ?? new Float32Array(0);
        const scale = data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
        expect(found.length).toBe(data.length);
        for (const [i, x] of data.entries())
          expect(Math.abs((found[i] as number) - x)).toBeLessThanOrEqual(summationOrder * scale);
      }
    });
  });
});

test('digits are recognised as well in half on the machine as in single precision', () => {
  const compiled = compileLevels(imported('mnist_cntk'), mlu100, { cores: 4 });
  const images = readNpy(readFileSync(`${examples}data/digits-images.npy`)).data as Uint8Array;
  const labels = readNpy(readFileSync(`${examples}data/digits-labels.npy`)).data;
  const machine = new MachineRunner(compiled.machine, mlu100);
  const type = tensorType([1, 1, 28, 28], f32);
  const count = 200;
  const right = { graph: 0, machine: 0 };
  const best = (scores: Float32Array | undefined): number => scores?.indexOf(Math.max(...scores)) ?? -1;
  for (let at = 0; at < count; at++) {
    const inputs = [{ type, data: Float32Array.from(images.subarray(at * 784, (at + 1) * 784)) }];
    if (best(runModule(compiled.graph as Operation, inputs).outputs[0]?.data) === Number(labels[at])) right.graph++;
    if (best(machine.run(inputs).outputs[0]?.data) === Number(labels[at])) right.machine++;
  }
  expect(right.graph).toBeGreaterThanOrEqual(198);
  expect(Math.abs(right.machine - right.graph)).toBeLessThanOrEqual(1);
});
