/**
 * What integer arithmetic means to a solver: one line or three for each operation, written from upstream's documentation
 * and not from the interpreter. A value is its bits and whether it is poison; a division may leave no meaning at all.
 */
import { arith, integerPredicates } from '../../dialects/arith/index.ts';
import { bitsInFormat } from '../../interpreter/float-format.ts';
import type { Operation } from '../../ir/index.ts';
import { all, any, arithmetic, bits, choose, compare, no, not, part, resize, same, type Term } from './term.ts';

/** A value of a program. */
export interface Symbolic {
  readonly bits: Term;
  /** Whether it is poison: whatever is done with it is allowed. */
  readonly poison: Term;
}
/** What an operation gives. */
export interface Meaning {
  readonly results: readonly Symbolic[];
  /** Whether the whole program has no meaning. */
  readonly undefinedBehaviour: Term;
}
/** The meaning of one operation; `widths` are those of its results. */
export type Translation = (
  operands: readonly Symbolic[],
  widths: readonly number[],
  operation: Operation,
) => Meaning | undefined;

const { addi, subi, muli, shli, shrsi, shrui, divsi, divui, trunci, cmpi } = arith.ops;
const zero = (width: number): Term => bits(0n, width);
const lowest = (width: number): Term => bits(1n << BigInt(width - 1), width);
const isNegative = (x: Term): Term => part(x, x.width - 1, 1);
const isZero = (x: Term): Term => same(x, zero(x.width));
const wider = (x: Term, how: 'zero_extend' | 'sign_extend', by = x.width): Term => resize(x, x.width + by, how);

/** Operands that are poison make the results poison. */
const plain =
  (f: (given: readonly Term[], widths: readonly number[]) => readonly Term[]): Translation =>
  (operands, widths) => ({
    results: f(
      operands.map((one) => one.bits),
      widths,
    ).map((made) => ({ bits: made, poison: any(...operands.map(({ poison }) => poison)) })),
    undefinedBehaviour: no,
  });
const binary = (f: (x: Term, y: Term) => Term): Translation => plain(([x, y]) => [f(x as Term, y as Term)]);

/** The same, and poison where a promise of the operation's flags is broken. */
const promising =
  (
    f: (x: Term, y: Term, width: number) => Term,
    broken: (x: Term, y: Term, made: Term, operation: Operation) => readonly Term[],
  ): Translation =>
  ([x, y = x], [width = 0], operation) => {
    if (!x || !y) return undefined;
    const made = f(x.bits, y.bits, width);
    const poison = any(x.poison, y.poison, ...broken(x.bits, y.bits, made, operation));
    return { results: [{ bits: made, poison }], undefinedBehaviour: no };
  };

/** Overflow of a function: what it gives in twice the width differs from its result, widened. */
const wrapping = (operator: 'bvadd' | 'bvsub' | 'bvmul', op: typeof addi | typeof subi | typeof muli): Translation =>
  promising(
    (x, y) => arithmetic(operator, x, y),
    (x, y, made, operation) =>
      (
        [
          ['nsw', 'sign_extend'],
          ['nuw', 'zero_extend'],
        ] as const
      ).flatMap(([flag, how]) =>
        op.view(operation).overflowFlags.includes(flag)
          ? [not(same(arithmetic(operator, wider(x, how), wider(y, how)), wider(made, how)))]
          : [],
      ),
  );

/** Shifts by the width or more are poison; the width itself fits into so many bits, 1 into one. */
const overshoots = (x: Term, y: Term): Term => not(compare('bvult', y, bits(BigInt(x.width), y.width)));

const leftShift = promising(
  (x, y) => arithmetic('bvshl', x, y),
  (x, y, made, operation) => [
    overshoots(x, y),
    ...shli
      .view(operation)
      .overflowFlags.flatMap((flag) =>
        flag === 'nsw' || flag === 'nuw'
          ? [not(same(arithmetic(flag === 'nsw' ? 'bvashr' : 'bvlshr', made, y), x))]
          : [],
      ),
  ],
);
const rightShift = (operator: 'bvashr' | 'bvlshr', op: typeof shrsi | typeof shrui): Translation =>
  promising(
    (x, y) => arithmetic(operator, x, y),
    (x, y, made, operation) => [
      overshoots(x, y),
      ...(op.view(operation).isExact ? [not(same(arithmetic('bvshl', made, y), x))] : []),
    ],
  );

const remains = (x: Term, y: Term, how: 'bvsrem' | 'bvurem'): Term => not(isZero(arithmetic(how, x, y)));
const plusOneIf = (condition: Term, x: Term): Term => arithmetic('bvadd', x, resize(condition, x.width, 'zero_extend'));
const minusOneIf = (condition: Term, x: Term): Term =>
  arithmetic('bvsub', x, resize(condition, x.width, 'zero_extend'));

/** A division: by zero or by poison there is no meaning, nor where a signed quotient is too large. */
const division =
  (
    f: (x: Term, y: Term) => Term,
    overflow: 'overflows' | 'fits',
    isInexact?: (x: Term, y: Term, operation: Operation) => Term,
  ): Translation =>
  ([x, y], _, operation) => {
    if (!x || !y) return undefined;
    const { width } = x.bits;
    const isLowest = any(x.poison, same(x.bits, lowest(width)));
    const isMinusOne = same(y.bits, bits(-1n, width));
    return {
      results: [
        { bits: f(x.bits, y.bits), poison: any(x.poison, y.poison, isInexact?.(x.bits, y.bits, operation) ?? no) },
      ],
      undefinedBehaviour: any(y.poison, isZero(y.bits), overflow === 'overflows' ? all(isLowest, isMinusOne) : no),
    };
  };

const extremum = (operator: 'bvsle' | 'bvule', takes: 'first' | 'second'): Translation =>
  binary((x, y) => (takes === 'first' ? choose(compare(operator, x, y), x, y) : choose(compare(operator, x, y), y, x)));

const extended = (how: 'zero_extend' | 'sign_extend'): Translation =>
  plain(([x, y]) => {
    const product = arithmetic('bvmul', wider(x as Term, how), wider(y as Term, how));
    const { width } = x as Term;
    return [part(product, 0, width), part(product, width, width)];
  });

const comparison = {
  eq: same,
  ne: (x, y) => not(same(x, y)),
  slt: (x, y) => compare('bvslt', x, y),
  sle: (x, y) => compare('bvsle', x, y),
  sgt: (x, y) => compare('bvslt', y, x),
  sge: (x, y) => compare('bvsle', y, x),
  ult: (x, y) => compare('bvult', x, y),
  ule: (x, y) => compare('bvule', x, y),
  ugt: (x, y) => compare('bvult', y, x),
  uge: (x, y) => compare('bvule', y, x),
} as const satisfies Record<(typeof integerPredicates)[number], (x: Term, y: Term) => Term>;

const resized = (how: 'zero_extend' | 'sign_extend'): Translation =>
  plain(([x], [width]) => [resize(x as Term, width as number, how)]);
/** Floating-point numbers are not bit-vectors here: such rules are run, not proved. */
const notIntegers: Translation = () => undefined;

const translations = {
  constant: (_, [width = 0], operation) => {
    const value = operation.attribute('value');
    const number =
      value?.kind === 'bool' || value?.kind === 'integer'
        ? BigInt(value.value)
        : value?.kind === 'float'
          ? bitsInFormat(value.value, value.type.name)
          : undefined;
    return number === undefined
      ? undefined
      : { results: [{ bits: bits(number, width), poison: no }], undefinedBehaviour: no };
  },
  addi: wrapping('bvadd', addi),
  subi: wrapping('bvsub', subi),
  muli: wrapping('bvmul', muli),
  andi: binary((x, y) => arithmetic('bvand', x, y)),
  ori: binary((x, y) => arithmetic('bvor', x, y)),
  xori: binary((x, y) => arithmetic('bvxor', x, y)),
  shli: leftShift,
  shrsi: rightShift('bvashr', shrsi),
  shrui: rightShift('bvlshr', shrui),
  divsi: division(
    (x, y) => arithmetic('bvsdiv', x, y),
    'overflows',
    (x, y, operation) => (divsi.view(operation).isExact ? remains(x, y, 'bvsrem') : no),
  ),
  divui: division(
    (x, y) => arithmetic('bvudiv', x, y),
    'fits',
    (x, y, operation) => (divui.view(operation).isExact ? remains(x, y, 'bvurem') : no),
  ),
  remsi: division((x, y) => arithmetic('bvsrem', x, y), 'fits'),
  remui: division((x, y) => arithmetic('bvurem', x, y), 'fits'),
  ceildivsi: division(
    (x, y) => plusOneIf(all(remains(x, y, 'bvsrem'), same(isNegative(x), isNegative(y))), arithmetic('bvsdiv', x, y)),
    'overflows',
  ),
  floordivsi: division(
    (x, y) =>
      minusOneIf(all(remains(x, y, 'bvsrem'), not(same(isNegative(x), isNegative(y)))), arithmetic('bvsdiv', x, y)),
    'overflows',
  ),
  ceildivui: division((x, y) => plusOneIf(remains(x, y, 'bvurem'), arithmetic('bvudiv', x, y)), 'fits'),
  minsi: extremum('bvsle', 'first'),
  maxsi: extremum('bvsle', 'second'),
  minui: extremum('bvule', 'first'),
  maxui: extremum('bvule', 'second'),
  adduiExtended: plain(([x, y]) => {
    const sum = arithmetic('bvadd', wider(x as Term, 'zero_extend', 1), wider(y as Term, 'zero_extend', 1));
    return [part(sum, 0, sum.width - 1), part(sum, sum.width - 1, 1)];
  }),
  mulsiExtended: extended('sign_extend'),
  muluiExtended: extended('zero_extend'),
  cmpi: (operands, widths, operation) => {
    const name = integerPredicates[cmpi.view(operation).predicate];
    return name && binary(comparison[name])(operands, widths, operation);
  },
  // What is not chosen may be poison.
  select: ([condition, x, y]) =>
    condition &&
    x &&
    y && {
      results: [
        {
          bits: choose(condition.bits, x.bits, y.bits),
          poison: any(condition.poison, choose(condition.bits, x.poison, y.poison)),
        },
      ],
      undefinedBehaviour: no,
    },
  extsi: resized('sign_extend'),
  extui: resized('zero_extend'),
  trunci: promising(
    (x, _, width) => part(x, 0, width),
    (x, _, made, operation) =>
      trunci
        .view(operation)
        .overflowFlags.flatMap((flag) =>
          flag === 'nsw' || flag === 'nuw'
            ? [not(same(resize(made, x.width, flag === 'nsw' ? 'sign_extend' : 'zero_extend'), x))]
            : [],
        ),
  ),
  indexCast: resized('sign_extend'),
  indexCastui: resized('zero_extend'),
  // A NaN does not keep its bits, so that only integers are theirs.
  bitcast: (operands, widths, operation) =>
    [operation.operand(0), operation.result()].every(({ type }) => type.kind === 'integer')
      ? plain(([x]) => [x as Term])(operands, widths, operation)
      : undefined,
  addf: notIntegers,
  subf: notIntegers,
  mulf: notIntegers,
  divf: notIntegers,
  remf: notIntegers,
  negf: notIntegers,
  cmpf: notIntegers,
  maximumf: notIntegers,
  minimumf: notIntegers,
  maxnumf: notIntegers,
  minnumf: notIntegers,
  extf: notIntegers,
  truncf: notIntegers,
  sitofp: notIntegers,
  uitofp: notIntegers,
  fptosi: notIntegers,
  fptoui: notIntegers,
  scalingExtf: notIntegers,
  scalingTruncf: notIntegers,
} as const satisfies Record<keyof typeof arith.ops, Translation>;

/** The translations by the names of operations. */
export const arithTerms: ReadonlyMap<string, Translation> = new Map(
  (Object.keys(translations) as (keyof typeof translations)[]).map((key) => [arith.ops[key].opName, translations[key]]),
);
