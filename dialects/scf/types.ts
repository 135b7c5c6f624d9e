/** What the operations of structured control flow have in common: values that go in and out of regions. */
import type { AssemblyParser, AssemblyPrinter, Operation, Type, Value } from '../../ir/index.ts';

/** Whether two lists of values have the same types, one by one. */
export function sameTypes(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if ((a[at] as Value).type !== (b[at] as Value).type) return false;
  return true;
}

/** The types of values, for messages. */
export const typesText = (values: readonly { readonly type: Type }[]): string =>
  `(${values.map(({ type }) => type.text).join(', ')})`;

/** How a region must end: with `terminator`, whose operands after the first `skipped` have the types of `expected`. */
export function endError(
  operation: Operation,
  region: number,
  terminator: string,
  expected: readonly Value[],
  skipped = 0,
): string | undefined {
  const last = operation.region(region).entry?.last;
  if (last?.name !== terminator) return `region #${region} must end with '${terminator}'`;
  const left = skipped === 0 ? last.operands : last.operands.slice(skipped);
  return sameTypes(left, expected)
    ? undefined
    : `region #${region} yields ${typesText(left)}, expected ${typesText(expected)}`;
}

/** What the arguments of a region's entry block must be. */
export function entryError(operation: Operation, region: number, expected: readonly Value[]): string | undefined {
  const found = operation.region(region).entry?.arguments ?? [];
  return sameTypes(found, expected)
    ? undefined
    : `region #${region} has arguments ${typesText(found)}, expected ${typesText(expected)}`;
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
