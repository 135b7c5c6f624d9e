/**
 * Affine maps and integer sets: from any spelling to the canonical one, with dimensions called
 * d0, d1, … and symbols s0, s1, …, simplified as upstream does when it reads them.
 */
import {
  type AffineExpression,
  AffineOverflow,
  add,
  affineText,
  binary,
  constant,
  dim,
  multiply,
  negate,
  symbol,
} from './affine-expression.ts';
import { failAt } from './failure.ts';

const tokenPattern = /\s*(->|>=|<=|==|[A-Za-z_][\w$.]*|\d+|[()[\],:+*-])/y;

/** Reads one map or set. */
class AffineReader {
  private readonly body: string;
  private readonly base: number;
  private readonly names: Map<string, AffineExpression>;
  private position: number;
  private next: string;
  private nextStart: number;
  private depth: number;

  constructor(body: string, base: number) {
    this.body = body;
    this.base = base;
    this.names = new Map();
    this.position = 0;
    this.next = '';
    this.nextStart = 0;
    this.depth = 0;
    this.advance();
  }

  private advance(): string {
    const token = this.next;
    tokenPattern.lastIndex = this.position;
    const found = tokenPattern.exec(this.body);
    const blank = /^\s*/.exec(this.body.slice(this.position))?.[0].length ?? 0;
    this.nextStart = this.position + blank;
    if (!found && this.nextStart < this.body.length) this.fail('expected affine expression');
    this.next = found?.[1] ?? '';
    this.position = found ? tokenPattern.lastIndex : this.body.length;
    return token;
  }

  fail(message: string): never {
    return failAt(message, this.base + this.nextStart);
  }

  at(token: string): boolean {
    return this.next === token;
  }

  accept(token: string): boolean {
    if (this.next !== token) return false;
    this.advance();
    return true;
  }

  expect(token: string, where = ''): void {
    if (!this.accept(token)) this.fail(`expected '${token}'${where}`);
  }

  private isName(): boolean {
    return /^[A-Za-z_]/.test(this.next);
  }

  /** `(d0, d1)[s0]`: the counts of dimensions and symbols. */
  header(): readonly [number, number] {
    const count = (open: string, close: string, make: (at: number) => AffineExpression): number => {
      this.expect(open);
      let at = 0;
      while (!this.at(close)) {
        if (at > 0) this.expect(',');
        if (!this.isName()) this.fail('expected bare identifier');
        if (this.names.has(this.next)) this.fail(`redefinition of identifier '${this.next}'`);
        this.names.set(this.advance(), make(at++));
      }
      this.expect(close);
      return at;
    };
    const dims = count('(', ')', dim);
    return [dims, this.at('[') ? count('[', ']', symbol) : 0];
  }

  list<T>(item: () => T): T[] {
    const items: T[] = [];
    this.expect('(', ' in affine map range');
    while (!this.at(')')) {
      if (items.length > 0) this.expect(',', ` or ')'`);
      items.push(item());
    }
    this.expect(')');
    return items;
  }

  end(): void {
    if (this.next !== '') this.fail(`expected '>'`);
  }

  expression(): AffineExpression {
    let left = this.product();
    for (;;) {
      if (this.accept('+'))
        left = add(
          left,
          this.operand(() => this.product()),
        );
      else if (this.accept('-')) left = add(left, negate(this.operand(() => this.product())));
      else return left;
    }
  }

  private operand(read: () => AffineExpression): AffineExpression {
    if (this.next === '' || this.at(')') || this.at(',')) this.fail('missing right operand of binary operator');
    return read();
  }

  private product(): AffineExpression {
    let left = this.factor();
    for (;;) {
      const operator = this.next;
      if (operator === '*') {
        this.advance();
        const right = this.operand(() => this.factor());
        left =
          multiply(left, right) ??
          this.fail(
            'non-affine expression: at least one of the multiply operands has to be either a constant or symbolic',
          );
      } else if (operator === 'floordiv' || operator === 'ceildiv' || operator === 'mod') {
        this.advance();
        const right = this.operand(() => this.factor());
        left =
          binary(operator, left, right) ??
          this.fail(`non-affine expression: right operand of ${operator} has to be either a constant or symbolic`);
      } else return left;
    }
  }

  private factor(): AffineExpression {
    if (++this.depth > 200) this.fail('nested deeper than 200 levels');
    const result = this.atom();
    this.depth--;
    return result;
  }

  private atom(): AffineExpression {
    if (this.accept('(')) {
      if (this.at(')')) this.fail('no expression inside parentheses');
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    if (this.accept('-')) return negate(this.factor());
    if (/^\d/.test(this.next)) return constant(Number(this.advance()));
    if (this.at('*') || this.at('+')) this.fail('missing left operand of binary operator');
    if (!this.isName()) this.fail('expected affine expression');
    if (this.next === 'symbol' && /^\s*\(/.test(this.body.slice(this.position))) {
      this.advance();
      return this.atom();
    }
    const known = this.names.get(this.next);
    if (!known) return this.fail(`use of undeclared identifier`);
    this.advance();
    return known;
  }
}

const headerText = (dims: number, symbols: number): string => {
  const names = (letter: string, count: number): string =>
    Array.from({ length: count }, (_, at) => `${letter}${at}`).join(', ');
  return `(${names('d', dims)})${symbols > 0 ? `[${names('s', symbols)}]` : ''}`;
};

/** The canonical text of an affine map from what stands between the angle brackets; `offset` is its place. */
export function canonicalMap(body: string, offset: number): string {
  return within(offset, () => mapText(new AffineReader(body, offset)));
}

/** Tells a number that is too large at the place of the whole map or set. */
function within(offset: number, read: () => string): string {
  try {
    return read();
  } catch (error) {
    if (error instanceof AffineOverflow) return failAt(error.message, offset);
    throw error;
  }
}

function mapText(reader: AffineReader): string {
  const [dims, symbols] = reader.header();
  if (!reader.accept('->')) reader.fail(`expected '->' or ':'`);
  const results = reader.list(() => affineText(reader.expression()));
  reader.end();
  return `${headerText(dims, symbols)} -> (${results.join(', ')})`;
}

/** The canonical text of an integer set from what stands between the angle brackets; `offset` is its place. */
export function canonicalSet(body: string, offset: number): string {
  return within(offset, () => setText(new AffineReader(body, offset)));
}

function setText(reader: AffineReader): string {
  const [dims, symbols] = reader.header();
  if (!reader.accept(':')) reader.fail(`expected '->' or ':'`);
  const constraints = reader.list(() => {
    const left = reader.expression();
    const operator =
      ['>=', '<=', '=='].find((sign) => reader.accept(sign)) ?? reader.fail(`expected '==', '<=' or '>='`);
    const right = reader.expression();
    const difference = operator === '<=' ? add(right, negate(left)) : add(left, negate(right));
    return `${affineText(difference)} ${operator === '==' ? '==' : '>='} 0`;
  });
  reader.end();
  return `${headerText(dims, symbols)} : (${constraints.join(', ')})`;
}
