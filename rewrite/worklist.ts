/** A stack of operations, each at most once, on typed arrays. */
import type { Columns } from '../ir/columns.ts';
import { visitInside } from './walk-columns.ts';

/** Marks that no worklist uses now, all 0: of many small runs in a large module each would otherwise make its own. */
const idle = new WeakMap<Columns, Uint8Array>();

/** Operations that are still to be looked at; the last pushed is the first popped. */
export class Worklist {
  private readonly columns: Columns;
  private stack: Int32Array;
  private size: number;
  /** 1 for what is on the stack. An erased operation loses its mark, so that its entry is void. */
  private member: Uint8Array;

  constructor(columns: Columns) {
    this.columns = columns;
    this.stack = new Int32Array(1024);
    this.size = 0;
    this.member = idle.get(columns) ?? new Uint8Array(columns.opName.length);
    idle.delete(columns);
  }

  /** Pushes `op` unless it is there already. */
  push(op: number): void {
    if (op >= this.member.length) this.growMembers();
    if (this.member[op] === 1) return;
    this.member[op] = 1;
    if (this.size === this.stack.length) this.growStack();
    this.stack[this.size++] = op;
  }

  /** Takes `op` off, wherever it is. */
  remove(op: number): void {
    if (op < this.member.length) this.member[op] = 0;
  }

  /** The next operation; 0 when there is none. */
  pop(): number {
    while (this.size > 0) {
      const op = this.stack[--this.size] as number;
      if (this.member[op] === 0) continue;
      this.member[op] = 0;
      return op;
    }
    return 0;
  }

  /** Pushes everything inside `root` so that it is popped in order, outer before inner. */
  fill(root: number): void {
    const first = this.size;
    visitInside(this.columns, root, (op) => this.push(op));
    this.stack.subarray(first, this.size).reverse();
  }

  /** Pushes everything inside `root` so that the last is popped first, outer before inner. */
  fillReversed(root: number): void {
    const nothing = (): void => {};
    visitInside(this.columns, root, nothing, (op) => this.push(op));
  }

  /** Empties the list, which is not used any more. */
  release(): void {
    while (this.pop() !== 0);
    idle.set(this.columns, this.member);
    this.member = new Uint8Array(0);
  }

  private growStack(): void {
    const grown = new Int32Array(this.stack.length * 2);
    grown.set(this.stack);
    this.stack = grown;
  }

  private growMembers(): void {
    const grown = new Uint8Array(Math.max(this.columns.opName.length, this.member.length * 2));
    grown.set(this.member);
    this.member = grown;
  }
}
