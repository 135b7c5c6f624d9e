/** One activation of a region: where it is and what its values are. */
import type { Block, Operation, Region } from '../ir/index.ts';
import { type Budget, stop } from './budget.ts';
import type { Prepared, PreparedBlock } from './prepared.ts';
import { Jump, Leave } from './semantics.ts';
import { bytesOf, type RuntimeValue, valueError } from './value.ts';

/** Called after every executed operation with what went in and what came out. */
export type Observer = (
  operation: Operation,
  operands: readonly RuntimeValue[],
  results: readonly RuntimeValue[],
) => void;

/** What frames share within one evaluation. */
export interface Surroundings {
  readonly budget: Budget;
  readonly observer: Observer | undefined;
  prepared(operation: Operation): Prepared;
  preparedBlock(block: Block): PreparedBlock;
  /** Runs `body` with `frame` as the one that nested regions see. */
  inside<T>(frame: Frame, body: () => T): T;
}

/** A region under way; it can be run in parts. */
export class Frame {
  readonly values: Map<number, RuntimeValue>;
  /** What the operation around had gathered before. */
  readonly gathered: readonly RuntimeValue[];
  private readonly surroundings: Surroundings;
  private readonly parent: Frame | undefined;
  private next: Prepared | undefined;
  private results: readonly RuntimeValue[] | undefined;
  /** Bytes of the values that operations of this frame made and that are still held. */
  private held: number;

  /** At the entry of `region`. `parent` gives the values from outside where the region may see them. */
  constructor(
    surroundings: Surroundings,
    region: Region,
    values: readonly RuntimeValue[],
    parent: Frame | undefined,
    gathered: readonly RuntimeValue[] = [],
  ) {
    this.surroundings = surroundings;
    this.gathered = gathered;
    this.parent = parent;
    this.values = new Map();
    this.next = undefined;
    this.results = undefined;
    this.held = 0;
    const { owner } = region;
    const entry = region.entry ?? stop(owner, 'has an empty region, so there is nothing to run; give it a body');
    this.goTo(entry, values, owner);
  }

  /** What the region left with; undefined while it is under way. */
  get finished(): readonly RuntimeValue[] | undefined {
    return this.results;
  }

  /** The operation that is executed next. */
  get position(): Operation | undefined {
    return this.next?.operation;
  }

  /** Runs to the end, or until just before an operation of this region for which `pause` holds. */
  run(pause?: (operation: Operation) => boolean): readonly RuntimeValue[] | undefined {
    let first = true;
    try {
      while (this.next) {
        if (!first && pause?.(this.next.operation)) return undefined;
        first = false;
        this.execute(this.next);
      }
    } catch (error) {
      // A type that numbers are not held in, or an extent that is too large.
      if (error instanceof RangeError && this.next) return stop(this.next.operation, `cannot be run: ${error.message}`);
      throw error;
    }
    return this.results;
  }

  /** The value that `id` has here or around. */
  read(id: number, reader: Operation): RuntimeValue {
    for (let frame: Frame | undefined = this; frame; frame = frame.parent) {
      const value = frame.values.get(id);
      if (value !== undefined) return value;
    }
    return stop(reader, 'reads a value that has not been computed');
  }

  private goTo(block: Block, values: readonly RuntimeValue[], from: Operation): void {
    const { parameters, first } = this.surroundings.preparedBlock(block);
    if (parameters.length !== values.length)
      stop(from, `passes ${values.length} values to a block with ${parameters.length} arguments`);
    for (let at = 0; at < parameters.length; at++) {
      const { id, type } = parameters[at] as (typeof parameters)[number];
      const error = valueError(values[at], type);
      if (error !== undefined) stop(from, `argument #${at} ${error}`);
      this.values.set(id, values[at] as RuntimeValue);
    }
    this.next = first ? this.surroundings.prepared(first) : stop(from, 'goes on in an empty block');
  }

  private execute(prepared: Prepared): void {
    const { budget, observer } = this.surroundings;
    const { operation } = prepared;
    budget.step(operation);
    const operands = prepared.operands.map((id) => this.read(id, operation));
    if (prepared.isReturn) return this.leave(operation, operands, operands);
    const { meaning } = prepared;
    if (!meaning) return stop(operation, 'has no meaning at the levels that are evaluated');
    budget.allocate(operation, prepared.bytes);
    this.held += prepared.bytes;
    const given = this.surroundings.inside(this, () =>
      meaning(prepared.arguments(operands), prepared.names, prepared.evaluation),
    );
    if (given instanceof Jump) return this.jump(operation, given, operands);
    if (given instanceof Leave) return this.leave(operation, operands, given.values);
    const results = prepared.outputs(given);
    for (let at = 0; at < results.length; at++)
      this.values.set(prepared.results[at] as number, results[at] as RuntimeValue);
    for (const id of prepared.dying) this.drop(id);
    observer?.(operation, operands, results);
    prepared.following ??= this.after(operation);
    this.next = prepared.following;
  }

  private leave(operation: Operation, operands: readonly RuntimeValue[], values: readonly RuntimeValue[]): void {
    const { budget, observer } = this.surroundings;
    this.results = values;
    this.next = undefined;
    budget.release(this.held);
    this.held = 0;
    observer?.(operation, operands, []);
  }

  private after(operation: Operation): Prepared {
    const { next } = operation;
    return next
      ? this.surroundings.prepared(next)
      : stop(operation, 'is the last of its block, which has no terminator');
  }

  private drop(id: number): void {
    const value = this.values.get(id);
    if (value === undefined) return;
    const bytes = bytesOf(value);
    this.held -= bytes;
    this.surroundings.budget.release(bytes);
    this.values.delete(id);
  }

  private jump(operation: Operation, { successor, values }: Jump, operands: readonly RuntimeValue[]): void {
    const target = operation.successors[successor];
    if (!target) stop(operation, `has no successor ${successor}`);
    this.surroundings.observer?.(operation, operands, []);
    this.goTo(target, values, operation);
  }
}
