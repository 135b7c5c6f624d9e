/** The state of one core, as instructions see it. */
import type { Space } from './field.ts';
import type { Memory } from './memory.ts';
import { PendingRegions } from './pending.ts';
import type { CoreClock } from './timing.ts';

/** Why a core stopped running its own instructions. */
export type CoreStatus = 'running' | 'waiting' | 'halted';

/** One core: registers, memories, position and clock. GDRAM is shared between the cores of an emulator. */
export class Core {
  readonly id: number;
  readonly clusterId: number;
  readonly gpr: Float64Array;
  readonly predicates: Uint8Array;
  readonly memory: Readonly<Record<Space, Memory>>;
  readonly nram: Memory;
  readonly wram: Memory;
  readonly pending: PendingRegions;
  readonly clock: CoreClock;
  /** Index of the next instruction. */
  pc: number;
  status: CoreStatus;
  /** How many neighbouring cores the barrier joins at which this core waits; 0 means all. */
  barrierSize: number;
  instructions: number;

  constructor(id: number, clusterId: number, memory: Readonly<Record<Space, Memory>>, clock: CoreClock) {
    this.id = id;
    this.clusterId = clusterId;
    this.gpr = new Float64Array(64);
    this.predicates = new Uint8Array(8);
    this.memory = memory;
    this.nram = memory.nram;
    this.wram = memory.wram;
    this.pending = new PendingRegions();
    this.clock = clock;
    this.pc = 0;
    this.status = 'running';
    this.barrierSize = 0;
    this.instructions = 0;
  }

  /** Back to the first instruction, with zero registers and nothing written on chip. */
  reset(): void {
    this.gpr.fill(0);
    this.predicates.fill(0);
    for (const space of ['nram', 'wram', 'ldram'] as const) this.memory[space].clear();
    this.pending.drain();
    this.clock.reset();
    this.pc = 0;
    this.status = 'running';
    this.barrierSize = 0;
    this.instructions = 0;
  }
}
