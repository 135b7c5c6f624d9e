/** Patterns and conversions with the mistakes that people make, each as a pass. */
import { arith } from '../../dialects/arith/index.ts';
import { func } from '../../dialects/func/index.ts';
import { i32, i64, integerAttribute, type Value } from '../../ir/index.ts';
import {
  changed,
  conversion,
  conversionTarget,
  convert,
  noMatch,
  type Outcome,
  type Pass,
  pass,
  pattern,
  rewriteGreedily,
  type RewritePattern,
  rewriteOnce,
  typeConverter,
} from '../../rewrite/index.ts';

const { addi, subi, muli, ori, constant } = arith.ops;

const greedy = (name: string, ...patterns: readonly RewritePattern[]): Pass =>
  pass(name, {
    summary: 'has a fault',
    exact: true,
    run: (root, _, { check, observer }) => void rewriteGreedily(root, patterns, { check, observer }),
  }) as unknown as Pass;

const three = (): Value => constant({ value: integerAttribute(3, i32) }).result;

const pingPong = greedy(
  'ping-pong',
  pattern('add-to-or', addi, ({ lhs, rhs }) => ori({ lhs, rhs })),
  pattern('or-to-add', ori, ({ lhs, rhs }) => addi({ lhs, rhs })),
);
const round = greedy(
  'round',
  pattern('add-to-sub', addi, ({ lhs, rhs }) => subi({ lhs, rhs })),
  pattern('sub-to-or', subi, ({ lhs, rhs }) => ori({ lhs, rhs })),
  pattern('or-to-add', ori, ({ lhs, rhs }) => addi({ lhs: rhs, rhs: lhs })),
);
const growing = greedy(
  'growing',
  pattern('times-three', muli, ({ lhs, rhs }) => muli({ lhs: muli({ lhs, rhs }), rhs: three() })),
);
const noOp = greedy(
  'no-op',
  pattern('says-changed', addi, () => changed),
);
const changesAnyway = greedy(
  'changes-anyway',
  pattern('tries-first', addi, (op, rewriter) => {
    rewriter.modify(op.operation, () => op.operation.setOperands([op.rhs, op.lhs]));
    return op.lhs.owner?.is(constant) ? changed : noMatch('the left side is no constant');
  }),
);
const behindTheBack = greedy(
  'behind-the-back',
  pattern('swaps-by-itself', addi, ({ operation, lhs, rhs }) => {
    operation.setOperands([rhs, lhs]);
    return changed;
  }),
);
const useAfterErase = greedy(
  'use-after-erase',
  pattern('erases-then-reads', subi, (op, rewriter) => {
    rewriter.replace(op.operation, addi({ lhs: op.lhs, rhs: op.rhs }));
    return addi({ lhs: op.lhs, rhs: op.rhs });
  }),
);
const forgetsToReturn = greedy(
  'forgets-to-return',
  pattern('returns-nothing', addi, (({ lhs, rhs }) => {
    ori({ lhs, rhs });
  }) as (op: unknown) => Outcome as never),
);
const otherType = greedy(
  'other-type',
  pattern('extends', addi, ({ lhs }) => arith.ops.extsi({ in: lhs, types: [i64] })),
);
const readsItself = greedy(
  'reads-itself',
  pattern('adds-three', addi, (op) => addi({ lhs: op.result, rhs: three() })),
);
const misplaced = greedy(
  'misplaced',
  pattern('moves-up', muli, (op, rewriter) => {
    const first = op.operation.parent?.first;
    if (!first || first === op.operation) return noMatch('it stands first');
    rewriter.relocateBefore(op.operation, first);
    return changed;
  }),
);
const invalid = greedy(
  'invalid',
  pattern('drops-an-operand', addi, (op, rewriter) => {
    rewriter.modify(op.operation, () => op.operation.setOperands([op.lhs]));
    return changed;
  }),
);
const throwing = pass('throwing', {
  summary: 'has a fault',
  exact: true,
  run: (root, _, { check }) =>
    void rewriteOnce(root, [pattern('assumes-a-constant', addi, (op) => op.rhs.owner!.operand(0))], { check }),
}) as unknown as Pass;

const wide = typeConverter((type) => (type === i32 ? i64 : type));
const widen = conversion('widen-add', addi, ({ lhs, rhs }) => addi({ lhs, rhs }));
const noMaterialization = pass('no-materialization', {
  summary: 'has a fault',
  exact: true,
  run: (root) =>
    void convert(
      root,
      conversionTarget({ illegal: [subi], legal: [arith, func] }),
      [conversion('widen-sub', subi, ({ lhs, rhs }) => addi({ lhs, rhs })), widen],
      { types: wide },
    ),
}) as unknown as Pass;
const leftOver = pass('left-over', {
  summary: 'has a fault',
  exact: true,
  run: (root) =>
    void convert(root, conversionTarget({ illegal: [muli, subi], legal: [arith, func] }), [
      pattern('multiply-by-two', muli, ({ lhs, rhs }) =>
        rhs.owner?.is(constant) ? addi({ lhs, rhs: lhs }) : noMatch('the right side is no constant'),
      ),
      pattern('multiply-same', muli, ({ lhs, rhs }) =>
        lhs === rhs ? addi({ lhs, rhs }) : noMatch('the sides are two values'),
      ),
    ]),
}) as unknown as Pass;

/** Every pass with a fault. */
export const faultyPasses: readonly Pass[] = [
  pingPong,
  round,
  growing,
  noOp,
  changesAnyway,
  behindTheBack,
  useAfterErase,
  forgetsToReturn,
  otherType,
  readsItself,
  misplaced,
  invalid,
  throwing,
  noMaterialization,
  leftOver,
];
