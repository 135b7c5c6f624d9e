/** Moving dense tensors in and out of the padded form that symbols have in memory. */
import { elementBytes, type ProgramSymbol } from './program.ts';

/** Calls `visit` with the byte offset in memory and in the dense tensor of every innermost row. */
function forEachRow(symbol: ProgramSymbol, visit: (inMemory: number, inTensor: number, bytes: number) => void): void {
  const { shape, physical } = symbol;
  const size = elementBytes[symbol.element];
  const rank = shape.length;
  const bytes = size * (shape[rank - 1] ?? 1);
  if (shape.some((extent) => extent === 0)) return;
  const index = new Array<number>(Math.max(0, rank - 1)).fill(0);
  for (let row = 0; ; row++) {
    let at = 0;
    for (let d = 0; d < rank; d++) at = at * (physical[d] as number) + (index[d] ?? 0);
    visit(at * size, row * bytes, bytes);
    let d = rank - 2;
    for (; d >= 0; d--) {
      index[d] = (index[d] as number) + 1;
      if ((index[d] as number) < (shape[d] as number)) break;
      index[d] = 0;
    }
    if (d < 0) return;
  }
}

/** Bytes of the symbol's tensor without padding. */
export function tensorBytes(symbol: ProgramSymbol): number {
  return symbol.shape.reduce((product, extent) => product * extent, elementBytes[symbol.element]);
}

/** Writes the dense `tensor` into `memory`, which holds the symbol from its start; padding is left alone. */
export function scatter(symbol: ProgramSymbol, tensor: Uint8Array, memory: Uint8Array): void {
  forEachRow(symbol, (at, from, bytes) => memory.set(tensor.subarray(from, from + bytes), at));
}

/** Reads the dense tensor from `memory`, which holds the symbol from its start. */
export function gather(symbol: ProgramSymbol, memory: Uint8Array): Uint8Array {
  const tensor = new Uint8Array(tensorBytes(symbol));
  forEachRow(symbol, (at, to, bytes) => tensor.set(memory.subarray(at, at + bytes), to));
  return tensor;
}
