/**
 * What the generated parser stands on instead of the runtime's own parser class: no token
 * objects, no parse tree, no recovery. Only the tables for messages are the runtime's.
 */
import type { ATN, ParserRuleContext } from 'antlr4ng';
import type { ParsedLocation } from '../assembly.ts';
import type { Attribute } from '../attribute.ts';
import type { Context } from '../context.ts';
import type { Location } from '../location.ts';
import type { Type } from '../type.ts';
import { AliasTable } from './alias-table.ts';
import { AttributeReader } from './attribute-reader.ts';
import { DenseReader } from './dense-reader.ts';
import { failAt } from './failure.ts';
import { Lexer } from './lexer.ts';
import { LocationReader } from './location-reader.ts';
import { OperationReader } from './operation-reader.ts';
import { RegionReader } from './region-reader.ts';
import { describeKind, token } from './token.ts';
import { TypeReader } from './type-reader.ts';

/** A rule invocation: where it was called from, for messages. Rules add the values that they return. */
export class LeanContext {
  readonly parent: LeanContext | null;
  readonly invokingState: number;
  constructor(parent: LeanContext | null, invokingState: number) {
    this.parent = parent;
    this.invokingState = invokingState;
  }
}

/** What a parser is made for. */
export interface ParserSetup {
  readonly bytes: Uint8Array;
  readonly context: Context;
  readonly file: string;
  readonly maxDepth: number;
  metadata(text: string): void;
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

/** The generated parser's error handler: it only remembers where the last choice was, and throws. */
const errorHandler = {
  sync(parser: LeanParser): void {
    parser.choice();
  },
  reportMatch(): void {},
  recoverInline(parser: LeanParser): never {
    return parser.mismatch();
  },
  reportError(parser: LeanParser): never {
    return parser.mismatch();
  },
  recover(): void {},
};

/** Above this many alternatives a message names the kinds of thing instead. */
const listedAlternatives = 6;

/** The superclass of the generated parser. */
export abstract class LeanParser {
  static readonly EOF = -1;
  state: number;
  context: LeanContext | null;
  readonly errorHandler: typeof errorHandler;
  readonly tokenStream: Lexer;
  readonly lexer: Lexer;
  readonly types: TypeReader;
  readonly attributes: AttributeReader;
  readonly dense: DenseReader;
  readonly locations: LocationReader;
  readonly aliases: AliasTable;
  readonly regions: RegionReader;
  readonly operations: OperationReader;
  readonly metadata: (text: string) => void;
  /** The location of a block argument that was read last. */
  locationAt: ParsedLocation;
  private readonly maxDepth: number;
  private depth: number;
  private choiceAt: number;
  private choiceState: number;
  private choiceContext: LeanContext | null;

  constructor(input: unknown) {
    const setup = input as ParserSetup;
    this.state = -1;
    this.context = null;
    this.errorHandler = errorHandler;
    this.lexer = new Lexer(setup.bytes, failAt);
    this.tokenStream = this.lexer;
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
    this.metadata = (text) => setup.metadata(text);
    this.maxDepth = setup.maxDepth;
    this.depth = 0;
    this.choiceAt = -1;
    this.choiceState = -1;
    this.choiceContext = null;
  }

  /** The tables of the grammar, which the generated class holds. */
  private get atn(): ATN {
    return (this.constructor as unknown as { _ATN: ATN })._ATN;
  }

  enterRule(context: LeanContext, state: number, _rule: number): void {
    this.state = state;
    this.context = context;
  }

  exitRule(): void {
    const context = this.context as LeanContext;
    this.state = context.invokingState;
    this.context = context.parent;
  }

  enterOuterAlt(_context: LeanContext, _alternative: number): void {}

  match(kind: number): void {
    if (this.lexer.kind !== kind) this.mismatch();
    this.lexer.next();
  }

  consume(): void {
    this.lexer.next();
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
    this.choiceContext = this.context;
  }

  /** Reports the current token as unexpected. */
  mismatch(): never {
    const { lexer } = this;
    const chosen = this.choiceAt === lexer.start;
    const set = this.atn.getExpectedTokens(
      chosen ? this.choiceState : this.state,
      (chosen ? this.choiceContext : this.context) as unknown as ParserRuleContext,
    );
    const found = lexer.kind === token.EOF ? 'the end of the text' : `'${lexer.text().slice(0, 40)}'`;
    return failAt(`found ${found}, expected ${alternatives(set.toArray())}`, lexer.start);
  }

  // What the generated error path asks for.

  getCurrentToken(): null {
    return null;
  }

  get inputStream(): null {
    return null;
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
