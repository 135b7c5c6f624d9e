/** Which attributes are an operation's own. */
import type { OpDefinition } from '../definition.ts';
import { operandSegments, resultSegments } from '../view.ts';

/** Whether an attribute of this name belongs to the operation rather than to its user. */
export const isInherent = (definition: OpDefinition | undefined, name: string): boolean =>
  definition !== undefined &&
  (name === operandSegments ||
    name === resultSegments ||
    definition.attributes.some((attribute) => attribute.name === name));
