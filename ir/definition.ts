/**
 * What the core knows of a declared operation, with its static types erased. `op(...)` makes it;
 * the verifier, parser, printer, drivers and generators read it.
 */
import type { AttributeKind } from './attribute-kind.ts';
import type { Attribute } from './attribute.ts';
import type { Binding, ValueConstraint } from './constraint.ts';
import type { Draw } from './draw.ts';
import type { Operation } from './operation.ts';
import type { Type } from './type.ts';
import type { Value } from './value.ts';
import type { AssemblyHooks } from './assembly.ts';

/**
 * Facts about an operation that shared code may ask.
 *
 * - `pure`: no side effects; may be folded, merged and erased when unused
 * - `recursive-effects`: beside its own effects it has those of the operations in its regions
 * - `terminator`: ends its block
 * - `commutative`: operands may be swapped
 * - `elementwise`: works element by element
 * - `constant-like`: has no operands and folds to its `value` attribute
 * - `isolated-from-above`: its regions use no value from outside
 * - `single-block`: its regions have at most one block; `no-terminator`: whose end is free
 * - `symbol` / `symbol-table`: is named by `sym_name` / holds symbols
 * - `return-like`: leaves the enclosing region with its operands
 * - `graph-region`: order in its regions means nothing
 * - `same-operands-and-result-type`: all types are equal
 */
export type Trait =
  | 'pure'
  | 'recursive-effects'
  | 'terminator'
  | 'commutative'
  | 'elementwise'
  | 'constant-like'
  | 'isolated-from-above'
  | 'single-block'
  | 'no-terminator'
  | 'symbol'
  | 'symbol-table'
  | 'return-like'
  | 'graph-region'
  | 'same-operands-and-result-type';

/** Names an interface: a set of functions that shared code asks of an operation's declaration. */
export interface InterfaceToken<T> {
  readonly interfaceName: string;
  readonly implementation?: T;
}
/** Makes the token of an interface. */
export const defineInterface = <T>(interfaceName: string): InterfaceToken<T> => ({ interfaceName });
/** One implementation of an interface by an operation. */
export type InterfaceEntry = readonly [InterfaceToken<unknown>, unknown];
/** Says that an operation implements an interface. */
export const implement = <T>(token: InterfaceToken<T>, implementation: T): InterfaceEntry => [
  token as InterfaceToken<unknown>,
  implementation,
];

/** A declared operand or result: its name and what its type must be. */
export interface ValueDefinition {
  readonly name: string;
  readonly constraint: ValueConstraint;
}
/** A declared attribute. */
export interface AttributeDefinition {
  readonly name: string;
  readonly kind: AttributeKind<unknown>;
}
/** A declared region. */
export interface RegionDefinition {
  readonly name: string;
  readonly doc: string;
  /** `many` stands for any number of regions and comes last. */
  readonly many: boolean;
}
/** What a fold gives: an existing value or a constant per result; undefined for no change. */
export type FoldResult = readonly (Value | Attribute)[] | undefined;

/** A declared operation as the core sees it. */
export interface OpDefinition {
  readonly opName: string;
  readonly summary: string;
  readonly description: string;
  readonly operands: readonly ValueDefinition[];
  readonly attributes: readonly AttributeDefinition[];
  readonly results: readonly ValueDefinition[];
  readonly regions: readonly RegionDefinition[];
  readonly successors: readonly string[];
  readonly variadicSuccessors: boolean;
  readonly traits: ReadonlySet<Trait>;
  readonly interfaces: ReadonlyMap<InterfaceToken<unknown>, unknown>;
  /** Operations of this dialect are written without its name in the regions of this operation. */
  readonly defaultDialect: string | undefined;
  /** The declared assembly format, or hand-written hooks. */
  readonly assembly: string | AssemblyHooks | undefined;
  /** Derived dimensions from bound dimensions and attributes. */
  readonly dims: ((bound: Readonly<Record<string, unknown>>) => Readonly<Binding>) | undefined;
  /** Conditions over bound dimensions and attributes; a string is the error. */
  readonly verify: ((bound: Readonly<Record<string, unknown>>) => string | undefined) | undefined;
  /** The only operations that may hold it directly; empty when any may. */
  readonly parents: readonly string[];
  /** Conditions over operand and result types and attributes alone; asked once per distinct signature. */
  readonly verifySignature: ((operation: Operation) => string | undefined) | undefined;
  /** Conditions over the whole operation, for what names and dimensions cannot say. */
  readonly verifyOperation: ((operation: Operation) => string | undefined) | undefined;
  /** Extents and attributes that depend on each other, for generators. */
  readonly sample:
    | ((bound: Readonly<Record<string, unknown>>, draw: Draw) => Readonly<Record<string, unknown>>)
    | undefined;
  /** Result types where they do not follow from names. */
  readonly inferTypes:
    | ((operands: readonly Value[], attributes: ReadonlyMap<string, Attribute>) => readonly Type[])
    | undefined;
  /** What the results are equal to, given which operands are constants. */
  readonly fold: ((operation: Operation, constants: readonly (Attribute | undefined)[]) => FoldResult) | undefined;
}
