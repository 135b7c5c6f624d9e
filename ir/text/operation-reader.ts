/** Operations from tokens, straight into the columns. */
import type { ParsedLocation } from '../assembly.ts';
import type { Attribute } from '../attribute.ts';
import type { Columns } from '../columns.ts';
import type { Context } from '../context.ts';
import type { OpDefinition } from '../definition.ts';
import type { NamedAttribute } from '../dictionary-table.ts';
import type { Location } from '../location.ts';
import type { Type } from '../type.ts';
import type { AliasTable } from './alias-table.ts';
import type { AttributeReader } from './attribute-reader.ts';
import { CustomReader } from './custom-reader.ts';
import type { DenseReader } from './dense-reader.ts';
import { isInherent } from './inherent.ts';
import { failAt } from './failure.ts';
import type { GrammarRules } from './lean-parser.ts';
import type { Lexer } from './lexer.ts';
import { NameStack } from './name-stack.ts';
import { keyOf, type RegionReader } from './region-reader.ts';
import { wanted } from './span-memo.ts';

/** Type indices of operands and results. */
interface Signature {
  readonly inputs: readonly number[];
  readonly results: readonly number[];
}

/** An operation that is being read. Frames are used again. */
interface Frame {
  name: number;
  nameOffset: number;
  line: number;
  column: number;
  resultBase: number;
  operandBase: number;
  properties: number;
  discardable: readonly NamedAttribute[] | undefined;
  signature: Signature | undefined;
  /** Operands of a custom form, whose types are known already. */
  operands: readonly number[] | undefined;
  successors: number[];
  regions: number[];
  /** Location index, or undefined for the place of the name. */
  location: number | undefined;
  locationAlias: number;
  locationOffset: number;
}

const noSignature: Signature = { inputs: [], results: [] };

/** Builds the operations of a text. */
export class OperationReader {
  readonly lexer: Lexer;
  readonly context: Context;
  readonly regions: RegionReader;
  readonly rules: GrammarRules;
  readonly attributes: AttributeReader;
  readonly dense: DenseReader;
  /** The location of a block argument that was read last. */
  readonly readLocation: () => ParsedLocation;
  private readonly columns: Columns;
  private readonly aliases: AliasTable;
  private readonly file: string;
  private readonly frames: Frame[];
  private depth: number;
  private frame: Frame;
  private readonly resultNames: NameStack;
  private readonly operandNames: NameStack;
  /** Operation names by interned span, plus one. */
  private readonly nameIds: number[];
  private readonly signatures: Signature[];
  private readonly dictionaries: number[];
  private readonly customReader: CustomReader;

  constructor(
    lexer: Lexer,
    context: Context,
    file: string,
    regions: RegionReader,
    aliases: AliasTable,
    rules: GrammarRules,
    attributes: AttributeReader,
    dense: DenseReader,
    readLocation: () => ParsedLocation,
  ) {
    this.lexer = lexer;
    this.context = context;
    this.columns = context.columns;
    this.regions = regions;
    this.aliases = aliases;
    this.file = file;
    this.rules = rules;
    this.attributes = attributes;
    this.dense = dense;
    this.readLocation = readLocation;
    this.frames = [];
    this.depth = 0;
    this.frame = newFrame();
    this.resultNames = new NameStack();
    this.operandNames = new NameStack();
    this.nameIds = [];
    this.signatures = [];
    this.dictionaries = [];
    this.customReader = new CustomReader(this);
  }

  /** How many operations are being read. */
  get nesting(): number {
    return this.depth;
  }

  /** Gives up the operations that were begun beyond a nesting. */
  abandon(nesting: number): void {
    const abandoned = this.frames[nesting];
    if (this.depth <= nesting || !abandoned) return;
    this.resultNames.size = abandoned.resultBase;
    this.operandNames.size = abandoned.operandBase;
    this.depth = nesting;
    if (nesting > 0) this.frame = this.frames[nesting - 1] as Frame;
  }

  begin(): void {
    const { depth } = this;
    this.depth++;
    let frame = this.frames[depth];
    if (frame === undefined) {
      frame = newFrame();
      this.frames.push(frame);
    }
    this.frame = frame;
    frame.resultBase = this.resultNames.size;
    frame.operandBase = this.operandNames.size;
    frame.properties = 0;
    frame.discardable = undefined;
    frame.signature = undefined;
    frame.operands = undefined;
    if (frame.successors.length > 0) frame.successors = [];
    if (frame.regions.length > 0) frame.regions = [];
    frame.location = undefined;
    frame.locationAlias = -1;
  }

  resultName(): void {
    this.resultNames.push(keyOf(this.lexer), 1, this.lexer.start);
  }

  resultCount(): void {
    const count = Number(this.lexer.text());
    if (!(count >= 1)) failAt('expected named operation to have at least 1 result', this.lexer.start);
    this.resultNames.numbers[this.resultNames.size - 1] = count;
  }

  private place(name: number): void {
    const { frame, lexer } = this;
    frame.name = name;
    frame.nameOffset = lexer.start;
    frame.line = lexer.line;
    frame.column = lexer.start - lexer.lineStart + 1;
  }

  /** The current token is the quoted name of an operation in generic form. */
  genericName(): void {
    const span = this.lexer.stringId();
    const known = span < 0 ? 0 : (this.nameIds[span] ?? 0);
    if (known !== 0) return this.place(known);
    const text = this.lexer.string();
    if (text === '') failAt('empty operation name is invalid', this.lexer.start);
    const name = this.context.nameId(text);
    if (!this.context.definitionOf(name) && !this.context.allowUnregistered) this.unregistered(text);
    if (span >= 0) this.nameIds[span] = name;
    this.place(name);
  }

  private unregistered(name: string): never {
    const dialect = name.includes('.') ? name.slice(0, name.indexOf('.')) : '';
    const { dialects } = this.context;
    if (dialects.has(dialect))
      return failAt(
        `unregistered operation '${name}' found in dialect ('${dialect}') that does not allow unknown operations`,
        this.lexer.start,
      );
    return failAt(
      `operation '${name}' being parsed with an unregistered dialect; ` +
        `load dialect '${dialect}' or allow unregistered dialects`,
      this.lexer.start,
    );
  }

  /** The current token is the bare name of an operation in its custom form. */
  customName(): void {
    const text = this.lexer.text();
    const { context } = this;
    const full = text.includes('.')
      ? text
      : ['builtin', 'func'].map((dialect) => `${dialect}.${text}`).find((name) => context.definitionNamed(name));
    const definition = full === undefined ? undefined : context.definitionNamed(full);
    if (!definition) this.unknown(text);
    else if (definition.assembly === undefined)
      failAt(`custom op '${text}' has no custom form; write it as "${definition.opName}"(…)`, this.lexer.start);
    else this.place(context.nameId(definition.opName));
  }

  private unknown(name: string): never {
    const { start } = this.lexer;
    const dot = name.indexOf('.');
    if (dot < 0) return failAt(`custom op '${name}' is unknown (tried 'func.${name}' as well)`, start);
    const { dialects } = this.context;
    const dialect = name.slice(0, dot);
    if (dialects.has(dialect)) return failAt(`custom op '${name}' is unknown`, start);
    return failAt(
      `dialect '${dialect}' not found for custom op '${name}'; loaded: ${[...dialects.keys()].join(', ') || 'none'}`,
      start,
    );
  }

  operand(): void {
    this.operandNames.push(keyOf(this.lexer), this.lexer.part, this.lexer.start);
  }

  successor(): void {
    this.frame.successors.push(this.regions.successor());
  }

  /** A region was read. */
  region(): void {
    this.frame.regions.push(this.regions.closed);
  }

  // Attributes.

  propertiesSpan(): void {
    this.frame.properties = this.dictionaries[this.lexer.id] as number;
  }

  properties(entries: readonly (readonly [string, Attribute])[]): void {
    const id = this.context.dictionaries.idOf(entries.map(([name, value]) => ({ name, value, property: true })));
    this.frame.properties = id;
    const span = this.lexer.remember(wanted.properties);
    if (span >= 0) this.dictionaries[span] = id;
  }

  discardable(entries: readonly (readonly [string, Attribute])[]): void {
    const definition = this.context.definitionOf(this.frame.name);
    this.frame.discardable = entries.map(([name, value]) => ({ name, value, property: isInherent(definition, name) }));
  }

  private dictionary({ properties, discardable, nameOffset }: Frame): number {
    if (!discardable || discardable.length === 0) return properties;
    const { dictionaries } = this.context;
    if (properties === 0) return dictionaries.idOf(discardable);
    const inherent = dictionaries.entries(properties);
    for (const { name } of discardable)
      if (inherent.some((entry) => entry.name === name))
        failAt(
          `attribute '${name}' stands among the properties and among the other attributes; give it once`,
          nameOffset,
        );
    return dictionaries.idOf([...inherent, ...discardable]);
  }

  // Types.

  signatureBegin(): void {}

  signatureSpan(): void {
    this.frame.signature = this.signatures[this.lexer.id] as Signature;
  }

  signature(inputs: readonly Type[], results: readonly Type[]): void {
    const made: Signature = { inputs: inputs.map((type) => type.id), results: results.map((type) => type.id) };
    this.frame.signature = made;
    const span = this.lexer.remember(wanted.signature);
    if (span >= 0) this.signatures[span] = made;
  }

  // Location.

  /** The current token is the alias of the operation's location. */
  locationAlias(): void {
    this.frame.locationAlias = this.lexer.id;
    this.frame.locationOffset = this.lexer.start;
    this.frame.location = this.aliases.locationId(this.lexer.id) ?? 0;
  }

  location(location: Location): void {
    this.frame.location = this.context.locations.idOf(location);
  }

  // The custom form.

  /** Reads what follows the name of an operation in its custom form. */
  custom(): void {
    const { frame, resultNames } = this;
    const definition = this.context.definitionOf(frame.name) as OpDefinition;
    let count = 0;
    for (let at = frame.resultBase; at < resultNames.size; at++) count += resultNames.numbers[at] as number;
    const read = this.customReader.read(definition, count, frame.nameOffset);
    this.frame = frame;
    frame.operands = read.operands;
    frame.signature = { inputs: [], results: read.results };
    frame.discardable = read.attributes;
    frame.successors = read.successors;
    frame.regions = read.regions;
  }

  // Making the operation.

  end(): void {
    const { columns, frame, operandNames } = this;
    const { inputs, results } = frame.signature ?? noSignature;
    const count = frame.operands ? frame.operands.length : operandNames.size - frame.operandBase;
    if (!frame.operands && count !== inputs.length)
      failAt(`expected ${count} operand type${count === 1 ? '' : 's'} but had ${inputs.length}`, frame.nameOffset);
    const location = frame.location ?? this.context.locations.idOfPlace(this.file, frame.line, frame.column);
    const op = columns.newOperation(frame.name, this.dictionary(frame), location, count, results.length);
    const slot = columns.opOperands[op] as number;
    for (let at = 0; at < count; at++) {
      const from = frame.operandBase + at;
      const value = frame.operands
        ? (frame.operands[at] as number)
        : this.regions.values.use(
            operandNames.keys[from] as number,
            operandNames.numbers[from] as number,
            inputs[at] as number,
            operandNames.offsets[from] as number,
          );
      columns.setSlot(slot + at, value);
    }
    const first = columns.opResults[op] as number;
    for (let at = 0; at < results.length; at++) {
      columns.valueType[first + at] = results[at] as number;
      columns.valueUse[first + at] = 0;
    }
    if (frame.regions.length > 0) this.attach(op, frame.regions);
    if (frame.successors.length > 0) columns.setSuccessors(op, frame.successors);
    columns.link(op, this.regions.block, 0);
    if (frame.locationAlias >= 0 && frame.location === 0)
      this.aliases.defer(op, frame.locationAlias, frame.locationOffset);
    this.defineResults(frame, first, results.length);
    operandNames.size = frame.operandBase;
    this.depth--;
    if (this.depth > 0) this.frame = this.frames[this.depth - 1] as Frame;
  }

  private attach(op: number, regions: readonly number[]): void {
    const { columns } = this;
    columns.opRegion[op] = regions[0] as number;
    for (let at = 0; at < regions.length; at++) {
      const region = regions[at] as number;
      columns.regionOwner[region] = op;
      columns.regionNext[region] = regions[at + 1] ?? 0;
    }
  }

  private defineResults(frame: Frame, first: number, count: number): void {
    const base = frame.resultBase;
    const { keys, numbers, offsets, size: end } = this.resultNames;
    if (end === base) return;
    let named = 0;
    for (let at = base; at < end; at++) {
      const size = numbers[at] as number;
      if (named + size <= count)
        this.regions.values.define(keys[at] as number, first + named, size, offsets[at] as number);
      named += size;
    }
    if (named !== count)
      failAt(
        count === 0
          ? 'cannot name an operation with no results'
          : `operation defines ${count} results but was provided ${named} to bind`,
        offsets[base] as number,
      );
    this.resultNames.size = base;
  }
}

const newFrame = (): Frame => ({
  name: 0,
  nameOffset: 0,
  line: 0,
  column: 0,
  resultBase: 0,
  operandBase: 0,
  properties: 0,
  discardable: undefined,
  signature: undefined,
  operands: undefined,
  successors: [],
  regions: [],
  location: undefined,
  locationAlias: -1,
  locationOffset: 0,
});
