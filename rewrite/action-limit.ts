/** Limits on actions: which tries of what are let through. For finding by halving what breaks a program. */
import type { ActionKind, ActionObserver } from './action.ts';

/** Lets through the tries number `from` to `to`, counted from 1, of what it names. */
export interface ActionLimit {
  readonly kind: ActionKind | undefined;
  /** Undefined for every name of the kind, counted together. */
  readonly name: string | undefined;
  readonly from: number;
  readonly to: number;
}

/** The form of a limit, for messages. */
export const actionLimitForm =
  'KIND:NAME=FROM-TO, such as pattern:fuse-add=1-10; KIND is pattern, fold, step, pass or *';

/** Reads `pattern:name=from-to`; `name=3` is the third alone, `*` stands for all. Undefined when it is none. */
export function parseActionLimit(text: string): ActionLimit | undefined {
  const [, kind, name, first, last] = /^(pattern|fold|step|pass|\*):(.+)=(\d+)(?:-(\d*))?$/.exec(text) ?? [];
  if (kind === undefined || name === undefined || first === undefined) return undefined;
  const open = text.endsWith('-');
  const from = Number(first);
  const to = open ? Number.POSITIVE_INFINITY : last === undefined ? from : Number(last);
  if (to < from && !(from === 1 && to === 0)) return undefined;
  return {
    kind: kind === '*' ? undefined : (kind as ActionKind),
    name: name === '*' ? undefined : name,
    from,
    to,
  };
}

/** Refuses the tries that a limit does not let through; each limit counts what it names. */
export class ActionLimits implements ActionObserver {
  private readonly limits: readonly ActionLimit[];
  private readonly counts: number[];

  constructor(limits: readonly ActionLimit[]) {
    this.limits = limits;
    this.counts = limits.map(() => 0);
  }

  permits(kind: ActionKind, name: string): boolean {
    let may = true;
    for (const [at, limit] of this.limits.entries()) {
      if ((limit.kind ?? kind) !== kind || (limit.name ?? name) !== name) continue;
      const count = ((this.counts[at] as number) + 1) as number;
      this.counts[at] = count;
      if (count < limit.from || count > limit.to) may = false;
    }
    return may;
  }
}
