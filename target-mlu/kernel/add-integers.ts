/** The inner loops of conv and mlp on integers, four outputs at once. */
import type { Contraction, PackPanels } from './contraction.ts';

/**
 * Adds the contraction to `sums`[position · pitch + output], exact while the sums stay below 2^53.
 * Work is shared out over outputs, never along a sum, so every sum adds its terms in the declared order.
 */
export function addIntegers(task: Contraction<Float64Array>, sums: Float64Array): void {
  const { bases, panels, panelLength, outputs, pitch } = task;
  for (let o = 0; o < outputs; o += 4) {
    const panel = panels.subarray((o / 4) * panelLength, (o / 4 + 1) * panelLength);
    let p = 0;
    for (; p + 4 <= bases.length; p += 4) fourPositions(task, panel, p, p * pitch + o, sums);
    for (; p < bases.length; p++) onePosition(task, panel, p, p * pitch + o, sums);
  }
}

function fourPositions(
  task: Contraction<Float64Array>,
  panel: Float64Array,
  p: number,
  at: number,
  sums: Float64Array,
): void {
  const { source, bases, runs, length, pitch } = task;
  const base0 = bases[p] as number;
  const base1 = bases[p + 1] as number;
  const base2 = bases[p + 2] as number;
  const base3 = bases[p + 3] as number;
  const row0 = at;
  const row1 = at + pitch;
  const row2 = at + 2 * pitch;
  const row3 = at + 3 * pitch;
  let s0 = sums[row0] as number;
  let s1 = sums[row0 + 1] as number;
  let s2 = sums[row0 + 2] as number;
  let s3 = sums[row0 + 3] as number;
  let t0 = sums[row1] as number;
  let t1 = sums[row1 + 1] as number;
  let t2 = sums[row1 + 2] as number;
  let t3 = sums[row1 + 3] as number;
  let u0 = sums[row2] as number;
  let u1 = sums[row2 + 1] as number;
  let u2 = sums[row2 + 2] as number;
  let u3 = sums[row2 + 3] as number;
  let v0 = sums[row3] as number;
  let v1 = sums[row3 + 1] as number;
  let v2 = sums[row3 + 2] as number;
  let v3 = sums[row3 + 3] as number;
  let k = 0;
  for (let r = 0; r < runs.length; r++) {
    const run = runs[r] as number;
    const x0 = base0 + run;
    const x1 = base1 + run;
    const x2 = base2 + run;
    const x3 = base3 + run;
    for (let i = 0; i < length; i++, k += 4) {
      const c = panel[k] as number;
      const d = panel[k + 1] as number;
      const e = panel[k + 2] as number;
      const f = panel[k + 3] as number;
      let a = source[x0 + i] as number;
      s0 += a * c;
      s1 += a * d;
      s2 += a * e;
      s3 += a * f;
      a = source[x1 + i] as number;
      t0 += a * c;
      t1 += a * d;
      t2 += a * e;
      t3 += a * f;
      a = source[x2 + i] as number;
      u0 += a * c;
      u1 += a * d;
      u2 += a * e;
      u3 += a * f;
      a = source[x3 + i] as number;
      v0 += a * c;
      v1 += a * d;
      v2 += a * e;
      v3 += a * f;
    }
  }
  sums[row0] = s0;
  sums[row0 + 1] = s1;
  sums[row0 + 2] = s2;
  sums[row0 + 3] = s3;
  sums[row1] = t0;
  sums[row1 + 1] = t1;
  sums[row1 + 2] = t2;
  sums[row1 + 3] = t3;
  sums[row2] = u0;
  sums[row2 + 1] = u1;
  sums[row2 + 2] = u2;
  sums[row2 + 3] = u3;
  sums[row3] = v0;
  sums[row3 + 1] = v1;
  sums[row3 + 2] = v2;
  sums[row3 + 3] = v3;
}

function onePosition(
  task: Contraction<Float64Array>,
  panel: Float64Array,
  p: number,
  at: number,
  sums: Float64Array,
): void {
  const { source, bases, runs, length } = task;
  let s0 = sums[at] as number;
  let s1 = sums[at + 1] as number;
  let s2 = sums[at + 2] as number;
  let s3 = sums[at + 3] as number;
  let k = 0;
  for (let r = 0; r < runs.length; r++) {
    const x = (bases[p] as number) + (runs[r] as number);
    for (let i = 0; i < length; i++, k += 4) {
      const a = source[x + i] as number;
      s0 += a * (panel[k] as number);
      s1 += a * (panel[k + 1] as number);
      s2 += a * (panel[k + 2] as number);
      s3 += a * (panel[k + 3] as number);
    }
  }
  sums[at] = s0;
  sums[at + 1] = s1;
  sums[at + 2] = s2;
  sums[at + 3] = s3;
}

/** Packs integers as doubles. */
export const packIntegers: PackPanels<Float64Array> = (
  { elements, at },
  starts,
  length,
  outputs,
  outputStride,
  panels,
) => {
  let to = 0;
  for (let o = 0; o < outputs; o += 4) {
    for (let r = 0; r < starts.length; r++) {
      const w0 = at + o * outputStride + (starts[r] as number);
      const w1 = w0 + outputStride;
      const w2 = w1 + outputStride;
      const w3 = w2 + outputStride;
      for (let i = 0; i < length; i++, to += 4) {
        panels[to] = elements[w0 + i] as number;
        panels[to + 1] = elements[w1 + i] as number;
        panels[to + 2] = elements[w2 + i] as number;
        panels[to + 3] = elements[w3 + i] as number;
      }
    }
  }
};
