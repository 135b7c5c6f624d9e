/**
 * What the generated parser stands on instead of the runtime's own parser class: no token
 * objects, no parse tree, no recovery. Only the tables for messages are the runtime's.
 */
import type { ParsedLocation } from '../assembly.ts';
import type { Attribute } from '../attribute.ts';
import type { Context } from '../context.ts';
import type { Location } from '../location.ts';
import type { Type } from '../type.ts';
import { AliasTable } from './alias-table.ts';
import { AttributeReader } from './attribute-reader.ts';
import { DenseReader } from './dense-reader.ts';
import { failAt } from './failure.ts';
import { expectedAt, followOf, tokenSets } from './generated/follow.ts';
import { Lexer } from './lexer.ts';
import { LocationReader } from './location-reader.ts';
import { readMetadata } from './metadata-reader.ts';
import { OperationReader } from './operation-reader.ts';
import { RegionReader } from './region-reader.ts';
import { describeKind, token } from './token.ts';
import { TypeReader } from './type-reader.ts';

/** What a rule of the grammar hands back: its labels and the values that it returns. */
export class LeanContext {}

/** What a parser is made for. */
export interface ParserSetup {
  readonly bytes: Uint8Array;
  readonly context: Context;
  readonly file: string;
  readonly firstLine: number;
  readonly maxDepth: number;
}

/** Where a parser is, for reading on after an error. */
export interface ParserState {
  readonly state: number;
  readonly depth: number;
  readonly top: number;
  readonly regions: number;
  readonly operations: number;
}

/** The rules of the generated parser that hand-written code calls. */
export interface GrammarRules {
  region(): unknown;
  operation(): unknown;
  anyType(): { readonly value: Type };
  typeList(): { readonly value: Type[] };
  attribute(): { readonly value: Attribute };
  dictionary(): { readonly value: (readonly [string, Attribute])[] };
  location(): { readonly value: Location };
  resultTypes(): { readonly value: Type[] };
  denseLiteral(): unknown;
  argumentLocation(): unknown;
}

/** In a set of tokens: the rule may end. */
const endOfRule = -2;
/** Above this many alternatives a message names the kinds of thing instead. */
const listedAlternatives = 6;

/** The superclass of the generated parser. */
export abstract class LeanParser {
  static readonly EOF = -1;
  /** The state of the grammar that the parser is in. */
  state: number;
  readonly lexer: Lexer;
  readonly types: TypeReader;
  readonly attributes: AttributeReader;
  readonly dense: DenseReader;
  readonly locations: LocationReader;
  readonly aliases: AliasTable;
  readonly regions: RegionReader;
  readonly operations: OperationReader;
  /** The location of a block argument that was read last. */
  locationAt: ParsedLocation;
  private readonly irContext: Context;
  private readonly maxDepth: number;
  private depth: number;
  private choiceAt: number;
  private choiceState: number;
  private choiceTop: number;
  /**
   * Rules that were entered since the last token, and those that are open: the state of the
   * caller, and the entry of the caller's rule. Entries above the top one are kept until the
   * next token, because a message may speak of them.
   */
  private calling: Int32Array;
  private outer: Int32Array;
  private top: number;
  private used: number;

  constructor(input: unknown) {
    const setup = input as ParserSetup;
    this.state = -1;
    this.lexer = new Lexer(setup.bytes, failAt, setup.firstLine);
    this.aliases = new AliasTable(this.lexer, setup.context);
    this.types = new TypeReader(this.lexer, this.aliases);
    this.attributes = new AttributeReader(this.lexer, this.aliases);
    this.dense = new DenseReader(this.lexer);
    this.locations = new LocationReader(this.lexer);
    this.regions = new RegionReader(this.lexer, setup.context, this.aliases, setup.file);
    const rules = this as unknown as GrammarRules;
    this.operations = new OperationReader(
      this.lexer,
      setup.context,
      setup.file,
      this.regions,
      this.aliases,
      rules,
      this.attributes,
      this.dense,
      () => this.locationAt,
    );
    this.locationAt = { offset: 0 };
    this.irContext = setup.context;
    this.maxDepth = setup.maxDepth;
    this.depth = 0;
    this.choiceAt = -1;
    this.choiceState = -1;
    this.choiceTop = -1;
    this.calling = new Int32Array(256);
    this.outer = new Int32Array(256);
    this.top = -1;
    this.used = 0;
  }

  enterRule(): void {
    const at = this.used++;
    if (at >= this.calling.length) this.growCalls();
    this.calling[at] = this.state;
    this.outer[at] = this.top;
    this.top = at;
  }

  private growCalls(): void {
    const larger = (column: Int32Array): Int32Array => {
      const grown = new Int32Array(column.length * 2);
      grown.set(column);
      return grown;
    };
    this.calling = larger(this.calling);
    this.outer = larger(this.outer);
  }

  exitRule(): void {
    this.state = this.calling[this.top] as number;
    this.top = this.outer[this.top] as number;
  }

  match(kind: number): void {
    if (this.lexer.kind !== kind) this.mismatch();
    this.used = this.top + 1;
    this.lexer.next();
  }

  consume(): void {
    this.used = this.top + 1;
    this.lexer.next();
  }

  /** What has to be put back to read on after an error in what is begun now. */
  protected save(): ParserState {
    return {
      state: this.state,
      depth: this.depth,
      top: this.top,
      regions: this.regions.depth,
      operations: this.operations.nesting,
    };
  }

  /** Gives up everything that was begun since. */
  protected restore({ state, depth, top, regions, operations }: ParserState): void {
    this.state = state;
    this.depth = depth;
    this.top = top;
    this.used = top + 1;
    this.regions.abandon(regions);
    this.operations.abandon(operations);
  }

  /** The current token is file metadata. */
  metadata(): void {
    const { bytes, start, end } = this.lexer;
    readMetadata(bytes, start, end, this.irContext);
  }

  /** One level of nesting deeper; types, attributes and regions count alike. */
  enter(): void {
    if (++this.depth > this.maxDepth) failAt(`nested deeper than ${this.maxDepth} levels`, this.lexer.start);
  }

  leave(): void {
    this.depth--;
  }

  /** The first choice after a token knows all that may follow. */
  choice(): void {
    if (this.choiceAt === this.lexer.start) return;
    this.choiceAt = this.lexer.start;
    this.choiceState = this.state;
    this.choiceTop = this.top;
  }

  /** Reports the current token as unexpected. */
  mismatch(): never {
    const { lexer } = this;
    const chosen = this.choiceAt === lexer.start;
    const kinds = this.expected(chosen ? this.choiceState : this.state, chosen ? this.choiceTop : this.top);
    // A word of the grammar where an operation could stand is taken for its name.
    if (kinds.includes(token.BARE_ID) && kinds.includes(token.VALUE_ID) && lexer.kind >= token.INTEGER_TYPE)
      failAt(`custom op '${lexer.text()}' is unknown (tried 'func.${lexer.text()}' as well)`, lexer.start);
    const found = lexer.kind === token.EOF ? 'the end of the text' : `'${lexer.text().slice(0, 40)}'`;
    return failAt(`found ${found}, expected ${alternatives(kinds)}`, lexer.missingAt);
  }

  /** The kinds of token that may stand at a state, reached through the open rules. */
  private expected(state: number, top: number): readonly number[] {
    const kinds = new Set<number>();
    let rule = top;
    for (let at = state; ; rule = this.outer[rule] as number) {
      const set = tokenSets[expectedAt[at] ?? -1] ?? [];
      for (const kind of set) if (kind !== endOfRule) kinds.add(kind);
      if (!set.includes(endOfRule)) break;
      if (rule < 0 || (followOf[this.calling[rule] as number] ?? -1) < 0) {
        kinds.add(token.EOF);
        break;
      }
      at = followOf[this.calling[rule] as number] as number;
    }
    return [...kinds].sort((a, b) => a - b);
  }
}

/** The token kinds that may follow, in words. */
function alternatives(kinds: readonly number[]): string {
  const words = new Set<string>();
  const all = new Set(kinds);
  const anAttribute = all.has(token.UNIT) && all.has(token.STRING) && !all.has(token.BARE_ID);
  const aType = all.has(token.INTEGER_TYPE) && all.has(token.TENSOR);
  const named = all.has(token.BARE_ID) && all.has(token.TENSOR);
  for (const kind of kinds) {
    if (kind >= token.INTEGER_TYPE && (aType || named))
      words.add(named ? 'a name' : anAttribute ? 'an attribute' : 'a type');
    else if (anAttribute && kind !== token.COMMA && !(kind >= token.RPAREN && kind <= token.RBRACKET))
      words.add('an attribute');
    else if (aType && (kind === token.LPAREN || kind === token.DIALECT_TYPE || kind === token.TYPE_ALIAS))
      words.add('a type');
    else {
      const word = describeKind(kind);
      if (word !== undefined) words.add(word);
    }
  }
  const list = [...words];
  if (list.length > listedAlternatives) list.splice(listedAlternatives, list.length, '…');
  return list.length <= 1 ? (list[0] ?? 'something else') : `${list.slice(0, -1).join(', ')} or ${list.at(-1)}`;
}
