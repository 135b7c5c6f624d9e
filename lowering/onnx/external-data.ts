/** Data of tensors that stand in files beside the model. */
import { DiagnosticError } from '../../ir/index.ts';
import type { StringStringEntryProto } from './generated/onnx_pb.js';

/** Reads `length` bytes of a file beside the model; the tool sees to it that it lies in the model's folder. */
export type ReadExternal = (location: string, offset: number, length: number) => Uint8Array;

/**
 * The `size` bytes that the entries of a tensor speak of; `fail` is told what does not fit. The path is checked
 * before anything is read, and a length in the file never decides how much is read.
 */
export function externalBytes(
  entries: readonly StringStringEntryProto[],
  size: number,
  readExternal: ReadExternal | undefined,
  fail: (message: string) => never,
): Uint8Array {
  const entry = (key: string): string | undefined => entries.find((pair) => pair.key === key)?.value;
  const number = (key: string): number | undefined => {
    const text = entry(key);
    if (text === undefined) return undefined;
    return /^\d{1,15}$/.test(text) ? Number(text) : fail(`has external ${key} '${text}', expected a number of bytes`);
  };
  const location = entry('location') ?? fail('has external data without a location');
  if (leadsOutside(location)) fail(`has its data at '${location}', which is outside the model's folder`);
  if (!readExternal) return fail(`has its data in '${location}', but external data cannot be read here`);
  const length = number('length') ?? size;
  if (length !== size) fail(`has ${length} bytes of external data, expected ${size}`);
  const offset = number('offset') ?? 0;
  const bytes = read(() => readExternal(location, offset, size), location, fail);
  return bytes.length === size ? bytes : fail(`has ${bytes.length} bytes of external data, expected ${size}`);
}

const leadsOutside = (location: string): boolean =>
  /^([/\\]|[A-Za-z]:)/.test(location) || location.split(/[/\\]/).includes('..') || location.includes('\0');

/** What the reader says about the file is told at the tensor. */
function read(from: () => Uint8Array, location: string, fail: (message: string) => never): Uint8Array {
  try {
    return from();
  } catch (error) {
    if (error instanceof DiagnosticError) return fail(`has its data in '${location}': ${error.message}`);
    throw error;
  }
}
