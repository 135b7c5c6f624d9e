/** Arbitraries for fast-check, derived from declarations: types, attributes, operations, programs. */
import fc from 'fast-check';
import { arith } from '../../../dialects/arith/index.ts';
import { builtin } from '../../../dialects/builtin/index.ts';
import { func } from '../../../dialects/func/index.ts';
import {
  type AnyOp,
  type Attribute,
  type AttributeKind,
  Context,
  type Dialect,
  type Draw,
  type Operation,
  type Type,
  type ValueConstraint,
} from '../../../ir/index.ts';
import { parseModule } from '../../../ir/text/index.ts';
import { Discarded, fromChoices } from '../choices.ts';
import { drawType } from '../signature.ts';
import { drawAttributeValue } from './attribute-values.ts';
import { drawSingleOperation, drawWholeProgram } from './generate.ts';
import { Generations } from './generations.ts';
import type { ProgramOptions } from './options.ts';
import { type ShrinkState, shrunkPrograms } from './shrink.ts';
import { TypePool } from './type-pool.ts';

/** A valid program. Counterexamples show its text. */
export class GeneratedProgram {
  /** The program, as it is printed. */
  readonly text: string;
  private readonly dialects: readonly Dialect[];

  constructor(text: string, dialects: readonly Dialect[]) {
    this.text = text;
    this.dialects = dialects;
  }

  /** A module of its own in a context of its own: whoever gets it may change it. */
  module(): Operation {
    return parseModule(this.text, new Context(this.dialects));
  }

  /** How many operations there are below the module. */
  get size(): number {
    let count = -1;
    this.module().walk(() => {
      count++;
    });
    return count;
  }

  toString(): string {
    return this.text;
  }
  [fc.toStringMethod](): string {
    return `\n${this.text}`;
  }
}

/** fast-check's random numbers as a source of choices. */
const drawFrom = (random: fc.Random): Draw => ({
  int: (min, max) => (max <= min ? min : random.nextInt(min, max)),
  of: (values) => {
    if (values.length === 0) throw new Discarded('nothing to choose from');
    return values[random.nextInt(0, values.length - 1)] as (typeof values)[number];
  },
  flag: () => random.nextInt(0, 1) === 1,
});

class ProgramArbitrary extends fc.Arbitrary<GeneratedProgram> {
  private readonly make: (draw: Draw) => string;
  private readonly dialects: readonly Dialect[];
  private readonly generations: Generations;

  constructor(make: (draw: Draw) => string, options: ProgramOptions) {
    super();
    this.make = make;
    this.dialects = [...new Set([builtin, func, arith, ...options.dialects])];
    this.generations = new Generations(this.dialects, options.generations);
  }

  override generate(random: fc.Random): fc.Value<GeneratedProgram> {
    return new fc.Value(new GeneratedProgram(this.make(drawFrom(random)), this.dialects), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is GeneratedProgram {
    return value instanceof GeneratedProgram;
  }

  override shrink(value: GeneratedProgram, context: unknown): fc.Stream<fc.Value<GeneratedProgram>> {
    const { dialects, generations } = this;
    const smaller = shrunkPrograms(value.text, { dialects, generations }, context as ShrinkState | undefined);
    return fc
      .stream(smaller)
      .map(({ text, state }) => new fc.Value(new GeneratedProgram(text, dialects), state as unknown));
  }
}

/** Types that a constraint accepts; names of dimensions and element types are chosen. */
export const arbitraryType = (
  constraint: ValueConstraint,
  options: Partial<Pick<ProgramOptions, 'elements' | 'forms' | 'extent'>> = {},
): fc.Arbitrary<Type> => fromChoices((draw) => drawType(constraint, draw, new TypePool(options)));

/** Attributes that a declared attribute may hold. */
export const arbitraryAttribute = (kind: AttributeKind<unknown>): fc.Arbitrary<Attribute> =>
  fromChoices((draw) => {
    const value = drawAttributeValue(kind, draw);
    if (value === undefined) throw new Discarded(`no value is known for '${kind.text}'`);
    return kind.write(value);
  });

/** Programs of one function in which an operation stands, on arguments and constants. */
export function arbitraryOperation(op: AnyOp, options: ProgramOptions): fc.Arbitrary<GeneratedProgram> {
  return new ProgramArbitrary((draw) => drawSingleOperation(draw, op, options), options);
}

/** Whole programs of some dialects: functions, calls, branches, loops, regions. */
export const arbitraryProgram = (options: ProgramOptions): fc.Arbitrary<GeneratedProgram> =>
  new ProgramArbitrary((draw) => drawWholeProgram(draw, options), options);
