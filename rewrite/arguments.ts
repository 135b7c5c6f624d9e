/** The parts of an existing operation by their declared names, as a rule or lowering is given them. */
import { type Bindings, bindOperation } from '../ir/binding.ts';
import type { Context } from '../ir/context.ts';
import type { OpDefinition } from '../ir/definition.ts';
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
  const { names, attributes } = bindingsOf(operation, definition);
  const view = op.view(operation) as unknown as Readonly<Record<string, unknown>>;
  // Properties in the same order give all instances of an operation the same layout.
  const parts = new Parts();
  for (const { name } of definition.attributes) parts[name] = attributes[name];
  for (const { name } of definition.operands) parts[name] = mapped(view[name], map);
  for (const { name } of definition.regions) parts[name] = view[name] as Region | readonly Region[];
  parts['dims'] = names;
  const types: Type[] = [];
  for (let at = 0; at < operation.resultCount; at++) types.push(operation.resultType(at));
  parts['types'] = types;
  parts['operation'] = operation;
  return parts as ArgumentsOf<unknown> & Record<string, unknown>;
}

/** An object that has no names but those given to it. */
const Parts = function (this: unknown): void {} as unknown as new () => Record<string, unknown>;
Parts.prototype = Object.create(null) as object;

/** What a signature binds: it depends on nothing but attributes and types, and operations repeat. */
interface KnownBinding {
  readonly dictionary: number;
  /** The number of operands, their types, then those of the results. */
  readonly types: readonly number[];
  readonly bindings: Bindings;
}
/** So many signatures of an operation are remembered. */
const remembered = 8;
const known = new WeakMap<Context, Map<OpDefinition, KnownBinding[]>>();

function bindingsOf(operation: Operation, definition: OpDefinition): Bindings {
  const { context, id } = operation;
  let byDefinition = known.get(context);
  if (!byDefinition) known.set(context, (byDefinition = new Map()));
  let list = byDefinition.get(definition);
  if (!list) byDefinition.set(definition, (list = []));
  const dictionary = context.columns.opDictionary[id] as number;
  for (let at = 0; at < list.length; at++) {
    const one = list[at] as KnownBinding;
    if (one.dictionary === dictionary && hasTypes(operation, one.types)) return one.bindings;
  }
  const bindings = bindOperation(operation, definition);
  if (bindings.error !== undefined) failAt(operation, `'${operation.name}' op ${bindings.error}`);
  const types = [...operation.operands, ...operation.results].map(({ type }) => type.id);
  if (list.length === remembered) list.shift();
  list.push({ dictionary, types: [operation.operandCount, ...types], bindings });
  return bindings;
}

/** Whether the number of operands, the types of these and those of the results are as listed. */
function hasTypes({ context: { columns }, id }: Operation, types: readonly number[]): boolean {
  const operands = columns.opOperandCount[id] as number;
  const results = columns.opResultCount[id] as number;
  if (types[0] !== operands || types.length !== 1 + operands + results) return false;
  const slot = columns.opOperands[id] as number;
  for (let at = 0; at < operands; at++)
    if (columns.valueType[columns.slotValue[slot + at] as number] !== types[1 + at]) return false;
  const first = columns.opResults[id] as number;
  for (let at = 0; at < results; at++) if (columns.valueType[first + at] !== types[1 + operands + at]) return false;
  return true;
}
