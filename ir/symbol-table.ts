/** Symbols: operations that are named by `sym_name` in the nearest symbol table. */
import { type Attribute, stringAttribute, type SymbolAttribute } from './attribute.ts';
import type { Operation } from './operation.ts';

/** The attribute that names a symbol. */
export const symbolNameAttribute = 'sym_name';

/** The name of a symbol operation; undefined when it has none. */
export function symbolName(operation: Operation): string | undefined {
  const attribute = operation.attribute(symbolNameAttribute);
  return attribute?.kind === 'string' ? attribute.value : undefined;
}

/** The nearest enclosing operation that holds symbols; an unregistered one may be one. */
export function nearestSymbolTable(from: Operation): Operation | undefined {
  for (let op: Operation | undefined = from; op; op = op.parentOperation) if (op.hasTrait('symbol-table')) return op;
  return undefined;
}

/** Symbols of tables with the state of the IR in which they were collected. */
const collected = new WeakMap<
  Operation,
  { readonly version: number; readonly symbols: ReadonlyMap<string, Operation> }
>();

/** The symbols that `table` holds directly, by name; of several the first. */
export function symbolsIn(table: Operation): ReadonlyMap<string, Operation> {
  const { version } = table.context.columns;
  const known = collected.get(table);
  if (known?.version === version) return known.symbols;
  const symbols = collectSymbols(table);
  collected.set(table, { version, symbols });
  return symbols;
}

function collectSymbols(table: Operation): ReadonlyMap<string, Operation> {
  const symbols = new Map<string, Operation>();
  for (const region of table.regions)
    for (const block of region.blocks)
      for (const operation of block.operations) {
        const name = symbolName(operation);
        if (name !== undefined && !symbols.has(name)) symbols.set(name, operation);
      }
  return symbols;
}

/** The operation that `reference` names as seen from `from`; undefined when there is none. */
export function lookupSymbol(from: Operation, reference: SymbolAttribute | string): Operation | undefined {
  const path = typeof reference === 'string' ? [reference] : [reference.root, ...reference.nested];
  for (
    let table = nearestSymbolTable(from);
    table;
    table = table.parentOperation && nearestSymbolTable(table.parentOperation)
  ) {
    let found: Operation | undefined = table;
    for (const name of path) found = found && symbolsIn(found).get(name);
    if (found) return found;
  }
  return undefined;
}

/** A name close to `wanted` that no symbol in `table` has yet. */
export function uniqueSymbolName(table: Operation, wanted: string): string {
  const taken = symbolsIn(table);
  if (!taken.has(wanted)) return wanted;
  for (let suffix = 0; ; suffix++) if (!taken.has(`${wanted}_${suffix}`)) return `${wanted}_${suffix}`;
}

/** Renames a symbol; references to it are the caller's. */
export const setSymbolName = (operation: Operation, name: string): void =>
  operation.setAttribute(symbolNameAttribute, stringAttribute(name));

/** Calls `visit` for every symbol reference inside an attribute. */
export function visitSymbolReferences(attribute: Attribute, visit: (reference: SymbolAttribute) => void): void {
  const pending: Attribute[] = [attribute];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.kind === 'symbol') visit(next);
    else if (next.kind === 'array') pending.push(...next.elements);
    else if (next.kind === 'dictionary') pending.push(...next.entries.values());
  }
}

/** The names of the symbols that are referred to anywhere inside `root`. */
export function referencedSymbols(root: Operation): ReadonlySet<string> {
  const names = new Set<string>();
  root.walk((operation) => {
    for (const { value } of operation.attributes)
      visitSymbolReferences(value, (reference) => {
        names.add(reference.root);
        for (const nested of reference.nested) names.add(nested);
      });
  });
  return names;
}
