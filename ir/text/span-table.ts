/** Interned spans of bytes: each different span gets a small integer, and its string is made once. */

/** Where the hash of a span starts; each byte is mixed in by `mixByte`. */
export const hashSeed = 0x811c9dc5 | 0;

/** The hash of a longer span from the hash of a shorter one. */
export const mixByte = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193);

const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });

/** The text of some bytes as UTF-8; short ASCII is decoded without the decoder's overhead. */
export function decode(bytes: Uint8Array, from: number, to: number): string {
  if (to - from < 24) {
    let text = '';
    let at = from;
    for (; at < to; at++) {
      const byte = bytes[at] as number;
      if (byte >= 0x80) break;
      text += String.fromCharCode(byte);
    }
    if (at === to) return text;
  }
  return decoder.decode(bytes.subarray(from, to));
}

/** A set of byte spans with dense indices from 0. */
export class SpanTable {
  private slots: Int32Array;
  private hashes: Int32Array;
  private starts: Int32Array;
  private lengths: Int32Array;
  private pool: Uint8Array;
  private poolEnd: number;
  private readonly texts: (string | undefined)[];
  count: number;

  constructor() {
    this.slots = new Int32Array(1024);
    this.hashes = new Int32Array(256);
    this.starts = new Int32Array(256);
    this.lengths = new Int32Array(256);
    this.pool = new Uint8Array(4096);
    this.poolEnd = 0;
    this.texts = [];
    this.count = 0;
  }

  /** The index of the span, or −1 when it was never added. `hash` is that of its bytes. */
  find(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const mask = this.slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let entry = this.slots[slot] as number; entry !== 0; entry = this.slots[slot] as number) {
      if (this.hashes[entry - 1] === hash && this.isSame(entry - 1, bytes, from, to)) return entry - 1;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  private isSame(index: number, bytes: Uint8Array, from: number, to: number): boolean {
    if (this.lengths[index] !== to - from) return false;
    const { pool } = this;
    let at = this.starts[index] as number;
    for (let byte = from; byte < to; byte++, at++) if (pool[at] !== bytes[byte]) return false;
    return true;
  }

  /** The index of the span, added when it is new. */
  intern(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const known = this.find(bytes, from, to, hash);
    return known >= 0 ? known : this.add(bytes, from, to, hash);
  }

  private add(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const index = this.count++;
    if (index >= this.hashes.length) {
      this.hashes = doubled(this.hashes);
      this.starts = doubled(this.starts);
      this.lengths = doubled(this.lengths);
    }
    const length = to - from;
    if (this.poolEnd + length > this.pool.length) {
      const pool = new Uint8Array(Math.max(this.pool.length * 2, this.poolEnd + length));
      pool.set(this.pool);
      this.pool = pool;
    }
    for (let at = 0; at < length; at++) this.pool[this.poolEnd + at] = bytes[from + at] as number;
    this.hashes[index] = hash;
    this.starts[index] = this.poolEnd;
    this.lengths[index] = length;
    this.poolEnd += length;
    this.texts.push(undefined);
    if (this.count * 2 > this.slots.length) this.rehash();
    else this.place(index);
    return index;
  }

  private place(index: number): void {
    const mask = this.slots.length - 1;
    const hash = this.hashes[index] as number;
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = index + 1;
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    for (let index = 0; index < this.count; index++) this.place(index);
  }

  /** The index of a text, added when it is new. */
  internText(text: string): number {
    const bytes = new TextEncoder().encode(text);
    let hash = hashSeed;
    for (const byte of bytes) hash = mixByte(hash, byte);
    return this.intern(bytes, 0, bytes.length, hash);
  }

  /** The text of span `index`. */
  text(index: number): string {
    const start = this.starts[index] as number;
    const known = this.texts[index];
    if (known !== undefined) return known;
    const text = decode(this.pool, start, start + (this.lengths[index] as number));
    this.texts[index] = text;
    return text;
  }
}

const doubled = (column: Int32Array): Int32Array => {
  const grown = new Int32Array(column.length * 2);
  grown.set(column);
  return grown;
};
