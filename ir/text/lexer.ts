/**
 * The lexer: one token at a time, pulled by the parser, over UTF-8 bytes. It makes no objects; a
 * token is the fields `kind`, `start` and `end`, and its text is a slice that is taken when asked for.
 */
import { decode, hashSeed, mixByte, SpanTable } from './span-table.ts';
import {
  isDigit,
  isIdentifier,
  isIdentifierStart,
  isSuffix,
  skipBalanced,
  skipNumber,
  skipShape,
  skipString,
  unquote,
} from './scan.ts';
import { SpanMemo } from './span-memo.ts';
import { keywordKinds, token } from './token.ts';

const {
  LPAREN,
  RPAREN,
  LBRACE,
  RBRACE,
  LBRACKET,
  RBRACKET,
  LESS,
  GREATER,
  COMMA,
  COLON,
  EQUAL,
  STAR,
  QUESTION,
  OTHER,
  BARE_ID,
  VALUE_ID,
  CARET_ID,
  AT_ID,
  STRING,
  INTEGER,
  FLOAT,
  TENSOR,
  MEMREF,
  VECTOR,
  VERBATIM,
  AFFINE_MAP,
  AFFINE_SET,
} = token;

/** Kinds of the tokens that are one byte, by that byte. */
const single = new Int8Array(128);
for (const [text, kind] of [
  ['(', LPAREN],
  [')', RPAREN],
  ['{', LBRACE],
  ['}', RBRACE],
  ['[', LBRACKET],
  [']', RBRACKET],
  ['<', LESS],
  ['>', GREATER],
  [',', COMMA],
  ['=', EQUAL],
  ['*', STAR],
  ['?', QUESTION],
] as const)
  single[text.charCodeAt(0)] = kind;

/** Pulls tokens from bytes. */
export class Lexer {
  readonly bytes: Uint8Array;
  /** Names, keywords and spans of text by small integers. */
  readonly spans: SpanTable;
  kind: number;
  start: number;
  end: number;
  /** The line of the current token, from 1, and the byte at which that line starts. */
  line: number;
  lineStart: number;
  /** The interned text of a name or keyword without its sigil. */
  id: number;
  /** `N` of `%x#N`, else 0. */
  part: number;
  /** The number in a value name such as `%12`, else −1. */
  number: number;
  /** End of the token before the current one. */
  previousEnd: number;
  /** Called with a message and a byte offset. */
  readonly fail: (message: string, offset: number) => never;
  private readonly keywords: Int32Array;
  private want_: number;
  private wantAfter_: number;
  private shaped: boolean;
  private readonly memo: SpanMemo;

  constructor(bytes: Uint8Array, fail: (message: string, offset: number) => never, firstLine = 1) {
    this.bytes = bytes;
    this.fail = fail;
    this.spans = new SpanTable();
    this.kind = token.EOF;
    // A byte order mark is not text.
    this.start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    this.end = this.start;
    this.line = firstLine;
    this.lineStart = this.start;
    this.id = 0;
    this.part = 0;
    this.number = -1;
    this.previousEnd = 0;
    this.want_ = 0;
    this.wantAfter_ = 0;
    this.shaped = false;
    this.memo = new SpanMemo(bytes, this.spans);
    // Keywords take the first indices, so that a kind is found by index.
    this.keywords = new Int32Array(keywordKinds.size);
    for (const [word, kind] of keywordKinds) this.keywords[this.spans.internText(word)] = kind;
    this.next();
  }

  /** The kind of the current token; the argument is always 1. */
  LA(_ahead: number): number {
    return this.kind;
  }

  /** Says what stands after the current token. */
  want(what: number): void {
    this.want_ = what;
  }

  /** Says what stands after the token that follows the current one. */
  wantAfter(what: number): void {
    this.wantAfter_ = what;
  }

  /** The text of the current token. */
  text(): string {
    return decode(this.bytes, this.start, this.end);
  }

  /** Reads the next token. */
  next(): void {
    const { bytes } = this;
    const want = this.want_;
    this.want_ = this.wantAfter_;
    this.wantAfter_ = 0;
    this.previousEnd = this.end;
    let at = this.end;
    let byte = bytes[at] as number;
    for (;;) {
      if (byte === 0x20) at++;
      else if (byte === 0x0a) {
        at++;
        this.line++;
        this.lineStart = at;
      } else if (byte === 0x0d || byte === 0x09) at++;
      else if (byte === 0x2f && bytes[at + 1] === 0x2f) {
        at = bytes.indexOf(0x0a, at);
        if (at < 0) at = bytes.length;
      } else break;
      byte = bytes[at] as number;
    }
    this.start = at;
    if (at >= bytes.length) {
      this.end = bytes.length;
      this.kind = token.EOF;
      return;
    }
    if (this.shaped) {
      this.shaped = false;
      if (this.shape(at)) return;
    }
    if (want !== 0 && this.known(want, at)) return;
    if (byte === 0x25) return this.value(at);
    if (isIdentifierStart(byte)) return this.word(at);
    if (byte === 0x22) return this.quoted(at);
    const kind = byte < 128 ? (single[byte] as number) : 0;
    if (kind !== 0) {
      if (kind === LESS && this.end === at && this.isShapedKeyword()) this.shaped = true;
      this.kind = kind;
      this.end = at + 1;
      if (kind === LBRACE && bytes[at + 1] === 0x2d && bytes[at + 2] === 0x23) this.metadata(at);
      return;
    }
    this.rest(at, byte);
  }

  private isShapedKeyword(): boolean {
    return this.kind === TENSOR || this.kind === MEMREF || this.kind === VECTOR;
  }

  private rest(at: number, byte: number): void {
    const { bytes } = this;
    const after = bytes[at + 1] as number;
    if (isDigit(byte) || (byte === 0x2d && isDigit(after))) this.numeric(at);
    else if (byte === 0x2d && after === 0x3e) this.set(token.ARROW, at + 2);
    else if (byte === 0x3a) this.set(after === 0x3a ? token.COLON_COLON : COLON, after === 0x3a ? at + 2 : at + 1);
    else if (byte === 0x40) this.symbol(at, after);
    else if (byte === 0x5e) this.sigil(at, CARET_ID, 'block');
    else if (byte === 0x23) this.extended(at, token.ATTRIBUTE_ALIAS, token.DIALECT_ATTRIBUTE);
    else if (byte === 0x21) this.extended(at, token.TYPE_ALIAS, token.DIALECT_TYPE);
    else this.set(OTHER, at + (byte === 0x2e && after === 0x2e ? 3 : 1));
  }

  private set(kind: number, end: number): void {
    this.kind = kind;
    this.end = end;
  }

  /** `%name`, `%12`, with `#2` after it. */
  private value(start: number): void {
    const { bytes } = this;
    let at = start + 1;
    let number = 0;
    let hash = hashSeed;
    let byte = bytes[at] as number;
    while (isDigit(byte)) {
      number = number * 10 + byte - 0x30;
      hash = mixByte(hash, byte);
      byte = bytes[++at] as number;
    }
    const length = at - start - 1;
    if (length > 0 && !isSuffix(byte) && length < 8 && (length === 1 || bytes[start + 1] !== 0x30)) {
      this.number = number;
      this.id = -1;
    } else {
      if (length === 0 && !isSuffix(byte)) this.fail('invalid SSA name', start);
      // A name that starts with a digit has only digits.
      if (length === 0)
        while (isSuffix(byte)) {
          hash = mixByte(hash, byte);
          byte = bytes[++at] as number;
        }
      this.number = -1;
      this.id = this.spans.intern(bytes, start + 1, at, hash);
    }
    this.part = 0;
    if (byte === 0x23 && isDigit(bytes[at + 1] as number)) {
      let part = 0;
      for (at++; isDigit(bytes[at] as number); at++) part = part * 10 + (bytes[at] as number) - 0x30;
      this.part = part;
    }
    this.kind = VALUE_ID;
    this.end = at;
  }

  private word(start: number): void {
    const { bytes } = this;
    let at = start;
    let hash = hashSeed;
    for (let byte = bytes[at] as number; isIdentifier(byte); byte = bytes[++at] as number) hash = mixByte(hash, byte);
    this.end = at;
    this.id = this.spans.intern(bytes, start, at, hash);
    const kind = this.id < this.keywords.length ? (this.keywords[this.id] as number) : BARE_ID;
    this.kind = kind === BARE_ID && this.isIntegerType(start, at) ? token.INTEGER_TYPE : kind;
    if (kind === VERBATIM || kind === AFFINE_MAP || kind === AFFINE_SET) this.body(at, kind);
  }

  /** The words `sparse<…>`, `affine_map<…>` and the like are one token with their body. */
  private body(at: number, kind: number): void {
    const { bytes } = this;
    let open = at;
    if (bytes[open] === 0x5b) open = skipBalanced(bytes, open, this.fail);
    if (bytes[open] === 0x3c) this.skipTo(skipBalanced(bytes, open, this.fail));
    else if (kind !== BARE_ID) this.kind = BARE_ID;
  }

  /** Moves the end on over text that may hold line ends. */
  private skipTo(end: number): void {
    for (let at = this.bytes.indexOf(0x0a, this.end); at >= 0 && at < end; at = this.bytes.indexOf(0x0a, at + 1)) {
      this.line++;
      this.lineStart = at + 1;
    }
    this.end = end;
  }

  /** Goes back, or on, to the token at a place; used to read on after an error. */
  restart(offset: number): void {
    const { line, lineStart } = this.lineOf(offset);
    this.line = line;
    this.lineStart = lineStart;
    for (let at = this.bytes.indexOf(0x0a, lineStart); at >= 0 && at < offset; at = this.bytes.indexOf(0x0a, at + 1)) {
      this.line++;
      this.lineStart = at + 1;
    }
    this.want_ = 0;
    this.wantAfter_ = 0;
    this.shaped = false;
    this.end = offset;
    this.next();
  }

  /** Makes everything up to `end` one token, and moves past it. */
  passTo(end: number): void {
    this.skipTo(end);
    this.next();
  }

  /**
   * Where something is missing: at the current token, or behind the one before it when that stands on another line,
   * as upstream has it.
   */
  get missingAt(): number {
    const { bytes, previousEnd, start } = this;
    const lineEnd = bytes.indexOf(0x0a, previousEnd);
    return previousEnd > 0 && lineEnd >= 0 && lineEnd < start ? previousEnd : start;
  }

  /** The line of a place not after the current token, and the byte at which that line starts. */
  lineOf(offset: number): { readonly line: number; readonly lineStart: number } {
    const { bytes } = this;
    let { line, lineStart } = this;
    while (offset < lineStart) {
      line--;
      lineStart = bytes.lastIndexOf(0x0a, lineStart - 2) + 1;
      if (lineStart === 0) break;
    }
    return { line, lineStart };
  }

  private isIntegerType(start: number, end: number): boolean {
    const { bytes } = this;
    const first = bytes[start];
    const digits =
      first === 0x69 ? start + 1 : (first === 0x73 || first === 0x75) && bytes[start + 1] === 0x69 ? start + 2 : end;
    if (digits >= end || (bytes[digits] === 0x30 && digits + 1 < end)) return false;
    for (let at = digits; at < end; at++) if (!isDigit(bytes[at] as number)) return false;
    return true;
  }

  private quoted(start: number): void {
    this.set(STRING, skipString(this.bytes, start, this.fail));
  }

  /** The interned content of a string token that has no escapes; −1 when it has some. */
  stringId(): number {
    const { bytes } = this;
    let hash = hashSeed;
    for (let at = this.start + 1; at < this.end - 1; at++) {
      if (bytes[at] === 0x5c) return -1;
      hash = mixByte(hash, bytes[at] as number);
    }
    return this.spans.intern(bytes, this.start + 1, this.end - 1, hash);
  }

  /** The value of a string token or of a quoted symbol, escapes resolved. */
  string(): string {
    return unquote(this.bytes, this.start, this.end);
  }

  private numeric(start: number): void {
    const end = skipNumber(this.bytes, start);
    this.set(end < 0 ? FLOAT : INTEGER, Math.abs(end));
  }

  private symbol(start: number, after: number): void {
    if (after === 0x22) return this.set(AT_ID, skipString(this.bytes, start + 1, this.fail));
    if (!isIdentifierStart(after)) this.fail("@ identifier expected to start with letter or '_'", start);
    let at = start + 1;
    while (isIdentifier(this.bytes[at] as number)) at++;
    this.set(AT_ID, at);
  }

  private sigil(start: number, kind: number, what: string): void {
    const { bytes } = this;
    let at = start + 1;
    let hash = hashSeed;
    for (let byte = bytes[at] as number; isSuffix(byte); byte = bytes[++at] as number) hash = mixByte(hash, byte);
    if (at === start + 1) this.fail(`invalid ${what} name`, start);
    this.id = this.spans.intern(bytes, start + 1, at, hash);
    this.set(kind, at);
  }

  /** `#alias`, or `#dialect.name<body>` and `#dialect<body>` as one token; the same for types. */
  private extended(start: number, alias: number, dialect: number): void {
    const { bytes } = this;
    if (bytes[start + 1] === 0x2d) return this.set(OTHER, start + 2);
    let at = start + 1;
    let dotted = false;
    let hash = hashSeed;
    for (let byte = bytes[at] as number; isSuffix(byte); byte = bytes[++at] as number) {
      if (byte === 0x2e) dotted = true;
      else if (byte === 0x2d) break;
      hash = mixByte(hash, byte);
    }
    if (at === start + 1) this.fail(`expected a name after '${String.fromCharCode(bytes[start] as number)}'`, start);
    this.id = this.spans.intern(bytes, start + 1, at, hash);
    const bodied = bytes[at] === 0x3c;
    this.set(dotted || bodied ? dialect : alias, at);
    if (bodied) this.skipTo(skipBalanced(bytes, at, this.fail, true));
  }

  private metadata(start: number): void {
    const { bytes } = this;
    for (let at = start + 3; at < bytes.length; at++) {
      if (bytes[at] === 0x22) at = skipString(bytes, at, this.fail) - 1;
      else if (bytes[at] === 0x23 && bytes[at + 1] === 0x2d && bytes[at + 2] === 0x7d) {
        this.kind = token.METADATA;
        return this.skipTo(at + 3);
      }
    }
    this.fail(`found the end of the text, expected '#-}' that closes file metadata`, start);
  }

  /** Dimensions before an element type. */
  private shape(start: number): boolean {
    const end = skipShape(this.bytes, start);
    if (end < 0) return false;
    this.set(this.bytes[start] === 0x2a ? token.STAR_SHAPE : token.SHAPE, end);
    return true;
  }

  // Texts that were read before.

  private known(want: number, start: number): boolean {
    const { memo } = this;
    const index = memo.find(want, start);
    if (index < 0) return false;
    this.id = index;
    this.end = memo.end;
    this.kind = memo.kind;
    return true;
  }

  /** Remembers the span that was missed, when exactly it was read since; its index, or −1. */
  remember(want: number): number {
    return this.memo.remember(want, this.previousEnd);
  }
}
