/** Making symbols private, so that passes know all their uses. */
import { stringAttribute } from '../ir/attribute.ts';
import type { Operation } from '../ir/operation.ts';
import { symbolName, symbolNameAttribute } from '../ir/symbol-table.ts';
import { knob } from './knob.ts';
import { pass } from './pass.ts';

/** Whether an operation may have a visibility: a symbol always, a module only when it has a name. */
const isSymbol = ({ definition }: Operation): boolean =>
  definition?.attributes.some(({ name }) => name === symbolNameAttribute) ?? false;

/** Makes the symbols that stand directly in `table` private, but for those called one of `exclude`; gives how many. */
export function privatizeSymbols(table: Operation, exclude: ReadonlySet<string> = new Set()): number {
  const value = stringAttribute('private');
  let changed = 0;
  for (const region of table.regions)
    for (const block of region.blocks)
      for (const operation of block.operations) {
        const name = symbolName(operation);
        if (name === undefined || !isSymbol(operation) || exclude.has(name)) continue;
        if (operation.attribute('sym_visibility') === value) continue;
        operation.setAttribute('sym_visibility', value);
        changed++;
      }
  return changed;
}

/** Makes symbols private. */
export const symbolPrivatize = pass('symbol-privatize', {
  summary: 'make symbols private',
  knobs: { exclude: knob.text('', 'names with commas between', 'symbols that stay as they are') },
  exact: true,
  run: (root, { exclude }, context) =>
    context.count('symbols', privatizeSymbols(root, new Set(exclude.split(',').filter(Boolean)))),
});
