import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Field,
  instructionWords,
  isa,
  type WrittenFields,
  withMnemonic,
  withOpcode,
} from '../../target-mlu/index.ts';

const register = fc.record({
  register: fc.integer({ min: 0, max: 63 }),
  offset: fc.integer({ min: -(2 ** 24), max: 2 ** 24 - 1 }),
});
const edges = (min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max, 0));

function written(field: Field): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'operand':
      return fc.oneof(register, field.signed ? edges(-(2 ** 30), 2 ** 30 - 1) : edges(0, 2 ** 31 - 1));
    case 'register':
      return fc.integer({ min: 0, max: 63 });
    case 'predicate':
      return fc.integer({ min: 0, max: 7 });
    case 'wide':
      return fc.oneof(
        fc.maxSafeInteger().map((n) => Math.trunc(n / 64) + 0),
        fc.constantFrom(-(2 ** 47), 2 ** 47 - 1, 0, -1),
      );
    case 'target':
      return edges(0, 2 ** 31 - 1);
    case 'choice':
      return fc.constantFrom(...field.values);
  }
}

/** The nearest values that a field does not hold. */
function unheld(field: Field): readonly unknown[] {
  const registers = [
    { register: 64, offset: 0 },
    { register: -1, offset: 0 },
    { register: 0, offset: 2 ** 24 },
    { register: 0, offset: -(2 ** 24) - 1 },
  ];
  switch (field.kind) {
    case 'operand':
      return [...(field.signed ? [2 ** 30, -(2 ** 30) - 1] : [2 ** 31, -1]), 0.5, ...registers];
    case 'register':
      return [64, -1, 0.5];
    case 'predicate':
      return [8, -1, 0.5];
    case 'wide':
      return [2 ** 47, -(2 ** 47) - 1, 0.5];
    case 'target':
      return [2 ** 31, -1, 0.5];
    case 'choice':
      return ['no such mode'];
  }
}

test('opcodes and mnemonics are distinct', () => {
  expect(new Set(isa.map((row) => row.opcode)).size).toBe(isa.length);
  expect(new Set(isa.map((row) => row.mnemonic)).size).toBe(isa.length);
  expect(isa.length).toBeGreaterThan(100);
});

describe.each(isa.map((row) => [row.mnemonic, row] as const))('%s', (_, row) => {
  const operands = fc.record(
    Object.fromEntries(Object.entries(row.fields).map(([name, field]) => [name, written(field)])),
    { noNullPrototype: true },
  ) as fc.Arbitrary<WrittenFields>;

  test('decode ∘ encode = id', () => {
    fc.assert(
      fc.property(operands, (values) => {
        expect(row.decode(row.encode(values))).toEqual(values);
      }),
      { numRuns: 30 },
    );
  });
  test('parse ∘ print = id', () => {
    fc.assert(
      fc.property(operands, (values) => {
        expect(row.parse(row.print(values))).toEqual(values);
      }),
      { numRuns: 30 },
    );
  });
  test('encode ∘ decode = id on any words that decode', () => {
    fc.assert(
      fc.property(operands, fc.integer({ min: 0, max: 511 }), (values, bit) => {
        const words = row.encode(values);
        words[bit >> 5] = ((words[bit >> 5] as number) ^ (1 << (bit & 31))) >>> 0;
        if (withOpcode((words[0] as number) & 0xfff) !== row) return;
        let again: Uint32Array;
        try {
          again = row.encode(row.decode(words));
        } catch (error) {
          expect((error as Error).name).toBe('EncodingError');
          return;
        }
        expect(again).toEqual(words);
      }),
      { numRuns: 100 },
    );
  });
  test('what no word holds is refused, with the name of the field', () => {
    for (const values of fc.sample(operands, 3))
      for (const [name, field] of Object.entries(row.fields))
        for (const value of unheld(field))
          expect(() => row.encode({ ...values, [name]: value } as WrittenFields), `${name} = ${String(value)}`).toThrow(
            new RegExp(`${name}.* is .*expected`),
          );
  });
  test('is found by its names and takes one word of each kind', () => {
    expect(withMnemonic(row.mnemonic)).toBe(row);
    expect(withOpcode(row.opcode)).toBe(row);
    expect(row.opcode).toBeLessThan(4096);
    expect(row.summary).not.toBe('');
    for (const field of Object.values(row.fields)) expect(field.doc).not.toBe('');
    expect(instructionWords).toBe(16);
  });
});
