/** Inputs of several parts: `--split-input-file`. */

/** What stands between parts unless the user says otherwise. */
export const defaultMarker = '// -----';

/** One part of an input. */
export interface InputPart {
  readonly bytes: Uint8Array;
  /** The line of the whole input at which the part begins, from 1. */
  readonly firstLine: number;
}

/** The parts between lines that begin with `marker`; the marker itself belongs to none. */
export function splitInput(bytes: Uint8Array, marker: string): readonly InputPart[] {
  const wanted = Buffer.from(marker);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: InputPart[] = [];
  let start = 0;
  let firstLine = 1;
  const add = (end: number): void => {
    parts.push({ bytes: bytes.subarray(start, end), firstLine });
  };
  for (let at = buffer.indexOf(wanted); at >= 0; at = buffer.indexOf(wanted, at + wanted.length)) {
    if (at !== 0 && buffer[at - 1] !== 0x0a) continue;
    add(at);
    for (let line = buffer.indexOf(0x0a, start); line >= 0 && line < at; line = buffer.indexOf(0x0a, line + 1))
      firstLine++;
    start = at + wanted.length;
  }
  add(bytes.length);
  return parts;
}
