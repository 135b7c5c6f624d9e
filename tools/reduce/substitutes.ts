/** Values that may stand in for others while a program is made smaller. */
import { arith } from '../../dialects/arith/index.ts';
import {
  type Attribute,
  type Block,
  boolAttribute,
  denseAttribute,
  floatAttribute,
  i1,
  integerAttribute,
  type Operation,
  type Type,
  type Value,
  within,
} from '../../ir/index.ts';

/** The smallest constant of a type; undefined for a type without constants. */
export function zeroOf(type: Type): Attribute | undefined {
  if (type === i1) return boolAttribute(false);
  if (type.kind === 'integer' && type.sign === 'signless') return integerAttribute(0, type);
  if (type.kind === 'index') return integerAttribute(0, type);
  if (type.kind === 'float') return floatAttribute(0, type);
  if ((type.kind !== 'tensor' && type.kind !== 'vector') || type.shape.some((extent) => extent < 0)) return undefined;
  const { element } = type;
  const width =
    element.kind === 'index' ? 64 : element.kind === 'integer' || element.kind === 'float' ? element.width : 0;
  return width === 0 ? undefined : denseAttribute(type, new Uint8Array(Math.ceil(width / 8)));
}

/** A constant of a type that is there before `operation`, one for all of its function; undefined where there is none. */
export function constantBefore(operation: Operation, type: Type): Value | undefined {
  const zero = zeroOf(type);
  const entry = zero && homeOf(operation);
  if (!entry) return undefined;
  for (let known = entry.first; known?.is(arith.ops.constant); known = known.next)
    if (known.attribute('value') === zero) return known.result(0);
  const made = within(operation.context, operation.location, () => arith.ops.constant({ value: zero }).operation);
  entry.prepend(made);
  return made.result(0);
}

/** The first block of the nearest isolated operation around. */
function homeOf(operation: Operation): Block | undefined {
  let home: Block | undefined = operation.parent;
  for (let at: Operation | undefined = operation; at?.parent; at = at.parentOperation) {
    home = at.parent.parent?.entry;
    if (at.parentOperation?.hasTrait('isolated-from-above')) break;
  }
  return home;
}

/** A value of a type that is there before `operation`: one that it reads, or an argument around it. */
export function valueBefore(operation: Operation, type: Type): Value | undefined {
  const read = operation.operands.find((value) => value.type === type);
  if (read) return read;
  for (let at: Operation | undefined = operation; at; at = at.parentOperation) {
    const argument = at.parent?.parent?.entry?.arguments.find((value) => value.type === type);
    if (argument) return argument;
    if (at.parentOperation?.hasTrait('isolated-from-above')) return undefined;
  }
  return undefined;
}
