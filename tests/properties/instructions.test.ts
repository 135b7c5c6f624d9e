/** What instructions touch, what scalar ones compute, and what the manual tells of all of them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Core } from '../../target-mlu/core.ts';
import type { FieldValues } from '../../target-mlu/field.ts';
import { regionsOf } from '../../target-mlu/check.ts';
import {
  CoreClock,
  families,
  type Field,
  type Instruction,
  isa,
  manual,
  manualEntry,
  mlu100,
  scalar,
  scalarComparison,
  type Space,
  throughputOf,
} from '../../target-mlu/index.ts';
import { Violation } from '../../target-mlu/fault.ts';
import { Memory } from '../../target-mlu/memory.ts';
import { type Region, regionEnd } from '../../target-mlu/region.ts';
import { Random } from '../../tools/check/random.ts';

const spaces: readonly Space[] = ['gdram', 'ldram', 'nram', 'wram'];
const room = 1 << 15;
const newCore = (): Core => {
  const memory = Object.fromEntries(spaces.map((space) => [space, new Memory(room, room, false)]));
  return new Core(0, 0, memory as Record<Space, Memory>, new CoreClock(mlu100, throughputOf(mlu100, 1)));
};

/** A value for a field that is no address; small ones come often. */
function drawField(field: Field, small: boolean, random: Random): unknown {
  if (field.kind === 'choice') return random.pick(field.values);
  if (field.kind === 'predicate') return random.below(8);
  if (field.kind !== 'operand') return random.below(64);
  if (field.space !== undefined) return 0;
  if (small) return field.minimum + field.multiple * random.below(4);
  if (field.signed) return random.below(41) - 20;
  const most = random.pick([1, 2, 3, 4, 8, 200]);
  return field.minimum + field.multiple * random.below(most);
}

/** Strides of parts of images and matrices, by name: the least that is legal, now and then one element more. */
const strides: Readonly<Record<string, (values: Record<string, number>, bytes: number) => number>> = {
  pixelstride: ({ cin = 0 }, bytes) => bytes * cin,
  rowstride: ({ pixelstride = 0, w = 0, k = 0 }, bytes) => pixelstride * w || bytes * k,
  kernelstride: ({ kh = 0, kw = 0, cin = 0, k = 0 }, bytes) => bytes * (kh * kw * cin || k),
};
function fitStrides(row: Instruction, values: Record<string, unknown>, random: Random): void {
  const bytes = row.mnemonic.endsWith('.i8') ? 1 : 2;
  if (!row.mnemonic.includes('.partial.')) return;
  for (const [name, least] of Object.entries(strides))
    if (name in row.fields)
      values[name] = least(values as Record<string, number>, bytes) + (random.once(3) ? 2 * bytes : 0);
}

/** Operands that the instruction accepts, with its regions one behind the other, the last at the end of its memory. */
function drawn(row: Instruction, random: Random): { values: FieldValues; regions: readonly Region[] } | undefined {
  const window = 'kernel' in row.fields;
  for (let attempt = 0; attempt < 400; attempt++) {
    const values = Object.fromEntries(
      Object.entries(row.fields).map(([name, field]) => [
        name,
        drawField(field, window && name !== 'position', random),
      ]),
    ) as Record<string, unknown>;
    fitStrides(row, values, random);
    if (row.verify?.(values as FieldValues) !== undefined) continue;
    const ends = new Map<Space, number>();
    const placed = regionsOf(row, values as FieldValues).map((region) => {
      const from = Math.ceil((ends.get(region.space) ?? 0) / 256) * 256;
      ends.set(region.space, from + regionEnd(region));
      return { ...region, address: from };
    });
    if ([...ends.values()].some((end) => end > room)) continue;
    for (const region of placed) {
      // What stands last in its space ends where the space does, as far as alignment lets it.
      const isLast = regionEnd(region) === ends.get(region.space);
      const shift = isLast ? Math.floor((room - regionEnd(region)) / 256) * 256 : 0;
      values[region.operand] = region.address + shift;
    }
    return { values: values as FieldValues, regions: regionsOf(row, values as FieldValues) };
  }
  return undefined;
}

/** Halves and singles that are numbers: everything that an instruction may read means something. */
function fill(core: Core, random: Random): void {
  const how = random.below(3);
  // Few different values make comparisons equal and conditions false; small integers of 64 bits are sums.
  const few = [0, 0, 0x3c00, 0xbc00];
  for (const space of spaces) {
    const { halves } = core.memory[space];
    for (let at = 0; at < halves.length; at++) {
      if (how === 0) halves[at] = random.pick(few);
      else if (how === 1) halves[at] = 0x3000 + random.below(0x1800) + 0x8000 * random.below(2);
      else if (at % 4 === 0) halves[at] = random.below(0x4000);
    }
  }
}
const bytesOf = (core: Core): ReadonlyMap<Space, Uint8Array> =>
  new Map(spaces.map((space) => [space, core.memory[space].bytes.slice()]));
/** The bytes of regions as places in their memory. */
function* placesOf(regions: readonly Region[]): Generator<readonly [Space, number]> {
  for (const { space, address, bytes, segments, stride } of regions)
    for (let segment = 0; segment < segments; segment++)
      for (let at = 0; at < bytes; at++) yield [space, address + segment * stride + at];
}
const masks = (regions: readonly Region[]): ReadonlyMap<Space, Uint8Array> => {
  const found = new Map(spaces.map((space) => [space, new Uint8Array(room)]));
  for (const [space, at] of placesOf(regions)) (found.get(space) as Uint8Array)[at] = 1;
  return found;
};
const lastByte = ({ space, ...region }: Region): readonly [Space, number] => [
  space,
  regionEnd({ space, ...region }) - 1,
];

/** What `run` gives; undefined when the machine refuses it. */
function attempted<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof Violation) return undefined;
    throw error;
  }
}

const touching = isa.filter((row) => row.touches !== undefined);
const cases = 16;

describe.each(touching.map((row) => [row.mnemonic, row] as const))('%s', (_, row) => {
  test('reads and writes what it says, all of it, and nothing else', () => {
    const random = new Random(7, row.opcode);
    /** Operands of which the last byte was seen to matter. */
    const [needed, matter] = [new Set<string>(), new Set<string>()];
    let ran = 0;
    for (let number = 0; number < cases; number++) {
      const one = drawn(row, random);
      if (!one) continue;
      const { values, regions } = one;
      const core = newCore();
      fill(core, random);
      const before = bytesOf(core);
      const run = (change: (core: Core) => void): ReadonlyMap<Space, Uint8Array> => {
        const other = newCore();
        for (const space of spaces) other.memory[space].bytes.set(before.get(space) as Uint8Array);
        change(other);
        row.execute(other, values);
        return new Map([...bytesOf(other)].concat([['gdram', other.memory.gdram.bytes.slice()]]));
      };
      const after = attempted(() => run(() => {}));
      // What it refuses by the values in memory is no case.
      if (!after) continue;
      ran++;
      const [reads, writes] = [regions.filter((region) => region.reads), regions.filter((region) => region.writes)];
      const [readable, writable] = [masks(reads), masks(writes)];
      // Nothing else is written.
      for (const space of spaces) {
        const [a, b, mine] = [before.get(space), after.get(space), writable.get(space)] as [
          Uint8Array,
          Uint8Array,
          Uint8Array,
        ];
        for (let at = 0; at < room; at++)
          if (a[at] !== b[at] && mine[at] === 0) throw new Error(`${space} byte ${at} is written`);
      }
      // Nothing else is read: other bytes around change nothing of what is written.
      const changed = run((other) => {
        for (const space of spaces) {
          const { bytes } = other.memory[space];
          const mine = readable.get(space) as Uint8Array;
          for (let at = 0; at < room; at++) if (mine[at] === 0) bytes[at] = (bytes[at] as number) ^ 0x15;
        }
      });
      for (const [space, at] of placesOf(writes))
        if (
          (after.get(space) as Uint8Array)[at] !== (changed.get(space) as Uint8Array)[at] &&
          (readable.get(space) as Uint8Array)[at] === 0
        )
          throw new Error(`${space} byte ${at} depends on what is not read`);
      // The last byte of everything matters in some case.
      for (const region of regions) {
        const [space, at] = lastByte(region);
        needed.add(region.operand);
        if (region.writes && !region.reads) {
          const poked = run((other) => {
            const { bytes } = other.memory[space];
            bytes[at] = ((bytes[at] as number) + 1) & 0xff;
          });
          if ((poked.get(space) as Uint8Array)[at] === (after.get(space) as Uint8Array)[at]) matter.add(region.operand);
        } else {
          if (matter.has(region.operand)) continue;
          for (const bits of [0xc4, 0x80, 0x3c]) {
            const poked = attempted(() =>
              run((other) => {
                const { bytes } = other.memory[space];
                bytes[at] = (bytes[at] as number) ^ bits;
              }),
            );
            // What is refused for its value has been read.
            const differs =
              !poked ||
              [...placesOf(writes)].some(
                ([s, place]) => (poked.get(s) as Uint8Array)[place] !== (after.get(s) as Uint8Array)[place],
              );
            if (differs || writes.length === 0) matter.add(region.operand);
          }
        }
      }
    }
    expect(ran).toBeGreaterThanOrEqual(cases / 4);
    expect([...matter].sort()).toEqual([...needed].sort());
  });
});

/** Strides that are long enough for everything. */
const roomy = { rowstride: 2 ** 20, kernelstride: 2 ** 20 };

/** The nearest operands that an instruction must refuse, and those beside them that it must not. */
const borders: readonly {
  readonly rows: RegExp;
  readonly refused: (values: Record<string, number>, bytes: number) => Record<string, number>;
  readonly accepted: (values: Record<string, number>, bytes: number) => Record<string, number>;
}[] = [
  {
    rows: /^(conv|.*pool)/,
    refused: ({ h = 0 }) => ({ ...roomy, kh: h + 1 }),
    accepted: ({ h = 0, w = 0 }) => ({ ...roomy, kh: h, kw: w }),
  },
  {
    rows: /^(conv|.*pool)/,
    refused: ({ w = 0 }) => ({ ...roomy, kw: w + 1 }),
    accepted: ({ w = 0 }) => ({ ...roomy, kw: w }),
  },
  { rows: /^(conv|mlp|finish)\.nram\.i/, refused: () => ({ position: 128 }), accepted: () => ({ position: 127 }) },
  { rows: /^(conv|mlp|finish)\.nram\.i/, refused: () => ({ position: -128 }), accepted: () => ({ position: -127 }) },
  { rows: /^cvt.*i(8|16)/, refused: () => ({ position: 128 }), accepted: () => ({ position: 127 }) },
  { rows: /^cvt.*i(8|16)/, refused: () => ({ position: -128 }), accepted: () => ({ position: -127 }) },
  { rows: /^reduce.*index/, refused: () => ({ count: 65600 }), accepted: () => ({ count: 65536 }) },
  { rows: /\.cycle\./, refused: () => ({ count: 192, period: 128 }), accepted: () => ({ count: 256, period: 128 }) },
  { rows: /^finish\.nram\.f16/, refused: () => ({ position: 1 }), accepted: () => ({ position: 0 }) },
  {
    rows: /\.stride\./,
    refused: ({ bytes = 0 }) => ({ further: 1, dststride: bytes - 1 }),
    accepted: ({ bytes = 0 }) => ({ further: 1, dststride: bytes }),
  },
  {
    rows: /\.stride\./,
    refused: ({ bytes = 0 }) => ({ further: 2, dststride: bytes - 1 }),
    accepted: () => ({ further: 0, dststride: 0 }),
  },
  ...Object.entries(strides).map(([name, least]) => ({
    rows: name === 'pixelstride' ? /^conv\.partial/ : /\.partial\./,
    refused: (values: Record<string, number>, bytes: number) => ({ [name]: least(values, bytes) - bytes }),
    accepted: (values: Record<string, number>, bytes: number) => ({ [name]: least(values, bytes) }),
  })),
  ...Object.entries(strides).map(([name, least]) => ({
    rows: name === 'pixelstride' ? /^conv\.partial.*16$/ : /\.partial\..*16$/,
    refused: (values: Record<string, number>, bytes: number) => ({ ...roomy, [name]: least(values, bytes) + 1 }),
    accepted: (values: Record<string, number>, bytes: number) => ({ ...roomy, [name]: least(values, bytes) + bytes }),
  })),
];

describe.each(borders.map((border, number) => [number, border] as const))('border %i', (_, border) => {
  const rows = isa.filter((row) => border.rows.test(row.mnemonic));
  test.each(rows.map((row) => [row.mnemonic, row] as const))('%s', (name, row) => {
    const bytes = name.endsWith('.i8') ? 1 : 2;
    const random = new Random(13, row.opcode);
    for (let number = 0; number < 20; number++) {
      const one = drawn(row, random);
      if (!one) continue;
      const values = { ...one.values } as unknown as Record<string, number>;
      // Without gaps, so that what is next is wrong.
      if (name.includes('.partial.'))
        for (const [stride, least] of Object.entries(strides))
          if (stride in row.fields) values[stride] = least(values, bytes);
      const verify = (changes: Record<string, number>): string | undefined =>
        row.verify?.({ ...values, ...changes } as unknown as FieldValues);
      expect(verify({})).toBeUndefined();
      expect(verify(border.accepted(values, bytes)), JSON.stringify(values)).toBeUndefined();
      expect(verify(border.refused(values, bytes)), JSON.stringify(values)).toMatch(/expected|larger/);
    }
  });
});

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

test('the manual is that of the instructions as they are', () => {
  const file = new URL('../../docs/isa.md', import.meta.url);
  if (process.env['PALEO_BLESS'] === '1') writeFileSync(file, manual(families));
  const text = readFileSync(file, 'utf8');
  for (const row of isa) expect(text).toContain(manualEntry(row));
  expect(text.match(/^### /gm)).toHaveLength(isa.length);
});
