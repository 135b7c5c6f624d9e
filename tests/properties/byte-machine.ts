/**
 * A machine that keeps, for every byte, whether it was written and which pipes have it in flight: slow, and simple
 * enough to be believed. Values are those of the instructions' own meanings; rules, places and times are its own.
 */
import { regionsOf } from '../../target-mlu/check.ts';
import { Core } from '../../target-mlu/core.ts';
import { Violation } from '../../target-mlu/fault.ts';
import type { FieldValues } from '../../target-mlu/field.ts';
import {
  CoreClock,
  type Instruction,
  type Machine,
  type Operand,
  type Pipe,
  type Space,
  throughputOf,
} from '../../target-mlu/index.ts';
import { Memory } from '../../target-mlu/memory.ts';
import type { Region } from '../../target-mlu/region.ts';

/** An instruction as a program has it. */
export interface Step {
  readonly row: Instruction;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Why a program may not go on, and where. */
export interface Refusal {
  readonly core: number;
  readonly pc: number;
  /** What the message must say. */
  readonly says: RegExp;
  readonly space?: Space | undefined;
  /** Whether this may be the byte that is named. */
  readonly isByte?: ((address: number) => boolean) | undefined;
}

const spaces: readonly Space[] = ['gdram', 'ldram', 'nram', 'wram'];
const pipes: readonly Pipe[] = ['alu', 'vector', 'tensor', 'io', 'move'];

function bytesOf({ address, bytes, segments, stride }: Region): number[] {
  return Array.from({ length: segments * bytes }, (_, i) => address + Math.floor(i / bytes) * stride + (i % bytes));
}

/** One core of the model. */
class ByteCore {
  readonly core: Core;
  readonly code: readonly Step[];
  readonly written: Readonly<Record<Space, Set<number>>>;
  /** The bytes that instructions in flight read and write, by pipe. */
  readonly inFlight = new Map<Pipe, Map<string, 'read' | 'write'>>(pipes.map((pipe) => [pipe, new Map()]));
  readonly done = new Map<Pipe, number>(pipes.map((pipe) => [pipe, 0]));
  readonly busy = new Map<Pipe, number>(pipes.map((pipe) => [pipe, 0]));
  time = 0;
  instructions = 0;

  constructor(core: Core, code: readonly Step[], gdram: Set<number>) {
    this.core = core;
    this.code = code;
    this.written = { gdram, ldram: new Set(), nram: new Set(), wram: new Set() };
  }
}

/** Cores that run one after the other from barrier to barrier. */
export class ByteMachine {
  readonly machine: Machine;
  readonly cores: readonly ByteCore[];
  readonly gdram: Memory;

  /** `codes` has the code of every core; the image is what GDRAM holds of itself, from byte 0 on. */
  constructor(machine: Machine, codes: readonly (readonly Step[])[], image: Uint8Array) {
    this.machine = machine;
    const gdram = new Memory(machine.memory.gdram, machine.memory.gdram, false);
    gdram.bytes.set(image);
    this.gdram = gdram;
    const written = new Set(image.keys());
    const channel = (core: number): number => Math.floor(core / machine.coresPerChannel);
    const uses = codes.map((code) =>
      code.some(({ row }) =>
        Object.values(row.fields).some(
          (field) => field.kind === 'operand' && (field.space === 'gdram' || field.space === 'ldram'),
        ),
      ),
    );
    this.cores = codes.map((code, id) => {
      const sharers = uses.filter((does, other) => does && channel(other) === channel(id)).length;
      const memory = Object.fromEntries(
        spaces.map((space) => {
          const size = machine.memory[space];
          return [space, space === 'gdram' ? gdram : new Memory(size, size, false)];
        }),
      ) as Record<Space, Memory>;
      const core = new Core(id, channel(id), memory, new CoreClock(machine, throughputOf(machine, sharers)));
      return new ByteCore(core, code, written);
    });
  }

  /** Runs to the end or to the first thing that is not allowed. */
  run(): Refusal | undefined {
    for (;;) {
      for (const one of this.cores)
        while (one.core.status === 'running') {
          const refusal = this.step(one);
          if (refusal) return refusal;
        }
      if (this.cores.every(({ core }) => core.status === 'halted')) return undefined;
      const refusal = this.joinBarriers();
      if (refusal) return refusal;
    }
  }

  private step(one: ByteCore): Refusal | undefined {
    const { core, code } = one;
    const { pc } = core;
    const refuse = (says: RegExp, space?: Space, isByte?: (at: number) => boolean): Refusal => ({
      core: core.id,
      pc,
      says,
      space,
      isByte,
    });
    const step = code[pc];
    if (!step) return refuse(/the code ends here/);
    const { row } = step;
    const values: Record<string, unknown> = {};
    const wrongOperands: string[] = [];
    for (const [name, field] of Object.entries(row.fields)) {
      const written = step.fields[name] as Operand;
      values[name] = typeof written === 'object' ? (core.gpr[written.register] as number) + written.offset : written;
      if (field.kind !== 'operand') continue;
      const value = values[name] as number;
      const least = value < field.minimum ? `at least ${field.minimum}` : undefined;
      const multiple = value % field.multiple === 0 ? undefined : `a multiple of ${field.multiple}`;
      const wanted = least ?? multiple;
      if (wanted) wrongOperands.push(`'${name}' \\(.*\\) is ${value}, expected ${wanted}`);
    }
    // Whichever it finds first.
    if (wrongOperands.length > 0) return refuse(new RegExp(wrongOperands.join('|')));
    const wrong = row.verify?.(values as FieldValues);
    if (wrong !== undefined) return refuse(/expected|larger/);
    const regions = row.touches ? regionsOf(row, values as FieldValues) : [];
    for (const region of regions) {
      const problem = this.problemOf(one, row, region);
      if (problem) return refuse(problem.says, region.space, problem.isByte);
    }
    for (const region of regions)
      for (const other of regions) {
        if (!region.writes || other === region || other.space !== region.space) continue;
        const mine = new Set(bytesOf(region));
        const shared = new Set(bytesOf(other).filter((at) => mine.has(at)));
        const isSame = mine.size === shared.size && new Set(bytesOf(other)).size === mine.size;
        if (shared.size > 0 && !(isSame && row.inPlace?.includes(other.operand as never)))
          return refuse(/expected disjoint memory/, region.space, (at) => shared.has(at));
      }
    for (const region of regions) this.note(one, row, region);
    core.pc = pc + 1;
    one.instructions++;
    this.issue(one, row, values as FieldValues);
    try {
      row.execute(core, values as FieldValues);
    } catch (error) {
      if (error instanceof Violation) return refuse(/zero|shift|sum/);
      throw error;
    }
    this.synchronise(one, row);
    return undefined;
  }

  private problemOf(
    one: ByteCore,
    row: Instruction,
    region: Region,
  ): { says: RegExp; isByte: (at: number) => boolean } | undefined {
    const { space, address } = region;
    const end = address + (region.segments - 1) * region.stride + region.bytes;
    const isStart = (at: number): boolean => at === address;
    if (address < 0 || end > this.machine.memory[space]) return { says: /outside its/, isByte: isStart };
    const bytes = bytesOf(region);
    const isCopy = row.pipe === 'io' || row.pipe === 'move';
    const unit = row.pipe === 'alu' ? 4 : isCopy && space === 'nram' ? 1 : this.machine.alignment[space];
    if (address % unit !== 0) return { says: /address \d+, expected a multiple of/, isByte: isStart };
    if (region.segments > 1 && region.stride % unit !== 0) return { says: /the stride of/, isByte: isStart };
    for (const pipe of pipes) {
      if (pipe === row.pipe) continue;
      const clashes = new Set(
        bytes.filter((at) => {
          const earlier = one.inFlight.get(pipe)?.get(`${space} ${at}`);
          return earlier !== undefined && (earlier === 'write' || region.writes);
        }),
      );
      if (clashes.size > 0)
        return {
          says: new RegExp(`an instruction in flight on the ${pipe} pipe (reads|writes) as '.*'; a sync must`),
          isByte: (at) => clashes.has(at),
        };
    }
    const unwritten = region.reads ? bytes.find((at) => !one.written[space].has(at)) : undefined;
    return unwritten === undefined ? undefined : { says: /which was never written/, isByte: (at) => at === unwritten };
  }

  private note(one: ByteCore, row: Instruction, region: Region): void {
    const flight = one.inFlight.get(row.pipe);
    for (const at of bytesOf(region)) {
      const key = `${region.space} ${at}`;
      if (region.writes) one.written[region.space].add(at);
      if (flight?.get(key) !== 'write') flight?.set(key, region.writes ? 'write' : 'read');
    }
  }

  private issue(one: ByteCore, { pipe, cycles }: Instruction, values: FieldValues): void {
    if (pipe === 'control') one.time += 1;
    else {
      const start = Math.max(one.time, one.done.get(pipe) as number);
      const length = this.machine.startUp[pipe] + cycles(one.core.clock.throughput, values);
      one.done.set(pipe, start + length);
      one.busy.set(pipe, (one.busy.get(pipe) as number) + length);
      one.time = pipe === 'alu' ? start + length : one.time + 1;
    }
    one.core.clock.now = one.time;
  }

  private synchronise(one: ByteCore, { mnemonic }: Instruction): void {
    const waits: Readonly<Record<string, readonly Pipe[]>> = {
      'sync.io': ['io'],
      'sync.move': ['move'],
      'sync.compute': ['vector', 'tensor'],
    };
    const isWait = /^(sync|halt|barrier)/.test(mnemonic);
    for (const pipe of isWait ? (waits[mnemonic] ?? pipes) : []) {
      one.inFlight.get(pipe)?.clear();
      one.time = Math.max(one.time, one.done.get(pipe) as number);
    }
    one.core.clock.now = one.time;
  }

  private joinBarriers(): Refusal | undefined {
    const stuck: ByteCore[] = [];
    const released = new Set<ByteCore>();
    for (const one of this.cores) {
      if (one.core.status !== 'waiting' || released.has(one)) continue;
      const size = one.core.barrierSize;
      const isMember = ({ core }: ByteCore): boolean =>
        size === 0 || Math.floor(core.id / size) === Math.floor(one.core.id / size);
      const group = this.cores.filter(isMember);
      if (
        (size === 0 || this.machine.barrierSizes.includes(size)) &&
        group.every(({ core }) => core.status === 'waiting' && core.barrierSize === size)
      )
        for (const member of group) released.add(member);
      else stuck.push(one);
    }
    for (const one of released) {
      const size = one.core.barrierSize;
      const group = [...released].filter(
        ({ core }) =>
          core.barrierSize === size && (size === 0 || Math.floor(core.id / size) === Math.floor(one.core.id / size)),
      );
      one.core.clock.now = Math.max(...group.map((member) => member.time)) + this.machine.startUp.barrier;
    }
    for (const one of released) {
      one.time = one.core.clock.now;
      one.core.status = 'running';
    }
    const first = stuck[0];
    if (released.size > 0 || !first) return undefined;
    return {
      core: first.core.id,
      pc: first.core.pc - 1,
      says:
        this.machine.barrierSizes.includes(first.core.barrierSize) || first.core.barrierSize === 0
          ? /deadlock: core \d+ waits at a barrier that core \d+ never reaches; it (has halted|waits at another)/
          : /a barrier of \d+ cores, .* has/,
    };
  }
}
