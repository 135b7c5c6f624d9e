/**
 * A context owns the columns of its IR, the handles that view them, the interned dictionaries and
 * locations, and knows which dialects are loaded.
 */
import type { Attribute } from './attribute.ts';
import { Block } from './block.ts';
import { Columns } from './columns.ts';
import type { OpDefinition } from './definition.ts';
import type { Dialect } from './dialect.ts';
import { DictionaryTable, type NamedAttribute } from './dictionary-table.ts';
import { type Location, LocationTable } from './location.ts';
import { Operation } from './operation.ts';
import { Region } from './region.ts';
import { ResourceTable } from './resource-table.ts';
import type { Type } from './type.ts';
import { Value } from './value.ts';

/** How a new operation looks beside its name, operands and result types. */
export interface OperationParts {
  readonly attributes?: readonly NamedAttribute[];
  readonly location?: Location;
  /** How many empty regions it has. */
  readonly regions?: number;
  readonly successors?: readonly Block[];
}

/** How a context is set up. */
export interface ContextOptions {
  /** Whether operations of dialects that are not loaded are accepted. */
  readonly allowUnregistered?: boolean;
  /** How many operations it will about hold; a hint that saves growing. */
  readonly expectedOperations?: number;
}

const noParts: OperationParts = {};

/** The owner of all operations of some modules; operations of two contexts never mix. */
export class Context {
  readonly columns: Columns;
  /** Data that attributes name and that stands behind a module. */
  readonly resources: ResourceTable;
  readonly dictionaries: DictionaryTable;
  readonly locations: LocationTable;
  /** Whether operations of dialects that are not loaded are accepted. */
  allowUnregistered: boolean;
  private readonly loaded: Map<string, Dialect>;
  private readonly nameIds: Map<string, number>;
  private readonly names: string[];
  private lastName: string;
  private lastNameId: number;
  private readonly definitions: (OpDefinition | undefined)[];
  private readonly operationHandles: (Operation | undefined)[];
  private readonly valueHandles: (Value | undefined)[];
  private readonly blockHandles: (Block | undefined)[];
  private readonly regionHandles: (Region | undefined)[];

  constructor(dialects: readonly Dialect[] = [], options: ContextOptions = {}) {
    this.columns = new Columns(options.expectedOperations);
    this.dictionaries = new DictionaryTable();
    this.locations = new LocationTable();
    this.allowUnregistered = options.allowUnregistered ?? false;
    this.loaded = new Map();
    this.resources = new ResourceTable();
    this.nameIds = new Map();
    this.names = [''];
    this.lastName = '';
    this.lastNameId = 0;
    this.definitions = [undefined];
    this.operationHandles = [];
    this.valueHandles = [];
    this.blockHandles = [];
    this.regionHandles = [];
    for (const dialect of dialects) this.load(dialect);
  }

  /** Makes the operations of `dialect` known; loading it twice does nothing. */
  load(dialect: Dialect): void {
    if (this.loaded.has(dialect.name)) return;
    this.loaded.set(dialect.name, dialect);
    for (const { definition } of Object.values(dialect.ops))
      this.definitions[this.nameId(definition.opName)] = definition;
  }

  /** The loaded dialects by name. */
  get dialects(): ReadonlyMap<string, Dialect> {
    return this.loaded;
  }

  /** The interned index of an operation name; positive. */
  nameId(name: string): number {
    // Programs have runs of the same operation, and comparing is cheaper than looking up.
    if (name === this.lastName) return this.lastNameId;
    let id = this.nameIds.get(name);
    if (id === undefined) {
      id = this.names.push(name) - 1;
      this.definitions.push(undefined);
      this.nameIds.set(name, id);
    }
    this.lastName = name;
    this.lastNameId = id;
    return id;
  }

  /** The operation name with index `id`. */
  nameOf(id: number): string {
    return this.names[id] as string;
  }

  /** The declaration of the operation name with index `id`. */
  definitionOf(id: number): OpDefinition | undefined {
    return this.definitions[id];
  }

  /** The declaration of the operation called `name`, when its dialect is loaded. */
  definitionNamed(name: string): OpDefinition | undefined {
    const id = this.nameIds.get(name);
    return id === undefined ? undefined : this.definitions[id];
  }

  // Making.

  /** A detached operation from its parts; nothing is verified. */
  create(
    name: string,
    operands: readonly (Value | Operation)[],
    resultTypes: readonly Type[],
    parts: OperationParts = noParts,
  ): Operation {
    const { columns } = this;
    const dictionary = parts.attributes ? this.dictionaries.idOf(parts.attributes) : 0;
    const location = parts.location ? this.locations.idOf(parts.location) : 0;
    const op = columns.newOperation(this.nameId(name), dictionary, location, operands.length, resultTypes.length);
    const slot = columns.opOperands[op] as number;
    for (let at = 0; at < operands.length; at++) {
      const operand = operands[at] as Value | Operation;
      const value = operand instanceof Operation ? (columns.opResults[operand.id] as number) : operand.id;
      columns.fillSlot(slot + at, value);
    }
    const value = columns.opResults[op] as number;
    for (let at = 0; at < resultTypes.length; at++) columns.valueType[value + at] = (resultTypes[at] as Type).id;
    const operation = this.operation(op);
    for (let at = parts.regions ?? 0; at > 0; at--) operation.addRegion();
    if (parts.successors) operation.setSuccessors(parts.successors);
    return operation;
  }

  /** A detached block with arguments of the given types. */
  newBlock(argumentTypes: readonly Type[] = []): Block {
    const block = this.block(this.columns.newBlock());
    for (const type of argumentTypes) block.addArgument(type);
    return block;
  }

  // Handles.

  /** The handle of operation `id`, made when first asked for. */
  operation(id: number): Operation {
    const handles = this.operationHandles;
    // Reading or writing past the end would make the array slow, so it grows by pushing.
    if (id < handles.length) {
      const known = handles[id];
      if (known !== undefined) return known;
    } else while (handles.length <= id) handles.push(undefined);
    const made = new Operation(this, id);
    handles[id] = made;
    return made;
  }

  /** The handle of operation `id`, or undefined for 0. */
  operationOrNone(id: number): Operation | undefined {
    return id === 0 ? undefined : this.operation(id);
  }

  /** The handle of value `id`. */
  value(id: number): Value {
    const handles = this.valueHandles;
    if (id < handles.length) {
      const known = handles[id];
      if (known !== undefined) return known;
    } else while (handles.length <= id) handles.push(undefined);
    const made = new Value(this, id);
    handles[id] = made;
    return made;
  }

  /** The handle of block `id`. */
  block(id: number): Block {
    let handle = this.blockHandles[id];
    if (handle === undefined) {
      while (this.blockHandles.length <= id) this.blockHandles.push(undefined);
      handle = new Block(this, id);
      this.blockHandles[id] = handle;
    }
    return handle;
  }

  /** The handle of region `id`. */
  region(id: number): Region {
    let handle = this.regionHandles[id];
    if (handle === undefined) {
      while (this.regionHandles.length <= id) this.regionHandles.push(undefined);
      handle = new Region(this, id);
      this.regionHandles[id] = handle;
    }
    return handle;
  }

  // Erasing.

  /** Ends the handles of a range of values and frees them; their uses must be gone. */
  eraseValues(first: number, count: number): void {
    for (let value = first; value < first + count; value++) retire(this.valueHandles, value);
    this.columns.freeValueRange(first, count);
  }

  /** Erases an operation and everything inside it; uses of its results must be gone. */
  eraseOperation(id: number): void {
    const { columns } = this;
    columns.unlink(id);
    if (columns.opRegion[id] === 0) {
      this.eraseAlone(id);
      return;
    }
    // Everything inside is collected first and let go of its operands, so that no order of
    // erasing meets a value that still has uses.
    const operations = [id];
    const blocks: number[] = [];
    const regions: number[] = [];
    for (let at = 0; at < operations.length; at++) {
      const op = operations[at] as number;
      for (let region = columns.opRegion[op] as number; region !== 0; region = columns.regionNext[region] as number) {
        regions.push(region);
        for (
          let block = columns.regionFirst[region] as number;
          block !== 0;
          block = columns.blockNext[block] as number
        ) {
          blocks.push(block);
          for (let inner = columns.blockFirst[block] as number; inner !== 0; inner = columns.opNext[inner] as number)
            operations.push(inner);
        }
      }
    }
    for (const op of operations) {
      const first = columns.opOperands[op] as number;
      for (let at = columns.opOperandCount[op] as number; at > 0; at--) columns.setSlot(first + at - 1, 0);
      columns.setSuccessors(op, []);
    }
    for (const op of operations) {
      if (op !== id) columns.unlink(op);
      this.eraseAlone(op);
    }
    for (const block of blocks) this.freeBlock(block);
    for (const region of regions) {
      columns.freeRegion(region);
      retire(this.regionHandles, region);
    }
  }

  /** Frees one operation that is in no block, with its results. */
  private eraseAlone(op: number): void {
    const { columns } = this;
    const first = columns.opResults[op] as number;
    for (let at = columns.opResultCount[op] as number; at > 0; at--) retire(this.valueHandles, first + at - 1);
    columns.freeOperation(op);
    retire(this.operationHandles, op);
  }

  /** Erases a block and everything inside it; uses from outside must be gone. */
  eraseBlock(id: number): void {
    const { columns } = this;
    for (let op = columns.blockFirst[id] as number; op !== 0; op = columns.opNext[op] as number) {
      const first = columns.opOperands[op] as number;
      for (let at = columns.opOperandCount[op] as number; at > 0; at--) columns.setSlot(first + at - 1, 0);
    }
    for (let op = columns.blockLast[id] as number; op !== 0; op = columns.blockLast[id] as number)
      this.eraseOperation(op);
    this.freeBlock(id);
  }

  private freeBlock(block: number): void {
    const { columns } = this;
    columns.unlinkBlock(block);
    for (const value of columns.blockArguments[block] ?? []) this.eraseValues(value, 1);
    columns.freeBlock(block);
    retire(this.blockHandles, block);
  }
}

/** Tells a handle that what it names is gone, so that the id can be given out again. */
function retire(handles: ({ id: number } | undefined)[], id: number): void {
  const handle = id < handles.length ? handles[id] : undefined;
  if (handle === undefined) return;
  handle.id = -1;
  handles[id] = undefined;
}

/** Named attributes of one kind of entry, from plain pairs. */
export const namedAttributes = (entries: Iterable<readonly [string, Attribute]>, property: boolean): NamedAttribute[] =>
  [...entries].map(([name, value]) => ({ name, value, property }));
