/** Random programs on the emulator and on a machine that keeps account of every byte: the same faults, values, and times. */
import { expect, test } from 'vitest';
import {
  control,
  copies,
  elementwise,
  Emulator,
  fills,
  type Instruction,
  isa,
  type Machine,
  MachineFault,
  machineVariant,
  mlu100,
  type Program,
  readObjectFile,
  reduction,
  type RunReport,
  scalar,
  scalarComparison,
  scalarMemory,
  SectionBuilder,
  type Space,
  stridedCopies,
  writeObjectFile,
} from '../../target-mlu/index.ts';
import { Random } from '../../tools/check/random.ts';
import { ByteMachine, type Step } from './byte-machine.ts';

/** Memories so small that programs often come to their ends; group barriers of 8 cores are not there. */
const small: Machine = machineVariant(mlu100, {
  memory: { gdram: 4096, ldram: 1024, nram: 2048, wram: 1024 },
  barrierSizes: [4, 16],
  coresPerChannel: 4,
});
const imageBytes = 1024;

const rows = (family: Readonly<Record<string, unknown>>): Instruction[] => Object.values(family) as Instruction[];
const moving = [...rows(copies), ...rows(stridedCopies), ...rows(fills), ...rows(scalarMemory)];
const computing = [elementwise.add, elementwise.mul, ...rows(reduction)] as unknown as Instruction[];
const deciding = [...rows(scalarComparison), ...rows(scalar)];
const waiting = [control.sync, control.syncIo, control.syncMove, control.syncCompute] as unknown as Instruction[];

/** An address, mostly aligned and inside; near the end of its memory now and then. */
function address(space: Space, random: Random): number {
  const size = small.memory[space];
  const unit = small.alignment[space];
  if (random.once(12)) return random.below(size + 64);
  if (random.once(6)) return size - unit * (1 + random.below(3));
  return unit * random.below(Math.min(6, size / unit));
}

type OperandField = Extract<Instruction['fields'][string], { kind: 'operand' }>;

/** A size, a distance or a number; few are not legal. */
function number(name: string, { signed, minimum, multiple }: OperandField, random: Random): number {
  if (signed) return random.below(200) - 50;
  if (name.endsWith('stride')) return random.pick([0, 64, 128, 128, 192, 256, 256, 100]);
  if (random.once(20)) return random.below(130);
  if (name === 'bytes' && multiple === 1) return random.pick([1, 63, 64, 128, 192, 300]);
  return minimum + multiple * random.below(3);
}

/** What a field holds: constants, or registers of which some hold such constants. */
function written(name: string, field: Instruction['fields'][string], length: number, random: Random): unknown {
  switch (field.kind) {
    case 'choice':
      return random.pick(field.values);
    case 'predicate':
      return random.below(3);
    case 'register':
      return random.below(4);
    case 'wide':
      return random.pick([0, 1, 64, 128, 256, 2 ** 40, -1]);
    case 'target':
      return length;
    case 'operand': {
      const constant = field.space !== undefined ? address(field.space, random) : number(name, field, random);
      return random.once(9) ? { register: random.below(4), offset: random.once(2) ? constant : 0 } : constant;
    }
  }
}

function drawCode(cores: number, random: Random): Step[] {
  const code: Step[] = [];
  const put = (row: unknown, fields: Step['fields']): void => void code.push({ row: row as Instruction, fields });
  // The first word of the image decides whether memory is filled: a second run must not live on what a first one wrote.
  const jump = { condition: 0, target: 0 };
  if (random.once(3)) {
    put(scalarMemory.loadGdram, { dst: 3, src: 0 });
    put(scalarComparison.ne, { dst: 0, a: { register: 3, offset: 0 }, b: 0 });
    put(control.jumpIf, jump);
  }
  // Most bytes that are read later are written here.
  if (!random.once(4)) {
    put(copies.loadNramGdram, { dst: 0, src: 0, bytes: 1024 });
    put(copies.loadWramGdram, { dst: 0, src: 0, bytes: 512 });
    put(control.sync, {});
    put(copies.storeLdramNram, { dst: 0, src: 0, bytes: 512 });
    if (random.once(2)) put(copies.storeGdramNram, { dst: small.memory.gdram - 192, src: 0, bytes: 192 });
    if (!random.once(4)) put(control.sync, {});
  }
  jump.target = code.length;
  const length = 2 + random.below(12);
  for (let number = 0; number < length; number++) {
    const kind = random.below(10);
    if (kind < 2 || random.once(3)) put(random.pick(waiting), {});
    else if (kind === 2 && cores > 1 && random.once(2)) put(control.barrierGlobal, {});
    else if (kind === 2 && cores > 1) put(control.barrierGroup, { cores: random.pick(['4', '4', '8', '16']) });
    else {
      const row = random.pick(kind < 6 ? moving : kind < 8 ? computing : kind < 9 ? deciding : isa);
      if (row.pipe === 'control' && !row.mnemonic.startsWith('jump')) continue;
      // Jumps go forward, so that every program ends.
      const target = code.length + 1 + random.below(3);
      put(
        row,
        Object.fromEntries(
          Object.entries(row.fields).map(([name, field]) => [name, written(name, field, target, random)]),
        ),
      );
    }
  }
  if (!random.once(15)) put(control.halt, {});
  return code.map(({ row, fields }) => {
    const { target } = fields as { target?: number };
    return target === undefined
      ? { row, fields }
      : { row, fields: { ...fields, target: Math.min(target, code.length - 1) } };
  });
}

interface Drawn {
  readonly program: Program;
  readonly codes: readonly Step[][];
  readonly image: Uint8Array;
}

function draw(seed: number): Drawn {
  const random = new Random(seed, 11);
  const cores = random.pick([1, 1, 1, 2, 4, 5, 8]);
  const image = Uint8Array.from({ length: imageBytes }, (_, at) =>
    at % 2 === 0 ? random.below(256) : 0x30 + random.below(16),
  );
  const own = drawCode(cores, random);
  const other = cores > 1 && random.once(2) ? drawCode(cores, random) : own;
  const codes = Array.from({ length: cores }, (_, core) => (core % 3 === 2 ? other : own));
  const locations = ['loc("a":1:1)', 'loc("b":2:2)'];
  const section = (code: Step[], of: number[]) => {
    const builder = new SectionBuilder();
    for (const [pc, { row, fields }] of code.entries()) builder.emit(row, fields as never, (pc % 3) - 1);
    return builder.finish(of);
  };
  const isOther = (core: number): boolean => codes[core] !== own;
  const all = Array.from(codes.keys());
  const sections = [
    section(
      own,
      all.filter((core) => !isOther(core)),
    ),
  ];
  if (all.some(isOther)) sections.push(section(other, all.filter(isOther)));
  const program: Program = {
    machine: small.name,
    gdramBytes: small.memory.gdram,
    segments: [
      { address: 0, bytes: image.subarray(0, 512) },
      { address: 512, bytes: image.subarray(512) },
    ],
    symbols: [
      { name: 'flag', kind: 'input', element: 'i32', address: 0, shape: [1], physical: [1] },
      {
        name: 'all',
        kind: 'output',
        element: 'u8',
        address: 0,
        shape: [small.memory.gdram],
        physical: [small.memory.gdram],
      },
    ],
    locations,
    sections,
  };
  return { program, codes, image };
}

const emulate = (emulator: Emulator): MachineFault | RunReport => {
  try {
    return emulator.run();
  } catch (error) {
    if (error instanceof MachineFault) return error;
    throw error;
  }
};

/** Runs a program with a first word of its image on both, and gives how it ended. */
function compare(emulator: Emulator, { program, codes, image }: Drawn, flag: number, seed: number): string {
  const word = new Uint8Array(Int32Array.of(flag).buffer);
  emulator.write('flag', word);
  const given = image.slice();
  given.set(word);
  const model = new ByteMachine(small, codes, given);
  const [ended, refusal] = [emulate(emulator), model.run()];
  const told = `seed ${seed}, flag ${flag}: ${ended instanceof MachineFault ? ended.message : 'no fault'}`;
  const kind = refusal?.says.source ?? 'ends';
  if (ended instanceof MachineFault) {
    if (!refusal) throw new Error(`${told}; expected none`);
    const { place } = ended;
    expect(ended.message, told).toMatch(refusal.says);
    expect([place.core, place.pc, place.space], told).toEqual([refusal.core, refusal.pc, refusal.space]);
    if (refusal.isByte) expect(refusal.isByte(place.address as number), told).toBe(true);
    const isBeyond = place.pc >= (codes[place.core] as Step[]).length;
    const location = isBeyond ? -1 : (place.pc % 3) - 1;
    expect(place.location, told).toBe(location < 0 ? undefined : program.locations[location]);
    return kind;
  }
  if (refusal) throw new Error(`${told}; expected ${kind}`);
  // What is in memory and in registers, and when it all was done.
  const written = model.cores[0]?.written.gdram as Set<number>;
  for (let at = 0; at < small.memory.gdram; at++) {
    if ((emulator.gdram.written?.[at] === 1) !== written.has(at)) throw new Error(`${told}, byte ${at} is written`);
    if (written.has(at) && emulator.gdram.bytes[at] !== model.gdram.bytes[at])
      throw new Error(`${told}, byte ${at}: ${emulator.gdram.bytes[at]}, expected ${model.gdram.bytes[at]}`);
  }
  const { perCore, cycles, instructions } = ended;
  expect(perCore.map((core) => core.instructions)).toEqual(model.cores.map((one) => one.instructions));
  expect(
    perCore.map((core) => core.cycles),
    told,
  ).toEqual(model.cores.map((one) => one.time));
  expect(cycles).toBe(Math.max(...model.cores.map((one) => one.time)));
  for (const [id, one] of model.cores.entries()) {
    const { control: none, ...busy } = (perCore[id] as RunReport['perCore'][number]).busy;
    expect([none, busy], told).toEqual([0, Object.fromEntries(one.busy)]);
    expect([...(emulator.cores[id] as Emulator['cores'][number]).gpr], told).toEqual([...one.core.gpr]);
  }
  // As many steps as it takes, and one less.
  for (const fewer of [0, 1]) {
    const limited = new Emulator(program, small, { steps: instructions - fewer });
    limited.write('flag', word);
    const end = emulate(limited);
    if (fewer === 0) expect(end).not.toBeInstanceOf(MachineFault);
    else expect((end as MachineFault).message).toContain('is used up');
  }
  return kind;
}

test('programs for more cores than there are, or for too much memory, are refused', () => {
  const few = machineVariant(small, { cores: 8 });
  for (let number = 0; number < 60; number++) {
    const random = new Random(53, number);
    const cores = 1 + random.below(12);
    const cut = 1 + random.below(cores);
    const builder = (): SectionBuilder => {
      const made = new SectionBuilder();
      made.emit(control.halt, {});
      return made;
    };
    const all = Array.from({ length: cores }, (_, core) => core);
    const sections = [all.slice(0, cut), all.slice(cut)]
      .filter((of) => of.length > 0)
      .map((of) => builder().finish(of));
    const gdramBytes = random.pick([64, few.memory.gdram - 1, few.memory.gdram, few.memory.gdram + 1]);
    const program: Program = { machine: few.name, gdramBytes, segments: [], symbols: [], locations: [], sections };
    const make = (): Emulator => new Emulator(program, few);
    if (cores > 8) expect(make).toThrow(`the program needs ${cores} cores, ${few.name} has 8`);
    else if (gdramBytes > few.memory.gdram)
      expect(make).toThrow(`the program needs ${gdramBytes} bytes of gdram, at most ${few.memory.gdram} are allowed`);
    else expect(make().run().instructions).toBe(cores);
  }
});

test('random programs end as on a machine that keeps account of every byte', () => {
  const seen = new Set<string>();
  for (let seed = 0; seed < 500; seed++) {
    const drawn = draw(seed);
    const emulator = new Emulator(readObjectFile(writeObjectFile(drawn.program)), small);
    for (const flag of seed % 2 === 0 ? [0, 1, 0] : [1, 0]) seen.add(compare(emulator, drawn, flag, seed));
  }
  // All that there is to refuse was refused.
  for (const kind of [
    'ends',
    'outside its',
    'which was never written',
    'address \\d+, expected a multiple of',
    'expected disjoint memory',
    'the stride of',
    'the code ends here',
    'a barrier of',
    'deadlock',
    'zero|shift|sum',
    'on the alu pipe',
    'on the io pipe',
    'on the move pipe',
    'on the vector pipe',
  ])
    expect(
      [...seen].some((one) => one.includes(kind)),
      kind,
    ).toBe(true);
});
