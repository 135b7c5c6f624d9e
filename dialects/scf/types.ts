/** What the operations of structured control flow have in common: values that go in and out of regions. */
import type { AssemblyParser, AssemblyPrinter, Block, Operation, Type, Value } from '../../ir/index.ts';

/** Why region `at`, which upstream calls `name`, does not hold a block. */
export const emptyError = (operation: Operation, at: number, name: string): string | undefined =>
  operation.region(at).isEmpty
    ? `region #${at} ('${name}') failed to verify constraint: region with 1 blocks`
    : undefined;

/** The operation that ends region `at`. */
export const endOf = (operation: Operation, at: number): Operation | undefined => operation.region(at).entry?.last;

/** Why region `at` does not end as it does when its terminator is not written. */
export function endError(operation: Operation, at: number, terminator: string): string | undefined {
  const found = endOf(operation, at)?.name ?? 'nothing';
  return found === terminator ? undefined : `expects regions to end with '${terminator}', found '${found}'`;
}

/** The first place at which two lists of values have different types, and the two types. */
export function firstOtherType(
  given: readonly Value[],
  expected: readonly Value[],
): { readonly at: number; readonly given: string; readonly expected: string } | undefined {
  const at = given.findIndex((value, i) => value.type !== expected[i]?.type);
  return at < 0 ? undefined : { at, given: given[at]?.type.text ?? '', expected: expected[at]?.type.text ?? 'nothing' };
}

/** Why the values that leave one place are not those that another takes. */
export function edgeError(
  from: string,
  to: string,
  given: readonly Value[],
  expected: readonly Value[],
): string | undefined {
  const edge = `along control flow edge from ${from} to ${to}:`;
  if (given.length !== expected.length)
    return `${edge} region branch point has ${given.length} operands, but region successor needs ${expected.length} inputs`;
  const other = firstOtherType(given, expected);
  return (
    other &&
    `${edge} successor operand type #${other.at} '${other.given}' should match successor input type #${other.at} '${other.expected}'`
  );
}

/** Why the values that the `scf.yield` at the end of a block leaves with are not the results. */
export const resultsError = (operation: Operation, block: Block | undefined): string | undefined =>
  block?.last?.name === 'scf.yield'
    ? edgeError('Operation scf.yield', 'parent', block.last.operands, operation.results)
    : undefined;

/**
 * Whether a block ends with an `scf.yield` of values that have the types of the operation's results. Nearly all do:
 * this makes no handles of values, as finding out what is wrong does.
 */
export function yieldsResults(operation: Operation, block: Block | undefined): boolean {
  const last = block?.last;
  const count = operation.resultCount;
  if (last?.name !== 'scf.yield' || last.operandCount !== count) return false;
  for (let at = 0; at < count; at++) if (last.operandType(at) !== operation.resultType(at)) return false;
  return true;
}

/** ` -> type`, or ` -> (type, type)`; nothing without results. */
export function writeResultTypes(printer: AssemblyPrinter, results: readonly Value[]): void {
  if (results.length === 0) return;
  const types = results.map((value) => value.type);
  const bare = types.length === 1 && types[0]?.kind !== 'function';
  printer.write(bare ? ' -> ' : ' -> (');
  printer.types(types);
  if (!bare) printer.write(')');
}

/** Reads what `writeResultTypes` writes. */
export const readResultTypes = (parser: AssemblyParser): readonly Type[] =>
  parser.accept('->') ? parser.resultTypes() : [];
