/**
 * The memory plan: where every on-chip block of a core program lies. A block lives from its
 * first to its last use, counted at the top level of the program; blocks that live at different
 * times share bytes. First fit in the order of their beginnings.
 */
import { byteSize, coreAttribute, mlu } from '../dialects/mlu/index.ts';
import {
  DiagnosticError,
  errorAt,
  integerAttribute,
  type MemRefType,
  type Operation,
  type Value,
} from '../ir/index.ts';
import { pass } from '../rewrite/index.ts';
import type { Machine } from '../target-mlu/index.ts';
import { spaceOfValue, topLevelPosition } from './mlu-memory.ts';

interface Block {
  readonly operation: Operation;
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
  address: number;
}

/** Every operation that reads or writes the memory of `value` or of a view of it. */
function* usersOf(value: Value): Generator<Operation> {
  for (const user of value.users) {
    yield user;
    if (user.is(mlu.ops.subview) || user.is(mlu.ops.windows) || user.is(mlu.ops.reshape)) yield* usersOf(user.result());
  }
}

const roundUp = (bytes: number, unit: number): number => Math.ceil(bytes / unit) * unit;

/** Gives every `mlu.alloc` of a core program its address; throws a `DiagnosticError` when it does not fit. */
export function planMemory(func: Operation, machine: Machine): void {
  const order = new Map((func.region().entry?.operations ?? []).map((operation, at) => [operation, at]));
  const position = (operation: Operation): number => order.get(topLevelPosition(func, operation) ?? operation) ?? 0;
  const bySpace = new Map<string, Block[]>();
  func.walk((operation) => {
    if (!operation.is(mlu.ops.alloc)) return;
    const memory = operation.result();
    const uses = [...usersOf(memory)].map(position);
    const space = spaceOfValue(memory);
    const block: Block = {
      operation,
      bytes: byteSize(memory.type as MemRefType),
      first: position(operation),
      last: Math.max(position(operation), ...uses),
      address: 0,
    };
    bySpace.set(space, [...(bySpace.get(space) ?? []), block]);
  });
  for (const [space, blocks] of bySpace) {
    const name = space as 'nram' | 'wram' | 'ldram';
    const placed: Block[] = [];
    for (const block of blocks.sort((a, b) => a.first - b.first)) {
      const busy = placed.filter((other) => other.last >= block.first).sort((a, b) => a.address - b.address);
      let address = 0;
      for (const other of busy) {
        if (address + block.bytes <= other.address) break;
        address = Math.max(address, roundUp(other.address + other.bytes, machine.alignment[name]));
      }
      if (address + block.bytes > machine.memory[name])
        throw new DiagnosticError([
          errorAt(
            block.operation.location,
            `'mlu.alloc' op needs ${block.bytes} bytes of ${name} beside ${address} in use, the machine has ${machine.memory[name]}; use smaller tiles`,
          ),
        ]);
      block.address = address;
      placed.push(block);
      block.operation.setAttribute('address', integerAttribute(address));
    }
  }
}

/** The pass that plans the memory of every core program. */
export const planMemoryFor = (machine: Machine) =>
  pass('plan-memory', {
    summary: 'give every on-chip block its address, blocks that live at different times sharing bytes',
    exact: true,
    lacks: ['syncs'],
    run: (module: Operation) => {
      for (const func of corePrograms(module)) planMemory(func, machine);
    },
  });

/** The core programs of a module, by core. */
export const corePrograms = (module: Operation): readonly Operation[] =>
  (module.region().entry?.operations ?? []).filter((operation) => operation.attribute(coreAttribute) !== undefined);
