/** Custom forms: what hand-written hooks ask of the parser, and the hand-over of what they read. */
import { affineMapAttribute } from '../affine.ts';
import type {
  AssemblyParser,
  ParsedArgument,
  ParsedLocation,
  ParsedOperation,
  ParsedRegion,
  UnresolvedOperand,
} from '../assembly.ts';
import { type Attribute, stringAttribute } from '../attribute.ts';
import type { Block } from '../block.ts';
import type { Context } from '../context.ts';
import type { OpDefinition } from '../definition.ts';
import type { NamedAttribute } from '../dictionary-table.ts';
import type { Type } from '../type.ts';
import type { Value } from '../value.ts';
import { canonicalMap } from './affine-text.ts';
import { failAt } from './failure.ts';
import { FormatParser } from './format-parser.ts';
import { floatLiteralAttribute, integerLiteralAttribute, integerOf } from './number-literal.ts';
import { isInherent } from './inherent.ts';
import type { OperationReader } from './operation-reader.ts';
import { keyOf } from './region-reader.ts';
import { skipBalanced, unquote } from './scan.ts';
import { decode } from './span-table.ts';
import { namedKey } from './value-scope.ts';
import { punctuationKinds, token } from './token.ts';

/** A custom form as indices into the columns. */
export interface CustomParts {
  readonly operands: number[];
  readonly results: number[];
  readonly attributes: readonly NamedAttribute[];
  readonly successors: number[];
  readonly regions: number[];
}

/** A region that was read, known by its index. */
class ReadRegion implements ParsedRegion {
  readonly id: number;
  readonly blocks: readonly Block[];
  constructor(id: number, blocks: readonly Block[]) {
    this.id = id;
    this.blocks = blocks;
  }
}

/** Reads custom forms; one reader serves the whole text. */
export class CustomReader implements AssemblyParser {
  readonly reader: OperationReader;
  private definition: OpDefinition | undefined;
  /** Operands that were used before their definition, by the values that stand in for them. */
  private readonly standIns: WeakMap<Value, () => Value>;

  constructor(reader: OperationReader) {
    this.reader = reader;
    this.standIns = new WeakMap();
    this.definition = undefined;
  }

  /** Reads what follows the name of an operation; `nameOffset` is the place of its name. */
  read(definition: OpDefinition, resultCount: number, nameOffset: number): CustomParts {
    const outer = this.definition;
    this.definition = definition;
    const { assembly } = definition;
    const parsed: ParsedOperation =
      typeof assembly === 'string' || assembly === undefined
        ? new FormatParser(this, definition, assembly ?? '', nameOffset, resultCount).parse()
        : assembly.parse(this, resultCount);
    this.definition = outer;
    for (const [at, { name }] of parsed.attributes?.entries() ?? [])
      if (parsed.attributes?.findIndex((other) => other.name === name) !== at)
        failAt(`custom op '${definition.opName}' says '${name}' twice, by its form and in its attributes`, nameOffset);
    return {
      operands: (parsed.operands ?? []).map((value) => this.lasting(value).id),
      results: (parsed.resultTypes ?? []).map((type) => type.id),
      attributes: parsed.attributes ?? [],
      successors: (parsed.successors ?? []).map((block) => block.id),
      regions: (parsed.regions ?? []).map((region) => this.regionId(region)),
    };
  }

  private regionId(region: ParsedRegion): number {
    if (region instanceof ReadRegion) return region.id;
    const { columns } = this.reader.context;
    const id = columns.newRegion(0, 0);
    for (const block of region.blocks) {
      columns.unlinkBlock(block.id);
      columns.linkBlock(block.id, id, 0);
    }
    return id;
  }

  get context(): Context {
    return this.reader.context;
  }

  get offset(): number {
    return this.reader.lexer.start;
  }

  /** The kind of the next token. */
  get kind(): number {
    return this.reader.lexer.kind;
  }

  fail(message: string, offset: number = this.offset): never {
    return failAt(message, offset);
  }

  private found(): string {
    return this.kind === token.EOF ? 'the end of the text' : `'${this.reader.lexer.text().slice(0, 40)}'`;
  }

  private expected(what: string): never {
    const { lexer } = this.reader;
    return failAt(`custom op '${this.definition?.opName}': found ${this.found()}, expected ${what}`, lexer.missingAt);
  }

  // Tokens.

  at(text: string): boolean {
    const { lexer } = this.reader;
    const kind = punctuationKinds.get(text);
    if (kind !== undefined) return lexer.kind === kind;
    return lexer.end - lexer.start === text.length && lexer.kind !== token.EOF && lexer.text() === text;
  }

  accept(text: string): boolean {
    if (!this.at(text)) return false;
    this.reader.lexer.next();
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) this.expected(`'${text}'`);
  }

  /** Whether the next token is a bare name or a keyword. */
  atWord(): boolean {
    return this.kind === token.BARE_ID || (this.kind >= token.INTEGER_TYPE && this.kind <= token.TO);
  }

  keyword(): string {
    if (!this.atWord()) this.expected('a keyword');
    const text = this.reader.lexer.text();
    this.reader.lexer.next();
    return text;
  }

  atInteger(): boolean {
    return this.kind === token.INTEGER;
  }

  integer(): bigint {
    this.take(token.INTEGER, 'an integer');
    const value = BigInt(integerOf(this.reader.lexer.text()));
    if (BigInt.asIntN(64, value) !== value) failAt('integer value too large', this.offset);
    this.reader.lexer.next();
    return value;
  }

  atString(): boolean {
    return this.kind === token.STRING;
  }

  string(): string {
    this.take(token.STRING, 'a string');
    const text = this.reader.lexer.string();
    this.reader.lexer.next();
    return text;
  }

  private take(kind: number, what: string): void {
    if (this.kind !== kind) this.expected(what);
  }

  // Operands, types, attributes.

  atOperand(): boolean {
    return this.kind === token.VALUE_ID;
  }

  operand(): UnresolvedOperand {
    const { lexer } = this.reader;
    this.take(token.VALUE_ID, 'an operand such as %0');
    const key = keyOf(lexer);
    const operand = { name: this.reader.regions.values.text(key).slice(1), number: lexer.part, offset: lexer.start };
    lexer.next();
    return operand;
  }

  operands(): readonly UnresolvedOperand[] {
    const operands: UnresolvedOperand[] = [];
    if (this.kind !== token.VALUE_ID) return operands;
    do operands.push(this.operand());
    while (this.accept(','));
    return operands;
  }

  private keyOfName(name: string): number {
    return /^(0|[1-9]\d{0,6})$/.test(name) ? Number(name) : namedKey + this.reader.lexer.spans.internText(name);
  }

  resolve(operand: UnresolvedOperand, type: Type): Value {
    const { context, regions } = this.reader;
    const used = (): Value =>
      context.value(regions.values.use(this.keyOfName(operand.name), operand.number, type.id, operand.offset));
    const value = used();
    if (context.columns.valueOwner[value.id] === 0) this.standIns.set(value, used);
    return value;
  }

  /** A region of the operation may have defined the name of an operand: not for the operation itself, which looks again. */
  private lasting(value: Value): Value {
    return value.id < 0 ? (this.standIns.get(value)?.() ?? value) : value;
  }

  type(): Type {
    return this.reader.rules.anyType().value;
  }

  types(): readonly Type[] {
    return this.reader.rules.typeList().value;
  }

  /** The types after an arrow: one, or a list in parentheses. */
  resultTypes(): readonly Type[] {
    return this.reader.rules.resultTypes().value;
  }

  attribute(expected?: Type): Attribute {
    const { lexer, rules } = this.reader;
    const { kind, start } = lexer;
    if (expected === undefined || (kind !== token.INTEGER && kind !== token.FLOAT && kind !== token.STRING))
      return rules.attribute().value;
    const text = kind === token.STRING ? lexer.string() : lexer.text();
    lexer.next();
    if (kind === token.STRING) return stringAttribute(text);
    return kind === token.INTEGER
      ? integerLiteralAttribute(text, expected, start)
      : floatLiteralAttribute(text, expected, start);
  }

  elements(type: Type): Attribute {
    const { reader } = this;
    if (this.kind === token.DENSE) {
      reader.rules.denseLiteral();
      return reader.dense.end(type);
    }
    if (this.kind !== token.VERBATIM) return reader.rules.attribute().value;
    const text = reader.lexer.text();
    reader.lexer.next();
    return reader.attributes.verbatim(text, type);
  }

  affineMap(): Attribute {
    const { lexer } = this.reader;
    this.take(token.LPAREN, `'('`);
    const { bytes, start } = lexer;
    const past = (at: number): number => {
      let end = at;
      while (bytes[end] === 0x20 || bytes[end] === 0x09 || bytes[end] === 0x0a || bytes[end] === 0x0d) end++;
      return end;
    };
    let at = past(skipBalanced(bytes, start, failAt));
    if (bytes[at] === 0x5b) at = past(skipBalanced(bytes, at, failAt));
    if (bytes[at] !== 0x2d || bytes[at + 1] !== 0x3e) failAt(`expected '->' of an affine map`, at);
    at = past(at + 2);
    if (bytes[at] !== 0x28) failAt(`expected '(' in affine map range`, at);
    const end = skipBalanced(bytes, at, failAt);
    const map = affineMapAttribute(canonicalMap(decode(bytes, start, end), start));
    lexer.passTo(end);
    return map;
  }

  symbolName(): string {
    const { lexer } = this.reader;
    this.take(token.AT_ID, 'a symbol such as @f');
    const quoted = lexer.bytes[lexer.start + 1] === 0x22;
    const name = quoted ? unquote(lexer.bytes, lexer.start + 1, lexer.end) : lexer.text().slice(1);
    lexer.next();
    return name;
  }

  successor(): Block {
    this.take(token.CARET_ID, 'a block such as ^bb0');
    const block = this.reader.regions.successor();
    this.reader.lexer.next();
    return this.reader.context.block(block);
  }

  attributeDictionary(options: { readonly keyword?: boolean } = {}): readonly NamedAttribute[] {
    if (options.keyword ? !this.accept('attributes') : !this.at('{')) return [];
    const entries = this.reader.rules.dictionary().value;
    return entries.map(([name, value]) => ({ name, value, property: isInherent(this.definition, name) }));
  }

  // Regions.

  argument(): ParsedArgument {
    this.take(token.VALUE_ID, 'an argument such as %arg0');
    const { name, offset } = this.operand();
    this.expect(':');
    return { name, type: this.type(), offset, ...this.located() };
  }

  private located(): { readonly location?: ParsedLocation } {
    const location = this.location();
    return location ? { location } : {};
  }

  location(): ParsedLocation | undefined {
    if (this.kind !== token.LOC) return undefined;
    this.reader.lexer.next();
    this.expect('(');
    this.reader.rules.argumentLocation();
    this.expect(')');
    return this.reader.readLocation();
  }

  region(entry?: readonly ParsedArgument[]): ParsedRegion {
    this.take(token.LBRACE, `'{'`);
    const { regions, rules, context } = this.reader;
    regions.expectEntry(
      entry?.map(({ name, type, offset, location }) => ({ key: this.keyOfName(name), type, offset, location })),
    );
    const { definition } = this;
    rules.region();
    this.definition = definition;
    const id = regions.closed;
    const blocks: Block[] = [];
    const { columns } = context;
    for (let block = columns.regionFirst[id] as number; block !== 0; block = columns.blockNext[block] as number)
      blocks.push(context.block(block));
    return new ReadRegion(id, blocks);
  }
}
