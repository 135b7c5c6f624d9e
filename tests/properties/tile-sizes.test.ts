/**
 * What tiles take of the memories inside is what the lowering says that they take: a program that does not fit does with as
 * many bytes as it asks for and uses all of them, and one that fits is the same with no more memory than it uses.
 */
import { describe, expect, test } from 'vitest';
import { byteSize, mlu } from '../../dialects/mlu/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import { DiagnosticError, type MemRefType, type Operation, spaceOf, stringAttribute } from '../../ir/index.ts';
import { printOperation } from '../../ir/text/index.ts';
import { corePrograms } from '../../lowering/plan-memory.ts';
import type { TilingKnobs } from '../../lowering/tensorop-to-mlu/index.ts';
import { machineVariant, mlu100 } from '../../target-mlu/index.ts';
import { Choices, Discarded } from '../../tools/check/choices.ts';
import { atHardware } from '../../tools/check/levels.ts';
import { drawingForMachine, machineOps } from '../../tools/check/lowerings.ts';
import { drawOperation } from '../../tools/check/program.ts';
import { Random } from '../../tools/check/random.ts';
import { drawContraction } from './draw-contraction.ts';

type Memory = { readonly nram: number; readonly wram: number };
const large: Memory = { nram: mlu100.memory.nram, wram: mlu100.memory.wram };

function usedBytes(module: Operation, space: 'nram' | 'wram'): number {
  let end = 0;
  module.walk((operation) => {
    const block = operation.as(mlu.ops.alloc);
    const type = operation.resultCount === 1 ? operation.result().type : undefined;
    if (block && spaceOf(type as MemRefType) === space)
      end = Math.max(end, (block.address as number) + byteSize(type as MemRefType));
  });
  return end;
}
/** The bytes that it takes more of one memory, when a program does not fit. */
function asked(error: unknown): { readonly space: 'nram' | 'wram'; readonly bytes: number } {
  const [, bytes, space] = /op needs (\d+) bytes of (nram|wram) for/.exec((error as Error).message) ?? [];
  if (!(error instanceof DiagnosticError) || bytes === undefined) throw error;
  return { space: space as 'nram' | 'wram', bytes: Number(bytes) };
}

/** The program on the smallest machine that takes it, found by giving what it asks for. */
function smallest(module: Operation, settings: Partial<TilingKnobs>): readonly [Operation, Memory, number] {
  let memory: Memory = { nram: 128, wram: 64 };
  for (let tries = 0; tries < 50; tries++) {
    try {
      return [atHardware(module, machineVariant(mlu100, { memory }), settings), memory, tries];
    } catch (error) {
      const { space, bytes } = asked(error);
      expect(bytes).toBeGreaterThan(memory[space]);
      memory = { ...memory, [space]: bytes };
    }
  }
  throw new Error(`a program has no end of asking, at ${JSON.stringify(memory)}`);
}

/** What is moved as a whole is not cut into tiles. */
const tiled = machineOps.filter(
  ({ opName }) => !/^tensorop\.(transpose|reshape|broadcast|pad|slice|concat)$/.test(opName),
);
const settingsOf = (random: Random): Partial<TilingKnobs> => ({
  cores: random.pick([1, 1, 2, 4]),
  convolution: random.pick(['auto', 'direct', 'im2col'] as const),
});

describe('a program that asks for memory fits into what it asks for, and uses it', () => {
  test.each(tiled.map((op) => [op.opName, op] as const))('%s', (_, op) => {
    let asking = 0;
    for (let number = 0; asking < 25; number++) {
      const random = new Random(83, number);
      try {
        const choices = new Choices(Array.from({ length: 64 }, () => random.below(0x10000)));
        const { module } = drawOperation(tensorop, op, choices, drawingForMachine);
        module.walk((one) => {
          if (one.is(tensorop.ops.depthwiseConv2d)) one.setAttribute('accumulator', stringAttribute('f16'));
        });
        const [hardware, memory, tries] = smallest(module, { ...settingsOf(random), tileRows: random.below(2) });
        // The last block may end before the next could begin.
        const used = 128 * Math.ceil(usedBytes(hardware, 'nram') / 128);
        if (tries > 0) expect(used, printOperation(module)).toBe(memory.nram);
        asking++;
      } catch (error) {
        if (!(error instanceof Discarded)) throw error;
      }
    }
  });

  test('contractions and windows of many channels', () => {
    for (let number = 0; number < 60; number++) {
      const random = new Random(89, number);
      const { module, text } = drawContraction(random);
      if (text.includes('return %y, ')) continue;
      const [hardware, memory] = smallest(module, { ...settingsOf(random), tileRows: 1, tileChannels: 64 });
      expect([usedBytes(hardware, 'nram'), usedBytes(hardware, 'wram')], text).toEqual([
        memory.nram,
        memory.wram === 64 ? 0 : memory.wram,
      ]);
    }
  });
});

test('no core uses more memory than the first, which has the largest share', () => {
  let shared = 0;
  for (let number = 0; number < 60; number++) {
    const random = new Random(101, number);
    const { module, text } = drawContraction(random);
    // What is returned as it is, is moved by the first core alone.
    if (text.includes('return %y, ')) continue;
    const hardware = atHardware(module, mlu100, { ...settingsOf(random), cores: random.pick([2, 4, 8]) });
    const [first, ...others] = corePrograms(hardware).map((core) => usedBytes(core, 'nram'));
    for (const used of others) expect(used, text).toBeLessThanOrEqual(first as number);
    if (others.some((used) => used > 0)) shared++;
  }
  expect(shared).toBeGreaterThan(20);
});

test('a program is the same with no more memory than it uses', () => {
  let limited = 0;
  for (let number = 0; number < 120; number++) {
    const random = new Random(97, number);
    const { module, text } = drawContraction(random);
    // How many rows of a matrix are turned at once depends on the memory there is.
    if (text.includes('return %y, ') || (text.includes('matmul') && text.includes('%w: '))) continue;
    const settings = settingsOf(random);
    const most = usedBytes(atHardware(module, mlu100, settings), 'nram');
    const little = { ...large, nram: Math.floor((most * (40 + random.below(60))) / 100) };
    let hardware: Operation;
    try {
      hardware = atHardware(module, machineVariant(mlu100, { memory: little }), settings);
    } catch (error) {
      asked(error);
      continue;
    }
    limited++;
    const nram = usedBytes(hardware, 'nram');
    const again = atHardware(module, machineVariant(mlu100, { memory: { ...large, nram } }), settings);
    expect(printOperation(again), text).toBe(printOperation(hardware));
  }
  expect(limited).toBeGreaterThan(30);
});
