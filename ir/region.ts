/** Regions: lists of blocks inside an operation. */
import type { Block } from './block.ts';
import type { Context } from './context.ts';
import type { Operation } from './operation.ts';
import type { Type } from './type.ts';

/** A list of blocks that belongs to an operation. */
export class Region {
  readonly context: Context;
  /** The column index; −1 after the region was erased. */
  id: number;

  constructor(context: Context, id: number) {
    this.context = context;
    this.id = id;
  }

  /** The operation that the region belongs to. */
  get owner(): Operation {
    return this.context.operation(this.context.columns.regionOwner[this.id] as number);
  }

  /** The blocks, as they stand now. */
  get blocks(): readonly Block[] {
    const { columns } = this.context;
    const blocks: Block[] = [];
    for (let block = columns.regionFirst[this.id] as number; block > 0; block = columns.blockNext[block] as number)
      blocks.push(this.context.block(block));
    return blocks;
  }

  /** The first block. */
  get entry(): Block | undefined {
    const block = this.context.columns.regionFirst[this.id] as number;
    return block === 0 ? undefined : this.context.block(block);
  }

  /** Whether the region has no blocks. */
  get isEmpty(): boolean {
    return this.context.columns.regionFirst[this.id] === 0;
  }

  /** Adds a block with arguments of the given types at the end. */
  addBlock(argumentTypes: readonly Type[] = []): Block {
    const block = this.context.newBlock(argumentTypes);
    this.append(block);
    return block;
  }

  /** Puts a block at the end, out of where it was. */
  append(block: Block): void {
    this.insert(block, undefined);
  }

  /** Puts a block before `before`, or at the end. */
  insert(block: Block, before: Block | undefined): void {
    block.remove();
    this.context.columns.linkBlock(block.id, this.id, before?.id ?? 0);
  }

  /** Moves all blocks of `other` to the end of this region. */
  takeBlocks(other: Region): void {
    for (const block of other.blocks) this.append(block);
  }

  /** Whether `other` is this region or stands in an operation inside it. */
  isAncestorOf(other: Region): boolean {
    for (let region: Region | undefined = other; region; region = region.owner.parent?.parent)
      if (region === this) return true;
    return false;
  }
}
