/** Samples of attributes that depend on extents, for the generators of several dialects. */
import type { Draw } from '../../ir/index.ts';

/** The numbers from 0 to `count` − 1 in some order. */
export function samplePermutation(count: number, draw: Draw): readonly number[] {
  const rest = Array.from({ length: count }, (_, at) => at);
  return Array.from({ length: count }, () => rest.splice(draw.int(0, rest.length - 1), 1)[0] as number);
}

/** Extents whose product is that of `shape`. */
export function sampleShape(shape: readonly number[], draw: Draw): readonly number[] {
  let rest = shape.reduce((a, b) => a * b, 1);
  const extents: number[] = [];
  for (let rank = draw.int(1, 3); rank > 1; rank--) {
    const divisors = Array.from({ length: rest }, (_, at) => at + 1).filter((divisor) => rest % divisor === 0);
    const extent = draw.of(divisors);
    extents.push(extent);
    rest /= extent;
  }
  return [...extents, rest];
}

/** Extents that `shape` can be repeated to: dimensions of 1 grown, and dimensions added on the left. */
export const sampleRepeated = (shape: readonly number[], draw: Draw): readonly number[] => [
  ...Array.from({ length: draw.int(0, shape.length > 2 ? 0 : 1) }, () => draw.int(1, 3)),
  ...shape.map((extent) => (extent === 1 ? draw.int(1, 3) : extent)),
];

/** Offsets and sizes of a part of `shape`. */
export function samplePart(
  shape: readonly number[],
  draw: Draw,
): { readonly offsets: readonly number[]; readonly sizes: readonly number[] } {
  const sizes = shape.map((extent) => draw.int(1, extent));
  return { sizes, offsets: shape.map((extent, at) => draw.int(0, extent - (sizes[at] as number))) };
}

/** A window that fits its padded image: kernel, strides and pads of a pooling. */
export function samplePool(
  height: number,
  width: number,
  draw: Draw,
): {
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly pads: readonly [number, number, number, number];
} {
  const kernel = [draw.int(1, Math.min(height, 4)), draw.int(1, Math.min(width, 4))] as const;
  const pad = (taps: number): number => draw.int(0, Math.min(taps - 1, 2));
  return {
    kernel,
    strides: [draw.int(1, 3), draw.int(1, 3)],
    pads: [pad(kernel[0]), pad(kernel[1]), pad(kernel[0]), pad(kernel[1])],
  };
}

/** Dimensions in order, in neighbouring groups. */
export function sampleGroups(rank: number, draw: Draw): readonly (readonly number[])[] {
  const groups: number[][] = [];
  for (let at = 0; at < rank; at++)
    if (at > 0 && draw.flag()) groups.at(-1)?.push(at);
    else groups.push([at]);
  return groups;
}

/** For each extent one or two whose product it is, and the dimensions that they become. */
export function sampleSplit(
  shape: readonly number[],
  draw: Draw,
): { readonly extents: readonly number[]; readonly groups: readonly (readonly number[])[] } {
  const extents: number[] = [];
  const groups = shape.map((extent) => {
    const first = extents.length;
    const divisors = Array.from({ length: extent }, (_, at) => at + 1).filter((divisor) => extent % divisor === 0);
    if (draw.flag()) {
      const divisor = draw.of(divisors);
      extents.push(divisor, extent / divisor);
    } else extents.push(extent);
    return extents.slice(first).map((_, at) => first + at);
  });
  return { extents, groups };
}
