/** Conversion to a target: every illegal operation is rewritten until only legal ones are left. */
import { within } from '../ir/ambient.ts';
import { type Diagnostic, DiagnosticError, errorAt, noteAt } from '../ir/diagnostic.ts';
import { unknownLocation } from '../ir/location.ts';
import type { AnyOp } from '../ir/op.ts';
import { Copier } from '../ir/copier.ts';
import type { Operation } from '../ir/operation.ts';
import type { ActionOptions } from './action.ts';
import { PatternApplier, refused } from './apply.ts';
import { type ArgumentsOf, argumentsOf } from './arguments.ts';
import { checkByDefault } from './contract.ts';
import { CycleWatch } from './cycle-watch.ts';
import { ConversionRewriter } from './conversion-rewriter.ts';
import type { Outcome, RewritePattern } from './pattern.ts';
import { PatternTable } from './pattern-table.ts';
import type { RewriteListener } from './rewriter.ts';
import type { ConversionTarget } from './target.ts';
import { sameTypes, type TypeConverter } from './type-converter.ts';
import { visitInside } from './walk-columns.ts';

/** How a conversion works. */
export interface ConversionOptions extends ActionOptions {
  /** `partial` leaves operations that the target does not know; `full`, the default, does not. */
  readonly mode?: 'partial' | 'full' | undefined;
  readonly types?: TypeConverter | undefined;
  /** Whether the contract of every pattern is checked. */
  readonly check?: boolean | undefined;
  /** How many rewrites are taken for progress; by default 64 for each operation, and 4,096 more. */
  readonly maxRewrites?: number | undefined;
}

/**
 * A pattern that is given its operands as values of their new types. In a group of operands a value
 * may have become several; a single one that has is an error, unless the pattern asks the rewriter.
 */
export function conversion<D extends AnyOp>(
  name: string,
  root: D,
  apply: (args: ArgumentsOf<D>, rewriter: ConversionRewriter) => Outcome,
  benefit = 1,
): RewritePattern {
  return {
    name,
    root,
    benefit,
    dag: undefined,
    apply(operation, rewriter) {
      const converting = rewriter instanceof ConversionRewriter ? rewriter : undefined;
      const args = argumentsOf(root, operation, {
        one: (value) => converting?.converted(value, operation) ?? value,
        many: (value) => converting?.convertedList(value, operation) ?? [value],
      });
      return apply(args as unknown as ArgumentsOf<D>, rewriter as ConversionRewriter);
    },
  };
}

/**
 * Converts everything inside `root` to `target` and gives the number of rewrites. On failure the
 * inside of `root` is as before (in new handles), and the `DiagnosticError` that is thrown lists
 * every operation that is left with each pattern that was tried and why it did not apply.
 */
export function convert(
  root: Operation,
  target: ConversionTarget,
  patterns: readonly RewritePattern[],
  options: ConversionOptions = {},
): number {
  const { context } = root;
  const copier = new Copier(context.columns);
  const snapshot = copier.operation(root.id);
  copier.finish();
  try {
    const rewrites = within(context, unknownLocation, () => run(root, target, patterns, options));
    context.eraseOperation(snapshot);
    return rewrites;
  } catch (error) {
    restore(root, context.operation(snapshot));
    throw error;
  }
}

function run(
  root: Operation,
  target: ConversionTarget,
  patterns: readonly RewritePattern[],
  options: ConversionOptions,
): number {
  const { context } = root;
  const { columns } = context;
  const anyBlock = root.regions.find((region) => region.entry)?.entry;
  if (!anyBlock) return 0;
  const table = new PatternTable(context, patterns);
  const check = options.check ?? checkByDefault;
  const applier = new PatternApplier(context, { check, observer: options.observer, verifies: false });
  const pending: Operation[] = [];
  const listener: RewriteListener = { inserted: (op) => pending.push(context.operation(op)) };
  const { types = sameTypes } = options;
  const rewriter = new ConversionRewriter(anyBlock, types, applier.listening(listener), applier.contract);
  const maxRewrites = options.maxRewrites ?? 64 * columns.opEnd + 4096;
  const limit = options.actionLimit ?? Number.POSITIVE_INFINITY;
  const left: Diagnostic[] = [];
  let rewrites = 0;
  let watch: CycleWatch | undefined;

  const legalize = (operation: Operation): void => {
    const legality = target.legality(operation);
    if (legality === 'legal') return;
    const { name, location } = operation;
    const reasons: Diagnostic[] = [];
    rewriter.moveBefore(operation);
    for (const pattern of table.of(columns.opName[operation.id] as number)) {
      const miss = applier.apply(pattern, operation, rewriter);
      // What an observer holds back stays: it wants to see what comes of the others.
      if (miss === refused) return;
      if (miss) {
        reasons.push(noteAt(location, `pattern '${pattern.name}' does not apply: ${miss.reason}`));
        continue;
      }
      rewrites++;
      options.onAction?.({ pattern: pattern.name, operation: name, location, index: rewrites });
      if (!operation.isErased) pending.push(operation);
      return;
    }
    if (legality === 'unknown' && options.mode === 'partial') return;
    if (reasons.length === 0) reasons.push(noteAt(location, 'there is no pattern for it'));
    left.push(
      errorAt(
        location,
        `'${name}' is not legal (${target.text || 'the target is empty'}) and could not be converted`,
        reasons,
      ),
    );
  };

  // What stands there is taken in order, and what a rewrite makes directly after it.
  const initial: Operation[] = [];
  visitInside(columns, root.id, (op) => initial.push(context.operation(op)));
  for (const start of initial) {
    pending.push(start);
    for (let next = pending.pop(); next; next = pending.pop()) {
      if (rewrites >= limit) return rewrites;
      if (next.isErased || !next.parent || rewriter.isBridge(next)) continue;
      legalize(next);
      if (rewrites <= maxRewrites) continue;
      if (watch?.isDone) throw new DiagnosticError([watch.diagnostic('converting', rewrites)]);
      if (watch) continue;
      watch = new CycleWatch(root);
      applier.observe(watch);
      rewriter.listenTo(applier.listening(listener));
    }
  }
  for (const [reader, reason] of left.length > 0 ? [] : rewriter.finish())
    left.push(errorAt(reader.location, `'${reader.name}' ${reason}`));
  if (left.length > 0) throw new DiagnosticError(left);
  return rewrites;
}

/** Gives `root` the regions and attributes of its snapshot, which is erased. */
function restore(root: Operation, snapshot: Operation): void {
  const { context } = root;
  const regions = root.regions.length;
  const discarded = context.create('rewrite.discarded', [], [], { regions });
  for (let at = 0; at < regions; at++) {
    discarded.region(at).takeBlocks(root.region(at));
    root.region(at).takeBlocks(snapshot.region(at));
  }
  root.setAttributes(snapshot.attributes);
  snapshot.erase();
  discarded.erase();
}
