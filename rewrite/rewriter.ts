/** The rewriter: the only way in which patterns change IR, so that drivers learn of every change. */
import type { Block } from '../ir/block.ts';
import { Builder } from '../ir/builder.ts';
import type { Columns } from '../ir/columns.ts';
import { DiagnosticError, errorAt } from '../ir/diagnostic.ts';
import { unknownLocation } from '../ir/location.ts';
import type { OpView, ValueLike } from '../ir/op.ts';
import { Operation } from '../ir/operation.ts';
import type { Region } from '../ir/region.ts';
import { typeOfId } from '../ir/type.ts';
import { Value } from '../ir/value.ts';
import { visitInside } from './walk-columns.ts';

/**
 * Told of every change. Operations are given by column index, so that none gets a handle for it;
 * `erased` and `replaced` are told before it happens.
 */
export interface RewriteListener {
  inserted?(op: number): void;
  modified?(op: number): void;
  /** `by` are the values that stand for the results. */
  replaced?(op: number, by: readonly number[]): void;
  erased?(op: number): void;
}

/** What may stand in for an operation: values in order, or an operation with as many results. */
export type Replacement = ValueLike | readonly ValueLike[];

/** An error about `operation`, located where it comes from. */
export const failAt = (operation: Operation, message: string): never => {
  throw new DiagnosticError([errorAt(operation.location, message)]);
};

const isList = (by: Replacement): by is readonly ValueLike[] => Array.isArray(by);
const silent: RewriteListener = {};

/**
 * A builder that also replaces, changes, moves and erases. An operation that is inserted without
 * a location gets the one of the operation that the rewriter stands before, with all inside it.
 */
export class Rewriter extends Builder {
  protected listener: RewriteListener;
  private readonly columns: Columns;
  private stamp: number;

  /** A rewriter that inserts into `block`, before `before` or at the end. */
  constructor(block: Block, before: Operation | undefined, listener: RewriteListener = silent) {
    super(block, before, unknownLocation);
    this.columns = block.context.columns;
    this.listener = listener;
    this.stamp = before ? (this.columns.opLocation[before.id] as number) : 0;
  }

  /** Tells another listener from now on. */
  listenTo(listener: RewriteListener): void {
    this.listener = listener;
  }

  /** Goes on just before `operation`, giving its location to what is inserted. */
  override moveBefore(operation: Operation): void {
    super.moveBefore(operation);
    this.stamp = this.columns.opLocation[operation.id] as number;
  }

  /** Inserts an operation after the detached operations that its operands come from. */
  override insert(operation: Operation): Operation {
    const { columns } = this;
    const op = operation.id;
    if (columns.opParent[op] !== 0) return operation;
    const first = columns.opOperands[op] as number;
    const end = first + (columns.opOperandCount[op] as number);
    for (let slot = first; slot < end; slot++) {
      const owner = columns.valueOwner[columns.slotValue[slot] as number] as number;
      if (owner > 0 && columns.opParent[owner] === 0) return super.insert(operation);
    }
    this.place(operation);
    return operation;
  }

  protected override place(operation: Operation): void {
    super.place(operation);
    this.settle(operation.id);
  }

  /** Gives locations and tells the listener, for an operation and all inside it. */
  private settle(op: number): void {
    const { columns, listener, stamp } = this;
    if (columns.opLocation[op] === 0) columns.opLocation[op] = stamp;
    listener.inserted?.(op);
    if (columns.opRegion[op] === 0) return;
    visitInside(columns, op, (inner) => {
      if (columns.opLocation[inner] === 0) columns.opLocation[inner] = stamp;
      listener.inserted?.(inner);
    });
  }

  /**
   * Puts `by` in the place of `operation` and erases that. What is detached is inserted before.
   * Throws a `DiagnosticError` when the number or the types of values differ.
   */
  replace(operation: Operation, by: Replacement): void {
    const { columns } = this;
    const op = operation.id;
    const count = columns.opResultCount[op] as number;
    if (columns.opParent[op] !== 0) this.moveBefore(operation);
    const first = columns.opResults[op] as number;
    if (isList(by)) {
      if (by.length !== count) failAt(operation, wrongCount(operation, `${by.length} values`));
      const values = by.map((like) => this.replacementValue(like));
      this.listener.replaced?.(op, values);
      for (let at = 0; at < count; at++) this.substitute(operation, first + at, values[at] as number);
    } else if (by instanceof Value) {
      if (count !== 1) failAt(operation, wrongCount(operation, 'one value'));
      const value = this.replacementValue(by);
      this.listener.replaced?.(op, [value]);
      this.substitute(operation, first, value);
    } else {
      const other = by instanceof Operation ? by : (by as OpView).operation;
      if (other === operation) failAt(operation, `'${operation.name}' is replaced by itself; return 'changed' instead`);
      this.insert(other);
      if (this.reads(other.id, op))
        failAt(
          operation,
          `'${operation.name}' is replaced by '${other.name}', which reads its result; ` +
            `to wrap a value use rewriter.replaceUsesExcept and return changed`,
        );
      const otherCount = columns.opResultCount[other.id] as number;
      if (otherCount !== count)
        failAt(operation, wrongCount(operation, `'${other.name}', which has ${otherCount} results`));
      const values = columns.opResults[other.id] as number;
      if (this.listener.replaced) this.listener.replaced(op, otherResults(values, count));
      for (let at = 0; at < count; at++) this.substitute(operation, first + at, values + at);
    }
    this.erase(operation);
  }

  /** Whether operation `reader` has a result of `op` among its operands. */
  private reads(reader: number, op: number): boolean {
    const { columns } = this;
    const first = columns.opOperands[reader] as number;
    const end = first + (columns.opOperandCount[reader] as number);
    for (let slot = first; slot < end; slot++)
      if (columns.valueOwner[columns.slotValue[slot] as number] === op) return true;
    return false;
  }

  /** The value meant by a replacement, with its operation inserted; a view means its first result. */
  private replacementValue(like: ValueLike): number {
    if (like instanceof Value) {
      const owner = this.columns.valueOwner[like.id] as number;
      if (owner > 0 && this.columns.opParent[owner] === 0) this.insert(this.context.operation(owner));
      return like.id;
    }
    const operation = like instanceof Operation ? like : (like as OpView).operation;
    this.insert(operation);
    return operation.result(0).id;
  }

  /** Makes the readers of a result read `to`. Conversions override it to bridge types. */
  protected substitute(operation: Operation, from: number, to: number): void {
    const { columns } = this;
    if (from === to) failAt(operation, `'${operation.name}' is replaced by itself; return 'changed' instead`);
    if (columns.valueType[from] !== columns.valueType[to])
      failAt(
        operation,
        `'${operation.name}' has a result of type ${typeOfId(columns.valueType[from] as number).text}, ` +
          `but is replaced by a value of type ${typeOfId(columns.valueType[to] as number).text}`,
      );
    this.redirect(from, to);
  }

  /** Makes the readers of one value read another, and tells of each reader. */
  protected redirect(from: number, to: number): void {
    const { columns, listener } = this;
    if (listener.modified)
      for (let slot = columns.valueUse[from] as number; slot !== 0; slot = columns.slotNext[slot] as number)
        listener.modified(columns.slotOwner[slot] as number);
    columns.replaceUses(from, to);
  }

  /** Makes every reader of `value` read `other`. */
  replaceUses(value: Value, other: Value): void {
    this.redirect(value.id, other.id);
  }

  /** Makes every reader of `value` but `reader` read `other`: for wrapping a value. */
  replaceUsesExcept(value: Value, other: Value, reader: Operation): void {
    for (const { owner, index } of value.uses)
      if (owner !== reader) this.modify(owner, () => owner.setOperand(index, other));
  }

  /** Changes `operation` in place: attributes, operands, successors, location. */
  modify(operation: Operation, change: () => void): void {
    change();
    this.listener.modified?.(operation.id);
  }

  /** Erases an operation with all inside it; throws when a result is still read. */
  erase(operation: Operation): void {
    const { columns, listener } = this;
    if (!operation.isUnused)
      failAt(operation, `'${operation.name}' is erased while its results have uses; replace them before`);
    if (listener.erased) {
      if (columns.opRegion[operation.id] !== 0) visitInside(columns, operation.id, (inner) => listener.erased?.(inner));
      listener.erased(operation.id);
    }
    this.context.eraseOperation(operation.id);
  }

  /** Erases blocks that nothing outside them leads to or reads; they may do so among each other. */
  eraseBlocks(blocks: readonly Block[]): void {
    if (blocks.length === 0) return;
    const { columns, listener } = this;
    const discarded = this.context.create('rewrite.discarded', [], [], { regions: 1 });
    for (const block of blocks) discarded.region().append(block);
    if (listener.erased) visitInside(columns, discarded.id, (inner) => listener.erased?.(inner));
    discarded.erase();
  }

  /** Erases argument `at` of a block, which must be unused; what is passed for it must be gone. */
  eraseArgument(block: Block, at: number): void {
    block.eraseArgument(at);
    const owner = block.parentOperation;
    if (owner) this.listener.modified?.(owner.id);
  }

  /** Moves an operation to just before `other`. */
  relocateBefore(operation: Operation, other: Operation): void {
    operation.moveBefore(other);
    this.listener.modified?.(operation.id);
  }

  /** Moves an operation to just after `other`. */
  relocateAfter(operation: Operation, other: Operation): void {
    operation.moveAfter(other);
    this.listener.modified?.(operation.id);
  }

  /** Moves all blocks of `from` to the end of `to`, which may belong to a detached operation. */
  takeRegion(from: Region, to: Region): void {
    to.takeBlocks(from);
    this.listener.modified?.(from.owner.id);
  }

  /**
   * Moves the operations of `block` to before `operation`, with `values` for its arguments, and
   * erases the block. The terminator comes along and is the caller's to erase.
   */
  inlineBlock(block: Block, operation: Operation, values: readonly Value[]): void {
    const given = block.arguments;
    if (given.length !== values.length)
      failAt(operation, `a block with ${given.length} arguments is inlined with ${values.length} values`);
    for (const [at, argument] of given.entries()) this.redirect(argument.id, (values[at] as Value).id);
    for (const inner of block.operations) this.relocateBefore(inner, operation);
    block.erase();
  }
}

const otherResults = (first: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => first + at);

const wrongCount = (operation: Operation, found: string): string =>
  `'${operation.name}' has ${operation.resultCount} results, but is replaced by ${found}`;
