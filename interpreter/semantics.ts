/** Executable meaning for every operation of a dialect. */
import type {
  Attributes,
  AttrsOf,
  Binding,
  Dialect,
  DimNames,
  ElementNames,
  Extents,
  OpDefinition,
  Operation,
  PartsOf,
  Type,
  ValueConstraint,
  Values,
} from '../ir/index.ts';
import type { NdArray } from './ndarray.ts';
import type { RuntimeValue } from './value.ts';

/** What a meaning may ask of the evaluation that it is part of. */
export interface Evaluation {
  readonly operation: Operation;
  /** The types of the results. */
  readonly types: readonly Type[];
  /** Everything that the declaration's names are bound to. */
  readonly names: Readonly<Binding>;
  /**
   * Runs a region from its entry block with these arguments; gives what its return-like terminator leaves with, or
   * a `Leave`. What was `gathered` before is there for the operations of the region to go on from.
   */
  evaluateRegion(
    region: number,
    values: readonly RuntimeValue[],
    gathered?: readonly RuntimeValue[],
  ): readonly RuntimeValue[];
  /** What the operation around had gathered when it ran the region that this one stands in. */
  gathered(): readonly RuntimeValue[];
  /** Calls the function that a symbol names as seen from here. */
  call(symbol: string, values: readonly RuntimeValue[]): readonly RuntimeValue[];
  /** Ends the evaluation with an error at the operation. */
  fail(message: string): never;
}

type Held<C, Shaped> =
  C extends ValueConstraint<string, infer E, infer A> ? Counted<[E] extends [never] ? RuntimeValue : Shaped, A> : never;
type Counted<V, A> = 'variadic' extends A ? readonly V[] : 'optional' extends A ? V | undefined : V;
/** Values by the names of a declaration; `Shaped` stands for tensors and memrefs. */
export type HeldBy<S extends Values, Shaped> = { readonly [K in keyof S]: Held<S[K], Shaped> };
type IsUnion<K, All = K> = K extends unknown ? ([All] extends [K] ? false : true) : never;
type OnlyOne<S extends Values> =
  true extends IsUnion<keyof S> ? false : S[keyof S] extends ValueConstraint<string, string, 'one'> ? true : false;
/** What a meaning gives: nothing or where control goes on or ends, the one result, or the results by name. */
export type Output<R extends Values, Shaped> = [keyof R] extends [never]
  ? void | Jump | Leave
  : OnlyOne<R> extends true
    ? HeldBy<R, Shaped>[keyof R]
    : HeldBy<R, Shaped>;

/**
 * The meaning of an operation: operands and attributes by name, then the extents and element types
 * that the declaration's names are bound to, then the evaluation around it.
 */
export type Meaning<D, Shaped = NdArray> =
  PartsOf<D> extends { o: infer O extends Values; a: infer A extends Attributes; r: infer R extends Values }
    ? (
        args: HeldBy<O, Shaped> & AttrsOf<A>,
        bound: Extents<DimNames<O> | DimNames<R>> & { readonly [E in ElementNames<O> | ElementNames<R>]: Type },
        evaluation: Evaluation,
      ) => Output<R, Shaped>
    : never;
/** The meanings of all operations of a dialect. */
export type Meanings<D, Shaped = NdArray> = { readonly [K in keyof D]: Meaning<D[K], Shaped> };

/** A meaning with its types erased. */
export type AnyMeaning = (args: never, bound: never, evaluation: Evaluation) => unknown;
/** The meanings of one dialect by operation name. */
export interface Semantics {
  readonly dialect: string;
  readonly meanings: ReadonlyMap<string, AnyMeaning>;
  /** Fast kernels with the same results, bit for bit, for some of the operations. */
  readonly kernels: ReadonlyMap<string, AnyMeaning>;
}

type AnyOps = Readonly<Record<string, { readonly opName: string; readonly definition: OpDefinition }>>;
const byName = (ops: AnyOps, table: Readonly<Record<string, unknown>>): ReadonlyMap<string, AnyMeaning> =>
  new Map(
    Object.entries(ops).flatMap(([key, { opName }]) =>
      table[key] ? [[opName, table[key] as AnyMeaning] as const] : [],
    ),
  );

/** Gives every operation of a dialect its meaning; leaving one out is a type error. */
export const semantics = <const N extends string, const D extends Dialect<N>['ops']>(
  dialect: Dialect<N, D>,
  meanings: Meanings<D>,
): Semantics => ({ dialect: dialect.name, meanings: byName(dialect.ops, meanings), kernels: new Map() });

/** The same for a dialect whose shaped values are not arrays, such as views of memory. */
export const semanticsOver =
  <Shaped extends RuntimeValue>() =>
  <const N extends string, const D extends Dialect<N>['ops']>(
    dialect: Dialect<N, D>,
    meanings: Meanings<D, Shaped>,
  ): Semantics => ({
    dialect: dialect.name,
    meanings: byName(dialect.ops, meanings),
    kernels: new Map(),
  });

/** Fast kernels for some operations; `undefined` leaves a case to the meaning. */
export type Kernels<D> = {
  readonly [K in keyof D]?: (...given: Parameters<Meaning<D[K]>>) => ReturnType<Meaning<D[K]>> | undefined;
};

/** Puts fast kernels beside the meanings. They must give the same bits; a property test shows it. */
export const withKernels = <const N extends string, const D extends Dialect<N>['ops']>(
  of: Semantics,
  dialect: Dialect<N, D>,
  kernels: Kernels<D>,
): Semantics => ({ ...of, kernels: byName(dialect.ops, kernels) });

/** The meaning of what is never executed by itself: containers, and terminators that the evaluator handles. */
export const notExecuted = (_args: unknown, _bound: unknown, evaluation: Evaluation): never =>
  evaluation.fail('is not executed by itself');

/** Where a branching terminator goes on. */
export class Jump {
  readonly successor: number;
  readonly values: readonly RuntimeValue[];
  constructor(successor: number, values: readonly RuntimeValue[]) {
    this.successor = successor;
    this.values = values;
  }
}

/** Ends the region with these values: for terminators that compute what they leave with. */
export class Leave {
  readonly values: readonly RuntimeValue[];
  constructor(values: readonly RuntimeValue[]) {
    this.values = values;
  }
}
