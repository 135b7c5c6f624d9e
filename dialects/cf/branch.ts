/** What branches have in common: each successor takes some of the operands as its block's arguments. */
import type { Block, Branch, Operation, Type, UnresolvedOperand, Value } from '../../ir/index.ts';
import type { AssemblyParser, AssemblyPrinter } from '../../ir/index.ts';

/** The first way in which operands do not fit the arguments of the successors that they go to. */
export function branchError(operation: Operation, groups: readonly (readonly Value[])[]): string | undefined {
  const { successors } = operation;
  for (const [at, values] of groups.entries()) {
    const parameters = successors[at]?.arguments ?? [];
    if (parameters.length !== values.length)
      return `branch has ${values.length} operands for successor #${at}, but target block has ${parameters.length}`;
    for (const [position, value] of values.entries())
      if (value.type !== parameters[position]?.type)
        return `type mismatch for bb argument #${position} of successor #${at}`;
  }
  return undefined;
}

/**
 * The interface of a branch whose successors take neighbouring groups of operands. `sizesOf` gives the
 * size of each group, `first` where the first begins, and `setSizes` stores what they have become.
 */
export const groupedBranch = (
  first: number,
  sizesOf: (operation: Operation) => readonly number[],
  setSizes: (operation: Operation, sizes: readonly number[]) => void,
  chosen: NonNullable<Branch['chosen']>,
): Branch => {
  const startOf = (sizes: readonly number[], at: number): number =>
    sizes.slice(0, at).reduce((sum, size) => sum + size, first);
  return {
    operandsOf(operation, at) {
      const sizes = sizesOf(operation);
      const start = startOf(sizes, at);
      return operation.operands.slice(start, start + (sizes[at] ?? 0));
    },
    setOperandsOf(operation, at, values) {
      const sizes = sizesOf(operation);
      const start = startOf(sizes, at);
      const { operands } = operation;
      operation.setOperands([...operands.slice(0, start), ...values, ...operands.slice(start + (sizes[at] ?? 0))]);
      setSizes(operation, sizes.with(at, values.length));
    },
    chosen,
  };
};

/** `^block(%a, %b : type, type)`, or `^block` alone. */
export function writeSuccessor(printer: AssemblyPrinter, block: Block, values: readonly Value[]): void {
  printer.successor(block);
  if (values.length === 0) return;
  printer.write('(');
  printer.values(values);
  printer.write(' : ');
  printer.types(values.map((value) => value.type));
  printer.write(')');
}

/** A successor with the operands that it takes, as they were read. */
export interface ReadSuccessor {
  readonly block: Block;
  readonly values: readonly Value[];
}

/** Reads what `writeSuccessor` writes. */
export function readSuccessor(parser: AssemblyParser): ReadSuccessor {
  const block = parser.successor();
  if (!parser.accept('(')) return { block, values: [] };
  const { offset } = parser;
  const operands: readonly UnresolvedOperand[] = parser.operands();
  parser.expect(':');
  const types: readonly Type[] = parser.types();
  parser.expect(')');
  if (types.length !== operands.length)
    parser.fail(`${operands.length} operands present, but expected ${types.length}`, offset);
  return { block, values: operands.map((operand, at) => parser.resolve(operand, types[at] as Type)) };
}
