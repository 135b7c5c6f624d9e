/** The dialects that `mlir-opt` does not know by itself. */
import { graph } from '../../dialects/graph/index.ts';
import { mlu } from '../../dialects/mlu/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import type { Dialect } from '../../ir/index.ts';
import { UsageError } from '../cli/options.ts';

/** Our own dialects; the others have upstream's names, and `mlir-opt` refuses to load those twice. */
export const ownDialects: readonly Dialect[] = [graph, tensorop, mlu];

/** The dialects named in a list such as `graph,mlu`, all when there is none; throws a `UsageError`. */
export function chosenDialects(list: string | undefined): readonly Dialect[] {
  if (list === undefined) return ownDialects;
  const names = new Set(list.split(','));
  const known = ownDialects.map((dialect) => dialect.name);
  const wrong = [...names].find((name) => !known.includes(name));
  if (wrong !== undefined)
    throw new UsageError(`option '--dialects' names '${wrong}', expected some of ${known.join(', ')}`);
  return ownDialects.filter((dialect) => names.has(dialect.name));
}
