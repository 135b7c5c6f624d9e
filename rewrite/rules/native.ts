/** Native helpers: what a rule calls by name because data cannot say it. */
import {
  type Attribute,
  floatAttribute,
  integerAttribute,
  signedInteger,
  typeAttribute,
  typeOfAttribute,
} from '../../ir/attribute.ts';
import type { Operation } from '../../ir/operation.ts';
import { i1, isShaped, noneType, type Type } from '../../ir/type.ts';
import type { Value } from '../../ir/value.ts';
import type { Rewriter } from '../rewriter.ts';
import type { Sort } from './rule-data.ts';

/** What a native helper is given or gives. */
export type NativeValue = Operation | Value | readonly Value[] | Attribute | Type | readonly Type[];

/** A condition over what a rule has captured; a string says why it does not hold. */
export interface NativeCondition {
  readonly kind: 'condition';
  /** The sorts of its arguments; undefined when it takes any. */
  readonly parameters: readonly Sort[] | undefined;
  holds(given: readonly NativeValue[], root: Operation): boolean | string;
}
/** A function for the rewriting side. */
export interface NativeFunction {
  readonly kind: 'function';
  readonly parameters: readonly Sort[] | undefined;
  readonly results: readonly Sort[];
  /**
   * Whether it changes nothing. A pure function runs before anything is changed, so that the rule
   * does not match where the function has no result.
   */
  readonly pure: boolean;
  /** What it gives, one for each declared result; a string says why there is none. */
  call(given: readonly NativeValue[], rewriter: Rewriter, root: Operation): readonly NativeValue[] | string;
}
/** A native helper. */
export type Native = NativeCondition | NativeFunction;
/** Native helpers by name. */
export type Natives = ReadonlyMap<string, Native>;

/** A condition on arguments of the given sorts. */
export const condition = <const S extends readonly Sort[]>(
  parameters: S,
  holds: (...given: ArgumentsOf<S>) => boolean | string,
): NativeCondition => ({
  kind: 'condition',
  parameters,
  holds: (given) => holds(...(given as unknown as ArgumentsOf<S>)),
});

/** A pure function that gives one thing, or says why it has none. */
export const pureFunction = <const S extends readonly Sort[], R extends 'attribute' | 'type'>(
  parameters: S,
  result: R,
  call: (...given: ArgumentsOf<S>) => HeldBy[R] | string,
): NativeFunction => ({
  kind: 'function',
  parameters,
  results: [result],
  pure: true,
  call(given) {
    const made = call(...(given as unknown as ArgumentsOf<S>));
    return typeof made === 'string' ? made : [made];
  },
});

interface HeldBy {
  readonly operation: Operation;
  readonly value: Value;
  readonly values: readonly Value[];
  readonly attribute: Attribute;
  readonly type: Type;
  readonly types: readonly Type[];
}
type ArgumentsOf<S extends readonly Sort[]> = { readonly [K in keyof S]: HeldBy[S[K]] };

/** The type of an attribute that has one; truth values and plain strings have theirs without saying so. */
export function attributeType(attribute: Attribute): Type | undefined {
  if (attribute.kind === 'bool') return i1;
  return attribute.kind === 'string' ? (attribute.type ?? noneType) : typeOfAttribute(attribute);
}

const elementOf = (type: Type): Type => (isShaped(type) ? type.element : type);

const ofType = (holds: (type: Type) => boolean): NativeCondition => condition(['type'], holds);
const ofInteger = (holds: (value: bigint) => boolean): NativeCondition =>
  condition(['attribute'], (attribute) => {
    const value = signedInteger(attribute);
    return value === undefined ? `${attribute.text} is no integer` : holds(value);
  });

type Arithmetic = {
  readonly integer: (a: bigint, b: bigint) => bigint;
  readonly float?: (a: number, b: number) => number;
};
/** A function of two numbers of one type, which wraps or rounds into that type. */
const arithmetic = ({ integer, float }: Arithmetic): NativeFunction =>
  pureFunction(['attribute', 'attribute'], 'attribute', (a, b) => {
    if (a.kind === 'integer' && b.kind === 'integer' && a.type === b.type)
      return integerAttribute(integer(BigInt(a.value), BigInt(b.value)), a.type);
    if (float && a.kind === 'float' && b.kind === 'float' && a.type === b.type)
      // Sums, differences and products of halves and singles are right when rounded from doubles.
      return a.type.width <= 64 ? floatAttribute(float(a.value, b.value), a.type) : `${a.type.text} is too wide`;
    return `${a.text} and ${b.text} are not two ${float ? 'numbers' : 'integers'} of one type`;
  });

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const greatest = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** The number `attribute` as one of type `type`. */
function numberOf(attribute: Attribute, type: Type): Attribute | string {
  const element = elementOf(type);
  if (element !== type) return `${type.text} is not the type of one number`;
  if (attribute.kind === 'integer') {
    if (type.kind === 'integer' || type.kind === 'index') return integerAttribute(attribute.value, type);
    if (type.kind === 'float') return floatAttribute(Number(attribute.value), type);
  }
  if (attribute.kind === 'float' && type.kind === 'float') return floatAttribute(attribute.value, type);
  return `${attribute.text} is no number of type ${type.text}`;
}

/** The native helpers that every rule may call. */
export const builtinNatives: Natives = new Map<string, Native>([
  ['is-integer', ofType((type) => type.kind === 'integer')],
  ['is-float', ofType((type) => type.kind === 'float')],
  ['is-index', ofType((type) => type.kind === 'index')],
  ['is-shaped', ofType(isShaped)],
  ['has-integer-elements', ofType((type) => elementOf(type).kind === 'integer' || elementOf(type).kind === 'index')],
  ['has-float-elements', ofType((type) => elementOf(type).kind === 'float')],
  ['is-zero', ofInteger((value) => value === 0n)],
  ['is-one', ofInteger((value) => value === 1n)],
  ['is-negative', ofInteger((value) => value < 0n)],
  ['is-power-of-two', ofInteger((value) => value > 0n && (value & (value - 1n)) === 0n)],
  ['equal', condition(['attribute', 'attribute'], (a, b) => a === b)],
  [
    'less',
    condition(['attribute', 'attribute'], (a, b) => {
      const x = signedInteger(a);
      const y = signedInteger(b);
      return x === undefined || y === undefined ? `${a.text} and ${b.text} are not two integers` : x < y;
    }),
  ],
  ['has-one-use', condition(['value'], (value) => value.hasOneUse)],
  ['is-unused', condition(['value'], (value) => value.isUnused)],
  ['is-argument', condition(['value'], (value) => value.owner === undefined)],
  ['add', arithmetic({ integer: (a, b) => a + b, float: (a, b) => a + b })],
  ['subtract', arithmetic({ integer: (a, b) => a - b, float: (a, b) => a - b })],
  ['multiply', arithmetic({ integer: (a, b) => a * b, float: (a, b) => a * b })],
  ['minimum', arithmetic({ integer: least })],
  ['maximum', arithmetic({ integer: greatest })],
  ['bit-and', arithmetic({ integer: (a, b) => a & b })],
  ['bit-or', arithmetic({ integer: (a, b) => a | b })],
  ['bit-xor', arithmetic({ integer: (a, b) => a ^ b })],
  [
    'log2',
    pureFunction(['attribute'], 'attribute', (attribute) => {
      const value = signedInteger(attribute);
      if (attribute.kind !== 'integer' || value === undefined || value <= 0n || (value & (value - 1n)) !== 0n)
        return `${attribute.text} is no power of two`;
      return integerAttribute(value.toString(2).length - 1, attribute.type);
    }),
  ],
  ['number', pureFunction(['attribute', 'type'], 'attribute', numberOf)],
  ['type-of', pureFunction(['value'], 'type', (value) => value.type)],
  ['element-type', pureFunction(['type'], 'type', elementOf)],
  [
    'attribute-type',
    pureFunction(['attribute'], 'type', (attribute) => attributeType(attribute) ?? `${attribute.text} has no type`),
  ],
  ['type-attribute', pureFunction(['type'], 'attribute', (type) => typeAttribute(type))],
]);
