/** Programs from a source of choices: what the arbitraries, campaigns and scripts have in common. */
import type { AnyOp, Draw } from '../../../ir/index.ts';
import { Discarded } from '../choices.ts';
import type { Random } from '../random.ts';
import type { ProgramOptions } from './options.ts';
import { ProgramWriter } from './program-writer.ts';

/** So often a program is begun anew before it is given up. */
const attempts = 50;

/** Random numbers as a source of choices. */
export const drawOf = (random: Random): Draw => ({
  int: (min, max) => (max <= min ? min : min + random.below(max - min + 1)),
  of: (values) => {
    if (values.length === 0) throw new Discarded('nothing to choose from');
    return random.pick(values);
  },
  flag: () => random.once(2),
});

function firstMade(what: string, make: () => string): string {
  let why = '';
  for (let attempt = 0; attempt < attempts; attempt++)
    try {
      return make();
    } catch (error) {
      if (!(error instanceof Discarded)) throw error;
      why = error.message;
    }
  throw new Discarded(`${what} was not made in ${attempts} attempts: ${why}`);
}

/** A valid program, as text. Throws `Discarded` when none came about. */
export const drawWholeProgram = (draw: Draw, options: ProgramOptions): string =>
  firstMade('a program', () => new ProgramWriter(draw, options).program());

/** A valid module of one function in which an operation stands, as text. Throws `Discarded` when none came about. */
export const drawSingleOperation = (draw: Draw, op: AnyOp, options: ProgramOptions): string =>
  firstMade(op.opName, () => new ProgramWriter(draw, options).single(op));
