/** Copies within a context by column index, without handles: for passes that copy much. */
import type { Columns } from './columns.ts';

/**
 * Copies operations and blocks of one context into it. Operands are looked up in `values`, which
 * learns the copied values; what is not in it stands for itself. `finish` ends a round of copies.
 */
export class Copier {
  /** What stands for a value. */
  readonly values: Map<number, number>;
  private readonly columns: Columns;
  private readonly blocks: Map<number, number>;
  /** Pairs: a slot and the value that it is to read, which was not copied yet when the slot was. */
  private readonly forward: number[];

  constructor(columns: Columns) {
    this.columns = columns;
    this.values = new Map();
    this.blocks = new Map();
    this.forward = [];
  }

  /** A detached copy of an operation with everything inside it. */
  operation(op: number): number {
    const { columns } = this;
    const results = columns.opResultCount[op] as number;
    const operands = columns.opOperandCount[op] as number;
    const dictionary = columns.opDictionary[op] as number;
    const location = columns.opLocation[op] as number;
    const copy = columns.newOperation(columns.opName[op] as number, dictionary, location, operands, results);
    this.operands(op, copy);
    const from = columns.opResults[op] as number;
    const to = columns.opResults[copy] as number;
    for (let at = 0; at < results; at++) {
      columns.valueType[to + at] = columns.valueType[from + at] as number;
      this.values.set(from + at, to + at);
    }
    if (columns.opSuccessors[op] !== 0)
      columns.setSuccessors(
        copy,
        columns.successorsFrom(columns.opSuccessors[op] as number).map((block) => this.blocks.get(block) ?? block),
      );
    let last = 0;
    for (let region = columns.opRegion[op] as number; region !== 0; region = columns.regionNext[region] as number) {
      last = columns.newRegion(copy, last);
      if (columns.opRegion[copy] === 0) columns.opRegion[copy] = last;
      this.region(region, last, 0);
    }
    return copy;
  }

  private operands(op: number, copy: number): void {
    const { columns } = this;
    const count = columns.opOperandCount[op] as number;
    const from = columns.opOperands[op] as number;
    const to = columns.opOperands[copy] as number;
    for (let at = 0; at < count; at++) {
      const value = columns.slotValue[from + at] as number;
      const known = this.values.get(value);
      if (known !== undefined) columns.fillSlot(to + at, known);
      else this.forward.push(to + at, value);
    }
  }

  /**
   * Copies the blocks of region `from` into region `to`, before block `before` or at the end when
   * that is 0; gives the copies. Arguments that `values` has already are not copied.
   */
  region(from: number, to: number, before: number): readonly number[] {
    const { columns } = this;
    const made: number[] = [];
    for (let block = columns.regionFirst[from] as number; block !== 0; block = columns.blockNext[block] as number) {
      const copy = columns.newBlock();
      columns.linkBlock(copy, to, before);
      this.blocks.set(block, copy);
      made.push(copy);
      for (const argument of columns.blockArguments[block] ?? [])
        if (!this.values.has(argument)) this.argument(argument, copy);
    }
    let at = 0;
    for (let block = columns.regionFirst[from] as number; at < made.length; block = columns.blockNext[block] as number)
      this.inside(block, made[at++] as number);
    return made;
  }

  private argument(argument: number, block: number): void {
    const { columns } = this;
    const copy = columns.newValues(1, -block);
    columns.valueType[copy] = columns.valueType[argument] as number;
    const location = columns.argumentLocation[argument] ?? 0;
    if (location !== 0) columns.setArgumentLocation(copy, location);
    const known = columns.blockArguments[block];
    if (known) known.push(copy);
    else columns.blockArguments[block] = [copy];
    this.values.set(argument, copy);
  }

  private inside(block: number, copy: number): void {
    const { columns } = this;
    for (let op = columns.blockFirst[block] as number; op !== 0; op = columns.opNext[op] as number)
      columns.link(this.operation(op), copy, 0);
  }

  /** Lets operands read copies that were made after them. */
  finish(): void {
    const { forward, columns } = this;
    for (let at = 0; at < forward.length; at += 2) {
      const value = forward[at + 1] as number;
      columns.fillSlot(forward[at] as number, this.values.get(value) ?? value);
    }
    forward.length = 0;
  }
}
