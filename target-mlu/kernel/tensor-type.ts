/** The three element types of the tensor unit: how its data and sums lie in memory, and how a sum becomes a half. */
import { halfValues, narrowToHalf } from '../../ir/half.ts';
import { Violation } from '../fault.ts';
import type { Memory } from '../memory.ts';
import { saturateToHalf } from '../rounding.ts';
import { addIntegers, packIntegers } from './add-integers.ts';
import { addSingles, packHalves } from './add-singles.ts';
import {
  contraction,
  type ElementTests,
  type Live,
  liveParts,
  type RawElements,
  type SumArray,
  type Window,
} from './contraction.ts';
import { scratchDoubles, scratchSingles } from './scratch.ts';

/** The element types by their suffix in mnemonics. */
export type TensorTypeName = 'f16' | 'i8' | 'i16';

/** An element type of the tensor unit. */
export interface TensorType {
  readonly rate: 'half' | 'int8' | 'int16';
  readonly bytes: number;
  /** Bytes of a sum in memory: float, int32, int64. */
  readonly sumBytes: number;
  readonly sumName: string;
  /** The elements of a memory from byte `address` on. */
  elements(memory: Memory, address: number): RawElements;
  readonly tests: ElementTests;
  /** Adds the products of the live parts of a window over `source` with the weights to `sums`. */
  add(window: Window, live: Live, source: SumArray, weight: RawElements, sums: SumArray): void;
  scratch(name: string, count: number): SumArray;
  /** Copies `count` elements at byte `address` into numbers. */
  widen(memory: Memory, address: number, count: number, to: SumArray): void;
  loadSums(memory: Memory, address: number, to: SumArray): void;
  storeSums(memory: Memory, address: number, from: SumArray): void;
  /** Rounds sums once to halves; `position` scales integer sums by 2^position and saturates. */
  finish(sums: SumArray, position: number, halves: Uint16Array, at: number): void;
}

const half: TensorType = {
  rate: 'half',
  bytes: 2,
  sumBytes: 4,
  sumName: 'f32',
  elements: ({ halves }, address) => ({ elements: halves, at: address / 2 }),
  tests: { isZero: (bits) => (bits & 0x7fff) === 0, isOrdinary: (bits) => (bits & 0x7c00) !== 0x7c00 },
  add(window, live, source, weight, sums) {
    const panels = scratchSingles('panels', live.outputs * window.kh * window.kw * window.cin);
    addSingles(contraction(window, live, source as Float32Array, weight, panels, packHalves), sums as Float32Array);
  },
  scratch: scratchSingles,
  widen({ halves }, address, count, to) {
    for (let i = 0; i < count; i++) to[i] = halfValues[halves[address / 2 + i] as number] as number;
  },
  loadSums: ({ singles }, address, to) => to.set(singles.subarray(address / 4, address / 4 + to.length)),
  storeSums: ({ singles }, address, from) => singles.set(from, address / 4),
  finish: (sums, _, halves, at) => narrowToHalf(sums as Float32Array, sums.length, halves, at),
};

const integer = {
  tests: { isZero: (bits) => bits === 0, isOrdinary: () => true },
  add(window, live, source, weight, sums) {
    const panels = scratchDoubles('panels', live.outputs * window.kh * window.kw * window.cin);
    addIntegers(contraction(window, live, source as Float64Array, weight, panels, packIntegers), sums as Float64Array);
  },
  scratch: scratchDoubles,
  finish(sums, position, halves, at) {
    for (let i = 0; i < sums.length; i++) halves[at + i] = saturateToHalf((sums[i] as number) * 2 ** position);
  },
} as const satisfies Partial<TensorType>;

/** Throws when an integer sum does not fit its accumulator; the hardware would wrap. */
function checkSums(sums: SumArray, limit: number): void {
  for (let i = 0; i < sums.length; i++) {
    const sum = sums[i] as number;
    if (sum < -limit || sum >= limit) throw new Violation(`sum ${i} is ${sum}, expected ${-limit}..${limit - 1}`);
  }
}

const int8: TensorType = {
  ...integer,
  rate: 'int8',
  bytes: 1,
  sumBytes: 4,
  sumName: 'int32',
  elements: ({ bytes }, address) => ({ elements: new Int8Array(bytes.buffer), at: address }),
  widen: ({ bytes }, address, count, to) => to.set(new Int8Array(bytes.buffer, address, count)),
  loadSums: ({ words }, address, to) => to.set(words.subarray(address / 4, address / 4 + to.length)),
  storeSums({ words }, address, from) {
    checkSums(from, 2 ** 31);
    words.set(from, address / 4);
  },
  finish(sums, position, halves, at) {
    checkSums(sums, 2 ** 31);
    integer.finish(sums, position, halves, at);
  },
};

const int16: TensorType = {
  ...integer,
  rate: 'int16',
  bytes: 2,
  sumBytes: 8,
  sumName: 'int64',
  elements: ({ bytes }, address) => ({ elements: new Int16Array(bytes.buffer), at: address / 2 }),
  widen: ({ bytes }, address, count, to) => to.set(new Int16Array(bytes.buffer, address, count)),
  loadSums({ bytes }, address, to) {
    const from = new BigInt64Array(bytes.buffer, address, to.length);
    for (let i = 0; i < to.length; i++) to[i] = Number(from[i]);
    checkSums(to, 2 ** 53);
  },
  storeSums({ bytes }, address, from) {
    checkSums(from, 2 ** 53);
    const to = new BigInt64Array(bytes.buffer, address, from.length);
    for (let i = 0; i < from.length; i++) to[i] = BigInt(from[i] as number);
  },
};

/** The element types of the tensor unit. */
export const tensorTypes: Readonly<Record<TensorTypeName, TensorType>> = { f16: half, i8: int8, i16: int16 };

/** Elements from the first to the last of a window's image, gaps included. */
export function imageSpan({ h, w, cin, rowStride, pixelStride }: Window): number {
  return (h - 1) * rowStride + (w - 1) * pixelStride + cin;
}

/** Reads image and weights, and adds their products to `sums`, a scratch array of this type. */
export function addWindow(
  type: TensorType,
  window: Window,
  nram: Memory,
  src: number,
  wram: Memory,
  kernel: number,
  sums: SumArray,
  startsAtZero: boolean,
): void {
  const source = type.scratch('source', imageSpan(window));
  type.widen(nram, src, source.length, source);
  const weight = type.elements(wram, kernel);
  const mayTrim = startsAtZero || !sums.some((sum) => Object.is(sum, -0));
  const live = mayTrim
    ? liveParts(window, type.elements(nram, src), weight, type.tests)
    : { channels: window.cin, outputs: window.cout };
  type.add(window, live, source, weight, sums);
}
