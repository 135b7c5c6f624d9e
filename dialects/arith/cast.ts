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
import { castAssembly } from './written.ts';

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
  readonly width?: 'wider' | 'narrower';
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
    verifyOperation: (operation) => castError(operation, cast),
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
/** Widens exactly. */
export const extf = castOp(
  'arith.extf',
  'widens a floating-point number',
  { from: 'float', to: 'float', width: 'wider' },
  floatCast,
);
/** Narrows, rounded to nearest even unless `roundingmode` says otherwise. */
export const truncf = op('arith.truncf', {
  summary: 'narrows a floating-point number, rounded to nearest even',
  operands: { in: anyType },
  attributes: { roundingmode: optionalAttribute(attr.any()) },
  results: { out: anyType },
  traits: ['pure', 'elementwise'],
  assembly: plain,
  verifyOperation: (operation) => castError(operation, { from: 'float', to: 'float', width: 'narrower' }),
  fold: (view, constants) => (view.roundingmode === undefined ? fold(floatCast)(view, constants) : undefined),
});
/** Keeps the low bits. */
export const trunci = op('arith.trunci', {
  summary: 'keeps the low bits of an integer',
  operands: { in: anyType },
  attributes: { overflowFlags: optionalAttribute(attr.any()) },
  results: { out: anyType },
  traits: ['pure', 'elementwise'],
  assembly: castAssembly('overflow'),
  verifyOperation: (operation) => castError(operation, { from: 'integer', to: 'integer', width: 'narrower' }),
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
  verifyOperation: indexError,
  fold: fold(integerCast((x) => x)),
});
