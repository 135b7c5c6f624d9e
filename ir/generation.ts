/**
 * What a dialect says of how its operations are drawn at random, where the declaration alone does not tell: regions
 * with a form of their own, symbols, and operands for which the operation means something.
 */
import type { Block } from './block.ts';
import type { Dialect } from './dialect.ts';
import type { Draw } from './draw.ts';
import type { OpView } from './op.ts';
import type { Operation } from './operation.ts';
import type { Type } from './type.ts';
import type { Value } from './value.ts';

/** How a block is filled. */
export interface BodyOptions {
  /** Only operations without effects and without regions. */
  readonly pure?: boolean;
  /** At most so many operations. */
  readonly most?: number;
  /** Only operations of these names. */
  readonly only?: readonly string[];
}

/** A place in a program that is being drawn: choices, the values that are known there, and where operations go. */
export interface GenerationPlace extends Draw {
  /** The values that are known here. */
  readonly known: readonly Value[];
  /** A value of a type: one that is known here, a constant, or a new argument of the function. */
  value(type: Type): Value;
  /** A value of a type for which `accepts` holds; of one among `fresh` when none is known. */
  valueWhere(accepts: (type: Type) => boolean, fresh?: readonly Type[]): Value;
  /** A constant; of a shaped type, with this number everywhere. */
  constant(type: Type, number: number | bigint): Value;
  /** From now on nothing reads this value: what it stands for is gone. */
  forget(value: Value): void;
  /** Whether a constant of a type can be made. */
  hasConstant(type: Type): boolean;
  /** One of the types that values of a program may have, for which `accepts` holds. */
  type(accepts?: (type: Type) => boolean): Type;
  /** Up to `most` such types. */
  types(most: number): readonly Type[];
  /** A type of numbers for which `accepts` holds. */
  element(accepts?: (type: Type) => boolean): Type;
  /** A few extents that are known. */
  shape(least: number, most: number): readonly number[];
  /** Puts what `make` makes at this place. */
  build<V extends OpView>(make: () => V): V;
  /** Fills a block with a few operations that know its arguments, and then runs `end` at its end. */
  fill(block: Block, end: () => void, options?: BodyOptions): void;
  /** The block at whose end operations go now. */
  readonly block: Block;
  /** Whether the region around may have several blocks. */
  readonly mayBranch: boolean;
  /** Goes on at the end of another block of this region; what is known now and its arguments are known there. */
  continueIn(block: Block): void;
  /** Puts what `make` makes before the function around, under a name that is free. */
  atTop<V extends OpView>(make: (name: string) => V): V;
  /** What is finished at the top of the module. */
  readonly top: readonly Operation[];
}

/**
 * Draws one operation at a place, with whatever it needs before it; gives undefined where it cannot. It may put other
 * operations there too.
 */
export type OperationGenerator = (place: GenerationPlace) => OpView | undefined;

/** How the operations of a dialect are drawn. Operations that are not named are drawn from their declarations. */
export interface DialectGeneration {
  readonly dialect: Dialect;
  /** By the name of the operation. */
  readonly generators?: Readonly<Record<string, OperationGenerator>>;
  /** Operations that come with others, such as the terminators of their regions: by name, the names of those. */
  readonly comesWith?: Readonly<Record<string, readonly string[]>>;
  /** Operations that nothing draws, and why. */
  readonly withheld?: Readonly<Record<string, string>>;
  /**
   * By the name of the operation, or `*` for all of the dialect: whether it surely has a meaning, whatever values it
   * is given, as far as the operations that make its operands tell. What is drawn and what is shrunk must fulfil it.
   */
  readonly defined?: Readonly<Record<string, (operation: Operation) => boolean>>;
}
