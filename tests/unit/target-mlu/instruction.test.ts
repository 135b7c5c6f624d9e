import { expect, expectTypeOf, test } from 'vitest';
import { type choice, gpr, type Operand, result, size, type WrittenFields } from '../../../target-mlu/field.ts';
import { instruction } from '../../../target-mlu/instruction.ts';
import { convolution, scalar } from '../../../target-mlu/index.ts';

const rest = { opcode: 1, pipe: 'alu', summary: 'x', execute: () => {}, cycles: () => 0 } as const;
const fields = { dst: result('result'), n: size('elements') };

test('the syntax is checked against the fields by the compiler', () => {
  instruction('good', { ...rest, fields, syntax: '$dst, $n' });
  // @ts-expect-error: '$m' is not declared
  instruction('bad', { ...rest, fields, syntax: '$dst, $m' });
  // @ts-expect-error: field 'n' is missing from the syntax
  instruction('bad', { ...rest, fields, syntax: '$dst' });
  type Written = WrittenFields<{ n: typeof fields.n; mode: ReturnType<typeof choice<'a' | 'b'>> }>;
  expectTypeOf<Written['n']>().toEqualTypeOf<Operand>();
  expectTypeOf<Written['mode']>().toEqualTypeOf<'a' | 'b'>();
  expectTypeOf(convolution.convF16.mnemonic).toEqualTypeOf<'conv.nram.f16'>();
  // @ts-expect-error: a register to write is a number
  expect(() => scalar.move.encode({ dst: gpr(1), value: 1 })).toThrow("move.gpr: 'dst' is [object Object]");
});

test('too many fields do not fit the word', () => {
  const many = Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`f${i}`, size('x')]));
  const syntax = Object.keys(many)
    .map((name) => `$${name}`)
    .join(', ');
  expect(() => instruction('many', { ...rest, fields: many, syntax: syntax as never })).toThrow('do not fit');
});

test('the layout of the words', () => {
  const { convF16 } = convolution;
  const operands = { src: 256, kernel: 64, cin: 64, h: 3, w: 4, kh: 1, kw: 1, sx: 1, sy: 1, cout: 128 };
  const words = convF16.encode({ ...operands, dst: gpr(5, -64) });
  expect(Array.from(words)).toEqual([0x300, 0x8bffffc0, 256, 64, 64, 3, 4, 1, 1, 1, 1, 128, 0, 0, 0, 0]);
  expect(() => convF16.encode({ ...operands, dst: -1 })).toThrow(
    "conv.nram.f16: 'dst' is -1, expected an integer 0..2147483647",
  );
  expect(() => convF16.encode({ ...operands, dst: gpr(64) })).toThrow(
    "'dst': register is 64, expected an integer 0..63",
  );
  expect(() => convF16.decode(Uint32Array.from(words, (w, i) => (i === 15 ? 1 : w)))).toThrow(
    'unused bits are not zero',
  );
});
