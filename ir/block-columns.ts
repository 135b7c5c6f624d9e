/** The storage of blocks, regions and successors: the part of the columns that is shared by few. */

const grown = (column: Int32Array, needed: number): Int32Array => {
  if (needed < column.length) return column;
  const larger = new Int32Array(Math.max(needed + 1, column.length * 2));
  larger.set(column);
  return larger;
};

/** Blocks, regions and successor entries as columns. */
export class BlockColumns {
  /** The region that holds the block; 0 when detached. */
  blockParent: Int32Array;
  blockPrevious: Int32Array;
  blockNext: Int32Array;
  blockFirst: Int32Array;
  blockLast: Int32Array;
  /** 1 while `opOrder` is right for the block's operations. */
  blockOrdered: Int32Array;
  /** The first successor entry that leads here. */
  blockUse: Int32Array;
  /** Argument values by block. */
  blockArguments: (number[] | undefined)[];
  blockEnd: number;
  regionOwner: Int32Array;
  regionFirst: Int32Array;
  regionLast: Int32Array;
  /** The next region of the same operation. */
  regionNext: Int32Array;
  regionEnd: number;
  successorBlock: Int32Array;
  successorOwner: Int32Array;
  successorNextUse: Int32Array;
  successorEnd: number;
  /** Position in the block, made when first asked for. */
  opOrder: Int32Array;
  /** Grows with every change of the IR; equal versions mean that nothing was changed. */
  version: number;
  private freeBlocks: number[];
  private freeRegions: number[];

  constructor() {
    const column = (): Int32Array => new Int32Array(32);
    this.blockParent = column();
    this.blockPrevious = column();
    this.blockNext = column();
    this.blockFirst = column();
    this.blockLast = column();
    this.blockOrdered = column();
    this.blockUse = column();
    this.blockArguments = [];
    this.blockEnd = 1;
    this.regionOwner = column();
    this.regionFirst = column();
    this.regionLast = column();
    this.regionNext = column();
    this.regionEnd = 1;
    this.successorBlock = column();
    this.successorOwner = column();
    this.successorNextUse = column();
    this.successorEnd = 1;
    this.opOrder = new Int32Array(0);
    this.version = 0;
    this.freeBlocks = [];
    this.freeRegions = [];
  }

  /** A detached, empty block. */
  newBlock(): number {
    const free = this.freeBlocks.pop();
    const block = free ?? this.blockEnd++;
    this.blockParent = grown(this.blockParent, block);
    this.blockPrevious = grown(this.blockPrevious, block);
    this.blockNext = grown(this.blockNext, block);
    this.blockFirst = grown(this.blockFirst, block);
    this.blockLast = grown(this.blockLast, block);
    this.blockOrdered = grown(this.blockOrdered, block);
    this.blockUse = grown(this.blockUse, block);
    this.blockArguments[block] = undefined;
    this.blockParent[block] = 0;
    return block;
  }

  /** Returns a detached, empty block to the free list. */
  freeBlock(block: number): void {
    this.blockArguments[block] = undefined;
    this.blockParent[block] = -1;
    this.freeBlocks.push(block);
  }

  /** An empty region of operation `owner`, after its other regions, `previous` being the last. */
  newRegion(owner: number, previous: number): number {
    this.version++;
    const region = this.freeRegions.pop() ?? this.regionEnd++;
    this.regionOwner = grown(this.regionOwner, region);
    this.regionFirst = grown(this.regionFirst, region);
    this.regionLast = grown(this.regionLast, region);
    this.regionNext = grown(this.regionNext, region);
    this.regionOwner[region] = owner;
    this.regionFirst[region] = 0;
    this.regionLast[region] = 0;
    this.regionNext[region] = 0;
    if (previous !== 0) this.regionNext[previous] = region;
    return region;
  }

  /** Returns an empty region to the free list. */
  freeRegion(region: number): void {
    this.regionOwner[region] = 0;
    this.freeRegions.push(region);
  }

  /** Puts a detached block into `region`, before `before` or at the end when that is 0. */
  linkBlock(block: number, region: number, before: number): void {
    this.version++;
    const previous = before === 0 ? (this.regionLast[region] as number) : (this.blockPrevious[before] as number);
    this.blockParent[block] = region;
    this.blockPrevious[block] = previous;
    this.blockNext[block] = before;
    if (previous === 0) this.regionFirst[region] = block;
    else this.blockNext[previous] = block;
    if (before === 0) this.regionLast[region] = block;
    else this.blockPrevious[before] = block;
  }

  /** Takes a block out of its region. */
  unlinkBlock(block: number): void {
    const region = this.blockParent[block] as number;
    if (region <= 0) return;
    this.version++;
    const previous = this.blockPrevious[block] as number;
    const next = this.blockNext[block] as number;
    if (previous === 0) this.regionFirst[region] = next;
    else this.blockNext[previous] = next;
    if (next === 0) this.regionLast[region] = previous;
    else this.blockPrevious[next] = previous;
    this.blockParent[block] = 0;
    this.blockPrevious[block] = 0;
    this.blockNext[block] = 0;
  }

  /** Contiguous successor entries of `op`; entry ends where the owner changes. */
  protected newSuccessors(op: number, blocks: readonly number[]): number {
    if (blocks.length === 0) return 0;
    const first = this.successorEnd;
    // One empty entry between ranges keeps neighbours of the same operation id apart.
    this.successorEnd += blocks.length + 1;
    this.successorBlock = grown(this.successorBlock, this.successorEnd);
    this.successorOwner = grown(this.successorOwner, this.successorEnd);
    this.successorNextUse = grown(this.successorNextUse, this.successorEnd);
    for (const [at, block] of blocks.entries()) {
      this.successorBlock[first + at] = block;
      this.successorOwner[first + at] = op;
      this.successorNextUse[first + at] = this.blockUse[block] as number;
      this.blockUse[block] = first + at;
    }
    return first;
  }

  /** Takes the successor entries that start at `first` off the lists of their blocks. */
  protected releaseSuccessors(first: number): void {
    if (first === 0) return;
    const owner = this.successorOwner[first] as number;
    for (let entry = first; this.successorOwner[entry] === owner; entry++) {
      const block = this.successorBlock[entry] as number;
      let before = 0;
      for (let use = this.blockUse[block] as number; use !== 0; use = this.successorNextUse[use] as number) {
        if (use === entry) {
          if (before === 0) this.blockUse[block] = this.successorNextUse[use] as number;
          else this.successorNextUse[before] = this.successorNextUse[use] as number;
          break;
        }
        before = use;
      }
      this.successorOwner[entry] = 0;
    }
  }

  /** The blocks that the successor entries starting at `first` lead to. */
  successorsFrom(first: number): number[] {
    if (first === 0) return [];
    const owner = this.successorOwner[first] as number;
    const blocks: number[] = [];
    for (let entry = first; this.successorOwner[entry] === owner; entry++)
      blocks.push(this.successorBlock[entry] as number);
    return blocks;
  }
}
