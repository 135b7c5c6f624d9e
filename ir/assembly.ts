/**
 * What a hand-written assembly format may ask of the printer and the parser. Most operations
 * declare a format string instead; these hooks are for forms that a string cannot say.
 */
import type { Attribute } from './attribute.ts';
import type { Block } from './block.ts';
import type { Context } from './context.ts';
import type { NamedAttribute } from './dictionary-table.ts';
import type { Location } from './location.ts';
import type { Operation } from './operation.ts';
import type { Region } from './region.ts';
import type { Type } from './type.ts';
import type { Value } from './value.ts';

/** Writes the custom form of an operation after its name. */
export interface AssemblyPrinter {
  /** Writes text as it is; spacing is the caller's. */
  write(text: string): void;
  /** A line end, and the indentation of the operation with so many levels more. */
  newline(levels?: number): void;
  value(value: Value): void;
  /** Values separated by `, `. */
  values(values: readonly Value[]): void;
  type(type: Type): void;
  types(types: readonly Type[]): void;
  attribute(attribute: Attribute): void;
  /** `dense<…>` and its kin without the type behind them, which stands elsewhere. */
  elements(attribute: Attribute): void;
  /** `^name`. */
  successor(block: Block): void;
  /** The discardable attributes as ` {…}` and nothing when none is left; `elided` are said elsewhere. */
  attributeDictionary(operation: Operation, elided: readonly string[], options?: { readonly keyword?: boolean }): void;
  /** A region between braces. */
  region(
    region: Region,
    options?: { readonly entryArguments?: boolean; readonly terminators?: boolean; readonly emptyBlock?: boolean },
  ): void;
  /** A block argument as `%name: type`. */
  blockArgument(value: Value): void;
  /** ` loc(…)` of a block argument when locations are printed, else nothing. */
  argumentLocation(value: Value): void;
}

/** An operand that was read before its type was known. */
export interface UnresolvedOperand {
  readonly name: string;
  readonly number: number;
  /** Byte offset in the text, for messages. */
  readonly offset: number;
}
/** An argument of a region's entry block as it was read. */
export interface ParsedArgument {
  readonly name: string;
  readonly type: Type;
  readonly offset: number;
  /** Where the text says that it comes from. */
  readonly location?: ParsedLocation;
}
/** A location as it was read; an alias in it may be defined further on. */
export interface ParsedLocation {
  readonly location?: Location;
  /** Interned name and byte offset of an alias. */
  readonly alias?: number;
  readonly offset: number;
}
/** What a custom form amounts to. */
export interface ParsedOperation {
  readonly operands?: readonly Value[];
  readonly resultTypes?: readonly Type[];
  /** Properties and discardable attributes. */
  readonly attributes?: readonly NamedAttribute[];
  readonly regions?: readonly ParsedRegion[];
  readonly successors?: readonly Block[];
}
/** A region that was read and is not in an operation yet. */
export interface ParsedRegion {
  readonly blocks: readonly Block[];
}

/** Reads the custom form of an operation after its name. Every method reports its own errors by throwing. */
export interface AssemblyParser {
  /** The context in which the operation is made. */
  readonly context: Context;
  /** Byte offset of the next token. */
  readonly offset: number;
  /** Whether the next token is this punctuation or keyword; it is not consumed. */
  at(token: string): boolean;
  /** Consumes the token when it is next. */
  accept(token: string): boolean;
  /** Consumes the token or reports what was found. */
  expect(token: string): void;
  /** A bare identifier. */
  keyword(): string;
  /** Whether an integer literal, with or without a minus, is next. */
  atInteger(): boolean;
  /** An integer literal without a type. */
  integer(): bigint;
  atString(): boolean;
  /** The value of a string literal. */
  string(): string;
  /** Whether an operand is next. */
  atOperand(): boolean;
  operand(): UnresolvedOperand;
  /** Operands separated by commas, possibly none. */
  operands(): readonly UnresolvedOperand[];
  resolve(operand: UnresolvedOperand, type: Type): Value;
  type(): Type;
  types(): readonly Type[];
  /** The types after an arrow: one, or a list in parentheses. */
  resultTypes(): readonly Type[];
  attribute(expected?: Type): Attribute;
  /** `dense<…>` and its kin, whose type is known and may be left out. */
  elements(type: Type): Attribute;
  /** `(d0, …)[s0, …] -> (…)` as an affine map. */
  affineMap(): Attribute;
  /** `@name`. */
  symbolName(): string;
  successor(): Block;
  /** An optional `{…}`; with `keyword`, an optional `attributes {…}`. */
  attributeDictionary(options?: { readonly keyword?: boolean }): readonly NamedAttribute[];
  /** `%name : type`, then an optional location. */
  argument(): ParsedArgument;
  /** An optional `loc(…)`. */
  location(): ParsedLocation | undefined;
  /** A region between braces; `entry` names its entry block's arguments. */
  region(entry?: readonly ParsedArgument[]): ParsedRegion;
  /** Reports an error at a byte offset (the next token's by default). */
  fail(message: string, offset?: number): never;
}

/** A hand-written custom form, both ways. */
export interface AssemblyHooks {
  /** Only asked to print operations that are as declared and that `covers` accepts; others are printed in generic form. */
  print(operation: Operation, printer: AssemblyPrinter): void;
  /**
   * Whether the form says all that the operation has; without it, it always does. It may look at
   * name, attributes and types only, as it is asked once for all operations in which these are the same.
   */
  covers?(operation: Operation): boolean;
  parse(parser: AssemblyParser, resultCount: number): ParsedOperation;
}
