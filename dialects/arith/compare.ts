import { anyType, type Attribute, boolAttribute, i1, i64, op, sameType, type Value } from '../../ir/index.ts';
import { floatOf, integerOf, integerWidth } from './constant-value.ts';
import { floatLike, integerLike, truthOf } from './constraint.ts';
import { unsigned } from './integer.ts';
import { caseNumber, flags } from './property.ts';
import { comparisonAssembly, selectAssembly } from './written.ts';

/** Integer comparisons in the order of their stored numbers. */
export const integerPredicates = ['eq', 'ne', 'slt', 'sle', 'sgt', 'sge', 'ult', 'ule', 'ugt', 'uge'] as const;
/** Floating-point comparisons in the order of their stored numbers; `o` is false and `u` true for a NaN. */
export const floatPredicates = [
  'false',
  'oeq',
  'ogt',
  'oge',
  'olt',
  'ole',
  'one',
  'ord',
  'ueq',
  'ugt',
  'uge',
  'ult',
  'ule',
  'une',
  'uno',
  'true',
] as const;

const compareIntegers = (predicate: number, x: bigint, y: bigint, width: number): boolean => {
  const name = integerPredicates[predicate] as string;
  const [a, b] = name.startsWith('u') ? [unsigned(x, width), unsigned(y, width)] : [x, y];
  const test = name.length === 3 ? name.slice(1) : name;
  return test === 'eq'
    ? a === b
    : test === 'ne'
      ? a !== b
      : test === 'lt'
        ? a < b
        : test === 'le'
          ? a <= b
          : test === 'gt'
            ? a > b
            : a >= b;
};

const compareFloats = (predicate: number, x: number, y: number): boolean => {
  const name = floatPredicates[predicate] as string;
  if (name === 'true' || name === 'false') return name === 'true';
  const unordered = x !== x || y !== y;
  if (unordered) return name.startsWith('u');
  const test = name.slice(1);
  if (test === 'rd' || test === 'no') return test === 'rd';
  return test === 'eq'
    ? x === y
    : test === 'ne'
      ? x !== y
      : test === 'lt'
        ? x < y
        : test === 'le'
          ? x <= y
          : test === 'gt'
            ? x > y
            : x >= y;
};

const truthError = (lhs: Value, result: Value): string | undefined =>
  result.type === truthOf(lhs.type)
    ? undefined
    : `result has type ${result.type.text}, expected ${truthOf(lhs.type).text}`;

/** Compares integers. */
export const cmpi = op('arith.cmpi', {
  summary: 'compares integers',
  operands: { lhs: integerLike, rhs: integerLike },
  attributes: { predicate: caseNumber(integerPredicates.length, i64) },
  results: { result: anyType },
  traits: ['pure', 'elementwise'],
  assembly: comparisonAssembly(integerPredicates),
  verifySignature: (_, { lhs, result }) => truthError(lhs, result),
  inferTypes: ([lhs]) => [truthOf((lhs as Value).type)],
  fold: ({ lhs, rhs, predicate, result }, [x, y]) => {
    const [left, right] = [integerOf(x), integerOf(y)];
    const width = integerWidth(lhs.type) ?? 0;
    if (result.type !== i1) return undefined;
    if (left !== undefined && right !== undefined)
      return [boolAttribute(compareIntegers(predicate, left, right, width))];
    return lhs === rhs ? [boolAttribute(compareIntegers(predicate, 0n, 0n, width))] : undefined;
  },
});

/** Compares floating-point numbers. */
export const cmpf = op('arith.cmpf', {
  summary: 'compares floating-point numbers',
  operands: { lhs: floatLike, rhs: floatLike },
  attributes: { predicate: caseNumber(floatPredicates.length, i64), fastmath: flags('fastmath') },
  results: { result: anyType },
  traits: ['pure', 'elementwise'],
  assembly: comparisonAssembly(floatPredicates, 'fastmath'),
  verifySignature: (_, { lhs, result }) => truthError(lhs, result),
  inferTypes: ([lhs]) => [truthOf((lhs as Value).type)],
  fold: ({ predicate, result }, [x, y]) => {
    const [left, right] = [floatOf(x), floatOf(y)];
    if (left === undefined || right === undefined || result.type !== i1) return undefined;
    return [boolAttribute(compareFloats(predicate, left, right))];
  },
});

const chosen = sameType('T');

/** One of two values. */
export const select = op('arith.select', {
  summary: 'one of two values',
  operands: { condition: anyType, true_value: chosen, false_value: chosen },
  results: { result: chosen },
  traits: ['pure', 'elementwise'],
  assembly: selectAssembly,
  verifySignature: (_, { condition, result }) =>
    condition.type === i1 || (truthOf(result.type) !== i1 && condition.type === truthOf(result.type))
      ? undefined
      : `condition has type ${condition.type.text}, expected i1 or one per element of ${result.type.text}`,
  fold: ({ true_value, false_value }, [condition]: readonly (Attribute | undefined)[]) => {
    if (true_value === false_value) return [true_value];
    return condition?.kind === 'bool' ? [condition.value ? true_value : false_value] : undefined;
  },
});
