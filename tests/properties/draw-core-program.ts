/** Programs of the hardware level as text: blocks of memory, copies, vector work, and loops whose bounds and rows are sums of counters. */
import type { Random } from '../../tools/check/random.ts';

/** A loop counter, or another value, with the range of what it may be. */
interface Counter {
  readonly name: string;
  readonly low: number;
  readonly high: number;
}
/** A block of on-chip memory whose rows are written. */
interface Tile {
  readonly name: string;
  readonly space: 'nram' | 'ldram' | 'wram';
  readonly rows: number;
}

/** A program, and how many rows its input and its output have. */
export interface DrawnCoreProgram {
  readonly text: string;
  readonly inputRows: number;
  readonly outputRows: number;
}

const lanes = 64;
const type = (rows: number, space: string): string => `memref<${rows}x${lanes}xf16, "${space}">`;
const numbers = (...values: readonly number[]): string => `array<i64: ${values.join(', ')}>`;

/** Writes one program; `far` rows lie between what it keeps in GDRAM and the start of that buffer. */
class Writer {
  readonly lines: string[];
  /** Rows that are reached, by buffer; extents are known at the end. */
  readonly reached: Record<'input0' | 'output0' | 'kept', number>;
  private readonly random: Random;
  private readonly far: number;
  private values: number;

  constructor(random: Random, far: number) {
    this.lines = [];
    this.reached = { input0: 1, output0: 1, kept: 1 };
    this.random = random;
    this.far = far;
    this.values = 0;
  }

  private name(): string {
    return `%${this.values++}`;
  }

  private line(text: string): void {
    this.lines.push(text);
  }

  private constant(value: number): Counter {
    const name = this.name();
    this.line(`${name} = arith.constant ${value} : index`);
    return { name, low: value, high: value };
  }

  private arith(op: 'addi' | 'subi' | 'muli', a: Counter, b: Counter): Counter {
    const name = this.name();
    this.line(`${name} = arith.${op} ${a.name}, ${b.name} : index`);
    const ends = [a.low, a.high].flatMap((x) =>
      [b.low, b.high].map((y) => (op === 'addi' ? x + y : op === 'subi' ? x - y : x * y)),
    );
    return { name, low: Math.min(...ends), high: Math.max(...ends) };
  }

  /** A sum of multiples of some counters. */
  private sum(counters: readonly Counter[]): Counter {
    const { random } = this;
    let sum = counters.length > 0 && random.below(5) > 0 ? random.pick(counters) : this.constant(random.below(5) - 1);
    for (let terms = random.below(4); terms > 0; terms--) {
      const factor = this.constant(random.pick([-2, -1, 0, 1, 2, 3]));
      const one = counters.length > 0 ? random.pick(counters) : this.constant(random.below(4));
      const product = random.once(2) ? this.arith('muli', one, factor) : this.arith('muli', factor, one);
      sum = this.arith(random.once(3) ? 'subi' : 'addi', sum, random.once(2) ? product : one);
    }
    return sum;
  }

  /** A row of a buffer: a sum, moved so that it is none below `first`. */
  private row(buffer: keyof Writer['reached'], counters: readonly Counter[], first = 0): Counter {
    const drawn = this.sum(counters);
    const row = drawn.low === first ? drawn : this.arith('addi', drawn, this.constant(first - drawn.low));
    this.reached[buffer] = Math.max(this.reached[buffer], row.high + 1);
    return row;
  }

  /** The block of GDRAM row `row`. */
  private gdramRow(buffer: keyof Writer['reached'], row: Counter): string {
    const [source, part] = [this.name(), this.name()];
    const whole = `memref<#${buffer}x${lanes}xf16, "gdram">`;
    // The lane may come from an operand as well.
    const lane = this.random.once(3) ? this.constant(0) : undefined;
    const given = [row, ...(lane ? [lane] : [])].map(({ name }) => name).join(', ');
    this.line(`${source} = mlu.get_buffer @${buffer} : ${whole}`);
    this.line(
      `${part} = mlu.subview ${source}[${given}] {offsets = ${numbers(-1, lane ? -1 : 0)}, sizes = ${numbers(1, lanes)}, steps = ${numbers(1, 1)}} : ${whole} -> memref<1x${lanes}xf16, strided<[${lanes}, 1], offset: ?>, "gdram">`,
    );
    return part;
  }

  /** One row of a tile, by subview or as a window. */
  private tileRow(
    { name, space, rows }: Tile,
    counters: readonly Counter[],
  ): { readonly name: string; readonly type: string } {
    const { random } = this;
    const part = this.name();
    const small = counters.filter(({ low, high }) => low >= 0 && high < rows);
    if (small.length > 0 && random.once(2)) {
      const counter = random.pick(small);
      const result = `memref<1x${lanes}xf16, strided<[${lanes}, 1], offset: ?>, "${space}">`;
      if (random.once(2)) {
        const start = this.arith('muli', counter, this.constant(lanes));
        const window = this.name();
        this.line(
          `${window} = mlu.windows ${name}[${start.name}] {sizes = ${numbers(1, lanes)}, strides = ${numbers(lanes, 1)}} : ${type(rows, space)} -> ${result}`,
        );
        return { name: window, type: result };
      }
      this.line(
        `${part} = mlu.subview ${name}[${counter.name}] {offsets = ${numbers(-1, 0)}, sizes = ${numbers(1, lanes)}, steps = ${numbers(1, 1)}} : ${type(rows, space)} -> ${result}`,
      );
      return { name: part, type: result };
    }
    const row = random.below(rows);
    const layout = row > 0 ? `strided<[${lanes}, 1], offset: ${row * lanes}>, ` : '';
    const result = `memref<1x${lanes}xf16, ${layout}"${space}">`;
    this.line(
      `${part} = mlu.subview ${name} {offsets = ${numbers(row, 0)}, sizes = ${numbers(1, lanes)}, steps = ${numbers(1, 1)}} : ${type(rows, space)} -> ${result}`,
    );
    return { name: part, type: result };
  }

  private copy(from: { readonly name: string; readonly type: string }, to: typeof from): void {
    this.line(`mlu.copy ${from.name}, ${to.name} : ${from.type} -> ${to.type}`);
  }

  private readonly gdram = (name: string) => ({
    name,
    type: `memref<1x${lanes}xf16, strided<[${lanes}, 1], offset: ?>, "gdram">`,
  });

  private alloc(rows: number, space: Tile['space'] = 'nram'): Tile {
    const tile: Tile = { name: this.name(), space, rows };
    this.line(`${tile.name} = mlu.alloc : ${type(rows, space)}`);
    return tile;
  }

  private filled(rows: number): Tile {
    const tile = this.alloc(rows);
    this.line(`mlu.fill ${tile.name} {value = ${this.random.below(9) - 4}.0 : f32} : ${type(rows, 'nram')}`);
    return tile;
  }

  private step(tiles: readonly Tile[], counters: readonly Counter[]): Tile | undefined {
    const { random } = this;
    const near = tiles.filter(({ space }) => space === 'nram');
    const tile = random.pick(near);
    const alike = near.filter(({ rows }) => rows === tile.rows);
    const whole = type(tile.rows, 'nram');
    switch (random.below(9)) {
      case 0:
        return this.filled(1 + random.below(3));
      case 1: {
        // A block far away begins as a copy of one that is near.
        const away = this.alloc(tile.rows, random.once(3) ? 'wram' : 'ldram');
        this.copy({ name: tile.name, type: whole }, { name: away.name, type: type(tile.rows, away.space) });
        return away;
      }
      case 2:
      case 3:
        this.copy(this.gdram(this.gdramRow('input0', this.row('input0', counters))), this.tileRow(tile, counters));
        return undefined;
      case 4:
        this.copy(this.tileRow(tile, counters), this.gdram(this.gdramRow('output0', this.row('output0', counters))));
        return undefined;
      case 5: {
        // What is kept is read again at once, and under another sum.
        const kept = this.gdramRow('kept', this.row('kept', counters, this.far));
        this.copy(this.tileRow(tile, counters), this.gdram(kept));
        this.copy(this.gdram(kept), this.tileRow(random.pick(near), counters));
        return undefined;
      }
      case 6: {
        const [from, to] = [random.pick(tiles), random.pick(tiles)];
        if (from === to || (from.space !== 'nram' && to.space !== 'nram')) return undefined;
        this.copy(this.tileRow(from, counters), this.tileRow(to, counters));
        return undefined;
      }
      case 7: {
        const [lhs, rhs] = [random.pick(alike), random.pick(alike)];
        const op = random.pick(['add', 'sub', 'max', 'min']);
        this.line(`mlu.${op} ${lhs.name}, ${rhs.name}, ${tile.name} : ${whole}`);
        return undefined;
      }
      default:
        this.line(`mlu.abs ${random.pick(alike).name}, ${tile.name} : ${whole}`);
        return undefined;
    }
  }

  /** Steps, some of them loops. */
  steps(count: number, tiles: readonly Tile[], counters: readonly Counter[], depth: number): void {
    const { random } = this;
    const known = [...tiles];
    for (let at = 0; at < count; at++) {
      if (depth > 0 && random.once(3)) this.loop(known, counters, depth);
      else {
        const made = this.step(known, counters);
        if (made) known.push(made);
      }
    }
  }

  private loop(tiles: readonly Tile[], counters: readonly Counter[], depth: number): void {
    const { random } = this;
    const isFixed = counters.length === 0 || random.once(2);
    const lower = isFixed ? this.constant(random.below(4) - 1) : this.sum(counters);
    const rounds = this.constant(random.below(4));
    const upper = random.once(4) ? this.constant(lower.low + random.below(4)) : this.arith('addi', lower, rounds);
    const step = this.constant(1 + random.below(3));
    const counter: Counter = { name: this.name(), low: lower.low, high: Math.max(lower.high, upper.high - 1) };
    this.line(`scf.for ${counter.name} = ${lower.name} to ${upper.name} step ${step.name} {`);
    this.steps(1 + random.below(4), tiles, [...counters, counter], depth - 1);
    this.line('}');
  }

  /** Writes every row of the output, so that none is left as it was; extents are those that the program reaches. */
  wholeOutput(): void {
    const tile = this.filled(1);
    const [from, to, by] = [this.constant(0), this.name(), this.constant(1)];
    this.line(`${to} = arith.constant #output0 : index`);
    const at = this.name();
    this.line(`scf.for ${at} = ${from.name} to ${to} step ${by.name} {`);
    this.copy(
      { name: tile.name, type: type(1, 'nram') },
      this.gdram(this.gdramRow('output0', { name: at, low: 0, high: 0 })),
    );
    this.line('}');
  }

  /** The first blocks, and what follows. */
  program(steps: number, loops: number): void {
    const tiles = [this.filled(1), this.filled(2), this.filled(2)];
    this.steps(steps, tiles, [], loops);
  }
}

/** What is drawn. */
export interface CoreProgramOptions {
  /** How deep loops are nested; none for 0, and then not every row of the output is written. */
  readonly loops: number;
  readonly steps: number;
  /** Rows that lie unused before what is kept in GDRAM. */
  readonly far?: number;
}

/** A program of one core on `input0` and `output0`. */
export function drawCoreProgram(random: Random, { loops, steps, far = 0 }: CoreProgramOptions): DrawnCoreProgram {
  const writer = new Writer(random, far);
  if (loops > 0) writer.wholeOutput();
  writer.program(steps, loops);
  const { reached } = writer;
  const buffer = (name: keyof typeof reached, role: string): string =>
    `  mlu.buffer "${name}" {role = "${role}", shape = ${numbers(reached[name], lanes)}, type = ${type(reached[name], 'gdram')}}`;
  const body = writer.lines.map((line) =>
    line.replace(/#(input0|output0|kept)/g, (_, name: keyof typeof reached) => String(reached[name])),
  );
  const text = [
    'module {',
    buffer('input0', 'input'),
    buffer('kept', 'temporary'),
    buffer('output0', 'output'),
    '  func.func @core0() attributes {mlu.core = 0 : i64} {',
    ...body.map((line) => `    ${line}`),
    '    return',
    '  }',
    '}',
  ].join('\n');
  return { text, inputRows: reached.input0, outputRows: reached.output0 };
}
