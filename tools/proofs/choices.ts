/** What rules are tried with: types around a main one, constants, and every setting of an operation's attributes. */
import {
  type Attribute,
  type AttributeDefinition,
  bf16,
  elementTypeOf,
  f16,
  f32,
  f64,
  i1,
  i16,
  i32,
  i64,
  i8,
  index,
  integerType,
  type TensorType,
  tensorType,
  type Type,
} from '../../ir/index.ts';
import { allNumbers, attributeOf, bitsOfType, edgeNumbers, isNumber } from './samples.ts';
import { isElement } from './symbolic-function.ts';

/** Integers of up to so many bits are tried completely. */
export const smallWidth = 8;

/** The elements of tensors beside one: integers beside integers, or all that fixed point is made of. */
function elementsAround({ element, shape }: TensorType): readonly Type[] {
  if (shape.length > 0) return [...new Set<Type>([element, f16, f32, i8, i16])];
  const width = bitsOfType(element);
  const beside = [width, 1, width >> 1, width + 1, 2 * width, 64].filter((one) => one > 0 && one <= 64);
  return [...new Set(beside)].map((one) => integerType(one));
}

/** The main type, and the types that may stand beside it in one rule. */
export function typesAround(main: Type): readonly Type[] {
  if (main.kind === 'tensor') return elementsAround(main).map((element) => tensorType(main.shape, element));
  const floats = [f16, bf16, f32, f64];
  if (main.kind === 'float') return [...new Set<Type>([main, ...floats, i1, i8, i16, i32, i64])];
  const width = bitsOfType(main);
  const beside = [width >> 1, width - 1, width + 1, 2 * width, 64].filter((one) => one > 0 && one <= 64);
  return [...new Set<Type>([main, i1, ...beside.map((one) => integerType(one)), index, f16, f32, f64])];
}

/** The constants of a type to try; all of a small type where `alone` says that no other constant is tried with them. */
export function constantsOf(type: Type, alone: boolean): readonly Attribute[] {
  if (!isNumber(type)) return [];
  const whole = type.kind !== 'float' && bitsOfType(type) <= (alone ? smallWidth : 3);
  return (whole ? allNumbers(type) : edgeNumbers(type)).map((value) => attributeOf(value, type));
}

const overflowWords = [[], ['nsw'], ['nuw'], ['nsw', 'nuw']];

/** A range with fewer members is tried as a whole; of one with more than the second there is no knowing. */
const [wideRange, widestRange] = [64, 4096];
/** Whether an attribute is a number of which only some are tried. */
export const isWide = ({ kind: { domain } }: AttributeDefinition): boolean =>
  domain.kind === 'range' && domain.max - domain.min >= wideRange && domain.max - domain.min < widestRange;
/**
 * Numbers of a wide range that matter to a type, the most important first: small ones, digits of an integer, positions at
 * which halves no longer hold bytes, ends.
 */
function membersOf(min: number, max: number, type: Type): readonly number[] {
  const width = bitsOfType(elementTypeOf(type));
  const digits = [2, 3, width >> 1, width - 1, width, width + 1];
  const near = isElement(type) ? [0, 1, ...digits, 8, 9, 24, 25] : [0, 1, 25, 9, 24, 8, ...digits];
  const members = [...near.flatMap((one) => [one, 0 - one]), min, max];
  return [...new Set(members)].filter((one) => one >= min && one <= max);
}

/** Every setting of a declared attribute that can matter to values of a type, `undefined` for leaving it out; none where there is no knowing. */
export function settingsOf(attribute: AttributeDefinition, type: Type): readonly (Attribute | undefined)[] {
  const { kind, name } = attribute;
  const { domain, presence } = kind;
  const absent = presence === 'optional' ? [undefined] : [];
  const values: readonly unknown[] =
    domain.kind === 'range' && isWide(attribute)
      ? membersOf(domain.min, domain.max, type)
      : domain.kind === 'range' && domain.max - domain.min < wideRange
        ? Array.from({ length: domain.max - domain.min + 1 }, (_, at) => domain.min + at)
        : domain.kind === 'choice'
          ? domain.values
          : name === 'overflowFlags'
            ? overflowWords
            : [];
  const written = values.map((value) => kind.write(value as never));
  const fallback = presence === 'default' && written.length === 0 ? [kind.write(kind.default as never)] : [];
  return [...absent, ...written, ...fallback];
}
