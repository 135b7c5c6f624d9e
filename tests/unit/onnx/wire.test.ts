/** Messages taken apart, and numbers of packed fields, against an encoding that is written here by the bytes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DiagnosticError } from '../../../ir/index.ts';
import { readOnnx } from '../../../lowering/onnx/read.ts';
import { joinParts, largestStructure, splitMessage, unpackVarints } from '../../../lowering/onnx/wire.ts';
import { model, refusal, relu } from './model-file.ts';

/** A number as protobuf writes it, in at least `least` bytes. */
function varint(value: bigint, least = 1): readonly number[] {
  let left = BigInt.asUintN(64, value);
  const bytes: number[] = [];
  do {
    bytes.push(Number(left & 127n) | 128);
    left >>= 7n;
  } while (left > 0n || bytes.length < least);
  bytes.push((bytes.pop() as number) & 127);
  return bytes;
}
const field = (number: number, content: readonly number[]): readonly number[] => [
  ...varint(BigInt(number * 8 + 2)),
  ...varint(BigInt(content.length)),
  ...content,
];
const scalar = (number: number, value: bigint): readonly number[] => [...varint(BigInt(number * 8)), ...varint(value)];

interface Field {
  readonly number: number;
  readonly content: readonly number[] | bigint;
}
const fieldOf = fc.record({
  number: fc.integer({ min: 1, max: 6 }),
  content: fc.oneof(
    fc.uint8Array({ maxLength: 9 }).map((bytes) => [...bytes]),
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  ),
});
const bytesOf = ({ number, content }: Field): readonly number[] =>
  typeof content === 'bigint' ? scalar(number, content) : field(number, content);

test('a message taken apart: what is kept, what is dropped, what is left, and what it costs', () => {
  fc.assert(
    fc.property(fc.array(fieldOf, { maxLength: 8 }), fc.nat(), (fields, choice) => {
      const [keep, drop] = [
        [1, 2],
        [3, 4],
      ];
      const isData = ({ content }: Field): boolean => typeof content !== 'bigint';
      const kept = fields.filter((one) => isData(one) && keep.includes(one.number));
      const rest = fields.filter((one) => !(isData(one) && [...keep, ...drop].includes(one.number))).flatMap(bytesOf);
      // Thirty-two bytes for every part, and those that are left.
      const cost = 32 * kept.length + rest.length;
      const message = Uint8Array.from(fields.flatMap(bytesOf));
      const spare = choice % 40;
      const budget = { left: cost + spare };
      const split = splitMessage(message, keep, drop, budget);
      expect(budget.left).toBe(spare);
      expect([...split.rest]).toEqual(rest);
      for (const number of [1, 2, 3, 4, 5])
        expect(split.parts.get(number)?.map((part) => [...part])).toEqual(
          kept.some((one) => one.number === number)
            ? kept.filter((one) => one.number === number).map(({ content }) => content)
            : undefined,
        );
      if (cost > 0) expect(() => splitMessage(message, keep, drop, { left: choice % cost })).toThrow(DiagnosticError);
    }),
  );
});

test('parts are joined in order', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 5 }), { maxLength: 5 }), (parts) => {
      expect([...joinParts(parts)]).toEqual(parts.flatMap((part) => [...part]));
    }),
  );
});

describe('packed integers', () => {
  const value = fc.oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    // Where another byte begins.
    fc.tuple(fc.bigInt({ min: 0n, max: 63n }), fc.bigInt({ min: -1n, max: 1n })).map(([bits, by]) => (1n << bits) + by),
  );
  test.each([1, 2, 4, 8])('of %i bytes', (size) => {
    fc.assert(
      fc.property(fc.array(fc.tuple(value, fc.integer({ min: 1, max: 10 })), { maxLength: 9 }), (values) => {
        const packed = Uint8Array.from(values.flatMap(([one, least]) => varint(one, least)));
        const expected = values.flatMap(([one]) =>
          Array.from({ length: size }, (_, at) => Number((BigInt.asUintN(64, one) >> BigInt(8 * at)) & 255n)),
        );
        expect([...(unpackVarints(packed, values.length, size) ?? [-1])]).toEqual(expected);
        for (const wrong of [values.length + 1, values.length - 1])
          expect(unpackVarints(packed, wrong, size)).toBeUndefined();
        // Cut off, or longer than any number is.
        const open = Uint8Array.of(...packed, 0x80);
        expect(unpackVarints(open, values.length, size)).toBeUndefined();
        expect(unpackVarints(open, values.length + 1, size)).toBeUndefined();
        const long = Uint8Array.of(...packed, ...varint(5n, 11));
        expect(unpackVarints(long, values.length + 1, size)).toBeUndefined();
      }),
    );
  });
});

describe('structure of a whole file', () => {
  const attribute = (name: string) => ({ name, type: 2, i: 5n });
  const constant = { name: 'c', dims: [1n], dataType: 1, rawData: new Uint8Array(4) };
  const plain = model([relu('a', 'x', 'y')]);
  /** What further parts cost: those that become objects thirty-two bytes, and what is in them beside data and notes. */
  const kinds: readonly (readonly [string, Uint8Array, number])[] = [
    ['nothing', plain, 0],
    ['notes on the file', model([relu('a', 'x', 'y')], {}, [], {}, { docString: 'note' }), 0],
    ['notes on a node', model([{ ...relu('a', 'x', 'y'), docString: 'note' }]), 0],
    ['an attribute', model([{ ...relu('a', 'x', 'y'), attribute: [attribute('k')] }]), 32 + 3 + 2 + 3],
    [
      'a tensor in an attribute',
      model([{ ...relu('a', 'x', 'y'), attribute: [{ name: 'k', type: 4, t: constant }] }]),
      32 + 3 + 3 + 32 + 3 + 2 + 2 + 32,
    ],
    ['a constant', model([relu('a', 'x', 'y')], {}, [constant]), 32 + 3 + 2 + 2 + 32],
    ['a node', model([relu('a', 'x', 'y'), relu('b', 'x', 'z')]), 32 + 3 + 3 + 3 + 6],
    ['another name of the graph', model([relu('a', 'x', 'y')], {}, [], { name: 'graph' }), 4],
  ];
  // The same file again, with a field that nobody knows: the largest that is accepted tells what the file costs.
  const padded = (file: Uint8Array, length: number): Uint8Array => {
    const head = Uint8Array.from([...varint(8002n), ...varint(BigInt(length))]);
    const whole = new Uint8Array(head.length + length + file.length);
    whole.set(head);
    whole.set(file, head.length + length);
    return whole;
  };
  // Version (2), graph (1 part), set (1 part); in the graph a name, a node and two values, of one part each.
  const value = 3 + 2 + 2 + 2 + 2 + 2 + 2;
  const ofPlain = 2 + 32 + 32 + 3 + 32 + (3 + 3 + 3 + 6) + 2 * (32 + value);
  test.each(kinds)('%s', (_, file, more) => {
    const head = varint(8002n).length + 4;
    const most = largestStructure - ofPlain - more - head;
    expect(largestStructure).toBe(33554432);
    expect(readOnnx(padded(file, most)).nodes.length).toBeGreaterThan(0);
    const over = padded(file, most + 1);
    expect(refusal(() => readOnnx(over)).message).toBe(
      'the ONNX file has more than 33554432 bytes beside the data of its tensors, which is not accepted',
    );
  });
});
