/** Functions of integers as terms, and what it means that one may stand for another. */
import type { Block, Operation, TensorType, Type, Value } from '../../ir/index.ts';
import { arithTerms, type Symbolic, type Translation } from './arith-terms.ts';
import { requantizeTerms } from './requantize-terms.ts';
import { all, any, no, not, same, type Term, unknown } from './term.ts';

/** A tensor of one number, without dimensions, stands for what functions of elements do to each. */
export const isElement = (type: Type): type is TensorType => type.kind === 'tensor' && type.shape.length === 0;
/** The number that a value of a type is; of a tensor of one, its element. */
export const numberType = (type: Type): Type => (isElement(type) ? type.element : type);

/** Bits of a number; undefined for other types. A floating-point number that is only moved is its bits. */
export function widthOf(of: Type): number | undefined {
  const type = numberType(of);
  if (type.kind === 'index') return 64;
  return type.kind === 'float' || (type.kind === 'integer' && type.sign === 'signless') ? type.width : undefined;
}

/** A function as terms over its arguments. */
export interface SymbolicFunction {
  readonly results: readonly Symbolic[];
  readonly undefinedBehaviour: Term;
}

/** An argument: any bits, and possibly poison. */
export interface Argument extends Symbolic {
  readonly name: string;
  readonly type: Type;
}

/** The names of the bits and of the poison of argument `at`. */
export const argumentNames = (at: number): readonly [string, string] => [`x${at}`, `p${at}`];

/** Arguments of these types; undefined where one is no number. */
export function symbolicArguments(types: readonly Type[]): readonly Argument[] | undefined {
  const made = types.flatMap((type, at): readonly Argument[] => {
    const width = widthOf(type);
    const [name, poison] = argumentNames(at);
    return width === undefined || width === 0
      ? []
      : [{ name, type, bits: unknown(name, width), poison: unknown(poison, 1) }];
  });
  return made.length === types.length ? made : undefined;
}

const termsOf = (name: string): Translation | undefined => arithTerms.get(name) ?? requantizeTerms.get(name);

/** The terms of a function's only block, which ends with a return; undefined where an operation has none. */
export function symbolicFunction(block: Block, given: readonly Argument[]): SymbolicFunction | undefined {
  const known = new Map<Value, Symbolic>();
  for (const [at, argument] of block.arguments.entries()) known.set(argument, given[at] as Argument);
  const faults: Term[] = [];
  const read = (operation: Operation): readonly Symbolic[] =>
    operation.operands.map((value) => known.get(value) as Symbolic);
  for (const operation of block.operations) {
    if (operation.hasTrait('return-like')) return { results: read(operation), undefinedBehaviour: any(...faults) };
    const values = [...operation.operands, ...operation.results];
    const widths = operation.results.map(({ type }) => widthOf(type) ?? 0);
    if (values.some(({ type }) => !widthOf(type))) return undefined;
    const meaning = termsOf(operation.name)?.(read(operation), widths, operation);
    if (!meaning) return undefined;
    for (const [at, result] of operation.results.entries()) known.set(result, meaning.results[at] as Symbolic);
    if (meaning.undefinedBehaviour !== no) faults.push(meaning.undefinedBehaviour);
  }
  return undefined;
}

/**
 * Whether `after` may not stand for `before` here: where `before` has a meaning and a result is no poison, `after` must
 * have a meaning and the same result.
 */
export const violation = (before: SymbolicFunction, after: SymbolicFunction): Term =>
  all(
    not(before.undefinedBehaviour),
    any(
      after.undefinedBehaviour,
      ...before.results.map((result, at) => {
        const other = after.results[at] as Symbolic;
        return all(not(result.poison), any(other.poison, not(same(result.bits, other.bits))));
      }),
    ),
  );
