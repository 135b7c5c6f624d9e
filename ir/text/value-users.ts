/** Comments that say who reads a value, as upstream prints them on request. */
import type { Context } from '../context.ts';
import type { Names } from './names.ts';

/** The readers of a value, the latest first: their results, or their own number when they have none. */
function readers({ columns }: Context, value: number, names: Names): readonly string[] {
  const found = new Set<string>();
  for (let slot = columns.valueUse[value] as number; slot !== 0; slot = columns.slotNext[slot] as number) {
    const user = columns.slotOwner[slot] as number;
    const results = columns.opResultCount[user] as number;
    if (results === 0) found.add(names.operation(user));
    for (let at = 0; at < results; at++) found.add(names.value((columns.opResults[user] as number) + at));
  }
  return [...found];
}

/** The comment behind an operation: the users of its results, or its number. */
export function usersOfResults(context: Context, op: number, names: Names): string {
  const { columns } = context;
  const count = columns.opResultCount[op] as number;
  const first = columns.opResults[op] as number;
  if (count === 0) return columns.opOperandCount[op] === 0 ? '' : ` // id: ${names.operation(op)}`;
  const lists = Array.from({ length: count }, (_, at) => readers(context, first + at, names));
  if (lists.every((list) => list.length === 0)) return ' // unused';
  if (count > 1) return ` // users: ${lists.map((list) => `(${list.join(', ') || 'unused'})`).join(', ')}`;
  const [only = []] = lists;
  return ` // user${only.length === 1 ? '' : 's'}: ${only.join(', ')}`;
}

/** The comment on a line of its own that tells the users of a block argument. */
export function usersOfArgument(context: Context, value: number, names: Names): string {
  const list = readers(context, value, names);
  return `// ${names.value(value)} is ${list.length === 0 ? 'unused' : `used by ${list.join(', ')}`}`;
}
