/**
 * The storage of the IR: typed-array columns with integer ids, 0 meaning none. An operation
 * takes 48 bytes, an operand 16, a result 12. Handles are views of it; nothing but the core,
 * the text layer and the drivers knows that it is here.
 */
import { BlockColumns } from './block-columns.ts';

const firstCapacity = 256;
const largeRange = 8;

/** Copies `column` into one of `capacity` entries. */
const grow = (column: Int32Array, capacity: number): Int32Array => {
  const grown = new Int32Array(capacity);
  grown.set(column);
  return grown;
};
const nextCapacity = (now: number, needed: number): number =>
  Math.max(needed, now < 1 << 21 ? now * 2 : Math.ceil(now * 1.25));

/** An entry of a free list; asking for the length first is cheaper than taking from an empty list. */
const taken = (free: number[] | undefined): number | undefined =>
  free !== undefined && free.length > 0 ? free.pop() : undefined;

/** Operations, values and operand slots as columns. Ids of erased entries are used again. */
export class Columns extends BlockColumns {
  /** Interned operation name; 0 marks an erased operation. */
  opName: Int32Array;
  opDictionary: Int32Array;
  opLocation: Int32Array;
  /** First operand slot, and how many follow. */
  opOperands: Int32Array;
  opOperandCount: Int32Array;
  /** First result value, and how many follow. */
  opResults: Int32Array;
  opResultCount: Int32Array;
  /** First region; regions of an operation are a list. */
  opRegion: Int32Array;
  /** First successor entry; successors of an operation are contiguous. */
  opSuccessors: Int32Array;
  opParent: Int32Array;
  opPrevious: Int32Array;
  opNext: Int32Array;
  /** One past the largest operation id ever used. */
  opEnd: number;
  valueType: Int32Array;
  /** The defining operation, or minus the block whose argument it is; 0 when erased. */
  valueOwner: Int32Array;
  /** The first operand slot that reads the value. */
  valueUse: Int32Array;
  /** Where block arguments come from; shorter than the other columns while few are known. */
  argumentLocation: Int32Array;
  valueEnd: number;
  slotValue: Int32Array;
  slotOwner: Int32Array;
  slotNext: Int32Array;
  slotPrevious: Int32Array;
  slotEnd: number;
  private freeOps: number[];
  private freeValues: number[][];
  private freeSlots: number[][];

  /** Columns with room for `expected` operations of one result and two operands before they grow. */
  constructor(expected = 0) {
    super();
    const room = Math.max(firstCapacity, expected + 16);
    const column = (): Int32Array => new Int32Array(room);
    const slotColumn = (): Int32Array => new Int32Array(2 * room);
    this.opName = column();
    this.opDictionary = column();
    this.opLocation = column();
    this.opOperands = column();
    this.opOperandCount = column();
    this.opResults = column();
    this.opResultCount = column();
    this.opRegion = column();
    this.opSuccessors = column();
    this.opParent = column();
    this.opPrevious = column();
    this.opNext = column();
    this.opEnd = 1;
    this.valueType = column();
    this.valueOwner = column();
    this.valueUse = column();
    this.argumentLocation = new Int32Array(0);
    this.valueEnd = 1;
    this.slotValue = slotColumn();
    this.slotOwner = slotColumn();
    this.slotNext = slotColumn();
    this.slotPrevious = slotColumn();
    this.slotEnd = 1;
    this.freeOps = [];
    this.freeValues = Array.from({ length: largeRange }, () => []);
    this.freeSlots = Array.from({ length: largeRange }, () => []);
  }

  private growOps(): void {
    const capacity = nextCapacity(this.opName.length, this.opEnd + 1);
    this.opName = grow(this.opName, capacity);
    this.opDictionary = grow(this.opDictionary, capacity);
    this.opLocation = grow(this.opLocation, capacity);
    this.opOperands = grow(this.opOperands, capacity);
    this.opOperandCount = grow(this.opOperandCount, capacity);
    this.opResults = grow(this.opResults, capacity);
    this.opResultCount = grow(this.opResultCount, capacity);
    this.opRegion = grow(this.opRegion, capacity);
    this.opSuccessors = grow(this.opSuccessors, capacity);
    this.opParent = grow(this.opParent, capacity);
    this.opPrevious = grow(this.opPrevious, capacity);
    this.opNext = grow(this.opNext, capacity);
  }

  /** A detached operation without regions; operands and results still have to be given. */
  newOperation(name: number, dictionary: number, location: number, operands: number, results: number): number {
    // Asking first is cheaper than taking from an empty list.
    let op = this.freeOps.length > 0 ? this.freeOps.pop() : undefined;
    if (op === undefined) {
      op = this.opEnd++;
      if (op >= this.opName.length) this.growOps();
    }
    this.version++;
    this.opName[op] = name;
    this.opDictionary[op] = dictionary;
    this.opLocation[op] = location;
    this.opOperandCount[op] = operands;
    this.opOperands[op] = operands === 0 ? 0 : this.newSlots(operands, op);
    this.opResultCount[op] = results;
    this.opResults[op] = results === 0 ? 0 : this.newValues(results, op);
    return op;
  }

  /** `count` contiguous values owned by `owner` (an operation, or minus a block). */
  newValues(count: number, owner: number): number {
    let first = count < largeRange ? taken(this.freeValues[count]) : undefined;
    if (first === undefined) {
      first = this.valueEnd;
      this.valueEnd += count;
      if (this.valueEnd > this.valueType.length) {
        const capacity = nextCapacity(this.valueType.length, this.valueEnd);
        this.valueType = grow(this.valueType, capacity);
        this.valueOwner = grow(this.valueOwner, capacity);
        this.valueUse = grow(this.valueUse, capacity);
      }
    }
    for (let value = first; value < first + count; value++) this.valueOwner[value] = owner;
    return first;
  }

  /** Says where a block argument comes from. */
  setArgumentLocation(value: number, location: number): void {
    if (value >= this.argumentLocation.length)
      this.argumentLocation = grow(this.argumentLocation, this.valueType.length);
    this.argumentLocation[value] = location;
  }

  private newSlots(count: number, op: number): number {
    let first = count < largeRange ? taken(this.freeSlots[count]) : undefined;
    if (first === undefined) {
      first = this.slotEnd;
      this.slotEnd += count;
      if (this.slotEnd > this.slotValue.length) {
        const capacity = nextCapacity(this.slotValue.length, this.slotEnd);
        this.slotValue = grow(this.slotValue, capacity);
        this.slotOwner = grow(this.slotOwner, capacity);
        this.slotNext = grow(this.slotNext, capacity);
        this.slotPrevious = grow(this.slotPrevious, capacity);
      }
    }
    for (let slot = first; slot < first + count; slot++) this.slotOwner[slot] = op;
    return first;
  }

  /** Makes a slot that was just made, and so reads nothing, read `value`. */
  fillSlot(slot: number, value: number): void {
    const head = this.valueUse[value] as number;
    this.slotValue[slot] = value;
    this.slotPrevious[slot] = 0;
    this.slotNext[slot] = head;
    if (head !== 0) this.slotPrevious[head] = slot;
    this.valueUse[value] = slot;
  }

  /** Makes `slot` read `value`; 0 takes it off the use list. */
  setSlot(slot: number, value: number): void {
    const before = this.slotValue[slot] as number;
    if (before === value) return;
    this.version++;
    if (before !== 0) {
      const next = this.slotNext[slot] as number;
      const previous = this.slotPrevious[slot] as number;
      if (previous === 0) this.valueUse[before] = next;
      else this.slotNext[previous] = next;
      if (next !== 0) this.slotPrevious[next] = previous;
    }
    this.slotValue[slot] = value;
    this.slotPrevious[slot] = 0;
    if (value === 0) {
      this.slotNext[slot] = 0;
      return;
    }
    const head = this.valueUse[value] as number;
    this.slotNext[slot] = head;
    if (head !== 0) this.slotPrevious[head] = slot;
    this.valueUse[value] = slot;
  }

  /** Makes every reader of `from` read `to`; the order of uses is kept ahead of those of `to`. */
  replaceUses(from: number, to: number): void {
    const first = this.valueUse[from] as number;
    if (first === 0 || from === to) return;
    this.version++;
    let last = first;
    for (let slot = first; slot !== 0; slot = this.slotNext[slot] as number) {
      this.slotValue[slot] = to;
      last = slot;
    }
    const head = this.valueUse[to] as number;
    this.slotNext[last] = head;
    if (head !== 0) this.slotPrevious[head] = last;
    this.valueUse[to] = first;
    this.valueUse[from] = 0;
  }

  /** Gives `op` another number of operand slots, all empty. */
  resizeOperands(op: number, count: number): void {
    this.freeOperands(op);
    this.version++;
    this.opOperandCount[op] = count;
    this.opOperands[op] = count === 0 ? 0 : this.newSlots(count, op);
  }

  private freeOperands(op: number): void {
    const count = this.opOperandCount[op] as number;
    const first = this.opOperands[op] as number;
    for (let slot = first; slot < first + count; slot++) {
      this.setSlot(slot, 0);
      this.slotOwner[slot] = 0;
    }
    if (count > 0 && count < largeRange) this.freeSlots[count]?.push(first);
  }

  /** Returns values to the free list; their uses must be gone. */
  freeValueRange(first: number, count: number): void {
    this.version++;
    for (let value = first; value < first + count; value++) {
      this.valueOwner[value] = 0;
      if (value < this.argumentLocation.length) this.argumentLocation[value] = 0;
    }
    if (count > 0 && count < largeRange) this.freeValues[count]?.push(first);
  }

  /** Returns a detached operation without regions to the free list. */
  freeOperation(op: number): void {
    this.version++;
    this.freeOperands(op);
    this.freeValueRange(this.opResults[op] as number, this.opResultCount[op] as number);
    if (this.opSuccessors[op] !== 0) this.setSuccessors(op, []);
    this.opName[op] = 0;
    this.opDictionary[op] = 0;
    this.opOperandCount[op] = 0;
    this.opResultCount[op] = 0;
    this.opRegion[op] = 0;
    this.freeOps.push(op);
  }

  /** Puts detached `op` into `block`, before `before` or at the end when that is 0. */
  link(op: number, block: number, before: number): void {
    this.version++;
    const previous = before === 0 ? (this.blockLast[block] as number) : (this.opPrevious[before] as number);
    this.opParent[op] = block;
    this.opPrevious[op] = previous;
    this.opNext[op] = before;
    if (previous === 0) this.blockFirst[block] = op;
    else this.opNext[previous] = op;
    if (before === 0) this.blockLast[block] = op;
    else this.opPrevious[before] = op;
    this.blockOrdered[block] = 0;
  }

  /** Takes `op` out of its block. */
  unlink(op: number): void {
    const block = this.opParent[op] as number;
    if (block === 0) return;
    this.version++;
    const previous = this.opPrevious[op] as number;
    const next = this.opNext[op] as number;
    if (previous === 0) this.blockFirst[block] = next;
    else this.opNext[previous] = next;
    if (next === 0) this.blockLast[block] = previous;
    else this.opPrevious[next] = previous;
    this.opParent[op] = 0;
    this.opPrevious[op] = 0;
    this.opNext[op] = 0;
  }

  /** The successor blocks of `op`. */
  setSuccessors(op: number, blocks: readonly number[]): void {
    if (blocks.length === 0 && this.opSuccessors[op] === 0) return;
    this.version++;
    this.releaseSuccessors(this.opSuccessors[op] as number);
    this.opSuccessors[op] = this.newSuccessors(op, blocks);
  }

  /** Whether `a` stands before `b` in the block that holds both. */
  isBefore(a: number, b: number): boolean {
    const block = this.opParent[a] as number;
    if (this.blockOrdered[block] === 0 || this.opOrder.length < this.opName.length) {
      if (this.opOrder.length < this.opName.length) {
        this.opOrder = grow(this.opOrder, this.opName.length);
      }
      let order = 0;
      for (let op = this.blockFirst[block] as number; op !== 0; op = this.opNext[op] as number)
        this.opOrder[op] = order++;
      this.blockOrdered[block] = 1;
    }
    return (this.opOrder[a] as number) < (this.opOrder[b] as number);
  }
}
