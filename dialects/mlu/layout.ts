/** How a memref lies in its memory: strides, contiguity, and the runs that a DMA moves. */
import {
  type Attribute,
  type MemRefType,
  spaceOf,
  storedBytes,
  stridedAttribute,
  stringAttribute,
  memrefType,
  type Type,
} from '../../ir/index.ts';

/** The memories that a program names. */
export const spaces = ['gdram', 'ldram', 'nram', 'wram'] as const;
/** The name of one memory. */
export type MemorySpace = (typeof spaces)[number];

/** Strides and offset of a memref, in elements; −1 stands for an offset known at run time. */
export interface StridedLayout {
  readonly strides: readonly number[];
  readonly offset: number;
}

/** Row-major strides of a shape, in elements. */
export function rowMajorStrides(shape: readonly number[]): readonly number[] {
  const strides: number[] = [];
  let stride = 1;
  for (let at = shape.length - 1; at >= 0; at--) {
    strides[at] = stride;
    stride *= shape[at] as number;
  }
  return strides;
}

/** The layout of a memref type; undefined when it is not a strided one. */
export function layoutOf(type: MemRefType): StridedLayout | undefined {
  if (type.layout === undefined) return { strides: rowMajorStrides(type.shape), offset: 0 };
  return type.layout.kind === 'strided' ? { strides: type.layout.strides, offset: type.layout.offset } : undefined;
}

/** A memref in `space`; the identity layout is left out of the type, as upstream prints it. */
export function memrefIn(
  space: MemorySpace,
  shape: readonly number[],
  element: Type,
  layout?: StridedLayout,
): MemRefType {
  let attribute: Attribute | undefined;
  if (layout) {
    const natural = rowMajorStrides(shape);
    const identity = layout.offset === 0 && layout.strides.every((stride, at) => stride === natural[at]);
    if (!identity) attribute = stridedAttribute(layout.strides, layout.offset);
  }
  return memrefType(shape, element, attribute, stringAttribute(space));
}

/** The memory of a memref, when it is one of ours. */
export const memorySpaceOf = (type: MemRefType): MemorySpace | undefined =>
  spaces.find((space) => space === spaceOf(type));

/** Whether the elements lie one after the other without gaps. */
export function isContiguous(type: MemRefType): boolean {
  const layout = layoutOf(type);
  if (!layout) return false;
  const natural = rowMajorStrides(type.shape);
  return type.shape.every((extent, at) => extent === 1 || layout.strides[at] === natural[at]);
}

/** Equal runs of elements at equal distances, in elements: what one strided DMA moves. */
export interface Runs {
  readonly segments: number;
  readonly length: number;
  readonly stride: number;
}

/** The memref as runs, or undefined when it takes more than one level of strides. */
export function runsOf(type: MemRefType): Runs | undefined {
  const layout = layoutOf(type);
  if (!layout) return undefined;
  // Neighbouring dimensions that continue each other are one; extent 1 vanishes.
  const levels: { extent: number; stride: number }[] = [];
  for (let at = type.shape.length - 1; at >= 0; at--) {
    const extent = type.shape[at] as number;
    const stride = layout.strides[at] as number;
    if (extent === 1) continue;
    const outer = levels.at(-1);
    if (outer && stride === outer.stride * outer.extent) outer.extent *= extent;
    else if (!outer && stride !== 1) levels.push({ extent: 1, stride: 1 }, { extent, stride });
    else levels.push({ extent, stride });
  }
  const [inner = { extent: 1, stride: 1 }, outer = { extent: 1, stride: inner.extent }] = levels;
  if (levels.length > 2) return undefined;
  return { segments: outer.extent, length: inner.extent, stride: outer.stride };
}

/**
 * Both sides of a copy as runs of one common length: the longer run of one side is cut where the
 * other needs it. Undefined when one strided DMA cannot do it.
 */
export function commonRuns(a: MemRefType, b: MemRefType): readonly [Runs, Runs] | undefined {
  const x = runsOf(a);
  const y = runsOf(b);
  if (!x || !y || x.segments * x.length !== y.segments * y.length) return undefined;
  const length = Math.min(x.length, y.length);
  const cut = (runs: Runs): Runs | undefined =>
    runs.length === length
      ? runs
      : runs.segments === 1 && runs.length % length === 0
        ? { segments: runs.length / length, length, stride: length }
        : undefined;
  const p = cut(x);
  const q = cut(y);
  return p && q && p.segments === q.segments ? [p, q] : undefined;
}

/** Bytes of one element in memory. */
export const elementBytes = (type: MemRefType): number => storedBytes(type.element);

/** Bytes that a memref of this shape takes when it is contiguous. */
export const byteSize = (type: MemRefType): number => type.shape.reduce((n, extent) => n * extent, elementBytes(type));
