/** What conv and mlp compute, in the form that the inner loops take. */

/** The array types that sums are kept in: singles for half data, doubles (exact integers) for int8 and int16. */
export type SumArray = Float32Array | Float64Array;

/** For position p, output o: Σ over runs r, then i < length, of source[bases[p] + runs[r] + i] · weight(o, r, i). */
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
export function windowOutput({
  h,
  w,
  kh,
  kw,
  sy,
  sx,
}: Pick<Window, 'h' | 'w' | 'kh' | 'kw' | 'sy' | 'sx'>): readonly [number, number] {
  return [Math.floor((h - kh) / sy) + 1, Math.floor((w - kw) / sx) + 1];
}

/** Raw elements in memory, from index `at` on. */
export interface RawElements {
  readonly elements: Uint16Array | Int8Array | Int16Array;
  readonly at: number;
}

/** How many leading input channels and outputs can change a sum. */
export interface Live {
  readonly channels: number;
  readonly outputs: number;
}

/** What `liveParts` needs to know about an element's bits. */
export interface ElementTests {
  isZero(bits: number): boolean;
  /** Neither infinite nor NaN. */
  isOrdinary(bits: number): boolean;
}

function everyInImage(
  window: Window,
  { elements, at }: RawElements,
  c: number,
  test: (bits: number) => boolean,
): boolean {
  for (let y = 0; y < window.h; y++) {
    let place = at + y * window.rowStride + c;
    for (let x = 0; x < window.w; x++, place += window.pixelStride) if (!test(elements[place] as number)) return false;
  }
  return true;
}

function everyInKernel(
  window: Window,
  { elements, at }: RawElements,
  c: number,
  test: (bits: number) => boolean,
): boolean {
  const taps = window.kh * window.kw;
  for (let o = 0; o < window.cout; o++) {
    let place = at + o * window.kernelStride + c;
    for (let k = 0; k < taps; k++, place += window.cin) if (!test(elements[place] as number)) return false;
  }
  return true;
}

/**
 * The leading channels and outputs that matter. A product of ±0 with a finite number is ±0, and adding that to a sum
 * that is not -0 changes no bit; so channels (outputs) behind the last one that is not such a zero may be left out.
 */
export function liveParts(
  window: Window,
  source: RawElements,
  weight: RawElements,
  { isZero, isOrdinary }: ElementTests,
): Live {
  const isDead = (c: number): boolean =>
    (everyInImage(window, source, c, isZero) && everyInKernel(window, weight, c, isOrdinary)) ||
    (everyInKernel(window, weight, c, isZero) && everyInImage(window, source, c, isOrdinary));
  let channels = window.cin;
  while (channels > 0 && isDead(channels - 1)) channels--;
  const run = window.kh * window.kw * window.cin;
  const isUnused = (o: number): boolean => {
    const start = weight.at + o * window.kernelStride;
    for (let i = start; i < start + run; i++) if (!isZero(weight.elements[i] as number)) return false;
    return true;
  };
  let outputs = window.cout;
  while (outputs > 0 && isUnused(outputs - 1)) outputs--;
  if (outputs < window.cout) {
    for (let c = 0; c < channels; c++) if (!everyInImage(window, source, c, isOrdinary)) outputs = window.cout;
  }
  return { channels, outputs: Math.ceil(outputs / 4) * 4 };
}

/** Copies runs of weights into panels of four outputs, as numbers. */
export type PackPanels<A extends SumArray> = (
  weight: RawElements,
  starts: Int32Array,
  length: number,
  outputs: number,
  outputStride: number,
  panels: A,
) => void;

/** The contraction of a window over `source` with weights [cout, kh, kw, cin], without the parts that are not live. */
export function contraction<A extends SumArray>(
  window: Window,
  live: Live,
  source: A,
  weight: RawElements,
  panels: A,
  pack: PackPanels<A>,
): Contraction<A> {
  const { cin, kh, kw, sy, sx, cout, rowStride, pixelStride, kernelStride } = window;
  const [oh, ow] = windowOutput(window);
  const bases = new Int32Array(oh * ow);
  for (let p = 0; p < bases.length; p++) bases[p] = Math.floor(p / ow) * sy * rowStride + (p % ow) * sx * pixelStride;
  // Neighbouring pixels make one run when nothing lies between them.
  const whole = pixelStride === cin && live.channels === cin;
  const runs = new Int32Array(whole ? kh : kh * kw);
  const starts = new Int32Array(runs.length);
  for (let r = 0; r < runs.length; r++) {
    runs[r] = whole ? r * rowStride : Math.floor(r / kw) * rowStride + (r % kw) * pixelStride;
    starts[r] = r * (whole ? kw * cin : cin);
  }
  const length = whole ? kw * cin : live.channels;
  pack(weight, starts, length, live.outputs, kernelStride, panels);
  return {
    source,
    bases,
    runs,
    length,
    panels,
    panelLength: runs.length * length * 4,
    outputs: live.outputs,
    pitch: cout,
  };
}
