/**
 * What requantisation means to a solver, for integers of any width: written as the sums and shifts of hardware and not
 * from the interpreter, which looks at what is left.
 */
import { tensorop } from '../../dialects/tensorop/index.ts';
import type { Rounding } from '../../ir/index.ts';
import type { Translation } from './arith-terms.ts';
import { arithmetic, bits, choose, compare, no, part, resize, type Term } from './term.ts';

const { requantize } = tensorop.ops;

/** What is added before the digits are cut off, so that cutting off rounds down, up, … */
function addend(x: Term, shift: number, rounding: Rounding): Term {
  const { width } = x;
  const [nothing, allButOne] = [bits(0n, width), bits((1n << BigInt(shift)) - 1n, width)];
  const isNegative = part(x, width - 1, 1);
  switch (rounding) {
    case 'down':
      return nothing;
    case 'up':
      return allButOne;
    case 'zero':
      return choose(isNegative, allButOne, nothing);
    case 'away':
      return choose(isNegative, nothing, allButOne);
    case 'nearest': {
      // Just under a half, and the last digit that stays: a tie goes up where that is odd.
      const last = resize(part(x, shift, 1), width, 'zero_extend');
      return arithmetic('bvadd', bits((1n << BigInt(shift - 1)) - 1n, width), last);
    }
  }
}

/** q · 2^−shift rounded, with room for every result. */
function scaled(q: Term, shift: number, rounding: Rounding): Term {
  if (shift <= 0) {
    const wide = resize(q, q.width - shift, 'sign_extend');
    return arithmetic('bvshl', wide, bits(BigInt(-shift), wide.width));
  }
  const wide = resize(q, Math.max(q.width, shift) + 2, 'sign_extend');
  return arithmetic(
    'bvashr',
    arithmetic('bvadd', wide, addend(wide, shift, rounding)),
    bits(BigInt(shift), wide.width),
  );
}

/** A signed number in `width` bits, the nearest end of their range where it has no place. */
function limited(x: Term, width: number): Term {
  if (width >= x.width) return resize(x, width, 'sign_extend');
  const least = bits(-(1n << BigInt(width - 1)), x.width);
  const most = bits((1n << BigInt(width - 1)) - 1n, x.width);
  const raised = choose(compare('bvslt', x, least), least, x);
  return part(choose(compare('bvslt', most, raised), most, raised), 0, width);
}

/** The operations on integers of the tensor-op level by name. */
export const requantizeTerms: ReadonlyMap<string, Translation> = new Map<string, Translation>([
  [
    requantize.opName,
    ([q], [width = 0], operation) => {
      const { shift, rounding } = requantize.view(operation);
      if (!q) return undefined;
      return {
        results: [{ bits: limited(scaled(q.bits, shift, rounding), width), poison: q.poison }],
        undefinedBehaviour: no,
      };
    },
  ],
]);
