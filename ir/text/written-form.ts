/** Which operations their hand-written form can say: the others are printed in generic form. */
import type { AssemblyHooks } from '../assembly.ts';
import type { Context } from '../context.ts';
import type { OpDefinition } from '../definition.ts';
import { isVerified } from '../verifier.ts';
import { SignatureTable, signatureErrors } from '../verify-signature.ts';
import { isAsRead } from './inherent.ts';

/** Judges operations of one context; what depends on the signature only is judged once. */
export class WrittenForms {
  private readonly context: Context;
  private readonly right: SignatureTable;
  private readonly said: SignatureTable;
  private readonly isVerified: boolean;

  /** For operations of `scope`. */
  constructor(context: Context, scope: number) {
    this.context = context;
    this.right = new SignatureTable(context.columns);
    this.said = new SignatureTable(context.columns);
    this.isVerified = isVerified(context, scope);
  }

  /** Whether `readsBack` holds of an operation's declared format; it is asked once per signature. */
  saidByFormat(op: number, readsBack: () => boolean): boolean {
    if (this.said.has(op)) return true;
    if (!readsBack()) return false;
    this.said.add(op);
    return true;
  }

  /** Whether `op` is as its declaration says, and so as its hand-written form expects it to be. */
  cover(op: number, definition: OpDefinition, hooks: AssemblyHooks): boolean {
    const { context, right } = this;
    if (!right.has(op)) {
      const operation = context.operation(op);
      if (!operation.attributes.every((entry) => isAsRead(definition, entry))) return false;
      if (signatureErrors(operation, definition).length > 0 || hooks.covers?.(operation) === false) return false;
      right.add(op);
    }
    if (context.columns.opRegion[op] !== 0 && !this.coverRegions(op, definition)) return false;
    return this.isVerified || definition.verifyOperation?.(context.operation(op)) === undefined;
  }

  /** Blocks must end as the form expects, which may leave their terminators out. */
  private coverRegions(op: number, { traits }: OpDefinition): boolean {
    const { columns } = this.context;
    const ended = !traits.has('no-terminator') && !traits.has('graph-region');
    for (let region = columns.opRegion[op] as number; region !== 0; region = columns.regionNext[region] as number) {
      if (traits.has('single-block') && columns.regionFirst[region] !== columns.regionLast[region]) return false;
      // A form does not name the first block.
      if (columns.blockUse[columns.regionFirst[region] as number] !== 0) return false;
      for (let block = columns.regionFirst[region] as number; block !== 0; block = columns.blockNext[block] as number) {
        const last = columns.blockLast[block] as number;
        if (ended && last === 0) return false;
      }
    }
    return true;
  }
}
