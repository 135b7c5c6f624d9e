/** Attributes that stand for one number, or for that number in every place of a shaped type. */
import {
  type Attribute,
  bitsOf,
  boolAttribute,
  denseAttribute,
  elementCount,
  elementTypeOf,
  floatAttribute,
  i1,
  integerAttribute,
  storedBytes,
  type Type,
} from '../../../ir/index.ts';

/** The bytes of a number as it is stored. */
function bytesOf(element: Type, number: number | bigint): Uint8Array {
  const size = storedBytes(element);
  let bits =
    element.kind === 'float'
      ? bitsOf(Number(number), element)
      : BigInt.asUintN(element.kind === 'integer' ? element.width : 64, BigInt(number));
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at++, bits >>= 8n) bytes[at] = Number(bits & 0xffn);
  return bytes;
}

/** Whether values of a type are numbers, or consist of them. */
export function holdsNumbers(type: Type): boolean {
  const element = elementTypeOf(type);
  return element.kind === 'index' || element.kind === 'float' || element.kind === 'integer';
}

/** The constant of a type that is this number, everywhere; undefined for a type without constants. */
export function numberAttribute(type: Type, number: number | bigint): Attribute | undefined {
  if (type === i1) return boolAttribute((BigInt(number) & 1n) === 1n);
  if (type.kind === 'float') return floatAttribute(Number(number), type);
  if (type.kind === 'index' || (type.kind === 'integer' && type.sign === 'signless'))
    return integerAttribute(number, type);
  if (type.kind !== 'tensor' && type.kind !== 'vector') return undefined;
  const { element, shape } = type;
  if (!holdsNumbers(element) || elementCount(shape) === undefined) return undefined;
  return denseAttribute(type, elementCount(shape) === 0 ? new Uint8Array(0) : bytesOf(element, number));
}
