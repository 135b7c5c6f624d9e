/**
 * Simplification of control flow that belongs to no single operation: blocks that cannot be reached,
 * arguments that nobody reads or that are always the same, values that only feed themselves around a
 * loop, and blocks that say the same.
 */
import type { Block } from '../ir/block.ts';
import type { Columns } from '../ir/columns.ts';
import { branch } from '../ir/control-flow.ts';
import { Dominance, reversePostOrder } from '../ir/dominance.ts';
import { isErasable } from '../ir/effects.ts';
import type { Operation } from '../ir/operation.ts';
import { blocksMatch } from '../ir/region-equality.ts';
import type { Region } from '../ir/region.ts';
import type { Value } from '../ir/value.ts';
import type { ActionObserver } from './action.ts';
import type { Rewriter } from './rewriter.ts';
import { takeStep } from './step.ts';
import { visitInside } from './walk-columns.ts';

/** How far blocks are made alike, as upstream's `region-simplify`. */
export type RegionSimplification = 'disabled' | 'normal' | 'aggressive';

/** Simplifies the regions of `root` and of all inside it that have several blocks; gives the number of changes. */
export function simplifyRegions(
  root: Operation,
  rewriter: Rewriter,
  level: RegionSimplification,
  observer?: ActionObserver,
): number {
  if (level === 'disabled') return 0;
  const { context } = root;
  const regions: Region[] = [];
  collectBranching(context.columns, root.id, (region) => regions.push(context.region(region)));
  let changes = 0;
  for (const region of regions) {
    // An outer region may have gone with all inside it.
    if (region.id < 0 || region.blocks.length < 2) continue;
    const { owner } = region;
    for (const [name, simplify] of level === 'aggressive' ? allSteps : usualSteps)
      takeStep(
        observer,
        name,
        () => owner,
        () => {
          const count = simplify(region, rewriter);
          changes += count;
          return { reason: count === 0 ? 'it changes nothing' : undefined };
        },
      );
  }
  return changes;
}

type Simplification = (region: Region, rewriter: Rewriter) => number;
const usualSteps: readonly (readonly [name: string, simplify: Simplification])[] = [
  ['erase-unreachable-blocks', eraseUnreachable],
  ['drop-dead-values', dropDead],
];
const allSteps: typeof usualSteps = [
  ...usualSteps,
  ['merge-identical-blocks', mergeIdentical],
  ['drop-redundant-arguments', dropRedundantArguments],
];

function collectBranching(columns: Columns, root: number, found: (region: number) => void): void {
  const look = (op: number): void => {
    for (let region = columns.opRegion[op] as number; region !== 0; region = columns.regionNext[region] as number)
      if (columns.regionFirst[region] !== columns.regionLast[region]) found(region);
  };
  look(root);
  visitInside(columns, root, look);
}

/** Erases the blocks that control cannot come to from the entry. */
export function eraseUnreachable(region: Region, rewriter: Rewriter): number {
  const reachable = new Set(reversePostOrder(region));
  const lost = region.blocks.filter((block) => !reachable.has(block));
  rewriter.eraseBlocks(lost);
  return lost.length;
}

/** What is needed in a region: found from what has effects, backwards. */
class Liveness {
  private readonly region: Region;
  private readonly values: Set<Value>;
  private readonly operations: Set<Operation>;
  private readonly pending: (Value | Operation)[];

  constructor(region: Region) {
    this.region = region;
    this.values = new Set();
    this.operations = new Set();
    this.pending = [];
    for (const block of region.blocks) {
      if (!isTransparent(block)) for (const argument of block.arguments) this.need(argument);
      for (const operation of block.operations) if (!isErasable(operation)) this.need(operation);
    }
    for (let next = this.pending.pop(); next; next = this.pending.pop())
      if ('operands' in next) this.reach(next);
      else this.trace(next);
  }

  isNeeded(of: Value | Operation): boolean {
    return 'operands' in of ? this.operations.has(of) : this.values.has(of);
  }

  private need(of: Value | Operation): void {
    const known: Set<Value | Operation> = 'operands' in of ? this.operations : this.values;
    if (known.has(of)) return;
    known.add(of);
    this.pending.push(of);
  }

  private reach(operation: Operation): void {
    const passing = operation.interface(branch);
    const passed = new Map<Value, number>();
    // What only goes to the argument of a block is needed when that is.
    if (passing)
      for (const [at] of operation.successors.entries())
        for (const value of passing.operandsOf(operation, at)) passed.set(value, (passed.get(value) ?? 0) + 1);
    for (const value of operation.operands) {
      const left = passed.get(value) ?? 0;
      if (left > 0) passed.set(value, left - 1);
      else this.need(value);
    }
    // What is dead inside goes by itself.
    operation.walk((inner) => {
      if (inner !== operation) for (const value of inner.operands) this.need(value);
    });
  }

  private trace(value: Value): void {
    const { owner } = value;
    if (owner) return this.need(owner);
    const block = value.parentBlock;
    if (!block || block.parent !== this.region || block.isEntry) return;
    for (const source of sourcesOf(block, value.index)) if (source) this.need(source);
  }
}

/** Every edge that leads to a block: the terminator and the number of the successor. */
function edgesTo(block: Block): readonly (readonly [Operation, number])[] {
  const edges: (readonly [Operation, number])[] = [];
  for (const from of block.predecessors)
    for (const [at, successor] of from.successors.entries())
      if (successor === block) edges.push([from.last as Operation, at]);
  return edges;
}

/** What argument `at` of a block is on each way there; undefined for a way that does not tell. */
const sourcesOf = (block: Block, at: number): readonly (Value | undefined)[] =>
  edgesTo(block).map(([terminator, successor]) => terminator.interface(branch)?.operandsOf(terminator, successor)[at]);

/** Whether every way to a block says what it passes. */
const isTransparent = (block: Block): boolean =>
  !block.isEntry && edgesTo(block).every(([terminator]) => terminator.interface(branch) !== undefined);

/** Erases argument `at` and what is passed for it. */
function eraseArgument(block: Block, at: number, rewriter: Rewriter): void {
  for (const [terminator, successor] of edgesTo(block)) {
    const passing = terminator.interface(branch);
    if (!passing) continue;
    const values = passing.operandsOf(terminator, successor);
    rewriter.modify(terminator, () => passing.setOperandsOf(terminator, successor, values.toSpliced(at, 1)));
  }
}

/** Erases what is not needed, also when it reads itself on the way around a loop. */
function dropDead(region: Region, rewriter: Rewriter): number {
  const order = reversePostOrder(region);
  // Blocks that were left though nothing leads to them may read anything.
  if (order.length < region.blocks.length) return 0;
  const liveness = new Liveness(region);
  const deadArguments: (readonly [Block, number])[] = [];
  for (const block of order) {
    if (!isTransparent(block)) continue;
    for (const argument of [...block.arguments].reverse())
      if (!liveness.isNeeded(argument)) deadArguments.push([block, argument.index]);
  }
  for (const [block, at] of deadArguments) eraseArgument(block, at, rewriter);
  let changes = deadArguments.length;
  // Each reader comes after what it reads; what is passed between blocks has just been cut.
  for (const block of [...order].reverse())
    for (const operation of [...block.operations].reverse())
      if (!liveness.isNeeded(operation)) {
        rewriter.erase(operation);
        changes++;
      }
  for (const [block, at] of deadArguments) rewriter.eraseArgument(block, at);
  return changes;
}

/** Replaces arguments that have the same value on every way to their block. */
function dropRedundantArguments(region: Region, rewriter: Rewriter): number {
  const dominance = new Dominance();
  let changes = 0;
  for (const block of region.blocks) {
    if (!isTransparent(block) || block.predecessors.length === 0) continue;
    for (const argument of [...block.arguments].reverse()) {
      const sources = new Set(sourcesOf(block, argument.index));
      sources.delete(argument);
      const [only] = sources;
      const { first } = block;
      if (sources.size !== 1 || !only || !first || !dominance.dominates(only, first)) continue;
      rewriter.replaceUses(argument, only);
      eraseArgument(block, argument.index, rewriter);
      rewriter.eraseArgument(block, argument.index);
      changes++;
    }
  }
  return changes;
}

/** Of blocks that say the same and take the same, keeps the first. */
function mergeIdentical(region: Region, rewriter: Rewriter): number {
  const { columns } = region.owner.context;
  const kept = new Map<string, Block[]>();
  const lost: Block[] = [];
  for (const block of region.blocks) {
    if (block.isEntry || block.predecessors.length === 0) continue;
    const { operations } = block;
    const key = operations.map(({ name }) => name).join();
    const alike = kept.get(key) ?? [];
    kept.set(key, alike);
    const other = isReadElsewhere(block) ? undefined : alike.find((one) => blocksMatch(columns, one.id, block.id));
    if (!other) {
      alike.push(block);
      continue;
    }
    for (const [terminator] of edgesTo(block))
      rewriter.modify(terminator, () =>
        terminator.setSuccessors(terminator.successors.map((one) => (one === block ? other : one))),
      );
    lost.push(block);
  }
  rewriter.eraseBlocks(lost);
  return lost.length;
}

/** Whether another block reads what this one makes. */
const isReadElsewhere = (block: Block): boolean =>
  [...block.arguments, ...block.operations.flatMap((operation) => operation.results)].some((value) =>
    value.users.some((user) => !isInBlock(user, block)),
  );

function isInBlock(operation: Operation, block: Block): boolean {
  for (let at: Operation | undefined = operation; at; at = at.parentOperation) if (at.parent === block) return true;
  return false;
}
