/**
 * MLIR text as tokens, roughly: for mutations, which must also work on what no parser reads. Texts
 * are strings of one character a byte (`latin1`), so that any bytes survive.
 */

const pattern = /\s+|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|->|[%^@#!]?[\w$.-]*\w|./gs;

/** A text as its tokens; together they are the text. */
export const tokensOf = (text: string): string[] => text.match(pattern) ?? [];

/** What a token is, so that one may be replaced by another of its class. */
export function classOf(token: string): string {
  const [first = ''] = token;
  if (/\s/.test(first)) return 'blank';
  if (token.startsWith('//')) return 'comment';
  if (/[%^@#!"]/.test(first)) return first;
  if (/^-?\d/.test(token)) return /^\d+x/.test(token) ? 'shape' : 'number';
  return /^\w/.test(token) ? 'word' : 'mark';
}

/** Where bracketed ranges are: indices of the opening and the closing token. */
export interface Range {
  readonly open: number;
  readonly close: number;
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** The bracketed ranges of a token list; brackets that have no partner are passed over. */
export function rangesOf(tokens: readonly string[]): readonly Range[] {
  const ranges: Range[] = [];
  const open: number[] = [];
  for (const [at, token] of tokens.entries()) {
    if (Object.hasOwn(closing, token)) open.push(at);
    else if (token === ')' || token === ']' || token === '}' || token === '>') {
      const partner = open.findLastIndex((start) => closing[tokens[start] as string] === token);
      if (partner < 0) continue;
      ranges.push({ open: open[partner] as number, close: at });
      open.length = partner;
    }
  }
  return ranges;
}
