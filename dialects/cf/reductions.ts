/** How control flow between blocks becomes smaller: one way instead of several. */
import { branch, within, type Operation } from '../../ir/index.ts';
import { operationsIn, type Reduction, reduction } from '../../rewrite/reduction.ts';
import { cf } from './index.ts';

const choices = (module: Operation): readonly Operation[] =>
  operationsIn(module, (operation) => operation.successors.length > 1 && operation.interface(branch) !== undefined);

/** Goes to successor `at` always. */
const takeOne =
  (at: number) =>
  (terminator: Operation): boolean => {
    const block = terminator.successors[at];
    const values = terminator.interface(branch)?.operandsOf(terminator, at);
    const { parent, context } = terminator;
    if (!block || !values || !parent) return false;
    const br = within(
      context,
      terminator.location,
      () => cf.ops.br({ destOperands: values, successors: [block] }).operation,
    );
    terminator.erase();
    parent.append(br);
    return true;
  };

/** The reductions of branches. */
export const cfReductions: readonly Reduction[] = [
  reduction('cf-first-way', choices, takeOne(0)),
  reduction('cf-second-way', choices, takeOne(1)),
];
