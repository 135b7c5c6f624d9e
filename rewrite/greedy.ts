/** The greedy driver: applies patterns, folds and drops what is dead until nothing changes. */
import { unknownLocation } from '../ir/location.ts';
import { within } from '../ir/ambient.ts';
import type { Columns } from '../ir/columns.ts';
import type { Context } from '../ir/context.ts';
import { DiagnosticError } from '../ir/diagnostic.ts';
import { isErasable } from '../ir/effects.ts';
import type { Operation } from '../ir/operation.ts';
import type { ActionObserver, ActionOptions } from './action.ts';
import { PatternApplier } from './apply.ts';
import { checkByDefault } from './contract.ts';
import { CycleWatch } from './cycle-watch.ts';
import { Folder } from './folder.ts';
import type { RewritePattern } from './pattern.ts';
import { fact, OpFacts, PatternTable } from './pattern-table.ts';
import { Rewriter, type RewriteListener } from './rewriter.ts';
import { takeStep } from './step.ts';
import { type RegionSimplification, simplifyRegions } from './simplify-regions.ts';
import { isInside } from './walk-columns.ts';
import { Worklist } from './worklist.ts';

/** How the greedy driver works. */
export interface GreedyOptions extends ActionOptions {
  /** How often everything is looked at again while something changes; 10 by default. */
  readonly maxIterations?: number | undefined;
  /** Whether what stands first is looked at first; true by default. */
  readonly topDown?: boolean | undefined;
  /** How many rewrites are taken for progress; by default 64 for each operation, and 4,096 more. */
  readonly maxRewrites?: number | undefined;
  /** Whether operations are folded and constants made unique; true by default. */
  readonly fold?: boolean | undefined;
  /** How far control flow between blocks is simplified; `normal` by default. */
  readonly regions?: RegionSimplification | undefined;
  /** Whether the contract of every pattern is checked. */
  readonly check?: boolean | undefined;
}

/** What the greedy driver did. */
export interface GreedyReport {
  /** Patterns applied. */
  readonly rewrites: number;
  /** Operations folded, and constants merged. */
  readonly folds: number;
  /** Dead operations erased. */
  readonly dead: number;
  /** Blocks and block arguments that went. */
  readonly simplified: number;
  readonly iterations: number;
  /** False when the iterations or the action limit ran out before nothing changed. */
  readonly converged: boolean;
}

/**
 * Rewrites everything inside `root` until no pattern applies. Throws a `DiagnosticError` that names
 * the busiest patterns when `maxRewrites` is exceeded.
 */
export function rewriteGreedily(
  root: Operation,
  patterns: readonly RewritePattern[],
  options: GreedyOptions = {},
): GreedyReport {
  return within(root.context, unknownLocation, () => new GreedyDriver(root, patterns, options).run());
}

class GreedyDriver {
  private readonly root: Operation;
  private readonly context: Context;
  private readonly columns: Columns;
  private readonly options: GreedyOptions;
  private readonly table: PatternTable;
  private readonly facts: OpFacts;
  private readonly worklist: Worklist;
  private readonly folder: Folder | undefined;
  private readonly applier: PatternApplier;
  private readonly confined: boolean;
  private readonly observer: ActionObserver | undefined;
  private watch: CycleWatch | undefined;
  private readonly actionLimit: number;
  private maxRewrites: number;
  private rewriter: Rewriter | undefined;
  private rewrites: number;
  private folds: number;
  private dead: number;
  private simplified: number;

  constructor(root: Operation, patterns: readonly RewritePattern[], options: GreedyOptions) {
    this.root = root;
    this.context = root.context;
    this.columns = root.context.columns;
    this.options = options;
    this.table = new PatternTable(root.context, patterns);
    this.facts = new OpFacts(root.context);
    this.worklist = new Worklist(this.columns);
    this.folder = (options.fold ?? true) ? new Folder(root.context, this.facts, root.id) : undefined;
    this.applier = new PatternApplier(root.context, {
      check: options.check ?? checkByDefault,
      observer: options.observer,
    });
    this.confined = root.hasTrait('isolated-from-above');
    this.observer = options.observer;
    this.watch = undefined;
    this.actionLimit = options.actionLimit ?? Number.POSITIVE_INFINITY;
    this.maxRewrites = Number.POSITIVE_INFINITY;
    this.rewriter = undefined;
    this.rewrites = 0;
    this.folds = 0;
    this.dead = 0;
    this.simplified = 0;
  }

  run(): GreedyReport {
    const { columns, worklist } = this;
    const maxIterations = this.options.maxIterations ?? 10;
    const anyBlock = this.root.regions.find((region) => region.entry)?.entry;
    let iterations = 0;
    let converged = anyBlock === undefined;
    if (anyBlock) this.rewriter = new Rewriter(anyBlock, undefined, this.listener());
    while (!converged && iterations < maxIterations && this.rewrites < this.actionLimit) {
      iterations++;
      const before = this.changes;
      this.folds += this.folder?.adoptAll(this.rewriter as Rewriter) ?? 0;
      if (this.options.topDown ?? true) worklist.fill(this.root.id);
      else worklist.fillReversed(this.root.id);
      if (iterations === 1) this.maxRewrites = this.options.maxRewrites ?? 64 * columns.opEnd + 4096;
      for (let op = worklist.pop(); op !== 0; op = worklist.pop()) {
        if (columns.opName[op] === 0 || columns.opParent[op] === 0) continue;
        if (op === this.root.id || (!this.confined && !isInside(columns, op, this.root.id))) continue;
        this.visit(op);
        if (this.rewrites >= this.actionLimit) break;
      }
      if (this.rewrites < this.actionLimit)
        this.simplified += simplifyRegions(
          this.root,
          this.rewriter as Rewriter,
          this.options.regions ?? 'normal',
          this.observer,
        );
      converged = this.changes === before;
    }
    worklist.release();
    const { rewrites, folds, dead, simplified } = this;
    return { rewrites, folds, dead, simplified, iterations, converged };
  }

  private get changes(): number {
    return this.rewrites + this.folds + this.dead + this.simplified;
  }

  private listener(): RewriteListener {
    const { columns, worklist } = this;
    const push = (op: number): void => worklist.push(op);
    const listener: RewriteListener = {
      inserted: push,
      modified: push,
      erased(op) {
        worklist.remove(op);
        // What it read may be dead now, or have one reader left.
        const first = columns.opOperands[op] as number;
        const end = first + (columns.opOperandCount[op] as number);
        for (let slot = first; slot < end; slot++) {
          const owner = columns.valueOwner[columns.slotValue[slot] as number] as number;
          if (owner > 0) worklist.push(owner);
        }
      },
    };
    return this.applier.listening(listener);
  }

  private visit(op: number): void {
    const { columns } = this;
    const nameId = columns.opName[op] as number;
    const facts = this.facts.of(nameId);
    const rewriter = this.rewriter as Rewriter;
    if ((facts & (fact.pure | fact.effects)) !== 0 && this.isUnused(op) && this.isErasable(op, facts)) {
      const operation = this.context.operation(op);
      const erase = (): void => rewriter.erase(operation);
      if (takeStep(this.observer, 'erase-dead', () => operation, erase)) this.dead++;
      return;
    }
    const { folder } = this;
    if (folder && (facts & fact.folds) !== 0 && (facts & fact.constantLike) === 0) {
      const operation = this.context.operation(op);
      rewriter.moveBefore(operation);
      if (this.applier.fold(operation, () => folder.fold(operation, rewriter))) {
        this.folds++;
        return;
      }
    }
    const patterns = this.table.of(nameId);
    if (patterns.length > 0) this.tryPatterns(this.context.operation(op), patterns);
  }

  private isUnused(op: number): boolean {
    const { columns } = this;
    const first = columns.opResults[op] as number;
    const end = first + (columns.opResultCount[op] as number);
    for (let value = first; value < end; value++) if (columns.valueUse[value] !== 0) return false;
    return (this.facts.of(columns.opName[op] as number) & fact.terminator) === 0;
  }

  private isErasable(op: number, facts: number): boolean {
    return (facts & fact.pure) !== 0 || isErasable(this.context.operation(op));
  }

  private tryPatterns(operation: Operation, patterns: readonly RewritePattern[]): void {
    const rewriter = this.rewriter as Rewriter;
    const { onAction } = this.options;
    const name = onAction ? operation.name : '';
    const location = onAction ? operation.location : unknownLocation;
    rewriter.moveBefore(operation);
    for (let at = 0; at < patterns.length; at++) {
      const pattern = patterns[at] as RewritePattern;
      if (this.applier.apply(pattern, operation, rewriter) !== undefined) continue;
      this.rewrites++;
      onAction?.({ pattern: pattern.name, operation: name, location, index: this.rewrites });
      if (this.rewrites > this.maxRewrites) this.watchCycle();
      // A root that was changed in place is looked at again.
      if (!operation.isErased) this.worklist.push(operation.id);
      return;
    }
  }

  /** After too many rewrites: looks at what happens, and when enough was seen, says why there is no end. */
  private watchCycle(): void {
    const { watch, root } = this;
    if (watch?.isDone) throw new DiagnosticError([watch.diagnostic('rewriting', this.rewrites)]);
    if (watch) return;
    this.watch = new CycleWatch(root);
    this.applier.observe(this.watch);
    this.rewriter?.listenTo(this.listener());
  }
}
