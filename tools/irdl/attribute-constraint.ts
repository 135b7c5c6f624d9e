/** What IRDL can say of attributes. */
import {
  arrayAttribute,
  type Attribute,
  type AttributeKind,
  boolAttribute,
  contains,
  denseArrayAttribute,
  denseAttribute,
  describe,
  dictionaryAttribute,
  f32,
  floatAttribute,
  i8,
  integerAttribute,
  stringAttribute,
  symbolAttribute,
  tensorType,
  typeAttribute,
  unitAttribute,
} from '../../ir/index.ts';

/** One attribute of every kind, with the constraint that accepts exactly this kind. */
const specimens: readonly (readonly [Attribute, string])[] = [
  [integerAttribute(1), 'irdl.base "#builtin.integer"'],
  [boolAttribute(true), 'irdl.base "#builtin.integer"'],
  [floatAttribute(1, f32), 'irdl.base "#builtin.float"'],
  [stringAttribute(''), 'irdl.base "#builtin.string"'],
  [symbolAttribute('a'), 'irdl.base "#builtin.symbol_ref"'],
  [typeAttribute(f32), 'irdl.base "#builtin.type"'],
  [unitAttribute, 'irdl.is unit'],
  [denseArrayAttribute([1]), 'irdl.base "#builtin.dense_array"'],
  [arrayAttribute([integerAttribute(1)]), 'irdl.base "#builtin.array"'],
  [dictionaryAttribute([]), 'irdl.base "#builtin.dictionary"'],
  [denseAttribute(tensorType([1], i8), new Uint8Array(1)), 'irdl.base "#builtin.dense_int_or_fp_elements"'],
];

/**
 * The constraints of which an attribute of `kind` meets one; empty for any attribute at all. The
 * kind itself is asked what it accepts, so that IRDL accepts whatever our verifier does.
 */
export function attributeConstraints(kind: AttributeKind<unknown>): readonly string[] {
  const { domain } = kind;
  const accepted = specimens.filter(([attribute]) => {
    const value = kind.read(attribute);
    return value !== undefined && contains(domain, value);
  });
  if (domain.kind === 'choice') {
    const words = [...domain.values.map((value) => kind.write(value)), ...accepted.map(([attribute]) => attribute)];
    return [...new Set(words.map((word) => `irdl.is ${word.text}`))];
  }
  const readable = specimens.filter(([attribute]) => kind.read(attribute) !== undefined);
  return readable.length === specimens.length ? [] : [...new Set(readable.map(([, text]) => text))];
}

/** What a reader is told of an attribute beyond its constraint; empty when the constraint says it all. */
export function attributeComment({ domain, text }: AttributeKind<unknown>): string {
  if (domain.kind !== 'range' && domain.kind !== 'list') return domain.kind === 'choice' ? '' : text;
  const open = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER].map(String);
  return `${text}, ${open.reduce((shown, bound) => shown.replaceAll(bound, ''), describe(domain))}`;
}
