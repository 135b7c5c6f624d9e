/** Fills coverage while a pipeline runs. */
import type { Action, ActionObserver, ActionOutcome } from '../../rewrite/index.ts';
import { addOperations, type CampaignCoverage, type Seen, typeOf } from './coverage.ts';

/** The name of a fold among rules. */
export const foldRule = (op: string): string => `fold of ${op}`;

/** Counts operations that passes are run on, and what rules are applied to. */
export class PassCoverage implements ActionObserver {
  private readonly coverage: CampaignCoverage;
  /** Passes that run, the innermost last, and under them the rules that are being tried. */
  private readonly passes: string[];
  private readonly tries: Seen[];

  constructor(coverage: CampaignCoverage) {
    this.coverage = coverage;
    this.passes = [];
    this.tries = [];
  }

  begins({ kind, name, root }: Action): void {
    if (kind === 'pass') {
      this.passes.push(name);
      addOperations(this.coverage, root, name);
      return;
    }
    // Asked before: an applied rule mostly leaves no root behind.
    const rule = kind === 'fold' ? foldRule(name) : name;
    this.tries.push({ op: root.name, type: typeOf(root), pass: this.passes.at(-1) ?? '', rule });
  }

  ends({ kind }: Action, { reason }: ActionOutcome): void {
    if (kind === 'pass') {
      this.passes.pop();
      return;
    }
    const seen = this.tries.pop();
    if (seen && reason === undefined) this.coverage.add(seen);
  }
}
