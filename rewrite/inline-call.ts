/** Putting the body of a callable in the place of a call. */
import type { Block } from '../ir/block.ts';
import type { Columns } from '../ir/columns.ts';
import { calling, inlinable } from '../ir/control-flow.ts';
import { Copier } from '../ir/copier.ts';
import type { Location, LocationTable } from '../ir/location.ts';
import type { Operation } from '../ir/operation.ts';
import type { Region } from '../ir/region.ts';
import type { Value } from '../ir/value.ts';
import { visitInside } from './walk-columns.ts';

/** Makes an operation that goes to `to` with values for its arguments; what returns from a callee becomes one. */
export type MakeBranch = (to: Block, operands: readonly Value[], location: Location) => Operation;

/**
 * Whether everything in a body may stand elsewhere: all operations are registered, since of others
 * nothing is known, and every block goes to another block or returns.
 */
export function canLeaveItsPlace(body: Region): boolean {
  const { context, owner } = body;
  const { columns } = context;
  let allKnown = true;
  visitInside(columns, owner.id, (op) => {
    allKnown &&= context.definitionOf(columns.opName[op] as number) !== undefined;
  });
  return allKnown && body.blocks.every(({ last }) => last && (returns(last) || last.successors.length > 0));
}

const returns = (operation: Operation): boolean =>
  operation.hasTrait('return-like') && operation.successors.length === 0;

const sameTypes = (a: readonly Value[], b: readonly Value[]): boolean =>
  a.length === b.length && a.every(({ type }, at) => type === b[at]?.type);

/** Whether a call and the body that it calls fit together, and neither they nor the place of the call forbid inlining. */
export function fitsCall(call: Operation, body: Region): boolean {
  const operands = call.interface(calling)?.operands(call);
  const { entry, owner } = body;
  // What may stand in a region of an operation that is not registered is not known.
  if (call.parentOperation?.definition === undefined) return false;
  if (!operands || !entry || !sameTypes(operands, entry.arguments)) return false;
  if (call.interface(inlinable)?.(call) === false || owner.interface(inlinable)?.(owner) === false) return false;
  const { results } = call;
  return body.blocks.every(({ last }) => !last || !returns(last) || sameTypes(last.operands, results));
}

/** Whether the region that a call stands in may get several blocks. */
export function mayBranch(call: Operation, callable: Operation): boolean {
  const around = call.parentOperation;
  if (!around) return false;
  return around.name === callable.name || !around.hasTrait('single-block');
}

/** Locations of a callee as seen from one call. */
class CallSite {
  private readonly columns: Columns;
  private readonly locations: LocationTable;
  private readonly caller: number;
  private readonly known: Map<number, number>;

  constructor({ context, id }: Operation) {
    this.columns = context.columns;
    this.locations = context.locations;
    this.caller = context.columns.opLocation[id] as number;
    this.known = new Map();
  }

  private seen(location: number): number {
    let id = this.known.get(location);
    if (id === undefined) {
      id = this.locations.idOfCallSite(location, this.caller);
      this.known.set(location, id);
    }
    return id;
  }

  /** Gives locations to an operation and all inside it. */
  operation(op: number): void {
    const { columns } = this;
    const give = (at: number): void => {
      columns.opLocation[at] = this.seen(columns.opLocation[at] as number);
      for (let region = columns.opRegion[at] as number; region !== 0; region = columns.regionNext[region] as number)
        for (let block = columns.regionFirst[region] as number; block !== 0; block = columns.blockNext[block] as number)
          this.arguments(block);
    };
    give(op);
    if (columns.opRegion[op] !== 0) visitInside(columns, op, give);
  }

  arguments(block: number): void {
    const { columns } = this;
    for (const argument of columns.blockArguments[block] ?? [])
      columns.setArgumentLocation(argument, this.seen(columns.argumentLocation[argument] ?? 0));
  }
}

/**
 * Replaces `call` by the body that it calls, which must fit; `move` takes the body itself instead of
 * a copy. Gives the operations that came, block by block, by column index.
 */
export function inlineCall(
  call: Operation,
  body: Region,
  options: { readonly move: boolean; readonly branch: MakeBranch },
): readonly (readonly number[])[] {
  const operands = call.interface(calling)?.operands(call) ?? [];
  const { blocks } = body;
  const [entry] = blocks;
  if (!entry) throw new Error(`'${body.owner.name}' has no body that could be inlined`);
  // Where the call is from nowhere, what it calls keeps its locations.
  const { context } = call;
  const site = call.location.kind === 'unknown' ? undefined : new CallSite(call);
  const copier = options.move ? undefined : new Copier(context.columns);
  for (const [at, argument] of entry.arguments.entries()) {
    const operand = operands[at] as Value;
    if (copier) copier.values.set(argument.id, operand.id);
    else argument.replaceAllUsesWith(operand);
  }
  return blocks.length === 1
    ? [inlineBlock(call, entry, copier, site)]
    : inlineBlocks(call, body, options.branch, copier, site);
}

/** Moves operations from `first` on to the end of a block. */
function moveToEnd(columns: Columns, first: number, block: number): void {
  for (let op = first; op !== 0; ) {
    const next = columns.opNext[op] as number;
    columns.unlink(op);
    columns.link(op, block, 0);
    op = next;
  }
}

/** Puts the one block of a body before the call; what it returns is what the call gave. */
function inlineBlock(
  call: Operation,
  block: Block,
  copier: Copier | undefined,
  site: CallSite | undefined,
): readonly number[] {
  const { columns } = call.context;
  const target = columns.opParent[call.id] as number;
  const came: number[] = [];
  const end = columns.blockLast[block.id] as number;
  for (let op = columns.blockFirst[block.id] as number; op !== end; ) {
    const next = columns.opNext[op] as number;
    const own = copier ? copier.operation(op) : op;
    columns.unlink(own);
    columns.link(own, target, call.id);
    site?.operation(own);
    came.push(own);
    op = next;
  }
  copier?.finish();
  const given = columns.opOperands[end] as number;
  const results = columns.opResults[call.id] as number;
  for (let at = 0; at < (columns.opResultCount[call.id] as number); at++) {
    const value = columns.slotValue[given + at] as number;
    columns.replaceUses(results + at, copier?.values.get(value) ?? value);
  }
  if (!copier) block.erase();
  call.erase();
  return came;
}

/** Splits the block of the call and puts those of a body between the halves; what returns goes to the second. */
function inlineBlocks(
  call: Operation,
  body: Region,
  branch: MakeBranch,
  copier: Copier | undefined,
  site: CallSite | undefined,
): readonly (readonly number[])[] {
  const { context } = call;
  const { columns } = context;
  const first = call.parent as Block;
  const region = first.parent as Region;
  const rest = context.newBlock();
  region.insert(rest, first.next);
  moveToEnd(columns, columns.opNext[call.id] as number, rest.id);
  for (const result of call.results) {
    const argument = rest.addArgument(result.type);
    argument.setLocation(call.location);
    result.replaceAllUsesWith(argument);
  }
  call.erase();
  const own = body.blocks;
  if (!copier) for (const block of own) region.insert(block, rest);
  const came = copier ? copier.region(body.id, region.id, rest.id).map((block) => context.block(block)) : own;
  copier?.finish();
  const inside = came.map((block) => settle(block, rest, branch, site));
  const entry = came[0] as Block;
  moveToEnd(columns, columns.blockFirst[entry.id] as number, first.id);
  for (let at = entry.arguments.length - 1; at >= 0; at--) entry.eraseArgument(at);
  entry.erase();
  return inside;
}

/** Gives the locations of a block that came, and lets it go to `rest` where it returned; gives its operations. */
function settle(block: Block, rest: Block, branch: MakeBranch, site: CallSite | undefined): readonly number[] {
  const { columns } = block.context;
  site?.arguments(block.id);
  const inside: number[] = [];
  for (let op = columns.blockFirst[block.id] as number; op !== 0; op = columns.opNext[op] as number) {
    site?.operation(op);
    inside.push(op);
  }
  const last = block.last as Operation;
  if (returns(last)) {
    inside.pop();
    block.append(branch(rest, last.operands, last.location));
    last.erase();
  }
  return inside;
}
