/**
 * Dense elements: the data of a constant tensor, as little-endian bytes of the element type.
 * A splat holds one element. `i1` takes a byte an element here. Interned by content.
 */
import { freshAttributeId } from './attribute.ts';
import { formatFloat, valueOfBits } from './float-text.ts';
import { bitWidth, elementCount, type ShapedType, type Type } from './type.ts';

/** Above this many elements upstream prints the bytes in hexadecimal. */
const hexLimit = 100;
/** Contents above this size are interned weakly, so that a dropped network frees its weights. */
const weakLimit = 4096;

/** `dense<…> : type`; `bytes` holds one element when `splat`, else all in row-major order. */
export class DenseAttribute {
  readonly kind: 'dense';
  readonly type: ShapedType;
  readonly splat: boolean;
  readonly bytes: Uint8Array;
  readonly id: number;
  #text: string | undefined;

  constructor(type: ShapedType, splat: boolean, bytes: Uint8Array) {
    this.kind = 'dense';
    this.type = type;
    this.splat = splat;
    this.bytes = bytes;
    this.id = freshAttributeId();
    this.#text = undefined;
  }

  /** The canonical text, made when asked for and kept where it is short. */
  get text(): string {
    if (this.#text !== undefined) return this.#text;
    const text = `dense<${denseBody(this)}> : ${this.type.text}`;
    if (text.length <= weakLimit) this.#text = text;
    return text;
  }
}

/** Bytes of one stored element: the width rounded up to whole bytes. */
export const storedBytes = (element: Type): number => Math.ceil((bitWidth(element) ?? 8) / 8);

const interned = new Map<string, (DenseAttribute | WeakRef<DenseAttribute>)[]>();

const hash = (bytes: Uint8Array): number => {
  let sum = 0x811c9dc5;
  for (let at = 0; at < bytes.length; at++) sum = Math.imul(sum ^ (bytes[at] as number), 0x01000193);
  return sum >>> 0;
};

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
};

const isSplat = (bytes: Uint8Array, size: number): boolean => {
  for (let at = size; at < bytes.length; at++) if (bytes[at] !== bytes[at - size]) return false;
  return bytes.length > size;
};

/**
 * Dense elements from raw little-endian bytes: of all elements, or of one that every element is
 * equal to. A constant list becomes a splat, as upstream does. Throws a `RangeError` when the
 * number of bytes is neither.
 */
export function denseAttribute(type: ShapedType, bytes: Uint8Array): DenseAttribute {
  const size = storedBytes(type.element);
  const count = elementCount(type.shape);
  if (count === undefined || (bytes.length !== size && bytes.length !== count * size))
    throw new RangeError(
      `dense elements of ${type.text} have ${bytes.length} bytes, expected ${(count ?? 0) * size} or ${size}`,
    );
  const splat = count > 0 && (bytes.length === size || isSplat(bytes, size));
  const content = splat ? bytes.slice(0, size) : count === 0 ? new Uint8Array(0) : bytes;
  const key = `${type.id} ${content.length} ${hash(content)}`;
  const bucket = interned.get(key) ?? [];
  for (const entry of bucket) {
    const known = entry instanceof WeakRef ? entry.deref() : entry;
    if (known && sameBytes(known.bytes, content)) return known;
  }
  const made = new DenseAttribute(type, splat, content);
  interned.set(key, [
    ...bucket.filter((entry) => !(entry instanceof WeakRef) || entry.deref()),
    content.length > weakLimit ? new WeakRef(made) : made,
  ]);
  return made;
}

const toBits = (bytes: Uint8Array, at: number, size: number): bigint => {
  if (size > 8) {
    // Shifting in byte by byte would take quadratic time.
    let digits = '0x';
    for (let byte = size - 1; byte >= 0; byte--) digits += (bytes[at + byte] as number).toString(16).padStart(2, '0');
    return BigInt(digits);
  }
  let bits = 0n;
  for (let byte = size - 1; byte >= 0; byte--) bits = (bits << 8n) | BigInt(bytes[at + byte] as number);
  return bits;
};

/** Element `at` of the stored bytes, as it is written in a list. */
function elementText(bytes: Uint8Array, at: number, element: Type): string {
  const size = storedBytes(element);
  if (element.kind === 'complex') {
    const half = storedBytes(element.element);
    const parts = [bytes.subarray(at * size, at * size + half), bytes.subarray(at * size + half, (at + 1) * size)];
    return `(${parts.map((part) => elementText(part, 0, element.element)).join(', ')})`.replace(', ', ',');
  }
  const bits = toBits(bytes, at * size, size);
  if (element.kind === 'float') {
    const value = valueOfBits(bits, element);
    // A NaN keeps its bits: stored data is not arithmetic.
    return Number.isNaN(value)
      ? `0x${bits
          .toString(16)
          .toUpperCase()
          .padStart(size * 2, '0')}`
      : formatFloat(value, element).text;
  }
  const width = bitWidth(element) ?? 64;
  if (element.kind === 'integer' && width === 1) return String(bits !== 0n);
  const unsigned = element.kind === 'integer' && element.sign === 'unsigned';
  return String(unsigned ? BigInt.asUintN(width, bits) : BigInt.asIntN(width, bits));
}

const hexDigits = new TextEncoder().encode('0123456789ABCDEF');
const ascii = new TextDecoder();
const hexBytes = (bytes: Uint8Array): string => {
  const digits = new Uint8Array(bytes.length * 2);
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    digits[at * 2] = hexDigits[byte >> 4] as number;
    digits[at * 2 + 1] = hexDigits[byte & 15] as number;
  }
  return ascii.decode(digits);
};

const packBits = (bytes: Uint8Array): Uint8Array => {
  const packed = new Uint8Array(Math.ceil(bytes.length / 8));
  for (let at = 0; at < bytes.length; at++)
    if (bytes[at]) packed[at >> 3] = (packed[at >> 3] as number) | (1 << (at & 7));
  return packed;
};

/** The text between the angle brackets of `dense<…>`; more than `longest` elements are written as hexadecimal bytes. */
export function denseBody({ type, splat, bytes }: DenseAttribute, longest = hexLimit): string {
  const { shape, element } = type;
  const count = elementCount(shape) ?? 0;
  if (count === 0) return '';
  if (splat || shape.length === 0) return elementText(bytes, 0, element);
  if (count > longest) return `"0x${hexBytes(bitWidth(element) === 1 ? packBits(bytes) : bytes)}"`;
  let at = 0;
  const nest = (depth: number): string =>
    depth === shape.length
      ? elementText(bytes, at++, element)
      : `[${Array.from({ length: shape[depth] as number }, () => nest(depth + 1)).join(', ')}]`;
  return nest(0);
}
