/**
 * Terms over bit-vectors: what a solver is asked about, and what a program can compute by itself. A truth value is a
 * vector of one bit. The operators are those of SMT-LIB's theory of fixed-size bit-vectors.
 */

/** Operators whose operands and result have one width. */
type Arithmetic =
  | 'bvadd'
  | 'bvsub'
  | 'bvmul'
  | 'bvudiv'
  | 'bvurem'
  | 'bvsdiv'
  | 'bvsrem'
  | 'bvand'
  | 'bvor'
  | 'bvxor'
  | 'bvshl'
  | 'bvlshr'
  | 'bvashr';
/** Operators that compare two vectors of one width. */
type Comparison = '=' | 'bvult' | 'bvule' | 'bvslt' | 'bvsle';
type Operator = Arithmetic | Comparison | 'bvnot' | 'ite' | 'concat' | 'extract' | 'zero_extend' | 'sign_extend';

/** A bit-vector of a width: a number, a name, or an operator on terms. */
export type Term =
  | { readonly kind: 'number'; readonly width: number; readonly value: bigint }
  | { readonly kind: 'name'; readonly width: number; readonly name: string }
  | {
      readonly kind: 'apply';
      readonly width: number;
      readonly operator: Operator;
      readonly terms: readonly Term[];
      /** The lowest bit of an `extract`. */
      readonly low: number;
    };

/** The number `value`, wrapped into `width` bits. */
export const bits = (value: bigint, width: number): Term => ({
  kind: 'number',
  width,
  value: BigInt.asUintN(width, value),
});
/** A vector that may have any value. */
export const unknown = (name: string, width: number): Term => ({ kind: 'name', width, name });
/** The truth value that always holds. */
export const yes: Term = bits(1n, 1);
/** The truth value that never holds. */
export const no: Term = bits(0n, 1);

const apply = (operator: Operator, width: number, terms: readonly Term[], low = 0): Term => ({
  kind: 'apply',
  width,
  operator,
  terms,
  low,
});
/** An operator whose result is as wide as its operands. */
export const arithmetic = (operator: Arithmetic, x: Term, y: Term): Term => apply(operator, x.width, [x, y]);
/** A truth value. */
export const compare = (operator: Comparison, x: Term, y: Term): Term => apply(operator, 1, [x, y]);
/** Whether two vectors are the same. */
export const same = (x: Term, y: Term): Term => compare('=', x, y);
/** The other bits. */
export const not = (x: Term): Term => apply('bvnot', x.width, [x]);
const joined =
  (operator: 'bvand' | 'bvor', nothing: Term) =>
  (...of: readonly Term[]): Term =>
    of.filter((one) => one !== nothing).reduce((x, y) => (x === nothing ? y : arithmetic(operator, x, y)), nothing);
/** All of some truth values. */
export const all = joined('bvand', yes);
/** Any of some truth values. */
export const any = joined('bvor', no);
/** `x` where the condition holds, else `y`. */
export const choose = (condition: Term, x: Term, y: Term): Term => apply('ite', x.width, [condition, x, y]);
/** The bits of `high` above those of `low`. */
export const join = (high: Term, low: Term): Term => apply('concat', high.width + low.width, [high, low]);
/** `width` bits from bit `low` on. */
export const part = (x: Term, low: number, width: number): Term => apply('extract', width, [x], low);
/** The same number in more bits, or the low bits. */
export const resize = (x: Term, width: number, how: 'zero_extend' | 'sign_extend'): Term =>
  width === x.width ? x : width < x.width ? part(x, 0, width) : apply(how, width, [x]);

/** Calls `visit` once for every part of a term, operands first. */
function walk(root: Term, visit: (term: Term) => unknown, seen: Set<Term> = new Set()): void {
  if (seen.has(root)) return;
  seen.add(root);
  if (root.kind === 'apply') for (const term of root.terms) walk(term, visit, seen);
  visit(root);
}

const signed = (x: bigint, width: number): bigint => BigInt.asIntN(width, x);
const truth = (holds: boolean): bigint => (holds ? 1n : 0n);

/** What an operator gives for numbers of its operands' width; division by zero is what SMT-LIB says it is. */
function compute({ operator, terms, low, width }: Term & { kind: 'apply' }, given: readonly bigint[]): bigint {
  const [x = 0n, y = 0n, z = 0n] = given;
  const from = terms[0]?.width ?? 0;
  const [a, b] = [signed(x, from), signed(y, from)];
  switch (operator) {
    case 'bvadd':
      return x + y;
    case 'bvsub':
      return x - y;
    case 'bvmul':
      return x * y;
    case 'bvudiv':
      return y === 0n ? -1n : x / y;
    case 'bvurem':
      return y === 0n ? x : x % y;
    case 'bvsdiv':
      return b === 0n ? (a < 0n ? 1n : -1n) : a / b;
    case 'bvsrem':
      return b === 0n ? a : a % b;
    case 'bvand':
      return x & y;
    case 'bvor':
      return x | y;
    case 'bvxor':
      return x ^ y;
    case 'bvshl':
      return y < BigInt(from) ? x << y : 0n;
    case 'bvlshr':
      return y < BigInt(from) ? x >> y : 0n;
    case 'bvashr':
      return a >> (y < BigInt(from) ? y : BigInt(from));
    case '=':
      return truth(x === y);
    case 'bvult':
      return truth(x < y);
    case 'bvule':
      return truth(x <= y);
    case 'bvslt':
      return truth(a < b);
    case 'bvsle':
      return truth(a <= b);
    case 'bvnot':
      return ~x;
    case 'ite':
      return x === 1n ? y : z;
    case 'concat':
      return (x << BigInt(terms[1]?.width ?? 0)) | y;
    case 'extract':
      return BigInt.asUintN(width, x >> BigInt(low));
    case 'zero_extend':
      return x;
    case 'sign_extend':
      return a;
  }
}

/** A function that gives the value of a term, as a number that is not negative, for values of its names. */
export function evaluator(roots: readonly Term[]): (names: ReadonlyMap<string, bigint>) => readonly bigint[] {
  const order: Term[] = [];
  const seen = new Set<Term>();
  for (const root of roots) walk(root, (term) => order.push(term), seen);
  const place = new Map(order.map((term, at) => [term, at]));
  const operands = order.map((term) =>
    term.kind === 'apply' ? term.terms.map((one) => place.get(one) as number) : [],
  );
  const values: bigint[] = order.map(() => 0n);
  return (names) => {
    for (const [at, term] of order.entries()) {
      const value =
        term.kind === 'number'
          ? term.value
          : term.kind === 'name'
            ? (names.get(term.name) ?? 0n)
            : compute(
                term,
                (operands[at] as readonly number[]).map((from) => values[from] as bigint),
              );
      values[at] = BigInt.asUintN(term.width, value);
    }
    return roots.map((root) => values[place.get(root) as number] as bigint);
  };
}

const numberText = (value: bigint, width: number): string => `#b${value.toString(2).padStart(width, '0')}`;
const comparisons: ReadonlySet<Operator> = new Set(['=', 'bvult', 'bvule', 'bvslt', 'bvsle']);

function applyText({ operator, terms, low, width }: Term & { kind: 'apply' }, given: readonly string[]): string {
  const list = given.join(' ');
  if (comparisons.has(operator)) return `(ite (${operator} ${list}) #b1 #b0)`;
  if (operator === 'ite') return `(ite (= ${given[0]} #b1) ${given[1]} ${given[2]})`;
  if (operator === 'extract') return `((_ extract ${low + width - 1} ${low}) ${list})`;
  const wider = operator === 'zero_extend' || operator === 'sign_extend';
  return wider ? `((_ ${operator} ${width - (terms[0]?.width ?? 0)}) ${list})` : `(${operator} ${list})`;
}

/** SMT-LIB commands that assert a truth value, and the names in it by width; what is read twice is written once. */
export function assertion(claim: Term): { readonly text: string; readonly names: ReadonlyMap<string, number> } {
  const readers = new Map<Term, number>();
  walk(claim, (term) => {
    if (term.kind === 'apply') for (const one of term.terms) readers.set(one, (readers.get(one) ?? 0) + 1);
  });
  const names = new Map<string, number>();
  const bindings: string[] = [];
  const written = new Map<Term, string>();
  walk(claim, (term) => {
    if (term.kind === 'number') written.set(term, numberText(term.value, term.width));
    else if (term.kind === 'name') {
      names.set(term.name, term.width);
      written.set(term, term.name);
    } else {
      const text = applyText(
        term,
        term.terms.map((one) => written.get(one) as string),
      );
      if ((readers.get(term) ?? 0) < 2) return written.set(term, text);
      const name = `t${bindings.length}`;
      // Not `define-fun`: the solver keeps each as a function of its own, which takes longer than most answers.
      bindings.push(`(let ((${name} ${text}))`);
      written.set(term, name);
    }
  });
  const declared = [...names].map(([name, width]) => `(declare-const ${name} (_ BitVec ${width}))`);
  const body = `(= ${written.get(claim)} #b1)${')'.repeat(bindings.length)}`;
  return { text: [...declared, '(assert', ...bindings, `${body})`].join('\n'), names };
}
