/** Tokens of rule text, named for what they mean there. */
import { unitAttribute } from '../../../ir/attribute.ts';
import type { Location } from '../../../ir/location.ts';
import { failAt } from '../../../ir/text/failure.ts';
import type { FragmentParser } from '../../../ir/text/fragment.ts';
import { token } from '../../../ir/text/token.ts';
import type { AttributeTerm, TypeTerm } from '../rule-data.ts';

/** Where the types of the builtin dialect and of others begin. */
const typeKinds: ReadonlySet<number> = new Set([
  token.INTEGER_TYPE,
  token.FLOAT_TYPE,
  token.INDEX,
  token.NONE,
  token.COMPLEX,
  token.TUPLE,
  token.TENSOR,
  token.MEMREF,
  token.VECTOR,
  token.DIALECT_TYPE,
  token.TYPE_ALIAS,
]);

const decoder = new TextDecoder();

/** The tokens of a text with rules; every miss is a `ParseFailure` at its place. */
export class RuleTokens {
  private readonly parser: FragmentParser;
  /** Whether the dictionary key before stands alone. */
  private presence: boolean;
  private numeric: ReadonlySet<string> | undefined;

  constructor(parser: FragmentParser) {
    this.parser = parser;
    this.presence = false;
    this.numeric = undefined;
  }

  /** The kind of the current token. */
  get kind(): number {
    return this.parser.lexer.kind;
  }

  /** The byte at which the current token begins. */
  get start(): number {
    return this.parser.lexer.start;
  }

  /** The place of the current token. */
  location(): Location {
    return this.parser.locationOf(this.start);
  }

  private get text(): string {
    return this.parser.lexer.text();
  }

  private pass(): void {
    this.parser.lexer.next();
  }

  /** Reports the current token. */
  unexpected(expected: string): never {
    const found = this.kind === token.EOF ? 'the end of the text' : `'${this.text.slice(0, 40)}'`;
    return failAt(`found ${found}, expected ${expected}`, this.start);
  }

  /** Passes a token of a kind, if it is the current one. */
  take(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.pass();
    return true;
  }

  /** Passes a token of a kind that must be the current one. */
  expect(kind: number, expected: string): void {
    if (!this.take(kind)) this.unexpected(expected);
  }

  /** Passes a word, if it is the current token. */
  takeKeyword(word: string): boolean {
    if (this.kind !== token.BARE_ID || this.text !== word) return false;
    this.pass();
    return true;
  }

  /** Passes a word that must be the current token. */
  keyword(word: string): void {
    if (!this.takeKeyword(word)) this.unexpected(`'${word}'`);
  }

  /** Passes one of some words. */
  oneOf<W extends string>(words: readonly W[]): W {
    const found = words.find((word) => this.takeKeyword(word));
    return found ?? this.unexpected(words.join(', '));
  }

  /** Passes `=>`. */
  arrow(): void {
    const { lexer } = this.parser;
    if (lexer.kind !== token.EQUAL || lexer.bytes[lexer.end] !== 0x3e) this.unexpected("an operation, 'where' or '=>'");
    lexer.passTo(lexer.end + 1);
  }

  /** The end of a name with hyphens that begins at the current token; −1 when none does. */
  private nameEnd(): number {
    const { bytes, start } = this.parser.lexer;
    let end = start;
    const inName = (byte: number): boolean =>
      (byte >= 0x30 && byte <= 0x39) ||
      (byte >= 0x41 && byte <= 0x5a) ||
      (byte >= 0x61 && byte <= 0x7a) ||
      byte === 0x5f ||
      byte === 0x2e ||
      byte === 0x2d;
    while (inName(bytes[end] ?? 0)) end++;
    return end;
  }

  /** A name with letters, digits, `_`, `.` and `-`, or in quotes. */
  name(what: string): string {
    const { lexer } = this.parser;
    if (lexer.kind === token.STRING) {
      const name = lexer.string();
      this.pass();
      return name;
    }
    const end = this.nameEnd();
    if (!/^[A-Za-z_]/.test(this.text) || end === lexer.start) return this.unexpected(what);
    const name = decoder.decode(lexer.bytes.subarray(lexer.start, end));
    lexer.passTo(end);
    return name;
  }

  /** Whether a name with `(` right behind it begins here: a call. */
  atCall(): boolean {
    const { bytes } = this.parser.lexer;
    const word = this.kind === token.BARE_ID || this.kind === token.VERBATIM;
    return (word || /^[A-Za-z]/.test(this.text)) && bytes[this.nameEnd()] === 0x28 && this.kind !== token.LOC;
  }

  /** The name of an operation; undefined for `_`, any operation. */
  operationName(): string | undefined {
    const { lexer } = this.parser;
    if (lexer.kind !== token.STRING && !/^[A-Za-z_]/.test(this.text))
      return this.unexpected("the name of an operation, or '_' for any");
    const name = lexer.kind === token.STRING ? lexer.string() : this.text;
    this.pass();
    return name === '_' ? undefined : name;
  }

  /** A number of at most nine digits. */
  integer(what: string): number {
    if (this.kind !== token.INTEGER || !/^\d{1,9}$/.test(this.text)) this.unexpected(`${what}, a number`);
    const value = Number(this.text);
    this.pass();
    return value;
  }

  /** The key of a dictionary entry. */
  attributeName(): string {
    const { lexer } = this.parser;
    if (lexer.kind !== token.STRING && !/^[A-Za-z_]/.test(this.text))
      return this.unexpected("the name of an attribute or '}'");
    const name = lexer.kind === token.STRING ? lexer.string() : this.text;
    this.pass();
    if (this.kind === token.EQUAL) this.pass();
    else if (this.kind !== token.COMMA && this.kind !== token.RBRACE) this.unexpected("'=', ',' or '}'");
    else this.presence = true;
    return name;
  }

  /** `#a`, or an attribute as MLIR writes it; the unit attribute after a name alone. */
  attribute(): AttributeTerm {
    if (this.presence) {
      this.presence = false;
      return { kind: 'given-attribute', value: unitAttribute };
    }
    if (this.kind === token.ATTRIBUTE_ALIAS) return { kind: 'attribute', name: this.sigilName() };
    return { kind: 'given-attribute', value: this.parser.attribute() };
  }

  /** Whether a type begins here. */
  atType(): boolean {
    return typeKinds.has(this.kind);
  }

  /** `!t`, or a type as MLIR writes it. */
  type(): TypeTerm {
    if (this.kind === token.TYPE_ALIAS) return { kind: 'type', name: this.sigilName() };
    if (this.kind !== token.LPAREN && !this.atType()) this.unexpected('a type');
    return { kind: 'given-type', value: this.parser.type() };
  }

  /** The name after `#` or `!`. */
  sigilName(): string {
    const name = this.text.slice(1);
    this.pass();
    return name;
  }

  /** `%x`, with the number after `#` if there is one. */
  value(): { readonly name: string; readonly part: number | undefined } {
    if (this.kind !== token.VALUE_ID) this.unexpected("a value such as '%x', or an operation in parentheses");
    const [, name = '', part] = /^%([^#]*)(?:#(\d+))?$/.exec(this.text) ?? [];
    if (name.includes('...')) failAt(`'${this.text}' stands for several values, expected one`, this.start);
    if (part !== undefined && part.length > 6) failAt(`no operation has a result #${part}`, this.start);
    this.pass();
    return { name, part: part === undefined ? undefined : Number(part) };
  }

  /** `%x` without a number. */
  plainValue(what: string): string {
    const { start } = this;
    if (this.kind !== token.VALUE_ID) this.unexpected(`${what} such as '%x'`);
    const { name, part } = this.value();
    return part === undefined ? name : failAt(`found '%${name}#${part}', expected ${what} without a number`, start);
  }

  /** Whether `=` but not `=>` stands behind the current token. */
  beforeEqual(): boolean {
    const { bytes, end } = this.parser.lexer;
    let at = end;
    while (bytes[at] === 0x20 || bytes[at] === 0x09) at++;
    return bytes[at] === 0x3d && bytes[at + 1] !== 0x3e;
  }

  /** The name in `%xs...`, empty for `...`; undefined when no rest stands here. */
  rest(): string | undefined {
    const { text } = this;
    if (this.kind === token.OTHER && text === '...') {
      this.pass();
      return '';
    }
    if (this.kind !== token.VALUE_ID) return undefined;
    const { bytes, end } = this.parser.lexer;
    if (text.endsWith('...')) {
      this.pass();
      return text.slice(1, -3);
    }
    // A name of digits ends before the dots.
    if (!/^%\d+$/.test(text) || decoder.decode(bytes.subarray(end, end + 3)) !== '...') return undefined;
    this.parser.lexer.passTo(end + 3);
    return text.slice(1);
  }

  /** The name in `!ts...`, empty for `...`; undefined when no rest stands here. */
  typeRest(): string | undefined {
    const { text } = this;
    if (this.kind === token.OTHER && text === '...') {
      this.pass();
      return '';
    }
    if (!/^![^<]*\.\.\.$/.test(text)) return undefined;
    this.pass();
    return text.slice(1, -3);
  }

  /** `#1` after an expression. */
  resultNumber(): number | undefined {
    if (this.kind !== token.ATTRIBUTE_ALIAS || !/^#\d{1,6}$/.test(this.text)) return undefined;
    return Number(this.sigilName());
  }

  /** Passes `#...`, all results of an operation. */
  takeAllResults(): boolean {
    if (this.text !== '#...') return false;
    this.pass();
    return true;
  }

  /** All names of digits in the text. */
  numericNames(): ReadonlySet<string> {
    if (this.numeric === undefined) {
      const text = decoder.decode(this.parser.lexer.bytes);
      this.numeric = new Set([...text.matchAll(/[%#!](\d+)/g)].map(([, name = '']) => name));
    }
    return this.numeric;
  }
}
