/**
 * The names that the printer gives to values and blocks: `%0`, `%arg0`, `^bb0`. Numbers follow
 * upstream: a region is numbered as a whole before the regions inside it. Neighbours that cannot
 * see each other use the same numbers; but in generic form every number is given once, the last
 * region first, so that our generic form is upstream's to the byte. So it is where a value is used
 * out of its sight, which is no valid IR: two values of one name would become one by reading.
 */
import type { Columns } from '../columns.ts';
import type { Context } from '../context.ts';
import { namesIn } from '../location.ts';
import type { PrintOptions } from './print.ts';

/** The numbers of all values and blocks in one operation. */
export class Names {
  private readonly columns: Columns;
  /** Number of an operation's results, plus one; 0 while it has none. */
  private readonly ops: Int32Array;
  /** Number of a block argument: positive `%argN` plus one, negative `%N` plus one. */
  private readonly arguments: Int32Array;
  private readonly blocks: Int32Array;
  private nextValue: number;
  private nextArgument: number;
  /** Whether some value is used where it cannot be seen. */
  private outOfSight: boolean;

  private readonly context: Context;
  /** Whether operations without results have numbers as well, to be told of as users. */
  private readonly numberAll: boolean;
  /** Names taken from locations, by value; those of an operation's results by its first. */
  private readonly given: Map<number, string> | undefined;
  private readonly taken: Set<string>;

  constructor(context: Context, root: number, options: PrintOptions) {
    const { columns } = context;
    const unique = (options.generic || options.uniqueIds) ?? false;
    this.context = context;
    this.columns = columns;
    this.ops = new Int32Array(columns.opEnd);
    this.arguments = new Int32Array(columns.valueEnd);
    this.blocks = new Int32Array(columns.blockEnd);
    this.nextValue = 0;
    this.nextArgument = 0;
    this.outOfSight = false;
    this.numberAll = options.valueUsers ?? false;
    this.given = options.nameLocations ? new Map() : undefined;
    this.taken = new Set();
    this.numberFrom(root, unique);
    if (!unique && this.outOfSight) this.numberFrom(root, true);
  }

  private numberFrom(root: number, unique: boolean): void {
    this.nextValue = 0;
    this.nextArgument = 0;
    this.given?.clear();
    this.taken.clear();
    if (this.columns.opResultCount[root] !== 0) this.numberOperation(root);
    this.numberInside(root, unique);
  }

  private numberOperation(op: number): void {
    const { columns } = this;
    if (columns.opResultCount[op] !== 0) {
      if (this.give(columns.opResults[op] as number, columns.opLocation[op] as number)) return;
    } else if (!this.numberAll) return;
    this.ops[op] = ++this.nextValue;
  }

  /** Names a value after its location, where that has a name. */
  private give(value: number, location: number): boolean {
    if (!this.given) return false;
    const [name] = namesIn(this.context.locations.of(location));
    if (!name) return false;
    const plain = name.replace(/[^A-Za-z0-9_$.-]/g, '_').replace(/^(?=\d)/, '_');
    let unique = plain;
    for (let count = 0; this.taken.has(unique); count++) unique = `${plain}_${count}`;
    this.taken.add(unique);
    this.given.set(value, `%${unique}`);
    return true;
  }

  private numberInside(root: number, unique: boolean): void {
    const { columns } = this;
    // Triples: a region and the numbers that its outside has reached.
    const pending: number[] = [];
    const push = (op: number): void => {
      for (let region = columns.opRegion[op] as number; region !== 0; region = columns.regionNext[region] as number)
        pending.push(region, this.nextValue, this.nextArgument);
    };
    let highest = this.nextValue;
    push(root);
    while (pending.length > 0) {
      const reachedArgument = pending.pop() as number;
      const reachedValue = pending.pop() as number;
      if (!unique) {
        this.nextArgument = reachedArgument;
        this.nextValue = reachedValue;
      }
      const region = pending.pop() as number;
      this.numberRegion(region);
      if (!unique && !this.outOfSight) this.look(region, root);
      highest = Math.max(highest, this.nextValue);
      for (let block = columns.regionFirst[region] as number; block !== 0; block = columns.blockNext[block] as number)
        for (let op = columns.blockFirst[block] as number; op !== 0; op = columns.opNext[op] as number)
          if (columns.opRegion[op] !== 0) push(op);
    }
    // Values from outside the root are numbered when they are met, above all others.
    this.nextValue = highest;
  }

  private numberRegion(region: number): void {
    const { columns } = this;
    const entry = columns.regionFirst[region] as number;
    let ordinal = 0;
    for (let block = entry; block !== 0; block = columns.blockNext[block] as number) {
      this.blocks[block] = ++ordinal;
      for (const value of columns.blockArguments[block] ?? [])
        if (!this.give(value, columns.argumentLocation[value] ?? 0))
          this.arguments[value] = block === entry ? ++this.nextArgument : -++this.nextValue;
      for (let op = columns.blockFirst[block] as number; op !== 0; op = columns.opNext[op] as number)
        if (this.numberAll || columns.opResultCount[op] !== 0) this.numberOperation(op);
    }
  }

  /** Looks for operands in a region that are defined neither there nor around it, but elsewhere in the root. */
  private look(region: number, root: number): void {
    const { columns } = this;
    for (let block = columns.regionFirst[region] as number; block !== 0; block = columns.blockNext[block] as number)
      for (let op = columns.blockFirst[block] as number; op !== 0; op = columns.opNext[op] as number) {
        const slot = columns.opOperands[op] as number;
        const end = slot + (columns.opOperandCount[op] as number);
        for (let at = slot; at < end; at++) {
          const owner = columns.valueOwner[columns.slotValue[at] as number] as number;
          const home = owner > 0 ? (columns.opParent[owner] as number) : -owner;
          if (home === block || home === 0) continue;
          const there = columns.blockParent[home] as number;
          if (!this.isAround(there, region) && this.isInside(there, root)) this.outOfSight = true;
        }
      }
  }

  private isAround(outer: number, region: number): boolean {
    const { columns } = this;
    for (let at = region; at !== 0; ) {
      if (at === outer) return true;
      at = columns.blockParent[columns.opParent[columns.regionOwner[at] as number] as number] as number;
    }
    return false;
  }

  private isInside(region: number, root: number): boolean {
    const { columns } = this;
    for (let at = region; at !== 0; ) {
      const owner = columns.regionOwner[at] as number;
      if (owner === root) return true;
      at = columns.blockParent[columns.opParent[owner] as number] as number;
    }
    return false;
  }

  /** The name of a value, with `#i` when its operation has several. Values from elsewhere are numbered when met. */
  value(value: number): string {
    const { columns } = this;
    const owner = columns.valueOwner[value] as number;
    const given = this.given?.get(owner > 0 ? (columns.opResults[owner] as number) : value);
    if (given !== undefined)
      return owner > 0 && columns.opResultCount[owner] !== 1
        ? `${given}#${value - (columns.opResults[owner] as number)}`
        : given;
    if (owner > 0) {
      let number = this.ops[owner] as number;
      if (number === 0) {
        number = ++this.nextValue;
        this.ops[owner] = number;
      }
      return columns.opResultCount[owner] === 1
        ? `%${number - 1}`
        : `%${number - 1}#${value - (columns.opResults[owner] as number)}`;
    }
    if (owner === 0) return '<<null value>>';
    let number = this.arguments[value] as number;
    if (number === 0) {
      number = -++this.nextValue;
      this.arguments[value] = number;
    }
    return number > 0 ? `%arg${number - 1}` : `%${-number - 1}`;
  }

  /** The name under which an operation's results are defined, `%0` or `%0:2`. */
  results(op: number): string {
    const count = this.columns.opResultCount[op] as number;
    const given = this.given?.get(this.columns.opResults[op] as number);
    if (given !== undefined) return count === 1 ? given : `${given}:${count}`;
    return count === 1 ? `%${(this.ops[op] as number) - 1}` : `%${(this.ops[op] as number) - 1}:${count}`;
  }

  /** The number of an operation without results, as `%3`. */
  operation(op: number): string {
    return `%${(this.ops[op] as number) - 1}`;
  }

  /** The number of a block in its region, from 0; −1 for a block that is elsewhere. */
  ordinal(block: number): number {
    return (this.blocks[block] as number) - 1;
  }

  /** The name of a block, `^bb0`. */
  block(block: number): string {
    const ordinal = this.ordinal(block);
    return ordinal < 0 ? '^<<unknown block>>' : `^bb${ordinal}`;
  }
}
