import {
  anyType,
  attr,
  type Attribute,
  elementTypeOf,
  isShaped,
  op,
  type Operation,
  optionalAttribute,
  type Type,
  type Value,
} from '../../ir/index.ts';
import { floatConstant, floatOf, foldsInDouble, integerConstant, integerOf, integerWidth } from './constant-value.ts';
import { unsigned } from './integer.ts';
import { castAssembly, roundingAssembly } from './written.ts';

const plain = '$in attr-dict `:` type($in) `to` type($out)' as const;
const kindOf = (type: Type): 'integer' | 'float' | 'index' | 'other' => {
  const { kind } = elementTypeOf(type);
  return kind === 'integer' || kind === 'float' || kind === 'index' ? kind : 'other';
};
const widthOf = (type: Type): number => {
  const element = elementTypeOf(type);
  return element.kind === 'float' ? element.width : (integerWidth(element) ?? 0);
};

interface Cast {
  readonly from: 'integer' | 'float';
  readonly to: 'integer' | 'float';
  readonly width?: 'wider' | 'narrower' | 'equal';
}

function castError(operation: Operation, { from, to, width }: Cast): string | undefined {
  const [source, target] = [operation.operand(0).type, operation.result().type];
  if (kindOf(source) !== from) return `operand has type ${source.text}, expected ${from}`;
  if (kindOf(target) !== to) return `result has type ${target.text}, expected ${to}`;
  if (
    isShaped(source) !== isShaped(target) ||
    (isShaped(source) && isShaped(target) && source.shape.join() !== target.shape.join())
  )
    return `changes ${source.text} to ${target.text}, expected equal extents`;
  const grows = widthOf(target) - widthOf(source);
  if (width === 'wider' ? grows <= 0 : width === 'narrower' && grows >= 0)
    return `result type ${target.text} must be ${width} than operand type ${source.text}`;
  return undefined;
}

type CastFold = (attribute: Attribute | undefined, source: Type, target: Type) => Attribute | undefined;

const integerCast =
  (change: (x: bigint, width: number) => bigint): CastFold =>
  (attribute, source, target) => {
    const x = integerOf(attribute);
    return x === undefined || isShaped(source) ? undefined : integerConstant(change(x, widthOf(source)), target);
  };
const floatCast: CastFold = (attribute, source, target) => {
  const x = floatOf(attribute);
  return x === undefined || isShaped(source) || !foldsInDouble(target) ? undefined : floatConstant(x, target);
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
    assembly: plain,
    verifySignature: (operation) => castError(operation, cast),
    fold: fold(change),
  });

/** Widens, keeping the sign. */
export const extsi = castOp(
  'arith.extsi',
  'widens a signed integer',
  { from: 'integer', to: 'integer', width: 'wider' },
  integerCast((x) => x),
);
/** Widens with zeros. */
export const extui = castOp(
  'arith.extui',
  'widens an unsigned integer',
  { from: 'integer', to: 'integer', width: 'wider' },
  integerCast(unsigned),
);
const fastmath = optionalAttribute(attr.any());
/** Widens exactly. */
export const extf = op('arith.extf', {
  summary: 'widens a floating-point number',
  operands: { in: anyType },
  attributes: { fastmath },
  results: { out: anyType },
  traits: ['pure', 'elementwise'],
  assembly: castAssembly('fastmath'),
  verifySignature: (operation) => castError(operation, { from: 'float', to: 'float', width: 'wider' }),
  fold: fold(floatCast),
});
/** Narrows, rounded to nearest even unless `roundingmode` says otherwise. */
export const truncf = op('arith.truncf', {
  summary: 'narrows a floating-point number, rounded to nearest even',
  operands: { in: anyType },
  attributes: { roundingmode: optionalAttribute(attr.int({ min: 0, max: 4 })), fastmath },
  results: { out: anyType },
  traits: ['pure', 'elementwise'],
  assembly: roundingAssembly,
  verifySignature: (operation) => castError(operation, { from: 'float', to: 'float', width: 'narrower' }),
  fold: (view, constants) => ((view.roundingmode ?? 0) === 0 ? fold(floatCast)(view, constants) : undefined),
});
/** The same bits as another type of the same width. */
export const bitcast = op('arith.bitcast', {
  summary: 'the same bits as another type',
  operands: { in: anyType },
  results: { out: anyType },
  traits: ['pure', 'elementwise'],
  assembly: plain,
  verifySignature: (operation) => {
    const [source, target] = [operation.operand(0).type, operation.result().type];
    for (const type of [source, target])
      if (kindOf(type) !== 'integer' && kindOf(type) !== 'float')
        return `changes ${source.text} to ${target.text}, expected integers or floating-point numbers`;
    if (isShaped(source) !== isShaped(target))
      return `changes ${source.text} to ${target.text}, expected equal extents`;
    return widthOf(source) === widthOf(target)
      ? undefined
      : `operand type ${source.text} and result type ${target.text} are cast incompatible: their widths differ`;
  },
});

const scaledError = (operation: Operation, width: 'wider' | 'narrower'): string | undefined =>
  castError(operation, { from: 'float', to: 'float', width }) ??
  (kindOf(operation.operand(1).type) === 'float'
    ? undefined
    : `scale has type ${operation.operand(1).type.text}, expected a floating-point type`);
/** Widens a number and multiplies it by a power of two. */
export const scalingExtf = op('arith.scaling_extf', {
  summary: 'widens a floating-point number and multiplies it by a scale',
  operands: { in: anyType, scale: anyType },
  attributes: { fastmath },
  results: { out: anyType },
  traits: ['pure', 'elementwise'],
  assembly: roundingAssembly,
  verifySignature: (operation) => scaledError(operation, 'wider'),
});
/** Divides a number by a power of two and narrows it. */
export const scalingTruncf = op('arith.scaling_truncf', {
  summary: 'divides a floating-point number by a scale and narrows it',
  operands: { in: anyType, scale: anyType },
  attributes: { roundingmode: optionalAttribute(attr.int({ min: 0, max: 4 })), fastmath },
  results: { out: anyType },
  traits: ['pure', 'elementwise'],
  assembly: roundingAssembly,
  verifySignature: (operation) => scaledError(operation, 'narrower'),
});
/** Keeps the low bits. */
export const trunci = op('arith.trunci', {
  summary: 'keeps the low bits of an integer',
  operands: { in: anyType },
  attributes: { overflowFlags: optionalAttribute(attr.any()) },
  results: { out: anyType },
  traits: ['pure', 'elementwise'],
  assembly: castAssembly('overflow'),
  verifySignature: (operation) => castError(operation, { from: 'integer', to: 'integer', width: 'narrower' }),
  fold: fold(integerCast((x) => x)),
});
/** The nearest floating-point number. */
export const sitofp = castOp(
  'arith.sitofp',
  'a signed integer as floating point, rounded to nearest even',
  { from: 'integer', to: 'float' },
  // A double holds integers of up to 53 bits exactly, so that only one rounding happens.
  (attribute, source, target) => {
    const x = integerOf(attribute);
    return x === undefined || isShaped(source) || widthOf(source) > 53 || !foldsInDouble(target)
      ? undefined
      : floatConstant(Number(x), target);
  },
);
/** The integer part; without a value where it does not fit. */
export const fptosi = castOp(
  'arith.fptosi',
  'the integer part of a floating-point number',
  { from: 'float', to: 'integer' },
  (attribute, source, target) => {
    const x = floatOf(attribute);
    const whole = x === undefined || isShaped(source) ? Number.NaN : Math.trunc(x);
    const limit = 2 ** (widthOf(target) - 1);
    return whole >= -limit && whole < limit ? integerConstant(BigInt(whole), target) : undefined;
  },
);

/** The nearest floating-point number to an unsigned integer. */
export const uitofp = castOp(
  'arith.uitofp',
  'an unsigned integer as floating point, rounded to nearest even',
  { from: 'integer', to: 'float' },
  (attribute, source, target) => {
    const x = integerOf(attribute);
    return x === undefined || isShaped(source) || widthOf(source) > 53 || !foldsInDouble(target)
      ? undefined
      : floatConstant(Number(unsigned(x, widthOf(source))), target);
  },
);
/** The integer part of a number that is not negative; without a value where it does not fit. */
export const fptoui = castOp(
  'arith.fptoui',
  'the integer part of a floating-point number, unsigned',
  { from: 'float', to: 'integer' },
  (attribute, source, target) => {
    const x = floatOf(attribute);
    const whole = x === undefined || isShaped(source) ? Number.NaN : Math.trunc(x);
    return whole >= 0 && whole < 2 ** widthOf(target) ? integerConstant(BigInt(whole), target) : undefined;
  },
);

const indexError = (operation: Operation): string | undefined => {
  const [source, target] = [operation.operand(0).type, operation.result().type];
  const kinds = [kindOf(source), kindOf(target)].sort().join();
  return kinds === 'index,integer'
    ? undefined
    : `changes ${source.text} to ${target.text}, expected index on exactly one side`;
};
/** Between an index and a signed integer: widens with the sign or keeps the low bits. */
export const indexCast = op('arith.index_cast', {
  summary: 'between an index and an integer',
  operands: { in: anyType },
  results: { out: anyType },
  traits: ['pure', 'elementwise'],
  assembly: plain,
  verifySignature: indexError,
  fold: fold(integerCast((x) => x)),
});
/** Between an index and an unsigned integer: widens with zeros or keeps the low bits. */
export const indexCastui = op('arith.index_castui', {
  summary: 'between an index and an unsigned integer',
  operands: { in: anyType },
  results: { out: anyType },
  traits: ['pure', 'elementwise'],
  assembly: plain,
  verifySignature: indexError,
  fold: fold(integerCast(unsigned)),
});
