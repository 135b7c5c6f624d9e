/**
 * What patterns promise their drivers, checked where asked: without a match nothing is changed,
 * with a match something is, every change goes through the rewriter, and what is left is valid.
 */
import type { Columns } from '../ir/columns.ts';
import type { Context } from '../ir/context.ts';
import type { Operation } from '../ir/operation.ts';
import { LocalVerifier } from '../ir/verifier.ts';
import type { RewritePattern } from './pattern.ts';
import { failAt, type RewriteListener } from './rewriter.ts';

interface Environment {
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
}
/** Whether contracts are checked where nothing is said: the environment has `PALEOZOIC_CHECK=1`. */
export const checkByDefault: boolean = (globalThis as Environment).process?.env?.['PALEOZOIC_CHECK'] === '1';

/** How far around the root changes are watched: the root, what it reads and who reads it. */
const watchedUsers = 32;

/** Watches one application of one pattern. */
export class Contract {
  private readonly context: Context;
  private readonly columns: Columns;
  private readonly verifier: LocalVerifier | undefined;
  private readonly told: Set<number>;
  private version: number;
  private watched: Map<number, readonly number[]>;

  /** `verifies` says whether operations must be valid after every pattern; in conversions they are at the end. */
  constructor(context: Context, verifies: boolean) {
    this.context = context;
    this.columns = context.columns;
    this.verifier = verifies ? new LocalVerifier(context) : undefined;
    this.told = new Set();
    this.version = 0;
    this.watched = new Map();
  }

  /** A listener that takes note of what goes through the rewriter and passes it on. */
  listening(to: RewriteListener): RewriteListener {
    const note = (op: number): void => {
      this.told.add(op);
    };
    return {
      inserted: (op) => (note(op), to.inserted?.(op)),
      modified: (op) => (note(op), to.modified?.(op)),
      replaced: (op, by) => (note(op), to.replaced?.(op, by)),
      erased: (op) => (note(op), to.erased?.(op)),
    };
  }

  /** Before a pattern is applied to `operation`. */
  begin(operation: Operation): void {
    this.told.clear();
    this.version = this.columns.version;
    this.watched = new Map();
    for (const op of neighbours(this.columns, operation.id)) this.watched.set(op, fingerprint(this.columns, op));
  }

  /** Runs what the driver itself does while a pattern is applied; it is not held against the pattern. */
  internally<T>(body: () => T): T {
    const before = this.columns.version;
    const result = body();
    this.version += this.columns.version - before;
    return result;
  }

  /** After a pattern said that it does not match. */
  unmatched(pattern: RewritePattern, operation: Operation, name: string): void {
    if (this.columns.version !== this.version)
      failAt(
        operation,
        `pattern '${pattern.name}' on '${name}' says that it does not match, but it changed or made operations; ` +
          `decide before changing anything`,
      );
  }

  /** After a pattern gave a replacement or said `changed`, before the driver puts it in. */
  matched(pattern: RewritePattern, operation: Operation, name: string, saysChanged: boolean): void {
    if (saysChanged && this.columns.version === this.version)
      failAt(
        operation,
        `pattern '${pattern.name}' on '${name}' says 'changed', but nothing is; return noMatch(reason)`,
      );
    for (const [op, before] of this.watched) {
      if (this.told.has(op)) continue;
      const now = fingerprint(this.columns, op);
      if (before.length === now.length && before.every((entry, at) => entry === now[at])) continue;
      const what =
        now[0] === before[0] ? `'${operation.context.nameOf(now[0] as number)}'` : 'an operation that it erased';
      failAt(
        operation,
        `pattern '${pattern.name}' on '${name}' changed ${what} behind the rewriter's back; ` +
          `use rewriter.modify, replace, erase or relocate`,
      );
    }
  }

  /** After the outcome was put in: what the pattern made or changed must be valid. */
  settled(pattern: RewritePattern, name: string): void {
    const { columns, context, verifier } = this;
    if (!verifier) return;
    for (const op of this.told) {
      if (columns.opName[op] === 0 || columns.opParent[op] === 0) continue;
      const error = verifier.errorOf(op);
      if (error === undefined) continue;
      const operation = context.operation(op);
      failAt(operation, `pattern '${pattern.name}' on '${name}' leaves '${operation.name}' invalid: ${error}`);
    }
  }
}

function neighbours(columns: Columns, root: number): ReadonlySet<number> {
  const found = new Set([root]);
  const operands = columns.opOperands[root] as number;
  for (let slot = operands; slot < operands + (columns.opOperandCount[root] as number); slot++) {
    const owner = columns.valueOwner[columns.slotValue[slot] as number] as number;
    if (owner > 0) found.add(owner);
  }
  const results = columns.opResults[root] as number;
  for (let value = results; value < results + (columns.opResultCount[root] as number); value++) {
    let users = 0;
    for (let slot = columns.valueUse[value] as number; slot !== 0; slot = columns.slotNext[slot] as number) {
      if (++users > watchedUsers) break;
      found.add(columns.slotOwner[slot] as number);
    }
  }
  return found;
}

function fingerprint(columns: Columns, op: number): readonly number[] {
  const print = [
    columns.opName[op],
    columns.opDictionary[op],
    columns.opParent[op],
    columns.opOperandCount[op],
  ] as number[];
  const operands = columns.opOperands[op] as number;
  for (let slot = operands; slot < operands + (columns.opOperandCount[op] as number); slot++)
    print.push(columns.slotValue[slot] as number);
  const results = columns.opResults[op] as number;
  for (let value = results; value < results + (columns.opResultCount[op] as number); value++)
    print.push(columns.valueType[value] as number);
  return print;
}
