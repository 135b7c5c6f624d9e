/** The meanings of arithmetic, on single numbers and element by element on arrays. */
import { arith, floatPredicates, integerPredicates, roundings } from '../dialects/arith/index.ts';
import { elementTypeOf, f64, type FloatType, type Type } from '../ir/index.ts';
import { arrayOf } from './dense-data.ts';
import { bitsInFormat, type Direction, isHeld, numberInFormat, roundToFormat } from './float-format.ts';
import * as integer from './integer.ts';
import { type IntegerLike, normal, signed, unsigned } from './integer.ts';
import { NdArray, newElements } from './ndarray.ts';
import { rounding } from './number.ts';
import { type Evaluation, semantics } from './semantics.ts';
import type { RuntimeValue, Scalar } from './value.ts';

type Fail = Evaluation['fail'];
/** A function of scalars; `from` and `to` are the types of the operands and of the result. */
type ScalarFunction = (values: readonly Scalar[], from: Type, to: Type, fail: Fail) => Scalar;

/** Applies `f` to scalars, or to each element of arrays. */
function lift(
  values: readonly RuntimeValue[],
  { operation, types, fail }: Evaluation,
  f: ScalarFunction,
): RuntimeValue {
  const last = values.length - 1;
  const to = elementTypeOf(types[0] as Type);
  const from = elementTypeOf(operation.operand(last).type);
  const model = values[last];
  if (!(model instanceof NdArray)) return f(values as readonly Scalar[], from, to, fail);
  const data = newElements(to, model.data.length);
  for (let at = 0; at < data.length; at++) {
    const scalars = values.map((value) => (value instanceof NdArray ? value.data[at] : value) as Scalar);
    data[at] = storable(f(scalars, from, to, fail), data) as never;
  }
  return new NdArray(model.shape, to, data);
}
const storable = (x: Scalar, data: NdArray['data']): Scalar =>
  data instanceof BigInt64Array || data instanceof BigUint64Array ? BigInt(x) : Number(x);

type Pair = { readonly lhs: RuntimeValue; readonly rhs: RuntimeValue };
const binary =
  (f: (x: Scalar, y: Scalar, type: Type, fail: Fail) => Scalar) =>
  ({ lhs, rhs }: Pair, _: object, evaluation: Evaluation): RuntimeValue =>
    lhs instanceof NdArray
      ? lift([lhs, rhs], evaluation, ([x, y], type, __, fail) => f(x as Scalar, y as Scalar, type, fail))
      : f(lhs as Scalar, rhs as Scalar, evaluation.types[0] as Type, evaluation.fail);
const integers = (f: (x: Scalar, y: Scalar, type: IntegerLike) => Scalar) =>
  binary((x, y, type) => f(x, y, type as IntegerLike));
const wide = (sign: typeof signed, f: (x: bigint, y: bigint, type: IntegerLike, fail: Fail) => bigint) =>
  binary((x, y, type, fail) =>
    normal(
      f(sign(x, type as IntegerLike), sign(y, type as IntegerLike), type as IntegerLike, fail),
      type as IntegerLike,
    ),
  );
const nonZero = (y: bigint, fail: Fail): bigint => (y === 0n ? fail('divides by zero') : y);
const shiftBy = (y: bigint, type: IntegerLike, fail: Fail): bigint => {
  const by = BigInt.asUintN(integer.widthOf(type), y);
  return by < BigInt(integer.widthOf(type))
    ? by
    : fail(`shifts by ${by}, expected less than the width ${integer.widthOf(type)}`);
};
const floats = (f: (x: number, y: number) => number) => binary((x, y, type) => rounding(type)(f(Number(x), Number(y))));

type Single = { readonly in: RuntimeValue };
const cast =
  (f: (x: Scalar, from: Type, to: Type, fail: Fail) => Scalar) =>
  (args: Single, _: object, evaluation: Evaluation): RuntimeValue =>
    lift([args.in], evaluation, ([x], from, to, fail) => f(x as Scalar, from, to, fail));
const widen = (sign: typeof signed) => cast((x, from, to) => normal(sign(x, from as IntegerLike), to as IntegerLike));
const toFloat = cast((x, _, to) => rounding(to)(Number(x)));

/** The nearest number of `type` to an integer, with one rounding. */
function nearest(x: bigint, type: Type): number {
  // Above 53 bits a double would round first; a sticky low bit keeps the side of every tie.
  const magnitude = x < 0n ? -x : x;
  const spare = BigInt(Math.max(0, magnitude.toString(2).length - 53));
  const low = magnitude & ((1n << spare) - 1n);
  const sticky = ((magnitude >> spare) | (low !== 0n ? 1n : 0n)) << spare;
  const value = rounding(type)(Number(type === f64 ? magnitude : sticky));
  return x < 0n ? -value : value;
}

/** Whether a floating-point comparison holds. */
function compareFloats(predicate: number, x: number, y: number): boolean {
  const name = floatPredicates[predicate] as (typeof floatPredicates)[number];
  const unordered = Number.isNaN(x) || Number.isNaN(y);
  switch (name) {
    case 'false':
    case 'true':
      return name === 'true';
    case 'ord':
      return !unordered;
    case 'uno':
      return unordered;
    default:
      return unordered ? name.startsWith('u') : ordered[name.slice(1)]?.(x, y) === true;
  }
}
const ordered: Readonly<Record<string, (x: number, y: number) => boolean>> = {
  eq: (x, y) => x === y,
  ne: (x, y) => x !== y,
  gt: (x, y) => x > y,
  ge: (x, y) => x >= y,
  lt: (x, y) => x < y,
  le: (x, y) => x <= y,
};

/** The signed quotient, rounded toward zero. */
function quotient(x: bigint, y: bigint, type: IntegerLike, fail: Fail): bigint {
  return y === -1n && x === -(1n << BigInt(integer.widthOf(type) - 1)) ? fail('overflows') : x / nonZero(y, fail);
}

/** The low part and the rest of a result that is wider than its operands. */
const halves =
  (f: (x: bigint, y: bigint) => bigint, sign: typeof signed) =>
  ({ lhs, rhs }: Pair, { operation, types, fail, ...rest }: Evaluation) => {
    const part = (at: number, shifted: (whole: bigint, width: number) => bigint): RuntimeValue =>
      lift([lhs, rhs], { operation, types: types.slice(at), fail, ...rest }, ([x, y], from, to) => {
        const type = from as IntegerLike;
        return normal(
          shifted(f(sign(x as Scalar, type), sign(y as Scalar, type)), integer.widthOf(type)),
          to as IntegerLike,
        );
      });
    return { low: part(0, (whole) => whole), high: part(1, (whole, width) => whole >> BigInt(width)) };
  };

/** The bits of a number of a type, and the number of some bits. */
const bitsOfScalar = (x: Scalar, type: Type, fail: Fail): bigint =>
  type.kind === 'float'
    ? (bitsInFormat(Number(x), type.name) ?? fail(`takes the bits of NaN, which ${type.text} does not have`))
    : unsigned(x, type as IntegerLike);
const scalarOfBits = (bits: bigint, type: Type): Scalar =>
  type.kind === 'float' ? numberInFormat(bits, type.name) : normal(bits, type as IntegerLike);

/** Where a conversion that names a rounding rounds to. */
const directionOf = (mode: number | undefined): Direction => roundings[mode ?? 0] as Direction;
const narrow = (x: Scalar, to: Type, mode: number | undefined): number =>
  roundToFormat(Number(x), (to as FloatType).name, directionOf(mode));

/**
 * A scale as a number of `type`. Upstream keeps the exponent of a scale only; what it makes of a scale that is no power
 * of two, its documentation and its lowering say differently, so that such a scale has no meaning here.
 */
function scaleIn(scale: Scalar, type: Type, fail: Fail): number {
  const power = Number(scale);
  if (power === power && (roundToFormat(power, 'f8E8M0FNU') !== power || power === Infinity))
    fail(`scales by ${power}, expected a power of two from 2^-127 to 2^127`);
  return rounding(type)(power);
}
type Scaled = Single & { readonly scale: RuntimeValue };
/** Applies `f` to numbers and their scales; one scale may stand for all numbers. */
const scaled =
  (f: (x: number, scale: Scalar, from: Type, to: Type, fail: Fail) => number) =>
  (args: Scaled, evaluation: Evaluation): RuntimeValue => {
    const from = elementTypeOf(evaluation.operation.operand(0).type);
    return lift([args.scale, args.in], evaluation, ([scale, x], _, to, fail) =>
      f(Number(x), scale as Scalar, from, to, fail),
    );
  };

/** What arithmetic means. */
export const arithSemantics = semantics(arith, {
  constant: ({ value }, _, { fail }) =>
    value.kind === 'bool'
      ? Number(value.value)
      : value.kind === 'integer'
        ? normal(BigInt(value.value), value.type)
        : value.kind === 'float'
          ? isHeld(value.type.name)
            ? rounding(value.type)(value.value)
            : fail(`is of type ${value.type.text}, which is not interpreted`)
          : value.kind === 'dense'
            ? arrayOf(value)
            : fail(`has the value ${value.text}, which is not interpreted`),
  addi: integers(integer.addIntegers),
  subi: integers(integer.subtractIntegers),
  muli: integers(integer.multiplyIntegers),
  divsi: wide(signed, quotient),
  remsi: wide(signed, (x, y, _, fail) => x % nonZero(y, fail)),
  divui: wide(unsigned, (x, y, _, fail) => x / nonZero(y, fail)),
  remui: wide(unsigned, (x, y, _, fail) => x % nonZero(y, fail)),
  andi: wide(signed, (x, y) => x & y),
  ori: wide(signed, (x, y) => x | y),
  xori: wide(signed, (x, y) => x ^ y),
  shli: wide(signed, (x, y, type, fail) => x << shiftBy(y, type, fail)),
  shrsi: wide(signed, (x, y, type, fail) => x >> shiftBy(y, type, fail)),
  shrui: wide(unsigned, (x, y, type, fail) => x >> shiftBy(y, type, fail)),
  minsi: integers((x, y, type) => (integer.compareIntegers('sle', x, y, type) ? x : y)),
  maxsi: integers((x, y, type) => (integer.compareIntegers('sge', x, y, type) ? x : y)),
  minui: integers((x, y, type) => (integer.compareIntegers('ule', x, y, type) ? x : y)),
  maxui: integers((x, y, type) => (integer.compareIntegers('uge', x, y, type) ? x : y)),
  ceildivsi: wide(
    signed,
    (x, y, type, fail) => quotient(x, y, type, fail) + (x % y !== 0n && x < 0n === y < 0n ? 1n : 0n),
  ),
  ceildivui: wide(unsigned, (x, y, _, fail) => (x + nonZero(y, fail) - 1n) / y),
  floordivsi: wide(
    signed,
    (x, y, type, fail) => quotient(x, y, type, fail) - (x % y !== 0n && x < 0n !== y < 0n ? 1n : 0n),
  ),
  adduiExtended: (pair, _, evaluation) => ({
    sum: halves((x, y) => x + y, unsigned)(pair, evaluation).low,
    overflow: halves((x, y) => x + y, unsigned)(pair, evaluation).high,
  }),
  mulsiExtended: (pair, _, evaluation) => halves((x, y) => x * y, signed)(pair, evaluation),
  muluiExtended: (pair, _, evaluation) => halves((x, y) => x * y, unsigned)(pair, evaluation),
  cmpi: ({ lhs, rhs, predicate }, _, evaluation) =>
    lift([lhs, rhs], evaluation, ([x, y], type) =>
      Number(
        integer.compareIntegers(
          integerPredicates[predicate] as integer.IntegerPredicate,
          x as Scalar,
          y as Scalar,
          type as IntegerLike,
        ),
      ),
    ),
  cmpf: ({ lhs, rhs, predicate }, _, evaluation) =>
    lift([lhs, rhs], evaluation, ([x, y]) => Number(compareFloats(predicate, Number(x), Number(y)))),
  select: ({ condition, true_value, false_value }, _, evaluation) =>
    condition instanceof NdArray
      ? lift([condition, true_value, false_value], evaluation, ([c, x, y]) => (c ? x : y) as Scalar)
      : condition !== 0
        ? true_value
        : false_value,
  addf: floats((x, y) => x + y),
  subf: floats((x, y) => x - y),
  mulf: floats((x, y) => x * y),
  divf: floats((x, y) => x / y),
  maximumf: floats(Math.max),
  minimumf: floats(Math.min),
  remf: floats((x, y) => x % y),
  maxnumf: floats((x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.max(x, y))),
  minnumf: floats((x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.min(x, y))),
  negf: ({ operand }, _, evaluation) => lift([operand], evaluation, ([x]) => -Number(x)),
  extsi: widen(signed),
  extui: widen(unsigned),
  trunci: widen(signed),
  indexCast: widen(signed),
  extf: toFloat,
  truncf: (args, _, evaluation) =>
    lift([args.in], evaluation, ([x], __, to) => narrow(x as Scalar, to, args.roundingmode)),
  sitofp: cast((x, from, to) => nearest(signed(x, from as IntegerLike), to)),
  uitofp: cast((x, from, to) => nearest(unsigned(x, from as IntegerLike), to)),
  fptoui: cast((x, _, to, fail) => {
    const whole = Math.trunc(Number(x));
    return whole >= 0 && whole < 2 ** integer.widthOf(to as IntegerLike)
      ? normal(BigInt(whole), to as IntegerLike)
      : fail(`${x} does not fit into unsigned ${to.text}`);
  }),
  indexCastui: widen(unsigned),
  bitcast: cast((x, from, to, fail) => scalarOfBits(bitsOfScalar(x, from, fail), to)),
  scalingExtf: (args, _, evaluation) =>
    scaled((x, scale, __, to, fail) => rounding(to)(x * scaleIn(scale, to, fail)))(args, evaluation),
  scalingTruncf: (args, _, evaluation) =>
    scaled((x, scale, from, to, fail) => narrow(rounding(from)(x / scaleIn(scale, from, fail)), to, args.roundingmode))(
      args,
      evaluation,
    ),
  fptosi: cast((x, _, to, fail) => {
    const whole = Math.trunc(Number(x));
    const limit = 2 ** (integer.widthOf(to as IntegerLike) - 1);
    return whole >= -limit && whole < limit
      ? normal(BigInt(whole), to as IntegerLike)
      : fail(`${x} does not fit into ${to.text}`);
  }),
});
