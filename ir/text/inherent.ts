/** Which attributes are an operation's own. */
import type { OpDefinition, ValueDefinition } from '../definition.ts';
import type { NamedAttribute } from '../dictionary-table.ts';
import { i32 } from '../type.ts';
import { operandSegments, resultSegments } from '../view.ts';

/** Whether an attribute of this name belongs to the operation rather than to its user. */
export const isInherent = (definition: OpDefinition | undefined, name: string): boolean =>
  definition !== undefined &&
  (name === operandSegments ||
    name === resultSegments ||
    definition.attributes.some((attribute) => attribute.name === name));

const freeGroups = (values: readonly ValueDefinition[]): number =>
  values.filter(({ constraint }) => constraint.arity !== 'one').length;

/**
 * Whether an attribute stands where reading a custom form would put it: what is declared among the
 * properties, the rest not, and sizes of groups of values only as they are counted there.
 */
export function isAsRead(definition: OpDefinition, { name, value, property }: NamedAttribute): boolean {
  if (property !== isInherent(definition, name)) return false;
  if (name !== operandSegments && name !== resultSegments) return true;
  const values = name === operandSegments ? definition.operands : definition.results;
  return freeGroups(values) > 1 && value.kind === 'dense-array' && value.element === i32;
}
