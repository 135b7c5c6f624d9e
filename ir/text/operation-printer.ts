/** The printer's walk over operations, regions and blocks, and what it offers to hand-written formats. */
import type { AssemblyPrinter } from '../assembly.ts';
import { type Attribute, quote } from '../attribute.ts';
import type { Block } from '../block.ts';
import type { Columns } from '../columns.ts';
import type { Context } from '../context.ts';
import type { OpDefinition } from '../definition.ts';
import { DiagnosticError, errorAt } from '../diagnostic.ts';
import type { NamedAttribute } from '../dictionary-table.ts';
import { locationBody, prettyLocation } from '../location.ts';
import type { Operation } from '../operation.ts';
import type { Region } from '../region.ts';
import { type Type, typeOfId } from '../type.ts';
import type { Value } from '../value.ts';
import { operandSegments, resultSegments } from '../view.ts';
import { AttributeTexts } from './attribute-text.ts';
import { printFormat } from './format-printer.ts';
import { Names } from './names.ts';
import type { PrintAliases } from './print-aliases.ts';
import type { PrintOptions, TextSink } from './print.ts';
import { usersOfArgument, usersOfResults } from './value-users.ts';
import { WrittenForms } from './written-form.ts';

/** Text is handed on when it is longer than this. */
const chunkLength = 1 << 16;
/** Regions nested deeper than this are refused: the walk is recursive. */
const depthLimit = 1000;

const isProperty = (entry: NamedAttribute): boolean => entry.property;
const isDiscardable = (entry: NamedAttribute): boolean => !entry.property;

/**
 * The same text in one piece: asking for a character makes the engine copy its parts together.
 * The parts die young then, instead of being kept for as long as the text is.
 */
const flattened = (text: string): string => (text.charCodeAt(0) === 0 ? `${text}` : text);

/** Prints operations of one scope to a sink. */
export class OperationPrinter implements AssemblyPrinter {
  readonly context: Context;
  readonly options: PrintOptions;
  private readonly columns: Columns;
  private readonly names: Names;
  private readonly texts: AttributeTexts;
  private readonly aliases: PrintAliases | undefined;
  private readonly sink: TextSink;
  private readonly writtenForms: WrittenForms;
  private readonly propertyTexts: (string | undefined)[];
  private readonly discardableTexts: (string | undefined)[];
  private readonly textsWithout: Map<string, (string | undefined)[]>;
  private readonly nameTexts: (string | undefined)[];
  private readonly indents: string[];
  private depth: number;
  /** What is left out at the beginning of names here, such as `func.` in a function. */
  private omitted: string;
  private out: string;

  constructor(
    context: Context,
    scope: Operation,
    sink: TextSink,
    options: PrintOptions,
    aliases: PrintAliases | undefined,
  ) {
    this.context = context;
    this.options = options;
    this.columns = context.columns;
    this.names = new Names(context, scope.id, options);
    this.texts = new AttributeTexts(options, aliases);
    this.aliases = aliases;
    this.sink = sink;
    this.writtenForms = new WrittenForms(context, scope.id);
    this.propertyTexts = [];
    this.discardableTexts = [];
    this.textsWithout = new Map();
    this.nameTexts = [];
    this.indents = [''];
    this.depth = 0;
    this.omitted = 'builtin.';
    this.out = '';
  }

  /** Hands the text so far to the sink. */
  flush(): void {
    if (this.out !== '') this.sink.write(flattened(this.out));
    this.out = '';
  }

  private get indent(): string {
    while (this.indents.length <= this.depth) this.indents.push(`${this.indents.at(-1)}  `);
    return this.indents[this.depth] as string;
  }

  // The walk.

  /** One operation at the current place, without indentation before or line end after it. */
  operation(op: number): void {
    const { columns } = this;
    if (this.out.length > chunkLength) this.flush();
    if (columns.opResultCount[op] !== 0) this.out += `${this.names.results(op)} = `;
    const definition = this.context.definitionOf(columns.opName[op] as number);
    if (this.options.generic || definition?.assembly === undefined || this.isMisplaced(op, definition))
      this.generic(op);
    else if (typeof definition.assembly === 'string') {
      const operation = this.context.operation(op);
      if (!printFormat(operation, definition, definition.assembly, this, this.writtenForms)) this.generic(op);
    } else if (!this.writtenForms.cover(op, definition, definition.assembly)) this.generic(op);
    else {
      this.name(definition.opName);
      definition.assembly.print(this.context.operation(op), this);
    }
    if (this.options.debugInfo) this.out += this.place(columns.opLocation[op] as number);
    if (this.options.valueUsers) this.out += usersOfResults(this.context, op, this.names);
  }

  /** The name of an operation in custom form, without the dialect that is the default here. */
  name(full: string): void {
    const { omitted } = this;
    const bare = omitted !== '' && full.startsWith(omitted) && full.indexOf('.', omitted.length) < 0;
    this.out += bare ? full.slice(omitted.length) : full;
  }

  /** A location behind an operation or an argument. */
  private place(location: number): string {
    const { locations } = this.context;
    if (this.options.prettyDebugInfo) return ` ${prettyLocation(locations.of(location))}`;
    return ` loc(${this.aliases?.location(location) ?? locationBody(locations.of(location))})`;
  }

  /** Whether `op` should end its block, but does not: what follows could be read as its operands. */
  private isMisplaced(op: number, { traits }: OpDefinition): boolean {
    return this.columns.opNext[op] !== 0 && traits.has('terminator');
  }

  private generic(op: number): void {
    const { columns } = this;
    const name = columns.opName[op] as number;
    this.out += this.nameTexts[name] ??= `${quote(this.context.nameOf(name))}(`;
    const operands = columns.opOperandCount[op] as number;
    const slot = columns.opOperands[op] as number;
    for (let at = 0; at < operands; at++) {
      if (at !== 0) this.out += ', ';
      this.out += this.names.value(columns.slotValue[slot + at] as number);
    }
    this.out += ')';
    const successors = columns.opSuccessors[op] as number;
    if (successors !== 0)
      this.out += `[${columns
        .successorsFrom(successors)
        .map((block) => this.names.block(block))
        .join(', ')}]`;
    const dictionary = columns.opDictionary[op] as number;
    if (dictionary !== 0) this.out += this.propertyTexts[dictionary] ?? this.dictionary(dictionary, true);
    let region = columns.opRegion[op] as number;
    if (region !== 0) {
      this.out += ' (';
      for (; region !== 0; region = columns.regionNext[region] as number) {
        this.regionBody(region, true, true, true);
        if (columns.regionNext[region] !== 0) this.out += ', ';
      }
      this.out += ')';
    }
    if (dictionary !== 0) this.out += this.discardableTexts[dictionary] ?? this.dictionary(dictionary, false);
    this.out += ' : (';
    for (let at = 0; at < operands; at++) {
      if (at !== 0) this.out += ', ';
      const value = columns.slotValue[slot + at] as number;
      this.out += value === 0 ? '<<null type>>' : this.typeOf(value);
    }
    this.out += ') -> ';
    const results = columns.opResultCount[op] as number;
    const first = columns.opResults[op] as number;
    if (results === 1) {
      const type = typeOfId(columns.valueType[first] as number);
      this.out += type.kind === 'function' ? `(${this.texts.type(type)})` : this.texts.type(type);
    } else {
      this.out += '(';
      for (let at = 0; at < results; at++) this.out += `${at === 0 ? '' : ', '}${this.typeOf(first + at)}`;
      this.out += ')';
    }
  }

  /** The text of a dictionary's properties or of its rest; kept for the next operation with the same one. */
  private dictionary(id: number, properties: boolean): string {
    const entries = this.context.dictionaries.entries(id);
    const text = this.texts.dictionary(entries, properties ? isProperty : isDiscardable);
    const shown = text === '' ? '' : properties ? ` <${text}>` : ` ${text}`;
    if (shown.length < chunkLength) (properties ? this.propertyTexts : this.discardableTexts)[id] = shown;
    return shown;
  }

  private regionBody(region: number, entryArguments: boolean, terminators: boolean, emptyEntry: boolean): void {
    const { columns } = this;
    if (this.options.skipRegions) {
      this.out += '{...}';
      return;
    }
    if (this.depth >= depthLimit) {
      const owner = this.context.operation(columns.regionOwner[region] as number);
      throw new DiagnosticError([
        errorAt(owner.location, `'${owner.name}' op is nested in more than ${depthLimit} regions, too deep to print`),
      ]);
    }
    this.out += '{\n';
    const { omitted } = this;
    const { defaultDialect } =
      this.context.definitionOf(columns.opName[columns.regionOwner[region] as number] as number) ?? {};
    this.omitted = defaultDialect === undefined ? '' : `${defaultDialect}.`;
    const entry = columns.regionFirst[region] as number;
    this.depth++;
    for (let block = entry; block !== 0; block = columns.blockNext[block] as number) {
      const labelled =
        block !== entry ||
        (entryArguments && columns.blockUse[block] !== 0) ||
        (emptyEntry && columns.blockFirst[block] === 0) ||
        (entryArguments && (columns.blockArguments[block]?.length ?? 0) !== 0);
      if (labelled) this.label(block, block === entry);
      if (this.options.valueUsers) this.argumentUsers(block);
      for (let op = columns.blockFirst[block] as number; op !== 0; op = columns.opNext[op] as number) {
        if (!terminators && this.isImplied(op)) break;
        this.out += this.indent;
        this.operation(op);
        this.out += '\n';
      }
    }
    this.depth--;
    this.omitted = omitted;
    this.out += `${this.indent}}`;
  }

  /** Whether `op` ends its block and says nothing, so that reading adds the same when it is left out. */
  private isImplied(op: number): boolean {
    const { columns } = this;
    const isTerminator = (id: number): boolean => this.context.operation(id).hasTrait('terminator');
    const previous = columns.opPrevious[op] as number;
    return (
      columns.opNext[op] === 0 &&
      columns.opResultCount[op] === 0 &&
      columns.opOperandCount[op] === 0 &&
      columns.opDictionary[op] === 0 &&
      this.hasEmptyRegions(op) &&
      this.hasAllRegions(op) &&
      isTerminator(op) &&
      (previous === 0 || !isTerminator(previous))
    );
  }

  /** Whether `op` has the regions that are declared: what reading adds has them. */
  private hasAllRegions(op: number): boolean {
    const operation = this.context.operation(op);
    const declared = operation.definition?.regions ?? [];
    return declared.some(({ many }) => many) || operation.regions.length === declared.length;
  }

  /** Whether every region of `op`, if it has some, is one empty block. */
  private hasEmptyRegions(op: number): boolean {
    const { columns } = this;
    for (let region = columns.opRegion[op] as number; region !== 0; region = columns.regionNext[region] as number) {
      const block = columns.regionFirst[region] as number;
      if (block === 0 || block !== columns.regionLast[region] || columns.blockFirst[block] !== 0) return false;
      if ((columns.blockArguments[block]?.length ?? 0) > 0) return false;
    }
    return true;
  }

  private label(block: number, entry: boolean): void {
    const { columns } = this;
    this.depth--;
    this.out += this.indent + this.names.block(block);
    this.depth++;
    const values = columns.blockArguments[block];
    if (values && values.length > 0)
      this.out += `(${values.map((value) => `${this.names.value(value)}: ${this.typeOf(value)}${this.argumentPlace(value)}`).join(', ')})`;
    this.out += ':';
    if (!entry) this.out += `  // ${this.predecessors(block)}`;
    this.out += '\n';
  }

  private argumentUsers(block: number): void {
    for (const value of this.columns.blockArguments[block] ?? [])
      this.out += `${this.indent}${usersOfArgument(this.context, value, this.names)}\n`;
  }

  private typeOf(value: number): string {
    return this.texts.type(typeOfId(this.columns.valueType[value] as number));
  }

  private predecessors(block: number): string {
    const { columns } = this;
    const from: number[] = [];
    for (let use = columns.blockUse[block] as number; use !== 0; use = columns.successorNextUse[use] as number) {
      const parent = columns.opParent[columns.successorOwner[use] as number] as number;
      if (parent !== 0) from.push(parent);
    }
    if (from.length === 0) return 'no predecessors';
    from.sort((a, b) => this.names.ordinal(a) - this.names.ordinal(b));
    const names = from.map((parent) => this.names.block(parent)).join(', ');
    return from.length === 1 ? `pred: ${names}` : `${from.length} preds: ${names}`;
  }

  // What hand-written formats ask for.

  write(text: string): void {
    this.out += text;
  }

  newline(levels = 0): void {
    this.out += `\n${this.indent}${'  '.repeat(levels)}`;
  }

  value(value: Value): void {
    this.out += this.names.value(value.id);
  }

  values(values: readonly Value[]): void {
    this.out += values.map((value) => this.names.value(value.id)).join(', ');
  }

  type(type: Type): void {
    this.out += this.texts.type(type);
  }

  types(types: readonly Type[]): void {
    this.out += types.map((type) => this.texts.type(type)).join(', ');
  }

  attribute(attribute: Attribute): void {
    this.out += this.texts.attribute(attribute);
  }

  elements(attribute: Attribute): void {
    this.out += this.texts.elements(attribute);
  }

  successor(block: Block): void {
    this.out += this.names.block(block.id);
  }

  attributeDictionary(
    operation: Operation,
    elided: readonly string[],
    options: { readonly keyword?: boolean } = {},
  ): void {
    const dictionary = this.columns.opDictionary[operation.id] as number;
    if (dictionary === 0) return;
    const text = this.shownTexts(elided)[dictionary] ?? this.withoutElided(dictionary, elided);
    if (text !== '') this.out += `${options.keyword ? ' attributes' : ''} ${text}`;
  }

  /** The texts of dictionaries without the entries that a form says itself. */
  private shownTexts(elided: readonly string[]): (string | undefined)[] {
    const key = elided.join();
    const texts = this.textsWithout.get(key);
    if (texts) return texts;
    const none: (string | undefined)[] = [];
    this.textsWithout.set(key, none);
    return none;
  }

  private withoutElided(dictionary: number, elided: readonly string[]): string {
    const hidden = new Set([...elided, operandSegments, resultSegments]);
    const entries = this.context.dictionaries.entries(dictionary);
    const text = this.texts.dictionary(entries, (entry) => !hidden.has(entry.name));
    if (text.length < chunkLength) this.shownTexts(elided)[dictionary] = text;
    return text;
  }

  region(
    region: Region,
    options: { readonly entryArguments?: boolean; readonly terminators?: boolean; readonly emptyBlock?: boolean } = {},
  ): void {
    this.regionBody(
      region.id,
      options.entryArguments ?? true,
      options.terminators ?? true,
      options.emptyBlock ?? false,
    );
  }

  argumentLocation(value: Value): void {
    this.out += this.argumentPlace(value.id);
  }

  /** ` loc(…)` behind a block argument, when locations are printed. */
  private argumentPlace(value: number): string {
    return this.options.debugInfo ? this.place(this.columns.argumentLocation[value] ?? 0) : '';
  }

  blockArgument(value: Value): void {
    this.out += `${this.names.value(value.id)}: ${this.typeOf(value.id)}`;
  }
}
