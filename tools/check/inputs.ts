/** Inputs of programs: values of any type, in styles of which each finds its own kind of mistake. */
import { NdArray, newElements, type RuntimeValue, type Scalar, volume } from '../../interpreter/index.ts';
import { normal, widthOf } from '../../interpreter/integer.ts';
import { rounding } from '../../interpreter/number.ts';
import type { FloatType, IndexType, IntegerType, Type } from '../../ir/index.ts';
import { Random } from './random.ts';

/**
 * How numbers are chosen. `small`: integers that are exact in every type; `wide`: full mantissas and full ranges, where
 * order and rounding show; `edge`: zeros of both signs, subnormals, infinities, NaN, the ends of a range;
 * `saturating`: near the ends; `sparse`: mostly 0; `image`: levels of grey from 0 to 1, or 0 to 255 in integers.
 */
export const inputStyles = ['small', 'wide', 'edge', 'saturating', 'sparse', 'image'] as const;
/** One style. */
export type InputStyle = (typeof inputStyles)[number];

type NumberType = FloatType | IntegerType | IndexType;
const isNumberType = (type: Type): type is NumberType =>
  type.kind === 'index' || ((type.kind === 'float' || type.kind === 'integer') && type.width <= 64);

/** Tensors with more elements are not made: several of them would take minutes. */
const mostElements = 2 ** 22;

/** Whether values of a type can be made. */
export function canMake(type: Type): boolean {
  if (type.kind === 'tensor')
    return (
      type.shape.every((extent) => extent >= 0) && isNumberType(type.element) && volume(type.shape) <= mostElements
    );
  return isNumberType(type);
}

/** Numbers at which floating-point formats change their behaviour. */
const floatEdges = [
  ...[0, -0, 1, -1, 0.5, -2, 65504, -65504, 65520, 3.4e38, -3.4e38, 1e-3],
  ...[6e-8, -6e-8, 1e-45, -1e-45, 6.2e-5, 1.2e-38],
  ...[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, Number.NaN, Number.NaN],
];

function floatOf(style: InputStyle, random: Random): number {
  const small = random.below(9) - 4;
  const wide = ((random.word() + random.word() / 2 ** 32) / 2 ** 32 - 0.5) * 8;
  switch (style) {
    case 'small':
      return small;
    case 'wide':
      return wide;
    case 'edge':
      return random.once(2) ? random.pick(floatEdges) : wide;
    case 'saturating':
      return wide * 16_000;
    case 'sparse':
      return random.once(8) ? wide : 0;
    case 'image':
      return random.below(256) / 255;
  }
}

function integerOf(style: InputStyle, type: IntegerType | IndexType, random: Random): bigint {
  const small = BigInt(random.below(9) - (type.kind === 'index' ? 0 : 4));
  const width = widthOf(type);
  const any = (BigInt(random.word()) << 32n) | BigInt(random.word());
  const [low, high] = [-(1n << BigInt(width - 1)), (1n << BigInt(width)) - 1n];
  switch (style) {
    case 'small':
      return small;
    case 'wide':
      return any;
    case 'edge':
      return random.pick([0n, 1n, -1n, 2n, low, low + 1n, -low - 1n, high, any, small]);
    case 'saturating':
      return random.once(2) ? low + BigInt(random.below(4)) : -low - 1n - BigInt(random.below(4));
    case 'sparse':
      return random.once(8) ? any : 0n;
    case 'image':
      return BigInt(random.below(256));
  }
}

function scalarOf(style: InputStyle, type: NumberType, random: Random): Scalar {
  return type.kind === 'float' ? rounding(type)(floatOf(style, random)) : normal(integerOf(style, type, random), type);
}

/** A value of a type, which `canMake` must allow. */
export function inputOf(type: Type, style: InputStyle, random: Random): RuntimeValue {
  if (type.kind !== 'tensor') return scalarOf(style, type as NumberType, random);
  const element = type.element as NumberType;
  const data = newElements(element, volume(type.shape));
  const isWide = data instanceof BigInt64Array || data instanceof BigUint64Array;
  for (let at = 0; at < data.length; at++) {
    const value = scalarOf(style, element, random);
    if (isWide) data[at] = BigInt(value);
    else data[at] = Number(value);
  }
  return new NdArray(type.shape, element, data);
}

/** One list of inputs, and what makes it again. */
export interface InputList {
  readonly values: readonly RuntimeValue[];
  readonly style: InputStyle | 'given';
  readonly seed: number;
}

/** `count` lists of inputs of the given types, the styles in turn; the same for the same seed. */
export const inputLists = (
  types: readonly Type[],
  { count, seed, styles = inputStyles }: { count: number; seed: number; styles?: readonly InputStyle[] },
): readonly InputList[] =>
  Array.from({ length: count }, (_, at) => {
    const style = styles[at % styles.length] as InputStyle;
    const random = new Random(seed, at);
    return { values: types.map((type) => inputOf(type, style, random)), style, seed };
  });
