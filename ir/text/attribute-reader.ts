/** Builtin attributes from tokens. */
import {
  type Attribute,
  denseArrayAttribute,
  dialectAttribute,
  stridedAttribute,
  stringAttribute,
  symbolAttribute,
  verbatimAttribute,
} from '../attribute.ts';
import { affineMapAttribute, integerSetAttribute } from '../affine.ts';
import { type Location, locationBody } from '../location.ts';
import { dynamic, type FloatType, type IntegerType, type Type } from '../type.ts';
import { canonicalMap, canonicalSet } from './affine-text.ts';
import type { AliasTable } from './alias-table.ts';
import { failAt } from './failure.ts';
import type { Lexer } from './lexer.ts';
import {
  floatLiteralAttribute,
  floatOfBits,
  integerLiteral,
  integerLiteralAttribute,
  isHexLiteral,
} from './number-literal.ts';
import { unquote } from './scan.ts';
import { token } from './token.ts';

/** Makes attributes. */
export class AttributeReader {
  private readonly lexer: Lexer;
  private readonly aliases: AliasTable;
  private literalOffset: number;
  private element: IntegerType | FloatType | undefined;
  private numbers: (number | bigint)[];
  /** The numbers of a layout as they are written. */
  private strides: string[];
  private offsetRead: boolean;
  private negativeOne: boolean;
  private symbols: string[];
  private readonly distinctAttributes: Map<string, string>;

  constructor(lexer: Lexer, aliases: AliasTable) {
    this.lexer = lexer;
    this.aliases = aliases;
    this.literalOffset = 0;
    this.element = undefined;
    this.numbers = [];
    this.strides = [];
    this.offsetRead = false;
    this.negativeOne = false;
    this.symbols = [];
    this.distinctAttributes = new Map();
  }

  /** The text of the literal that is the current token. */
  literal(): string {
    this.literalOffset = this.lexer.start;
    return this.lexer.text();
  }

  integer(text: string, type: Type | undefined): Attribute {
    return integerLiteralAttribute(text, type, this.literalOffset);
  }

  float(text: string, type: Type | undefined): Attribute {
    return floatLiteralAttribute(text, type, this.literalOffset);
  }

  string(text: string, type: Type | undefined): Attribute {
    return stringAttribute(text, type);
  }

  // Symbols.

  symbolBegin(): void {
    this.symbols = [];
    this.symbolNested();
  }

  symbolNested(): void {
    this.symbols.push(this.symbolName());
  }

  /** The name of the symbol that is the current token, without `@` and quotes. */
  symbolName(): string {
    const { lexer } = this;
    return lexer.bytes[lexer.start + 1] === 0x22
      ? unquote(lexer.bytes, lexer.start + 1, lexer.end)
      : lexer.text().slice(1);
  }

  symbolEnd(): Attribute {
    const [root = '', ...nested] = this.symbols;
    return symbolAttribute(root, ...nested);
  }

  // `array<…>`.

  arrayBegin(type: Type): void {
    if (type.kind !== 'integer' && type.kind !== 'float')
      failAt(`expected integer or float type, got: '${type.text}'`, this.lexer.previousEnd);
    else if (type.width !== 1 && type.width % 8 !== 0)
      failAt('element type bitwidth must be a multiple of 8', this.lexer.previousEnd);
    else this.element = type;
    this.numbers = [];
  }

  arrayItem(): void {
    const { lexer } = this;
    // What is no literal is the grammar's to report.
    if (!isLiteral(lexer.kind)) return;
    const element = this.element as IntegerType | FloatType;
    const text = lexer.text();
    if (lexer.kind === token.TRUE || lexer.kind === token.FALSE) {
      if (element.kind !== 'integer' || element.width !== 1)
        failAt(`expected i1 type for 'true' or 'false' values`, lexer.start);
      this.numbers.push(lexer.kind === token.TRUE ? 1 : 0);
    } else if (element.kind === 'integer') {
      if (lexer.kind === token.FLOAT) failAt('expected integer literal', lexer.start);
      this.numbers.push(integerLiteral(text, element, lexer.start, 'type'));
    } else if (lexer.kind === token.FLOAT) this.numbers.push(Number(text));
    else if (isHexLiteral(text)) this.numbers.push(floatOfBits(text, element, lexer.start));
    else failAt('expected floating point literal', lexer.start);
  }

  arrayEnd(): Attribute {
    const element = this.element as IntegerType | FloatType;
    const bits = element.kind === 'integer' && element.width === 1;
    return denseArrayAttribute(bits ? this.numbers.map((value) => (value === 0 ? 0 : 1)) : this.numbers, element);
  }

  // `strided<…>`.

  stridedBegin(): void {
    this.numbers = [];
    this.strides = [];
    this.offsetRead = false;
    this.negativeOne = false;
  }

  offset(): void {
    if (this.lexer.text() !== 'offset') failAt(`expected 'offset' after comma`, this.lexer.start);
    this.offsetRead = true;
  }

  stride(): void {
    if (this.lexer.kind !== token.INTEGER && this.lexer.kind !== token.QUESTION) return;
    const text = this.lexer.text();
    const value = text === '?' ? dynamic : integerOfStride(text, this.lexer.start);
    if (text !== '?' && value === dynamic) this.negativeOne = true;
    this.strides.push(text === '?' ? text : String(value));
    this.numbers.push(value);
  }

  stridedEnd(): Attribute {
    const numbers = this.numbers.map(Number);
    const offset = this.offsetRead ? (numbers.pop() ?? 0) : 0;
    // −1 marks an unknown number in the attribute; the rare stride of −1 stays text.
    if (this.negativeOne) {
      const texts = this.strides;
      const last = this.offsetRead ? texts.pop() : undefined;
      return verbatimAttribute(
        `strided<[${texts.join(', ')}]${last === undefined || last === '0' ? '' : `, offset: ${last}`}>`,
      );
    }
    return stridedAttribute(numbers, offset);
  }

  // Text that is carried.

  affineMap(): Attribute {
    return affineMapAttribute(canonicalMap(this.body('affine_map'), this.bodyOffset('affine_map')));
  }

  affineSet(): Attribute {
    return integerSetAttribute(canonicalSet(this.body('affine_set'), this.bodyOffset('affine_set')));
  }

  private body(word: string): string {
    return this.lexer.text().slice(word.length + 1, -1);
  }

  private bodyOffset(word: string): number {
    return this.lexer.start + word.length + 1;
  }

  /** The current token after `#`. */
  dialectText(): string {
    return this.aliases.expand(this.lexer.text().slice(1));
  }

  dialect(text: string, type: Type | undefined): Attribute {
    const cut = text.search(/[.<]/);
    return dialectAttribute(text.slice(0, cut), text.slice(cut) + (type ? ` : ${type.text}` : ''));
  }

  verbatim(text: string, type: Type | undefined): Attribute {
    if (text.startsWith('dense_resource') || text.startsWith('sparse')) this.elements(text, type);
    const expanded = this.aliases.expand(text);
    const [, number, referenced] = /^distinct\[(\d+)\]<([\s\S]*)>$/.exec(expanded) ?? [];
    if (number !== undefined && referenced !== undefined) this.distinct(number, referenced);
    return verbatimAttribute(expanded + (type ? ` : ${type.text}` : ''), type);
  }

  /** Elements in another form than `dense` have a shaped type. */
  private elements(text: string, type: Type | undefined): void {
    const { lexer } = this;
    if (type === undefined) failAt(`found '${lexer.text().slice(0, 40)}', expected ':'`, lexer.missingAt);
    else if (type.kind !== 'tensor' && type.kind !== 'vector' && type.kind !== 'memref')
      failAt(
        text.startsWith('sparse')
          ? 'elements literal must be a shaped type'
          : '`dense_resource` expected a shaped type',
        lexer.previousEnd,
      );
  }

  /** The same number stands for the same attribute everywhere in a text. */
  private distinct(number: string, referenced: string): void {
    const known = this.distinctAttributes.get(number) ?? referenced;
    if (known !== referenced)
      failAt(`referenced attribute does not match previous definition: ${known}`, this.lexer.previousEnd);
    this.distinctAttributes.set(number, known);
  }

  location(location: Location): Attribute {
    return verbatimAttribute(`loc(${locationBody(location)})`);
  }

  /** The key that is the current token; it must be new among `entries`. */
  key(entries: readonly (readonly [string, Attribute])[]): string {
    const { lexer } = this;
    const name = lexer.kind === token.STRING ? lexer.string() : lexer.text();
    for (const [known] of entries)
      if (known === name) failAt(`duplicate key '${name}' in dictionary attribute`, lexer.start);
    return name;
  }
}

const isLiteral = (kind: number): boolean =>
  kind === token.INTEGER || kind === token.FLOAT || kind === token.TRUE || kind === token.FALSE;

const integerOfStride = (text: string, offset: number): number => {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : failAt(`expected a 64-bit signed integer or '?'`, offset);
};
