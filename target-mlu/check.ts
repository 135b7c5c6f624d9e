/** The checks before an instruction runs: operand ranges, bounds, alignment, written memory, memory in flight. */
import type { Core } from './core.ts';
import type { CheckedOperand, Decoded } from './decoded.ts';
import type { Fields, FieldValues, OperandField } from './field.ts';
import { Violation } from './fault.ts';
import type { Instruction } from './instruction.ts';
import type { Machine } from './machine.ts';
import { type Extent, type Region, regionEnd, sharedByte } from './region.ts';

const none: readonly CheckedOperand[] = [];
const noRegions: readonly Region[] = [];

function checkOperand({ name, field }: CheckedOperand, value: number): void {
  const { doc, minimum, multiple } = field;
  if (value < minimum) throw new Violation(`'${name}' (${doc}) is ${value}, expected at least ${minimum}`);
  if (value % multiple !== 0) throw new Violation(`'${name}' (${doc}) is ${value}, expected a multiple of ${multiple}`);
}

/** Checks the operand values and returns the memory that the instruction touches; throws a Violation. */
export function checkedRegions(instruction: Decoded): readonly Region[] {
  const { row, values, variable, constant } = instruction;
  if (instruction.regions !== undefined) return instruction.regions;
  const numbers = values as unknown as Readonly<Record<string, number>>;
  for (const operand of variable) checkOperand(operand, numbers[operand.name] as number);
  for (const operand of constant) checkOperand(operand, numbers[operand.name] as number);
  instruction.constant = none;
  const wrong = row.verify?.(values);
  if (wrong !== undefined) throw new Violation(wrong);
  const regions = row.touches === undefined ? noRegions : regionsOf(row, values);
  if (instruction.registers.length === 0) instruction.regions = regions;
  return regions;
}

/** The memory that an instruction touches with these operand values. */
export function regionsOf(row: Instruction, values: FieldValues): readonly Region[] {
  const extents: Partial<Record<string, Extent>> = row.touches?.(values) ?? {};
  const regions: Region[] = [];
  for (const operand in extents) {
    const { bytes, segments = 1, stride = 0, direction } = extents[operand] as Extent;
    const field = (row.fields as Fields)[operand] as OperandField;
    const towards = direction ?? field.direction;
    regions.push({
      space: field.space ?? 'nram',
      operand,
      address: values[operand] as unknown as number,
      bytes,
      segments,
      stride,
      reads: towards !== 'write',
      writes: towards !== 'read',
    });
  }
  return regions;
}

/** The alignment in bytes of an address in `region`'s space for an instruction on `row`'s pipe. */
function alignmentOf(row: Instruction, region: Region, machine: Machine): number {
  if (row.pipe === 'alu') return region.bytes;
  // The DMA engines take any byte on the neuron memory's side; the vector and tensor units do not.
  if (region.space === 'nram' && (row.pipe === 'io' || row.pipe === 'move')) return 1;
  return machine.alignment[region.space];
}

function checkPlace(row: Instruction, region: Region, core: Core, machine: Machine): void {
  const { space, operand, address } = region;
  const memory = core.memory[space];
  const end = regionEnd(region);
  if (address < 0 || end > memory.limit) {
    throw new Violation(
      `'${operand}' touches ${space} bytes ${address}..${end - 1}, outside its ${memory.limit} bytes`,
      space,
      address,
    );
  }
  const unit = alignmentOf(row, region, machine);
  if (address % unit !== 0) {
    throw new Violation(`'${operand}' is ${space} address ${address}, expected a multiple of ${unit}`, space, address);
  }
  if (region.segments > 1 && region.stride % unit !== 0) {
    throw new Violation(
      `the stride of '${operand}' in ${space} is ${region.stride}, expected a multiple of ${unit}`,
      space,
      address,
    );
  }
}

function checkWritten(region: Region, core: Core): void {
  const memory = core.memory[region.space];
  if (memory.written === undefined) return;
  for (let i = 0; i < region.segments; i++) {
    const start = region.address + i * region.stride;
    const beyond = Math.max(start, memory.bytes.length);
    const at = memory.firstUnwritten(start, region.bytes) ?? (beyond < start + region.bytes ? beyond : undefined);
    if (at !== undefined) {
      throw new Violation(
        `'${region.operand}' reads ${region.space} byte ${at}, which was never written`,
        region.space,
        at,
      );
    }
  }
}

function checkOverlap(row: Instruction, regions: readonly Region[]): void {
  for (const written of regions) {
    if (!written.writes) continue;
    for (const other of regions) {
      if (other === written) continue;
      const at = sharedByte(written, other);
      if (at === undefined) continue;
      const same =
        other.address === written.address && other.bytes === written.bytes && other.segments === written.segments;
      if (same && row.inPlace?.includes(other.operand as never)) continue;
      throw new Violation(
        `'${written.operand}' and '${other.operand}' share ${written.space} byte ${at}, expected disjoint memory`,
        written.space,
        at,
      );
    }
  }
}

/** Checks `regions` and notes them as in flight and written; throws a Violation. */
export function checkRegions(row: Instruction, regions: readonly Region[], core: Core, machine: Machine): void {
  for (const region of regions) {
    checkPlace(row, region, core, machine);
    const clash = core.pending.clash(row.pipe, region);
    if (clash !== undefined) {
      const verb = clash.earlier.writes ? 'writes' : 'reads';
      throw new Violation(
        `'${region.operand}' touches ${region.space} byte ${clash.address}, which an instruction in flight on the ` +
          `${clash.pipe} pipe ${verb} as '${clash.earlier.operand}'; a sync must stand between them`,
        region.space,
        clash.address,
      );
    }
    if (region.reads) checkWritten(region, core);
  }
  if (regions.length > 1) checkOverlap(row, regions);
  for (const region of regions) {
    core.pending.add(row.pipe, region);
    const memory = core.memory[region.space];
    memory.grow(regionEnd(region));
    if (region.writes) {
      for (let i = 0; i < region.segments; i++) memory.mark(region.address + i * region.stride, region.bytes);
    }
  }
}
