/** `dense<…>` from tokens: the literals are kept until the type behind them is known. */
import { type Attribute, verbatimAttribute } from '../attribute.ts';
import { denseAttribute, storedBytes } from '../dense.ts';
import { bitsOf } from '../float-text.ts';
import { bitWidth, dynamic, elementCount, type FloatType, type ShapedType, type Type } from '../type.ts';
import { failAt } from './failure.ts';
import type { Lexer } from './lexer.ts';
import { hasKnownBits, integerLiteral, integerOf, isHexLiteral } from './number-literal.ts';
import { token } from './token.ts';

const literalKind = { integer: 0, hex: 1, float: 2, bool: 3, string: 4 } as const;

/** One `dense<…>` that is being read. */
interface Draft {
  readonly start: number;
  end: number;
  readonly values: (number | bigint)[];
  readonly kinds: number[];
  readonly offsets: number[];
  /** Lists that are open, with the number of their members so far. */
  readonly open: number[];
  /** Members of the lists of each depth. */
  readonly shape: number[];
  /** How many lists are around a literal. */
  leafDepth: number;
  complex: boolean;
  listed: boolean;
  /** Bounds of the only string. */
  stringStart: number;
  stringEnd: number;
}

/** Collects the literals of dense elements. */
export class DenseReader {
  private readonly lexer: Lexer;
  private readonly drafts: Draft[];
  private draft: Draft;

  constructor(lexer: Lexer) {
    this.lexer = lexer;
    this.drafts = [];
    this.draft = draftAt(0);
  }

  begin(): void {
    this.draft = draftAt(this.lexer.start);
    this.drafts.push(this.draft);
  }

  /** The current token is a literal, real or the real part of a complex number. */
  literal(): void {
    const { lexer, draft } = this;
    const depth = draft.open.length;
    if (draft.leafDepth >= 0 && draft.leafDepth !== depth) this.inconsistent();
    draft.leafDepth = depth;
    this.push();
    if (depth > 0) draft.open[depth - 1] = (draft.open[depth - 1] as number) + 1;
    if (lexer.kind === token.STRING) {
      draft.stringStart = lexer.start;
      draft.stringEnd = lexer.end;
    }
  }

  /** The current token is the imaginary part of a complex number. */
  imaginary(): void {
    this.draft.complex = true;
    this.push();
  }

  private push(): void {
    const { lexer, draft } = this;
    const { kind } = lexer;
    // What is no literal is the grammar's to report.
    if (!isLiteral(kind)) return;
    draft.offsets.push(lexer.start);
    if (kind === token.INTEGER) {
      const text = lexer.text();
      draft.kinds.push(isHexLiteral(text) ? literalKind.hex : literalKind.integer);
      draft.values.push(integerOf(text));
    } else if (kind === token.FLOAT) {
      draft.kinds.push(literalKind.float);
      draft.values.push(Number(lexer.text()));
    } else {
      draft.kinds.push(kind === token.STRING ? literalKind.string : literalKind.bool);
      draft.values.push(kind === token.TRUE ? 1 : 0);
    }
  }

  private inconsistent(): never {
    return failAt('tensor literal is invalid; ranks are not consistent between elements', this.lexer.start);
  }

  listBegin(): void {
    this.draft.listed = true;
    this.draft.open.push(0);
  }

  listEnd(): void {
    const { draft } = this;
    const count = draft.open.pop() as number;
    const depth = draft.open.length;
    if (draft.shape[depth] === undefined) draft.shape[depth] = count;
    else if (draft.shape[depth] !== count) this.inconsistent();
    if (depth > 0) draft.open[depth - 1] = (draft.open[depth - 1] as number) + 1;
  }

  /** The current token closes the literal. */
  close(): void {
    this.draft.end = this.lexer.end;
  }

  /** The attribute, now that the type is known. */
  end(type: Type): Attribute {
    const draft = this.drafts.pop() as Draft;
    const { start } = draft;
    if (type.kind !== 'tensor' && type.kind !== 'vector' && type.kind !== 'memref')
      return failAt('elements literal must be a shaped type', start);
    if (type.shape.includes(dynamic)) return failAt('elements literal type must have static shape', start);
    if (!isStored(type.element) || (draft.stringStart > 0 && (draft.listed || !this.isHexString(draft))))
      return this.verbatim(draft, type);
    const bytes = draft.stringStart > 0 ? this.hexBytes(draft, type) : elementBytes(draft, type);
    return denseAttribute(type, bytes);
  }

  private verbatim({ start, end }: Draft, type: Type): Attribute {
    const text = new TextDecoder().decode(this.lexer.bytes.subarray(start, end));
    return verbatimAttribute(`${text} : ${type.text}`, type);
  }

  private isHexString({ stringStart }: Draft): boolean {
    const { bytes } = this.lexer;
    if (bytes[stringStart + 1] === 0x30 && bytes[stringStart + 2] === 0x78) return true;
    return failAt('expected string containing hex digits starting with `0x`', stringStart);
  }

  private hexBytes({ stringStart, stringEnd, start }: Draft, type: ShapedType): Uint8Array {
    const { bytes } = this.lexer;
    const digits = stringEnd - 1 - (stringStart + 3);
    const data = new Uint8Array(digits >> 1);
    const at = stringStart + 3;
    let bad = digits % 2 !== 0;
    let joined = 0;
    for (let byte = 0, from = at; byte < data.length; byte++, from += 2) {
      const pair = ((nibbles[bytes[from] as number] as number) << 4) | (nibbles[bytes[from + 1] as number] as number);
      joined |= pair;
      data[byte] = pair;
    }
    if ((joined & notDigit) !== 0) bad = true;
    if (bad) failAt('expected string containing hex digits starting with `0x`', stringStart);
    const count = elementCount(type.shape) as number;
    const size = storedBytes(type.element);
    if (bitWidth(type.element) === 1 && type.element.kind === 'integer') {
      if (data.length === 1 && count !== 1 && count > 8) return Uint8Array.of((data[0] as number) & 1);
      if (data.length !== Math.ceil(count / 8)) this.wrongSize(start, type);
      return Uint8Array.from({ length: count }, (_, i) => ((data[i >> 3] as number) >> (i & 7)) & 1);
    }
    if (data.length !== count * size && data.length !== size) this.wrongSize(start, type);
    return data;
  }

  private wrongSize(offset: number, type: Type): never {
    return failAt(`elements hex data size is invalid for provided type: '${type.text}'`, offset);
  }
}

const isLiteral = (kind: number): boolean =>
  kind === token.INTEGER ||
  kind === token.FLOAT ||
  kind === token.TRUE ||
  kind === token.FALSE ||
  kind === token.STRING;

/** Set, in either place of a pair, for what is no hexadecimal digit. */
const notDigit = 0x1100;
/** Values of hexadecimal digits by byte. */
const nibbles = Uint16Array.from({ length: 256 }, (_, byte) => {
  const value = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(value) ? 0x1100 : value;
});

const draftAt = (start: number): Draft => ({
  start,
  end: start,
  values: [],
  kinds: [],
  offsets: [],
  open: [],
  shape: [],
  leafDepth: -1,
  complex: false,
  listed: false,
  stringStart: 0,
  stringEnd: 0,
});

/** Whether elements of this type are kept as bytes; the others stay text. */
const isStored = (element: Type): boolean =>
  element.kind === 'integer' ||
  element.kind === 'index' ||
  (element.kind === 'float' && hasKnownBits(element)) ||
  (element.kind === 'complex' && element.element.kind !== 'complex' && isStored(element.element));

function elementBytes(draft: Draft, type: ShapedType): Uint8Array {
  const { element } = type;
  const complex = element.kind === 'complex';
  const count = elementCount(type.shape) as number;
  const parts = complex ? 2 : 1;
  const given = draft.values.length / parts;
  if (draft.complex !== complex && given > 0)
    failAt(
      complex ? `expected '(' in complex elements` : 'expected element literal of primitive type',
      draft.offsets[0] as number,
    );
  if (given === 0 && count !== 0)
    failAt(`parsed zero elements, but type ('${type.text}') expected at least 1`, draft.start);
  if (draft.listed && given > 0 && !sameShape(draft.shape, type.shape))
    failAt(
      `inferred shape of elements literal ([${draft.shape.join(', ')}]) ` +
        `does not match type ([${type.shape.join(', ')}])`,
      draft.start,
    );
  const scalar = element.kind === 'complex' ? element.element : element;
  const size = storedBytes(scalar);
  const bytes = new Uint8Array(draft.values.length * size);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < draft.values.length; at++) writeScalar(view, at * size, size, scalar, draft, at);
  return bytes;
}

const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((extent, at) => extent === b[at]);

function writeScalar(view: DataView, byte: number, size: number, type: Type, draft: Draft, at: number): void {
  const kind = draft.kinds[at] as number;
  const value = draft.values[at] as number | bigint;
  const offset = draft.offsets[at] as number;
  if (type.kind === 'float') {
    if (kind === literalKind.hex) return writeBits(view, byte, size, bitsOfLiteral(value, type, offset));
    if (kind !== literalKind.float) failAt('expected floating-point elements, but parsed integer', offset);
    return writeFloat(view, byte, type, Number(value));
  }
  if (type.kind !== 'integer' && type.kind !== 'index') return;
  const isBit = type.kind === 'integer' && type.width === 1;
  if (kind === literalKind.float) failAt('expected integer elements, but parsed floating-point', offset);
  if (kind === literalKind.bool && !isBit) failAt(`expected i1 type for 'true' or 'false' values`, offset);
  if (type.kind === 'integer' && type.sign === 'unsigned' && value < 0)
    failAt('expected unsigned integer elements, but parsed negative value', offset);
  const wrapped = integerLiteral(
    kind === literalKind.hex ? `0x${value.toString(16)}` : String(value),
    type,
    offset,
    'type',
  );
  if (isBit) view.setUint8(byte, wrapped === 0 ? 0 : 1);
  else if (size === 1) view.setInt8(byte, Number(wrapped));
  else if (size === 2) view.setInt16(byte, Number(wrapped), true);
  else if (size === 4) view.setInt32(byte, Number(wrapped), true);
  else writeBits(view, byte, size, BigInt(wrapped));
}

function writeBits(view: DataView, byte: number, size: number, bits: bigint): void {
  if (size === 8) return view.setBigUint64(byte, BigInt.asUintN(64, bits), true);
  // Shifting a wide number byte by byte would take quadratic time.
  const digits = BigInt.asUintN(size * 8, bits)
    .toString(16)
    .padStart(size * 2, '0');
  for (let at = 0; at < size; at++)
    view.setUint8(byte + at, Number.parseInt(digits.slice((size - at - 1) * 2, (size - at) * 2), 16));
}

function bitsOfLiteral(value: number | bigint, type: FloatType, offset: number): bigint {
  const bits = BigInt(value);
  if (bits >> BigInt(type.width) !== 0n) failAt('hexadecimal float constant out of range for type', offset);
  return bits;
}

function writeFloat(view: DataView, byte: number, type: FloatType, value: number): void {
  if (type.name === 'f32') view.setFloat32(byte, value, true);
  else if (type.name === 'f64') view.setFloat64(byte, value, true);
  else view.setUint16(byte, Number(bitsOf(value, type)), true);
}
