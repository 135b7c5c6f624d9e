/** Parts of protobuf messages, found where they stand in the file. Source: the protobuf encoding specification. */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { DiagnosticError, errorAt, unknownLocation } from '../../ir/index.ts';

/**
 * How much structure of one file becomes objects, in bytes of the file: 32 MiB. Data of tensors does not count. A byte
 * may cost a hundred in memory, so without this a file of empty nodes would take more than there is.
 */
export const largestStructure = 2 ** 25;

/** What is left of `largestStructure` while a file is read. */
export interface StructureBudget {
  left: number;
}

/** A message taken apart. */
export interface MessageParts {
  /** Contents of the fields that were asked for, by number; views of the message. */
  readonly parts: ReadonlyMap<number, readonly Uint8Array[]>;
  /** The message without these fields and without the dropped ones. */
  readonly rest: Uint8Array;
}

/** What an object made for a part counts, beside the bytes in it. */
const partCost = 32;

/** The budget of a new file. */
export const structureBudget = (): StructureBudget => ({ left: largestStructure });

function spend(budget: StructureBudget, bytes: number): void {
  budget.left -= bytes;
  if (budget.left >= 0) return;
  const message = `the ONNX file has more than ${largestStructure} bytes beside the data of its tensors, which is not accepted`;
  throw new DiagnosticError([errorAt(unknownLocation, message)]);
}

/**
 * Takes a message apart without looking into the fields `keep` and `drop`, as far as they are length-delimited. Throws
 * an `Error` for bytes that are not a message, a `DiagnosticError` when the budget is spent.
 */
export function splitMessage(
  message: Uint8Array,
  keep: readonly number[],
  drop: readonly number[],
  budget: StructureBudget,
): MessageParts {
  const reader = new BinaryReader(message);
  const parts = new Map<number, Uint8Array[]>();
  const rest: Uint8Array[] = [];
  let restFrom = 0;
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [number, wireType] = reader.tag();
    const kept = keep.includes(number);
    if (wireType !== WireType.LengthDelimited || !(kept || drop.includes(number))) {
      reader.skip(wireType, number);
      continue;
    }
    if (start > restFrom) rest.push(message.subarray(restFrom, start));
    const content = reader.bytes();
    restFrom = reader.pos;
    if (!kept) continue;
    spend(budget, partCost);
    const same = parts.get(number);
    if (same) same.push(content);
    else parts.set(number, [content]);
  }
  if (reader.len > restFrom) rest.push(message.subarray(restFrom));
  const whole = joinParts(rest);
  spend(budget, whole.length);
  return { parts, rest: whole };
}

/** Parts one after the other; protobuf merges the parts of one message so. A single part is not copied. */
export function joinParts(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0] as Uint8Array;
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/**
 * The numbers of a packed field of varints as little-endian integers of `size` bytes, from the low bits; undefined
 * when they are not `count` varints of at most ten bytes.
 */
export function unpackVarints(packed: Uint8Array, count: number, size: number): Uint8Array | undefined {
  let ends = 0;
  for (const byte of packed) if (byte < 0x80) ends++;
  // Counted first, so that nothing is allocated for numbers that are not there.
  if (ends !== count || (packed.at(-1) ?? 0) >= 0x80) return undefined;
  const bytes = new Uint8Array(count * size);
  const view = new DataView(bytes.buffer);
  let from = 0;
  for (let at = 0; at < count; at++) {
    let low = 0;
    let high = 0;
    let index = 0;
    for (let byte = 0x80; byte >= 0x80; index++) {
      byte = packed[from++] as number;
      const bits = byte & 0x7f;
      if (index < 5) low |= bits << (7 * index);
      if (index === 4) high = bits >>> 4;
      else if (index >= 5) high |= bits << (7 * index - 32);
    }
    if (index > 10) return undefined;
    if (size === 1) bytes[at] = low & 0xff;
    else if (size === 2) view.setUint16(at * 2, low & 0xffff, true);
    else view.setInt32(at * size, low, true);
    if (size === 8) view.setInt32(at * 8 + 4, high, true);
  }
  return bytes;
}
