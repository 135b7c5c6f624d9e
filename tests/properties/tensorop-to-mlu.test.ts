/** The hardware level computes what the tensor operations mean, bit for bit, under every tiling. */
import { describe, test } from 'vitest';
import { tensorop } from '../../dialects/tensorop/index.ts';
import { type AnyOp, f16 } from '../../ir/index.ts';
import { tilingKnobs } from '../../lowering/tensorop-to-mlu/index.ts';
import { mlu100 } from '../../target-mlu/index.ts';
import { mustAgree } from '../../tools/check/agree.ts';
import { fromChoices } from '../../tools/check/choices.ts';
import { drawSettings } from '../../tools/check/knobs.ts';
import { atHardware, runHardware, runTensors } from '../../tools/check/levels.ts';
import { caseText, drawOperation, drawProgram } from '../../tools/check/program.ts';
import { checkProperty, told } from '../../tools/check/property.ts';
import { machineCannot, onMachine } from './machine-limits.ts';

const able = (Object.values(tensorop.ops) as AnyOp[]).filter((op) => !machineCannot.has(op.opName));

describe('tensorop-to-mlu', () => {
  for (const op of able)
    test(op.opName, () => {
      const cases = fromChoices((draw) => {
        const settings = drawSettings(tilingKnobs, draw);
        const drawn = onMachine(drawOperation(tensorop, op, draw, { elements: [f16] }));
        return told({ settings, ...drawn }, (c) => `${caseText(c)}\n// ${JSON.stringify(c.settings)}`);
      });
      checkProperty(cases, ({ module, inputs, settings }) => {
        mustAgree(runHardware(atHardware(module, mlu100, settings), inputs), runTensors(module, inputs));
      });
    });

  test('small programs', () => {
    const cases = fromChoices((draw) => {
      const settings = drawSettings(tilingKnobs, draw);
      const drawn = onMachine(drawProgram(tensorop, able, draw, { elements: [f16], extent: 4 }));
      return told({ settings, ...drawn }, (c) => `${caseText(c)}\n// ${JSON.stringify(c.settings)}`);
    });
    checkProperty(cases, ({ module, inputs, settings }) => {
      mustAgree(runHardware(atHardware(module, mlu100, settings), inputs), runTensors(module, inputs));
    });
  });
});
