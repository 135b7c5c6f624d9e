/** Wrong rewrites of numbers, choices, loops, branches and calls. */
import { arith } from '../../dialects/arith/index.ts';
import { cf } from '../../dialects/cf/index.ts';
import { func } from '../../dialects/func/index.ts';
import { scf } from '../../dialects/scf/index.ts';
import {
  type AnyOp,
  floatAttribute,
  i64,
  integerAttribute,
  type IntegerType,
  type Operation,
  unitAttribute,
  within,
} from '../../ir/index.ts';
import { changed, noMatch, type Outcome, pattern, type Rewriter, type RewritePattern } from '../../rewrite/index.ts';
import { Random } from '../../tools/check/random.ts';
import type { StatementWeights } from '../../tools/check/scalar-program.ts';
import { type Miscompile, only, peephole, rightPatterns, numbers } from './miscompile.ts';

const { ops } = arith;

/** One operation of two operands stands for another. */
const instead = (name: string, from: AnyOp, to: AnyOp): RewritePattern => ({
  name,
  root: from,
  benefit: 1,
  dag: undefined,
  apply: ({ operands: [lhs, rhs] }) => (to as unknown as (args: object) => Outcome)({ lhs, rhs }),
});

/** Changes an operation in place, once. */
const inPlace = (
  name: string,
  root: AnyOp,
  change: (operation: Operation, rewriter: Rewriter) => void,
  applies: (operation: Operation) => boolean = () => true,
): RewritePattern => ({
  name,
  root,
  benefit: 1,
  dag: undefined,
  apply(operation, rewriter) {
    if (operation.attribute('seen') || !applies(operation)) return noMatch('nothing to change');
    rewriter.modify(operation, () => {
      change(operation, rewriter);
      operation.setAttribute('seen', unitAttribute);
    });
    return changed;
  },
});

const predicate = (name: string, op: AnyOp, from: number, to: number): RewritePattern => ({
  name,
  root: op,
  benefit: 1,
  dag: undefined,
  apply(operation, rewriter) {
    const found = operation.attribute('predicate');
    if (found?.kind !== 'integer' || Number(found.value) !== from) return noMatch('another predicate');
    rewriter.modify(operation, () => operation.setAttribute('predicate', integerAttribute(to, i64)));
    return changed;
  },
});

/** Puts another value, made from it and 1, in the place of an operand. */
function withOne(operation: Operation, at: number, rewriter: Rewriter, op: typeof ops.addi | typeof ops.xori): void {
  const value = operation.operand(at);
  rewriter.moveBefore(operation);
  const made = (make: () => Operation): Operation =>
    rewriter.insert(within(operation.context, operation.location, make));
  const one = made(() => ops.constant({ value: integerAttribute(1, value.type as IntegerType) }).operation).result();
  operation.setOperand(at, made(() => op({ lhs: value, rhs: one }).operation).result());
}

const swapOperands =
  (a: number, b: number) =>
  (operation: Operation): void => {
    const [x, y] = [operation.operand(a), operation.operand(b)];
    operation.setOperand(a, y);
    operation.setOperand(b, x);
  };
const firstTwoAlike = (operation: Operation): boolean =>
  operation.operandCount > 1 && operation.operandType(0) === operation.operandType(1);

/** What programs are to have much of, by what is wrong. */
const more: Readonly<Record<string, Partial<StatementWeights>>> = {
  NaN: { float: 20, comparison: 10 },
  'order of operands': { float: 30 },
  'sign of zero': { float: 30 },
  index: { comparison: 20 },
  rounding: { division: 10, float: 10 },
  sign: { division: 5, comparison: 5 },
};

/** A sum of a few numbers, one after the other. */
function sums(at: number): string {
  const random = new Random(5, at);
  const type = random.pick(['f32', 'f64']);
  const count = 3 + random.below(3);
  const names = Array.from({ length: count }, (_, number) => `%a${number}`);
  const steps = names.slice(1).map((name, number) => `  %s${number + 1} = arith.addf %s${number}, ${name} : ${type}`);
  return `func.func @sum(${names.map((name) => `${name}: ${type}`).join(', ')}) -> ${type} {
  %s0 = arith.negf %a0 : ${type}
${steps.join('\n')}
  return %s${count - 1} : ${type}
}`;
}

const wrong: readonly (readonly [area: string, pattern: RewritePattern])[] = [
  ['wrong operation', instead('subtract-by-adding', ops.subi, ops.addi)],
  ['wrong operation', instead('exclusive-to-inclusive', ops.xori, ops.ori)],
  ['sign', instead('logical-to-arithmetic-shift', ops.shrui, ops.shrsi)],
  ['sign', instead('signed-to-unsigned-minimum', ops.minsi, ops.minui)],
  ['sign', instead('signed-to-unsigned-maximum', ops.maxsi, ops.maxui)],
  ['sign', instead('unsigned-to-signed-division', ops.divui, ops.divsi)],
  ['sign', instead('signed-to-unsigned-remainder', ops.remsi, ops.remui)],
  ['rounding', instead('floor-to-truncating-division', ops.floordivsi, ops.divsi)],
  ['rounding', instead('ceiling-to-floor-division', ops.ceildivsi, ops.floordivsi)],
  ['NaN', instead('maximum-to-maximum-number', ops.maximumf, ops.maxnumf)],
  ['NaN', instead('minimum-number-to-minimum', ops.minnumf, ops.minimumf)],
  ['order of operands', inPlace('difference-turned', ops.subf, swapOperands(0, 1))],
  [
    'order of accumulation',
    pattern('reassociate', ops.addf, ({ lhs, rhs }) => {
      const inner = lhs.definedBy(ops.addf);
      return inner ? ops.addf({ lhs: inner.lhs, rhs: ops.addf({ lhs: inner.rhs, rhs }) }) : noMatch('no sum of a sum');
    }),
  ],
  [
    'rounding',
    pattern('divide-by-reciprocal', ops.divf, ({ lhs, rhs, result }) => {
      const { type } = result;
      if (type.kind !== 'float' || lhs.definedBy(ops.constant)) return noMatch('nothing to gain');
      const one = ops.constant({ value: floatAttribute(1, type) });
      return ops.mulf({ lhs, rhs: ops.divf({ lhs: one, rhs }) });
    }),
  ],
  [
    'sign of zero',
    pattern('negate-by-subtraction', ops.negf, ({ operand, result }) => {
      const { type } = result;
      return type.kind === 'float'
        ? ops.subf({ lhs: ops.constant({ value: floatAttribute(0, type) }), rhs: operand })
        : noMatch('no scalar');
    }),
  ],
  [
    'sign of zero',
    pattern('difference-of-equals', ops.mulf, ({ lhs, rhs, result }) => {
      const { type } = result;
      if (lhs !== rhs || type.kind !== 'float') return noMatch('no square');
      return ops.addf({ lhs, rhs });
    }),
  ],
  ['index', predicate('less-to-less-or-equal', ops.cmpi, 2, 3)],
  ['sign', predicate('unsigned-to-signed-less', ops.cmpi, 6, 2)],
  ['index', predicate('greater-to-greater-or-equal', ops.cmpi, 4, 5)],
  ['NaN', predicate('ordered-to-unordered', ops.cmpf, 4, 11)],
  ['wrong operand', inPlace('choice-turned', ops.select, swapOperands(1, 2))],
  [
    'loop bounds',
    inPlace('loop-from-one-more', scf.ops.for, (operation, rewriter) => withOne(operation, 0, rewriter, ops.addi)),
  ],
  [
    'loop bounds',
    inPlace('loop-to-one-more', scf.ops.for, (operation, rewriter) => withOne(operation, 1, rewriter, ops.addi)),
  ],
  [
    'stride',
    inPlace('loop-step-one-more', scf.ops.for, (operation, rewriter) => withOne(operation, 2, rewriter, ops.addi)),
  ],
  [
    'control flow',
    inPlace('branch-turned', cf.ops.condBr, (operation, rewriter) => withOne(operation, 0, rewriter, ops.xori)),
  ],
  ['wrong operand', inPlace('arguments-turned', func.ops.call, swapOperands(0, 1), firstTwoAlike)],
  ['wrong value', inPlace('yields-turned', scf.ops.yield, swapOperands(0, 1), firstTwoAlike)],
];

/** The wrong rewrites of programs of numbers. */
export const numberMiscompiles: readonly Miscompile[] = wrong.map(([area, one]) => ({
  name: one.name,
  area,
  pipeline: only(peephole('peephole', [...rightPatterns, one])),
  pass: 'peephole',
  pattern: one.name,
  program: area === 'order of accumulation' ? sums : numbers(more[area]),
}));
