/** Input data for checks: few styles, each of which finds its own kind of mistake. */
import { type Draw, f16, integerRange, roundToHalf, type TensorType } from '../../ir/index.ts';

/**
 * How numbers are chosen. `small`: integers that are exact in every type; `wide`: full mantissas,
 * where order and rounding show, and any integers; `edge`: zeros of both signs, subnormals, infinities, NaN, the ends of
 * a range.
 */
export type Style = 'small' | 'wide' | 'edge';

const edges = [
  0,
  -0,
  1,
  -1,
  6e-8,
  -6e-8,
  65504,
  -65504,
  1e-3,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];

/** A deterministic source of numbers in [0, 1): mulberry32. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Numbers of a type, rounded to it; integers of up to 24 bits. */
export function drawNumbers(
  type: TensorType,
  draw: Draw,
  styles: readonly Style[] = ['small', 'wide', 'edge'],
): Float32Array {
  const style = draw.of(styles);
  const next = random(draw.int(0, 0xffff));
  const count = type.shape.reduce((a, b) => a * b, 1);
  if (type.element.kind === 'integer') {
    // What singles hold exactly.
    const [least, most] = integerRange(Math.min(type.element.width, 24)).map(Number) as [number, number];
    const whole = (): number => {
      if (style === 'small') return Math.max(least, Math.min(most, Math.floor(next() * 9) - 4));
      if (style === 'edge' && next() < 0.3) return next() < 0.5 ? least : most;
      return least + Math.floor(next() * (most - least + 1));
    };
    return Float32Array.from({ length: count }, whole);
  }
  const round = type.element === f16 ? roundToHalf : Math.fround;
  const one = (): number => {
    if (style === 'small') return Math.floor(next() * 9) - 4;
    if (style === 'edge' && next() < 0.3) return edges[Math.floor(next() * edges.length)] as number;
    return (next() - 0.5) * 8;
  };
  return Float32Array.from({ length: count }, () => round(one()));
}
