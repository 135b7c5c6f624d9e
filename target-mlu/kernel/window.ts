/** Running a window on the memories of a core, and the memory that it touches. */
import type { Core } from '../core.ts';
import type { Extent } from '../region.ts';
import { type Window, windowOutput } from './contraction.ts';
import { addWindow, type TensorTypeName, tensorTypes } from './tensor-type.ts';

/** The bytes of an image whose rows and pixels may have gaps, exact where the gaps are regular. */
export function imageExtent(window: Window, bytes: number): Extent {
  const { h, w, cin, rowStride, pixelStride } = window;
  if (rowStride !== w * pixelStride) {
    return { bytes: bytes * ((w - 1) * pixelStride + cin), segments: h, stride: bytes * rowStride };
  }
  return pixelStride === cin
    ? { bytes: bytes * h * w * cin }
    : { bytes: bytes * cin, segments: h * w, stride: bytes * pixelStride };
}

/** The bytes of weights whose output channels may have gaps between them. */
export function kernelExtent({ kh, kw, cin, cout, kernelStride }: Window, bytes: number): Extent {
  const run = kh * kw * cin;
  return kernelStride === run
    ? { bytes: bytes * run * cout }
    : { bytes: bytes * run, segments: cout, stride: bytes * kernelStride };
}

/** Runs a window from zero and rounds the sums to halves. */
export function runWhole(
  name: TensorTypeName,
  window: Window,
  core: Core,
  { dst, src, kernel, position }: { dst: number; src: number; kernel: number; position: number },
): void {
  const type = tensorTypes[name];
  const [oh, ow] = windowOutput(window);
  const sums = type.scratch('sums', oh * ow * window.cout);
  sums.fill(0);
  addWindow(type, window, core.nram, src, core.wram, kernel, sums, true);
  type.finish(sums, position, core.nram.halves, dst / 2);
}

/** Runs a window from the sums in neuron memory, or from zero, and puts the sums back. */
export function runPartial(
  name: TensorTypeName,
  window: Window,
  core: Core,
  { acc, src, kernel, phase }: { acc: number; src: number; kernel: number; phase: 'clear' | 'accumulate' },
): void {
  const type = tensorTypes[name];
  const [oh, ow] = windowOutput(window);
  const sums = type.scratch('sums', oh * ow * window.cout);
  if (phase === 'clear') sums.fill(0);
  else type.loadSums(core.nram, acc, sums);
  addWindow(type, window, core.nram, src, core.wram, kernel, sums, phase === 'clear');
  type.storeSums(core.nram, acc, sums);
}
