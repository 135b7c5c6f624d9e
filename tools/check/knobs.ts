/** Settings drawn from the declarations of knobs. */
import type { Draw } from '../../ir/index.ts';
import type { Knobs, Settings } from '../../rewrite/index.ts';

const smallest = 4;

/** One value for each knob: any of a choice, and of a range a small number. */
export const drawSettings = <K extends Knobs>(knobs: K, draw: Draw): Settings<K> =>
  Object.fromEntries(
    Object.entries(knobs).map(([name, { domain }]) => [
      name,
      domain.kind === 'choice'
        ? draw.of(domain.values)
        : domain.kind === 'range'
          ? draw.int(domain.min, Math.min(domain.max, domain.min + smallest))
          : undefined,
    ]),
  ) as Settings<K>;
