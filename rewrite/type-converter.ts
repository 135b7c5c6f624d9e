/** How types change in a conversion, one to one, and how values of old and new types meet. */
import type { OpView } from '../ir/op.ts';
import type { Type } from '../ir/type.ts';
import type { Value } from '../ir/value.ts';

/** A mapping of types, with the operation that leads from one to the other where both are needed. */
export interface TypeConverter {
  /** The new type for an old one; itself when it stays, undefined when it has none. */
  convert(type: Type): Type | undefined;
  /** A detached operation that gives `value` as a `type`; undefined when there is none. */
  materialize?(value: Value, type: Type): OpView | undefined;
}

/** Types stay as they are. */
export const sameTypes: TypeConverter = { convert: (type) => type };

/** Makes a type converter. */
export const typeConverter = (
  convert: TypeConverter['convert'],
  materialize?: (value: Value, type: Type) => OpView | undefined,
): TypeConverter => (materialize ? { convert, materialize } : { convert });
