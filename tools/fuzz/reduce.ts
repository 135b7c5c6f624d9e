/** Makes the input of a finding smaller, as long as the same thing happens. */

const joined = (pieces: readonly Uint8Array[]): Uint8Array => Buffer.concat(pieces);

/** Whether an input still shows what is looked for. */
type Holds = (input: Uint8Array) => boolean | Promise<boolean>;

/**
 * Leaves out pieces while `holds` stays true, in ever smaller groups; ends with an input from which
 * no single piece can be left out, or when `now()` reaches `deadline`.
 * Source: Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", 2002.
 */
export async function withoutNeedless(
  pieces: readonly Uint8Array[],
  holds: Holds,
  deadline: number,
  now: () => number,
): Promise<readonly Uint8Array[]> {
  let kept = pieces;
  for (let size = kept.length >> 1; size >= 1; ) {
    let removed = false;
    for (let at = 0; at < kept.length; ) {
      if (now() >= deadline) return kept;
      const rest = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (rest.length > 0 && (await holds(joined(rest)))) {
        kept = rest;
        removed = true;
      } else at += size;
    }
    // Single pieces again, as long as one of them could go: those before it may have become needless.
    if (size > 1) size >>= 1;
    else if (!removed) break;
  }
  return kept;
}

/** The smallest input found that `holds`, by every cut in turn. `deadline` is in milliseconds of `now`. */
export async function reduce(
  input: Uint8Array,
  cuts: readonly ((input: Uint8Array) => readonly Uint8Array[])[],
  holds: Holds,
  deadline: number,
  now: () => number = () => performance.now(),
): Promise<Uint8Array> {
  let smallest = input;
  for (const cut of cuts) smallest = joined(await withoutNeedless(cut(smallest), holds, deadline, now));
  return smallest;
}
