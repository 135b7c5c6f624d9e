/** Values of the 48-bit general registers, held as doubles. */

/** The signed 48-bit integer congruent to the integer `x`, |x| < 2^53. */
export function wrap48(x: number): number {
  if (-(2 ** 47) <= x && x < 2 ** 47) return x + 0;
  const low = ((x % 2 ** 48) + 2 ** 48) % 2 ** 48;
  return low >= 2 ** 47 ? low - 2 ** 48 : low;
}

/** The signed 48-bit integer congruent to `x`. */
export function wrapBig48(x: bigint): number {
  return Number(BigInt.asIntN(48, x));
}
