/** Regions and blocks from tokens, straight into the columns. */
import type { ParsedLocation } from '../assembly.ts';
import type { Columns } from '../columns.ts';
import type { Context } from '../context.ts';
import type { LocationTable } from '../location.ts';
import type { Type } from '../type.ts';
import type { AliasTable } from './alias-table.ts';
import { failAt } from './failure.ts';
import type { Lexer } from './lexer.ts';
import { token } from './token.ts';
import { namedKey, ValueScope } from './value-scope.ts';

/** A block name of one region. */
interface NamedBlock {
  readonly block: number;
  /** Where it was first used or, once it is defined, where that stands. */
  offset: number;
  defined: boolean;
}

/** An open region. */
interface OpenRegion {
  readonly region: number;
  block: number;
  /** Whether the entry block's arguments were given from outside. */
  entryGiven: boolean;
  /** Whether the region has an entry block even when nothing is written in it. */
  readonly entryNeeded: boolean;
  names: Map<number, NamedBlock> | undefined;
}

/** An argument that a custom form gives to an entry block. */
export interface EntryArgument {
  readonly key: number;
  readonly type: Type;
  readonly offset: number;
  readonly location?: ParsedLocation | undefined;
}

/** The regions that are being read. */
export class RegionReader {
  readonly values: ValueScope;
  /** The region that was closed last. */
  closed: number;
  private readonly lexer: Lexer;
  private readonly columns: Columns;
  private readonly open: OpenRegion[];
  private current: OpenRegion;
  private entry: readonly EntryArgument[] | undefined;
  private argumentKey: number;
  private argumentOffset: number;
  private lastArgument: number;
  private readonly aliases: AliasTable;
  private readonly locations: LocationTable;
  private readonly file: string;

  constructor(lexer: Lexer, context: Context, aliases: AliasTable, file: string) {
    this.lexer = lexer;
    this.file = file;
    this.locations = context.locations;
    this.aliases = aliases;
    this.columns = context.columns;
    this.values = new ValueScope(context, lexer.spans);
    this.closed = 0;
    this.open = [];
    // The top level is a block without a region.
    this.current = {
      region: 0,
      block: this.columns.newBlock(),
      entryGiven: false,
      entryNeeded: false,
      names: undefined,
    };
    this.entry = undefined;
    this.argumentKey = 0;
    this.argumentOffset = 0;
    this.lastArgument = 0;
    this.values.begin();
  }

  /** The block that operations are appended to; the entry block is made when first needed. */
  get block(): number {
    if (this.current.block === 0) this.newBlock();
    return this.current.block;
  }

  private newBlock(): void {
    const block = this.columns.newBlock();
    this.columns.linkBlock(block, this.current.region, 0);
    this.current.block = block;
  }

  /** The next region gets an entry block with these arguments. */
  expectEntry(entry: readonly EntryArgument[] | undefined): void {
    this.entry = entry;
  }

  begin(): void {
    const { entry } = this;
    this.entry = undefined;
    this.open.push(this.current);
    this.current = {
      region: this.columns.newRegion(0, 0),
      block: 0,
      entryGiven: entry !== undefined && entry.length > 0,
      entryNeeded: entry !== undefined,
      names: undefined,
    };
    this.values.begin();
    if (!entry || entry.length === 0) return;
    this.newBlock();
    for (const { key, type, offset, location } of entry) {
      if (this.values.isDefined(key))
        failAt(`region entry argument '${this.values.text(key)}' is already in use`, offset);
      const value = this.addArgument(key, type, offset);
      if (location) this.aliases.locate(value, location);
      else this.placeArgument(value, offset);
    }
  }

  /** Reports blocks of the current region that were named and never defined. */
  checkBlocks(): void {
    const { names } = this.current;
    if (!names) return;
    for (const { defined, offset } of names.values()) if (!defined) failAt('reference to an undefined block', offset);
  }

  /** How many regions are open. */
  get depth(): number {
    return this.open.length;
  }

  /** Gives up the regions that were opened beyond a depth. */
  abandon(depth: number): void {
    this.entry = undefined;
    while (this.open.length > depth) {
      this.values.end();
      this.current = this.open.pop() as OpenRegion;
    }
  }

  end(): void {
    this.checkBlocks();
    if (this.current.entryNeeded && this.columns.regionFirst[this.current.region] === 0) this.newBlock();
    this.closed = this.current.region;
    this.values.end();
    this.current = this.open.pop() as OpenRegion;
  }

  /** An operation here could not be read: the block is not empty, though nothing stands in it. */
  passOverOperation(): void {
    this.current.entryGiven = false;
  }

  /** The current token is the label of a block that begins. */
  label(): void {
    const { lexer, current } = this;
    if (current.region === 0) failAt('blocks stand only in regions', lexer.start);
    if (
      current.entryGiven &&
      this.columns.regionFirst[current.region] === current.block &&
      this.columns.blockFirst[current.block] === 0
    )
      failAt('invalid block name in region with named arguments', lexer.start);
    const name = this.named(lexer.id, lexer.start);
    if (name.defined) failAt(`redefinition of block '${lexer.text()}'`, lexer.start);
    name.defined = true;
    name.offset = lexer.start;
    this.columns.linkBlock(name.block, current.region, 0);
    current.block = name.block;
  }

  private named(id: number, offset: number): NamedBlock {
    const { current } = this;
    current.names ??= new Map();
    let name = current.names.get(id);
    if (!name) {
      name = { block: this.columns.newBlock(), offset, defined: false };
      current.names.set(id, name);
    }
    return name;
  }

  /** The block that the current token names, defined or not yet. */
  successor(): number {
    return this.named(this.lexer.id, this.lexer.start).block;
  }

  /** The current token is the name of a block argument. */
  argumentName(): void {
    this.argumentKey = keyOf(this.lexer);
    this.argumentOffset = this.lexer.start;
  }

  /** The type of the block argument. */
  argument(type: Type): void {
    this.lastArgument = this.addArgument(this.argumentKey, type, this.argumentOffset);
    if (this.lexer.kind !== token.LOC) this.placeArgument(this.lastArgument, this.argumentOffset);
  }

  /** A block argument without a location comes from where its name stands. */
  private placeArgument(value: number, offset: number): void {
    const { line, lineStart } = this.lexer.lineOf(offset);
    this.columns.setArgumentLocation(value, this.locations.idOfPlace(this.file, line, offset - lineStart + 1));
  }

  /** The location that stands behind the block argument. */
  argumentLocation(location: ParsedLocation): void {
    this.aliases.locate(this.lastArgument, location);
  }

  private addArgument(key: number, type: Type, offset: number): number {
    const { columns } = this;
    const { block } = this.current;
    const value = columns.newValues(1, -block);
    columns.valueType[value] = type.id;
    columns.valueUse[value] = 0;
    const values = columns.blockArguments[block];
    if (values) values.push(value);
    else columns.blockArguments[block] = [value];
    this.values.define(key, value, 1, offset);
    return value;
  }
}

/** The key of the value name that is the current token. */
export const keyOf = (lexer: Lexer): number => (lexer.number >= 0 ? lexer.number : namedKey + lexer.id);
