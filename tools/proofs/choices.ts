/** What rules are tried with: types around a main one, constants, and every setting of an operation's attributes. */
import {
  type Attribute,
  type AttributeDefinition,
  bf16,
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
  type Type,
} from '../../ir/index.ts';
import { allNumbers, attributeOf, bitsOfType, edgeNumbers, isNumber } from './samples.ts';

/** Integers of up to so many bits are tried completely. */
export const smallWidth = 8;

/** The main type, and the types that may stand beside it in one rule. */
export function typesAround(main: Type): readonly Type[] {
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

/** Every setting of a declared attribute that can matter, `undefined` for leaving it out; none where there is no knowing. */
export function settingsOf({ kind, name }: AttributeDefinition): readonly (Attribute | undefined)[] {
  const { domain, presence } = kind;
  const absent = presence === 'optional' ? [undefined] : [];
  const values: readonly unknown[] =
    domain.kind === 'range' && domain.max - domain.min < 64
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
