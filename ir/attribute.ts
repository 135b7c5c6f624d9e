/**
 * Builtin attributes: compile-time data on operations. Like types they are immutable, made once
 * and compared by identity; the canonical MLIR text is the identity (large dense data apart,
 * which is interned by content). Source: MLIR language reference.
 */
import type { AffineMapAttribute, IntegerSetAttribute } from './affine.ts';
import type { DenseAttribute } from './dense.ts';
import { formatFloat } from './float-text.ts';
import { type FloatType, type FunctionType, f64, type IndexType, type IntegerType, i64, type Type } from './type.ts';

/** What every attribute has: its kind, canonical text, and index for dictionary keys. */
export interface AttributeBase<K extends string> {
  readonly kind: K;
  readonly text: string;
  readonly id: number;
}
/** The presence of a name. */
export type UnitAttribute = AttributeBase<'unit'>;
/** `true` or `false`: an `i1`. */
export interface BoolAttribute extends AttributeBase<'bool'> {
  readonly value: boolean;
}
/** An integer of a type; `value` is a bigint only where a double would lose digits. */
export interface IntegerAttribute extends AttributeBase<'integer'> {
  readonly value: number | bigint;
  readonly type: IntegerType | IndexType;
}
/** A floating-point number of a type; the value is already rounded to it. */
export interface FloatAttribute extends AttributeBase<'float'> {
  readonly value: number;
  readonly type: FloatType;
}
/** A string, as UTF-16 text whose code units below 256 may stand for raw bytes. */
export interface StringAttribute extends AttributeBase<'string'> {
  readonly value: string;
  readonly type: Type | undefined;
}
/** A reference to a symbol, `@root::@nested`. */
export interface SymbolAttribute extends AttributeBase<'symbol'> {
  readonly root: string;
  readonly nested: readonly string[];
}
/** A type as an attribute. */
export interface TypeAttribute extends AttributeBase<'type'> {
  readonly type: Type;
}
/** A list of attributes. */
export interface ArrayAttribute extends AttributeBase<'array'> {
  readonly elements: readonly Attribute[];
}
/** Names with attributes, sorted by name. */
export interface DictionaryAttribute extends AttributeBase<'dictionary'> {
  readonly entries: ReadonlyMap<string, Attribute>;
}
/** `array<iN: …>` or `array<fN: …>`, the compact list of numbers. */
export interface DenseArrayAttribute extends AttributeBase<'dense-array'> {
  readonly element: IntegerType | FloatType;
  readonly values: readonly (number | bigint)[];
}
/** `strided<[strides], offset: o>`, the layout of a memref; `dynamic` marks unknown numbers. */
export interface StridedAttribute extends AttributeBase<'strided'> {
  readonly strides: readonly number[];
  readonly offset: number;
}
/** An attribute of a dialect, kept as text: `#dialect.name<body>` or `#dialect<body>`. */
export interface DialectAttribute extends AttributeBase<'dialect'> {
  readonly dialect: string;
  readonly body: string;
}
/** A builtin attribute that is kept as its text: sparse, resources, distinct, locations. */
export interface VerbatimAttribute extends AttributeBase<'verbatim'> {
  readonly type: Type | undefined;
}
/** Any attribute. */
export type Attribute =
  | UnitAttribute
  | BoolAttribute
  | IntegerAttribute
  | FloatAttribute
  | StringAttribute
  | SymbolAttribute
  | TypeAttribute
  | ArrayAttribute
  | DictionaryAttribute
  | DenseArrayAttribute
  | DenseAttribute
  | StridedAttribute
  | DialectAttribute
  | VerbatimAttribute
  | AffineMapAttribute
  | IntegerSetAttribute;

const byKey = new Map<string, Attribute>();
let nextId = 1;

/** A fresh index for an attribute; kinds that intern themselves take theirs here. */
export const freshAttributeId = (): number => nextId++;

type Fields<T> = T extends Attribute ? Omit<T, 'text' | 'id'> : never;

/** The attribute of this kind whose text is `text`, made by `make` when it is new. */
export function internAttribute<T extends Attribute>(kind: T['kind'], text: string, make: () => Fields<T>): T {
  const key = `${kind} ${text}`;
  const known = byKey.get(key);
  if (known) return known as T;
  const attribute = Object.freeze({ ...make(), text, id: freshAttributeId() }) as unknown as T;
  byKey.set(key, attribute);
  return attribute;
}

/** The unit attribute. */
export const unitAttribute: UnitAttribute = internAttribute<UnitAttribute>('unit', 'unit', () => ({ kind: 'unit' }));

const bools = [false, true].map((value) =>
  internAttribute<BoolAttribute>('bool', String(value), () => ({ kind: 'bool', value })),
) as [BoolAttribute, BoolAttribute];
/** `true` or `false`. */
export const boolAttribute = (value: boolean): BoolAttribute => bools[value ? 1 : 0];

const safe = (value: number | bigint): number | bigint =>
  typeof value === 'bigint' && value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
    ? Number(value)
    : value;

/** Wraps `value` into the range of `type`, as two's complement for signless and signed types. */
export function wrapInteger(value: number | bigint, type: IntegerType | IndexType): number | bigint {
  const width = type.kind === 'index' ? 64 : type.width;
  const unsigned = type.kind === 'integer' && type.sign === 'unsigned';
  if (typeof value === 'number' && width >= 32 && Number.isSafeInteger(value)) {
    const limit = 2 ** Math.min(width - (unsigned ? 0 : 1), 1023);
    if (value < limit && value >= (unsigned ? 0 : -limit)) return value === 0 ? 0 : value;
  }
  return safe(unsigned ? BigInt.asUintN(width, BigInt(value)) : BigInt.asIntN(width, BigInt(value)));
}

/** An integer attribute; the value wraps into the width. `i1` gives a bool attribute's text form. */
export const integerAttribute = (value: number | bigint, type: IntegerType | IndexType = i64): IntegerAttribute => {
  const wrapped = wrapInteger(value, type);
  return internAttribute<IntegerAttribute>('integer', `${wrapped} : ${type.text}`, () => ({
    kind: 'integer',
    value: wrapped,
    type,
  }));
};

/** The value of an integer, `index` or truth constant, as a signed number of its width; `true` is −1. */
export function signedInteger(attribute: Attribute | undefined): bigint | undefined {
  if (attribute?.kind === 'bool') return attribute.value ? -1n : 0n;
  if (attribute?.kind !== 'integer') return undefined;
  const { type, value } = attribute;
  return BigInt.asIntN(type.kind === 'integer' ? type.width : 64, BigInt(value));
}

/** A floating-point attribute; the value is rounded to the type once. */
export const floatAttribute = (value: number, type: FloatType = f64): FloatAttribute => {
  const { text, value: rounded } = formatFloat(value, type);
  return internAttribute<FloatAttribute>('float', `${text} : ${type.text}`, () => ({
    kind: 'float',
    value: rounded,
    type,
  }));
};

const upperHex = (code: number): string => code.toString(16).toUpperCase().padStart(2, '0');
const utf8 = new TextEncoder();
/** `value` between quotes; everything that is not printable ASCII becomes `\HH` per UTF-8 byte. */
export function quote(value: string): string {
  if (/^[ !#-[\]-~]*$/.test(value)) return `"${value}"`;
  let text = '"';
  for (const byte of utf8.encode(value)) {
    if (byte === 0x5c) text += '\\\\';
    else if (byte === 0x22 || byte < 0x20 || byte > 0x7e) text += `\\${upperHex(byte)}`;
    else text += String.fromCharCode(byte);
  }
  return `${text}"`;
}

/** A string attribute, optionally with a type. */
export const stringAttribute = (value: string, type?: Type): StringAttribute =>
  internAttribute<StringAttribute>('string', quote(value) + (type ? ` : ${type.text}` : ''), () => ({
    kind: 'string',
    value,
    type,
  }));

/** A symbol name as it stands after `@`. */
export const symbolText = (name: string): string => (/^[A-Za-z_][\w$.]*$/.test(name) ? `@${name}` : `@${quote(name)}`);

/** A reference to a symbol, with the nested symbols below it. */
export const symbolAttribute = (root: string, ...nested: readonly string[]): SymbolAttribute =>
  internAttribute<SymbolAttribute>('symbol', [root, ...nested].map(symbolText).join('::'), () => ({
    kind: 'symbol',
    root,
    nested: [...nested],
  }));

/** A type as an attribute. */
export const typeAttribute = (type: Type): TypeAttribute =>
  internAttribute<TypeAttribute>('type', type.text, () => ({ kind: 'type', type }));

/** Inside a list upstream leaves `i64` and `f64` unsaid, but for bits that would read as an integer. */
const elementText = (element: Attribute): string =>
  (element.kind === 'integer' && element.type === i64) ||
  (element.kind === 'float' && element.type === f64 && !element.text.startsWith('0x'))
    ? element.text.slice(0, element.text.indexOf(' '))
    : element.text;

/** A list of attributes. */
export const arrayAttribute = (elements: readonly Attribute[]): ArrayAttribute =>
  internAttribute<ArrayAttribute>('array', `[${elements.map(elementText).join(', ')}]`, () => ({
    kind: 'array',
    elements: [...elements],
  }));

const bareKey = /^[A-Za-z_][\w$.]*$/;
/** One `name = value` of a dictionary; a unit value is the name alone. */
export const entryText = (name: string, value: Attribute): string => {
  const key = bareKey.test(name) ? name : quote(name);
  return value.kind === 'unit' ? key : `${key} = ${value.text}`;
};

const byteOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** The entries in the order in which a dictionary holds and prints them. */
export const sortedEntries = (entries: Iterable<readonly [string, Attribute]>): [string, Attribute][] =>
  [...entries].map(([name, value]): [string, Attribute] => [name, value]).sort((a, b) => byteOrder(a[0], b[0]));

/** Names with attributes. */
export const dictionaryAttribute = (entries: Iterable<readonly [string, Attribute]>): DictionaryAttribute => {
  const sorted = sortedEntries(entries);
  return internAttribute<DictionaryAttribute>(
    'dictionary',
    `{${sorted.map(([name, value]) => entryText(name, value)).join(', ')}}`,
    () => ({ kind: 'dictionary', entries: new Map(sorted) }),
  );
};

const arrayElementText = (value: number | bigint, element: IntegerType | FloatType): string => {
  if (element.kind === 'float') return formatFloat(Number(value), element).text;
  return element.width === 1 ? String(Boolean(value)) : String(value);
};

/** `array<element: values>`. */
export const denseArrayAttribute = (
  values: readonly (number | bigint)[],
  element: IntegerType | FloatType = i64,
): DenseArrayAttribute => {
  const body = values.map((value) => arrayElementText(value, element)).join(', ');
  return internAttribute<DenseArrayAttribute>(
    'dense-array',
    `array<${element.text}${body ? `: ${body}` : ''}>`,
    () => ({ kind: 'dense-array', element, values: Object.freeze([...values]) }),
  );
};

/** The layout of a memref by strides and offset, in elements; −1 is a number known at run time. */
export const stridedAttribute = (strides: readonly number[], offset = 0): StridedAttribute => {
  const show = (value: number): string => (value === -1 ? '?' : String(value));
  const tail = offset === 0 ? '' : `, offset: ${show(offset)}`;
  return internAttribute<StridedAttribute>('strided', `strided<[${strides.map(show).join(', ')}]${tail}>`, () => ({
    kind: 'strided',
    strides: Object.freeze([...strides]),
    offset,
  }));
};

/** A dialect attribute from its text after `#`. */
export const dialectAttribute = (dialect: string, body: string): DialectAttribute =>
  internAttribute<DialectAttribute>('dialect', `#${dialect}${body}`, () => ({ kind: 'dialect', dialect, body }));

/** A builtin attribute that is only carried, by its canonical text. */
export const verbatimAttribute = (text: string, type?: Type): VerbatimAttribute =>
  internAttribute<VerbatimAttribute>('verbatim', text, () => ({ kind: 'verbatim', type }));

/** The type that an attribute states, where it has one. */
export function typeOfAttribute(attribute: Attribute): Type | FunctionType | undefined {
  switch (attribute.kind) {
    case 'integer':
    case 'float':
    case 'string':
    case 'dense':
    case 'verbatim':
      return attribute.type;
    default:
      return undefined;
  }
}
