/** Walking the columns without making handles: for drivers and passes over everything. */
import type { Columns } from '../ir/columns.ts';

/**
 * Visits everything inside `root`, outer before inner and in order; `leave` is told of each when all
 * inside it was visited. Nothing may be changed meanwhile.
 */
export function visitInside(
  columns: Columns,
  root: number,
  visit: (op: number) => void,
  leave?: (op: number) => void,
): void {
  const open: number[] = [];
  let op = firstInside(columns, root);
  for (;;) {
    if (op === 0) {
      const above = open.pop();
      if (above === undefined) return;
      leave?.(above);
      op = after(columns, above);
      continue;
    }
    visit(op);
    const inner = columns.opRegion[op] === 0 ? 0 : firstInside(columns, op);
    if (inner === 0) {
      leave?.(op);
      op = after(columns, op);
    } else {
      open.push(op);
      op = inner;
    }
  }
}

/** The first operation in the regions of `op`; 0 when they are empty. */
export function firstInside(columns: Columns, op: number): number {
  for (let region = columns.opRegion[op] as number; region !== 0; region = columns.regionNext[region] as number) {
    const found = firstFrom(columns, columns.regionFirst[region] as number);
    if (found !== 0) return found;
  }
  return 0;
}

const firstFrom = (columns: Columns, block: number): number => {
  for (let at = block; at !== 0; at = columns.blockNext[at] as number)
    if (columns.blockFirst[at] !== 0) return columns.blockFirst[at] as number;
  return 0;
};

/** The operation after `op` in its block, in a later block, or in a later region of the same owner. */
function after(columns: Columns, op: number): number {
  const next = columns.opNext[op] as number;
  if (next !== 0) return next;
  const block = columns.opParent[op] as number;
  const later = firstFrom(columns, columns.blockNext[block] as number);
  if (later !== 0) return later;
  let region = columns.regionNext[columns.blockParent[block] as number] as number;
  for (; region !== 0; region = columns.regionNext[region] as number) {
    const found = firstFrom(columns, columns.regionFirst[region] as number);
    if (found !== 0) return found;
  }
  return 0;
}

/** Whether `op` stands somewhere inside `root`. */
export function isInside(columns: Columns, op: number, root: number): boolean {
  for (let at = op; at !== 0; ) {
    const block = columns.opParent[at] as number;
    const region = block === 0 ? 0 : (columns.blockParent[block] as number);
    at = region <= 0 ? 0 : (columns.regionOwner[region] as number);
    if (at === root) return true;
  }
  return false;
}
