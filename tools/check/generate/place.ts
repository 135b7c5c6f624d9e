/** The place at which a program being drawn goes on: blocks, the values known in them, constants and arguments. */
import { arith } from '../../../dialects/arith/index.ts';
import {
  type Block,
  type BodyOptions,
  Builder,
  type Dialect,
  type Draw,
  elementTypeOf,
  type GenerationPlace,
  type Operation,
  type OpView,
  type Type,
  type Value,
  uniqueSymbolName,
  unknownLocation,
  within,
} from '../../../ir/index.ts';
import { Discarded } from '../choices.ts';
import { elementName } from '../coverage.ts';
import { numberAttribute } from './number-attribute.ts';
import type { TypePool } from './type-pool.ts';

/** A block that is being filled. */
interface Frame {
  block: Block;
  readonly known: Value[];
  /** Whose arguments are known here and may become more; undefined where nothing from outside is. */
  readonly home: Block | undefined;
  readonly pure: boolean;
  /** The only operations that may stand here; undefined for no such limit. */
  readonly only: readonly string[] | undefined;
  readonly depth: number;
}

/** What a place asks of who draws the program. */
export interface Surroundings {
  readonly module: Operation;
  readonly dialects: readonly Dialect[];
  readonly pool: TypePool;
  /** Puts some operations at the place, at most so many. */
  statements(place: Place, most: number): void;
  /** Whether it is counted what was seen. */
  readonly counts: boolean;
  /** How often an element type was seen with the operation that is drawn now. */
  rarity(element: string): number;
}

const smallNumbers = [0, 1, -1, 2, 3, 7, -8, 100];
/** A function takes at most so many arguments unless nothing else gives a value. */
const usualArguments = 6;

/** Memory may end with the function that it was allocated in. */
const isPlaceInMemory = ({ kind }: Type): boolean => kind === 'memref' || kind === 'unranked-memref';

/** The place, with the choices that are made there. */
export class Place implements GenerationPlace {
  private readonly draw: Draw;
  private readonly around: Surroundings;
  private frame: Frame;
  private readonly read: Set<Value>;
  private readonly gone: Set<Value>;

  constructor(draw: Draw, around: Surroundings, home: Block) {
    this.draw = draw;
    this.around = around;
    this.read = new Set();
    this.gone = new Set();
    this.frame = { block: home, known: [...home.arguments], home, pure: false, only: undefined, depth: 0 };
  }

  int(min: number, max: number): number {
    return this.draw.int(min, max);
  }
  of<T>(values: readonly T[]): T {
    return this.draw.of(values);
  }
  flag(): boolean {
    return this.draw.flag();
  }

  /** The block that operations go to. */
  get block(): Block {
    return this.frame.block;
  }
  /** How many blocks are around this one. */
  get depth(): number {
    return this.frame.depth;
  }
  /** Whether only operations without effects may stand here. */
  get isPure(): boolean {
    return this.frame.pure;
  }
  /** Whether an operation of this name may stand here, as far as the region around says. */
  mayHold(opName: string): boolean {
    return this.frame.only?.includes(opName) ?? true;
  }
  get known(): readonly Value[] {
    return this.frame.known;
  }
  get mayBranch(): boolean {
    const { pure, block } = this.frame;
    const owner = block.parentOperation;
    return !pure && owner !== undefined && !owner.hasTrait('single-block') && !owner.hasTrait('graph-region');
  }
  get top(): readonly Operation[] {
    const here = this.topmost();
    return this.around.module.region().entry?.operations.filter((operation) => operation !== here) ?? [];
  }

  /** The types of the values that are known here. */
  knownTypes(): readonly Type[] {
    return [...new Set(this.frame.known.map(({ type }) => type))];
  }
  /** From now on these values are known here. */
  learn(values: readonly Value[]): void {
    this.frame.known.push(...values.filter((value) => !this.gone.has(value)));
  }
  forget(value: Value): void {
    this.gone.add(value);
  }
  /** The values known here that nothing reads and that outlive the function. */
  unread(): readonly Value[] {
    return this.frame.known.filter(
      (value) => value.isUnused && !isPlaceInMemory(value.type) && !this.frame.home?.arguments.includes(value),
    );
  }

  value(type: Type): Value {
    const fitting = this.frame.known.filter((value) => value.type === type);
    // With a single one it would be read twice by most operations.
    if (fitting.length > 0 && this.int(0, 7) < (fitting.length > 1 ? 7 : 4)) return this.readOne(fitting);
    const made = this.fresh(type);
    if (made) return made;
    if (fitting.length > 0) return this.readOne(fitting);
    throw new Discarded(`no value of type ${type.text} can be had here`);
  }

  valueWhere(accepts: (type: Type) => boolean, fresh: readonly Type[] = []): Value {
    const fitting = this.frame.known.filter(({ type }) => accepts(type));
    if (fitting.length > 0 && !this.around.counts && this.int(0, 7) < 7) return this.readOne(fitting);
    const types = [...fitting.map(({ type }) => type), ...this.around.pool.some(this.draw), ...fresh].filter(accepts);
    if (types.length === 0 && fitting.length > 0) return this.readOne(fitting);
    return this.value(this.rarest(types));
  }

  /** One of some known values: what nothing has read yet, and what is recent, comes more often. */
  private readOne(fitting: readonly Value[]): Value {
    const unread = fitting.filter((value) => !this.read.has(value));
    const from = this.flag() ? Math.max(0, fitting.length - 4) : 0;
    const value = this.of(unread.length > 0 && this.int(0, 2) > 0 ? unread : fitting.slice(from));
    this.read.add(value);
    return value;
  }

  /** A constant, or an argument of the function around. */
  private fresh(type: Type): Value | undefined {
    const { home } = this.frame;
    const wantsArgument = home !== undefined && (home.argumentCount < usualArguments ? this.flag() : false);
    const constant = wantsArgument ? undefined : this.constantOrNone(type, this.of(smallNumbers));
    return constant ?? this.argument(type) ?? this.constantOrNone(type, this.of(smallNumbers));
  }

  private argument(type: Type): Value | undefined {
    const argument = this.frame.home?.addArgument(type);
    if (argument) this.frame.known.push(argument);
    return argument;
  }

  constant(type: Type, number: number | bigint): Value {
    const made = this.constantOrNone(type, number);
    if (!made) throw new Discarded(`there are no constants of type ${type.text}`);
    return made;
  }
  hasConstant(type: Type): boolean {
    return numberAttribute(type, 0) !== undefined;
  }

  private constantOrNone(type: Type, number: number | bigint): Value | undefined {
    const isIndex = elementTypeOf(type).kind === 'index';
    const attribute = numberAttribute(type, isIndex && number < 0 ? -number : number);
    if (!attribute) return undefined;
    const makers = [...this.around.dialects, arith].filter(({ materializeConstant }) => materializeConstant);
    const start = this.int(0, makers.length - 1);
    for (let at = 0; at < makers.length; at++) {
      const maker = makers[(start + at) % makers.length] as Dialect;
      const made = this.make(() => maker.materializeConstant?.(attribute, type));
      if (!made) continue;
      Builder.atEnd(this.block).insert(made.operation);
      return made.operation.result();
    }
    return undefined;
  }

  type(accepts: (type: Type) => boolean = () => true): Type {
    const { pool } = this.around;
    const usual = pool.some(this.draw).filter(accepts);
    const fitting = usual.length > 0 ? usual : pool.rare(this.draw).filter(accepts);
    if (fitting.length > 0) return this.rarest(fitting);
    throw new Discarded('no type is accepted');
  }
  types(most: number): readonly Type[] {
    return Array.from({ length: this.int(0, most) }, () => this.type());
  }
  element(accepts: (type: Type) => boolean = () => true): Type {
    return this.rarest(this.around.pool.elements.filter(accepts));
  }
  shape(least: number, most: number): readonly number[] {
    return this.around.pool.shape(this.draw, least, most);
  }

  /** One of some types: of those whose elements were seen least where that is counted. */
  rarest(types: readonly Type[]): Type {
    if (!this.around.counts) return this.of(types);
    const counts = types.map((type) => this.around.rarity(elementName(type)));
    const least = Math.min(...counts);
    return this.of(types.filter((_, at) => counts[at] === least));
  }

  /** Makes something in the context of the program. */
  make<T>(make: () => T): T {
    return within(this.around.module.context, unknownLocation, make);
  }
  build<V extends OpView>(make: () => V): V {
    return Builder.atEnd(this.block, unknownLocation).build(make);
  }

  fill(block: Block, end: () => void, { pure = false, most, only }: BodyOptions = {}): void {
    const outer = this.frame;
    const owner = block.parentOperation;
    const isolated = owner !== outer.block.parentOperation && owner?.hasTrait('isolated-from-above');
    this.frame = {
      block,
      known: [...(isolated ? [] : outer.known), ...block.arguments],
      home: isolated ? undefined : outer.home,
      pure: pure || outer.pure,
      only,
      depth: outer.depth + 1,
    };
    const known = new Set(outer.known);
    try {
      this.around.statements(this, this.int(0, most ?? 4));
      end();
      // Arguments that the function has got inside are known outside as well.
      const home = outer.home?.arguments ?? [];
      outer.known.push(...home.filter((value) => !known.has(value)));
    } finally {
      this.frame = outer;
    }
  }

  continueIn(block: Block): void {
    this.frame.block = block;
    this.frame.known.push(...block.arguments);
  }

  private topmost(): Operation | undefined {
    let at: Operation | undefined = this.frame.block.parentOperation;
    while (at && at.parentOperation !== this.around.module) at = at.parentOperation;
    return at;
  }

  atTop<V extends OpView>(make: (name: string) => V): V {
    const here = this.topmost();
    if (!here) throw new Discarded('there is nothing around');
    const name = uniqueSymbolName(this.around.module, 'symbol');
    return Builder.before(here).build(() => make(name));
  }
}
