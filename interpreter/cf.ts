/** The meanings of control flow between blocks. */
import { cf, switchCases } from '../dialects/cf/index.ts';
import type { IntegerType } from '../ir/index.ts';
import { signed } from './integer.ts';
import { Jump, semantics } from './semantics.ts';
import type { RuntimeValue, Scalar } from './value.ts';

const goTo = (successor: number, values: readonly RuntimeValue[]): Jump => new Jump(successor, values);

/** What branches mean. */
export const cfSemantics = semantics(cf, {
  br: ({ destOperands }) => goTo(0, destOperands),
  condBr: ({ condition, trueDestOperands, falseDestOperands }) =>
    condition !== 0 ? goTo(0, trueDestOperands) : goTo(1, falseDestOperands),
  switch: ({ flag, defaultOperands, caseOperands }, _, { operation }) => {
    const { cases, groups } = switchCases(operation);
    const value = signed(flag as Scalar, operation.operand(0).type as IntegerType);
    const at = cases.indexOf(value);
    if (at < 0) return goTo(0, defaultOperands);
    let first = 0;
    for (let before = 0; before < at; before++) first += groups[before + 1]?.length ?? 0;
    return goTo(at + 1, caseOperands.slice(first, first + (groups[at + 1]?.length ?? 0)));
  },
  assert: ({ arg, msg }, _, { fail }) => {
    if (arg === 0) fail(`fails: ${msg}`);
  },
});
