import { attr, type AssemblyHooks, type Attribute, op, type Value } from '../../ir/index.ts';
import { integerConstant, integerOf, integerWidth } from './constant-value.ts';
import { integerLike } from './constraint.ts';
import { flags } from './property.ts';
import { integerInterfaces } from './speculation.ts';
import { exactAssembly, sameTypeAssembly } from './written.ts';

/** The result in two's complement of `width` bits before wrapping; undefined where there is none. */
type IntegerFold = (x: bigint, y: bigint, width: number) => bigint | undefined;
/** Which constant on the right leaves the left as it is. */
interface Identity {
  readonly right?: bigint;
  /** The result when both operands are the same value. */
  readonly same?: 'left' | bigint;
}

/** The same bits, read as a number that is not negative. */
export const unsigned = (x: bigint, width: number): bigint => BigInt.asUintN(width, x);

const foldBinary =
  (fold: IntegerFold, identity: Identity) =>
  (
    { lhs, rhs, result }: { readonly lhs: Value; readonly rhs: Value; readonly result: Value },
    [x, y]: readonly (Attribute | undefined)[],
  ): readonly (Value | Attribute)[] | undefined => {
    const [left, right] = [integerOf(x), integerOf(y)];
    const width = integerWidth(result.type);
    if (width === undefined) return undefined;
    if (right !== undefined && right === identity.right) return [lhs];
    const value = left !== undefined && right !== undefined ? fold(left, right, width) : undefined;
    const same = lhs === rhs ? identity.same : undefined;
    if (same === 'left') return [lhs];
    const constant = value ?? same;
    const attribute = constant === undefined ? undefined : integerConstant(constant, result.type);
    return attribute && [attribute];
  };

const plain = '$lhs `,` $rhs attr-dict `:` type($result)' as const;
const operands = { lhs: integerLike, rhs: integerLike };
const results = { result: integerLike };

const integerOp = <const N extends `arith.${string}`>(
  name: N,
  summary: string,
  fold: IntegerFold,
  identity: Identity,
  commutative: boolean,
) =>
  op(name, {
    summary,
    operands,
    results,
    traits: commutative
      ? ['pure', 'commutative', 'elementwise', 'same-operands-and-result-type']
      : ['pure', 'elementwise', 'same-operands-and-result-type'],
    assembly: plain,
    interfaces: integerInterfaces(name),
    fold: foldBinary(fold, identity),
  });

const overflowAssembly: AssemblyHooks = sameTypeAssembly('overflow');
const wrappingOp = <const N extends `arith.${string}`>(
  name: N,
  summary: string,
  fold: IntegerFold,
  identity: Identity,
  commutative: boolean,
) =>
  op(name, {
    summary,
    operands,
    attributes: { overflowFlags: flags('overflow') },
    results,
    traits: commutative
      ? ['pure', 'commutative', 'elementwise', 'same-operands-and-result-type']
      : ['pure', 'elementwise', 'same-operands-and-result-type'],
    assembly: overflowAssembly,
    interfaces: integerInterfaces(name),
    fold: foldBinary(fold, identity),
  });

const exactOp = <const N extends `arith.${string}`>(name: N, summary: string, fold: IntegerFold, identity: Identity) =>
  op(name, {
    summary,
    operands,
    attributes: { isExact: attr.unit() },
    results,
    traits: ['pure', 'elementwise', 'same-operands-and-result-type'],
    assembly: exactAssembly,
    interfaces: integerInterfaces(name),
    fold: foldBinary(fold, identity),
  });

const lowest = (width: number): bigint => -(1n << BigInt(width - 1));
/** Shifts by the width or more have no value. */
const shift =
  (f: (x: bigint, by: bigint, width: number) => bigint): IntegerFold =>
  (x, y, width) => {
    const by = unsigned(y, width);
    return by < BigInt(width) ? f(x, by, width) : undefined;
  };

/** Sum, wrapping around. */
export const addi = wrappingOp('arith.addi', 'integer sum', (x, y) => x + y, { right: 0n }, true);
/** Difference, wrapping around. */
export const subi = wrappingOp('arith.subi', 'integer difference', (x, y) => x - y, { right: 0n, same: 0n }, false);
/** Product, wrapping around. */
export const muli = wrappingOp('arith.muli', 'integer product', (x, y) => x * y, { right: 1n }, true);
/** Left shift; by the width or more it has no value. */
export const shli = wrappingOp(
  'arith.shli',
  'left shift',
  shift((x, by) => x << by),
  { right: 0n },
  false,
);
/** Arithmetic right shift. */
export const shrsi = exactOp(
  'arith.shrsi',
  'right shift that keeps the sign',
  shift((x, by) => x >> by),
  { right: 0n },
);
/** Logical right shift. */
export const shrui = exactOp(
  'arith.shrui',
  'right shift that fills with zeros',
  shift((x, by, w) => unsigned(x, w) >> by),
  { right: 0n },
);
/** Signed quotient toward zero; division by zero and overflow have no value. */
export const divsi = exactOp(
  'arith.divsi',
  'signed quotient, rounded toward zero',
  (x, y, width) => (y === 0n || (y === -1n && x === lowest(width)) ? undefined : x / y),
  { right: 1n },
);
/** Signed remainder with the sign of the dividend. */
export const remsi = integerOp('arith.remsi', 'signed remainder', (x, y) => (y === 0n ? undefined : x % y), {}, false);
/** Unsigned quotient. */
export const divui = exactOp(
  'arith.divui',
  'unsigned quotient',
  (x, y, w) => (y === 0n ? undefined : unsigned(x, w) / unsigned(y, w)),
  { right: 1n },
);
/** Unsigned remainder. */
export const remui = integerOp(
  'arith.remui',
  'unsigned remainder',
  (x, y, w) => (y === 0n ? undefined : unsigned(x, w) % unsigned(y, w)),
  {},
  false,
);
/** Bitwise and. */
export const andi = integerOp('arith.andi', 'bitwise and', (x, y) => x & y, { right: -1n, same: 'left' }, true);
/** Bitwise or. */
export const ori = integerOp('arith.ori', 'bitwise or', (x, y) => x | y, { right: 0n, same: 'left' }, true);
/** Bitwise exclusive or. */
export const xori = integerOp('arith.xori', 'bitwise exclusive or', (x, y) => x ^ y, { right: 0n, same: 0n }, true);
/** The smaller of two signed integers. */
export const minsi = integerOp('arith.minsi', 'signed minimum', (x, y) => (x < y ? x : y), { same: 'left' }, true);
/** The larger of two signed integers. */
export const maxsi = integerOp('arith.maxsi', 'signed maximum', (x, y) => (x > y ? x : y), { same: 'left' }, true);
/** The smaller of two unsigned integers. */
export const minui = integerOp(
  'arith.minui',
  'unsigned minimum',
  (x, y, w) => (unsigned(x, w) < unsigned(y, w) ? x : y),
  { same: 'left' },
  true,
);
/** The larger of two unsigned integers. */
export const maxui = integerOp(
  'arith.maxui',
  'unsigned maximum',
  (x, y, w) => (unsigned(x, w) > unsigned(y, w) ? x : y),
  { same: 'left' },
  true,
);

const overflows = (x: bigint, y: bigint, width: number): boolean => y === -1n && x === lowest(width);
/** Signed quotient, rounded toward positive infinity; division by zero and overflow have no value. */
export const ceildivsi = integerOp(
  'arith.ceildivsi',
  'signed quotient, rounded up',
  (x, y, width) =>
    y === 0n || overflows(x, y, width) ? undefined : x / y + (x % y !== 0n && x < 0n === y < 0n ? 1n : 0n),
  { right: 1n },
  false,
);
/** Unsigned quotient, rounded up. */
export const ceildivui = integerOp(
  'arith.ceildivui',
  'unsigned quotient, rounded up',
  (x, y, w) => {
    const [left, right] = [unsigned(x, w), unsigned(y, w)];
    return right === 0n ? undefined : (left + right - 1n) / right;
  },
  { right: 1n },
  false,
);
/** Signed quotient, rounded toward negative infinity; division by zero and overflow have no value. */
export const floordivsi = integerOp(
  'arith.floordivsi',
  'signed quotient, rounded down',
  (x, y, width) =>
    y === 0n || overflows(x, y, width) ? undefined : x / y - (x % y !== 0n && x < 0n !== y < 0n ? 1n : 0n),
  { right: 1n },
  false,
);
