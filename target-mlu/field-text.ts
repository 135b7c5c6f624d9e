/** How each kind of field is spelled in assembly. */
import type { Field, Operand } from './field.ts';

/** The line does not fit the syntax; `at` is the column, from 0, of the first wrong character. */
export class LineError extends Error {
  override readonly name = 'LineError';
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** Finds the instruction that a label stands before; undefined when there is no such label. */
export type Labels = (name: string) => number | undefined;

/** The assembly text of a field's value. */
export function fieldText(field: Field, value: Operand | string): string {
  if (typeof value === 'object') {
    const { register, offset } = value;
    return offset === 0 ? `r${register}` : `r${register}${offset < 0 ? '' : '+'}${offset}`;
  }
  switch (field.kind) {
    case 'register':
      return `r${value}`;
    case 'predicate':
      return `p${value}`;
    case 'target':
      return `@${value}`;
    default:
      return String(value);
  }
}

const number = '-?(?:0[xX][0-9a-fA-F]+|[0-9]+)';
const patterns = {
  operand: new RegExp(`(?:r([0-9]+)(?:\\s*([+-])\\s*([0-9]+))?|(${number}))(?![\\w.])`, 'y'),
  register: /r([0-9]+)(?![\w.])/y,
  predicate: /p([0-9]+)(?![\w.])/y,
  wide: new RegExp(`(${number})(?![\\w.])`, 'y'),
  target: /@([\w.]+)/y,
  choice: /([\w]+)/y,
};
const expected = {
  operand: 'a number or a register like r3 or r3+64',
  register: 'a register r0..r63',
  predicate: 'a predicate register p0..p7',
  wide: 'a number',
  target: 'a label like @loop',
};

function integer(text: string): number {
  return text.startsWith('-') ? -Number(text.slice(1)) + 0 : Number(text);
}

/** Reads `field` from `line` at column `at`; returns its value and the column after it, or throws LineError. */
export function parseField(
  field: Field,
  name: string,
  line: string,
  at: number,
  labels: Labels,
): [Operand | string, number] {
  const pattern = patterns[field.kind];
  pattern.lastIndex = at;
  const found = pattern.exec(line);
  const wanted = field.kind === 'choice' ? field.values.join(', ') : expected[field.kind];
  if (found === null || (field.kind === 'choice' && !field.values.includes(found[1] as string))) {
    const rest = /^[^\s,\]]*/.exec(line.slice(at))?.[0] || line.slice(at, at + 1);
    throw new LineError(
      `'${name}' (${field.doc}): found ${rest === '' ? 'the end of the line' : `'${rest}'`}, expected ${wanted}`,
      at,
    );
  }
  const [text, first, sign, offset, constant] = found;
  const end = at + text.length;
  switch (field.kind) {
    case 'operand':
      if (constant !== undefined) return [integer(constant), end];
      return [
        { register: Number(first), offset: offset === undefined ? 0 : integer((sign === '-' ? '-' : '') + offset) },
        end,
      ];
    case 'choice':
      return [first as string, end];
    case 'target': {
      const place = /^[0-9]+$/.test(first as string) ? Number(first) : labels(first as string);
      if (place === undefined) throw new LineError(`no label '${first}' in this section`, at);
      return [place, end];
    }
    default:
      return [integer(first as string), end];
  }
}
