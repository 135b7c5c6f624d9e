/** Names for attributes, types and locations: `#map = …`, `!t = …`, `#loc = loc(…)`. */
import type { ParsedLocation } from '../assembly.ts';
import { type Attribute, verbatimAttribute } from '../attribute.ts';
import type { Context } from '../context.ts';
import { type Location, locationBody } from '../location.ts';
import type { Type } from '../type.ts';
import { failAt } from './failure.ts';
import type { Lexer } from './lexer.ts';
import { token } from './token.ts';

/** An operation, or minus a block argument, whose location is an alias that is not defined yet. */
interface PendingLocation {
  readonly owner: number;
  readonly name: number;
  readonly offset: number;
}

/** The aliases of one text. */
export class AliasTable {
  private readonly lexer: Lexer;
  private readonly context: Context;
  private readonly attributes: Map<number, Attribute>;
  private readonly types: Map<number, Type>;
  private readonly locations: Map<number, Location>;
  private readonly locationIds: Map<number, number>;
  private readonly pending: PendingLocation[];
  private name: number;
  private isType: boolean;

  constructor(lexer: Lexer, context: Context) {
    this.lexer = lexer;
    this.context = context;
    this.attributes = new Map();
    this.types = new Map();
    this.locations = new Map();
    this.locationIds = new Map();
    this.pending = [];
    this.name = -1;
    this.isType = false;
  }

  /** The current token is the name of an attribute that is being defined. */
  attributeName(): void {
    this.name = this.lexer.id;
    this.isType = false;
    if (this.attributes.has(this.name))
      failAt(`redefinition of attribute alias id '${this.lexer.spans.text(this.name)}'`, this.lexer.start);
  }

  /** The current token is the name of a type that is being defined. */
  typeName(): void {
    this.name = this.lexer.id;
    this.isType = true;
    if (this.types.has(this.name))
      failAt(`redefinition of type alias id '${this.lexer.spans.text(this.name)}'`, this.lexer.start);
  }

  expectDefinition(): void {
    if (this.lexer.kind !== token.EQUAL)
      failAt(`expected '=' in ${this.isType ? 'type' : 'attribute'} alias definition`, this.lexer.start);
  }

  defineAttribute(value: Attribute): void {
    this.attributes.set(this.name, value);
  }

  defineType(value: Type): void {
    this.types.set(this.name, value);
  }

  defineLocation(value: Location): void {
    this.attributes.set(this.name, verbatimAttribute(`loc(${locationBody(value)})`));
    this.locations.set(this.name, value);
  }

  private undefined(): never {
    return failAt(`undefined symbol alias id '${this.lexer.spans.text(this.lexer.id)}'`, this.lexer.start);
  }

  /** The attribute that the current token names. */
  attribute(): Attribute {
    return this.attributes.get(this.lexer.id) ?? this.undefined();
  }

  /** The type that the current token names. */
  type(): Type {
    return this.types.get(this.lexer.id) ?? this.undefined();
  }

  /** The location that the current token names, which must be defined already. */
  location(): Location {
    return this.locations.get(this.lexer.id) ?? this.undefined();
  }

  /** The index of the location called `name` in the context; undefined before its definition. */
  locationId(name: number): number | undefined {
    let id = this.locationIds.get(name);
    if (id === undefined) {
      const location = this.locations.get(name);
      if (location === undefined) return undefined;
      id = this.context.locations.idOf(location);
      this.locationIds.set(name, id);
    }
    return id;
  }

  /** Gives an operation, or minus a block argument, its location when the alias has been defined. */
  defer(owner: number, name: number, offset: number): void {
    this.pending.push({ owner, name, offset });
  }

  /** The alias that the current token names, which may be defined later. */
  use(): ParsedLocation {
    return { alias: this.lexer.id, offset: this.lexer.start };
  }

  /** Gives a block argument the location that stands behind it. */
  locate(value: number, { location, alias, offset }: ParsedLocation): void {
    const { columns, locations } = this.context;
    if (alias === undefined) return columns.setArgumentLocation(value, location ? locations.idOf(location) : 0);
    const id = this.locationId(alias);
    if (id === undefined) this.defer(-value, alias, offset);
    else columns.setArgumentLocation(value, id);
  }

  /** Resolves the locations that were used before their definition. */
  finish(): void {
    const { columns } = this.context;
    for (const { owner, name, offset } of this.pending) {
      const id = this.locationId(name);
      if (id === undefined)
        failAt(`operation location alias was never defined: '#${this.lexer.spans.text(name)}'`, offset);
      else if (owner > 0) columns.opLocation[owner] = id;
      else columns.setArgumentLocation(-owner, id);
    }
  }

  /** The body of a dialect type or attribute, with the aliases in it written out. */
  expand(text: string): string {
    if (this.attributes.size === 0 && this.types.size === 0) return text;
    const open = text.indexOf('<');
    if (open < 0) return text;
    const body = text
      .slice(open)
      .replace(/"(?:\\.|[^"\\])*"|([#!])([A-Za-z_][\w$]*)(?![\w$.<])/g, (whole, sigil?: string, name?: string) => {
        if (sigil === undefined || name === undefined) return whole;
        const id = this.lexer.spans.internText(name);
        const { text: meant = whole } = (sigil === '#' ? this.attributes.get(id) : this.types.get(id)) ?? {};
        // In the text of a dialect a comparison would count as a bracket; upstream leaves every name as it is.
        return /[<>]=/.test(meant) ? whole : meant;
      });
    return text.slice(0, open) + body;
  }
}
