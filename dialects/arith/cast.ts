/** Conversions between types of numbers. */
import {
  anyType,
  type Attribute,
  elementTypeOf,
  i32,
  isShaped,
  op,
  type Operation,
  optionalAttribute,
  type Type,
  type Value,
} from '../../ir/index.ts';
import { floatConstant, floatOf, foldsInDouble, integerConstant, integerOf, integerWidth } from './constant-value.ts';
import { type NumberKind, numberKinds, sameShape } from './constraint.ts';
import { unsigned } from './integer.ts';
import { caseNumber, flags, roundings } from './property.ts';
import { castAssembly, roundingAssembly } from './written.ts';

const widthOf = (type: Type): number => {
  const element = elementTypeOf(type);
  return element.kind === 'float' ? element.width : (integerWidth(element) ?? 0);
};
const encodingOf = (type: Type): Attribute | undefined => (type.kind === 'tensor' ? type.encoding : undefined);

/** What a conversion joins; `fits` says why it cannot make `to` of `from`. */
interface Cast {
  readonly from: NumberKind;
  readonly to: NumberKind;
  readonly fits?: (from: Type, to: Type) => string | undefined;
}
const resultMustBe =
  (what: string, holds: (growth: number) => boolean) =>
  (from: Type, to: Type): string | undefined =>
    holds(widthOf(to) - widthOf(from))
      ? undefined
      : `result type ${to.text} must be ${what} than operand type ${from.text}`;
const wider = resultMustBe('wider', (growth) => growth > 0);
const narrower = resultMustBe('narrower', (growth) => growth < 0);

const { integer, float } = numberKinds;
const integerToFloat: Cast = { from: integer, to: float };
const floatToInteger: Cast = { from: float, to: integer };
const widening: Cast = { from: float, to: float, fits: wider };
const narrowing: Cast = { from: float, to: float, fits: narrower };
const bits: Cast = {
  from: numberKinds.bits,
  to: numberKinds.bits,
  fits: (from, to) => (widthOf(from) === widthOf(to) ? undefined : 'their widths differ'),
};
const toOrFromIndex: Cast = {
  from: numberKinds.index,
  to: numberKinds.index,
  fits: (from, to) =>
    (elementTypeOf(from).kind === 'index') === (elementTypeOf(to).kind === 'index')
      ? 'expected index on exactly one side'
      : undefined,
};

function castError(operation: Operation, { from, to, fits }: Cast): string | undefined {
  const [source, target] = [operation.operand(0).type, operation.result().type];
  if (!from.includes(source)) return `operand #0 must be ${from.text}, but got '${source.text}'`;
  if (!to.includes(target)) return `result #0 must be ${to.text}, but got '${target.text}'`;
  if (!sameShape(source, target))
    return `requires the same shape for all operands and results, but got '${source.text}' and '${target.text}'`;
  const why = encodingOf(source) === encodingOf(target) ? fits?.(source, target) : 'their encodings differ';
  return why === undefined
    ? undefined
    : `operand type '${source.text}' and result type '${target.text}' are cast incompatible: ${why}`;
}

type CastFold = (attribute: Attribute | undefined, source: Type, target: Type) => Attribute | undefined;

const integerCast =
  (change: (x: bigint, width: number) => bigint): CastFold =>
  (attribute, source, target) => {
    const x = integerOf(attribute);
    return x === undefined || isShaped(source) ? undefined : integerConstant(change(x, widthOf(source)), target);
  };
const signed = integerCast((x) => x);
const floatCast: CastFold = (attribute, source, target) => {
  const x = floatOf(attribute);
  return x === undefined || isShaped(source) || !foldsInDouble(target) ? undefined : floatConstant(x, target);
};
const largestExact = 2n ** 53n;
/** A double holds integers of up to 53 bits exactly, so that only one rounding happens. */
const toFloat =
  (read: (x: bigint, width: number) => bigint): CastFold =>
  (attribute, source, target) => {
    const x = integerOf(attribute);
    if (x === undefined || isShaped(source) || !foldsInDouble(target)) return undefined;
    const value = read(x, widthOf(source));
    return value < -largestExact || value > largestExact ? undefined : floatConstant(Number(value), target);
  };
const toInteger =
  (bounds: (width: number) => readonly [number, number]): CastFold =>
  (attribute, source, target) => {
    const x = floatOf(attribute);
    const whole = x === undefined || isShaped(source) ? Number.NaN : Math.trunc(x);
    const [low, high] = bounds(widthOf(target));
    return whole >= low && whole < high ? integerConstant(BigInt(whole), target) : undefined;
  };

const fold =
  (change: CastFold) =>
  (
    view: { readonly in: Value; readonly out: Value },
    [x]: readonly (Attribute | undefined)[],
  ): readonly Attribute[] | undefined => {
    const constant = change(x, view.in.type, view.out.type);
    return constant && [constant];
  };

const castOp = <const N extends `arith.${string}`>(name: N, summary: string, cast: Cast, change: CastFold) =>
  op(name, {
    summary,
    operands: { in: anyType },
    results: { out: anyType },
    traits: ['pure', 'elementwise'],
    assembly: '$in attr-dict `:` type($in) `to` type($out)',
    verifySignature: (operation) => castError(operation, cast),
    fold: fold(change),
  });

/** Widens, keeping the sign. */
export const extsi = castOp(
  'arith.extsi',
  'widens a signed integer',
  { from: integer, to: integer, fits: wider },
  signed,
);
/** Widens with zeros. */
export const extui = castOp(
  'arith.extui',
  'widens an unsigned integer',
  { from: integer, to: integer, fits: wider },
  integerCast(unsigned),
);
/** Keeps the low bits. */
export const trunci = op('arith.trunci', {
  summary: 'keeps the low bits of an integer',
  operands: { in: anyType },
  attributes: { overflowFlags: flags('overflow') },
  results: { out: anyType },
  traits: ['pure', 'elementwise'],
  assembly: castAssembly('overflow', 'always'),
  verifySignature: (operation) => castError(operation, { from: integer, to: integer, fits: narrower }),
  fold: fold(signed),
});

const fastmath = optionalAttribute(flags('fastmath'));
const roundingmode = optionalAttribute(caseNumber(roundings.length, i32));
/** Widens exactly. */
export const extf = op('arith.extf', {
  summary: 'widens a floating-point number',
  operands: { in: anyType },
  attributes: { fastmath },
  results: { out: anyType },
  traits: ['pure', 'elementwise'],
  assembly: castAssembly('fastmath', 'optional'),
  verifySignature: (operation) => castError(operation, widening),
  fold: fold(floatCast),
});
/** Narrows, rounded to nearest even unless `roundingmode` says otherwise. */
export const truncf = op('arith.truncf', {
  summary: 'narrows a floating-point number, rounded to nearest even unless it says otherwise',
  operands: { in: anyType },
  attributes: { roundingmode, fastmath },
  results: { out: anyType },
  traits: ['pure', 'elementwise'],
  assembly: roundingAssembly,
  verifySignature: (operation) => castError(operation, narrowing),
  fold: (view, constants) => ((view.roundingmode ?? 0) === 0 ? fold(floatCast)(view, constants) : undefined),
});
/** The same bits as another type of the same width. */
export const bitcast = op('arith.bitcast', {
  summary: 'the same bits as another type',
  operands: { in: anyType },
  results: { out: anyType },
  traits: ['pure', 'elementwise'],
  assembly: '$in attr-dict `:` type($in) `to` type($out)',
  verifySignature: (operation) => castError(operation, bits),
});

const scaledError = (operation: Operation, cast: Cast): string | undefined => {
  const [source, scale] = [operation.operand(0).type, operation.operand(1).type];
  if (!float.includes(scale)) return `operand #1 must be ${float.text}, but got '${scale.text}'`;
  const error = castError(operation, cast);
  if (error !== undefined || scale.kind === 'float' || sameShape(source, scale)) return error;
  return `requires the same shape for all operands and results, but got '${source.text}' and '${scale.text}'`;
};
/** Widens a number and multiplies it by a power of two. */
export const scalingExtf = op('arith.scaling_extf', {
  summary: 'widens a floating-point number and multiplies it by a scale',
  operands: { in: anyType, scale: anyType },
  attributes: { fastmath },
  results: { out: anyType },
  traits: ['pure', 'elementwise'],
  assembly: castAssembly('fastmath', 'optional'),
  verifySignature: (operation) => scaledError(operation, widening),
});
/** Divides a number by a power of two and narrows it. */
export const scalingTruncf = op('arith.scaling_truncf', {
  summary: 'divides a floating-point number by a scale and narrows it',
  operands: { in: anyType, scale: anyType },
  attributes: { roundingmode, fastmath },
  results: { out: anyType },
  traits: ['pure', 'elementwise'],
  assembly: roundingAssembly,
  verifySignature: (operation) => scaledError(operation, narrowing),
});

/** The nearest floating-point number. */
export const sitofp = castOp(
  'arith.sitofp',
  'a signed integer as floating point, rounded to nearest even',
  integerToFloat,
  toFloat((x) => x),
);
/** The nearest floating-point number to an unsigned integer. */
export const uitofp = castOp(
  'arith.uitofp',
  'an unsigned integer as floating point, rounded to nearest even',
  integerToFloat,
  toFloat(unsigned),
);
/** The integer part; without a value where it does not fit. */
export const fptosi = castOp(
  'arith.fptosi',
  'the integer part of a floating-point number',
  floatToInteger,
  toInteger((width) => [-(2 ** (width - 1)), 2 ** (width - 1)]),
);
/** The integer part of a number that is not negative; without a value where it does not fit. */
export const fptoui = castOp(
  'arith.fptoui',
  'the integer part of a floating-point number, unsigned',
  floatToInteger,
  toInteger((width) => [0, 2 ** width]),
);

/** Between an index and a signed integer: widens with the sign or keeps the low bits. */
export const indexCast = castOp('arith.index_cast', 'between an index and an integer', toOrFromIndex, signed);
/** Between an index and an unsigned integer: widens with zeros or keeps the low bits. */
export const indexCastui = castOp(
  'arith.index_castui',
  'between an index and an unsigned integer',
  toOrFromIndex,
  integerCast(unsigned),
);
