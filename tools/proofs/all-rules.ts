/** The rules of paleozoic that are checked, and the types that they are checked for. Membership is this list. */
import { arith } from '../../dialects/arith/index.ts';
import { graph } from '../../dialects/graph/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import { tensoropPatterns } from '../../dialects/tensorop/patterns.ts';
import { requantizePatterns } from '../../dialects/tensorop/quantize-patterns.ts';
import {
  type AnyOp,
  bf16,
  type Dialect,
  f16,
  f32,
  f64,
  i16,
  i8,
  index,
  integerType,
  tensorType,
  type Type,
} from '../../ir/index.ts';
import { sinkTranspose } from '../../lowering/layout.ts';
import type { RewritePattern } from '../../rewrite/index.ts';
import { type ConstantFold, constantFold } from './constant-fold.ts';
import type { DrawnRule } from './drawn.ts';
import { byFold, byPattern, type CheckedRule, foldRules, patternRule } from './rule.ts';

/** Widths around which arithmetic has its corners. */
export const usualWidths: readonly number[] = [1, 2, 3, 4, 7, 8, 16, 31, 32, 33, 64];
/** Every width that a machine has words for. */
export const allWidths: readonly number[] = Array.from({ length: 64 }, (_, at) => at + 1);

/** The main types for some widths; `index` goes with 64. */
export const integersOf = (widths: readonly number[]): readonly Type[] => [
  ...widths.map((width) => integerType(width)),
  ...(widths.includes(64) ? [index] : []),
];
/** The main types of rules over floating-point numbers. */
export const floats: readonly Type[] = [f16, bf16, f32, f64];
const arraysOf = (...elements: readonly Type[]): readonly Type[] =>
  elements.map((element) => tensorType([65536], element));
/** One array holds every half; singles are sampled. */
export const arrays: readonly Type[] = arraysOf(f16, f32);
/** One array holds every integer. */
export const integerArrays: readonly Type[] = arraysOf(i8, i16);
/** Integers as tensors of one, for what functions of elements do to each. */
export const elementsOf = (widths: readonly number[]): readonly Type[] =>
  widths.map((width) => tensorType([], integerType(width)));

/** Rules and the main types that they are judged for. */
export interface RuleSet {
  readonly rules: readonly CheckedRule[];
  readonly constants: readonly ConstantFold[];
  readonly drawn: readonly DrawnRule[];
  /** Whether their values are single numbers, tensors of integers of any width, arrays, or not known beforehand. */
  readonly over: 'numbers' | 'integers' | 'arrays' | 'anything';
}

const definitionsOf = (dialect: Dialect): readonly Dialect['ops'][string][] => Object.values(dialect.ops);
const foldsOf = (dialect: Dialect, isOne: (op: AnyOp) => boolean = () => true): readonly CheckedRule[] =>
  (definitionsOf(dialect) as readonly AnyOp[])
    .filter(isOne)
    .flatMap(({ definition }) => foldRules(definition, dialect, [dialect]));

/** The folds of operations that move data: what they do follows from shapes. */
const movesOf = (dialect: Dialect): readonly DrawnRule[] =>
  definitionsOf(dialect).flatMap((op) => {
    const { fold, sample, operands, opName } = op.definition;
    return fold && sample && operands.length === 1
      ? [{ name: `${opName} by shape`, source: 'fold', dialect, roots: [op as AnyOp], apply: byFold(fold, dialect) }]
      : [];
  });
const drawnPattern = (pattern: RewritePattern, dialect: Dialect, roots: readonly AnyOp[]): DrawnRule => ({
  name: pattern.name,
  source: 'pattern',
  dialect,
  roots,
  apply: byPattern(pattern),
});
const { add, max, mul, neg, relu, requantize } = tensorop.ops;
const isOfIntegers = ({ opName }: AnyOp): boolean => opName === requantize.opName;

/** Folds and patterns of arithmetic and of the operations on tensors that keep every bit. */
export const allRules: readonly RuleSet[] = [
  {
    rules: foldsOf(arith),
    constants: definitionsOf(arith).flatMap((op) => constantFold(op, [arith]) ?? []),
    drawn: [],
    over: 'numbers',
  },
  {
    rules: [
      ...foldsOf(tensorop, isOfIntegers),
      ...requantizePatterns.flatMap((pattern) => patternRule(pattern, [tensorop]) ?? []),
    ],
    constants: [],
    drawn: [],
    over: 'integers',
  },
  {
    rules: [
      ...[graph, tensorop].flatMap((dialect) => foldsOf(dialect, (op) => !isOfIntegers(op))),
      ...tensoropPatterns
        .filter((pattern) => !requantizePatterns.includes(pattern))
        .flatMap((pattern) => patternRule(pattern, [tensorop]) ?? []),
    ],
    constants: [],
    drawn: [
      ...[graph, tensorop].flatMap(movesOf),
      ...tensoropPatterns.flatMap((pattern) =>
        pattern.root && !pattern.dag ? [drawnPattern(pattern, tensorop, [pattern.root])] : [],
      ),
      drawnPattern(sinkTranspose, tensorop, [add, max, mul, neg, relu] as readonly AnyOp[]),
    ],
    over: 'arrays',
  },
];
