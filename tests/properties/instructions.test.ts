/** Instructions read and write what they say, all of it and nothing else; and the manual tells of all of them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Core } from '../../target-mlu/core.ts';
import { Violation } from '../../target-mlu/fault.ts';
import { families, isa, manual, manualEntry, type Space } from '../../target-mlu/index.ts';
import { type Region, regionEnd } from '../../target-mlu/region.ts';
import { Random } from '../../tools/check/random.ts';
import { drawn, newCore, room, spaces, touching } from './draw-instruction.ts';

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

test('the manual is that of the instructions as they are', () => {
  const file = new URL('../../docs/isa.md', import.meta.url);
  if (process.env['PALEO_BLESS'] === '1') writeFileSync(file, manual(families));
  const text = readFileSync(file, 'utf8');
  for (const row of isa) expect(text).toContain(manualEntry(row));
  expect(text.match(/^### /gm)).toHaveLength(isa.length);
});
