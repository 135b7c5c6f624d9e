/**
 * Bound mode: beside each value an upper limit of its distance from the value that the same program would have with
 * every tensor in single precision and without the casts between.
 */
import { tensorop } from '../dialects/tensorop/index.ts';
import { f64, type Operation } from '../ir/index.ts';
import { type Bounded, bounded } from './bound-arithmetic.ts';
import { boundRules } from './bound-rules.ts';
import { stop } from './budget.ts';
import { type EvaluationOptions, Evaluator } from './evaluate.ts';
import { funcSemantics } from './func.ts';
import { tensoropSemantics } from './kernel/tensorop.ts';
import { NdArray } from './ndarray.ts';
import { prepare } from './prepared.ts';
import type { Evaluation } from './semantics.ts';

type AnyRule = (args: object, names: object, result: NdArray) => NdArray;
const ruleByName: ReadonlyMap<string, AnyRule> = new Map(
  Object.entries(tensorop.ops).map(([key, { opName }]) => [
    opName,
    boundRules[key as keyof typeof boundRules] as unknown as AnyRule,
  ]),
);

/** The bound of the result of one operation that gave `result`, from its operands and their bounds. */
export function boundOf(operation: Operation, inputs: readonly Bounded[], result: NdArray): NdArray {
  const rule = ruleByName.get(operation.name);
  if (!rule) return stop(operation, 'has no bound rule; bound mode runs straight lines of tensor operations');
  const prepared = prepare(operation, undefined, () => ({}) as Evaluation);
  return rule(prepared.arguments(inputs), prepared.names, result);
}

/** Runs one operation of the tensor-op level and bounds its result. */
export function evaluateBounds(operation: Operation, inputs: readonly Bounded[]): Bounded {
  const [result] = new Evaluator([tensoropSemantics]).apply(
    operation,
    inputs.map(({ value }) => value),
  );
  if (!(result instanceof NdArray)) return stop(operation, 'does not give an array, so there is nothing to bound');
  return bounded(result, boundOf(operation, inputs, result));
}

/** What is told of every operation of a function that runs in bound mode. */
export type BoundObserver = (operation: Operation, result: Bounded) => void;

/** Runs a function of one block with bounds; those of the results are returned. */
export function evaluateFunctionBounds(
  callee: Operation,
  inputs: readonly Bounded[],
  observer?: BoundObserver,
  options: EvaluationOptions = {},
): readonly Bounded[] {
  const bounds = new Map<number, NdArray>();
  const entry = callee.region(0).entry;
  for (const [at, value] of (entry?.arguments ?? []).entries()) if (inputs[at]) bounds.set(value.id, inputs[at].bound);
  const withBound = (operation: Operation, values: readonly unknown[]): Bounded[] =>
    operation.operands.map((operand, at) => {
      const value = values[at];
      if (!(value instanceof NdArray)) return stop(operation, `operand #${at} is not an array, so it has no bound`);
      return bounded(value, bounds.get(operand.id) ?? new NdArray(value.shape, f64));
    });
  const evaluator = new Evaluator([tensoropSemantics, funcSemantics], {
    ...options,
    observer(operation, operands, results) {
      options.observer?.(operation, operands, results);
      if (operation.parent !== entry || operation.hasTrait('return-like')) return;
      const [result] = results;
      if (!(result instanceof NdArray))
        stop(operation, 'has no bound rule; bound mode runs straight lines of tensor operations');
      else {
        const bound = boundOf(operation, withBound(operation, operands), result);
        bounds.set(operation.result().id, bound);
        observer?.(operation, bounded(result, bound));
      }
    },
  });
  const results = evaluator.call(
    callee,
    inputs.map(({ value }) => value),
  );
  const returned = entry?.last;
  return returned ? withBound(returned, results) : [];
}
