/** Rules of arithmetic on floating-point numbers, single ones and arrays of them. */
import { arith, roundings } from '../../dialects/arith/index.ts';
import type { Operation, Type } from '../../ir/index.ts';
import { type Direction, roundToFormat } from '../float-format.ts';
import type { NdArray } from '../ndarray.ts';
import {
  anywhere,
  type Bounded,
  boundsFor,
  type Certificate,
  holdsAll,
  hull,
  isKnown,
  largestOf,
  placeOf,
  reach,
  roundedOut,
  roundingError,
} from './arithmetic.ts';
import { type Binary, binaries, mapped, mapped2, type Unary, unaries } from './elementwise.ts';

/** Gives the bound of the result of an operation on arrays; single numbers are arrays without dimensions. */
export type ArithRule = (operands: readonly Bounded[], result: NdArray, operation: Operation) => Certificate;

const operand = (operands: readonly Bounded[], at: number): Bounded => {
  const found = operands[at];
  if (!found) throw new RangeError(`operand #${at} is missing`);
  return found;
};
const valueAt = ({ value }: Bounded, at: number): number => Number(value.data[value.data.length === 1 ? 0 : at]);

const one =
  (f: Unary): ArithRule =>
  (operands, result) =>
    mapped(f, operand(operands, 0), result);
const two =
  (f: Binary): ArithRule =>
  (operands, result) =>
    mapped2(f, operand(operands, 0), operand(operands, 1), result);

/** The same number in another type, rounded to nearest unless the operation says otherwise. */
const converted: ArithRule = (operands, result, operation) => {
  const input = operand(operands, 0);
  const same = input.value.element.kind === 'float' && holdsAll(result.element, input.value.element);
  return {
    bound: boundsFor(result, (at) => {
      if (!isKnown(input, at)) return Infinity;
      const [x, y] = [valueAt(input, at), Number(result.data[at])];
      return reach(x, placeOf(input, at)) + (same ? 0 : lost(x, y, result.element, directionOf(operation)));
    }),
    within: input.within,
  };
};
const directionOf = (operation: Operation): Direction => {
  const mode = operation.attribute('roundingmode');
  return (mode?.kind === 'integer' ? roundings[Number(mode.value)] : undefined) ?? 'to_nearest_even';
};
/** What rounding `x` to a number like `y` may lose: up to a whole unit in a direction. */
function lost(x: number, y: number, element: Type, direction: Direction): number {
  if (element.kind !== 'float') return Infinity;
  // At the largest number it is as much as the format cuts off.
  if (Math.abs(y) === largestOf(element)) return Math.abs(roundToFormat(x, element.name, direction) - x);
  return roundingError(y, element) * (direction.startsWith('to_nearest') ? 1 : 2);
}

/** An integer as floating point: the reference rounds it as well. */
const fromInteger: ArithRule = (operands, result) => {
  const input = operand(operands, 0);
  return {
    bound: boundsFor(result, (at) =>
      isKnown(input, at)
        ? reach(valueAt(input, at), roundedOut(placeOf(input, at))) +
          roundingError(Number(result.data[at]), result.element)
        : Infinity,
    ),
    within: roundedOut(input.within),
  };
};
const truncated: Unary = {
  exact: Math.trunc,
  image: ([low, high]) => [Math.trunc(low), Math.trunc(high)],
  rounds: false,
};

/** x · s or x / s with an exact scale, as an inexact one could be another power of two; rounded `between` or not. */
const scaled =
  (f: Binary, between: boolean): ArithRule =>
  (operands, result, operation) => {
    const [input, scale] = [operand(operands, 0), operand(operands, 1)];
    const from = input.value.element;
    return {
      bound: boundsFor(result, (at) => {
        const by = valueAt(scale, at);
        if (!isKnown(input, at) || valueAt({ ...scale, value: scale.bound }, at) !== 0) return Infinity;
        const centre = f.exact(valueAt(input, at), by);
        const place = f.image(placeOf(input, at), [by, by]);
        return (
          reach(centre, place) +
          (between ? roundingError(centre, from) : 0) +
          lost(centre, Number(result.data[at]), result.element, directionOf(operation))
        );
      }),
      within: anywhere,
    };
  };

/** Truth values and bits jump; they are certain where all that they are made of is. */
const certain = (operands: readonly Bounded[], result: NdArray, otherwise: number): Certificate => ({
  bound: boundsFor(result, (at) =>
    operands.every(({ bound }) => Number(bound.data[bound.data.length === 1 ? 0 : at]) === 0) ? 0 : otherwise,
  ),
  within: anywhere,
});

/** A comparison is certain where the intervals are apart. */
const compared: ArithRule = (operands, result) => {
  const [x, y] = [operand(operands, 0), operand(operands, 1)];
  return {
    bound: boundsFor(result, (at) => {
      if (!isKnown(x, at) || !isKnown(y, at)) return Infinity;
      const [[a, b], [c, d]] = [placeOf(x, at), placeOf(y, at)];
      return b < c || d < a || (a === b && c === d) ? 0 : 1;
    }),
    within: [0, 1],
  };
};

/** One of two values; where the choice is not certain the reference may have taken the other. */
const chosen: ArithRule = (operands, result) => {
  const [condition, x, y] = [operand(operands, 0), operand(operands, 1), operand(operands, 2)];
  return {
    bound: boundsFor(result, (at) => {
      const [taken, other] = valueAt(condition, at) !== 0 ? [x, y] : [y, x];
      if (valueAt({ ...condition, value: condition.bound }, at) === 0) return Number(taken.bound.data[at]);
      if (!isKnown(taken, at) || !isKnown(other, at)) return Infinity;
      return reach(Number(result.data[at]), hull(placeOf(taken, at), placeOf(other, at)));
    }),
    within: hull(x.within, y.within),
  };
};

type Name = keyof (typeof arith)['ops'];
const rules: { readonly [K in Name]?: ArithRule } = {
  addf: two(binaries.add),
  subf: two(binaries.sub),
  mulf: (operands, result) => {
    const [x, y] = [operand(operands, 0), operand(operands, 1)];
    return x === y ? mapped(unaries.square, x, result) : mapped2(binaries.mul, x, y, result);
  },
  divf: two(binaries.div),
  maximumf: two(binaries.max),
  minimumf: two(binaries.min),
  maxnumf: two(binaries.max),
  minnumf: two(binaries.min),
  negf: one(unaries.neg),
  // The remainder of exact numbers is exact; that of others jumps.
  remf: (operands, result) => certain(operands, result, Infinity),
  extf: converted,
  truncf: converted,
  scalingExtf: scaled(binaries.mul, false),
  scalingTruncf: scaled(binaries.div, true),
  sitofp: fromInteger,
  uitofp: fromInteger,
  fptosi: one(truncated),
  fptoui: one(truncated),
  bitcast: (operands, result) => certain(operands, result, Infinity),
  cmpf: compared,
  select: chosen,
};

/** The rules of arithmetic by operation name; an operation without one is exact on exact numbers. */
export const arithBounds: ReadonlyMap<string, ArithRule> = new Map(
  Object.entries(rules).map(([key, rule]) => [arith.ops[key as Name].opName, rule]),
);
/** What an operation on whole numbers without a rule is bounded by: nothing unless its operands are exact. */
export const exactOrUnknown: ArithRule = (operands, result) => {
  const exact = operands.every(({ bound }) => (bound.data as Float64Array).every((by) => by === 0));
  return { bound: boundsFor(result, () => (exact ? 0 : Infinity)), within: anywhere };
};
