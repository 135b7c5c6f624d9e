/** How each kind of field is stored in words, and which values it can hold. */
import type { Field, Operand } from './field.ts';

/** A field value or word that the instruction format does not allow. */
export class EncodingError extends Error {
  override readonly name = 'EncodingError';
}

/** The number of operand words that a field takes; a choice lives in the opcode word. */
export function wordCount(field: Field): number {
  return field.kind === 'wide' ? 2 : field.kind === 'choice' ? 0 : 1;
}

const registerFlag = 0x8000_0000;
const limits = {
  unsigned: [0, 2 ** 31 - 1],
  signed: [-(2 ** 30), 2 ** 30 - 1],
  offset: [-(2 ** 24), 2 ** 24 - 1],
} as const;
const wideLimits = [-(2 ** 47), 2 ** 47 - 1] as const;

function inRange(value: unknown, [low, high]: readonly [number, number], what: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && low <= value && value <= high) return value + 0;
  throw new EncodingError(`${what} is ${String(value)}, expected an integer ${low}..${high}`);
}

function operandWord(signed: boolean, value: Operand, what: string): number {
  if (typeof value === 'object' && value !== null) {
    const register = inRange(value.register, [0, 63], `${what}: register`);
    const offset = inRange(value.offset, limits.offset, `${what}: offset`);
    return (registerFlag | (register << 25) | (offset & 0x1ff_ffff)) >>> 0;
  }
  return inRange(value, signed ? limits.signed : limits.unsigned, what) & 0x7fff_ffff;
}

/** The words of `value` in `field`; `what` names the field in an EncodingError. */
export function fieldWords(field: Exclude<Field, { kind: 'choice' }>, value: unknown, what: string): readonly number[] {
  switch (field.kind) {
    case 'operand':
      return [operandWord(field.signed, value as Operand, what)];
    case 'register':
      return [(registerFlag | (inRange(value, [0, 63], what) << 25)) >>> 0];
    case 'predicate':
      return [inRange(value, [0, 7], what)];
    case 'target':
      return [inRange(value, limits.unsigned, what)];
    case 'wide': {
      const bits = inRange(value, wideLimits, what);
      const low = ((bits % 2 ** 24) + 2 ** 24) % 2 ** 24;
      return [low, ((bits - low) / 2 ** 24) & 0xff_ffff];
    }
  }
}

/** The value that the words hold in `field`; throws EncodingError for words that `fieldWords` never makes. */
export function fieldValue(
  field: Exclude<Field, { kind: 'choice' }>,
  word: number,
  next: number,
  what: string,
): Operand {
  const isRegister = word >= registerFlag;
  const unsupported = (): EncodingError =>
    new EncodingError(`${what}: word 0x${word.toString(16)} is not a valid ${field.kind}`);
  switch (field.kind) {
    case 'operand':
      if (isRegister) return { register: (word >>> 25) & 63, offset: (word << 7) >> 7 };
      return field.signed ? (word << 1) >> 1 : word;
    case 'register':
      if (!isRegister || (word & 0x1ff_ffff) !== 0) throw unsupported();
      return (word >>> 25) & 63;
    case 'predicate':
      if (word > 7) throw unsupported();
      return word;
    case 'target':
      if (isRegister) throw unsupported();
      return word;
    case 'wide':
      if (word > 0xff_ffff || next > 0xff_ffff) throw unsupported();
      return ((next << 8) >> 8) * 2 ** 24 + word;
  }
}
