/** Twenty passes that fail in one way each, on programs that have what they fail on somewhere among much else. */
import { arith } from '../../../dialects/arith/index.ts';
import { cf } from '../../../dialects/cf/index.ts';
import { func } from '../../../dialects/func/index.ts';
import { scf } from '../../../dialects/scf/index.ts';
import { type AnyOp, DiagnosticError, errorAt, integerAttribute, i64, type Operation } from '../../../ir/index.ts';
import {
  conversionTarget,
  convert,
  noMatch,
  type Pass,
  pass,
  pattern,
  rewriteGreedily,
  type RewritePattern,
} from '../../../rewrite/index.ts';
import type { Failure } from '../../../tools/reduce/interesting.ts';

/** One fault: the pass, and how it fails. */
export interface SeededFault {
  readonly pass: Pass;
  readonly fails: Failure;
}

const { ops } = arith;
const make = (name: string, run: (root: Operation) => void): Pass =>
  pass(name, { summary: 'fails', exact: true, run }) as unknown as Pass;
/** Does something at the first place where `holds`. */
const atFirst = (name: string, holds: (operation: Operation) => boolean, then: (operation: Operation) => void): Pass =>
  make(name, (root) => {
    let found: Operation | undefined;
    root.walk((operation) => {
      if (!found && holds(operation)) found = operation;
      return found === undefined;
    });
    if (found) then(found);
  });
const reads = (operation: Operation, op: AnyOp): boolean => operation.operands.some(({ owner }) => owner?.is(op));
const isInside = (operation: Operation, op: AnyOp): boolean => {
  for (let at = operation.parentOperation; at; at = at.parentOperation) if (at.is(op)) return true;
  return false;
};

const crash = (name: string, holds: (operation: Operation) => boolean): SeededFault => ({
  fails: 'crash',
  pass: atFirst(name, holds, () => {
    throw new TypeError('cannot read properties of undefined');
  }),
});
const refused = (name: string, holds: (operation: Operation) => boolean): SeededFault => ({
  fails: 'diagnostic',
  pass: atFirst(name, holds, (operation) => {
    throw new DiagnosticError([errorAt(operation.location, `'${operation.name}' is not supported here`)]);
  }),
});
const spoil = (
  name: string,
  holds: (operation: Operation) => boolean,
  then: (operation: Operation) => void,
): SeededFault => ({ fails: 'invalid', pass: atFirst(name, holds, then) });
const greedy = (name: string, fails: Failure, ...patterns: readonly RewritePattern[]): SeededFault => ({
  fails,
  pass: make(name, (root) => void rewriteGreedily(root, patterns, { maxRewrites: 2000 })),
});

/** The twenty. */
export const seededFaults: readonly SeededFault[] = [
  crash('crash-division-of-choice', (operation) => operation.is(ops.select) && reads(operation, ops.cmpi)),
  crash('crash-loop-in-choice', (operation) => operation.is(scf.ops.for) && isInside(operation, scf.ops.if)),
  crash('crash-narrow-sum', (operation) => operation.is(ops.trunci) && reads(operation, ops.addi)),
  crash('crash-float-chain', (operation) => operation.is(ops.mulf) && reads(operation, ops.addf)),
  refused('refused-remainder', (operation) => operation.is(ops.remui)),
  refused('refused-call-in-region', (operation) => operation.is(func.ops.call)),
  refused('refused-choice-with-results', (operation) => operation.is(scf.ops.if) && operation.resultCount > 1),
  {
    fails: 'diagnostic',
    pass: make('refused-conversion', (root) => {
      const target = conversionTarget({ illegal: [ops.ceildivui, ops.ceildivsi], legal: [arith, func, scf, cf] });
      convert(root, target, [
        pattern('ceil', ops.ceildivsi, ({ lhs, rhs }) =>
          rhs.owner?.is(ops.addi) ? ops.divsi({ lhs, rhs }) : noMatch('the divisor is no sum'),
        ),
      ]);
    }),
  },
  spoil(
    'invalid-predicate',
    (operation) => operation.is(ops.cmpi) && reads(operation, ops.muli),
    (operation) => operation.setAttribute('predicate', integerAttribute(77, i64)),
  ),
  spoil(
    'invalid-count',
    (operation) => operation.is(ops.xori) && reads(operation, ops.andi),
    (operation) => operation.setOperands(operation.operands.slice(1)),
  ),
  spoil(
    'invalid-yield',
    (operation) => operation.is(scf.ops.yield) && operation.operandCount > 0 && isInside(operation, scf.ops.for),
    (operation) => operation.setOperands([]),
  ),
  spoil(
    'invalid-order',
    (operation) =>
      operation.is(ops.shli) && operation.operands.every(({ owner }) => owner?.parent === operation.parent),
    (operation) => operation.moveBefore(operation.parent?.first as Operation),
  ),
  greedy(
    'endless-maximum',
    'endless',
    pattern('swap', ops.maxsi, ({ lhs, rhs }) => ops.maxsi({ lhs: rhs, rhs: lhs })),
  ),
  greedy(
    'endless-pair',
    'endless',
    pattern('or-to-xor', ops.ori, ({ lhs, rhs }) => ops.xori({ lhs, rhs })),
    pattern('xor-to-or', ops.xori, ({ lhs, rhs }) => ops.ori({ lhs, rhs })),
  ),
  greedy(
    'endless-growth',
    'endless',
    pattern('negate-twice', ops.negf, (op) =>
      ops.negf({ operand: ops.negf({ operand: ops.negf({ operand: op.operand }) }) }),
    ),
  ),
  greedy(
    'endless-minimum',
    'endless',
    pattern('swap', ops.minimumf, ({ lhs, rhs }) => ops.minimumf({ lhs: rhs, rhs: lhs })),
  ),
  greedy(
    'wrong-difference',
    'differs',
    pattern('flip', ops.subi, ({ lhs, rhs }) => ops.addi({ lhs, rhs })),
  ),
  greedy(
    'wrong-shift',
    'differs',
    pattern('signed', ops.shrui, ({ lhs, rhs }) => ops.shrsi({ lhs, rhs })),
  ),
  greedy(
    'wrong-minimum',
    'differs',
    pattern('unsigned', ops.minsi, ({ lhs, rhs }) => ops.minui({ lhs, rhs })),
  ),
  greedy(
    'wrong-product',
    'differs',
    pattern('sum', ops.mulf, ({ lhs, rhs }) => ops.addf({ lhs, rhs })),
  ),
];
