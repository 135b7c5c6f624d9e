import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bf16, DiagnosticError, errorAt, f16, f32, f64, i1, i64, i8, unknownLocation } from '../../../ir/index.ts';
import { TensorProto_DataLocation, TensorProto_DataType } from '../../../lowering/onnx/generated/onnx_pb.js';
import { readOnnx } from '../../../lowering/onnx/read.ts';
import { decodeTensor, elementName, elementOfCode, tensorParts } from '../../../lowering/onnx/tensor.ts';
import { joinParts, unpackVarints } from '../../../lowering/onnx/wire.ts';
import { model, refusal, relu, tensor, tensorBytes, type TensorInit } from './model-file.ts';

describe('tensors', () => {
  const typed: readonly (readonly [string, TensorInit, unknown, readonly number[]])[] = [
    ['singles', { dataType: 1, dims: [2n], floatData: [1, -2] }, f32, [0, 0, 128, 63, 0, 0, 0, 192]],
    ['signed bytes', { dataType: 3, dims: [2n], int32Data: [-1, 127] }, i8, [255, 127]],
    ['truth values', { dataType: 9, dims: [2n], int32Data: [1, 0] }, i1, [1, 0]],
    ['wide integers', { dataType: 7, dims: [1n], int64Data: [-2n] }, i64, [254, 255, 255, 255, 255, 255, 255, 255]],
    ['halves, stored as their bits', { dataType: 10, dims: [2n], int32Data: [0x3c00, 0xc000] }, f16, [0, 60, 0, 192]],
    ['brain floats, stored as their bits', { dataType: 16, dims: [1n], int32Data: [0x3f80] }, bf16, [128, 63]],
    ['doubles', { dataType: 11, dims: [1n], doubleData: [1] }, f64, [0, 0, 0, 0, 0, 0, 240, 63]],
    ['a scalar', { dataType: 6, int32Data: [258] }, undefined, [2, 1, 0, 0]],
    [
      'unsigned words in the widest field',
      { dataType: 12, dims: [1n], uint64Data: [4294967295n] },
      undefined,
      [255, 255, 255, 255],
    ],
    ['no elements', { dataType: 1, dims: [0n, 3n] }, f32, []],
  ];
  for (const [what, init, element, bytes] of typed)
    test(`decodes ${what}`, () => {
      const decoded = tensor(init);
      if (element !== undefined) expect(decoded.element).toBe(element);
      expect([...decoded.bytes()]).toEqual(bytes);
    });

  // The codes and their names are those of the ONNX specification; what they are here is a second list.
  const numbers: Readonly<Record<string, readonly [type: string, bytes: number]>> = {
    FLOAT: ['f32', 4],
    UINT8: ['ui8', 1],
    INT8: ['i8', 1],
    UINT16: ['ui16', 2],
    INT16: ['i16', 2],
    INT32: ['i32', 4],
    INT64: ['i64', 8],
    BOOL: ['i1', 1],
    FLOAT16: ['f16', 2],
    DOUBLE: ['f64', 8],
    UINT32: ['ui32', 4],
    UINT64: ['ui64', 8],
    BFLOAT16: ['bf16', 2],
  };
  const codes = Object.entries(TensorProto_DataType).filter(
    (entry): entry is [string, TensorProto_DataType] => typeof entry[1] === 'number',
  );
  // Of later versions of the format than the schema is from.
  const later = ['FLOAT8E4M3FN', 'FLOAT8E4M3FNUZ', 'FLOAT8E5M2', 'FLOAT8E5M2FNUZ', 'UINT4', 'INT4', 'FLOAT4E2M1'];
  const all = [...codes, ...later.map((name, at) => [name, (17 + at) as TensorProto_DataType] as const)];
  test.each(all)('the element type %s', (name, code) => {
    const called = name
      .toLowerCase()
      .replace(/^float$/, 'float32')
      .replace(/^double$/, 'float64');
    expect(elementName(code)).toBe(called);
    const known = numbers[name];
    expect(elementOfCode(code)?.text).toBe(known?.[0]);
    if (!known) {
      const { message } = refusal(() => tensor({ dataType: code, dims: [1n], rawData: new Uint8Array(8) }).bytes());
      expect(message).toContain(`elements of ${called}`);
      return;
    }
    const [, size] = known;
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: size, maxLength: size }), { maxLength: 9 }), (elements) => {
        const raw = Uint8Array.from(elements.flatMap((bytes) => [...bytes].map((x) => (name === 'BOOL' ? x & 1 : x))));
        const dims = [BigInt(elements.length)];
        const decoded = tensor({ dataType: code, dims, rawData: raw });
        expect(decoded.bytes()).toEqual(raw);
        expect(decoded.shape).toEqual([elements.length]);
        for (const wrong of [raw.length + 1, raw.length - 1].filter((length) => length > 0))
          expect(
            refusal(() => tensor({ dataType: code, dims, rawData: new Uint8Array(wrong) }).bytes()).message,
          ).toMatch(/bytes of data, expected/);
      }),
      { numRuns: 30 },
    );
  });

  test('elements that a writer did not pack', () => {
    const head = tensorBytes({ dataType: 1, dims: [2n] });
    const single = (value: number) => new BinaryWriter().tag(4, WireType.Bit32).float(value).finish();
    const packed = new BinaryWriter()
      .tag(4, WireType.LengthDelimited)
      .bytes(Uint8Array.of(0, 0, 128, 63))
      .finish();
    const of = (...fields: Uint8Array[]) => decodeTensor(tensorParts(joinParts([head, ...fields])), undefined).bytes();
    const expected = [0, 0, 128, 63, 0, 0, 0, 192];
    expect([...of(single(1), single(-2))]).toEqual(expected);
    expect([...of(packed, packed)]).toEqual([0, 0, 128, 63, 0, 0, 128, 63]);
    expect(refusal(() => of(packed, single(1))).message).toMatch(/some elements packed and some not/);
  });

  test('packed integers of every width', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })), (values) => {
        const writer = new BinaryWriter();
        for (const value of values) writer.int64(value);
        const packed = writer.finish();
        const wide = unpackVarints(packed, values.length, 8);
        expect(wide && new BigInt64Array(wide.buffer)).toEqual(BigInt64Array.from(values));
        const narrow = unpackVarints(packed, values.length, 4);
        expect(narrow && new Int32Array(narrow.buffer)).toEqual(
          Int32Array.from(values, (value) => Number(BigInt.asIntN(32, value))),
        );
        const bytes = unpackVarints(packed, values.length, 1);
        expect(bytes).toEqual(Uint8Array.from(values, (value) => Number(BigInt.asUintN(8, value))));
        expect(unpackVarints(packed, values.length + 1, 8)).toBeUndefined();
      }),
    );
    expect(unpackVarints(Uint8Array.of(...Array(10).fill(0x80), 0), 1, 8)).toBeUndefined();
    expect(unpackVarints(Uint8Array.of(1, 0x80), 1, 8)).toBeUndefined();
  });

  test('raw data may begin at any byte, and what is read is a copy', () => {
    const bytes = model([{ opType: 'Relu', input: ['x'], output: ['y'] }], {}, [
      { name: 'c', dims: [1n], dataType: 1, rawData: Uint8Array.of(0, 0, 128, 63) },
    ]);
    for (let shift = 0; shift < 4; shift++) {
      const moved = new Uint8Array(bytes.length + shift);
      moved.set(bytes, shift);
      const data = readOnnx(moved.subarray(shift)).constants.get('c')?.bytes() ?? new Uint8Array(0);
      moved.fill(0);
      expect(new Float32Array(data.buffer, data.byteOffset, 1)[0]).toBe(1);
    }
  });

  const wrong: readonly (readonly [string, TensorInit, RegExp])[] = [
    ['an extent below zero', { dataType: 1, dims: [-1n] }, /extents \[-1\]/],
    ['2^40 elements', { dataType: 1, dims: [2n ** 20n, 2n ** 20n] }, /1099511627776 elements/],
    ['extents whose product passes 2^64', { dataType: 1, dims: [2n ** 40n, 2n ** 40n] }, /elements, more than/],
    [
      'raw data of another size',
      { dataType: 1, dims: [2n], rawData: new Uint8Array(7) },
      /7 bytes of data, expected 8/,
    ],
    ['too few elements', { dataType: 1, dims: [3n], floatData: [1] }, /has 1 elements, expected 3/],
    ['elements in the field of another type', { dataType: 7, dims: [1n], floatData: [1.5] }, /0 elements, expected 1/],
    ['strings', { dataType: 8, dims: [1n], stringData: [new Uint8Array(1)] }, /elements of string/],
    ['an element type that is not known', { dataType: 99, dims: [1n] }, /element type 99/],
    [
      'two thousand million missing elements, without making room for them',
      { dataType: 3, dims: [2n ** 31n] },
      /0 elements, expected 2147483648/,
    ],
    ['more bytes than a file may have', { dataType: 11, dims: [2n ** 29n] }, /more than the 268435456/],
    ['an extent that no number holds', { dataType: 1, dims: [0n, 2n ** 60n] }, /fewer than 2\^53/],
    ['very many dimensions', { dataType: 1, dims: Array(33).fill(1n) }, /33 dimensions/],
    ['a truth value of 7', { dataType: 9, dims: [2n], rawData: Uint8Array.of(1, 7) }, /truth value of 7/],
    ['too many integers', { dataType: 7, dims: [1n], int64Data: [1n, 2n] }, /packed integers, expected 1/],
  ];
  for (const [what, init, message] of wrong)
    test(`refuses ${what}`, () => {
      const found = refusal(() => tensor(init).bytes());
      expect(found.message).toMatch(message);
      expect(found.names).toEqual(['t']);
    });
});

describe('external data', () => {
  const external = (
    entries: Record<string, string>,
    read?: (location: string, offset: number, length: number) => Uint8Array,
  ) =>
    decodeTensor(
      tensorParts(
        tensorBytes({
          dataType: 1,
          dims: [2n],
          dataLocation: TensorProto_DataLocation.EXTERNAL,
          externalData: Object.entries(entries).map(([key, text]) => ({ key, value: text })),
        }),
      ),
      read,
    );

  test('is read at its place', () => {
    const asked: unknown[] = [];
    const bytes = external({ location: 'w/a.bin', offset: '4096', length: '8' }, (...place) => {
      asked.push(place);
      return Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    }).bytes();
    expect(asked).toEqual([['w/a.bin', 4096, 8]]);
    expect([...bytes]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('without a length, as much is read as the tensor has', () => {
    const asked: number[] = [];
    external({ location: 'a' }, (_, ...place) => {
      asked.push(...place);
      return new Uint8Array(8);
    }).bytes();
    expect(asked).toEqual([0, 8]);
  });

  test('what the reader says is told at node and operation', () => {
    const { constants } = readOnnx(
      model([{ ...relu('a', 'x', 'y'), input: ['x', 'w'] }], {}, [
        {
          name: 'w',
          dataType: 1,
          dims: [2n],
          dataLocation: TensorProto_DataLocation.EXTERNAL,
          externalData: [{ key: 'location', value: 'b.bin' }],
        },
      ]),
      {
        readExternal: () => {
          throw new DiagnosticError([errorAt(unknownLocation, 'the disk is gone')]);
        },
      },
    );
    const found = refusal(() => constants.get('w')?.bytes());
    expect(found.message).toBe("tensor 'w' has its data in 'b.bin': the disk is gone; node 'a' (Relu) reads it");
    expect(found.names).toEqual(['w']);
  });

  const never = (): Uint8Array => {
    throw new Error('the file was asked for');
  };
  for (const location of ['/etc/passwd', '../a.bin', 'a/../../b', 'a\\..\\b', 'C:\\a', '\\\\host\\a', 'a\0b'])
    test(`is not read from ${JSON.stringify(location)}`, () => {
      expect(refusal(() => external({ location }, never).bytes()).message).toMatch(/outside the model's folder/);
    });

  test('is refused without a place, with a bad number, of another size, or where it cannot be read', () => {
    expect(refusal(() => external({}, never).bytes()).message).toMatch(/without a location/);
    expect(refusal(() => external({ location: 'a', offset: '-1' }, never).bytes()).message).toMatch(/offset '-1'/);
    expect(refusal(() => external({ location: 'a', length: '12' }, never).bytes()).message).toMatch(
      /12 bytes.*expected 8/,
    );
    expect(refusal(() => external({ location: 'a' }, () => new Uint8Array(4)).bytes()).message).toMatch(
      /4 bytes.*expected 8/,
    );
    expect(refusal(() => external({ location: 'a' }).bytes()).message).toMatch(/cannot be read here/);
  });
});
