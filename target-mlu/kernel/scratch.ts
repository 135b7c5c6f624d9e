/** Buffers that instructions reuse, so that running one allocates nothing large. */

const singleBuffers = new Map<string, Float32Array>();
const doubleBuffers = new Map<string, Float64Array>();

/** `count` singles under `name`, with whatever they held before; two names never share memory. */
export function scratchSingles(name: string, count: number): Float32Array {
  const known = singleBuffers.get(name);
  if (known !== undefined && known.length >= count) return known.subarray(0, count);
  const made = new Float32Array(Math.max(count, 2 * (known?.length ?? 0)));
  singleBuffers.set(name, made);
  return made.subarray(0, count);
}

/** `count` doubles under `name`, with whatever they held before; two names never share memory. */
export function scratchDoubles(name: string, count: number): Float64Array {
  const known = doubleBuffers.get(name);
  if (known !== undefined && known.length >= count) return known.subarray(0, count);
  const made = new Float64Array(Math.max(count, 2 * (known?.length ?? 0)));
  doubleBuffers.set(name, made);
  return made.subarray(0, count);
}
