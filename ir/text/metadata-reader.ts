/** File metadata, `{-# … #-}`: named resources behind a module. */
import type { Context } from '../context.ts';
import { type ResourceSection, resourceSections } from '../resource-table.ts';
import { failAt } from './failure.ts';
import { Lexer } from './lexer.ts';
import { describeKind, token } from './token.ts';

/** The bytes of `{-#`, and of `#-}`. */
const frame = 3;

/** Reads the metadata between two places of a text into the resources of a context. */
export function readMetadata(bytes: Uint8Array, start: number, end: number, context: Context): void {
  new MetadataReader(bytes, start + frame, end - frame, context).read();
}

class MetadataReader {
  private readonly lexer: Lexer;
  private readonly base: number;
  private readonly context: Context;

  constructor(bytes: Uint8Array, from: number, to: number, context: Context) {
    this.base = from;
    this.context = context;
    this.lexer = new Lexer(bytes.subarray(from, to), (message, offset) => failAt(message, from + offset));
  }

  private fail(message: string, offset = this.lexer.start): never {
    return failAt(message, this.base + offset);
  }

  private expect(kind: number): void {
    // A missing mark is missed right behind what stands before it.
    if (this.lexer.kind !== kind) this.fail(`expected ${describeKind(kind)}`, this.lexer.previousEnd);
    this.lexer.next();
  }

  private atWord(): boolean {
    const { kind } = this.lexer;
    return kind === token.BARE_ID || (kind >= token.INTEGER_TYPE && kind <= token.TO);
  }

  private word(missing: string): string {
    if (!this.atWord()) this.fail(missing);
    const text = this.lexer.text();
    this.lexer.next();
    return text;
  }

  /** `item, item, …` up to what ends the list. */
  private list(end: number, item: () => void): void {
    while (this.lexer.kind !== end) {
      item();
      if (this.lexer.kind !== token.COMMA) break;
      this.lexer.next();
    }
  }

  private braces(item: () => void): void {
    this.expect(token.LBRACE);
    this.list(token.RBRACE, item);
    this.expect(token.RBRACE);
  }

  read(): void {
    this.list(token.EOF, () => this.section());
    if (this.lexer.kind !== token.EOF) this.fail(`expected ',' or '#-}'`);
  }

  private section(): void {
    const { start } = this.lexer;
    const name = this.word('expected identifier key in file metadata dictionary');
    this.expect(token.COLON);
    const section = resourceSections.find((one) => one === name);
    if (section === undefined) return this.fail(`unknown key '${name}' in file metadata dictionary`, start);
    this.braces(() => this.group(section));
  }

  private group(section: ResourceSection): void {
    const { start } = this.lexer;
    const group = this.word(`expected identifier key for 'resource' entry`);
    this.expect(token.COLON);
    if (section === 'dialect_resources' && group !== 'builtin')
      this.fail(
        this.context.dialects.has(group)
          ? `unexpected 'resource' section for dialect '${group}'`
          : `dialect '${group}' is unknown`,
        start,
      );
    this.braces(() => this.entry(section, group));
  }

  private entry(section: ResourceSection, group: string): void {
    const { lexer } = this;
    const key = lexer.kind === token.STRING ? lexer.string() : lexer.text();
    if (lexer.kind !== token.STRING && !this.atWord()) this.fail(`expected identifier key for 'resource' entry`);
    lexer.next();
    this.expect(token.COLON);
    const { kind, start } = lexer;
    const isText = kind === token.STRING;
    const value = isText ? lexer.string() : kind === token.TRUE;
    if (section === 'dialect_resources') {
      if (!isText || !/^0x([0-9A-Fa-f]{2})*$/.test(String(value)))
        this.fail(`expected hex string blob for key '${key}'`, start);
      if (String(value).length < 10)
        this.fail(`expected hex string blob for key '${key}' to encode alignment in first 4 bytes`, start);
    } else if (!isText && kind !== token.TRUE && kind !== token.FALSE)
      this.fail(`expected a string, 'true' or 'false' for key '${key}'`, start);
    lexer.next();
    this.context.resources.set(section, group, key, value);
  }
}
