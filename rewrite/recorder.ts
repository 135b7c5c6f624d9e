/** Takes note of what one action does, by listening to the rewriter. */
import type { Context } from '../ir/context.ts';
import type { Operation } from '../ir/operation.ts';
import type { Value } from '../ir/value.ts';
import type { Action, ActionObserver, ActionOutcome } from './action.ts';
import type { RewriteListener } from './rewriter.ts';

/** Records actions for an observer. Only made where there is one. */
export class ActionRecorder {
  readonly observer: ActionObserver;
  private readonly context: Context;
  private readonly made: Set<number>;
  private readonly modified: Set<number>;
  private root: number;
  private replacedBy: readonly number[] | undefined;

  constructor(context: Context, observer: ActionObserver) {
    this.context = context;
    this.observer = observer;
    this.made = new Set();
    this.modified = new Set();
    this.root = 0;
    this.replacedBy = undefined;
  }

  /** A listener that takes note and passes on. */
  listening(to: RewriteListener): RewriteListener {
    return {
      inserted: (op) => {
        this.made.add(op);
        to.inserted?.(op);
      },
      modified: (op) => {
        this.modified.add(op);
        to.modified?.(op);
      },
      replaced: (op, by) => {
        if (op === this.root) this.replacedBy = by;
        to.replaced?.(op, by);
      },
      erased: (op) => {
        this.made.delete(op);
        this.modified.delete(op);
        to.erased?.(op);
      },
    };
  }

  /** Before an action. */
  begin(action: Action): void {
    this.made.clear();
    this.modified.clear();
    this.root = action.root.id;
    this.replacedBy = undefined;
    this.observer.begins?.(action);
  }

  /** After it; `reason` says why nothing was done. */
  end(action: Action, reason: string | undefined): void {
    this.observer.ends?.(action, this.outcome(reason));
  }

  private outcome(reason: string | undefined): ActionOutcome {
    const operations = (ids: Iterable<number>): readonly Operation[] =>
      [...ids].map((id) => this.context.operation(id));
    const modified = [...this.modified].filter((op) => !this.made.has(op));
    const replacedBy: readonly Value[] | undefined = this.replacedBy?.map((value) => this.context.value(value));
    return { reason, made: operations(this.made), modified: operations(modified), replacedBy };
  }
}
