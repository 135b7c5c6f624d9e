/** Data of tensors of every element type in every encoding of the format, against one that is written here. */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DiagnosticError, errorAt, unknownLocation } from '../../../ir/index.ts';
import { TensorProto_DataLocation } from '../../../lowering/onnx/generated/onnx_pb.js';
import { decodeTensor, tensorParts } from '../../../lowering/onnx/tensor.ts';
import { joinParts } from '../../../lowering/onnx/wire.ts';
import { refusal, tensorBytes } from './model-file.ts';

/** Code, bytes of an element, the field that elements stand in, and how it writes one from the element's bits. */
interface Encoding {
  readonly code: number;
  readonly size: number;
  readonly field: number;
  /** Narrow signed types are written as the wider integer that they are. */
  readonly signed?: boolean;
}
const singles = 4;
const ints = 5;
const longs = 7;
const doubles = 10;
const unsigned = 11;
const encodings: Readonly<Record<string, Encoding>> = {
  FLOAT: { code: 1, size: 4, field: singles },
  UINT8: { code: 2, size: 1, field: ints },
  INT8: { code: 3, size: 1, field: ints, signed: true },
  UINT16: { code: 4, size: 2, field: ints },
  INT16: { code: 5, size: 2, field: ints, signed: true },
  INT32: { code: 6, size: 4, field: ints, signed: true },
  INT64: { code: 7, size: 8, field: longs, signed: true },
  BOOL: { code: 9, size: 1, field: ints },
  FLOAT16: { code: 10, size: 2, field: ints },
  DOUBLE: { code: 11, size: 8, field: doubles },
  UINT32: { code: 12, size: 4, field: unsigned },
  UINT64: { code: 13, size: 8, field: unsigned },
  BFLOAT16: { code: 16, size: 2, field: ints },
};

/** One element, from its bits; without the tag. */
function put(writer: BinaryWriter, { size, field, signed }: Encoding, bits: bigint): BinaryWriter {
  if (field === singles) return writer.fixed32(Number(bits));
  if (field === doubles) return writer.fixed64(bits);
  if (field === unsigned) return writer.uint64(bits);
  const value = signed ? BigInt.asIntN(8 * size, bits) : bits;
  return field === longs ? writer.int64(value) : writer.int32(Number(value));
}
const typeOf = ({ field }: Encoding): WireType =>
  field === singles ? WireType.Bit32 : field === doubles ? WireType.Bit64 : WireType.Varint;
const oneByOne = (encoding: Encoding, elements: readonly bigint[]): Uint8Array => {
  const writer = new BinaryWriter();
  for (const bits of elements) put(writer.tag(encoding.field, typeOf(encoding)), encoding, bits);
  return writer.finish();
};
const packed = (encoding: Encoding, elements: readonly bigint[]): Uint8Array => {
  const inner = new BinaryWriter();
  for (const bits of elements) put(inner, encoding, bits);
  return new BinaryWriter().tag(encoding.field, WireType.LengthDelimited).bytes(inner.finish()).finish();
};
const rawOf = ({ size }: Encoding, elements: readonly bigint[]): Uint8Array =>
  Uint8Array.from(
    elements.flatMap((bits) => Array.from({ length: size }, (_, at) => Number((bits >> BigInt(8 * at)) & 255n))),
  );
const asRaw = (encoding: Encoding, elements: readonly bigint[]): Uint8Array =>
  new BinaryWriter().tag(9, WireType.LengthDelimited).bytes(rawOf(encoding, elements)).finish();

const tensorOf = ({ code }: Encoding, count: number, ...fields: Uint8Array[]) =>
  decodeTensor(tensorParts(joinParts([tensorBytes({ dataType: code, dims: [BigInt(count)] }), ...fields])), undefined);

/** Bits of elements. A NaN that goes through a number need not keep them, so that none is drawn. */
const bitsOf = (name: string, { size }: Encoding) =>
  fc.array(
    name === 'BOOL'
      ? fc.bigInt({ min: 0n, max: 1n })
      : fc.bigInt({ min: 0n, max: 2n ** BigInt(8 * size) - 1n }).map((bits) => {
          const exponent = name === 'FLOAT' ? 0x7f800000n : name === 'DOUBLE' ? 0x7ff0n << 48n : undefined;
          return exponent !== undefined && (bits & exponent) === exponent ? bits ^ exponent : bits;
        }),
    { maxLength: 6 },
  );

describe('elements of a type in the file', () => {
  test.each(Object.entries(encodings))('%s', (name, encoding) => {
    fc.assert(
      fc.property(bitsOf(name, encoding), fc.nat(6), (elements, cut) => {
        const count = elements.length;
        const [first, second] = [elements.slice(0, cut), elements.slice(cut)];
        const spellings = [
          [asRaw(encoding, elements)],
          // The last of a field that may be there once, and raw data before others.
          [
            asRaw(encoding, [0n, ...elements]),
            asRaw(encoding, elements),
            ...(count > 0 ? [packed(encoding, [0n])] : []),
          ],
          [oneByOne(encoding, elements)],
          [packed(encoding, elements)],
          [packed(encoding, first), packed(encoding, second)],
        ];
        for (const fields of spellings)
          expect([...tensorOf(encoding, count, ...fields).bytes()]).toEqual([...rawOf(encoding, elements)]);
        for (const other of [count + 1, count + 7]) {
          const says = (...fields: Uint8Array[]): string =>
            refusal(() => tensorOf(encoding, other, ...fields).bytes()).message;
          const size = encoding.size;
          if (count > 0)
            expect(says(asRaw(encoding, elements))).toBe(
              `tensor 't' has ${count * size} bytes of data, expected ${other * size}`,
            );
          expect(says(oneByOne(encoding, elements))).toBe(`tensor 't' has ${count} elements, expected ${other}`);
          const content = packed(encoding, elements);
          const isFloat = encoding.field === singles || encoding.field === doubles;
          // One byte for the tag, one for the length.
          expect(says(content)).toBe(
            isFloat
              ? `tensor 't' has ${count} elements, expected ${other}`
              : `tensor 't' has ${content.length - 2} bytes of packed integers, expected ${other} integers`,
          );
          if (count > 0)
            expect(says(packed(encoding, first), oneByOne(encoding, elements))).toBe(
              "tensor 't' has some elements packed and some not, expected all packed",
            );
        }
      }),
      { numRuns: 25 },
    );
  });

  test('a truth value is 0 or 1', () => {
    const { BOOL } = encodings as { readonly BOOL: Encoding };
    for (let odd = 2n; odd < 256n; odd += 7n)
      for (const field of [asRaw, oneByOne, packed])
        expect(refusal(() => tensorOf(BOOL, 3, field(BOOL, [1n, odd, 0n])).bytes()).message).toBe(
          `tensor 't' has a truth value of ${odd}, expected 0 or 1`,
        );
  });
});

describe('extents', () => {
  const shaped = (dims: readonly bigint[], code = 1) => tensorParts(tensorBytes({ dataType: code, dims: [...dims] }));
  test('are accepted or refused with their numbers', () => {
    const extent = fc.oneof(
      fc.constantFrom(0n, 1n, 2n ** 31n, 2n ** 29n, 2n ** 62n, 2n ** 53n, 2n ** 53n - 1n, -1n),
      fc.bigInt({ min: 0n, max: 70n }),
    );
    fc.assert(
      fc.property(
        fc.array(extent, { maxLength: 4 }),
        fc.constantFrom(...Object.values(encodings)),
        (dims, encoding) => {
          const most = 2 ** 31 / encoding.size;
          const count = dims.includes(0n) ? 0 : dims.map(Number).reduce((a, b) => a * b, 1);
          const inexact = dims.find((one) => one >= 2n ** 53n);
          const says = dims.some((one) => one < 0n)
            ? `has extents [${dims.map(Number)}], expected none below zero`
            : count > most
              ? `has ${count} elements, more than the ${most} that are accepted`
              : inexact === undefined
                ? ''
                : `has ${Number(inexact)} elements along one dimension, expected fewer than 2^53`;
          const parts = shaped(dims, encoding.code);
          if (says === '') expect(decodeTensor(parts, undefined).shape).toEqual(dims.map(Number));
          else {
            const found = refusal(() => decodeTensor(parts, undefined));
            expect(found).toEqual({ message: `tensor 't' ${says}`, names: ['t'] });
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(refusal(() => decodeTensor(shaped(Array(20).fill(2n ** 62n)), undefined)).message).toBe(
      "tensor 't' has over 10^308 elements, more than the 536870912 that are accepted",
    );
    expect(decodeTensor(shaped(Array(32).fill(1n)), undefined).shape).toHaveLength(32);
    expect(refusal(() => decodeTensor(shaped(Array(33).fill(1n)), undefined)).message).toBe(
      "tensor 't' has 33 dimensions, more than the 32 that are accepted",
    );
  });
});

describe('data beside the file', () => {
  const file = Uint8Array.from({ length: 64 }, (_, at) => at + 1);
  const part = fc.constantFrom('a', 'b.bin', '..', '.', '...', 'c:', '', 'x\0', 'é');
  const separator = fc.constantFrom('/', '\\');
  const numberText = fc.oneof(
    fc.nat(20).map(String),
    fc.constantFrom('-1', '', '1.5', '0x2', ' 4', '4 ', '8', '16', '1'.repeat(15), '1'.repeat(16)),
  );
  test('is what the entries say, or is refused', () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            location: fc
              .tuple(fc.array(part, { minLength: 1, maxLength: 3 }), separator)
              .map(([parts, between]) => parts.join(between)),
            offset: numberText,
            length: numberText,
            checksum: fc.constant('0'),
          },
          { requiredKeys: [] },
        ),
        fc.constantFrom('whole', 'short', 'refuses', 'none'),
        (entries, reader) => {
          const asked: unknown[] = [];
          const read = (location: string, offset: number, length: number): Uint8Array => {
            asked.push([location, offset, length]);
            if (reader === 'refuses') throw new DiagnosticError([errorAt(unknownLocation, 'no such file')]);
            return file.slice(offset, offset + length - (reader === 'short' ? 1 : 0));
          };
          const parts = tensorParts(
            tensorBytes({
              dataType: 1,
              dims: [2n],
              dataLocation: TensorProto_DataLocation.EXTERNAL,
              externalData: Object.entries(entries).map(([key, value]) => ({ key, value })),
            }),
          );
          const { location, offset, length } = entries;
          const isNumber = (text: string | undefined): boolean =>
            text === undefined || (text.length > 0 && text.length < 16 && [...text].every((c) => c >= '0' && c <= '9'));
          const steps = location?.split('\\').join('/').split('/') ?? [];
          const outside = steps[0] === 'c:' || (location !== '' && steps[0] === '') || steps.includes('..');
          const from = Number(offset ?? 0);
          const given = Math.min(Math.max(64 - from, 0), reader === 'short' ? 7 : 8);
          const says =
            location === undefined
              ? 'has external data without a location'
              : outside || location.includes('\0')
                ? `has its data at '${location}', which is outside the model's folder`
                : reader === 'none'
                  ? `has its data in '${location}', but external data cannot be read here`
                  : !isNumber(length)
                    ? `has external length '${length}', expected a number of bytes`
                    : Number(length ?? 8) !== 8
                      ? `has ${Number(length)} bytes of external data, expected 8`
                      : !isNumber(offset)
                        ? `has external offset '${offset}', expected a number of bytes`
                        : reader === 'refuses'
                          ? `has its data in '${location}': no such file`
                          : given === 8
                            ? ''
                            : `has ${given} bytes of external data, expected 8`;
          const tensor = decodeTensor(parts, reader === 'none' ? undefined : read);
          if (says === '') expect([...tensor.bytes()]).toEqual([...file.slice(from, from + 8)]);
          else expect(refusal(() => tensor.bytes())).toEqual({ message: `tensor 't' ${says}`, names: ['t'] });
          const wasAsked = says === '' || reader === 'refuses' || given !== 8;
          if (asked.length > 0) expect(asked).toEqual([[location, from, 8]]);
          if (!wasAsked) expect(asked).toEqual([]);
        },
      ),
      { numRuns: 600 },
    );
  });
});
