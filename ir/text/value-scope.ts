/** Names of values while a text is read: definitions, uses before them, and where they are visible. */
import type { Context } from '../context.ts';
import { typeOfId } from '../type.ts';
import { failAt, ParseFailure } from './failure.ts';
import type { SpanTable } from './span-table.ts';

/** Names that are not numbers have their interned index plus this as key. */
export const namedKey = 1 << 24;

/** In place of a value whose definition could not be read. */
const unknown = -1;

/** A value that was used before its definition. */
interface Forward {
  readonly part: number;
  readonly placeholder: number;
  readonly offset: number;
  /** The regions around the use, innermost last: only a definition in one of them is meant. */
  readonly around: readonly number[];
}

const grown = (column: Int32Array, needed: number): Int32Array => {
  if (needed < column.length) return column;
  const larger = new Int32Array(Math.max(needed + 1, column.length * 2));
  larger.set(column);
  return larger;
};

/** The values that are visible at the current place of the text. */
export class ValueScope {
  private readonly context: Context;
  private readonly names: SpanTable;
  /** First value of a pack by key, and how many; one pair of columns for numbers, one for names. */
  private numbered: Int32Array;
  private numberedCounts: Int32Array;
  private named: Int32Array;
  private namedCounts: Int32Array;
  /** Keys defined in the open regions, and where each region's begin. */
  private readonly defined: number[];
  private readonly marks: number[];
  private readonly forwards: Map<number, Forward[]>;
  /** Numbers of the open regions, innermost last, and the next number. */
  private readonly open: number[];
  private nextRegion: number;

  constructor(context: Context, names: SpanTable) {
    this.context = context;
    this.names = names;
    this.numbered = new Int32Array(1024);
    this.numberedCounts = new Int32Array(1024);
    this.named = new Int32Array(256);
    this.namedCounts = new Int32Array(256);
    this.defined = [];
    this.marks = [];
    this.forwards = new Map();
    this.open = [];
    this.nextRegion = 0;
  }

  /** The name that a key stands for, with `%`. */
  text(key: number): string {
    return `%${key < namedKey ? key : this.names.text(key - namedKey)}`;
  }

  /** A region begins: what is defined from here on ends with it. */
  begin(): void {
    this.marks.push(this.defined.length);
    this.open.push(this.nextRegion++);
  }

  /** The region ends. */
  end(): void {
    const mark = this.marks.pop() as number;
    this.open.pop();
    for (let at = this.defined.length; at > mark; at--) {
      const key = this.defined.pop() as number;
      if (key < namedKey) this.numbered[key] = 0;
      else this.named[key - namedKey] = 0;
    }
  }

  /** Gives a name to `count` values from `first` on. */
  define(key: number, first: number, count: number, offset: number): void {
    const isNumber = key < namedKey;
    const at = isNumber ? key : key - namedKey;
    if (isNumber && at >= this.numbered.length) {
      this.numbered = grown(this.numbered, at);
      this.numberedCounts = grown(this.numberedCounts, at);
    } else if (!isNumber && at >= this.named.length) {
      this.named = grown(this.named, at);
      this.namedCounts = grown(this.namedCounts, at);
    }
    const values = isNumber ? this.numbered : this.named;
    if (values[at] !== 0) failAt(`redefinition of SSA value '${this.text(key)}'`, offset);
    values[at] = first;
    (isNumber ? this.numberedCounts : this.namedCounts)[at] = count;
    this.defined.push(key);
    if (this.forwards.size > 0) this.resolve(key, first, count, offset);
  }

  /** The name that is the current token stands for anything: its definition could not be read. */
  defineUnknown(lexer: { readonly number: number; readonly id: number; readonly start: number }): void {
    const key = lexer.number >= 0 ? lexer.number : namedKey + lexer.id;
    this.forwards.delete(key);
    if (!this.isDefined(key)) this.define(key, unknown, 1, lexer.start);
  }

  private resolve(key: number, first: number, count: number, offset: number): void {
    const uses = this.forwards.get(key);
    if (!uses) return;
    const { columns } = this.context;
    const here = this.open.at(-1);
    const rest: Forward[] = [];
    for (const forward of uses) {
      const { part, placeholder, offset: use, around } = forward;
      // A region beside the one that reads it does not hold what is meant.
      if (here !== undefined && !around.includes(here)) {
        rest.push(forward);
        continue;
      }
      if (part >= count) failAt(`reference to invalid result number`, use);
      const value = first + part;
      if (columns.valueType[placeholder] !== columns.valueType[value])
        this.wrongType(key, columns.valueType[value] as number, columns.valueType[placeholder] as number, offset);
      columns.replaceUses(placeholder, value);
      this.context.eraseValues(placeholder, 1);
    }
    if (rest.length > 0) this.forwards.set(key, rest);
    else this.forwards.delete(key);
  }

  private wrongType(key: number, found: number, before: number, offset: number): never {
    return failAt(
      `use of value '${this.text(key)}' expects different type than prior uses: ` +
        `'${typeOfId(found).text}' vs '${typeOfId(before).text}'`,
      offset,
    );
  }

  /** Whether the name stands for something, as far as the text has been read. */
  isDefined(key: number): boolean {
    return Boolean(key < namedKey ? this.numbered[key] : this.named[key - namedKey]);
  }

  /** Value `part` of the pack called `key`, which is used as a `type`. */
  use(key: number, part: number, type: number, offset: number): number {
    const isNumber = key < namedKey;
    const at = isNumber ? key : key - namedKey;
    const first = (isNumber ? this.numbered[at] : this.named[at]) ?? 0;
    if (first === 0) return this.forward(key, part, type, offset);
    if (first === unknown) return this.anything(type);
    if (part >= ((isNumber ? this.numberedCounts[at] : this.namedCounts[at]) as number))
      failAt('reference to invalid result number', offset);
    const value = first + part;
    const known = this.context.columns.valueType[value] as number;
    if (known !== type) this.wrongType(key, type, known, offset);
    return value;
  }

  /** A value of a type, for a name of which nothing else is known. */
  private anything(type: number): number {
    const { columns } = this.context;
    const value = columns.newValues(1, 0);
    columns.valueType[value] = type;
    columns.valueUse[value] = 0;
    return value;
  }

  private forward(key: number, part: number, type: number, offset: number): number {
    let uses = this.forwards.get(key);
    if (!uses) {
      uses = [];
      this.forwards.set(key, uses);
    }
    const { columns } = this.context;
    const here = this.open.at(-1);
    const known = uses.find((one) => one.part === part && one.around.at(-1) === here);
    if (known) {
      if (columns.valueType[known.placeholder] !== type)
        this.wrongType(key, type, columns.valueType[known.placeholder] as number, offset);
      return known.placeholder;
    }
    const placeholder = this.anything(type);
    uses.push({ part, placeholder, offset, around: [...this.open] });
    return placeholder;
  }

  /** Every use without a definition; called at the end of the text. */
  undefinedUses(): readonly ParseFailure[] {
    const failures: ParseFailure[] = [];
    for (const [, uses] of this.forwards)
      for (const { offset } of uses) failures.push(new ParseFailure('use of undeclared SSA value name', offset));
    return failures.sort((a, b) => a.offset - b.offset);
  }
}
