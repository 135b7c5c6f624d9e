/** Files of tensors made to break their readers, and files that are hard to write as a whole. */
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DiagnosticError, f16, f32 } from '../../../ir/index.ts';
import { TensorProto_DataLocation, TensorProtoSchema } from '../../../lowering/onnx/generated/onnx_pb.js';
import { readDataSet, readTensorFile } from '../../../tools/files/data-set.ts';
import { readNpy, writeNpy } from '../../../tools/files/npy.ts';
import { writeAtomically } from '../../../tools/files/write-atomically.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The message of the one diagnostic that a call is refused with, nothing when it is not refused. */
function refusal(call: () => unknown): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    expect(error.diagnostics).toHaveLength(1);
    return error.message;
  }
}

/** An array file with a header and data of one's own; the header's length is stated as it is unless given. */
function npy(header: string, data: readonly number[], version = 1, stated?: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const length = new Uint8Array(version === 1 ? 2 : 4);
  for (const at of length.keys()) length[at] = Math.floor((stated ?? text.length) / 256 ** at) % 256;
  return Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, ...length, ...text, ...data);
}
const header = (descr: string, shape: string): string =>
  `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`;

describe('array files', () => {
  test('cut off anywhere', () => {
    const whole = writeNpy([2, 3], Float32Array.of(1, 2, 3, 4, 5, 6));
    for (let length = 0; length < whole.length; length++)
      expect(refusal(() => readNpy(whole.subarray(0, length), 'a.npy'))).toMatch(/^'a\.npy' /);
    expect([...readNpy(whole).data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('any bytes at all, behind a beginning that is right', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(0, 6, 7, 8), (bytes, kept) => {
        const file = Uint8Array.of(...npy('', []).subarray(0, kept), ...bytes);
        const array = { count: -1, data: -1 };
        const message = refusal(() => {
          const { shape, data } = readNpy(file, 'a.npy');
          array.count = shape.reduce((a, b) => a * b, 1);
          array.data = data.length;
        });
        if (message === undefined) expect(array.data).toBe(array.count);
        else expect(message).toMatch(/^'a\.npy' /);
      }),
      { numRuns: 500 },
    );
  });

  test.each<[string, Uint8Array]>([
    ['a header of 65535 bytes that is not there', npy(header('<f4', '()'), [0, 0, 0, 0], 1, 65535)],
    ['a header of 2^32 − 1 bytes that is not there', npy(header('<f4', '()'), [0, 0, 0, 0], 2, 2 ** 32 - 1)],
    ['an empty header', npy('', [0, 0, 0, 0])],
    ['an extent below zero', npy(header('<f4', '(-1,)'), [0, 0, 0, 0])],
    ['two extents below zero', npy(header('|u1', '(-2, -2)'), [0, 0, 0, 0])],
    ['extents without a comma', npy(header('|u1', '(2 2)'), [0, 0, 0, 0])],
    ['an extent of 400 digits', npy(header('|u1', `(${'9'.repeat(400)},)`), [0])],
    ['an extent of 400 digits and one of 0', npy(header('|u1', `(${'9'.repeat(400)}, 0)`), [])],
    ['2^40 elements', npy(header('<f4', '(1048576, 1048576)'), [0, 0, 0, 0])],
    ['a shape that is no tuple', npy(header('<f4', '4'), [0, 0, 0, 0])],
    ['elements with fields', npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}", [0, 0, 0, 0])],
    ['pickled objects', npy(header('|O8', '(1,)'), [0, 0, 0, 0, 0, 0, 0, 0])],
    ['text', npy(header('<U1', '(1,)'), [65, 0, 0, 0])],
    ['elements of no bytes', npy(header('|u0', '(4,)'), [])],
    ['elements of three bytes', npy(header('<f3', '(1,)'), [0, 0, 0])],
    ['big-endian halves', npy(header('>f2', '(1,)'), [0x3c, 0])],
  ])('refuses %s', (_, file) => {
    const message = refusal(() => readNpy(file, 'a.npy'));
    expect(message).toMatch(/^'a\.npy' /);
    expect(message).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('may stand at any place of a larger buffer', () => {
    const whole = writeNpy([3], Float32Array.of(1, -0, Number.NaN));
    for (let shift = 0; shift < 8; shift++) {
      const larger = Buffer.alloc(whole.length + shift, 1);
      larger.set(whole, shift);
      const { data } = readNpy(larger.subarray(shift));
      larger.fill(0);
      expect(data).toEqual(Float32Array.of(1, -0, Number.NaN));
    }
  });

  test('a part of a larger array is written alone', () => {
    const part = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
    expect([...readNpy(writeNpy([2], part)).data]).toEqual([1, 2]);
  });
});

describe('tensor files', () => {
  type Init = MessageInitShape<typeof TensorProtoSchema>;
  const encode = (init: Init): Uint8Array => toBinary(TensorProtoSchema, create(TensorProtoSchema, init));
  const put = (bytes: Uint8Array | string, name = 'input_0.pb'): string => {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    return file;
  };

  test('cut off anywhere', () => {
    for (const init of [
      { dataType: 1, dims: [2n, 2n], floatData: [1, 2, 3, 4] },
      { dataType: 10, dims: [4n], rawData: new Uint8Array(8) },
    ]) {
      const whole = encode(init);
      for (let length = 0; length < whole.length; length++) {
        const file = put(whole.subarray(0, length));
        expect(refusal(() => readTensorFile(file))).toBeDefined();
      }
      expect(readTensorFile(put(whole)).data).toHaveLength(4);
    }
  });

  test('changed anywhere: a tensor whose numbers fill it, or a diagnostic', () => {
    const whole = encode({ name: 'x', dataType: 1, dims: [2n, 2n], rawData: new Uint8Array(16) });
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const bytes = whole.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        const file = put(bytes);
        refusal(() => {
          const { type, data } = readTensorFile(file);
          expect(data.length).toBe(type.shape.reduce((a, b) => a * b, 1));
        });
      }),
      { numRuns: 200 },
    );
  });

  test.each<[string, Init]>([
    ['2^40 elements', { dims: [2n ** 40n] }],
    ['2^32 elements that are not there', { dims: [2n ** 32n] }],
    ['an extent below zero', { dims: [-1n] }],
    ['numbers that are too few', { dims: [3n], floatData: [1] }],
    ['raw data of another size', { dims: [1n], rawData: new Uint8Array(5) }],
    ['whole numbers', { dims: [1n], dataType: 7, int64Data: [1n] }],
    ['strings', { dims: [1n], dataType: 8, stringData: [new Uint8Array(1)] }],
    ['no element type', { dims: [1n], dataType: 0, floatData: [1] }],
    [
      'data in another file',
      { dims: [1n], dataLocation: TensorProto_DataLocation.EXTERNAL, externalData: [{ key: 'location', value: 'x' }] },
    ],
  ])('refuses %s and names the file, also when the tensor has a name', (_, init) => {
    for (const name of ['', 'the_input']) {
      const file = put(encode({ dataType: 1, ...init, name }));
      expect(refusal(() => readTensorFile(file))).toContain('input_0.pb');
    }
  });

  test('arrays of other numbers become singles, halves stay halves', () => {
    const read = (descr: string, data: readonly number[]) => {
      const { type, data: numbers } = readTensorFile(put(npy(header(descr, '(1,)'), data), 'input_0.npy'));
      return [type.element, ...numbers];
    };
    expect(read('<i8', [254, 255, 255, 255, 255, 255, 255, 255])).toEqual([f32, -2]);
    expect(read('<f8', [0, 0, 0, 0, 0, 0, 248, 63])).toEqual([f32, 1.5]);
    expect(read('|u1', [200])).toEqual([f32, 200]);
    expect(read('<f2', [1, 0])).toEqual([f16, 2 ** -24]);
  });

  test('a folder in the place of a file, and a link that leads nowhere', () => {
    mkdirSync(join(folder, 'input_0.pb'));
    expect(() => readDataSet(folder)).toThrow(/input_0\.pb/);
    rmSync(join(folder, 'input_0.pb'), { recursive: true });
    symlinkSync('nowhere', join(folder, 'input_0.pb'));
    expect(refusal(() => readDataSet(folder))).toMatch(/has no input_0\.pb/);
  });

  test('a data set is refused as a whole when its second file is damaged', () => {
    put(encode({ dataType: 1, dims: [1n], floatData: [1] }));
    put(new Uint8Array(0), 'input_1.pb');
    expect(refusal(() => readDataSet(folder))).toContain('input_1.pb');
  });

  test('a file in the place of a folder', () => {
    expect(refusal(() => readDataSet(put('text')))).toMatch(/is not a folder/);
  });
});

describe('writing as a whole', () => {
  const old = (): string => {
    const path = join(folder, 'a');
    writeFileSync(path, 'old');
    return path;
  };

  test.each(['666', '664', '755', '600', '400'])('keeps the permissions %s, whatever the process masks', (mode) => {
    const path = old();
    chmodSync(path, Number.parseInt(mode, 8));
    const mask = process.umask(0o027);
    try {
      writeAtomically(path, 'new');
    } finally {
      process.umask(mask);
    }
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect((statSync(path).mode & 0o777).toString(8)).toBe(mode);
  });

  test('a new file is masked', () => {
    const mask = process.umask(0o027);
    try {
      writeAtomically(join(folder, 'b'), '');
    } finally {
      process.umask(mask);
    }
    expect((statSync(join(folder, 'b')).mode & 0o777).toString(8)).toBe('640');
  });

  test('keeps the old content when the new one cannot be written', () => {
    const path = old();
    expect(() => writeAtomically(path, 7 as unknown as string)).toThrow(TypeError);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  test('a second name of the old file keeps the old content', () => {
    const path = old();
    linkSync(path, join(folder, 'other'));
    writeAtomically(path, 'new');
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('old');
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  test('a device is written to and stays', () => {
    const path = join(folder, 'device');
    symlinkSync('/dev/null', path);
    writeAtomically(path, 'x');
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(statSync(path).isCharacterDevice()).toBe(true);
    expect(readdirSync(folder)).toEqual(['device']);
  });

  test('a name as long as names may be', () => {
    const name = 'a'.repeat(255);
    writeAtomically(join(folder, name), 'x');
    expect(readdirSync(folder)).toEqual([name]);
  });
});
