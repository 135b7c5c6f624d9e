/**
 * Bound mode: beside each value an upper limit of its distance from the value that the same program would have without
 * casts to narrower types, in real arithmetic or in single precision.
 */
import { graph } from '../dialects/graph/index.ts';
import { tensorop } from '../dialects/tensorop/index.ts';
import { elementTypeOf, f64, type Operation, type Type, type Value } from '../ir/index.ts';
import { arithSemantics } from './arith.ts';
import { arithBounds, exactOrUnknown } from './bound/arith.ts';
import { type Bounded, bounded, type Certificate } from './bound/arithmetic.ts';
import { graphBounds } from './bound/graph.ts';
import { inPlace } from './bound/softmax-chain.ts';
import { tensoropBounds } from './bound/tensorop.ts';
import { stop } from './budget.ts';
import { type EvaluationOptions, Evaluator } from './evaluate.ts';
import { funcSemantics } from './func.ts';
import { graphSemantics } from './kernel/graph.ts';
import { tensoropSemantics } from './kernel/tensorop.ts';
import { NdArray, newElements } from './ndarray.ts';
import { prepare } from './prepared.ts';
import type { Evaluation } from './semantics.ts';
import type { RuntimeValue, Scalar } from './value.ts';

type AnyRule = (args: object, names: object, result: NdArray) => Certificate;
const byName = (ops: Readonly<Record<string, { readonly opName: string }>>, rules: object): [string, AnyRule][] =>
  Object.entries(ops).map(([key, { opName }]) => [opName, rules[key as keyof typeof rules] as AnyRule]);
const ruleByName: ReadonlyMap<string, AnyRule> = new Map([
  ...byName(tensorop.ops, tensoropBounds),
  ...byName(graph.ops, graphBounds),
]);
const levels = [tensoropSemantics, graphSemantics, funcSemantics, arithSemantics];

/** Where the results of an operation on numbers have no bound: it is more than a function of its operands. */
const noRule = (operation: Operation): never =>
  stop(operation, 'has no bound rule; bound mode runs straight lines of tensor operations and arithmetic');

const certify = (operation: Operation, inputs: readonly Bounded[], result: NdArray): Certificate => {
  const rule = ruleByName.get(operation.name);
  if (rule) {
    const prepared = prepare(operation, undefined, () => ({}) as Evaluation);
    return rule(prepared.arguments(inputs), prepared.names, result);
  }
  if (operation.dialectName !== 'arith' || operation.regions.length > 0) return noRule(operation);
  return (arithBounds.get(operation.name) ?? exactOrUnknown)(inputs, result, operation);
};

/** The bound of the result of one operation that gave `result`, from its operands and their bounds. */
export const boundOf = (operation: Operation, inputs: readonly Bounded[], result: NdArray): NdArray =>
  certify(operation, inputs, result).bound;

/** Runs one operation and bounds its result. */
export function evaluateBounds(operation: Operation, inputs: readonly Bounded[]): Bounded {
  const results = new Evaluator(levels).apply(
    operation,
    inputs.map(({ value }, at) => givenFor(operation.operand(at).type, value)),
  );
  const result = arrayFor(results[0], elementTypeOf(operation.result().type));
  if (!result) return stop(operation, 'does not give numbers, so there is nothing to bound');
  const { bound, within } = certify(operation, inputs, result);
  return bounded(result, bound, within);
}

/** A value as an array of numbers: a single number has no dimensions. */
function arrayFor(value: unknown, element: Type): NdArray | undefined {
  if (value instanceof NdArray) return value;
  if (typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  const data = newElements(element, 1);
  data[0] = (data instanceof BigInt64Array || data instanceof BigUint64Array ? BigInt(value) : Number(value)) as never;
  return new NdArray([], element, data);
}

/** The value that stands for an array where the program has a value of `type`. */
const givenFor = (type: Type | undefined, array: NdArray): RuntimeValue =>
  type !== undefined && type.kind !== 'tensor' && array.data.length === 1 ? (array.data[0] as Scalar) : array;

/** What is told of every operation of a function that runs in bound mode; what it gives counts for what follows. */
export type BoundObserver = (operation: Operation, result: Bounded) => Bounded | undefined | void;

/** Runs a function of one block with bounds; those of the results are returned. */
export function evaluateFunctionBounds(
  callee: Operation,
  inputs: readonly Bounded[],
  observer?: BoundObserver,
  options: EvaluationOptions = {},
): readonly Bounded[] {
  const known = new Map<number, Bounded>();
  const entry = callee.region(0).entry;
  for (const [at, value] of (entry?.arguments ?? []).entries()) if (inputs[at]) known.set(value.id, inputs[at]);
  const find = (operation: Operation, value: Value, given: unknown): Bounded => {
    const found = known.get(value.id);
    if (found) return found;
    const array = arrayFor(given, elementTypeOf(value.type));
    return array
      ? bounded(array, new NdArray(array.shape, f64))
      : stop(operation, `operand of type ${value.type.text} is no number, so it has no bound`);
  };
  const evaluator = new Evaluator(levels, {
    ...options,
    observer(operation, operands, results) {
      options.observer?.(operation, operands, results);
      if (operation.parent !== entry || operation.hasTrait('return-like')) return;
      const inputs = operation.operands.map((value, at) => find(operation, value, operands[at]));
      for (const [at, value] of operation.results.entries()) {
        const result = arrayFor(results[at], elementTypeOf(value.type));
        if (!result) noRule(operation);
        else {
          const alone = certify(operation, inputs, result);
          const { bound, within } = inPlace(operation, alone, result, ({ id }) => known.get(id));
          const made = bounded(result, bound, within);
          known.set(value.id, observer?.(operation, made) ?? made);
        }
      }
    },
  });
  const results = evaluator.call(
    callee,
    inputs.map(({ value }, at) => givenFor(entry?.arguments[at]?.type, value)),
  );
  const returned = entry?.last;
  return returned ? returned.operands.map((value, at) => find(returned, value, results[at])) : [];
}
