/** The hardware level computes what the tensor operations mean, bit for bit, under every tiling. */
import { describe, test } from 'vitest';
import { mlu100 } from '../../target-mlu/index.ts';
import { checkHardwareLowering, machineOps } from '../../tools/check/lowerings.ts';

describe('tensorop-to-mlu', () => {
  for (const op of machineOps) test(op.opName, () => checkHardwareLowering(op, mlu100, { cases: 60 }));
  test('small programs', () => checkHardwareLowering(machineOps, mlu100));
});
