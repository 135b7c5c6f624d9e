/** Blocks lie as low as they can and apart from what lives beside them; syncs stand where they are needed, and only there. */
import { expect, test } from 'vitest';
import { byteSize, mlu } from '../../dialects/mlu/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import { type MemRefType, type Operation, spaceOf, stringAttribute, type Value } from '../../ir/index.ts';
import { printOperation } from '../../ir/text/index.ts';
import { corePrograms } from '../../lowering/plan-memory.ts';
import { tilingKnobs } from '../../lowering/tensorop-to-mlu/index.ts';
import { machineVariant, mlu100 } from '../../target-mlu/index.ts';
import { fromChoices } from '../../tools/check/choices.ts';
import { drawSettings } from '../../tools/check/knobs.ts';
import { atHardware } from '../../tools/check/levels.ts';
import { drawingForMachine, machineOps } from '../../tools/check/lowerings.ts';
import { caseText, drawProgram } from '../../tools/check/program.ts';
import { checkProperty, told } from '../../tools/check/property.ts';

const machine = machineVariant(mlu100, { memory: { nram: 2 ** 17, wram: 2 ** 17 } });

/** Programs of the hardware level, planned and with syncs. */
const hardware = fromChoices((draw) => {
  const { module, inputs } = drawProgram(tensorop, machineOps, draw, { ...drawingForMachine, extent: 4 });
  module.walk((operation) => {
    if (operation.is(tensorop.ops.depthwiseConv2d)) operation.setAttribute('accumulator', stringAttribute('f16'));
  });
  const settings = drawSettings(tilingKnobs, draw);
  return told({ module, inputs, settings }, caseText);
});

const topLevel = (func: Operation, operation: Operation): Operation => {
  let at = operation;
  while (at.parentOperation && at.parentOperation !== func) at = at.parentOperation;
  return at;
};
/** What owns the memory of a value. */
function rootOf(value: Value): Operation | undefined {
  const { owner } = value;
  if (!owner || owner.is(mlu.ops.alloc) || owner.is(mlu.ops.getBuffer)) return owner;
  return owner.operandCount > 0 ? rootOf(owner.operand(0)) : undefined;
}

interface Block {
  readonly operation: Operation;
  readonly space: string;
  readonly from: number;
  readonly to: number;
  /** Where it begins and ends to be needed, in operations of the core program. */
  readonly first: number;
  readonly last: number;
}
function blocksOf(func: Operation): readonly Block[] {
  const order = [...(func.region().entry?.operations ?? [])];
  const uses = new Map<Operation, number[]>();
  func.walk((operation) => {
    for (const value of operation.operands) {
      const root = value.type.kind === 'memref' ? rootOf(value) : undefined;
      if (root) uses.set(root, [...(uses.get(root) ?? []), order.indexOf(topLevel(func, operation))]);
    }
  });
  const blocks: Block[] = [];
  func.walk((operation) => {
    if (!operation.is(mlu.ops.alloc)) return;
    const type = operation.result().type as MemRefType;
    const first = order.indexOf(topLevel(func, operation));
    const from = operation.as(mlu.ops.alloc)?.address as number;
    const last = Math.max(first, ...(uses.get(operation) ?? []));
    blocks.push({ operation, space: spaceOf(type), from, to: from + byteSize(type), first, last });
  });
  return blocks;
}
const roundUp = (x: number, unit: number): number => Math.ceil(x / unit) * unit;

test('blocks that live side by side lie apart, each as low as it can', () => {
  let beside = 0;
  checkProperty(
    hardware,
    ({ module, settings }) => {
      for (const func of corePrograms(atHardware(module, machine, settings))) {
        const blocks = blocksOf(func);
        for (const [at, block] of blocks.entries()) {
          const unit = machine.alignment[block.space as 'nram'];
          const busy = blocks.filter(
            (other, place) => place < at && other.space === block.space && other.last >= block.first,
          );
          const isFree = (from: number): boolean =>
            busy.every((other) => from >= other.to || from + block.to - block.from <= other.from);
          expect(isFree(block.from)).toBe(true);
          expect(block.from % unit).toBe(0);
          const lower = [0, ...busy.map(({ to }) => roundUp(to, unit))].filter((from) => from < block.from);
          expect(lower.filter(isFree)).toEqual([]);
          beside += busy.length;
        }
      }
    },
    { cases: 30 },
  );
  expect(beside).toBeGreaterThan(50);
});

/** The unit that does an operation. */
function unitOf(operation: Operation): string | undefined {
  const spaces = operation.operands.flatMap(({ type }) => (type.kind === 'memref' ? [spaceOf(type)] : []));
  if (operation.is(mlu.ops.copy)) return spaces.some((space) => space.endsWith('dram')) ? 'io' : 'move';
  if (operation.is(mlu.ops.conv) || operation.is(mlu.ops.mlp)) return 'tensor';
  return operation.resultCount === 0 && spaces.length > 0 ? 'vector' : undefined;
}
const waits = (operation: Operation | undefined): boolean =>
  operation !== undefined && (operation.is(mlu.ops.sync) || operation.is(mlu.ops.barrier));

test('a sync stands between two units that use the same memory, and never beside another', () => {
  let syncs = 0;
  checkProperty(
    hardware,
    ({ module, settings }) => {
      for (const func of corePrograms(atHardware(module, machine, settings))) {
        const rootsOf = (operation: Operation): readonly string[] =>
          operation.operands.flatMap((value) => {
            const root = value.type.kind === 'memref' ? rootOf(value) : undefined;
            if (root?.is(mlu.ops.getBuffer)) return [`${root.as(mlu.ops.getBuffer)?.buffer}`];
            const block = root && blocks.find(({ operation: of }) => of === root);
            return block ? blocks.filter((other) => shares(block, other)).map(({ operation: of }) => `${of.id}`) : [];
          });
        const blocks = blocksOf(func);
        const shares = (a: Block, b: Block): boolean => a.space === b.space && a.from < b.to && b.from < a.to;
        const all: Operation[] = [];
        func.walk((operation) => {
          if (unitOf(operation)) all.push(operation);
        });
        func.walk((operation) => {
          if (!operation.is(mlu.ops.sync)) return;
          syncs++;
          const { next, previous } = operation;
          expect([waits(next), waits(previous)]).toEqual([false, false]);
          const unit = next && unitOf(next);
          if (!next || !unit) throw new Error(`a sync stands before what no unit does\n${printOperation(func)}`);
          const mine = new Set(rootsOf(next));
          const others = all.filter((other) => unitOf(other) !== unit && rootsOf(other).some((root) => mine.has(root)));
          expect(others.length, printOperation(func)).toBeGreaterThan(0);
        });
      }
    },
    { cases: 20 },
  );
  expect(syncs).toBeGreaterThan(100);
});
