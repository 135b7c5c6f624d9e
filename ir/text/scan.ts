/** Scanning over bytes of MLIR text without making tokens. */

const suffix = new Uint8Array(256);
const identifier = new Uint8Array(256);
const identifierStart = new Uint8Array(256);
for (let byte = 0; byte < 128; byte++) {
  const letter = String.fromCharCode(byte);
  if (/[A-Za-z_]/.test(letter)) identifierStart[byte] = 1;
  if (/[A-Za-z0-9_$.]/.test(letter)) identifier[byte] = 1;
  if (/[A-Za-z0-9_$.-]/.test(letter)) suffix[byte] = 1;
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

const isHexDigit = (byte: number): boolean => /[0-9A-Fa-f]/.test(String.fromCharCode(byte));

/** The byte after the string that starts with the quote at `start`. */
export function skipString(bytes: Uint8Array, start: number, fail: Fail): number {
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

const closing: Readonly<Record<number, number>> = { 0x3c: 0x3e, 0x28: 0x29, 0x5b: 0x5d, 0x7b: 0x7d };

/**
 * The byte after the bracket that closes the one at `start`. Strings and the marks `->`, `>=` and
 * `<=` inside count as no bracket.
 */
export function skipBalanced(bytes: Uint8Array, start: number, fail: Fail): number {
  const open: number[] = [];
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x22) at = skipString(bytes, at, fail) - 1;
    else if (byte === 0x2f && bytes[at + 1] === 0x2f) {
      const line = bytes.indexOf(0x0a, at);
      at = line < 0 ? bytes.length : line;
    } else if ((byte === 0x2d && bytes[at + 1] === 0x3e) || ((byte === 0x3e || byte === 0x3c) && bytes[at + 1] === 0x3d)) at++;
    else if (closing[byte] !== undefined) open.push(closing[byte] as number);
    else if (byte === open.at(-1)) {
      open.pop();
      if (open.length === 0) return at + 1;
    } else if (byte === 0x3e || byte === 0x29 || byte === 0x5d || byte === 0x7d)
      return fail(`unbalanced '${String.fromCharCode(byte)}' character in pretty dialect name`, at);
  }
  return fail(`unbalanced '${String.fromCharCode(bytes[start] as number)}' character in pretty dialect name`, start);
}
