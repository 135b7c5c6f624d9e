/** Wrong compilers, and programs to find them with. */
import { graph } from '../../dialects/graph/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import { type AnyOp, Context, type Dialect, type f16, f32, type Operation } from '../../ir/index.ts';
import { parseModule } from '../../ir/text/index.ts';
import {
  noMatch,
  type Pass,
  pass,
  pattern,
  pipeline,
  type Pipeline,
  rewriteGreedily,
  type RewritePattern,
  stage,
} from '../../rewrite/index.ts';
import { arith } from '../../dialects/arith/index.ts';
import { Random } from '../../tools/check/random.ts';
import { randomScalarProgram, type StatementWeights } from '../../tools/check/scalar-program.ts';
import { randomTensorProgram } from '../../tools/check/tensor-program.ts';
import { allDialects } from '../../tools/lists.ts';

/** One wrong compiler. */
export interface Miscompile {
  readonly name: string;
  /** What is wrong with it. */
  readonly area: string;
  readonly pipeline: Pipeline;
  /** The pass that is wrong. */
  readonly pass: string;
  /** The pattern that is wrong; undefined where the pass knows no patterns. */
  readonly pattern: string | undefined;
  /** Program number `at`. */
  program(at: number): string;
}

/** Reads a program in a context of its own. */
export const read = (text: string): Operation => parseModule(text, new Context(allDialects));

/** Random programs of numbers, with more of some statements. */
export const numbers =
  (more: Partial<StatementWeights> = {}, operations = 40) =>
  (at: number): string =>
    randomScalarProgram(new Random(77, at), operations, more);

const drawn = (dialect: Dialect, ops: readonly AnyOp[], element: typeof f16 | typeof f32, at: number): string =>
  randomTensorProgram(new Random(1000, at), dialect, ops, element);

/** Random programs of some layers. */
export const layers =
  (...ops: readonly AnyOp[]) =>
  (at: number): string =>
    drawn(graph, ops, f32, at);
/** Random programs of some tensor operations, in single precision or in half. */
export const tensors =
  (element: typeof f16 | typeof f32, ...ops: readonly AnyOp[]) =>
  (at: number): string =>
    drawn(tensorop, ops, element, at);

/** Patterns that are right, among which the wrong one has to be found. */
export const rightPatterns: readonly RewritePattern[] = (['andi', 'ori', 'maxsi', 'minui'] as const).map((key) =>
  pattern(`same-${key}`, arith.ops[key], ({ lhs, rhs }) => (lhs === rhs ? lhs : noMatch('the operands differ'))),
);

/** A pass that applies patterns until nothing changes. */
export const peephole = (name: string, patterns: readonly RewritePattern[]): Pass =>
  pass(name, {
    summary: 'rewrite what has a better form',
    exact: true,
    run: (root, _, { observer, check }) => void rewriteGreedily(root, patterns, { observer, check, maxRewrites: 5000 }),
  }) as unknown as Pass;

/** One pass on the module. */
export const only = (...passes: readonly Pass[]): Pipeline =>
  pipeline('builtin.module', ...passes.map((one) => stage(one)));
