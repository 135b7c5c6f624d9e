/**
 * Random programs of numbers: functions with arithmetic, branches, switches, loops, regions and calls. They are well
 * typed, come to an end, and have no undefined behaviour, so that every pass must keep what they compute.
 */
import type { Random } from './random.ts';

type Name = 'i1' | 'i8' | 'i32' | 'i64' | 'index' | 'f32' | 'f64';
const integers: readonly Name[] = ['i8', 'i32', 'i64', 'index'];
const floats: readonly Name[] = ['f32', 'f64'];
const names: readonly Name[] = ['i1', 'i32', 'i32', 'i64', 'i8', 'index', 'f32', 'f64'];
const widths: Readonly<Record<string, number>> = { i1: 1, i8: 8, i32: 32, i64: 64, index: 64 };

interface Value {
  readonly name: string;
  readonly type: Name;
}
interface Signature {
  readonly name: string;
  readonly inputs: readonly Name[];
  readonly results: readonly Name[];
}

/** What programs are made of; those with regions come last. */
const usualWeights = {
  integer: 9,
  float: 3,
  comparison: 2,
  select: 2,
  conversion: 2,
  call: 1,
  division: 1,
  choice: 2,
  loop: 2,
  region: 1,
  switch: 1,
};
/** One kind of statement. */
export type StatementKind = keyof typeof usualWeights;
/** How often each kind is chosen, against the others. */
export type StatementWeights = Readonly<Record<StatementKind, number>>;
const statementKinds = Object.keys(usualWeights) as readonly StatementKind[];
const flatKinds = statementKinds.filter((kind) => !['choice', 'loop', 'region', 'switch'].includes(kind));

/** So many values are returned at most beside the one that always is. */
const mostResults = 8;

/** Writes one program. */
class ProgramWriter {
  private readonly random: Random;
  private readonly weights: StatementWeights;
  private readonly lines: string[];
  private readonly functions: Signature[];
  private left: number;
  private next: number;
  private depth: number;
  /** The values that something reads. */
  private readonly read: Set<string>;

  constructor(random: Random, operations: number, weights: StatementWeights) {
    this.weights = weights;
    this.random = random;
    this.lines = [];
    this.functions = [];
    this.left = operations;
    this.next = 0;
    this.depth = 1;
    this.read = new Set();
  }

  write(): string {
    const count = 1 + this.random.below(3);
    const share = Math.ceil(this.left / count);
    for (let at = 0; at < count; at++) {
      this.left = share;
      this.function(`f${at}`, at < count - 1 && this.random.once(2));
    }
    return `module {\n${this.lines.join('\n')}\n}\n`;
  }

  private line(text: string): void {
    this.lines.push(`${'  '.repeat(this.depth)}${text}`);
  }
  private fresh(): string {
    return `%v${this.next++}`;
  }

  private function(name: string, isPrivate: boolean): void {
    const inputs = Array.from({ length: 1 + this.random.below(4) }, () => this.random.pick(names));
    const values = inputs.map((type): Value => ({ name: this.fresh(), type }));
    const list = values.map(({ name: of, type }) => `${of}: ${type}`).join(', ');
    const head = this.lines.length;
    this.line('');
    this.depth++;
    const known = this.random.once(3) ? this.blocks([...values]) : [...values];
    this.body(known, this.left);
    // What nobody reads is returned: only what can be seen can be wrong.
    const unread = known.filter((value) => !this.read.has(value.name) && !values.includes(value)).slice(-mostResults);
    const other = this.random.pick(names);
    const given = [...unread.map((value) => value.name), this.some(known, other)];
    const results = [...unread.map(({ type }) => type), other];
    this.line(`func.return ${given.join(', ')} : ${results.join(', ')}`);
    this.depth--;
    this.lines[head] =
      `${'  '.repeat(this.depth)}func.func ${isPrivate ? 'private ' : ''}@${name}(${list}) -> (${results.join(', ')}) {`;
    this.line('}');
    this.functions.push({ name, inputs, results });
  }

  private body(known: Value[], count: number): void {
    for (let at = 0; at < count && this.left > 0; at++) this.statement(known);
  }

  /** The name of a value of a type: a known one, mostly, or a constant. */
  private some(known: readonly Value[], type: Name): string {
    const fitting = known.filter((value) => value.type === type);
    if (fitting.length > 0 && !this.random.once(8)) {
      // Recent values more often, so that programs are deep and not only wide.
      const from = this.random.once(2) ? Math.max(0, fitting.length - 4) : 0;
      // What nobody has read yet comes first, so that most of what is computed can be seen in a result.
      const unread = fitting.filter(({ name }) => !this.read.has(name));
      const { name } = this.random.pick(unread.length > 0 && !this.random.once(3) ? unread : fitting.slice(from));
      this.read.add(name);
      return name;
    }
    return this.constant(type);
  }

  private constant(type: Name, value?: number): string {
    const name = this.fresh();
    const number = value ?? this.random.pick([0, 1, -1, 2, 3, 7, -8, 100]);
    const text =
      type === 'i1'
        ? String((number & 1) === 1)
        : floats.includes(type)
          ? `${number}.0 : ${type}`
          : `${type === 'index' ? Math.abs(number) : number} : ${type}`;
    this.line(`${name} = arith.constant ${text}`);
    return name;
  }

  private statement(known: Value[]): void {
    this.left--;
    const nested = this.depth < 5 && this.left > 2;
    const kinds = nested ? statementKinds : flatKinds;
    let choice = this.random.below(kinds.reduce((sum, kind) => sum + this.weights[kind], 0));
    for (const kind of kinds) {
      choice -= this.weights[kind];
      if (choice < 0) return this.one(kind, known);
    }
  }

  private one(kind: StatementKind, known: Value[]): void {
    switch (kind) {
      case 'integer':
        return this.arithmetic(known, this.random.pick([...integers, 'i32', 'i1'] as const));
      case 'float':
        return this.float(known);
      case 'comparison':
        return this.comparison(known);
      case 'select':
        return this.select(known);
      case 'conversion':
        return this.conversion(known);
      case 'call':
        return this.call(known);
      case 'division':
        return this.divide(known);
      case 'choice':
        return this.choice(known);
      case 'loop':
        return this.loop(known);
      case 'region':
        return this.execute(known);
      case 'switch':
        return this.indexSwitch(known);
    }
  }

  private define(known: Value[], type: Name, text: string): void {
    const name = this.fresh();
    this.line(`${name} = ${text}`);
    known.push({ name, type });
  }

  private arithmetic(known: Value[], type: Name): void {
    const op = this.random.pick([
      'addi',
      'subi',
      'muli',
      'andi',
      'ori',
      'xori',
      'maxsi',
      'minsi',
      'maxui',
      'minui',
    ] as const);
    if (type !== 'i1' && this.random.once(8)) {
      const by = this.constant(type, this.random.below(Math.min(widths[type] as number, 9)));
      const shift = this.random.pick(['shli', 'shrsi', 'shrui'] as const);
      return this.define(known, type, `arith.${shift} ${this.some(known, type)}, ${by} : ${type}`);
    }
    const [lhs, rhs] = [this.some(known, type), this.some(known, type)];
    this.define(known, type, `arith.${op} ${lhs}, ${this.random.once(6) ? lhs : rhs} : ${type}`);
  }

  /** Divisors are constants that neither are zero nor overflow. */
  private divide(known: Value[]): void {
    const type = this.random.pick(integers);
    const op = this.random.pick(['divsi', 'divui', 'remsi', 'remui', 'floordivsi', 'ceildivsi', 'ceildivui'] as const);
    const by = this.constant(type, 1 + this.random.below(9));
    this.define(known, type, `arith.${op} ${this.some(known, type)}, ${by} : ${type}`);
  }

  private float(known: Value[]): void {
    const type = this.random.pick(floats);
    if (this.random.once(6)) return this.define(known, type, `arith.negf ${this.some(known, type)} : ${type}`);
    const op = this.random.pick([
      'addf',
      'subf',
      'mulf',
      'maximumf',
      'minimumf',
      'maxnumf',
      'minnumf',
      'divf',
    ] as const);
    const [lhs, rhs] = [this.some(known, type), this.some(known, type)];
    this.define(known, type, `arith.${op} ${lhs}, ${this.random.once(6) ? lhs : rhs} : ${type}`);
  }

  private comparison(known: Value[]): void {
    const isFloat = this.random.once(3);
    const type = this.random.pick(isFloat ? floats : integers);
    const predicate = isFloat
      ? this.random.pick(['oeq', 'olt', 'oge', 'one', 'ord', 'ueq', 'ult', 'une', 'uno'] as const)
      : this.random.pick(['eq', 'ne', 'slt', 'sle', 'sgt', 'sge', 'ult', 'ule', 'ugt', 'uge'] as const);
    const [lhs, rhs] = [this.some(known, type), this.some(known, type)];
    this.define(
      known,
      'i1',
      `arith.cmp${isFloat ? 'f' : 'i'} ${predicate}, ${lhs}, ${this.random.once(8) ? lhs : rhs} : ${type}`,
    );
  }

  private select(known: Value[]): void {
    const type = this.random.pick(names);
    const condition = this.some(known, 'i1');
    this.define(
      known,
      type,
      `arith.select ${condition}, ${this.some(known, type)}, ${this.some(known, type)} : ${type}`,
    );
  }

  private conversion(known: Value[]): void {
    const [op, from, to] = this.random.pick([
      ['extsi', 'i8', 'i32'],
      ['extui', 'i1', 'i32'],
      ['extsi', 'i32', 'i64'],
      ['extui', 'i8', 'i64'],
      ['trunci', 'i64', 'i32'],
      ['trunci', 'i32', 'i8'],
      ['trunci', 'i32', 'i1'],
      ['index_cast', 'i32', 'index'],
      ['index_cast', 'index', 'i32'],
      ['index_castui', 'i8', 'index'],
      ['sitofp', 'i32', 'f64'],
      ['uitofp', 'i8', 'f32'],
      ['extf', 'f32', 'f64'],
      ['truncf', 'f64', 'f32'],
    ] as const);
    this.define(known, to, `arith.${op} ${this.some(known, from)} : ${from} to ${to}`);
  }

  private call(known: Value[]): void {
    if (this.functions.length === 0) return this.arithmetic(known, 'i32');
    const { name, inputs, results } = this.random.pick(this.functions);
    const given = inputs.map((type) => this.some(known, type));
    const made = this.fresh();
    const pack = results.length > 1 ? `${made}:${results.length}` : made;
    this.line(`${pack} = func.call @${name}(${given.join(', ')}) : (${inputs.join(', ')}) -> (${results.join(', ')})`);
    this.bind(known, made, results);
  }

  private bind(known: Value[], made: string, types: readonly Name[]): void {
    for (const [at, type] of types.entries()) known.push({ name: types.length > 1 ? `${made}#${at}` : made, type });
  }

  private types(): readonly Name[] {
    return Array.from({ length: this.random.below(3) }, () => this.random.pick(names));
  }
  private head(made: string, types: readonly Name[]): string {
    return types.length === 0 ? '' : `${made}${types.length > 1 ? `:${types.length}` : ''} = `;
  }

  /** A region's content, and a yield of these types. */
  private region(known: readonly Value[], types: readonly Name[], inner: readonly Value[] = []): void {
    this.depth++;
    const inside = [...known, ...inner];
    this.body(inside, 1 + this.random.below(5));
    const given = types.map((type) => this.some(inside, type));
    this.line(types.length > 0 ? `scf.yield ${given.join(', ')} : ${types.join(', ')}` : 'scf.yield');
    this.depth--;
  }

  private choice(known: Value[]): void {
    const types = this.types();
    const made = this.fresh();
    const condition = this.some(known, 'i1');
    this.line(`${this.head(made, types)}scf.if ${condition}${types.length > 0 ? ` -> (${types.join(', ')})` : ''} {`);
    this.region(known, types);
    if (types.length > 0 || this.random.once(2)) {
      this.line('} else {');
      this.region(known, types);
    }
    this.line('}');
    this.bind(known, made, types);
  }

  private execute(known: Value[]): void {
    const types = this.types();
    const made = this.fresh();
    this.line(`${this.head(made, types)}scf.execute_region${types.length > 0 ? ` -> (${types.join(', ')})` : ''} {`);
    this.region(known, types);
    this.line('}');
    this.bind(known, made, types);
  }

  private indexSwitch(known: Value[]): void {
    const types = this.types();
    const made = this.fresh();
    const flag = this.some(known, 'index');
    this.line(`${this.head(made, types)}scf.index_switch ${flag}${types.length > 0 ? ` -> ${types.join(', ')}` : ''}`);
    for (const number of [0, 3].slice(0, 1 + this.random.below(2))) {
      this.line(`case ${number} {`);
      this.region(known, types);
      this.line('}');
    }
    this.line('default {');
    this.region(known, types);
    this.line('}');
    this.bind(known, made, types);
  }

  /** A counted loop of a few turns. */
  private loop(known: Value[]): void {
    const types = this.types();
    const made = this.fresh();
    const lower = this.constant('index', this.random.below(3));
    const upper = this.constant('index', this.random.below(5));
    const step = this.constant('index', 1 + this.random.below(2));
    const counter: Value = { name: this.fresh(), type: 'index' };
    const carried = types.map((type): Value => ({ name: this.fresh(), type }));
    const given = types.map((type) => this.some(known, type));
    const list = carried.map(({ name }, at) => `${name} = ${given[at]}`).join(', ');
    const rest = types.length > 0 ? ` iter_args(${list}) -> (${types.join(', ')})` : '';
    this.line(`${this.head(made, types)}scf.for ${counter.name} = ${lower} to ${upper} step ${step}${rest} {`);
    this.region(known, types, [counter, ...carried]);
    this.line('}');
    this.bind(known, made, types);
  }

  /** A few blocks that go forward only; gives what is known in the last one. */
  private blocks(known: Value[]): Value[] {
    const count = 2 + this.random.below(3);
    const labels = Array.from({ length: count }, (_, at) => ({
      name: `^b${this.next}_${at}`,
      arguments: this.types().map((type): Value => ({ name: this.fresh(), type })),
    }));
    // Blocks do not dominate each other in general: each knows what the entry does, and its own.
    const go = (inside: Value[], to: (typeof labels)[number]): string => {
      const given = to.arguments.map(({ type }) => this.some(inside, type));
      return given.length === 0
        ? to.name
        : `${to.name}(${given.join(', ')} : ${to.arguments.map(({ type }) => type).join(', ')})`;
    };
    const leave = (inside: Value[], from: number): void => {
      const targets = labels.slice(from);
      if (targets.length === 1 || this.random.once(3))
        return this.line(`cf.br ${go(inside, targets[0] as (typeof labels)[number])}`);
      const [first, second] = [this.random.pick(targets), this.random.pick(targets)];
      if (this.random.once(3)) {
        const flag = this.some(inside, 'i32');
        const [one, two] = [go(inside, first), go(inside, second)];
        return this.line(`cf.switch ${flag} : i32, [default: ${one}, 1: ${two}, 7: ${go(inside, first)}]`);
      }
      const condition = this.some(inside, 'i1');
      const [one, two] = [go(inside, first), go(inside, second)];
      this.line(`cf.cond_br ${condition}, ${one}, ${two}`);
    };
    this.body(known, 1 + this.random.below(4));
    leave(known, 0);
    let last = known;
    for (const [at, label] of labels.entries()) {
      const list = label.arguments.map(({ name, type }) => `${name}: ${type}`).join(', ');
      this.depth--;
      this.line(`${label.name}${list ? `(${list})` : ''}:`);
      this.depth++;
      last = [...known, ...label.arguments];
      this.body(last, 1 + this.random.below(4));
      if (at < labels.length - 1) leave(last, at + 1);
    }
    return last;
  }
}

/** A random program of about so many operations; the same for the same random numbers. */
export const randomScalarProgram = (
  random: Random,
  operations: number,
  weights: Partial<StatementWeights> = {},
): string => new ProgramWriter(random, operations, { ...usualWeights, ...weights }).write();
