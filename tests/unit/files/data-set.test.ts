import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DiagnosticError, f16, f32 } from '../../../ir/index.ts';
import { TensorProtoSchema } from '../../../lowering/onnx/generated/onnx_pb.js';
import { externalReader, readDataSet, readTensorFile } from '../../../tools/files/data-set.ts';
import { writeNpy } from '../../../tools/files/npy.ts';

const networks = fileURLToPath(new URL('../../../examples/networks/', import.meta.url));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'data-set-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string, init: MessageInitShape<typeof TensorProtoSchema>): string => {
  const file = join(folder, name);
  writeFileSync(file, toBinary(TensorProtoSchema, create(TensorProtoSchema, init)));
  return file;
};

/** A call is refused with a diagnostic that says this. */
const refuses = (call: () => unknown, message: RegExp): void => {
  expect(call).toThrow(DiagnosticError);
  expect(call).toThrow(message);
};

describe('data sets', () => {
  test('of a trained network', () => {
    const { inputs, outputs } = readDataSet(join(networks, 'mnist_cntk', 'test_data_set_0'));
    expect(inputs.map(({ type }) => type.text)).toEqual(['tensor<1x1x28x28xf32>']);
    expect(outputs.map(({ type }) => type.text)).toEqual(['tensor<1x10xf32>']);
    expect(outputs[0]?.data.length).toBe(10);
    // Real digits have black pixels and bright ones.
    expect(Math.max(...(inputs[0]?.data ?? []))).toBeGreaterThan(100);
  });

  test('are in the order of their numbers, also beyond ten, in both formats', () => {
    for (let at = 0; at < 12; at++)
      if (at % 2 === 0) put(`input_${at}.pb`, { dataType: 1, dims: [1n], floatData: [at] });
      else writeFileSync(join(folder, `input_${at}.npy`), writeNpy([1], Float32Array.of(at)));
    put('output_0.pb', { dataType: 10, dims: [2n], int32Data: [0x3c00, 0xc000] });
    const { inputs, outputs } = readDataSet(folder);
    expect(inputs.map(({ data }) => data[0])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(inputs[0]?.type.element).toBe(f32);
    expect(outputs[0]?.type.element).toBe(f16);
    expect([...(outputs[0]?.data ?? [])]).toEqual([1, -2]);
  });

  test('a folder without inputs, no folder, and files that are not tensors are refused', () => {
    refuses(() => readDataSet(folder), /has no input_0\.pb/);
    refuses(() => readDataSet(join(folder, 'missing')), /is not a folder/);
    const file = join(folder, 'input_0.pb');
    writeFileSync(file, 'text that is no tensor');
    refuses(() => readDataSet(folder), /input_0\.pb/);
    refuses(
      () => readTensorFile(put('a.pb', { dataType: 7, dims: [1n], int64Data: [1n] })),
      /a\.pb'.*i64, expected f32 or f16/,
    );
    refuses(() => readTensorFile(put('b.pb', { dataType: 1, dims: [2n], floatData: [1] })), /b\.pb/);
  });
});

describe('external data', () => {
  test('is read in part, only from files in the folder', () => {
    const home = join(folder, 'model');
    mkdirSync(join(home, 'w'), { recursive: true });
    writeFileSync(join(home, 'w', 'a.bin'), Uint8Array.of(1, 2, 3, 4, 5));
    writeFileSync(join(folder, 'secret.bin'), Uint8Array.of(9));
    symlinkSync(join('w', 'a.bin'), join(home, 'inside'));
    symlinkSync(join('..', 'secret.bin'), join(home, 'outside'));
    symlinkSync('..', join(home, 'up'));
    const read = externalReader(join(home, 'model.onnx'));
    expect([...read('w/a.bin', 1, 3)]).toEqual([2, 3, 4]);
    expect([...read('inside', 3, 2)]).toEqual([4, 5]);
    refuses(() => read('outside', 0, 1), /leads outside/);
    refuses(() => read('up/secret.bin', 0, 1), /leads outside/);
    refuses(() => read('../secret.bin', 0, 1), /leads outside/);
    refuses(() => read('missing', 0, 1), /not beside the model/);
    refuses(() => read('w', 0, 1), /not a file/);
    refuses(() => read('w/a.bin', 3, 3), /5 bytes, expected 6/);
    refuses(() => read('w/a.bin', 9, 0), /5 bytes, expected 9/);
    expect(read('w/a.bin', 5, 0).length).toBe(0);
  });
});
