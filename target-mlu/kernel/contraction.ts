/** What conv and mlp compute, in the form that the inner loops take. */

/** The array types that sums are kept in: singles for half data, doubles (exact integers) for int8 and int16. */
export type SumArray = Float32Array | Float64Array;

/** Σ over runs r, then i < length: source[bases[p] + runs[r] + i] · weight(o, r · length + i), for position p, output o. */
export interface Contraction<A extends SumArray> {
  readonly source: A;
  /** Where each position begins in the source. */
  readonly bases: Int32Array;
  readonly runs: Int32Array;
  /** Elements in every run. */
  readonly length: number;
  /** The weights, four outputs side by side: panels[(o div 4) · panelLength + k · 4 + o mod 4]. */
  readonly panels: A;
  readonly panelLength: number;
  /** Outputs to compute, a multiple of 4. */
  readonly outputs: number;
  /** Distance between the sums of neighbouring positions. */
  readonly pitch: number;
}

/** A window sliding over [h, w, cin] data; distances in elements. */
export interface Window {
  readonly h: number;
  readonly w: number;
  readonly cin: number;
  readonly kh: number;
  readonly kw: number;
  readonly sy: number;
  readonly sx: number;
  readonly cout: number;
  readonly rowStride: number;
  readonly pixelStride: number;
  readonly kernelStride: number;
}

/** Output rows and columns of a window. */
export function windowOutput({ h, w, kh, kw, sy, sx }: Pick<Window, 'h' | 'w' | 'kh' | 'kw' | 'sy' | 'sx'>): readonly [number, number] {
  return [Math.floor((h - kh) / sy) + 1, Math.floor((w - kw) / sx) + 1];
}

/** How many leading input channels and outputs can change a sum. */
export interface Live {
  readonly channels: number;
  readonly outputs: number;
}

/**
 * The leading channels and outputs that matter. A product of ±0 with a finite number is ±0, and adding that to a sum that
 * is not -0 changes no bit; so channels (outputs) behind the last one that is not such a zero may be left out.
 */
export function liveParts(window: Window, source: SumArray, weight: SumArray): Live {
  const { h, w, cin, kh, kw, cout, rowStride, pixelStride, kernelStride } = window;
  const sourceTotals = new Float64Array(cin);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const at = y * rowStride + x * pixelStride;
      for (let c = 0; c < cin; c++) sourceTotals[c] = (sourceTotals[c] as number) + Math.abs(source[at + c] as number);
    }
  }
  const weightTotals = new Float64Array(cin);
  let outputs = 0;
  let finite = true;
  for (let o = 0; o < cout; o++) {
    let total = 0;
    for (let k = 0; k < kh * kw; k++) {
      const at = o * kernelStride + k * cin;
      for (let c = 0; c < cin; c++) {
        const size = Math.abs(weight[at + c] as number);
        weightTotals[c] = (weightTotals[c] as number) + size;
        total += size;
      }
    }
    if (total !== 0) outputs = o + 1;
    finite &&= Number.isFinite(total);
  }
  finite &&= sourceTotals.every(Number.isFinite);
  let channels = cin;
  const dead = (c: number): boolean => sourceTotals[c] === 0 || weightTotals[c] === 0;
  while (finite && channels > 0 && dead(channels - 1)) channels--;
  return finite ? { channels, outputs: Math.ceil(outputs / 4) * 4 } : { channels: cin, outputs: cout };
}

/** The contraction of a window over `source` with the weights [cout, kh, kw, cin], without the parts that are not live. */
export function contraction<A extends SumArray>(window: Window, live: Live, source: A, weight: A, panels: A): Contraction<A> {
  const { cin, kh, kw, sy, sx, cout, rowStride, pixelStride, kernelStride } = window;
  const [oh, ow] = windowOutput(window);
  const bases = new Int32Array(oh * ow);
  for (let p = 0; p < bases.length; p++) bases[p] = Math.floor(p / ow) * sy * rowStride + (p % ow) * sx * pixelStride;
  // Neighbouring pixels make one run when nothing lies between them.
  const whole = pixelStride === cin && live.channels === cin;
  const runs = new Int32Array(whole ? kh : kh * kw);
  for (let r = 0; r < runs.length; r++) {
    runs[r] = whole ? r * rowStride : Math.floor(r / kw) * rowStride + (r % kw) * pixelStride;
  }
  const length = whole ? kw * cin : live.channels;
  const weightStep = whole ? kw * cin : cin;
  const panelLength = runs.length * length * 4;
  let at = 0;
  for (let o = 0; o < live.outputs; o += 4) {
    for (let r = 0; r < runs.length; r++) {
      const w0 = o * kernelStride + r * weightStep;
      const w1 = w0 + kernelStride;
      const w2 = w1 + kernelStride;
      const w3 = w2 + kernelStride;
      for (let i = 0; i < length; i++, at += 4) {
        panels[at] = weight[w0 + i] as number;
        panels[at + 1] = weight[w1 + i] as number;
        panels[at + 2] = weight[w2 + i] as number;
        panels[at + 3] = weight[w3 + i] as number;
      }
    }
  }
  return { source, bases, runs, length, panels, panelLength, outputs: live.outputs, pitch: cout };
}
