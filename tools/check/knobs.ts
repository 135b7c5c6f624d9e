/** Settings drawn from the declarations of knobs. */
import type { Draw } from '../../ir/index.ts';
import type { Knobs, Settings } from '../../rewrite/index.ts';

const smallest = 4;

/** One value for each knob: any of a choice, of a range a small number, and the usual text. */
export const drawSettings = <K extends Knobs>(knobs: K, draw: Draw): Settings<K> =>
  Object.fromEntries(
    Object.entries(knobs).map(([name, { domain, default: usual }]) => [
      name,
      domain.kind === 'choice'
        ? draw.of(domain.values)
        : domain.kind === 'range'
          ? draw.int(domain.min, Math.min(domain.max, domain.min + smallest))
          : usual,
    ]),
  ) as Settings<K>;
