import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DiagnosticError } from '../../../ir/index.ts';
import { readNpy, writeNpy } from '../../../tools/files/npy.ts';

const data = (name: string): Uint8Array => readFileSync(new URL(`../../../examples/data/${name}.npy`, import.meta.url));

/** A file with a header of one's own. */
const file = (header: string, content: readonly number[], version = 1): Uint8Array => {
  const text = new TextEncoder().encode(header);
  const size = version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  return Uint8Array.of(0x93, ...new TextEncoder().encode('NUMPY'), version, 0, ...size, ...text, ...content);
};
const header = (descr: string, shape: string, order = 'False'): string =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`;

describe('array files of NumPy', () => {
  test('files that NumPy wrote', () => {
    const digits = readNpy(data('digits-images'));
    expect(digits.shape).toEqual([5000, 28, 28]);
    expect(digits.dtype).toBe('u1');
    expect(digits.data.length).toBe(3920000);
    const features = readNpy(data('iris-features'));
    expect(features.shape).toEqual([150, 4]);
    // The first flower of the iris data.
    expect([...features.data.slice(0, 4)]).toEqual([5.1, 3.5, 1.4, 0.2].map(Math.fround));
  });

  test('what is written is read again, every bit', () => {
    const shapes = fc.array(fc.nat(4), { maxLength: 4 });
    fc.assert(
      fc.property(shapes, fc.infiniteStream(fc.float()), (shape, numbers) => {
        const written = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => numbers.next().value);
        const read = readNpy(writeNpy(shape, written));
        expect(read).toEqual({ dtype: 'f4', shape, data: written });
      }),
    );
  });

  test('the data of a written file begin at a multiple of 64 bytes', () => {
    for (const shape of [[], [3], [1, 2], [100000, 0, 100000, 100000, 100000, 100000]])
      expect(writeNpy(shape, new Float32Array(0)).length).toSatisfy((length: number) => length % 64 === 0);
  });

  test('element types, and the second version of the format', () => {
    expect([...readNpy(file(header('<f2', '(2,)'), [0, 60, 0, 192])).data]).toEqual([1, -2]);
    expect([...readNpy(file(header('<i8', '()'), [254, 255, 255, 255, 255, 255, 255, 255])).data]).toEqual([-2n]);
    expect([...readNpy(file(header('<i2', '(1, 1)'), [254, 255], 2)).data]).toEqual([-2]);
    expect([...readNpy(file(header('|b1', '(2,)'), [1, 0])).data]).toEqual([1, 0]);
  });

  const wrong: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['other bytes', new Uint8Array(64), /not a \.npy file/],
    ['version 3', file(header('<f4', '()'), [0, 0, 0, 0], 3), /version 3/],
    ['a header that is cut off', file(header('<f4', '()'), []).subarray(0, 30), /cut off in its header/],
    ['too little data', file(header('<f4', '(2,)'), [0, 0, 0, 0]), /4 bytes of data, expected 8/],
    ['too much data', file(header('|u1', '(2,)'), [0, 0, 0]), /3 bytes of data, expected 2/],
    ['huge extents', file(header('|u1', '(1099511627776, 1099511627776)'), [0]), /1 bytes of data, expected/],
    ['extents that no number holds', file(header('|u1', '(0, 99999999999999999999)'), []), /whole numbers/],
    ['Fortran order', file(header('|u1', '(1,)', 'True'), [0]), /Fortran order/],
    ['big-endian numbers', file(header('>f4', '(1,)'), [0, 0, 0, 0]), /big-endian/],
    ['objects', file(header('|O', '(1,)'), [0]), /element type/],
    ['complex numbers', file(header('<c8', '(1,)'), [0, 0, 0, 0, 0, 0, 0, 0]), /'c8'/],
    ['no shape', file("{'descr': '<f4', 'fortran_order': False}\n", []), /without a shape/],
  ];
  for (const [what, bytes, message] of wrong)
    test(`refuses ${what}`, () => {
      expect(() => readNpy(bytes, 'a.npy')).toThrow(DiagnosticError);
      expect(() => readNpy(bytes, 'a.npy')).toThrow(message);
      expect(() => readNpy(bytes, 'a.npy')).toThrow(/'a\.npy'/);
    });

  test('damaged files give an array or a diagnostic, never another error', () => {
    const whole = data('iris-labels');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(140), fc.nat(255)), { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = whole.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        try {
          readNpy(bytes);
        } catch (error) {
          if (!(error instanceof DiagnosticError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});
