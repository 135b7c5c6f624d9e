/** Putting operations after those whose results they read, where order means nothing. */
import type { Columns } from '../ir/columns.ts';
import type { Operation } from '../ir/operation.ts';
import { pass } from './pass.ts';
import { visitInside } from './walk-columns.ts';

/** Numbers that come out smallest first. */
class Heap {
  private readonly entries: number[];

  constructor() {
    this.entries = [];
  }

  get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  push(entry: number): void {
    const { entries } = this;
    let at = entries.push(entry) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if ((entries[above] as number) <= entry) break;
      entries[at] = entries[above] as number;
      at = above;
    }
    entries[at] = entry;
  }

  pop(): number {
    const { entries } = this;
    const top = entries[0] as number;
    const moved = entries.pop() as number;
    if (entries.length === 0) return top;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= entries.length) break;
      if (below + 1 < entries.length && (entries[below + 1] as number) < (entries[below] as number)) below++;
      if ((entries[below] as number) >= moved) break;
      entries[at] = entries[below] as number;
      at = below;
    }
    entries[at] = moved;
    return top;
  }
}

/** For each of `ops`, by position: the others whose results it or anything inside it reads. */
function readersOf(columns: Columns, ops: readonly number[]): { readers: number[][]; waits: Int32Array } {
  const position = new Map(ops.map((op, at) => [op, at]));
  const readers: number[][] = ops.map(() => []);
  const waits = new Int32Array(ops.length);
  const block = columns.opParent[ops[0] as number] as number;
  for (const [at, op] of ops.entries()) {
    const found = new Set<number>();
    const read = (reader: number): void => {
      const first = columns.opOperands[reader] as number;
      for (let slot = first; slot < first + (columns.opOperandCount[reader] as number); slot++) {
        let owner = columns.valueOwner[columns.slotValue[slot] as number] as number;
        // What stands inside another of them is there when that is.
        while (owner > 0 && columns.opParent[owner] !== block && owner !== op) {
          const region = columns.blockParent[columns.opParent[owner] as number] as number;
          owner = region > 0 ? (columns.regionOwner[region] as number) : 0;
        }
        const source = owner > 0 && owner !== op ? position.get(owner) : undefined;
        if (source !== undefined) found.add(source);
      }
    };
    read(op);
    if (columns.opRegion[op] !== 0) visitInside(columns, op, read);
    for (const source of found) (readers[source] as number[]).push(at);
    waits[at] = found.size;
  }
  return { readers, waits };
}

/**
 * The positions of `ops` in an order in which each comes after those that it reads: as upstream's
 * repeated sweeps from front to back give it, each taking what is ready. Around a cycle, which has
 * no such order, the first comes first.
 */
function sortedPositions(columns: Columns, ops: readonly number[]): readonly number[] {
  const { readers, waits } = readersOf(columns, ops);
  const order: number[] = [];
  const placed = new Uint8Array(ops.length);
  let now = new Heap();
  let later = new Heap();
  const place = (at: number, sweeping: boolean): void => {
    placed[at] = 1;
    order.push(at);
    for (const reader of readers[at] as number[])
      if (--(waits[reader] as number) === 0 && placed[reader] === 0)
        (sweeping && reader > at ? now : later).push(reader);
  };
  for (const [at, wait] of waits.entries()) if (wait === 0) now.push(at);
  for (let first = 0; order.length < ops.length; ) {
    while (!now.isEmpty) place(now.pop(), true);
    if (!later.isEmpty) {
      [now, later] = [later, now];
      continue;
    }
    while (placed[first] === 1) first++;
    if (first < ops.length) place(first, false);
  }
  return order;
}

/** Sorts the operations of every region inside `root` in which order means nothing; gives how many moved. */
export function sortTopologically(root: Operation): number {
  const { context } = root;
  const { columns } = context;
  const graphs: number[] = [];
  const look = (op: number): void => {
    if (columns.opRegion[op] !== 0 && context.definitionOf(columns.opName[op] as number)?.traits.has('graph-region'))
      graphs.push(op);
  };
  look(root.id);
  visitInside(columns, root.id, look);
  let moved = 0;
  for (const graph of graphs)
    for (let region = columns.opRegion[graph] as number; region !== 0; region = columns.regionNext[region] as number)
      for (let block = columns.regionFirst[region] as number; block !== 0; block = columns.blockNext[block] as number)
        moved += sortBlock(columns, block, (op) => context.operation(op).hasTrait('terminator'));
  return moved;
}

function sortBlock(columns: Columns, block: number, isTerminator: (op: number) => boolean): number {
  const ops: number[] = [];
  for (let op = columns.blockFirst[block] as number; op !== 0; op = columns.opNext[op] as number) ops.push(op);
  const last = ops.at(-1);
  const end = last !== undefined && isTerminator(last) ? last : 0;
  if (end !== 0) ops.pop();
  if (ops.length < 2) return 0;
  const order = sortedPositions(columns, ops);
  const moved = order.filter((at, place) => at !== place).length;
  if (moved === 0) return 0;
  for (const op of ops) columns.unlink(op);
  for (const at of order) columns.link(ops[at] as number, block, end);
  return moved;
}

/** Puts operations after those whose results they read, where order means nothing. */
export const topologicalSort = pass('topological-sort', {
  summary: 'put operations after those whose results they read, where order means nothing',
  exact: true,
  run: (root, _settings, context) => context.count('moved', sortTopologically(root)),
});
