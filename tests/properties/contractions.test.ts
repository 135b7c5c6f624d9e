/** Contractions and windows at the sizes at which the lowering decides are what they mean on the machine. */
import { describe, expect, test } from 'vitest';
import { DiagnosticError } from '../../ir/index.ts';
import { type Machine, machineVariant, mlu100 } from '../../target-mlu/index.ts';
import { mustAgree } from '../../tools/check/agree.ts';
import { runHardware, runMachine, runTensors, validAtHardware } from '../../tools/check/levels.ts';
import { Random } from '../../tools/check/random.ts';
import { drawContraction } from './draw-contraction.ts';

const machines = [
  { nram: 2 ** 14, wram: 2 ** 15 },
  { nram: 2 ** 15, wram: 2 ** 16 },
  { nram: 2 ** 16, wram: 2 ** 17 },
].map((memory) => machineVariant(mlu100, { memory }));
/** What the lowering says of what does not fit. */
const doesNotFit = /bytes of (nram|wram)/;

/** Runs a case on all levels; whether it fits into the machine. */
function check(
  { text, module, inputs }: ReturnType<typeof drawContraction>,
  machine: Machine,
  random: Random,
): boolean {
  const settings = {
    cores: random.pick([1, 1, 2, 4, 8]),
    tileRows: random.pick([0, 0, 1, 2, 3]),
    tileChannels: random.pick([0, 0, 64, 100]),
    convolution: random.pick(['auto', 'direct', 'direct', 'im2col'] as const),
  };
  try {
    const hardware = validAtHardware(module, machine, settings);
    const expected = runTensors(module, inputs);
    mustAgree(runHardware(hardware, inputs), expected);
    mustAgree(runMachine(hardware, inputs, machine).outputs, expected, ['machine', 'tensor level']);
    return true;
  } catch (error) {
    if (machine !== mlu100 && error instanceof DiagnosticError && doesNotFit.test(error.message)) return false;
    throw new Error(`${(error as Error).message}\n${text}\n${JSON.stringify(settings)}`, { cause: error });
  }
}

describe('contractions and windows at their edges are what they mean on the machine', () => {
  test.each([0, 1, 2, 3])('part %i', (part) => {
    for (let number = 0; number < 30; number++) {
      const random = new Random(31, 30 * part + number);
      expect(check(drawContraction(random), mlu100, random)).toBe(true);
    }
  });

  // So many fit; fewer would mean that tiles are larger than they may be.
  test.each([
    [0, 30],
    [1, 34],
    [2, 39],
  ])('with little memory, part %i', (part, least) => {
    let fitting = 0;
    for (let number = 0; number < 40; number++) {
      const random = new Random(37, number);
      if (check(drawContraction(random), machines[part] as Machine, random)) fitting++;
    }
    expect(fitting).toBeGreaterThanOrEqual(least);
  });
});
