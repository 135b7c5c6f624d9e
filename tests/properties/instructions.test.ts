/** Instructions read and write what they say, all of it and nothing else; and the manual tells of all of them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Core } from '../../target-mlu/core.ts';
import { Violation } from '../../target-mlu/fault.ts';
import { families, isa, manual, manualEntry, type Space } from '../../target-mlu/index.ts';
import { type Region, regionEnd } from '../../target-mlu/region.ts';
import { Random } from '../../tools/check/random.ts';
import { drawn, newCore, roomOf, spaces, touching } from './draw-instruction.ts';

/**
 * Memory in which every half means something: few different values make comparisons equal and conditions false; numbers of
 * both signs; small integers of 64 bits, which are sums.
 */
const contents: readonly Uint16Array[] = (() => {
  const random = new Random(5, 0);
  const halves = (make: (at: number) => number): Uint16Array =>
    Uint16Array.from({ length: 1 << 15 }, (_, at) => make(at));
  return [
    halves(() => random.pick([0, 0, 0x3c00, 0xbc00])),
    halves(() => 0x3000 + random.below(0x1800) + 0x8000 * random.below(2)),
    halves((at) => (at % 4 === 0 ? random.below(0x4000) : 0)),
  ];
})();
function fill(core: Core, random: Random): void {
  const all = random.pick(contents);
  for (const space of spaces) {
    const { halves } = core.memory[space];
    const from = 4 * random.below((all.length - halves.length) / 4);
    halves.set(all.subarray(from, from + halves.length));
  }
}
const bytesOf = (core: Core): Bytes => new Map(spaces.map((space) => [space, core.memory[space].bytes.slice()]));
type Bytes = ReadonlyMap<Space, Uint8Array>;
/** 1 at every byte of some regions. */
function masks(regions: readonly Region[]): Bytes {
  const found = new Map(spaces.map((space) => [space, new Uint8Array(1 << 15)]));
  for (const { space, address, bytes, segments, stride } of regions)
    for (let segment = 0; segment < segments; segment++) {
      const from = address + segment * stride;
      (found.get(space) as Uint8Array).fill(1, from, from + bytes);
    }
  return found;
}
/** The first byte in which two memories differ, of those for which `isAsked`. */
function difference(one: Bytes, other: Bytes, isAsked: (space: Space, at: number) => boolean): string | undefined {
  for (const space of spaces) {
    const [a, b] = [one.get(space), other.get(space)] as [Uint8Array, Uint8Array];
    if (Buffer.compare(a, b) === 0) continue;
    for (let at = 0; at < a.length; at++) if (a[at] !== b[at] && isAsked(space, at)) return `${space} byte ${at}`;
  }
  return undefined;
}

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
    const room = roomOf(row);
    /** Operands of which the last byte was seen to matter. */
    const [needed, matter] = [new Set<string>(), new Set<string>()];
    let ran = 0;
    for (let number = 0; number < cases; number++) {
      const one = drawn(row, random);
      if (!one) continue;
      const { values, regions } = one;
      const core = newCore(room);
      fill(core, random);
      const before = bytesOf(core);
      const run = (change: (core: Core) => void): Bytes => {
        const other = newCore(room);
        for (const space of spaces) other.memory[space].bytes.set(before.get(space) as Uint8Array);
        change(other);
        row.execute(other, values);
        return bytesOf(other);
      };
      const after = attempted(() => run(() => {}));
      // What it refuses by the values in memory is no case.
      if (!after) continue;
      ran++;
      const [reads, writes] = [regions.filter((region) => region.reads), regions.filter((region) => region.writes)];
      const [readable, writable] = [masks(reads), masks(writes)];
      const isIn =
        (mask: Bytes) =>
        (space: Space, at: number): boolean =>
          (mask.get(space) as Uint8Array)[at] === 1;
      const [isRead, isWritten] = [isIn(readable), isIn(writable)];
      const elsewhere = difference(before, after, (space, at) => !isWritten(space, at));
      if (elsewhere) throw new Error(`${elsewhere} is written`);
      // Nothing else is read: other bytes around change nothing of what is written.
      const changed = run((other) => {
        for (const space of spaces) {
          const { bytes } = other.memory[space];
          const mine = readable.get(space) as Uint8Array;
          for (let at = 0; at < room; at++) if (mine[at] === 0) bytes[at] = (bytes[at] as number) ^ 0x15;
        }
      });
      const depending = difference(after, changed, (space, at) => isWritten(space, at) && !isRead(space, at));
      if (depending) throw new Error(`${depending} depends on what is not read`);
      // The last byte of everything matters in some case.
      for (const region of regions) {
        const { space } = region;
        const at = regionEnd(region) - 1;
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
            const differs = !poked || difference(poked, after, isWritten) !== undefined;
            if (differs || writes.length === 0) matter.add(region.operand);
          }
        }
      }
    }
    expect(ran).toBeGreaterThan(cases / 6);
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
