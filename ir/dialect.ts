/** Dialects: a name and its operations. Nothing is registered anywhere else. */
import type { Attribute } from './attribute.ts';
import type { AnyOp, OpView } from './op.ts';
import type { Type } from './type.ts';

/** The operations of a dialect by their TypeScript names. */
export type Ops<N extends string> = Readonly<Record<string, AnyOp & { readonly opName: `${N}.${string}` }>>;

/** A named set of operations, with how a folded constant becomes an operation. */
export interface Dialect<N extends string = string, D extends Ops<N> = Ops<N>> {
  readonly name: N;
  readonly ops: D;
  /** The operation that gives `value` as a `type`, when the dialect has one. */
  materializeConstant?(value: Attribute, type: Type): OpView | undefined;
}

/** Declares a dialect. */
export const dialect = <const N extends string, const D extends Ops<N>>(
  name: N,
  ops: D,
  rest: Pick<Dialect, 'materializeConstant'> = {},
): Dialect<N, D> => ({ name, ops, ...rest });
