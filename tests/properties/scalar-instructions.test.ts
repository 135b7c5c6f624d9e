/** Scalar instructions against integers without bounds. */
import { describe, expect, test } from 'vitest';
import type { FieldValues } from '../../target-mlu/field.ts';
import { Core } from '../../target-mlu/core.ts';
import {
  CoreClock,
  type Instruction,
  mlu100,
  scalar,
  scalarComparison,
  scalarMemory,
  throughputOf,
} from '../../target-mlu/index.ts';
import { Random } from '../../tools/check/random.ts';
import { newCore } from './draw-instruction.ts';

const wrapped = (x: bigint): number => Number(BigInt.asIntN(48, x));
const shift = (b: bigint): bigint | undefined => (b < 0n || b > 47n ? undefined : b);
/** What scalar instructions mean, as integers without bounds. */
const integers: Readonly<Record<string, (a: bigint, b: bigint) => bigint | undefined>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => (b === 0n ? undefined : a / b),
  rem: (a, b) => (b === 0n ? undefined : a % b),
  shl: (a, b) => (shift(b) === undefined ? undefined : a << b),
  shr: (a, b) => (shift(b) === undefined ? undefined : a >> b),
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
  not: (a) => ~a,
  min: (a, b) => (a < b ? a : b),
  max: (a, b) => (a > b ? a : b),
};
const edges = [0, 1, -1, 2, 47, 48, 63, 2 ** 31, -(2 ** 31), 2 ** 47 - 1, -(2 ** 47), 2 ** 46, 12345678901];
const scalarNumber = (random: Random): number =>
  random.once(2)
    ? random.pick(edges)
    : wrapped(BigInt(random.below(2 ** 31)) * BigInt(random.below(2 ** 31)) - BigInt(random.below(2 ** 30)));

describe.each(Object.entries(scalar).filter(([name]) => name in integers) as unknown as [string, Instruction][])(
  '%s on registers',
  (name, row) => {
    test('is that of integers, in 48 bits', () => {
      const random = new Random(8, row.opcode);
      for (let number = 0; number < 400; number++) {
        const [a, b] = [scalarNumber(random), random.once(3) ? random.below(50) : scalarNumber(random)];
        const core = newCore();
        const expected = integers[name]?.(BigInt(a), BigInt(b));
        const run = (): void => row.execute(core, { dst: 5, a, b } as unknown as FieldValues);
        if (expected === undefined) {
          expect(run, `${name} ${a}, ${b}`).toThrow(/zero|shift/);
          continue;
        }
        run();
        expect(core.gpr[5], `${name} ${a}, ${b}`).toBe(wrapped(expected));
      }
    });
  },
);

test('every scalar instruction on two numbers has a meaning here', () => {
  const two = Object.entries(scalar).filter(([, row]) => 'a' in row.fields && 'b' in row.fields);
  expect(two.map(([name]) => name).filter((name) => !(name in integers))).toEqual([]);
});

test('comparisons of registers are those of numbers', () => {
  const meaning: Readonly<Record<string, (a: number, b: number) => boolean>> = {
    eq: (a, b) => a === b,
    ne: (a, b) => a !== b,
    lt: (a, b) => a < b,
    le: (a, b) => a <= b,
    gt: (a, b) => a > b,
    ge: (a, b) => a >= b,
  };
  const random = new Random(9, 1);
  for (const [name, row] of Object.entries(scalarComparison) as unknown as [string, Instruction][])
    for (let number = 0; number < 100; number++) {
      const [a, b] = [scalarNumber(random), scalarNumber(random)];
      const other = random.once(4) ? a : b;
      const core = newCore();
      row.execute(core, { dst: 3, a, b: other } as unknown as FieldValues);
      const key = Object.keys(meaning).find((one) => name.toLowerCase().includes(one)) ?? name;
      expect(core.predicates[3], `${name} ${a}, ${other}`).toBe(meaning[key]?.(a, other) ? 1 : 0);
    }
});

describe.each(['nram', 'gdram', 'ldram'] as const)('words of %s', (space) => {
  const rows = Object.values(scalarMemory) as unknown as Instruction[];
  const [load, store] = ['ld', 'st'].map((verb) =>
    rows.find(({ mnemonic }) => mnemonic === `${verb}.gpr.${space}`),
  ) as [Instruction, Instruction];
  test('are the low 32 bits of what was stored, with their sign', () => {
    const random = new Random(10, space.length);
    const core = newCore();
    for (let number = 0; number < 200; number++) {
      const [value, address] = [scalarNumber(random), 4 * random.below(64)];
      store.execute(core, { dst: address, value } as unknown as FieldValues);
      load.execute(core, { dst: 7, src: address } as unknown as FieldValues);
      expect(core.gpr[7], `${value}`).toBe(Number(BigInt.asIntN(32, BigInt(value))));
    }
  });
});

test('a constant goes to its register, and special registers tell where a core is', () => {
  const core = new Core(9, 2, newCore().memory, new CoreClock(mlu100, throughputOf(mlu100, 1)));
  core.clock.now = 77;
  for (const [from, value] of Object.entries({ taskid: 9, coreid: 9, clusterid: 2, cycle: 77 })) {
    (scalar.special as unknown as Instruction).execute(core, { dst: 3, from } as unknown as FieldValues);
    expect(core.gpr[3], from).toBe(value);
  }
  (scalar.move as unknown as Instruction).execute(core, { dst: 4, value: -5 } as unknown as FieldValues);
  expect([core.gpr[3], core.gpr[4]]).toEqual([77, -5]);
});
