/**
 * Dominance: whether a value is there before it is read. Immediate dominators by the iterative
 * algorithm of Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001).
 */
import type { Block } from './block.ts';
import type { Operation } from './operation.ts';
import type { Region } from './region.ts';
import type { Value } from './value.ts';

interface Tree {
  readonly number: ReadonlyMap<Block, number>;
  readonly parent: Int32Array;
}

/** Dominance in the regions that are asked about; made for one state of the IR. */
export class Dominance {
  private readonly trees: Map<Region, Tree>;

  constructor() {
    this.trees = new Map();
  }

  /** Whether block `a` is on every path to `b` in their region; a block dominates itself. */
  blockDominates(a: Block, b: Block): boolean {
    if (a === b) return true;
    const region = a.parent;
    if (!region || region !== b.parent) return false;
    const tree = this.treeOf(region);
    const target = tree.number.get(a);
    let at = tree.number.get(b);
    // What cannot be reached from the entry is dominated by everything, as upstream has it.
    if (at === undefined) return true;
    if (target === undefined) return false;
    while (at > target) at = tree.parent[at] as number;
    return at === target;
  }

  private treeOf(region: Region): Tree {
    let tree = this.trees.get(region);
    if (!tree) {
      tree = dominatorTree(region);
      this.trees.set(region, tree);
    }
    return tree;
  }

  /** Whether `value` may be read by `user`. Order is free in graph regions. */
  dominates(value: Value, user: Operation): boolean {
    const definingBlock = value.parentBlock;
    if (!definingBlock) return false;
    const owner = value.owner;
    const region = definingBlock.parent;
    // The ancestor of the user that stands in the value's region.
    let ancestor: Operation | undefined = user;
    while (ancestor && ancestor.parent?.parent !== region) ancestor = ancestor.parentOperation;
    const block = ancestor?.parent;
    if (!ancestor || !block) return false;
    if (block !== definingBlock) return this.blockDominates(definingBlock, block);
    if (!owner) return true;
    if (isGraphRegion(region)) return true;
    // A value is not there inside the operation that defines it.
    return (owner !== ancestor && owner.isBefore(ancestor)) || !this.isReachable(block);
  }

  /** Whether control can come to a block from the entry of its region. */
  isReachable(block: Block): boolean {
    const region = block.parent;
    return region === undefined || region.entry === block || this.treeOf(region).number.has(block);
  }
}

/** Of an operation that is not registered nothing is known, so order is free in its regions, as upstream has it. */
const isGraphRegion = (region: Region | undefined): boolean =>
  region !== undefined && (region.owner.definition === undefined || region.owner.hasTrait('graph-region'));

function dominatorTree(region: Region): Tree {
  const order = reversePostOrder(region);
  const number = new Map(order.map((block, at) => [block, at]));
  const parent = new Int32Array(order.length).fill(-1);
  if (order.length === 0) return { number, parent };
  parent[0] = 0;
  const meet = (a: number, b: number): number => {
    while (a !== b) {
      while (a > b) a = parent[a] as number;
      while (b > a) b = parent[b] as number;
    }
    return a;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (let at = 1; at < order.length; at++) {
      let best = -1;
      for (const predecessor of (order[at] as Block).predecessors) {
        const p = number.get(predecessor);
        if (p === undefined || parent[p] === -1) continue;
        best = best === -1 ? p : meet(best, p);
      }
      if (parent[at] !== best) {
        parent[at] = best;
        changed = true;
      }
    }
  }
  return { number, parent };
}

/** The reachable blocks, each before its successors where there is no loop. */
export function reversePostOrder(region: Region): readonly Block[] {
  const { entry } = region;
  if (!entry) return [];
  const done: Block[] = [];
  const seen = new Set([entry]);
  const open: { readonly block: Block; readonly successors: readonly Block[]; next: number }[] = [
    { block: entry, successors: entry.successors, next: 0 },
  ];
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const successor = top.successors[top.next++];
    if (!successor) {
      done.push(top.block);
      open.pop();
    } else if (!seen.has(successor)) {
      seen.add(successor);
      open.push({ block: successor, successors: successor.successors, next: 0 });
    }
  }
  return done.reverse();
}
