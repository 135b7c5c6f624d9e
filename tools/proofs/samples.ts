/** Numbers to try rules on: all of a small type; of a larger one the edges, and random ones. */
import {
  type Attribute,
  boolAttribute,
  type FloatType,
  floatAttribute,
  i1,
  integerAttribute,
  type Type,
} from '../../ir/index.ts';
import { bitsInFormat, numberInFormat } from '../../interpreter/float-format.ts';
import { normal } from '../../interpreter/integer.ts';
import { rounding, type Scalar } from '../../interpreter/index.ts';
import type { Random } from '../check/random.ts';
import { numberType, widthOf } from './symbolic-function.ts';

/** How many bits a number of a type has. */
export const bitsOfType = (type: Type): number => widthOf(type) ?? 0;

/** Whether values of a type can be made. */
export const isNumber = (type: Type): boolean =>
  type.kind === 'float' || type.kind === 'index' || (type.kind === 'integer' && type.sign === 'signless');

/** The number of a type that has these bits. */
export function numberOfBits(bits: bigint, of: Type): Scalar {
  const type = numberType(of);
  return type.kind === 'float' ? numberInFormat(bits, type.name) : normal(bits, type as never);
}

/** The bits of a number of a type, as a number that is not negative. */
export function bitsOfNumber(value: Scalar, of: Type): bigint {
  const type = numberType(of);
  return type.kind === 'float'
    ? (bitsInFormat(Number(value), type.name) ?? 0n)
    : BigInt.asUintN(bitsOfType(type), BigInt(value));
}

/** The constant of a type that stands for a number. */
export const attributeOf = (value: Scalar, type: Type): Attribute =>
  type.kind === 'float'
    ? floatAttribute(Number(value), type)
    : type === i1
      ? boolAttribute((BigInt(value) & 1n) === 1n)
      : integerAttribute(value, type as never);

/** Every number of a type, by its bits. */
export const allNumbers = (type: Type): readonly Scalar[] =>
  Array.from({ length: 2 ** bitsOfType(type) }, (_, bits) => numberOfBits(BigInt(bits), type));

function floatEdges(type: FloatType): readonly Scalar[] {
  const fraction = { f16: 10, bf16: 7, f32: 23, f64: 52 }[type.name as 'f16'] ?? 2;
  const exponent = type.width - 1 - fraction;
  const [one, top] = [2 ** (exponent - 1) - 1, 2 ** exponent - 1].map((field) => BigInt(field) << BigInt(fraction));
  const positive = [
    ...[0n, 1n, 2n, (1n << BigInt(fraction)) - 1n, 1n << BigInt(fraction), (1n << BigInt(fraction)) + 1n],
    ...[-1n, 0n, 1n].map((ulp) => (one as bigint) + ulp),
    ...[1n, 2n, 3n].map((times) => (one as bigint) + (times << BigInt(fraction - 1))),
    ...[-2n, -1n, 0n].map((ulp) => (top as bigint) + ulp),
    (top as bigint) + (1n << BigInt(fraction - 1)),
  ];
  const sign = 1n << BigInt(type.width - 1);
  return positive.flatMap((bits) => [bits, bits | sign]).map((bits) => numberOfBits(bits, type));
}

function integerEdges(width: number): readonly bigint[] {
  const lowest = 1n << BigInt(width - 1);
  const near = [0n, 1n, -1n, 2n, -2n, 3n, 5n, 7n, BigInt(width) - 1n, BigInt(width), BigInt(width) + 1n];
  const powers = [4n, 8n, 16n, lowest >> 1n, (1n << BigInt(width >> 1)) - 1n, 1n << BigInt(width >> 1)];
  return [...near, ...powers, lowest, lowest + 1n, lowest - 1n, lowest - 2n];
}

/** Zeros of both signs, subnormals, ones and their neighbours, the largest, infinities, NaN; ends, powers, shifts. */
export function edgeNumbers(type: Type): readonly Scalar[] {
  if (type.kind === 'float') return floatEdges(type);
  const width = bitsOfType(type);
  const unique = new Set(integerEdges(width).map((value) => BigInt.asUintN(width, value)));
  return [...unique].map((bits) => numberOfBits(bits, type));
}

const word = (random: Random): bigint => (BigInt(random.word()) << 32n) | BigInt(random.word());

/** A random number: of any bits, or small, or one bit away from another. */
export function randomNumber(type: Type, random: Random): Scalar {
  if (type.kind === 'float' && random.once(3)) return rounding(type)((random.below(4001) - 2000) / 16);
  const width = BigInt(bitsOfType(type));
  const bits = BigInt.asUintN(Number(width), word(random));
  const small = type.kind !== 'float' && random.once(3);
  return numberOfBits(small ? bits >> BigInt(random.below(Number(width))) : bits, type);
}
