/** The walking driver: every operation is looked at once. Cheaper than greedy, and always ends. */
import { within } from '../ir/ambient.ts';
import { unknownLocation } from '../ir/location.ts';
import type { Operation } from '../ir/operation.ts';
import type { ActionOptions } from './action.ts';
import { PatternApplier } from './apply.ts';
import { checkByDefault } from './contract.ts';
import type { RewritePattern } from './pattern.ts';
import { PatternTable } from './pattern-table.ts';
import { Rewriter } from './rewriter.ts';
import { visitInside } from './walk-columns.ts';

/** How the walking driver works. */
export interface WalkOptions extends ActionOptions {
  /** Whether the contract of every pattern is checked. */
  readonly check?: boolean | undefined;
}

/**
 * Applies the first pattern that matches to every operation that stands inside `root` at the
 * beginning, in order; what patterns make is not looked at. Gives the number of rewrites.
 */
export function rewriteOnce(root: Operation, patterns: readonly RewritePattern[], options: WalkOptions = {}): number {
  const { context } = root;
  const { columns } = context;
  const table = new PatternTable(context, patterns);
  const applier = new PatternApplier(context, { check: options.check ?? checkByDefault, observer: options.observer });
  const anyBlock = root.regions.find((region) => region.entry)?.entry;
  if (!anyBlock) return 0;
  const rewriter = new Rewriter(anyBlock, undefined, applier.listening({}));
  // Handles know when they are erased; ids could have been given out again.
  const pending: Operation[] = [];
  visitInside(columns, root.id, (op) => {
    if (table.of(columns.opName[op] as number).length > 0) pending.push(context.operation(op));
  });
  const limit = options.actionLimit ?? Number.POSITIVE_INFINITY;
  let rewrites = 0;
  within(context, unknownLocation, () => {
    for (const operation of pending) {
      if (rewrites >= limit) return;
      if (operation.isErased || operation.parent === undefined) continue;
      const { name, location } = operation;
      rewriter.moveBefore(operation);
      for (const pattern of table.of(columns.opName[operation.id] as number)) {
        if (applier.apply(pattern, operation, rewriter) !== undefined) continue;
        rewrites++;
        options.onAction?.({ pattern: pattern.name, operation: name, location, index: rewrites });
        break;
      }
    }
  });
  return rewrites;
}
