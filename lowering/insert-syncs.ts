/**
 * Synchronisation. The units of a core run side by side, each in order; where an operation
 * touches memory that another unit may still be working on, a `mlu.sync` must stand before it.
 * Needs the memory plan, since blocks that share bytes are in each other's way.
 */
import { byteSize, mlu } from '../dialects/mlu/index.ts';
import { Builder, type MemRefType, type Operation, type Value } from '../ir/index.ts';
import { pass } from '../rewrite/index.ts';
import { memoryRoot, spaceOfValue } from './mlu-memory.ts';
import { corePrograms } from './plan-memory.ts';

type Unit = 'io' | 'move' | 'vector' | 'tensor';

/** Memory that a unit is working on. */
interface Access {
  readonly unit: Unit;
  readonly space: string;
  /** The buffer for GDRAM, else the bytes. */
  readonly buffer: string;
  readonly from: number;
  readonly to: number;
  readonly writes: boolean;
}

/** The operations whose last operand is what they write, with their unit. */
function unitOf(operation: Operation): Unit | undefined {
  if (operation.dialectName !== 'mlu') return undefined;
  if (operation.is(mlu.ops.copy)) {
    const spaces = operation.operands.map(spaceOfValue);
    return spaces.includes('gdram') || spaces.includes('ldram') ? 'io' : 'move';
  }
  if (operation.is(mlu.ops.conv) || operation.is(mlu.ops.mlp)) return 'tensor';
  return operation.resultCount === 0 && operation.operandCount > 0 ? 'vector' : undefined;
}

function accessOf(value: Value, unit: Unit, writes: boolean): Access | undefined {
  const root = memoryRoot(value);
  if (!root) return undefined;
  const space = spaceOfValue(value);
  if (root.is(mlu.ops.getBuffer)) {
    const symbol = root.as(mlu.ops.getBuffer)?.buffer ?? '';
    return { unit, space, buffer: symbol, from: 0, to: Number.POSITIVE_INFINITY, writes };
  }
  const from = root.as(mlu.ops.alloc)?.address ?? 0;
  return { unit, space, buffer: '', from, to: from + byteSize(root.result().type as MemRefType), writes };
}

const clash = (a: Access, b: Access): boolean =>
  a.unit !== b.unit &&
  (a.writes || b.writes) &&
  a.space === b.space &&
  a.buffer === b.buffer &&
  a.from < b.to &&
  b.from < a.to;

const keyOf = (a: Access): string => `${a.unit} ${a.space} ${a.buffer} ${a.from} ${a.to} ${a.writes}`;
type Pending = Map<string, Access>;

/** Finds the operations of a block that need a sync before them, given what is pending at its start. */
function analyse(operations: readonly Operation[], pending: Pending, needed: Set<Operation>): void {
  for (const operation of operations) {
    if (operation.is(mlu.ops.sync) || operation.is(mlu.ops.barrier)) {
      pending.clear();
      continue;
    }
    if (operation.hasRegions) {
      // A loop may come round: what is pending at its end is pending at its start. Sets only grow.
      for (let before = -1; before !== pending.size; ) {
        before = pending.size;
        const round = new Map(pending);
        for (const region of operation.regions)
          for (const block of region.blocks) analyse(block.operations, round, needed);
        for (const [key, access] of round) pending.set(key, access);
      }
      continue;
    }
    const unit = unitOf(operation);
    if (!unit) continue;
    const last = operation.operandCount - 1;
    const accesses = operation.operands
      .map((value, at) => accessOf(value, unit, at === last))
      .filter((access): access is Access => access !== undefined);
    const waits =
      needed.has(operation) || accesses.some((access) => [...pending.values()].some((other) => clash(access, other)));
    if (waits) {
      needed.add(operation);
      pending.clear();
    }
    for (const access of accesses) pending.set(keyOf(access), access);
  }
}

/** Inserts the syncs that a core program needs. */
export function insertSyncs(func: Operation): void {
  const needed = new Set<Operation>();
  analyse(func.region().entry?.operations ?? [], new Map(), needed);
  for (const operation of needed) Builder.before(operation).build(() => mlu.ops.sync({}));
}

/** The pass that inserts syncs into every core program. */
export const insertSyncsPass = pass('insert-syncs', {
  summary: 'wait where an operation touches memory that another unit may still be working on',
  exact: true,
  lacks: [],
  run: (module: Operation) => {
    for (const func of corePrograms(module)) insertSyncs(func);
  },
});
