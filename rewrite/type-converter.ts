/** How types change in a conversion, each to one, to several or to none, and how values of old and new types meet. */
import type { OpView } from '../ir/op.ts';
import type { Type } from '../ir/type.ts';
import type { Value } from '../ir/value.ts';

/** What an old type becomes: itself when it stays, one type, several, none at all; undefined when it has no conversion. */
export type ConvertedType = Type | readonly Type[] | undefined;

/** A mapping of types, with the operations that lead from one side to the other where both are needed. */
export interface TypeConverter {
  convert(type: Type): ConvertedType;
  /** A detached operation that gives `value` as a `type`, between one old and one new type, in both directions. */
  materialize?(value: Value, type: Type): OpView | undefined;
  /** A detached operation that gives values of new types as one of the old `type`: a source materialisation. */
  materializeSource?(values: readonly Value[], type: Type): OpView | undefined;
  /** A detached operation whose results are an old value in its new types: a target materialisation. */
  materializeTarget?(value: Value, types: readonly Type[]): OpView | undefined;
}

/** Types stay as they are. */
export const sameTypes: TypeConverter = { convert: (type) => type };

/** Makes a type converter from a mapping and what leads between single types. */
export const typeConverter = (
  convert: TypeConverter['convert'],
  materialize?: (value: Value, type: Type) => OpView | undefined,
): TypeConverter => (materialize ? { convert, materialize } : { convert });

/** The new types of an old one as a list; undefined when it has no conversion. */
export function convertedTypes(types: TypeConverter, type: Type): readonly Type[] | undefined {
  const converted = types.convert(type);
  return converted === undefined || isList(converted) ? converted : [converted];
}

const isList = (types: Type | readonly Type[]): types is readonly Type[] => Array.isArray(types);
