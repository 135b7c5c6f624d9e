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

/**
 * What Z3 may hold, in megabytes. Its memory ends at 2 GB, and going beyond ends in no answer at all, so that whoever
 * waits does so for ever. It does not give back what a question took that was given up for it; so Z3 is then started
 * anew.
 */
const memory = 512;
/** Z3 is not waited for much longer than the budget that it was given and does not always notice, in milliseconds. */
const grace = 30_000;

/** Z3 has come to an end that only a new start helps against. */
class EngineFailure extends Error {}

/** What comes of `promise`, or an EngineFailure. */
function withinTime<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new EngineFailure('no answer')), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

type Package = typeof import('z3-solver');

/** Z3 as it was started once. */
async function startEngine({ init, killThreads }: Package, megabytes: number): Promise<Solver> {
  // A thread that is ended while it says goodbye would be told of on standard error.
  const { Context, setParam, em } = await init({ printErr: () => undefined });
  setParam('memory_max_size', megabytes);
  const { Solver: newSolver, BitVec, isBitVecVal } = Context('rules');
  return {
    async canHold(claim, milliseconds) {
      const { text, names } = assertion(claim);
      const solver = new newSolver('QF_BV');
      solver.set('timeout', milliseconds);
      // Not `eval_smtlib2_string`: its text may be gone when the thread that works on it reads it.
      solver.fromString(text);
      const answer = await withinTime(solver.check(), milliseconds + grace);
      if (answer === 'unknown' && /memory/.test(solver.reasonUnknown())) throw new EngineFailure('out of memory');
      const read = (): Finding => {
        if (answer !== 'sat') return { kind: answer === 'unsat' ? 'never' : 'unknown' };
        const model = solver.model();
        const values = [...names].map(([name, width]): [string, bigint] => {
          const value = model.eval(BitVec.const(name, width), true);
          if (!isBitVecVal(value)) throw new Error(`the solver gives no number for ${name}`);
          return [name, value.value()];
        });
        return { kind: 'holds', values: new Map(values) };
      };
      const finding = read();
      solver.release();
      return finding;
    },
    close: () => killThreads(em),
  };
}

/** Starts Z3 with so many megabytes, mostly the usual ones; undefined where it is not installed. */
export async function startSolver(megabytes: number = memory): Promise<Solver | undefined> {
  const loaded = load();
  if (!loaded) return undefined;
  let engine: Solver | undefined = await startEngine(loaded, megabytes);
  return {
    async canHold(claim, milliseconds) {
      engine ??= await startEngine(loaded, megabytes);
      try {
        return await engine.canHold(claim, milliseconds);
      } catch (error) {
        if (!(error instanceof EngineFailure || (error instanceof Error && /memory/.test(error.message)))) throw error;
        await engine.close();
        engine = undefined;
        return { kind: 'unknown' };
      }
    },
    async close() {
      await engine?.close();
      engine = undefined;
    },
  };
}
