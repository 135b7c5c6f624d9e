/**
 * Operation declarations. One `op(...)` is the single source of an operation's typed accessors,
 * builder, verifier, shape inference, assembly format, folder, documentation, generator and
 * pattern constructor.
 */
import type { AssemblyHooks } from './assembly.ts';
import type { Attribute } from './attribute.ts';
import type { AttributeKind, AttributeValue } from './attribute-kind.ts';
import type { Block } from './block.ts';
import type { DimsOf, ElementsOf, Extents, ValueConstraint } from './constraint.ts';
import type { FoldResult, InterfaceEntry, OpDefinition, Trait } from './definition.ts';
import type { Draw } from './draw.ts';
import type { Format } from './format-string.ts';
import { instantiate } from './instantiate.ts';
import type { Location } from './location.ts';
import type { Operation } from './operation.ts';
import type { Region } from './region.ts';
import type { Type } from './type.ts';
import type { Value } from './value.ts';
import { viewFactory } from './view.ts';

/** Flattens an intersection for readable hovers. */
export type Simplify<T> = { [K in keyof T]: T[K] } & {};
/** Declared operands or results by name. */
export type Values = Readonly<Record<string, ValueConstraint>>;
/** Declared attributes by name. */
export type Attributes = Readonly<Record<string, AttributeKind<unknown>>>;
/** Declared regions by name. */
export type Regions = Readonly<Record<string, RegionSpec>>;
/** A declared region: what it is for, and whether any number of them is meant. */
export interface RegionSpec<M extends boolean = boolean> {
  readonly doc: string;
  readonly many: M;
}
/** One region. */
export const region = (doc: string): RegionSpec<false> => ({ doc, many: false });
/** Any number of regions, after the others. */
export const regions = (doc: string): RegionSpec<true> => ({ doc, many: true });

/** Names of the dimensions bound by a set of values. */
export type DimNames<S extends Values> = { [K in keyof S]: DimsOf<S[K]> }[keyof S];
/** Names of the element variables bound by a set of values. */
export type ElementNames<S extends Values> = { [K in keyof S]: ElementsOf<S[K]> }[keyof S];
type Derived<O extends Values, R extends Values> = Exclude<DimNames<R>, DimNames<O> | `${number}`>;
/** Attribute values by name. */
export type AttrsOf<A extends Attributes> = { readonly [K in keyof A]: AttributeValue<A[K]> };
/** What `dims` and `verify` are given: extents, element types and attribute values by name. */
export type Bound<O extends Values, A extends Attributes> = Simplify<
  Extents<DimNames<O>> & { readonly [E in ElementNames<O>]: Type } & AttrsOf<A>
>;

/** A value, or an operation whose first result is meant. */
export type ValueLike = Value | OpView | Operation;
/** The typed view of some operation; every view has the operation it shows. */
export interface OpView {
  readonly operation: Operation;
}

type Held<C, One> =
  C extends ValueConstraint<string, string, infer P>
    ? P extends 'variadic'
      ? readonly One[]
      : P extends 'optional'
        ? One | undefined
        : One
    : never;
type ValuesOf<S extends Values> = { readonly [K in keyof S]: Held<S[K], Value> };
type RegionsOf<G extends Regions> = {
  readonly [K in keyof G]: G[K] extends RegionSpec<true> ? readonly Region[] : Region;
};

type MustGive<A extends Attributes> = {
  [K in keyof A]: A[K] extends AttributeKind<unknown, infer P> ? ('required' extends P ? K : never) : never;
}[keyof A];
type OptionalOperands<O extends Values> = {
  [K in keyof O]: O[K] extends ValueConstraint<string, string, 'optional'> ? K : never;
}[keyof O];
/** What a builder call is given. `types` are the result types where they do not follow. */
export type Args<O extends Values, A extends Attributes> = Simplify<
  { readonly [K in Exclude<keyof O, OptionalOperands<O>>]: Held<O[K], ValueLike> } & {
    readonly [K in OptionalOperands<O>]?: ValueLike | undefined;
  } & { readonly [K in MustGive<A>]: AttributeValue<A[K]> } & {
    readonly [K in Exclude<keyof A, MustGive<A>>]?: AttributeValue<A[K]> | undefined;
  }
> &
  Extra;
/** What every builder call may be given beside operands and attributes. */
export interface Extra {
  readonly types?: readonly Type[];
  readonly location?: Location;
  readonly successors?: readonly Block[];
  /** How many regions, where any number is allowed. */
  readonly regionCount?: number;
}

/** What a sampler may decide. */
export type Sample<O extends Values, A extends Attributes> = Partial<Bound<O, A>> & {
  readonly operandTypes?: Readonly<Record<string, readonly Type[]>>;
};

/** What an operation declares. */
export type OpSpec<O extends Values, A extends Attributes, R extends Values, G extends Regions, F extends string> = {
  readonly summary: string;
  readonly description?: string;
  readonly operands?: O;
  readonly attributes?: A;
  readonly results?: R;
  readonly regions?: G;
  /** Names of the successors; `'...name'` last stands for any number. */
  readonly successors?: readonly string[];
  readonly traits?: readonly Trait[];
  readonly interfaces?: readonly InterfaceEntry[];
  /** Operations of this dialect are written without its name inside the regions. */
  readonly defaultDialect?: string;
  /** How the operation is written: a format string, or hooks for what a string cannot say. */
  readonly assembly?: Format<F, keyof O | keyof A | keyof R | keyof G> | AssemblyHooks;
  /** Extra conditions over bound dimensions and attributes; a string is the error. */
  readonly verify?: (bound: Bound<O, A>) => string | undefined;
  /**
   * Extra conditions over the types of operands and results and the attributes, and nothing else:
   * the verifier asks once for operations that agree in these.
   */
  readonly verifySignature?: (operation: Operation, view: OpOf<OpDef<string, O, A, R, G>>) => string | undefined;
  /** The only operations that may hold it directly, as upstream's `ParentOneOf`; any unless given. */
  readonly parents?: readonly string[];
  /** Extra conditions over the whole operation: regions, users, symbols. */
  readonly verifyOperation?: (operation: Operation, view: OpOf<OpDef<string, O, A, R, G>>) => string | undefined;
  /** Existing values or constants that the results are equal to. */
  readonly fold?: (op: OpOf<OpDef<string, O, A, R, G>>, constants: readonly (Attribute | undefined)[]) => FoldResult;
  /**
   * Extents and attributes that depend on each other, for generators: what is returned replaces
   * what was drawn independently. `operandTypes` gives types that names do not decide.
   */
  readonly sample?: (bound: Bound<O, A>, draw: Draw) => Sample<O, A>;
  /** Result types where names do not give them. */
  readonly inferTypes?: (operands: readonly Value[], attributes: ReadonlyMap<string, Attribute>) => readonly Type[];
} & ([Derived<O, R>] extends [never]
  ? { readonly dims?: undefined }
  :
      | { readonly dims: (bound: Bound<O, A>) => Extents<Derived<O, R>> }
      | {
          readonly dims?: undefined;
          readonly inferTypes: (
            operands: readonly Value[],
            attributes: ReadonlyMap<string, Attribute>,
          ) => readonly Type[];
        });

/** A declared operation: call it to make one, `of` to match one. */
export interface OpDef<N extends string, O extends Values, A extends Attributes, R extends Values, G extends Regions> {
  (args: Args<O, A>): OpOf<OpDef<N, O, A, R, G>>;
  readonly opName: N;
  readonly definition: OpDefinition;
  readonly declared: { readonly operands: O; readonly attributes: A; readonly results: R; readonly regions: G };
  /** The typed view of an operation that is known to be an instance. */
  view(operation: Operation): OpOf<OpDef<N, O, A, R, G>>;
  /** A declarative pattern rooted at this operation; strings are captures. */
  of<const P extends Holes<O, A>>(
    holes: P & { readonly [K in Exclude<keyof P, keyof O | keyof A>]: never },
  ): Dag<Captures<A, P>>;
}
/** The erased view of a declared operation: what shared code may rely on. */
export interface AnyOp {
  (args: never): OpView;
  readonly opName: string;
  readonly definition: OpDefinition;
  view(operation: Operation): OpView;
}

/** The parts of a declaration, for mapped types. */
export type PartsOf<D> =
  D extends OpDef<string, infer O, infer A, infer R, infer G> ? { o: O; a: A; r: R; g: G } : never;
/** The typed view of one operation: operands, attributes, results and regions by name. */
export type OpOf<D> = OpView &
  Simplify<
    ValuesOf<PartsOf<D>['o']> & AttrsOf<PartsOf<D>['a']> & ValuesOf<PartsOf<D>['r']> & RegionsOf<PartsOf<D>['g']>
  >;

/** A pattern as data: an operation whose operands and attributes are captured or matched. */
export interface Dag<C> {
  readonly op: AnyOp;
  readonly holes: Readonly<Record<string, string | Dag<unknown>>>;
  readonly captures?: C;
}
type Holes<O, A> = { readonly [K in keyof O]?: string | Dag<unknown> } & { readonly [K in keyof A]?: string };
type Meet<U> = (U extends unknown ? (u: U) => void : never) extends (meet: infer I) => void ? I : never;
/** The captured names of a pattern with the types of their positions. */
export type Captures<A extends Attributes, P> = Simplify<
  Meet<
    {
      [K in keyof P]: P[K] extends string
        ? { readonly [N in P[K]]: K extends keyof A ? AttributeValue<A[K]> : Value }
        : P[K] extends Dag<infer C>
          ? C
          : never;
    }[keyof P]
  > & {}
>;

/** No declared names, the default of every part of a declaration. */
type Nothing = Readonly<Record<never, never>>;

/** Declares an operation. The name is written in full, so that one search finds it. */
export function op<
  const N extends string,
  const O extends Values = Nothing,
  const R extends Values = Nothing,
  const F extends string = string,
  const A extends Attributes = Nothing,
  const G extends Regions = Nothing,
>(name: N, spec: OpSpec<O, A, R, G, F>): OpDef<N, O, A, R, G> {
  const declared = {
    operands: spec.operands ?? ({} as O),
    attributes: spec.attributes ?? ({} as A),
    results: spec.results ?? ({} as R),
    regions: spec.regions ?? ({} as G),
  };
  const successors = spec.successors ?? [];
  const named = (values: Values): OpDefinition['operands'] =>
    Object.entries(values).map(([key, constraint]) => ({ name: key, constraint }));
  const view = viewFactory(declared.operands, declared.attributes, declared.results, declared.regions);
  const fold = spec.fold as ((op: OpView, constants: readonly (Attribute | undefined)[]) => FoldResult) | undefined;
  type Verify = ((operation: Operation, view: OpView) => string | undefined) | undefined;
  const verifyOperation = spec.verifyOperation as Verify;
  const verifySignature = spec.verifySignature as Verify;
  const definition: OpDefinition = {
    opName: name,
    summary: spec.summary,
    description: spec.description ?? '',
    operands: named(declared.operands),
    attributes: Object.entries(declared.attributes).map(([key, kind]) => ({ name: key, kind })),
    results: named(declared.results),
    regions: Object.entries(declared.regions).map(([key, { doc, many }]) => ({ name: key, doc, many })),
    successors: successors.map((successor) => successor.replace('...', '')),
    variadicSuccessors: successors.some((successor) => successor.startsWith('...')),
    traits: new Set(spec.traits ?? []),
    parents: spec.parents ?? [],
    interfaces: new Map(spec.interfaces ?? []),
    defaultDialect: spec.defaultDialect,
    assembly: spec.assembly as string | AssemblyHooks | undefined,
    dims: spec.dims as OpDefinition['dims'],
    verify: spec.verify as OpDefinition['verify'],
    verifySignature: verifySignature && ((operation) => verifySignature(operation, view(operation))),
    verifyOperation: verifyOperation && ((operation) => verifyOperation(operation, view(operation))),
    sample: spec.sample as OpDefinition['sample'],
    inferTypes: spec.inferTypes,
    fold: fold && ((operation, constants) => fold(view(operation), constants)),
  };
  const build = (args: Readonly<Record<string, unknown>>): OpView => view(instantiate(definition, args));
  const made = Object.assign(build, {
    opName: name,
    definition,
    declared,
    view,
    of: (holes: Dag<unknown>['holes']) => ({ op: made as unknown as AnyOp, holes }),
  });
  return made as unknown as OpDef<N, O, A, R, G>;
}
