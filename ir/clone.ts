/** Copies of operations, within a context or into another. */
import type { Block } from './block.ts';
import type { Context } from './context.ts';
import type { Operation } from './operation.ts';
import type { Region } from './region.ts';
import type { Value } from './value.ts';

/** What stands for what in a copy; values that are not in it stand for themselves. */
export interface CloneMap {
  readonly values: Map<Value, Value>;
  readonly blocks: Map<Block, Block>;
}
/** An empty mapping. */
export const cloneMap = (): CloneMap => ({ values: new Map(), blocks: new Map() });

/**
 * A detached copy of `operation` with everything inside it. Operands are looked up in `map`,
 * which learns the copied values and blocks. Into another `context` only what is closed (or fully
 * mapped) can be copied.
 */
export function clone(
  operation: Operation,
  map: CloneMap = cloneMap(),
  context: Context = operation.context,
): Operation {
  const forward: { readonly copy: Operation; readonly at: number; readonly value: Value }[] = [];
  const copy = copyOperation(operation, map, context, forward);
  for (const { copy: user, at, value } of forward) user.setOperand(at, map.values.get(value) ?? value);
  return copy;
}

function copyOperation(
  operation: Operation,
  map: CloneMap,
  context: Context,
  forward: { copy: Operation; at: number; value: Value }[],
): Operation {
  const copy =
    context === operation.context
      ? emptyCopy(operation)
      : context.create(
          operation.name,
          [],
          operation.results.map((result) => result.type),
          { attributes: operation.attributes, location: operation.location, regions: operation.regions.length },
        );
  const { columns } = context;
  if (copy.operandCount !== operation.operandCount) columns.resizeOperands(copy.id, operation.operandCount);
  if (operation.context.columns.opSuccessors[operation.id] !== 0)
    copy.setSuccessors(operation.successors.map((block) => map.blocks.get(block) ?? block));
  for (const [at, value] of operation.operands.entries()) {
    const mapped = map.values.get(value);
    if (mapped) copy.setOperand(at, mapped);
    else forward.push({ copy, at, value });
  }
  for (const [at, result] of operation.results.entries()) map.values.set(result, copy.result(at));
  for (const [at, region] of operation.regions.entries()) copyRegion(region, copy.region(at), map, context, forward);
  return copy;
}

/** A copy within the context that reads nothing yet: as dictionary and location are interned, only indices are copied. */
function emptyCopy({ context, id }: Operation): Operation {
  const { columns } = context;
  const results = columns.opResultCount[id] as number;
  const copy = columns.newOperation(
    columns.opName[id] as number,
    columns.opDictionary[id] as number,
    columns.opLocation[id] as number,
    columns.opOperandCount[id] as number,
    results,
  );
  const from = columns.opResults[id] as number;
  const to = columns.opResults[copy] as number;
  for (let at = 0; at < results; at++) columns.valueType[to + at] = columns.valueType[from + at] as number;
  let last = 0;
  for (let region = columns.opRegion[id] as number; region !== 0; region = columns.regionNext[region] as number) {
    last = columns.newRegion(copy, last);
    if (columns.opRegion[copy] === 0) columns.opRegion[copy] = last;
  }
  return context.operation(copy);
}

function copyRegion(
  from: Region,
  to: Region,
  map: CloneMap,
  context: Context,
  forward: { copy: Operation; at: number; value: Value }[],
): void {
  const { blocks } = from;
  for (const block of blocks) {
    const made = to.addBlock(block.arguments.map((argument) => argument.type));
    map.blocks.set(block, made);
    for (const [at, argument] of block.arguments.entries()) {
      const copy = made.argument(at);
      copy.setLocation(argument.location);
      map.values.set(argument, copy);
    }
  }
  for (const block of blocks)
    for (const operation of block.operations)
      (map.blocks.get(block) as Block).append(copyOperation(operation, map, context, forward));
}
