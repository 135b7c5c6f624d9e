/** The machine does what the hardware level says, for every tensor operation under every tiling. */
import { describe, test } from 'vitest';
import { tensorop } from '../../dialects/tensorop/index.ts';
import { type AnyOp, f16 } from '../../ir/index.ts';
import { tilingKnobs } from '../../lowering/tensorop-to-mlu/index.ts';
import { mlu100 } from '../../target-mlu/index.ts';
import { mustAgree } from '../../tools/check/agree.ts';
import { type Choices, fromChoices } from '../../tools/check/choices.ts';
import { drawSettings } from '../../tools/check/knobs.ts';
import { atHardware, runHardware, runMachine } from '../../tools/check/levels.ts';
import { caseText, drawOperation } from '../../tools/check/program.ts';
import { checkProperty, told } from '../../tools/check/property.ts';
import { machineCannot, onMachine } from './machine-limits.ts';

describe('mlu-to-machine', () => {
  for (const op of Object.values(tensorop.ops) as AnyOp[]) {
    if (machineCannot.has(op.opName)) continue;
    const cases = fromChoices((draw) => {
      const settings = drawSettings(tilingKnobs, draw as Choices);
      return told({ settings, ...onMachine(drawOperation(tensorop, op, draw, { elements: [f16] })) }, (c) => `${caseText(c)}\n// ${JSON.stringify(c.settings)}`);
    });
    test(op.opName, () => {
      checkProperty(cases, ({ module, inputs, settings }) => {
        const hardware = atHardware(module, mlu100, settings);
        mustAgree(runMachine(hardware, inputs, mlu100).outputs, runHardware(hardware, inputs), ['machine', 'hardware level']);
      }, { cases: 40 });
    });
  }
});
