/** Forgetting where operations come from. */
import type { Operation } from '../ir/operation.ts';
import { pass } from './pass.ts';
import { visitInside } from './walk-columns.ts';

/** Makes every location in `root` unknown: its own, those of all operations inside, and those of block arguments. */
export function forgetLocations(root: Operation): void {
  const { columns } = root.context;
  const forget = (op: number): void => {
    columns.opLocation[op] = 0;
    for (let region = columns.opRegion[op] as number; region !== 0; region = columns.regionNext[region] as number)
      for (let block = columns.regionFirst[region] as number; block !== 0; block = columns.blockNext[block] as number)
        for (const value of columns.blockArguments[block] ?? [])
          if (value < columns.argumentLocation.length) columns.argumentLocation[value] = 0;
  };
  forget(root.id);
  visitInside(columns, root.id, forget);
}

/** Drops all locations. */
export const stripDebugInfo = pass('strip-debuginfo', {
  summary: 'forget where operations and block arguments come from',
  exact: true,
  run: (root) => forgetLocations(root),
});
