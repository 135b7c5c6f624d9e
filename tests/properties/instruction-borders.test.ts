/** What instructions refuse and accept at the borders of their operands, and how long they take. */
import { describe, expect, test } from 'vitest';
import type { FieldValues } from '../../target-mlu/field.ts';
import { type Instruction, isa, mlu100, type Throughput, throughputOf } from '../../target-mlu/index.ts';
import type { Region } from '../../target-mlu/region.ts';
import { Random } from '../../tools/check/random.ts';
import { drawn, strides, touching } from './draw-instruction.ts';

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

const windows = (extent: number, kernel: number, step: number): number => Math.floor((extent - kernel) / step) + 1;
/** What an instruction has to do, and who does it: bytes of its largest operand, or multiplications. */
function work(row: Instruction, v: Record<string, number>, regions: readonly Region[]): readonly [string, number] {
  const { mnemonic, pipe } = row;
  const type = ({ f16: 'half', i8: 'int8', i16: 'int16' } as Record<string, string>)[
    mnemonic.split('.').at(-1) as string
  ];
  const { h = 0, w = 0, kh = 0, kw = 0, sx = 1, sy = 1, m = 0, k = 0, n = 0, c = 0, cin = 0, cout = 0 } = v;
  const places = kh > 0 ? windows(h, kh, sy) * windows(w, kw, sx) * kh * kw : 0;
  if (mnemonic.startsWith('conv')) return [`tensor ${type}`, places * cin * cout];
  if (mnemonic.startsWith('mlp')) return [`tensor ${type}`, m * k * n];
  if (mnemonic.includes('pool')) return ['vector', 2 * places * c];
  if (/^(ld|st)\.gpr\.nram/.test(mnemonic)) return ['nothing', 0];
  const bytes = Math.max(...regions.map((region) => region.bytes * region.segments));
  const unit = mnemonic.startsWith('finish') ? 'vector' : ({ io: 'dram', alu: 'dram' } as Record<string, string>)[pipe];
  return [unit ?? pipe, bytes];
}
test.each(touching.map((row) => [row.mnemonic, row] as const))('%s takes as long as what it does', (_, row) => {
  const random = new Random(17, row.opcode);
  let ran = 0;
  for (let number = 0; number < 20; number++) {
    const one = drawn(row, random);
    if (!one) continue;
    ran++;
    const asked: [string, number][] = [];
    const note =
      (unit: string) =>
      (amount: number): number => {
        asked.push([unit, amount]);
        return 7;
      };
    const tensor = (kind: string, macs: number): number => note(`tensor ${kind}`)(macs);
    const throughput = { vector: note('vector'), dram: note('dram'), move: note('move'), tensor };
    const cycles = row.cycles(throughput as unknown as Throughput, one.values);
    const [unit, amount] = work(row, one.values as unknown as Record<string, number>, one.regions);
    expect([asked, cycles]).toEqual(unit === 'nothing' ? [[], 0] : [[[unit, amount]], 7]);
  }
  expect(ran).toBeGreaterThan(4);
});

test('a unit does so much in a cycle, and a channel is shared', () => {
  const shared = throughputOf(mlu100, 4);
  // The vector unit and the moves take 128 bytes a cycle, the tensor unit 256 products of halves, a channel 25.6 bytes.
  expect([1, 128, 129, 1280].map((bytes) => shared.vector(bytes))).toEqual([1, 1, 2, 10]);
  expect([1, 128, 129, 1280].map((bytes) => shared.move(bytes))).toEqual([1, 1, 2, 10]);
  expect((['half', 'int8', 'int16'] as const).map((kind) => shared.tensor(kind, 5120))).toEqual([20, 10, 20]);
  expect([1, 2, 8].map((sharers) => throughputOf(mlu100, sharers).dram(256))).toEqual([10, 20, 80]);
  expect(throughputOf(mlu100, 0).dram(257)).toBe(11);
});
