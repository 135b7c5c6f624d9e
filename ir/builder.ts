/** Building IR at a place. */
import { within } from './ambient.ts';
import type { Block } from './block.ts';
import type { Context } from './context.ts';
import type { Location } from './location.ts';
import type { OpView } from './op.ts';
import { Operation } from './operation.ts';

/**
 * Inserts operations at a place in a block. An operation that is inserted brings along the
 * detached operations that its operands come from, so that nested builder calls are one expression.
 */
export class Builder {
  readonly context: Context;
  private target: Block;
  private before: Operation | undefined;
  location: Location;

  /** A builder that inserts into `block`, before `before` or at the end. */
  constructor(block: Block, before: Operation | undefined, location: Location) {
    this.context = block.context;
    this.target = block;
    this.before = before;
    this.location = location;
  }

  /** A builder at the end of a block. */
  static atEnd(block: Block, location?: Location): Builder {
    return new Builder(block, undefined, location ?? block.parentOperation?.location ?? { kind: 'unknown' });
  }

  /** A builder just before an operation, with that operation's location. */
  static before(operation: Operation): Builder {
    const { parent } = operation;
    if (!parent) throw new Error(`'${operation.name}' is detached, so nothing can be inserted before it`);
    return new Builder(parent, operation, operation.location);
  }

  /** The block that is inserted into. */
  get block(): Block {
    return this.target;
  }

  /** Goes on at the end of `block`. */
  moveToEnd(block: Block): void {
    this.target = block;
    this.before = undefined;
  }

  /** Goes on just before `operation`. */
  moveBefore(operation: Operation): void {
    const { parent } = operation;
    if (!parent) throw new Error(`'${operation.name}' is detached, so nothing can be inserted before it`);
    this.target = parent;
    this.before = operation;
  }

  /** Inserts what `make` returns, made in this context with this location. */
  build<V extends OpView>(make: () => V): V {
    const view = within(this.context, this.location, make);
    this.insert(view.operation);
    return view;
  }

  /** Inserts an operation after the detached operations that its operands come from. */
  insert(operation: Operation): Operation {
    for (const op of detachedOperations(operation)) this.place(op);
    return operation;
  }

  /** Puts exactly one detached operation at the insertion point. */
  protected place(operation: Operation): void {
    this.context.columns.link(operation.id, this.target.id, this.before?.id ?? 0);
  }

  /** Runs `body` with the insertion point at the end of `block`, then comes back. */
  inside<T>(block: Block, body: () => T): T {
    const { target, before } = this;
    this.moveToEnd(block);
    try {
      return body();
    } finally {
      this.target = target;
      this.before = before;
    }
  }
}

/** The detached operations that `root` depends on, operands before users, `root` last. */
export function detachedOperations(root: Operation): readonly Operation[] {
  const { columns } = root.context;
  if (columns.opParent[root.id] !== 0) return [];
  const order: Operation[] = [];
  const seen = new Set<number>();
  const pending: (readonly [number, boolean])[] = [[root.id, false]];
  for (let entry = pending.pop(); entry; entry = pending.pop()) {
    const [op, done] = entry;
    if (done) {
      order.push(root.context.operation(op));
      continue;
    }
    if (seen.has(op)) continue;
    seen.add(op);
    pending.push([op, true]);
    const first = columns.opOperands[op] as number;
    for (let at = (columns.opOperandCount[op] as number) - 1; at >= 0; at--) {
      const owner = columns.valueOwner[columns.slotValue[first + at] as number] as number;
      if (owner > 0 && columns.opParent[owner] === 0) pending.push([owner, false]);
    }
  }
  return order;
}

/** The operation of a view or the operation itself. */
export const operationOf = (like: OpView | Operation): Operation => (like instanceof Operation ? like : like.operation);
