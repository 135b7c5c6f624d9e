/** Writes the instructions of one core: registers for loop counters and addresses, labels, locations. */
import type { Operation, Value } from '../../ir/index.ts';
import { DiagnosticError, errorAt, type MemRefType, namesIn } from '../../ir/index.ts';
import {
  families,
  type Fields,
  gpr,
  type Instruction,
  type Operand,
  SectionBuilder,
  type BuilderFields,
} from '../../target-mlu/index.ts';
import { addressOf, type Affine, indexOf } from './address.ts';

const registers = 64;
const largestOffset = 2 ** 24 - 1;
const largestConstant = 2 ** 31 - 1;
const { move, add, mul } = families.scalar;

/** Texts of source locations, shared by all cores. */
export class LocationTexts {
  readonly texts: string[];
  private readonly ids: Map<string, number>;

  constructor() {
    this.texts = [];
    this.ids = new Map();
  }

  /** The index of the location of an operation: the nodes that it comes from. −1 when unknown. */
  of(operation: Operation): number {
    const text = namesIn(operation.location).join(', ');
    if (text === '') return -1;
    let id = this.ids.get(text);
    if (id === undefined) {
      id = this.texts.push(text) - 1;
      this.ids.set(text, id);
    }
    return id;
  }
}

/** The instructions of one core while they are written. */
export class CoreWriter {
  readonly section: SectionBuilder;
  private readonly locations: LocationTexts;
  private readonly bufferAddress: (symbol: string) => number;
  /** Registers of loop counters, and of sums of them that are still valid; latest last. */
  private readonly counters: Map<Value, number>;
  private readonly sums: Map<string, number>;
  private readonly free: number[];
  private location: number;

  constructor(locations: LocationTexts, bufferAddress: (symbol: string) => number) {
    this.section = new SectionBuilder();
    this.locations = locations;
    this.bufferAddress = bufferAddress;
    this.counters = new Map();
    this.sums = new Map();
    this.free = Array.from({ length: registers }, (_, at) => registers - 1 - at);
    this.location = -1;
  }

  /** Instructions that follow come from `operation`. */
  follow(operation: Operation): void {
    this.location = this.locations.of(operation);
  }

  /** Appends an instruction. */
  emit<M extends string, F extends Fields>(row: Instruction<M, F>, fields: BuilderFields<F>): void {
    this.section.emit(row, fields, this.location);
  }

  private take(): number {
    const register = this.free.pop();
    if (register !== undefined) return register;
    // The oldest sum can be computed again; counters cannot.
    const [key, oldest] = this.sums.entries().next().value ?? [];
    if (key === undefined || oldest === undefined)
      throw new DiagnosticError([
        errorAt({ kind: 'unknown' }, `loops are nested deeper than the ${registers} registers allow`),
      ]);
    this.sums.delete(key);
    return oldest;
  }

  /** A register for a loop counter until `release`. */
  counter(value: Value): number {
    const register = this.take();
    this.counters.set(value, register);
    return register;
  }

  /** Gives back a counter's register and those of the sums that contain it. */
  release(value: Value): void {
    this.free.push(this.counters.get(value) as number);
    this.counters.delete(value);
    this.forgetSums();
  }

  /** The operand in a register of its own until `letGo`, where it is not a constant. */
  hold(operand: Operand): Operand {
    if (typeof operand === 'number') return operand;
    const register = this.take();
    this.emit(add, { dst: register, a: operand, b: 0 });
    return gpr(register);
  }

  /** Gives back what `hold` took. */
  letGo(operand: Operand): void {
    if (typeof operand !== 'number') this.free.push(operand.register);
  }

  /** Sums computed on one path are not there on another. */
  forgetSums(): void {
    this.free.push(...this.sums.values());
    this.sums.clear();
  }

  /** An operand word for a sum: a constant, or a register with an offset. */
  operand(sum: Affine): Operand {
    if (sum.terms.size === 0) {
      if (sum.constant >= 0 && sum.constant <= largestConstant) return sum.constant;
      return gpr(this.loaded(sum.constant));
    }
    const far = Math.abs(sum.constant) > largestOffset;
    const register = this.sumRegister(sum, far ? sum.constant : 0);
    return gpr(register, far ? 0 : sum.constant);
  }

  private loaded(constant: number): number {
    const key = `${constant}`;
    const known = this.sums.get(key);
    if (known !== undefined) return known;
    const register = this.take();
    this.emit(move, { dst: register, value: constant });
    this.sums.set(key, register);
    return register;
  }

  private sumRegister({ terms }: Affine, constant: number): number {
    const parts = [...terms].map(([counter, factor]) => [this.counters.get(counter) ?? -1, factor] as const);
    const [only] = parts;
    if (parts.length === 1 && only && only[1] === 1 && constant === 0) return only[0];
    const key = `${parts
      .map(([register, factor]) => `${register}*${factor}`)
      .sort()
      .join('+')}+${constant}`;
    const known = this.sums.get(key);
    if (known !== undefined) return known;
    const sum = this.take();
    for (const [at, [register, factor]] of parts.entries()) {
      if (at === 0) {
        this.emit(mul, { dst: sum, a: gpr(register), b: factor });
        continue;
      }
      const product = this.take();
      this.emit(mul, { dst: product, a: gpr(register), b: factor });
      this.emit(add, { dst: sum, a: gpr(sum), b: gpr(product) });
      this.free.push(product);
    }
    if (constant !== 0) {
      const far = this.take();
      this.emit(move, { dst: far, value: constant });
      this.emit(add, { dst: sum, a: gpr(sum), b: gpr(far) });
      this.free.push(far);
    }
    this.sums.set(key, sum);
    return sum;
  }

  /** The address of a memref as an operand. */
  address(memref: Value): Operand {
    return this.operand(addressOf(memref, this.bufferAddress));
  }

  /** An index value as an operand. */
  index(value: Value): Operand {
    return this.operand(indexOf(value));
  }
}

/** The extents of a memref value. */
export const extentsOf = (memref: Value): readonly number[] => (memref.type as MemRefType).shape;
/** The number of elements of a memref value. */
export const countOf = (memref: Value): number => extentsOf(memref).reduce((a, b) => a * b, 1);
