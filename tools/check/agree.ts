/** The only notion of equality between levels, and how a difference is told. */

/** Where two arrays differ first: equal bits, all NaNs being one and −0 not +0. */
export function firstDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number | undefined {
  if (actual.length !== expected.length) return Math.min(actual.length, expected.length);
  for (let at = 0; at < expected.length; at++) if (!Object.is(actual[at], expected[at])) return at;
  return undefined;
}

/** Where an array leaves the bound around another; a NaN is within no bound unless both are. */
export function firstOutside(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  bound: ArrayLike<number>,
): number | undefined {
  if (actual.length !== expected.length) return Math.min(actual.length, expected.length);
  for (let at = 0; at < expected.length; at++) {
    const [a, e] = [actual[at] as number, expected[at] as number];
    if (!(Object.is(a, e) || a === e || Math.abs(a - e) <= (bound[at] as number))) return at;
  }
  return undefined;
}

/** Throws when two lists of outputs are not the same bits; the message names output and element. */
export function mustAgree(
  actual: readonly ArrayLike<number>[],
  expected: readonly ArrayLike<number>[],
  names: readonly [actual: string, expected: string] = ['lowered', 'reference'],
): void {
  if (actual.length !== expected.length)
    throw new Error(`${names[0]} has ${actual.length} outputs, ${names[1]} has ${expected.length}`);
  for (const [output, values] of expected.entries()) {
    const found = actual[output] as ArrayLike<number>;
    const at = firstDifference(found, values);
    if (at !== undefined)
      throw new Error(
        `output ${output}, element ${at}: ${names[0]} ${show(found[at])}, ${names[1]} ${show(values[at])}`,
      );
  }
}

const show = (x: number | undefined): string => (x === undefined ? 'is missing' : Object.is(x, -0) ? '-0' : String(x));
