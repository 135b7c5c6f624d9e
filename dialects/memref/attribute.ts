/** Kinds of attributes that only buffers have, stored as upstream stores them. */
import {
  anything,
  type Attribute,
  attr,
  type AttributeKind,
  arrayAttribute,
  choice,
  i32,
  i64,
  integerAttribute,
  optionalAttribute,
} from '../../ir/index.ts';
import { indexListAttribute, reassociationOf } from '../builtin/index-list.ts';

const isPowerOfTwo = (value: number): boolean => value > 0 && Number.isInteger(Math.log2(value));

/** Bytes that an address is a multiple of; may be absent. */
export const alignment: AttributeKind<number, 'optional'> = optionalAttribute<number>({
  presence: 'optional',
  default: undefined,
  domain: anything('a power of two'),
  text: '64-bit signless integer attribute whose value is positive and whose value is a power of two > 0',
  read: (attribute) =>
    attribute.kind === 'integer' && attribute.type === i64 && isPowerOfTwo(Number(attribute.value))
      ? Number(attribute.value)
      : undefined,
  write: (value) => integerAttribute(value, i64),
});

/** An `i32` from `min` to `max`. */
export const integer32 = (min: number, max: number): AttributeKind<number, 'required'> => {
  const kind = attr.int({ min, max, type: i32 });
  return {
    ...kind,
    read: (attribute) => (attribute.kind === 'integer' && attribute.type === i32 ? kind.read(attribute) : undefined),
  };
};

/** `true` or `false`, and not just the name. */
export const flag: AttributeKind<boolean, 'required'> = {
  ...attr.flag({}),
  read: (attribute) => (attribute.kind === 'bool' ? attribute.value : undefined),
};

/** Numbers of which some stand for operands, see `dynamicIndex`. */
export const indexList: AttributeKind<readonly bigint[], 'required'> = {
  presence: 'required',
  default: undefined,
  domain: anything('a list of integers'),
  text: 'array<i64>',
  read: (attribute) =>
    attribute.kind === 'dense-array' && attribute.element === i64 ? attribute.values.map(BigInt) : undefined,
  write: indexListAttribute,
};

const isNestedList = (attribute: Attribute): boolean =>
  attribute.kind === 'array' &&
  attribute.elements.every(
    (group) => group.kind === 'array' && group.elements.every((one) => one.kind === 'integer' && one.type === i64),
  );
/** Groups of dimensions, `[[0, 1], [2]]`. */
export const reassociation: AttributeKind<readonly (readonly number[])[], 'required'> = {
  presence: 'required',
  default: undefined,
  domain: anything('groups of dimensions'),
  text: 'array of 64-bit integer array attributes',
  read: (attribute) => (isNestedList(attribute) ? reassociationOf(attribute) : undefined),
  write: (groups) => arrayAttribute(groups.map((group) => arrayAttribute(group.map((one) => integerAttribute(one))))),
};

/** What an atomic operation does with the old value and a new one, by its number. */
export const atomicKinds = [
  'addf',
  'addi',
  'andi',
  'assign',
  'maximumf',
  'maxnumf',
  'maxs',
  'maxu',
  'minimumf',
  'minnumf',
  'mins',
  'minu',
  'mulf',
  'muli',
  'ori',
  'xori',
] as const;
/** The name of one of them. */
export type AtomicKind = (typeof atomicKinds)[number];

/** What an atomic operation does, stored as its number. */
export const atomicKind: AttributeKind<AtomicKind, 'required'> = {
  presence: 'required',
  default: undefined,
  domain: choice(atomicKinds),
  text: `the number of one of ${atomicKinds.join(', ')}`,
  read: (attribute) =>
    attribute.kind === 'integer' && attribute.type === i64 ? atomicKinds[Number(attribute.value)] : undefined,
  write: (value) => integerAttribute(atomicKinds.indexOf(value), i64),
};
