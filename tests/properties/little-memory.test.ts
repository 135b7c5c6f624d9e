/** Tiles are as large as the memory, not as that of one machine: what is compiled for little memory is right as well. */
import { expect, test } from 'vitest';
import { machineVariant, mlu100 } from '../../target-mlu/index.ts';
import { checkLittleMemory, machineOps } from '../../tools/check/lowerings.ts';

/** Contractions need room for 64 output channels at least, others do with less. */
const machines = [
  { nram: 2 ** 11, wram: 2 ** 13 },
  { nram: 2 ** 13, wram: 2 ** 14 },
  { nram: 2 ** 15, wram: 2 ** 13 },
  { nram: 2 ** 16, wram: 2 ** 16 },
].map((memory) => machineVariant(mlu100, { memory }));

test.each(machineOps.map((op) => [op.opName, op] as const))('%s', (_, op) => {
  const found = machines.map((machine) => checkLittleMemory(op, machine, { cases: 10 }));
  const all = found.reduce((sum, { compiled }) => sum + compiled, 0);
  expect(all).toBeGreaterThanOrEqual(10);
});
