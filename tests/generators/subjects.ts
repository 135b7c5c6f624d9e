/** The dialects that programs are generated of in tests, and how many operations of each a generator reaches. */
import { arith } from '../../dialects/arith/index.ts';
import { builtin } from '../../dialects/builtin/index.ts';
import { cf } from '../../dialects/cf/index.ts';
import { func } from '../../dialects/func/index.ts';
import { graph } from '../../dialects/graph/index.ts';
import { memref } from '../../dialects/memref/index.ts';
import { scf } from '../../dialects/scf/index.ts';
import { tensor } from '../../dialects/tensor/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import { type AnyOp, Context, type Dialect, type Operation, verify } from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { Discarded, drawOf, drawWholeProgram, type ProgramOptions, Random } from '../../tools/check/index.ts';

/** Sets of dialects that make up programs which can be run, by a name. */
export const runnable: Readonly<Record<string, readonly Dialect[]>> = {
  numbers: [arith, func, scf, cf],
  layers: [graph, scf],
  'tensor operations': [tensorop, arith, cf],
};

/** Sets of dialects whose programs the interpreter does not run. */
export const notRunnable: Readonly<Record<string, readonly Dialect[]>> = {
  tensors: [tensor, scf],
  buffers: [memref, scf, cf],
};

/** Everything that upstream knows as well. */
export const upstream: readonly Dialect[] = [arith, func, scf, cf, tensor, memref];

/** The operations of a dialect. */
export const opsOf = ({ ops }: Dialect): readonly AnyOp[] => Object.values(ops);

/** Reads a program in a context of its own. */
export const read = (text: string, dialects: readonly Dialect[]): Operation =>
  parseModule(text, new Context([...new Set([builtin, func, arith, ...dialects])]));

/** What is wrong with a program: it is not valid, or it is not printed as it was read. */
export function wrongIn(text: string, dialects: readonly Dialect[]): readonly string[] {
  const module = read(text, dialects);
  const errors = verify(module).map(({ message }) => message);
  return printOperation(module) === text ? errors : [...errors, 'it is printed otherwise'];
}

/** `count` programs, the same for the same seed. */
export const programs = (count: number, seed: number, options: ProgramOptions): readonly string[] =>
  Array.from({ length: count }, (_, at) => drawWholeProgram(drawOf(new Random(seed, at)), options));

/** Whether some attempts give something; what was discarded does not count. */
export function isMade(attempts: number, make: (at: number) => string): boolean {
  for (let at = 0; at < attempts; at++)
    try {
      make(at);
      return true;
    } catch (error) {
      if (!(error instanceof Discarded)) throw error;
    }
  return false;
}
