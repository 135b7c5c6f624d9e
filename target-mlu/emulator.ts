/** The functional emulator: runs the encoded program of an object file on several cores. */
import { checkedRegions, checkRegions } from './check.ts';
import { Core } from './core.ts';
import { type Decoded, decodedText, decodeSection } from './decoded.ts';
import { MachineFault, Violation } from './fault.ts';
import type { Machine } from './machine.ts';
import { Memory } from './memory.ts';
import type { Pipe } from './pipe.ts';
import { type Program, programProblem, type ProgramSymbol, type Section, symbolBytes } from './program.ts';
import { releaseBarriers } from './barrier.ts';
import { gather, scatter, tensorBytes } from './symbol-data.ts';
import { CoreClock, throughputOf } from './timing.ts';

/** How an emulator behaves. */
export interface EmulatorOptions {
  /** Fault when memory is read that was never written; on unless told otherwise. */
  readonly watchWritten?: boolean;
  /** Instructions that one run may execute on all cores together; 10^9 unless told otherwise. */
  readonly steps?: number;
  /** Bytes of GDRAM that the emulator may really allocate; 2 GiB unless told otherwise. */
  readonly gdramBudget?: number;
  /** Called before each instruction. */
  readonly trace?: (core: Core, pc: number, text: () => string) => void;
}

/** What one core did in a run. */
export interface CoreReport {
  readonly core: number;
  readonly instructions: number;
  /** Modelled cycles from the start to this core's end. */
  readonly cycles: number;
  /** Modelled cycles that each pipe worked. */
  readonly busy: Readonly<Record<Pipe, number>>;
}

/** What a run came to; cycles are modelled ones, not a measurement of silicon. */
export interface RunReport {
  readonly instructions: number;
  readonly cycles: number;
  readonly perCore: readonly CoreReport[];
}

const usesDram = (code: readonly Decoded[]): boolean =>
  code.some(({ row }) =>
    Object.values(row.fields).some((f) => f.kind === 'operand' && (f.space === 'gdram' || f.space === 'ldram')),
  );

/** A program on a machine. Decodes once; may run often, each time from the program's initial memory plus inputs. */
export class Emulator {
  readonly program: Program;
  readonly machine: Machine;
  readonly gdram: Memory;
  readonly cores: readonly Core[];
  private readonly options: EmulatorOptions;
  private readonly codes: readonly (readonly Decoded[])[];
  private readonly sections: readonly Section[];
  private readonly inputs: Map<ProgramSymbol, Uint8Array>;
  private stepsLeft: number;
  private isFresh: boolean;

  /** Throws EncodingError for code that is none, and Error when the program does not fit the machine. */
  constructor(program: Program, machine: Machine, options: EmulatorOptions = {}) {
    const problem = programProblem(program);
    if (problem !== undefined) throw new Error(`program: ${problem}`);
    const budget = Math.min(machine.memory.gdram, options.gdramBudget ?? 2 ** 31);
    const coreCount = program.sections.reduce((n, section) => n + section.cores.length, 0);
    if (program.machine !== machine.name)
      throw new Error(`the program is for ${program.machine}, the machine is ${machine.name}`);
    if (coreCount > machine.cores)
      throw new Error(`the program needs ${coreCount} cores, ${machine.name} has ${machine.cores}`);
    if (program.gdramBytes > budget)
      throw new Error(`the program needs ${program.gdramBytes} bytes of gdram, at most ${budget} are allowed`);
    this.program = program;
    this.machine = machine;
    this.options = options;
    const watched = options.watchWritten ?? true;
    this.gdram = new Memory(program.gdramBytes, budget, watched);
    const sectionOf: Section[] = [];
    const codeOf: (readonly Decoded[])[] = [];
    for (const section of program.sections) {
      const code = decodeSection(section.code);
      for (const core of section.cores) {
        sectionOf[core] = section;
        codeOf[core] = code;
      }
    }
    this.sections = sectionOf;
    this.codes = codeOf;
    const channelOf = (core: number): number => Math.floor(core / machine.coresPerChannel);
    const users = codeOf.map(usesDram);
    this.cores = codeOf.map((_, id) => {
      const sharers = users.filter((uses, other) => uses && channelOf(other) === channelOf(id)).length;
      const memory = {
        gdram: this.gdram,
        ldram: new Memory(0, machine.memory.ldram, watched),
        nram: new Memory(machine.memory.nram, machine.memory.nram, watched),
        wram: new Memory(machine.memory.wram, machine.memory.wram, watched),
      };
      return new Core(id, channelOf(id), memory, new CoreClock(machine, throughputOf(machine, sharers)));
    });
    this.inputs = new Map();
    this.stepsLeft = 0;
    this.isFresh = false;
  }

  /** The symbol called `name`; throws an Error that lists the known ones. */
  symbol(name: string): ProgramSymbol {
    const found = this.program.symbols.find((symbol) => symbol.name === name);
    if (found !== undefined) return found;
    throw new Error(
      `no symbol '${name}', the program has ${this.program.symbols.map((s) => s.name).join(', ') || 'none'}`,
    );
  }

  /** Gives a symbol its value for all later runs: the dense tensor, little-endian. Padding becomes zero. */
  write(name: string, tensor: Uint8Array): void {
    const symbol = this.symbol(name);
    const wanted = tensorBytes(symbol);
    if (tensor.length !== wanted) throw new Error(`'${name}' takes ${wanted} bytes, got ${tensor.length}`);
    const padded = new Uint8Array(symbolBytes(symbol));
    scatter(symbol, tensor, padded);
    this.inputs.set(symbol, padded);
  }

  /** The dense tensor of a symbol, little-endian; throws an Error where the program never wrote it. */
  read(name: string): Uint8Array {
    const symbol = this.symbol(name);
    const { address } = symbol;
    const { written } = this.gdram;
    if (written !== undefined) {
      const missing = gather(symbol, written.subarray(address)).indexOf(0);
      if (missing >= 0) throw new Error(`'${name}': byte ${missing} of the tensor was never written`);
    }
    return gather(symbol, this.gdram.bytes.subarray(address));
  }

  /** Runs every core to its end. Throws MachineFault. */
  run(): RunReport {
    this.prepare();
    this.stepsLeft = this.options.steps ?? 1e9;
    for (;;) {
      for (const core of this.cores) while (core.status === 'running') this.step(core);
      if (this.cores.every((core) => core.status === 'halted')) break;
      const stuck = releaseBarriers(this.cores, this.machine);
      if (stuck !== undefined) throw this.fault(stuck.core, stuck.core.pc - 1, stuck.reason);
    }
    const perCore = this.cores.map(({ id, instructions, clock }) => ({
      core: id,
      instructions,
      cycles: clock.now,
      busy: { ...clock.busy },
    }));
    return {
      instructions: perCore.reduce((n, core) => n + core.instructions, 0),
      cycles: Math.max(...perCore.map((core) => core.cycles)),
      perCore,
    };
  }

  /** Memory as the program expects it at its start: segments, inputs, nothing else written. */
  private prepare(): void {
    const { gdram, program } = this;
    const { low, high } = gdram;
    gdram.clear();
    for (const { address, bytes } of program.segments) {
      if (!this.isFresh || (address < high && low < address + bytes.length)) gdram.bytes.set(bytes, address);
      gdram.written?.fill(1, address, address + bytes.length);
    }
    this.isFresh = true;
    for (const [{ address }, padded] of this.inputs) {
      gdram.bytes.set(padded, address);
      gdram.mark(address, padded.length);
    }
    for (const core of this.cores) core.reset();
  }

  private step(core: Core): void {
    const { pc } = core;
    const instruction = (this.codes[core.id] as readonly Decoded[])[pc];
    if (instruction === undefined) throw this.fault(core, pc, 'the code ends here, expected halt');
    if (this.stepsLeft-- <= 0)
      throw this.fault(core, pc, `the budget of ${this.options.steps ?? 1e9} instructions is used up`);
    const { row, values, registers } = instruction;
    for (const { name, register, offset } of registers) {
      (values as unknown as Record<string, number>)[name] = (core.gpr[register] as number) + offset;
    }
    this.options.trace?.(core, pc, () => decodedText(instruction));
    try {
      const regions = checkedRegions(instruction);
      if (regions.length > 0) checkRegions(row, regions, core, this.machine);
      const work = row.cycles(core.clock.throughput, values);
      core.pc = pc + 1;
      core.instructions++;
      core.clock.issue(row.pipe, work);
      row.execute(core, values);
    } catch (error) {
      if (error instanceof Violation) throw this.fault(core, pc, error.message, error);
      throw error;
    }
  }

  private fault(core: Core, pc: number, reason: string, at?: Violation): MachineFault {
    const instruction = (this.codes[core.id] as readonly Decoded[])[pc];
    const location = this.program.locations[this.sections[core.id]?.locations[pc] ?? -1];
    const text = instruction === undefined ? 'no instruction' : decodedText(instruction);
    return new MachineFault(reason, { core: core.id, pc, text, location, space: at?.space, address: at?.address });
  }
}
