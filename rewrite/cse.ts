/** Common subexpressions: of equal pure operations the one that dominates stands for all. */
import type { Columns } from '../ir/columns.ts';
import type { Context } from '../ir/context.ts';
import { Dominance, reversePostOrder } from '../ir/dominance.ts';
import { effectsOf, isErasable } from '../ir/effects.ts';
import type { Operation } from '../ir/operation.ts';
import { sameRegions } from '../ir/region-equality.ts';
import type { ActionObserver } from './action.ts';
import { pass } from './pass.ts';
import { fact, OpFacts } from './pattern-table.ts';
import { takeStep } from './step.ts';
import { firstInside } from './walk-columns.ts';

/** How many operations went: those equal to another, and those whose results nobody read. */
export interface Merged {
  readonly merged: number;
  readonly dead: number;
}

/**
 * Merges equal operations inside `root` that have no effect, or that read what nobody wrote to in
 * between; operations with regions are equal when these say the same. Drops what is dead on the way.
 */
export function mergeEqual(root: Operation, observer?: ActionObserver): Merged {
  const facts = new OpFacts(root.context);
  let merged = 0;
  let dead = 0;
  // Values do not cross an isolated operation, so each has a table of its own.
  const isolated = [root.id];
  for (let next = isolated.pop(); next !== undefined; next = isolated.pop()) {
    const found = new Merger(root.context, facts, isolated, observer).run(next);
    merged += found.merged;
    dead += found.dead;
  }
  return { merged, dead };
}

/** Drops all but one of equal pure operations. */
export const cse = pass('cse', {
  summary: 'merge equal operations',
  exact: true,
  run(root, _settings, context) {
    const { merged, dead } = mergeEqual(root, context.observer);
    context.count('merged', merged);
    context.count('dead', dead);
  },
});

/** Marks an operation among blocks: its regions have been looked at. */
const insideDone = 1 << 31;

const isUnused = (columns: Columns, op: number): boolean => {
  const first = columns.opResults[op] as number;
  const end = first + (columns.opResultCount[op] as number);
  for (let value = first; value < end; value++) if (columns.valueUse[value] !== 0) return false;
  return true;
};

class Merger {
  private readonly context: Context;
  private readonly columns: Columns;
  private readonly facts: OpFacts;
  private readonly isolated: number[];
  private readonly observer: ActionObserver | undefined;
  private readonly dominance: Dominance;
  /** Open addressing: operations by the hash of what makes them equal. */
  private slots: Int32Array;
  private size: number;
  private merged: number;
  private dead: number;
  /** How often each block has been seen to write, and how often that was when an operation read. */
  private readonly writes: Map<number, number>;
  private readonly readAt: Map<number, number>;

  constructor(context: Context, facts: OpFacts, isolated: number[], observer: ActionObserver | undefined) {
    this.observer = observer;
    this.context = context;
    this.columns = context.columns;
    this.facts = facts;
    this.isolated = isolated;
    this.dominance = new Dominance();
    this.slots = new Int32Array(256);
    this.size = 0;
    this.merged = 0;
    this.dead = 0;
    this.writes = new Map();
    this.readAt = new Map();
  }

  run(root: number): Merged {
    const { columns } = this;
    const open: number[][] = [this.blocksOf(root)];
    for (let blocks = open.at(-1); blocks; blocks = open.at(-1)) {
      // A marked entry goes on with an operation whose inside was looked at.
      const entry = blocks.pop();
      if (entry === undefined) {
        open.pop();
        continue;
      }
      let op = columns.blockFirst[entry] as number;
      if (entry < 0) {
        op = columns.opNext[entry & ~insideDone] as number;
        this.visit(entry & ~insideDone);
      }
      while (op !== 0) {
        const next = columns.opNext[op] as number;
        if (columns.opRegion[op] !== 0 && firstInside(columns, op) !== 0) {
          if ((this.facts.of(columns.opName[op] as number) & fact.isolated) !== 0) {
            this.isolated.push(op);
            this.visit(op);
          } else {
            blocks.push(op | insideDone);
            open.push(this.blocksOf(op));
            break;
          }
        } else this.visit(op);
        op = next;
      }
    }
    return { merged: this.merged, dead: this.dead };
  }

  /** The blocks of all regions, last first, each after those that dominate it when popped. */
  private blocksOf(op: number): number[] {
    const { columns, context } = this;
    const blocks: number[] = [];
    for (let region = columns.opRegion[op] as number; region !== 0; region = columns.regionNext[region] as number) {
      if (columns.regionFirst[region] === columns.regionLast[region]) {
        if (columns.regionFirst[region] !== 0) blocks.push(columns.regionFirst[region] as number);
      } else for (const block of reversePostOrder(context.region(region))) blocks.push(block.id);
    }
    return blocks.reverse();
  }

  private visit(op: number): void {
    const { columns } = this;
    const facts = this.facts.of(columns.opName[op] as number);
    if ((facts & (fact.terminator | fact.symbol)) !== 0) return;
    if ((facts & fact.pure) === 0 && !this.isMergeable(op, facts)) return;
    if (isUnused(columns, op)) return this.drop(op);
    if (columns.opResultCount[op] === 0 || columns.opSuccessors[op] !== 0) return;
    this.meet(op, facts);
  }

  /** Whether an operation that is not simply pure could be replaced by an earlier one; takes note of what it writes. */
  private isMergeable(op: number, facts: number): boolean {
    const { columns } = this;
    const block = columns.opParent[op] as number;
    const wrote = (): false => {
      this.writes.set(block, (this.writes.get(block) ?? 0) + 1);
      return false;
    };
    if ((facts & fact.effects) === 0) return wrote();
    const operation = this.context.operation(op);
    const effects = effectsOf(operation);
    if (effects === undefined) return wrote();
    if (effects.some(({ kind }) => kind === 'write')) wrote();
    if (isUnused(columns, op) && isErasable(operation)) {
      this.drop(op);
      return false;
    }
    if (effects.some(({ kind }) => kind !== 'read')) return false;
    if (effects.length > 0) this.readAt.set(op, this.writes.get(block) ?? 0);
    return operation.regions.every((region) => region.blocks.length <= 1);
  }

  private drop(op: number): void {
    const dropped = takeStep(
      this.observer,
      'erase-dead',
      () => this.context.operation(op),
      () => this.context.eraseOperation(op),
    );
    if (dropped) this.dead++;
  }

  /** Whether what `op` reads is what `earlier` read. */
  private readsTheSame(op: number, earlier: number): boolean {
    const read = this.readAt.get(op);
    if (read === undefined) return true;
    return this.columns.opParent[op] === this.columns.opParent[earlier] && this.readAt.get(earlier) === read;
  }

  /** Replaces `op` by an equal operation before it, or remembers it for those that come. */
  private meet(op: number, facts: number): void {
    const { columns } = this;
    const mask = this.slots.length - 1;
    const commutative = (facts & fact.commutative) !== 0 && columns.opOperandCount[op] === 2;
    let slot = this.hash(op, commutative) & mask;
    for (let other = this.slots[slot] as number; other !== 0; other = this.slots[slot] as number) {
      if (this.equal(op, other, commutative) && this.readsTheSame(op, other) && this.dominates(other, op))
        return this.merge(op, other);
      slot = (slot + 1) & mask;
    }
    this.slots[slot] = op;
    if (++this.size * 2 > this.slots.length) this.grow();
  }

  private merge(op: number, into: number): void {
    const merged = takeStep(
      this.observer,
      'merge-equal',
      () => this.context.operation(op),
      () => {
        this.replace(op, into);
        return this.observer && { replacedBy: this.context.operation(into).results };
      },
    );
    if (merged) this.merged++;
  }

  private replace(op: number, into: number): void {
    const { columns } = this;
    const from = columns.opResults[op] as number;
    const to = columns.opResults[into] as number;
    for (let at = 0; at < (columns.opResultCount[op] as number); at++) columns.replaceUses(from + at, to + at);
    this.context.eraseOperation(op);
  }

  private dominates(earlier: number, later: number): boolean {
    const { columns, context } = this;
    // In one block the walk came to the earlier one first.
    if (columns.opParent[earlier] === columns.opParent[later]) return true;
    return this.dominance.dominates(context.value(columns.opResults[earlier] as number), context.operation(later));
  }

  private hash(op: number, commutative: boolean): number {
    const { columns } = this;
    let hash = Math.imul((columns.opName[op] as number) ^ 0x811c9dc5, 0x01000193);
    hash = Math.imul(hash ^ (columns.opDictionary[op] as number), 0x85ebca6b);
    const first = columns.opOperands[op] as number;
    if (commutative) {
      const a = columns.slotValue[first] as number;
      const b = columns.slotValue[first + 1] as number;
      hash = Math.imul(hash ^ Math.min(a, b), 0x01000193);
      hash = Math.imul(hash ^ Math.max(a, b), 0xc2b2ae35);
    } else {
      const end = first + (columns.opOperandCount[op] as number);
      for (let slot = first; slot < end; slot++) {
        hash = Math.imul(hash ^ (columns.slotValue[slot] as number), 0x01000193);
        hash ^= hash >>> 15;
      }
    }
    hash = Math.imul(hash ^ (columns.valueType[columns.opResults[op] as number] as number), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  }

  private equal(a: number, b: number, commutative: boolean): boolean {
    const { columns } = this;
    if (
      columns.opName[a] !== columns.opName[b] ||
      columns.opDictionary[a] !== columns.opDictionary[b] ||
      columns.opOperandCount[a] !== columns.opOperandCount[b] ||
      columns.opResultCount[a] !== columns.opResultCount[b]
    )
      return false;
    const resultsA = columns.opResults[a] as number;
    const resultsB = columns.opResults[b] as number;
    for (let at = 0; at < (columns.opResultCount[a] as number); at++)
      if (columns.valueType[resultsA + at] !== columns.valueType[resultsB + at]) return false;
    const operandsA = columns.opOperands[a] as number;
    const operandsB = columns.opOperands[b] as number;
    const values = columns.slotValue;
    if (commutative && values[operandsA] === values[operandsB + 1] && values[operandsA + 1] === values[operandsB])
      return columns.opRegion[a] === 0;
    for (let at = 0; at < (columns.opOperandCount[a] as number); at++)
      if (values[operandsA + at] !== values[operandsB + at]) return false;
    return columns.opRegion[a] === 0 || sameRegions(columns, a, b);
  }

  private grow(): void {
    const { slots: before, columns } = this;
    const slots = new Int32Array(before.length * 2);
    const mask = slots.length - 1;
    for (const op of before) {
      if (op === 0) continue;
      const commutative =
        (this.facts.of(columns.opName[op] as number) & fact.commutative) !== 0 && columns.opOperandCount[op] === 2;
      let slot = this.hash(op, commutative) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = op;
    }
    this.slots = slots;
  }
}
