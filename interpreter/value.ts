/** What values hold while a program runs. */
import type { Type } from '../ir/index.ts';
import { elementBytes, NdArray, volume } from './ndarray.ts';

/** A scalar: a number, or a bigint for an integer that a double would not hold. An `i1` is 0 or 1. */
export type Scalar = number | bigint;
/** A value of a dialect's own making, such as a view of memory. */
export interface RuntimeObject {
  readonly runtimeKind: string;
}
/** Any value of a running program. */
export type RuntimeValue = NdArray | Scalar | RuntimeObject;

/** Bytes that values of `type` take; 0 for what is not an array. */
export const bytesOfType = (type: Type): number =>
  type.kind === 'tensor' ? volume(type.shape) * elementBytes(type.element) : 0;

/** Bytes that a value takes. */
export const bytesOf = (value: RuntimeValue): number => (value instanceof NdArray ? value.data.byteLength : 0);

/** Why a value cannot be of `type`; undefined when it can. */
export function valueError(value: RuntimeValue | undefined, type: Type): string | undefined {
  if (value === undefined) return `is missing, expected ${type.text}`;
  if (type.kind === 'tensor') {
    if (!(value instanceof NdArray)) return `is ${describeValue(value)}, expected ${type.text}`;
    return value.element === type.element && value.shape.join() === type.shape.join()
      ? undefined
      : `is an array of ${value.shape.join('x')}x${value.element.text}, expected ${type.text}`;
  }
  const scalar = type.kind === 'integer' || type.kind === 'index' || type.kind === 'float';
  if (scalar && typeof value !== 'number' && typeof value !== 'bigint')
    return `is ${describeValue(value)}, expected ${type.text}`;
  return undefined;
}

/** A value in a few words, for messages. */
export const describeValue = (value: RuntimeValue): string =>
  value instanceof NdArray
    ? `an array of ${[...value.shape, value.element.text].join('x')}`
    : typeof value === 'object'
      ? `a ${value.runtimeKind}`
      : `the number ${value}`;
