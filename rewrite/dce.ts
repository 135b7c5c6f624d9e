/** Dead code: operations whose results nothing reads, and symbols that nothing names. */
import { isErasable } from '../ir/effects.ts';
import type { Operation } from '../ir/operation.ts';
import { nearestSymbolTable, symbolName, visitSymbolReferences } from '../ir/symbol-table.ts';
import type { ActionObserver } from './action.ts';
import { pass } from './pass.ts';
import { fact, OpFacts } from './pattern-table.ts';
import { takeStep } from './step.ts';
import { visitInside } from './walk-columns.ts';

/** Erases what nothing would miss inside `root`, and what only that reads. */
export function eraseDead(root: Operation, observer?: ActionObserver): number {
  const { context } = root;
  const { columns } = context;
  const facts = new OpFacts(context);
  const pending: number[] = [];
  const isDead = (op: number): boolean => {
    const bits = facts.of(columns.opName[op] as number);
    if ((bits & (fact.pure | fact.effects)) === 0 || (bits & fact.terminator) !== 0) return false;
    const first = columns.opResults[op] as number;
    for (let value = first; value < first + (columns.opResultCount[op] as number); value++)
      if (columns.valueUse[value] !== 0) return false;
    return (bits & fact.pure) !== 0 || isErasable(context.operation(op));
  };
  /** What an operation reads may be dead once it is gone. */
  const pushRead = (op: number): void => {
    const first = columns.opOperands[op] as number;
    for (let slot = first; slot < first + (columns.opOperandCount[op] as number); slot++) {
      const owner = columns.valueOwner[columns.slotValue[slot] as number] as number;
      if (owner > 0 && columns.opParent[owner] !== 0) pending.push(owner);
    }
  };
  visitInside(columns, root.id, (op) => pending.push(op));
  // Readers come after what they read, so from the end most chains go in one walk.
  let erased = 0;
  for (let op = pending.pop(); op !== undefined; op = pending.pop()) {
    if (columns.opName[op] === 0 || op === root.id || !isDead(op)) continue;
    const dead = op;
    const done = takeStep(
      observer,
      'erase-dead',
      () => context.operation(dead),
      () => {
        pushRead(dead);
        if (columns.opRegion[dead] !== 0) visitInside(columns, dead, pushRead);
        context.eraseOperation(dead);
      },
    );
    if (done) erased++;
  }
  return erased;
}

/** Drops operations that nothing would miss. */
export const dce = pass('dce', {
  summary: 'drop operations that nothing reads and that have no effect',
  exact: true,
  run: (root, _settings, context) => context.count('dead', eraseDead(root, context.observer)),
});

const isPrivate = (operation: Operation): boolean => {
  const visibility = operation.attribute('sym_visibility');
  return visibility?.kind === 'string' && visibility.value === 'private';
};

/** Erases the private symbols of `table` that nothing alive names; gives their names. */
export function eraseDeadSymbols(table: Operation, observer?: ActionObserver): readonly string[] {
  const symbols = new Map<string, Operation>();
  const pending: Operation[] = [];
  const alive = new Set<Operation>();
  const reach = (operation: Operation): void => {
    if (alive.has(operation)) return;
    alive.add(operation);
    pending.push(operation);
  };
  const stray: Operation[] = [];
  for (const region of table.regions)
    for (const block of region.blocks)
      for (const operation of block.operations) {
        const name = symbolName(operation);
        if (name !== undefined) symbols.set(name, operation);
        if (name === undefined || !isPrivate(operation)) stray.push(operation);
      }
  const read = (operation: Operation): void => {
    for (const { value } of operation.attributes)
      visitSymbolReferences(value, ({ root, nested }) => {
        for (const name of [root, ...nested]) {
          const found = symbols.get(name);
          if (found) reach(found);
        }
      });
  };
  read(table);
  stray.forEach(reach);
  // A table inside another may be read from outside through a nested reference.
  let top = table;
  for (let above = top.parentOperation; above; above = above.parentOperation) top = above;
  if (top !== table)
    top.walk((operation) => {
      if (operation === table) return false;
      read(operation);
      return true;
    });
  for (let next = pending.pop(); next; next = pending.pop()) next.walk(read);
  const dead = [...symbols].filter(([, operation]) => !alive.has(operation));
  const erase = (operation: Operation): boolean =>
    takeStep(
      observer,
      'erase-unused-symbol',
      () => operation,
      () => operation.erase(),
    );
  return dead.filter(([, operation]) => erase(operation)).map(([name]) => name);
}

/** Drops private symbols that nothing names. */
export const symbolDce = pass('symbol-dce', {
  summary: 'drop private symbols that nothing names',
  exact: true,
  run(root, _settings, context) {
    const tables: Operation[] = [];
    root.walk((operation) => {
      if (nearestSymbolTable(operation) === operation) tables.push(operation);
    });
    for (const table of tables)
      if (!table.isErased) context.count('symbols', eraseDeadSymbols(table, context.observer).length);
  },
});
