/** Which memory a memref of the hardware level lies in, and where. */
import { mlu } from '../dialects/mlu/index.ts';
import { type MemRefType, type Operation, spaceOf, type Value } from '../ir/index.ts';

/** The operation that owns the memory behind a memref: `mlu.alloc` or `mlu.get_buffer`. */
export function memoryRoot(memref: Value): Operation | undefined {
  let owner = memref.owner;
  while (owner && (owner.is(mlu.ops.subview) || owner.is(mlu.ops.windows) || owner.is(mlu.ops.reshape)))
    owner = owner.operand(0).owner;
  return owner && (owner.is(mlu.ops.alloc) || owner.is(mlu.ops.getBuffer)) ? owner : undefined;
}

/** The memory space of a memref value. */
export const spaceOfValue = (value: Value): string => spaceOf(value.type as MemRefType);

/** The operations of a core program that stand directly in it, each with its position. */
export function topLevelPosition(func: Operation, operation: Operation): Operation | undefined {
  let at: Operation | undefined = operation;
  while (at && at.parentOperation !== func) at = at.parentOperation;
  return at;
}
