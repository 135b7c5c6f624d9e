/** Operands of instructions at random, with their memory one behind the other. */
import { regionsOf } from '../../target-mlu/check.ts';
import { Core } from '../../target-mlu/core.ts';
import type { FieldValues } from '../../target-mlu/field.ts';
import {
  CoreClock,
  type Field,
  type Instruction,
  isa,
  mlu100,
  type Space,
  throughputOf,
} from '../../target-mlu/index.ts';
import { Memory } from '../../target-mlu/memory.ts';
import { type Region, regionEnd } from '../../target-mlu/region.ts';
import type { Random } from '../../tools/check/random.ts';

/** The spaces of a core. */
export const spaces: readonly Space[] = ['gdram', 'ldram', 'nram', 'wram'];
/** Bytes of each space for an instruction: little, but products of two extents that are groups take more. */
export const roomOf = ({ fields }: Instruction): number =>
  Object.values(fields).filter((field) => field.kind === 'operand' && field.multiple > 1).length > 1
    ? 1 << 15
    : 1 << 13;
/** A core with little memory, in which nothing is watched. */
export const newCore = (room = 1 << 13): Core => {
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
export const strides: Readonly<Record<string, (values: Record<string, number>, bytes: number) => number>> = {
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
export function drawn(
  row: Instruction,
  random: Random,
): { values: FieldValues; regions: readonly Region[] } | undefined {
  const window = 'kernel' in row.fields;
  const room = roomOf(row);
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

/** The instructions that touch memory. */
export const touching = isa.filter((row) => row.touches !== undefined);
