/** The integers that an attribute holds: one, or those of dense elements. */
import type { Attribute } from './attribute.ts';
import { storedBytes } from './dense.ts';
import type { Value } from './value.ts';

/** The integers of an attribute, as signed ones, a splat once; undefined where it holds something else. */
export function storedIntegers(attribute: Attribute | undefined): readonly bigint[] | undefined {
  if (attribute?.kind === 'bool') return [attribute.value ? -1n : 0n];
  if (attribute?.kind === 'integer') return [BigInt(attribute.value)];
  if (attribute?.kind !== 'dense') return undefined;
  const { bytes, type } = attribute;
  const { element } = type;
  if (element.kind !== 'integer' && element.kind !== 'index') return undefined;
  const size = storedBytes(element);
  return Array.from({ length: bytes.length / size }, (_, at) => {
    let bits = 0n;
    for (let byte = size - 1; byte >= 0; byte--) bits = (bits << 8n) | BigInt(bytes[at * size + byte] as number);
    return BigInt.asIntN(element.kind === 'integer' ? element.width : 64, bits);
  });
}

/** The integers that a value surely is: those of the constant that makes it; undefined where it is none. */
export const constantIntegers = ({ owner }: Value): readonly bigint[] | undefined =>
  owner?.hasTrait('constant-like') ? storedIntegers(owner.attribute('value')) : undefined;

/** Whether a value is a constant all of whose integers fulfil something. */
export const isConstantWhere = (value: Value, holds: (integer: bigint) => boolean): boolean =>
  constantIntegers(value)?.every(holds) ?? false;
