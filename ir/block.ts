/** Blocks: lists of operations that run one after the other. */
import type { Context } from './context.ts';
import type { Operation } from './operation.ts';
import type { Region } from './region.ts';
import { type Type, typeOfId } from './type.ts';
import type { Value } from './value.ts';

/** A list of operations with arguments, ended by a terminator where the parent asks for one. */
export class Block {
  readonly context: Context;
  /** The column index; −1 after the block was erased. */
  id: number;

  constructor(context: Context, id: number) {
    this.context = context;
    this.id = id;
  }

  /** The arguments, in order. */
  get arguments(): readonly Value[] {
    return (this.context.columns.blockArguments[this.id] ?? []).map((value) => this.context.value(value));
  }

  /** How many arguments there are. */
  get argumentCount(): number {
    return this.context.columns.blockArguments[this.id]?.length ?? 0;
  }

  /** The type of argument `at`, which must be there. */
  argumentType(at: number): Type {
    const { columns } = this.context;
    return typeOfId(columns.valueType[columns.blockArguments[this.id]?.[at] as number] as number);
  }

  /** Argument `at`; throws a `RangeError` when there is none. */
  argument(at: number): Value {
    const value = this.context.columns.blockArguments[this.id]?.[at];
    if (value === undefined) throw new RangeError(`block has no argument ${at}`);
    return this.context.value(value);
  }

  /** Adds an argument at the end. */
  addArgument(type: Type): Value {
    const { columns } = this.context;
    const value = columns.newValues(1, -this.id);
    columns.version++;
    columns.valueType[value] = type.id;
    let values = columns.blockArguments[this.id];
    if (!values) {
      values = [];
      columns.blockArguments[this.id] = values;
    }
    values.push(value);
    return this.context.value(value);
  }

  /** Erases argument `at`, which must be unused. */
  eraseArgument(at: number): void {
    const value = this.argument(at);
    if (!value.isUnused) throw new Error(`block argument ${at} still has uses; replace them before erasing it`);
    this.context.columns.blockArguments[this.id]?.splice(at, 1);
    this.context.eraseValues(value.id, 1);
  }

  /** Whether the handle's block is gone. */
  get isErased(): boolean {
    return this.id < 0;
  }

  /** The region that holds the block. */
  get parent(): Region | undefined {
    const region = this.context.columns.blockParent[this.id] as number;
    return region > 0 ? this.context.region(region) : undefined;
  }

  /** The operation whose region holds the block. */
  get parentOperation(): Operation | undefined {
    return this.parent?.owner;
  }

  /** The first operation. */
  get first(): Operation | undefined {
    return this.context.operationOrNone(this.context.columns.blockFirst[this.id] as number);
  }

  /** The last operation. */
  get last(): Operation | undefined {
    return this.context.operationOrNone(this.context.columns.blockLast[this.id] as number);
  }

  /** The last operation, when it is a terminator or not registered. */
  get terminator(): Operation | undefined {
    const { last } = this;
    return last && (last.definition === undefined || last.hasTrait('terminator')) ? last : undefined;
  }

  /** The block after this one in its region. */
  get next(): Block | undefined {
    const block = this.context.columns.blockNext[this.id] as number;
    return block === 0 ? undefined : this.context.block(block);
  }

  /** The block before this one in its region. */
  get previous(): Block | undefined {
    const block = this.context.columns.blockPrevious[this.id] as number;
    return block === 0 ? undefined : this.context.block(block);
  }

  /** Whether this is the first block of its region. */
  get isEntry(): boolean {
    return this.parent !== undefined && this.previous === undefined;
  }

  /** Whether the block has no operations. */
  get isEmpty(): boolean {
    return this.context.columns.blockFirst[this.id] === 0;
  }

  /** The operations, as they stand now: the list may be changed while it is walked. */
  get operations(): readonly Operation[] {
    const { columns } = this.context;
    const operations: Operation[] = [];
    // An erased block has no column to read from, and so no operations.
    for (let op = columns.blockFirst[this.id] as number; op > 0; op = columns.opNext[op] as number)
      operations.push(this.context.operation(op));
    return operations;
  }

  /** The blocks whose terminators lead here, each once. */
  get predecessors(): readonly Block[] {
    const { columns } = this.context;
    const blocks = new Set<Block>();
    for (let use = columns.blockUse[this.id] as number; use > 0; use = columns.successorNextUse[use] as number) {
      const parent = columns.opParent[columns.successorOwner[use] as number] as number;
      if (parent !== 0) blocks.add(this.context.block(parent));
    }
    return [...blocks];
  }

  /** The blocks that the last operation leads to. */
  get successors(): readonly Block[] {
    return this.last?.successors ?? [];
  }

  /** Puts a detached operation at the end. */
  append(operation: Operation): void {
    operation.remove();
    this.context.columns.link(operation.id, this.id, 0);
  }

  /** Puts a detached operation at the beginning. */
  prepend(operation: Operation): void {
    operation.remove();
    this.context.columns.link(operation.id, this.id, this.context.columns.blockFirst[this.id] as number);
  }

  /** Moves all operations from `from` on to the end of `target`. */
  moveOperationsTo(target: Block, from: Operation | undefined = this.first): void {
    for (let op = from; op; ) {
      const { next } = op;
      target.append(op);
      op = next;
    }
  }

  /** Takes the block out of its region; it can be put elsewhere. */
  remove(): void {
    this.context.columns.unlinkBlock(this.id);
  }

  /** Erases the block with all its operations; values used from outside must be replaced before. */
  erase(): void {
    this.context.eraseBlock(this.id);
  }
}
