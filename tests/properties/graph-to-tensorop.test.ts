/** Tensor operations compute what the layers mean, bit for bit. */
import { describe, test } from 'vitest';
import { graphToTensorop } from '../../lowering/graph-to-tensorop/index.ts';
import { checkGraphLowering, layerOps } from '../../tools/check/lowerings.ts';

describe('graph-to-tensorop', () => {
  for (const op of layerOps) test(op.opName, () => checkGraphLowering(op, graphToTensorop));
  test('small programs', () => checkGraphLowering(layerOps, graphToTensorop, { cases: 200 }));
});
