/** The parts of an existing operation by their declared names, as a rule or lowering is given them. */
import { bindOperation } from '../ir/binding.ts';
import type { Extents } from '../ir/constraint.ts';
import type { AttrsOf, DimNames, ElementNames, OpOf, PartsOf, Simplify } from '../ir/op.ts';
import type { AnyOp } from '../ir/op.ts';
import type { Operation } from '../ir/operation.ts';
import type { Region } from '../ir/region.ts';
import type { Type } from '../ir/type.ts';
import { Value } from '../ir/value.ts';
import { failAt } from './rewriter.ts';

/** What is given beside operands, attributes and regions; operations cannot declare these names. */
export interface OperationContext {
  /** The result types. */
  readonly types: readonly Type[];
  readonly operation: Operation;
}

/** The extents and element types that the declaration of `D` names. */
export type DimsOfOperation<D> = Simplify<
  Extents<DimNames<PartsOf<D>['o']> | DimNames<PartsOf<D>['r']>> & {
    readonly [E in ElementNames<PartsOf<D>['o']> | ElementNames<PartsOf<D>['r']>]: Type;
  }
>;

/** Operands (already converted), attributes and regions by name, and what they bind. */
export type ArgumentsOf<D> = OperationContext &
  AttrsOf<PartsOf<D>['a']> & {
    readonly [K in keyof PartsOf<D>['o'] & keyof OpOf<D>]: OpOf<D>[K];
  } & { readonly [K in keyof PartsOf<D>['g'] & keyof OpOf<D>]: OpOf<D>[K] } & {
    readonly dims: DimsOfOperation<D>;
  };

/** What operands are given as: single ones one to one, those of a group each as one or several. */
export interface OperandMap {
  one(value: Value): Value;
  many(value: Value): readonly Value[];
}
const unchanged: OperandMap = { one: (value) => value, many: (value) => [value] };

const mapped = (given: unknown, map: OperandMap): unknown =>
  given instanceof Value
    ? map.one(given)
    : Array.isArray(given)
      ? given.flatMap((value: Value) => map.many(value))
      : given;

/**
 * The parts of `operation`, an instance of `definition`, with `map` over its operands. Throws a
 * located `DiagnosticError` when the operation breaks its declaration.
 */
export function argumentsOf(
  op: AnyOp,
  operation: Operation,
  map: OperandMap = unchanged,
): ArgumentsOf<unknown> & Readonly<Record<string, unknown>> {
  const { definition } = op;
  const { names, attributes, error } = bindOperation(operation, definition);
  if (error !== undefined) failAt(operation, `'${operation.name}' op ${error}`);
  const view = op.view(operation) as unknown as Readonly<Record<string, unknown>>;
  const parts: Record<string, unknown> = Object.assign(Object.create(null) as Record<string, unknown>, attributes);
  for (const { name } of definition.operands) parts[name] = mapped(view[name], map);
  for (const { name } of definition.regions) parts[name] = view[name] as Region | readonly Region[];
  parts['dims'] = names;
  parts['types'] = operation.results.map((result) => result.type);
  parts['operation'] = operation;
  return parts as ArgumentsOf<unknown> & Record<string, unknown>;
}
