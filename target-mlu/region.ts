/** Regions of memory, plain or strided, and whether two of them share a byte. */
import type { Space } from './field.ts';

/** The bytes that an instruction touches from an address on: one run, or `segments` runs `stride` bytes apart. */
export interface Extent {
  readonly bytes: number;
  readonly segments?: number;
  readonly stride?: number;
  /** Narrows what the field declares, e.g. an accumulator that is only written. */
  readonly direction?: 'read' | 'write';
}

/** `segments` runs of `bytes` bytes, `stride` apart, from `address` on, that an instruction reads or writes. */
export interface Region {
  readonly space: Space;
  /** The operand that names the address. */
  readonly operand: string;
  readonly address: number;
  readonly bytes: number;
  readonly segments: number;
  readonly stride: number;
  readonly reads: boolean;
  readonly writes: boolean;
}

/** The first byte after `region`. */
export function regionEnd(region: Region): number {
  return region.address + (region.segments - 1) * region.stride + region.bytes;
}

/** The lowest of `bytes` bytes at `address` that some segment of `region` holds. */
function sharedWithRun(region: Region, address: number, bytes: number): number | undefined {
  const { stride, segments } = region;
  const isOne = segments === 1 || stride === 0;
  // The first segment that ends after `address`; it is the only candidate for the lowest common byte.
  const first = isOne ? 0 : Math.max(0, Math.floor((address - region.address - region.bytes) / stride) + 1);
  const start = region.address + first * stride;
  const isShared = first < segments && start < address + bytes && address < start + region.bytes;
  return isShared ? Math.max(start, address) : undefined;
}

/** The lowest address that both regions hold; undefined when they share no byte. */
export function sharedByte(a: Region, b: Region): number | undefined {
  if (a.space !== b.space || a.address >= regionEnd(b) || b.address >= regionEnd(a)) return undefined;
  const [few, many] = a.segments <= b.segments ? [a, b] : [b, a];
  for (let i = 0; i < few.segments; i++) {
    const shared = sharedWithRun(many, few.address + i * few.stride, few.bytes);
    if (shared !== undefined) return shared;
  }
  return undefined;
}
