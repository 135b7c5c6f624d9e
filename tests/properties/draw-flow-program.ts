/**
 * Programs that passes see only from outside: operations that are not registered, memory, blocks in any order of control,
 * regions and calls. They are valid, and are not run; what passes make of them is compared.
 */
import type { Random } from '../../tools/check/random.ts';
import {
  copied,
  isAbove,
  type Known,
  kindsOf,
  type Label,
  learn,
  type Lines,
  none,
  renaming,
  type Said,
  sizes,
  type Targets,
  type Type,
  typed,
  types,
  type Written,
} from './flow-parts.ts';

/** What programs are made of. */
export interface FlowOptions {
  /** Arithmetic that both sides fold in their own ways; without it there is only what nobody folds. */
  readonly arithmetic: boolean;
  /** Operations of `scf`. */
  readonly regions: boolean;
  /** Regions of operations that are not registered. */
  readonly oddRegions: boolean;
  readonly memory: boolean;
  /** Constants with attributes beside their value. */
  readonly notes: boolean;
  /** Branches that go to one block in several ways. */
  readonly sameTargets: boolean;
  /** Operations that are not registered. */
  readonly oddOperations: boolean;
  /** Terminators that are not registered. */
  readonly oddBranches: boolean;
}

/** Writes one program. */
class FlowWriter {
  private readonly random: Random;
  private readonly options: FlowOptions;
  private readonly lines: string[];
  private next: number;
  private left: number;
  private depth: number;
  /** What could be said again: where its lines begin and end, the first number of its names, and what it gives. */
  private said: Said[];
  private callees: string[];

  constructor(random: Random, options: FlowOptions, operations: number) {
    this.random = random;
    this.options = options;
    this.left = operations;
    this.lines = [];
    this.next = 0;
    this.depth = 0;
    this.said = [];
    this.callees = [];
  }

  write(): string {
    const count = 1 + this.random.below(4);
    const share = this.left / count;
    for (let at = 0; at < count; at++) {
      const visibility = at < count - 1 && !this.random.once(4) ? 'private ' : '';
      this.left = share;
      this.said = [];
      const inputs = '%a: i32, %b: i32, %c: i1, %n: index, %m: memref<8xi32>';
      this.lines.push(`func.func ${visibility}@f${at}(${inputs}) -> (i32, i32) {`);
      const known = { i32: ['%a', '%b'], i1: ['%c'], index: ['%n'] };
      this.blocks(known, 1 + this.random.below(7), 'func.return', ['i32', 'i32']);
      this.lines.push('}');
      this.callees.push(`f${at}`);
    }
    if (this.random.once(3)) this.lines.push(`"t.names"() {it = @${this.random.pick(this.callees)}} : () -> ()`);
    return this.lines.join('\n');
  }

  private fresh(): string {
    return `%v${this.next++}`;
  }
  private value(known: Known, type: Type): string {
    const of = known[type];
    if (of.length > 0 && !this.random.once(10)) return this.random.pick(this.random.once(2) ? of.slice(-3) : of);
    const name = this.fresh();
    const text = type === 'i1' ? this.random.pick(['true', 'false']) : `${this.random.below(4)} : ${type}`;
    this.lines.push(`${name} = arith.constant ${this.options.notes && this.random.once(6) ? '{note} ' : ''}${text}`);
    if (this.random.once(2)) of.push(name);
    return name;
  }
  private values(known: Known, of: readonly Type[]): readonly string[] {
    return of.map((type) => this.value(known, type));
  }
  private some(most: number): readonly Type[] {
    return Array.from({ length: this.random.below(most + 1) }, () => this.random.pick(types));
  }
  private define(known: Known, type: Type, text: string): void {
    const name = this.fresh();
    this.lines.push(`${name} = ${text}`);
    known[type].push(name);
  }
  private pack(of: readonly Type[], known: Known): string {
    if (of.length === 0) return '';
    const name = this.fresh();
    for (const [at, type] of of.entries()) known[type].push(of.length === 1 ? name : `${name}#${at}`);
    return `${name}${of.length > 1 ? `:${of.length}` : ''} = `;
  }

  private statements(known: Known, most: number): void {
    for (let count = this.random.below(most + 1); count > 0 && this.left > 0; count--) this.statement(known);
  }

  private statement(known: Known): void {
    this.left--;
    if (this.said.length > 0 && this.random.once(4)) return this.again(known);
    const [from, first] = [this.lines.length, this.next];
    const before = sizes(known);
    const kinds: (() => void)[] = [() => this.plain(known)];
    if (this.options.oddOperations) kinds.push(() => this.odd(known));
    if (this.options.arithmetic)
      kinds.push(
        () => this.arithmetic(known),
        () => this.arithmetic(known),
      );
    if (this.options.memory)
      kinds.push(
        () => this.memory(known),
        () => this.memory(known),
      );
    if (this.options.regions && this.depth < 3)
      kinds.push(
        () => this.choice(known),
        () => this.region(known),
      );
    if (this.callees.length > 0) kinds.push(() => this.call(known));
    this.random.pick(kinds)();
    const made = kindsOf.flatMap((type) => known[type].slice(before[type]).map((name) => [name, type] as const));
    this.said.push({ from, to: this.lines.length, first, after: this.next, made });
  }

  /** Lines once more, with other names for what they define. */
  private renamed(lines: Lines): { readonly lines: string[]; readonly rename: (text: string) => string } {
    const rename = renaming(lines, this.next);
    this.next += lines.after - lines.first;
    return { lines: this.lines.slice(lines.from, lines.to).map(rename), rename };
  }

  /** Says something again. What it reads was known there, and everything that is said is above. */
  private again(known: Known): void {
    const said = this.random.pick(this.said.slice(-4));
    const { lines, rename } = this.renamed(said);
    const turned = /^(.*arith\.(?:addi|divsi) )(\S+), (\S+)( : .*)$/.exec(lines.at(-1) ?? '');
    if (turned && this.random.once(2)) lines[lines.length - 1] = `${turned[1]}${turned[3]}, ${turned[2]}${turned[4]}`;
    this.lines.push(...lines);
    for (const [name, type] of said.made) known[type].push(rename(name));
  }

  /** An operation of which nothing is known. */
  private odd(known: Known): void {
    const inputs = this.some(3);
    const given = this.values(known, inputs);
    const results = this.some(2);
    const text = `"t.op${this.random.below(2)}"(${given.join(', ')}) : (${inputs.join(', ')}) -> (${results.join(', ')})`;
    this.lines.push(`${this.pack(results, known)}${text}`);
  }

  /** What has no effects and folds with constants alone. */
  private plain(known: Known): void {
    const [x, y, c] = [this.value(known, 'i32'), this.value(known, 'i32'), this.value(known, 'i1')];
    if (!this.options.arithmetic && x === y) return;
    this.random.pick([
      () => this.define(known, 'i1', `arith.trunci ${x} : i32 to i1`),
      () => this.define(known, 'i32', `arith.divsi ${x}, ${y} : i32`),
      () => this.define(known, 'i32', `arith.select ${c}, ${x}, ${y} : i32`),
      () => this.define(known, 'index', `arith.index_cast ${x} : i32 to index`),
    ])();
  }

  private arithmetic(known: Known): void {
    const op = this.random.pick(['addi', 'maxsi', 'minsi'] as const);
    this.define(known, 'i32', `arith.${op} ${this.value(known, 'i32')}, ${this.value(known, 'i32')} : i32`);
  }

  private memory(known: Known): void {
    const at = this.value(known, 'index');
    const [own, x] = [this.fresh(), this.value(known, 'i32')];
    this.random.pick([
      () => this.define(known, 'i32', `memref.load %m[${at}] : memref<8xi32>`),
      () => this.define(known, 'i32', `memref.load %m[${at}] : memref<8xi32>`),
      () => this.lines.push(`memref.store ${x}, %m[${at}] : memref<8xi32>`),
      () => {
        this.lines.push(`${own} = memref.alloc() : memref<8xi32>`);
        if (this.random.once(2)) this.lines.push(`memref.copy %m, ${own} : memref<8xi32> to memref<8xi32>`);
        // Memory that nobody reads is dead here, and to upstream it is not.
        this.lines.push(
          `memref.store ${x}, ${own}[${at}] : memref<8xi32>`,
          `memref.copy ${own}, %m : memref<8xi32> to memref<8xi32>`,
        );
        this.define(known, 'i32', `memref.load ${own}[${at}] : memref<8xi32>`);
      },
    ])();
  }

  /** No call says how often loops of what it calls turn: upstream does not look. */
  private call(known: Known): void {
    const given = this.values(known, ['i32', 'i32', 'i1']);
    const into = this.pack(['i32', 'i32'], known);
    this.lines.push(
      `${into}func.call @${this.random.pick(this.callees)}(${given.join(', ')}, %n, %m) : (i32, i32, i1, index, memref<8xi32>) -> (i32, i32)`,
    );
  }

  /** What is said inside is not said again outside. */
  private deeper(write: () => void): void {
    const { said } = this;
    this.said = [...said];
    this.depth++;
    write();
    this.depth--;
    this.said = said;
  }

  /** A region of one block that ends with these types. */
  private inside(known: Known, results: readonly Type[], end = 'scf.yield'): void {
    const own = copied(known);
    this.deeper(() => {
      this.statements(own, 3);
      this.end(own, results, end);
    });
  }
  private end(known: Known, results: readonly Type[], end: string): void {
    const given = this.values(known, results);
    if (end.startsWith('"')) this.lines.push(`${end}(${given.join(', ')}) : (${results.join(', ')}) -> ()`);
    else this.lines.push(`${end}${typed(given, results)}`);
  }

  private choice(known: Known): void {
    const condition = this.value(known, 'i1');
    const results = this.some(2);
    const made = none();
    const into = this.pack(results, made);
    this.lines.push(`${into}scf.if ${condition}${results.length > 0 ? ` -> (${results.join(', ')})` : ''} {`);
    this.inside(known, results);
    if (results.length > 0 || this.random.once(2)) {
      this.lines.push('} else {');
      this.inside(known, results);
    }
    this.lines.push('}');
    learn(known, made);
  }

  private region(known: Known): void {
    const results = this.some(2);
    const list = `(${results.join(', ')})`;
    const made = none();
    const [one, step] = [this.value(known, 'index'), this.value(known, 'index')];
    const start = this.values(known, results);
    const into = this.pack(results, made);
    const carried = results.map(() => this.fresh());
    const counter = this.fresh();
    const within = copied(known);
    const bind = (): void => {
      for (const [at, type] of results.entries()) within[type].push(carried[at] as string);
    };
    const pairs = carried.map((name, at) => `${name} = ${start[at]}`).join(', ');
    const kinds = [
      () => {
        within.index.push(counter);
        bind();
        const rest = results.length > 0 ? ` iter_args(${pairs}) -> ${list}` : '';
        this.lines.push(`${into}scf.for ${counter} = ${one} to %n step ${step}${rest} {`);
        this.inside(within, results);
      },
      () => {
        this.lines.push(`${into}scf.index_switch ${one}${results.length > 0 ? ` -> ${results.join(', ')}` : ''}`);
        for (const number of [0, 2]) {
          this.lines.push(`case ${number} {`);
          this.inside(known, results);
          this.lines.push('}');
        }
        this.lines.push('default {');
        this.inside(known, results);
      },
      () => {
        this.lines.push(`${into}scf.execute_region${results.length > 0 ? ` -> ${list}` : ''} {`);
        this.deeper(() => this.blocks(known, 1 + this.random.below(3), 'scf.yield', results));
      },
      () => {
        bind();
        this.lines.push(`${into}scf.while ${pairs ? `(${pairs}) ` : ''}: ${list} -> ${list} {`);
        this.deeper(() => this.statements(within, 2));
        const on = this.value(within, 'i1');
        const passed = this.values(within, results);
        const again = results.map((type) => [this.fresh(), type] as const);
        const heads = again.map(([name, type]) => `${name}: ${type}`).join(', ');
        this.lines.push(`scf.condition(${on})${typed(passed, results)}`, '} do {', ...(heads ? [`^d(${heads}):`] : []));
        const inner = copied(known);
        for (const [name, type] of again) inner[type].push(name);
        this.inside(inner, results);
      },
    ];
    if (this.options.oddRegions)
      kinds.push(() => {
        this.lines.push(`${into}"t.region"() ({`);
        const { callees, said } = this;
        // Upstream finds no functions from there: the operation could be a symbol table.
        [this.callees, this.said] = [[], []];
        this.inside(known, results, '"t.end"');
        [this.callees, this.said] = [callees, said];
        this.lines.push(`}) : () -> ${list}`);
      });
    this.random.pick(kinds)();
    if (!(this.lines.at(-1) ?? '').startsWith('})')) this.lines.push('}');
    learn(known, made);
  }

  /** Blocks that go to any others, as long as what comes before each on every way stays so; some are said twice. */
  private blocks(known: Known, count: number, end: string, results: readonly Type[]): void {
    const labels: Label[] = [];
    for (let at = 0; at < count; at++) {
      const above = at === 0 ? -1 : this.random.below(at);
      const like = at > 1 && this.random.once(3) ? this.random.below(at - 1) + 1 : at;
      const { inputs } = labels[like] ?? { inputs: at === 0 ? [] : this.some(3) };
      labels.push({ name: `^b${this.next++}`, above: like === at ? above : this.beside(labels, like), inputs, like });
    }
    const here: Known[] = [];
    const saidIn: Said[][] = [];
    const written: Written[] = [];
    const before = this.said;
    for (const [at, { above, like }] of labels.entries()) {
      const own = copied(at === 0 ? known : (here[above] as Known));
      this.said = [...(at === 0 ? before : (saidIn[above] as Said[]))];
      here.push(own);
      saidIn.push(this.said);
      const twin = written[like];
      if (twin?.targets.every((to) => isAbove(labels, to.above, at))) written.push(this.twin(labels, at, twin));
      else written.push(this.block(labels, at, own, end, results));
    }
    this.said = before;
    this.shuffle(written);
  }

  /** A block that the same is known in as in this one: one beside it, or one after it. */
  private beside(labels: readonly Label[], at: number): number {
    const after = [...labels.keys()].filter((one) => isAbove(labels, at, one));
    return this.random.pick([labels[at]?.above as number, this.random.pick(after)]);
  }

  private twin(labels: readonly Label[], at: number, of: Written): Written {
    const [from, first] = [this.lines.length, this.next];
    const [original, own] = [labels[at]?.like as number, labels[at]?.name as string];
    const { lines } = this.renamed(of);
    this.lines.push((lines[0] as string).replace(labels[original]?.name as string, own), ...lines.slice(1));
    return { from, to: this.lines.length, first, after: this.next, targets: of.targets };
  }

  private block(labels: readonly Label[], at: number, own: Known, end: string, results: readonly Type[]): Written {
    const [from, first] = [this.lines.length, this.next];
    const { name, inputs } = labels[at] as Label;
    const names = inputs.map((type) => [this.fresh(), type] as const);
    for (const [one, type] of names) own[type].push(one);
    const head = names.map(([one, type]) => `${one}: ${type}`).join(', ');
    if (at > 0) this.lines.push(`${name}${head ? `(${head})` : ''}:`);
    this.statements(own, this.depth > 0 ? 3 : 6);
    const possible = labels.filter((to, number) => number > 0 && isAbove(labels, to.above, at));
    const isEnd = possible.length === 0 || this.random.once(5);
    const one = (): Label => this.random.pick(possible);
    const targets: Targets | [] = isEnd ? [] : [one(), one(), one()];
    if (targets.length === 0) this.end(own, results, end);
    else this.leave(own, targets);
    return { from, to: this.lines.length, first, after: this.next, targets };
  }

  /** Puts the blocks after the entry into any order. */
  private shuffle(written: readonly Written[]): void {
    const start = written[1]?.from ?? this.lines.length;
    const blocks = written.slice(1).map(({ from, to }) => this.lines.slice(from, to));
    this.lines.length = start;
    while (blocks.length > 0) this.lines.push(...(blocks.splice(this.random.below(blocks.length), 1)[0] ?? []));
  }

  private leave(known: Known, [first, second, third]: Targets): void {
    const to = ({ name, inputs }: Label): string => {
      const given = this.values(known, inputs);
      return inputs.length === 0 ? name : `${name}(${typed(given, inputs)})`;
    };
    // What is passed is written before the line that passes it.
    const kinds = [
      () => this.lines.push(`cf.br ${to(first)}`),
      () => this.lines.push(`cf.cond_br ${this.value(known, 'i1')}, ${to(first)}, ${to(second)}`),
      () => {
        const flag = this.value(known, 'i32');
        this.lines.push(`cf.switch ${flag} : i32, [default: ${to(first)}, 1: ${to(second)}, 2: ${to(third)}]`);
      },
    ];
    if (this.options.oddBranches && this.random.once(5)) {
      const condition = this.value(known, 'i1');
      this.lines.push(`"t.br"(${condition}) [${first.name}, ${second.name}] : (i1) -> ()`);
    } else if (this.options.sameTargets) this.random.pick(kinds)();
    else this.random.pick(kinds.slice(0, first === second ? 1 : first === third || second === third ? 2 : 3))();
  }
}

/** A random program of about so many operations; the same for the same random numbers. */
export const drawFlowProgram = (random: Random, options: FlowOptions, operations: number): string =>
  new FlowWriter(random, options, operations).write();
