/** Integer arithmetic whose result is wider than its operands, in two parts. */
import { anyType, op, type Value } from '../../ir/index.ts';
import { integerLike, isTruthOf, truthOf } from './constraint.ts';

/** Sum of unsigned integers, and whether it was too large. */
export const adduiExtended = op('arith.addui_extended', {
  summary: 'unsigned sum with its overflow',
  operands: { lhs: integerLike, rhs: integerLike },
  results: { sum: integerLike, overflow: anyType },
  traits: ['pure', 'commutative', 'elementwise'],
  assembly: '$lhs `,` $rhs attr-dict `:` type($sum) `,` type($overflow)',
  verifySignature: (_, { sum, overflow }) =>
    isTruthOf(overflow.type, sum.type)
      ? undefined
      : `overflow has type ${overflow.type.text}, expected ${truthOf(sum.type).text}`,
  inferTypes: ([lhs]) => [(lhs as Value).type, truthOf((lhs as Value).type)],
});

const productOp = <const N extends `arith.${string}`>(name: N, summary: string) =>
  op(name, {
    summary,
    operands: { lhs: integerLike, rhs: integerLike },
    results: { low: integerLike, high: integerLike },
    traits: ['pure', 'commutative', 'elementwise', 'same-operands-and-result-type'],
    assembly: '$lhs `,` $rhs attr-dict `:` type($low)',
  });

/** Product of signed integers in twice the width. */
export const mulsiExtended = productOp('arith.mulsi_extended', 'signed product, low and high half');
/** Product of unsigned integers in twice the width. */
export const muluiExtended = productOp('arith.mului_extended', 'unsigned product, low and high half');
