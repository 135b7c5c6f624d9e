/**
 * The first cycle count: one in-order queue per pipe, start-up plus work over throughput for each instruction, one
 * issue per cycle. Integer cycles, the same on every run.
 */
import type { Machine } from './machine.ts';
import type { Pipe } from './pipe.ts';

/** How many cycles work takes on one core. */
export interface Throughput {
  /** Cycles of the vector unit for `bytes` bytes. */
  vector(bytes: number): number;
  /** Cycles of the tensor unit for `macs` multiply-accumulates. */
  tensor(kind: keyof Machine['macsPerCycle'], macs: number): number;
  /** Cycles to move `bytes` bytes between DRAM and the core. */
  dram(bytes: number): number;
  /** Cycles to move `bytes` bytes on the chip. */
  move(bytes: number): number;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** The rates of one core whose DRAM channel `sharers` cores use, itself included; each gets an equal part. */
export function throughputOf(machine: Machine, sharers: number): Throughput {
  const common = greatestCommonDivisor(machine.clockHz, machine.channelBytesPerSecond);
  const cyclesPerPart = (machine.clockHz / common) * Math.max(1, sharers);
  const bytesPerPart = machine.channelBytesPerSecond / common;
  return {
    vector: (bytes) => Math.ceil(bytes / machine.vectorBytesPerCycle),
    tensor: (kind, macs) => Math.ceil(macs / machine.macsPerCycle[kind]),
    dram: (bytes) => Math.ceil((bytes * cyclesPerPart) / bytesPerPart),
    move: (bytes) => Math.ceil(bytes / machine.moveBytesPerCycle),
  };
}

const allPipes: readonly Pipe[] = ['alu', 'vector', 'tensor', 'io', 'move'];

/** The clock of one core: when it issues next, and when each pipe is free. */
export class CoreClock {
  readonly throughput: Throughput;
  readonly startUp: Machine['startUp'];
  /** The cycle at which the next instruction issues. */
  now: number;
  /** When each pipe has finished what was issued to it. */
  readonly free: Record<Pipe, number>;
  /** Cycles that each pipe has worked, start-up included. */
  readonly busy: Record<Pipe, number>;

  constructor(machine: Machine, throughput: Throughput) {
    this.throughput = throughput;
    this.startUp = machine.startUp;
    this.now = 0;
    this.free = { control: 0, alu: 0, vector: 0, tensor: 0, io: 0, move: 0 };
    this.busy = { control: 0, alu: 0, vector: 0, tensor: 0, io: 0, move: 0 };
  }

  /** Issues an instruction with `work` cycles to `pipe`. The scalar unit finishes before the next issue. */
  issue(pipe: Pipe, work: number): void {
    if (pipe === 'control') {
      this.now += 1;
      return;
    }
    const length = this.startUp[pipe] + work;
    const start = Math.max(this.now, this.free[pipe]);
    this.free[pipe] = start + length;
    this.busy[pipe] += length;
    this.now = pipe === 'alu' ? start + length : this.now + 1;
  }

  /** Waits until the given pipes are done, all when none is named. */
  drain(...pipes: readonly Pipe[]): void {
    const waited = pipes.length === 0 ? allPipes : pipes;
    for (const pipe of waited) this.now = Math.max(this.now, this.free[pipe]);
  }

  /** Back to cycle 0. */
  reset(): void {
    this.now = 0;
    for (const pipe of allPipes) {
      this.free[pipe] = 0;
      this.busy[pipe] = 0;
    }
  }
}
