/** The figures of bounds as a page. */
import type { LengthRow } from './lengths.ts';
import type { Findings } from './search.ts';
import type { Subject } from './subjects.ts';

const ratio = (largest: number): string => (largest === 0 ? 'no error' : (1 / largest).toFixed(largest > 0.5 ? 2 : 1));
const share = (of: number, all: number): string =>
  of === all ? 'all' : of === 0 ? 'none' : `${Math.floor((of / all) * 1000) / 10} %`;
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

/** The page `docs/bounds.md`. */
export const page = (
  found: readonly (readonly [Subject, Findings])[],
  lengths: readonly LengthRow[],
): string => `# How tight certified bounds are

In bound mode every value carries an upper limit of its distance from the value that the same program would have without
casts to narrower types, in real arithmetic or in single precision with its roundings. These are figures seen by a search
that climbs towards the largest error in units of the bound, compared with numbers of 512 binary places; no error was
larger than its bound. To make the page anew: \`PALEO_BLESS=1 npx vitest run tests/bounds/bounds.test.ts\`.

An integer stands for the number q · 2^position of a program that does not round to integers, and its bound is in units of
2^position: \`quantize\` and \`requantize\` declare half a unit, in a direction a whole one, and what the end of the range cuts
off; \`dequantize\` scales it. A program that rounds to integers as well stays inside the same bound.

- **elements**: compared elements with a finite bound.
- **exact inputs**, **inexact inputs**: bound : largest error. 1.00 cannot be better. Singles are near 2.00 at best where
  results are rounded, since both the program and the reference may round.
- **wrong bit found**: the share of results that leave their bound when their last but two bit is flipped, inputs being exact.

| operation | operands | elements | exact inputs | inexact inputs | wrong bit found |
| --- | --- | ---: | ---: | ---: | ---: |
${found
  .map(([{ name, element }, { elements, exact, moved, flipped, caught }]) =>
    row([`\`${name}\``, element.text, elements, ratio(exact), ratio(moved), share(caught, flipped)]),
  )
  .join('\n')}

Doubles are compared with a reference in single precision, so that their own last bits are far inside of the bound.

## Sums by length

Matrix products of numbers from −½ to ½ (mixed) or from 0 to 1 (positive), summed in single precision. The bound follows
the partial sums; for halves it is the rounding of the result until sums are long, for singles it is the sum itself.

| products | operands | signs | bound : largest error | median bound, units in the last place | wrong bit found |
| ---: | --- | --- | ---: | ---: | ---: |
${lengths
  .map(({ length, element, signs, largest, median, flipped, caught }) =>
    row([length, element.text, signs, ratio(largest), median.toPrecision(2), share(caught, flipped)]),
  )
  .join('\n')}
`;
