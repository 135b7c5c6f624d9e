/** The machine does what the hardware level says, for every tensor operation under every tiling. */
import { describe, test } from 'vitest';
import { mlu100 } from '../../target-mlu/index.ts';
import { checkMachineLowering, machineOps } from '../../tools/check/lowerings.ts';

describe('mlu-to-machine', () => {
  for (const op of machineOps) test(op.opName, () => checkMachineLowering(op, mlu100, { cases: 10 }));
  test('small programs', () => checkMachineLowering(machineOps, mlu100, { cases: 25 }));
});
