/**
 * Texts that were read before: the properties, the signature or the type at a place is looked up
 * as a span of bytes, so that what repeats is read once.
 */
import { isIdentifier, isIdentifierStart } from './scan.ts';
import { hashSeed, mixByte, type SpanTable } from './span-table.ts';
import { token } from './token.ts';

/** What stands next, where a text that was read before may be recognised as a whole. */
export const wanted = { nothing: 0, properties: 1, signature: 2, type: 3 } as const;

/** Longer texts are not remembered. */
const longestSpan = 2048;

const kinds = [0, token.DICTIONARY_SPAN, token.SIGNATURE_SPAN, token.TYPE_SPAN];

/** Finds and remembers spans of one text. */
export class SpanMemo {
  /** End and token kind of the span that was found. */
  end: number;
  kind: number;
  private readonly bytes: Uint8Array;
  private readonly spans: SpanTable;
  /** What each remembered span was wanted as. */
  private readonly wantedAs: number[];
  private missStart: number;
  private missEnd: number;
  private hash: number;

  constructor(bytes: Uint8Array, spans: SpanTable) {
    this.end = 0;
    this.kind = 0;
    this.bytes = bytes;
    this.spans = spans;
    this.wantedAs = [];
    this.missStart = 0;
    this.missEnd = -1;
    this.hash = 0;
  }

  /** The index of the span that starts here, when it was remembered as what is wanted; else −1. */
  find(want: number, start: number): number {
    this.missEnd = -1;
    const end =
      want === wanted.properties
        ? this.properties(start)
        : want === wanted.signature
          ? this.signature(start)
          : this.type(start);
    if (end < 0) return -1;
    const index = this.spans.find(this.bytes, start, end, this.hash);
    if (index >= 0 && this.wantedAs[index] === want) {
      this.end = end;
      this.kind = kinds[want] as number;
      return index;
    }
    this.missStart = start;
    this.missEnd = end;
    return -1;
  }

  /** Remembers the span that was missed, when what was read ends where it does; its index, or −1. */
  remember(want: number, end: number): number {
    if (this.missEnd !== end) return -1;
    const index = this.spans.intern(this.bytes, this.missStart, end, this.hash);
    this.wantedAs[index] = want;
    return index;
  }

  // Each finds the end of its span, or −1, and hashes on the way; the kind is part of the hash.

  /** `<{ … }>` on one line. */
  private properties(start: number): number {
    const { bytes } = this;
    if (bytes[start] !== 0x3c || bytes[start + 1] !== 0x7b) return -1;
    const limit = Math.min(bytes.length, start + longestSpan);
    let hash = mixByte(hashSeed, wanted.properties);
    for (let at = start; at < limit; at++) {
      const byte = bytes[at] as number;
      if (byte === 0x0a) return -1;
      hash = mixByte(hash, byte);
      if (byte === 0x7d && bytes[at + 1] === 0x3e) {
        this.hash = hash;
        return at + 2;
      }
    }
    return -1;
  }

  /** `( … ) -> …` up to the end of the line or a location. */
  private signature(start: number): number {
    const { bytes } = this;
    if (bytes[start] !== 0x28) return -1;
    const limit = Math.min(bytes.length, start + longestSpan);
    let hash = mixByte(hashSeed, wanted.signature);
    let at = start;
    for (; at < limit; at++) {
      const byte = bytes[at] as number;
      if (byte === 0x0a) break;
      if (byte === 0x6c && bytes[at + 1] === 0x6f && bytes[at + 2] === 0x63 && bytes[at + 3] === 0x28) break;
      hash = mixByte(hash, byte);
    }
    if (at === start + longestSpan) return -1;
    this.hash = hash;
    while (bytes[at - 1] === 0x20) at--;
    return at;
  }

  /** A type that is not a function type, up to what cannot belong to it. */
  private type(start: number): number {
    const { bytes } = this;
    const first = bytes[start] as number;
    if (!isIdentifierStart(first) && first !== 0x21) return -1;
    const limit = Math.min(bytes.length, start + longestSpan);
    let hash = mixByte(hashSeed, wanted.type);
    let depth = 0;
    for (let at = start; at < limit; at++) {
      const byte = bytes[at] as number;
      if (byte === 0x3c) depth++;
      else if (byte === 0x3e) depth--;
      else if (depth === 0 && !isIdentifier(byte) && byte !== 0x21) {
        this.hash = hash;
        return at;
      } else if (byte === 0x22 || byte === 0x2d || byte === 0x28 || byte === 0x0a) return -1;
      hash = mixByte(hash, byte);
    }
    return -1;
  }
}
