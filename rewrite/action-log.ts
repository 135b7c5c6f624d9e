/** A log of actions: what was tried where, and what came of it, one line for each with the IR before and after. */
import { prettyLocation } from '../ir/location.ts';
import type { Action, ActionObserver, ActionOutcome } from './action.ts';
import { numbered, operationLine, valueMark } from './operation-line.ts';

/** What a log tells. */
export interface ActionLogOptions {
  /** Also what did not apply, with the reason. */
  readonly misses?: boolean;
}

/** Writes actions as they happen. The number behind a name counts its tries: action limits speak of it. */
export class ActionLog implements ActionObserver {
  private readonly write: (line: string) => void;
  private readonly misses: boolean;
  private readonly tries: Map<string, number>;
  private depth: number;
  private before: string;
  private place: string;

  constructor(write: (line: string) => void, options: ActionLogOptions = {}) {
    this.write = write;
    this.misses = options.misses ?? false;
    this.tries = new Map();
    this.depth = 0;
    this.before = '';
    this.place = '';
  }

  private line(text: string): void {
    this.write(`${'  '.repeat(this.depth)}${text}\n`);
  }

  begins({ kind, name, root }: Action): void {
    const key = `${kind}:${name}`;
    this.tries.set(key, (this.tries.get(key) ?? 0) + 1);
    const place = prettyLocation(root.location);
    if (kind === 'pass') {
      this.line(`${key} #${this.tries.get(key)} on '${root.name}' at ${place}: begins`);
      this.depth++;
      return;
    }
    this.before = operationLine(root);
    this.place = `on '${root.name}' at ${place}`;
  }

  ends({ kind, name, root }: Action, { reason, made, modified, replacedBy }: ActionOutcome): void {
    const key = `${kind}:${name}`;
    if (kind === 'pass') {
      this.depth--;
      this.line(`${key} #${this.tries.get(key)}: ${reason === undefined ? 'changed the IR' : reason}`);
      return;
    }
    if (reason !== undefined) {
      if (this.misses) this.line(`${key} #${this.tries.get(key)} ${this.place}: does not apply: ${reason}`);
      return;
    }
    const after = [...made, ...modified.filter((operation) => operation === root)].map(operationLine);
    if (after.length === 0)
      after.push(replacedBy && replacedBy.length > 0 ? replacedBy.map(valueMark).join(', ') : 'nothing');
    const [before, ...rest] = numbered([this.before, ...after]);
    this.line(`${key} #${this.tries.get(key)} ${this.place}: applied`);
    this.line(`  - ${before}`);
    for (const one of rest) this.line(`  + ${one}`);
  }
}
