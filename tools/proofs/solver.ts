/** Asking Z3, where the optional package `z3-solver` is installed. */
import { createRequire } from 'node:module';
import { assertion, type Term } from './term.ts';

/** What a solver found: the claim never holds, holds for these values of its names, or neither in the time it had. */
export type Finding =
  | { readonly kind: 'never' }
  | { readonly kind: 'holds'; readonly values: ReadonlyMap<string, bigint> }
  | { readonly kind: 'unknown' };

/** A solver that was started. It keeps the process alive until it is closed. */
export interface Solver {
  /** Whether a truth value can hold, within a budget in milliseconds. */
  canHold(claim: Term, milliseconds: number): Promise<Finding>;
  close(): Promise<void>;
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(String(error.code));

/** The package, which is CommonJS; a bundle that was compiled before cannot import, but it can require. */
function load(): typeof import('z3-solver') | undefined {
  try {
    return createRequire(import.meta.url)('z3-solver') as typeof import('z3-solver');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Starts Z3; undefined where it is not installed. */
export async function startSolver(): Promise<Solver | undefined> {
  const loaded = load();
  if (!loaded) return undefined;
  // A thread that is ended while it says goodbye would be told of on standard error.
  const { Context, em } = await loaded.init({ printErr: () => undefined });
  const { Solver: newSolver, BitVec, isBitVecVal } = Context('rules');
  return {
    async canHold(claim, milliseconds) {
      const { text, names } = assertion(claim);
      const solver = new newSolver('QF_BV');
      solver.set('timeout', milliseconds);
      // Not `eval_smtlib2_string`: its text may be gone when the thread that works on it reads it.
      solver.fromString(text);
      const answer = await solver.check();
      if (answer === 'unsat') return { kind: 'never' };
      if (answer === 'unknown') return { kind: 'unknown' };
      const model = solver.model();
      const values = [...names].map(([name, width]): [string, bigint] => {
        const value = model.eval(BitVec.const(name, width), true);
        if (!isBitVecVal(value)) throw new Error(`the solver gives no number for ${name}`);
        return [name, value.value()];
      });
      return { kind: 'holds', values: new Map(values) };
    },
    close: () => loaded.killThreads(em),
  };
}
