/** What a rule of bound mode is given, and what it gives. */
import type { Attributes, AttrsOf, DimNames, ElementNames, Extents, PartsOf, Type, Values } from '../../ir/index.ts';
import type { NdArray } from '../ndarray.ts';
import type { HeldBy } from '../semantics.ts';
import type { Bounded, Certificate } from './arithmetic.ts';

/** Operands with bounds and attributes by name, what the names are bound to, and the computed result. */
export type BoundRule<D> =
  PartsOf<D> extends { o: infer O extends Values; a: infer A extends Attributes; r: infer R extends Values }
    ? (
        args: HeldBy<O, Bounded> & AttrsOf<A>,
        names: Extents<DimNames<O> | DimNames<R>> & { readonly [E in ElementNames<O> | ElementNames<R>]: Type },
        result: NdArray,
      ) => Certificate
    : never;

/** The rules of all operations of a dialect. */
export type BoundRules<D> = { readonly [K in keyof D]: BoundRule<D[K]> };
