/** A memory of the machine: bytes, typed views of them, and which of them were ever written. */

/** One address space of one core, or the shared GDRAM. Addresses are bytes; it grows up to `limit` when written. */
export class Memory {
  readonly limit: number;
  bytes: Uint8Array;
  halves: Uint16Array;
  singles: Float32Array;
  words: Int32Array;
  /** 1 for each byte that was written; undefined when that is not watched. */
  written: Uint8Array | undefined;
  /** The interval written since the last `clear`. */
  low: number;
  high: number;

  constructor(initial: number, limit: number, watched: boolean) {
    this.limit = limit;
    this.low = Infinity;
    this.high = 0;
    const buffer = new ArrayBuffer(Math.min(limit, roundUp(initial)));
    this.bytes = new Uint8Array(buffer);
    this.halves = new Uint16Array(buffer);
    this.singles = new Float32Array(buffer);
    this.words = new Int32Array(buffer);
    this.written = watched ? new Uint8Array(buffer.byteLength) : undefined;
  }

  /** Makes the bytes below `end` exist; the caller has checked `end` against the limit. */
  grow(end: number): void {
    if (end <= this.bytes.length) return;
    const larger = new Memory(
      Math.min(this.limit, Math.max(end, 2 * this.bytes.length)),
      this.limit,
      this.written !== undefined,
    );
    larger.bytes.set(this.bytes);
    if (this.written !== undefined) larger.written?.set(this.written);
    this.bytes = larger.bytes;
    this.halves = larger.halves;
    this.singles = larger.singles;
    this.words = larger.words;
    this.written = larger.written;
  }

  /** Notes that `bytes` bytes at `address` are now written. */
  mark(address: number, bytes: number): void {
    if (address < this.low) this.low = address;
    if (address + bytes > this.high) this.high = address + bytes;
    this.written?.fill(1, address, address + bytes);
  }

  /** The first address of the run that was never written; undefined when all was, or when that is not watched. */
  firstUnwritten(address: number, bytes: number): number | undefined {
    if (this.written === undefined) return undefined;
    const at = this.written.subarray(address, address + bytes).indexOf(0);
    return at < 0 ? undefined : address + at;
  }

  /** Forgets what was written since the last `clear`; the bytes stay. */
  clear(): void {
    if (this.low < this.high) this.written?.fill(0, this.low, this.high);
    this.low = Infinity;
    this.high = 0;
  }
}

function roundUp(bytes: number): number {
  return Math.ceil(Math.max(bytes, 1) / 64) * 64;
}
