/** Values of declared attributes, drawn from their domains, or found among attributes of all kinds. */
import {
  arrayAttribute,
  type Attribute,
  type AttributeKind,
  boolAttribute,
  denseArrayAttribute,
  dictionaryAttribute,
  type Domain,
  type Draw,
  f32,
  f64,
  floatAttribute,
  i1,
  i16,
  i32,
  i64,
  i8,
  index,
  integerAttribute,
  stringAttribute,
  symbolAttribute,
  tensorType,
  type Type,
  typeAttribute,
  unitAttribute,
} from '../../../ir/index.ts';
import { numberAttribute } from './number-attribute.ts';

const widest = 3;
/** A range of at most so many members is drawn from as a whole. */
const fewMembers = 17;

/** A member of a domain; of a wide one, something small. Undefined where the domain is not known. */
function inDomain(domain: Domain, draw: Draw): unknown {
  switch (domain.kind) {
    case 'range': {
      if (domain.max - domain.min < fewMembers) return draw.int(domain.min, domain.max);
      const low = Math.max(domain.min, Math.min(0, domain.max));
      return draw.int(low, Math.min(domain.max, low + widest));
    }
    case 'list':
      return Array.from({ length: draw.int(domain.min, Math.min(domain.max, Math.max(domain.min, 4))) }, () =>
        inDomain(domain.each, draw),
      );
    case 'choice':
      return draw.of(domain.values);
    case 'any':
      return undefined;
  }
}

/** Attributes of every builtin kind. */
function attributePool(draw: Draw, types: readonly Type[]): readonly Attribute[] {
  const small = draw.int(0, 3);
  const number = draw.int(-4, 4) / 2;
  const list = Array.from({ length: draw.int(0, 3) }, () => draw.int(0, 3));
  const type = draw.of(types);
  const dense = numberAttribute(tensorType([draw.int(1, 4)], draw.of([f32, i32, i64])), small);
  return [
    ...[i64, i32, i8, i16, index].map((of) => integerAttribute(small, of)),
    ...[f32, f64].map((of) => floatAttribute(number, of)),
    boolAttribute(draw.flag()),
    stringAttribute(draw.of(['a', 'b', 'some text', ''])),
    typeAttribute(type),
    unitAttribute,
    ...[i64, i32].map((of) => denseArrayAttribute(list, of)),
    ...(dense ? [dense] : []),
    arrayAttribute(list.map((one) => integerAttribute(one))),
    dictionaryAttribute([['key', integerAttribute(small)]]),
    symbolAttribute('symbol'),
  ];
}

const nothing: readonly Type[] = [i32, f32, i1];

/** The plain value of an attribute of a kind; undefined where none is found. */
export function drawAttributeValue(
  kind: AttributeKind<unknown>,
  draw: Draw,
  types: readonly Type[] = nothing,
): unknown {
  if (kind.domain.kind !== 'any') return inDomain(kind.domain, draw);
  // What is stored as a single number is one, whatever else could be read as one.
  if (typeof kind.default === 'number' || /^b?f\d+$/.test(kind.text)) return draw.int(-4, 4) / 2;
  if (kind.presence === 'default') return kind.default;
  const readable = attributePool(draw, types).flatMap((attribute) => {
    const value = kind.read(attribute);
    return value === undefined ? [] : [value];
  });
  return readable.length > 0 ? draw.of(readable) : kind.default;
}
