/**
 * Attribute kinds: how a declared attribute is stored, which values it may have, and how its
 * stored form reads as a plain TypeScript value.
 */
import {
  type Attribute,
  boolAttribute,
  denseArrayAttribute,
  floatAttribute,
  integerAttribute,
  stringAttribute,
  symbolAttribute,
  typeAttribute,
  unitAttribute,
} from './attribute.ts';
import type { DenseAttribute } from './dense.ts';
import { anything, choice, type Domain, list, range } from './domain.ts';
import { type FloatType, f32, type IndexType, type IntegerType, i64, type Type } from './type.ts';

/** Whether an attribute must be given, may be absent, or has a value when absent. */
export type Presence = 'required' | 'optional' | 'default';

/** How one declared attribute is read, written, checked and generated. */
export interface AttributeKind<T, P extends Presence = Presence> {
  readonly presence: P;
  readonly default: T | undefined;
  readonly domain: Domain;
  /** What the stored attribute looks like, for messages and documentation. */
  readonly text: string;
  /** The plain value, or undefined when the attribute is of another kind. */
  read(attribute: Attribute): T | undefined;
  write(value: T): Attribute;
}
/** The plain value of a kind. */
export type AttributeValue<K> =
  K extends AttributeKind<infer T, infer P> ? (P extends 'optional' ? T | undefined : T) : never;

type Default<T> = { readonly default?: T };
type PresenceOf<O> = O extends { readonly default: unknown } ? 'default' : 'required';
type Range = { readonly min?: number; readonly max?: number };
type Pair = readonly [number, number];
type Quad = readonly [number, number, number, number];

const bounds = (r: Range): Domain<number> => range(r.min ?? Number.MIN_SAFE_INTEGER, r.max ?? Number.MAX_SAFE_INTEGER);

const kind = <T, P extends Presence>(
  options: Default<T>,
  rest: Pick<AttributeKind<T>, 'domain' | 'text' | 'read' | 'write'>,
): AttributeKind<T, P> => ({
  ...rest,
  presence: ('default' in options ? 'default' : 'required') as P,
  default: options.default,
});

const readNumbers = (attribute: Attribute): readonly number[] | undefined => {
  if (attribute.kind === 'dense-array') return attribute.values.map(Number);
  if (attribute.kind === 'array' && attribute.elements.every((element) => element.kind === 'integer'))
    return attribute.elements.map((element) => Number(element.kind === 'integer' ? element.value : Number.NaN));
  return undefined;
};

function numbers<T extends readonly number[], P extends Presence>(
  options: Default<T>,
  min: number,
  max: number,
  each: Domain<number>,
): AttributeKind<T, P> {
  return kind<T, P>(options, {
    domain: list(min, max, each),
    text: 'array<i64>',
    read: (attribute) => readNumbers(attribute) as T | undefined,
    write: (value) => denseArrayAttribute(value),
  });
}

/** Makers of attribute kinds. With a `default` the attribute may be left out. */
export const attr = {
  /** An integer, `i64` unless another type is given. */
  int: <const O extends Range & Default<number> & { readonly type?: IntegerType | IndexType }>(options: O) =>
    kind<number, PresenceOf<O>>(options, {
      domain: bounds(options),
      text: (options.type ?? i64).text,
      read: (attribute) => (attribute.kind === 'integer' ? Number(attribute.value) : undefined),
      write: (value) => integerAttribute(value, options.type ?? i64),
    }),
  /** Two integers. */
  pair: <const O extends Range & Default<Pair>>(options: O) =>
    numbers<Pair, PresenceOf<O>>(options, 2, 2, bounds(options)),
  /** Four integers. */
  quad: <const O extends Range & Default<Quad>>(options: O) =>
    numbers<Quad, PresenceOf<O>>(options, 4, 4, bounds(options)),
  /** A list of integers, of `length[0]` to `length[1]` members. */
  ints: <const O extends Range & Default<readonly number[]> & { readonly length?: readonly [number, number] }>(
    options: O,
  ) => numbers<readonly number[], PresenceOf<O>>(options, ...(options.length ?? [0, 8]), bounds(options)),
  /** A number of a floating-point type, `f32` unless another is given. */
  float: <const O extends Default<number> & { readonly type?: FloatType }>(options: O) =>
    kind<number, PresenceOf<O>>(options, {
      domain: anything('a number'),
      text: (options.type ?? f32).text,
      read: (attribute) => (attribute.kind === 'float' ? attribute.value : undefined),
      write: (value) => floatAttribute(value, options.type ?? f32),
    }),
  /** `true` or `false`. */
  flag: <const O extends Default<boolean>>(options: O) =>
    kind<boolean, PresenceOf<O>>(options, {
      domain: choice([false, true]),
      text: 'bool',
      read: (attribute) => (attribute.kind === 'bool' ? attribute.value : attribute.kind === 'unit' ? true : undefined),
      write: (value) => boolAttribute(value),
    }),
  /** One of some words, stored as a string. */
  oneOf: <const T extends string, const O extends Default<NoInfer<T>>>(values: readonly T[], options: O) =>
    kind<T, PresenceOf<O>>(options as Default<T>, {
      domain: choice(values),
      text: values.map((value) => `"${value}"`).join(' | '),
      read: (attribute) => (attribute.kind === 'string' ? (attribute.value as T) : undefined),
      write: (value) => stringAttribute(value),
    }),
  /** A string. */
  text: <const O extends Default<string>>(options: O) =>
    kind<string, PresenceOf<O>>(options, {
      domain: anything('a string'),
      text: 'string',
      read: (attribute) => (attribute.kind === 'string' ? attribute.value : undefined),
      write: (value) => stringAttribute(value),
    }),
  /** A reference to a symbol, without nesting. */
  symbol: (): AttributeKind<string, 'required'> =>
    kind<string, 'required'>(
      {},
      {
        domain: anything('a symbol'),
        text: '@symbol',
        read: (attribute) =>
          attribute.kind === 'symbol' && attribute.nested.length === 0 ? attribute.root : undefined,
        write: (value) => symbolAttribute(value),
      },
    ),
  /** A type. */
  type: (): AttributeKind<Type, 'required'> =>
    kind<Type, 'required'>(
      {},
      {
        domain: anything('a type'),
        text: 'type',
        read: (attribute) => (attribute.kind === 'type' ? attribute.type : undefined),
        write: (value) => typeAttribute(value),
      },
    ),
  /** The data of a tensor. */
  elements: (): AttributeKind<DenseAttribute, 'required'> =>
    kind<DenseAttribute, 'required'>(
      {},
      {
        domain: anything('dense elements'),
        text: 'dense elements',
        read: (attribute) => (attribute.kind === 'dense' ? attribute : undefined),
        write: (value) => value,
      },
    ),
  /** Any attribute, as it is. */
  any: (): AttributeKind<Attribute, 'required'> =>
    kind<Attribute, 'required'>(
      {},
      {
        domain: anything('an attribute'),
        text: 'attribute',
        read: (attribute) => attribute,
        write: (value) => value,
      },
    ),
  /** Presence of the name is the value. */
  unit: (): AttributeKind<true, 'optional'> => ({
    presence: 'optional',
    default: undefined,
    domain: choice([true]),
    text: 'unit',
    read: (attribute) => (attribute.kind === 'unit' ? true : undefined),
    write: () => unitAttribute,
  }),
};

/** The same kind, but it may be absent. */
export const optionalAttribute = <T>(of: AttributeKind<T>): AttributeKind<T, 'optional'> => ({
  ...of,
  presence: 'optional',
});
