/** Scanning over bytes of MLIR text without making tokens. */
import { decode } from './span-table.ts';

const suffix = new Uint8Array(256);
const identifier = new Uint8Array(256);
const identifierStart = new Uint8Array(256);
const hexDigit = new Uint8Array(256);
for (let byte = 0; byte < 128; byte++) {
  const letter = String.fromCharCode(byte);
  if (/[A-Za-z_]/.test(letter)) identifierStart[byte] = 1;
  if (/[A-Za-z0-9_$.]/.test(letter)) identifier[byte] = 1;
  if (/[A-Za-z0-9_$.-]/.test(letter)) suffix[byte] = 1;
  if (/[0-9A-Fa-f]/.test(letter)) hexDigit[byte] = 1;
}

/** Whether a byte is a decimal digit. */
export const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
/** Whether a byte may start a bare name. */
export const isIdentifierStart = (byte: number): boolean => identifierStart[byte] === 1;
/** Whether a byte may stand inside a bare name. */
export const isIdentifier = (byte: number): boolean => identifier[byte] === 1;
/** Whether a byte may stand in a name after `%` or `^`. */
export const isSuffix = (byte: number): boolean => suffix[byte] === 1;

type Fail = (message: string, offset: number) => never;

const isHexDigit = (byte: number): boolean =>
  isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);

/** The byte after a string of hexadecimal digits only, such as `"0x12AB"`, which may be long; 0 when it is another. */
function skipHexDigits(bytes: Uint8Array, start: number): number {
  if (bytes[start + 1] !== 0x30 || bytes[start + 2] !== 0x78) return 0;
  let at = start + 3;
  while (hexDigit[bytes[at] as number] === 1) at++;
  return bytes[at] === 0x22 ? at + 1 : 0;
}

/** The byte after the string that starts with the quote at `start`. */
export function skipString(bytes: Uint8Array, start: number, fail: Fail): number {
  const hex = skipHexDigits(bytes, start);
  if (hex > 0) return hex;
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x22) return at + 1;
    if (byte === 0x0a || byte === 0x0b || byte === 0x0c) return fail(`expected '"' in string literal`, start);
    if (byte !== 0x5c) continue;
    const escape = bytes[at + 1] as number;
    if (escape === 0x22 || escape === 0x5c || escape === 0x6e || escape === 0x74) at++;
    else if (isHexDigit(escape) && isHexDigit(bytes[at + 2] as number)) at += 2;
    else return fail('unknown escape in string literal', at);
  }
  return fail(`expected '"' in string literal`, start);
}

const closing: Readonly<Record<number, number>> = { 60: 0x3e, 40: 0x29, 91: 0x5d, 123: 0x7d };

/**
 * The byte after the bracket that closes the one at `start`. Strings and the mark `->` inside count
 * as no bracket; where the inside is a `dialect`'s own, nothing else does. Elsewhere it is tokens of
 * MLIR, which has comments and the marks `>=` and `<=`.
 */
export function skipBalanced(bytes: Uint8Array, start: number, fail: Fail, dialect = false): number {
  const open: number[] = [];
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x22) at = skipString(bytes, at, fail) - 1;
    else if (byte === 0x2f && bytes[at + 1] === 0x2f && !dialect) {
      const line = bytes.indexOf(0x0a, at);
      at = line < 0 ? bytes.length : line;
    } else if (
      (byte === 0x2d && bytes[at + 1] === 0x3e) ||
      ((byte === 0x3e || byte === 0x3c) && bytes[at + 1] === 0x3d && !dialect)
    )
      at++;
    else if (closing[byte] !== undefined) open.push(closing[byte] as number);
    else if (byte === open.at(-1)) {
      open.pop();
      if (open.length === 0) return at + 1;
    } else if (byte === 0x3e || byte === 0x29 || byte === 0x5d || byte === 0x7d)
      return fail(`unbalanced '${String.fromCharCode(byte)}' character in pretty dialect name`, at);
  }
  return fail(`unbalanced '${String.fromCharCode(bytes[start] as number)}' character in pretty dialect name`, start);
}

/** The byte after the number at `start`, sign included; negative when the number has a point. */
export function skipNumber(bytes: Uint8Array, start: number): number {
  let at = bytes[start] === 0x2d ? start + 1 : start;
  if (bytes[at] === 0x30 && bytes[at + 1] === 0x78 && isHexDigit(bytes[at + 2] as number)) {
    for (at += 2; isHexDigit(bytes[at] as number); ) at++;
    return at;
  }
  while (isDigit(bytes[at] as number)) at++;
  if (bytes[at] !== 0x2e) return at;
  for (at++; isDigit(bytes[at] as number); ) at++;
  if (bytes[at] === 0x65 || bytes[at] === 0x45) {
    const sign = bytes[at + 1] === 0x2b || bytes[at + 1] === 0x2d ? 2 : 1;
    if (isDigit(bytes[at + sign] as number)) for (at += sign; isDigit(bytes[at] as number); ) at++;
  }
  return -at;
}

const skipBlanks = (bytes: Uint8Array, start: number): number => {
  let at = start;
  while (bytes[at] === 0x20) at++;
  return at;
};

/** The byte after the dimensions `4x?x[8]x` or `*x` at `start`, blanks around `x` allowed; −1 without any. */
export function skipShape(bytes: Uint8Array, start: number): number {
  if (bytes[start] === 0x2a) return bytes[start + 1] === 0x78 ? start + 2 : -1;
  let at = start;
  let end = -1;
  for (;;) {
    const open = bytes[at] === 0x5b;
    if (open) at = skipBlanks(bytes, at + 1);
    const digits = at;
    if (bytes[at] === 0x3f) at++;
    else while (isDigit(bytes[at] as number)) at++;
    if (at === digits) return end;
    if (open) {
      at = skipBlanks(bytes, at);
      if (bytes[at] !== 0x5d) return end;
      at++;
    }
    at = skipBlanks(bytes, at);
    if (bytes[at] !== 0x78) return end;
    end = ++at;
    at = skipBlanks(bytes, at);
  }
}

/** The value of the string whose quotes stand at `start` and before `end`, escapes resolved. */
export function unquote(bytes: Uint8Array, start: number, end: number): string {
  const body = bytes.subarray(start + 1, end - 1);
  if (!body.includes(0x5c)) return decode(bytes, start + 1, end - 1);
  const plain = new Uint8Array(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at++) {
    if (body[at] !== 0x5c) {
      plain[length++] = body[at] as number;
      continue;
    }
    const escape = body[++at] as number;
    const short = escape === 0x6e ? 0x0a : escape === 0x74 ? 0x09 : escape === 0x22 || escape === 0x5c ? escape : -1;
    if (short >= 0) plain[length++] = short;
    else plain[length++] = Number.parseInt(decode(body, at, ++at + 1), 16);
  }
  return decode(plain, 0, length);
}
