/** What an evaluator needs to know of an operation, found once and used at every execution. */
import { bindOperation, type Block, type OpDefinition, type Operation, type Type, type Value } from '../ir/index.ts';
import { operandSegments, segments, storedSegments } from '../ir/view.ts';
import { stop } from './budget.ts';
import type { Evaluation } from './semantics.ts';
import { bytesOfType, type RuntimeValue } from './value.ts';

/** One operation, ready to be executed. */
export interface Prepared {
  readonly operation: Operation;
  readonly meaning: ((args: object, bound: object, evaluation: Evaluation) => unknown) | undefined;
  readonly isReturn: boolean;
  readonly operands: readonly number[];
  readonly results: readonly number[];
  /** Values whose last reader in the block this is. */
  readonly dying: readonly number[];
  /** Bytes of the results. */
  readonly bytes: number;
  readonly names: object;
  readonly evaluation: Evaluation;
  /** The operands and attributes by name. */
  arguments(values: readonly RuntimeValue[]): object;
  /** The results in order, from what the meaning gave. */
  outputs(given: unknown): readonly RuntimeValue[];
  /** The operation after this one, once it has been looked for. */
  following: Prepared | undefined;
}

/** A block, ready to be entered. */
export interface PreparedBlock {
  readonly parameters: readonly { readonly id: number; readonly type: Type }[];
  readonly first: Operation | undefined;
}
/** Finds out what entering a block needs. */
export const prepareBlock = (block: Block): PreparedBlock => ({
  parameters: block.arguments.map(({ id, type }) => ({ id, type })),
  first: block.first,
});

/** Finds out everything about an operation; ends with a diagnostic when it does not fit its declaration. */
export function prepare(
  operation: Operation,
  meaning: Prepared['meaning'],
  evaluation: (names: object) => Evaluation,
): Prepared {
  const { definition } = operation;
  if (!definition) return stop(operation, 'is not registered, so it has no meaning; load its dialect');
  const { names, attributes, error } = bindOperation(operation, definition);
  if (error !== undefined) return stop(operation, error);
  return {
    operation,
    meaning,
    isReturn: definition.traits.has('return-like'),
    operands: operation.operands.map((value) => value.id),
    results: operation.results.map((value) => value.id),
    dying: operation.operands.filter((value) => isLastReader(operation, value)).map((value) => value.id),
    bytes: operation.results.reduce((total, value) => total + bytesOfType(value.type), 0),
    names,
    evaluation: evaluation(names),
    arguments: argumentsOf(operation, definition, attributes),
    outputs: outputsOf(operation, definition),
    following: undefined,
  };
}

function isLastReader(operation: Operation, value: Value): boolean {
  const block = operation.parent;
  return (
    block !== undefined &&
    value.owner?.parent === block &&
    value.users.every((user) => user === operation || (user.parent === block && user.isBefore(operation)))
  );
}

function argumentsOf(
  operation: Operation,
  { operands }: OpDefinition,
  attributes: Readonly<Record<string, unknown>>,
): Prepared['arguments'] {
  const arities = operands.map(({ constraint }) => constraint.arity);
  const found = segments(arities, operation.operandCount, storedSegments(operation, operandSegments)) ?? [];
  // Cloning an object that has all names already is much cheaper than adding them one by one.
  const template: Record<string, unknown> = { ...attributes };
  for (const { name } of operands) template[name] = undefined;
  const groups = operands.map(({ name, constraint }, group) => {
    const [first, size] = found[group] ?? [0, 0];
    return { name, first, size, variadic: constraint.arity === 'variadic' };
  });
  return (values) => {
    const args = { ...template };
    for (let at = 0; at < groups.length; at++) {
      const { name, first, size, variadic } = groups[at] as (typeof groups)[number];
      args[name] = variadic ? values.slice(first, first + size) : size === 0 ? undefined : values[first];
    }
    return args;
  };
}

function outputsOf(operation: Operation, { results }: OpDefinition): Prepared['outputs'] {
  const wrong = (): never => stop(operation, `has a meaning that does not give ${operation.resultCount} results`);
  if (results.length === 0) return () => [];
  const [only] = results;
  if (results.length === 1 && only?.constraint.arity === 'one')
    return (given) => (given === undefined ? wrong() : [given as RuntimeValue]);
  return (given) => {
    const record = (given ?? {}) as Readonly<Record<string, RuntimeValue | readonly RuntimeValue[] | undefined>>;
    const values: RuntimeValue[] = [];
    for (const { name, constraint } of results) {
      const value = record[name];
      if (constraint.arity === 'variadic') values.push(...((value ?? []) as readonly RuntimeValue[]));
      else if (value !== undefined) values.push(value as RuntimeValue);
    }
    return values.length === operation.resultCount ? values : wrong();
  };
}
