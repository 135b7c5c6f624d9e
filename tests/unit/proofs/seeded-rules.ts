/** Wrong folds and rules, each with the type in which it is found wrong and what is said then. */
import { arith } from '../../../dialects/arith/index.ts';
import {
  type Attribute,
  boolAttribute,
  type FoldResult,
  i1,
  integerAttribute,
  type Operation,
  signedInteger,
  type Type,
} from '../../../ir/index.ts';
import { type ConstantFold, constantFold } from '../../../tools/proofs/constant-fold.ts';
import { type CheckedRule, foldRules } from '../../../tools/proofs/rule.ts';

const ops = arith.ops;
type Op = (typeof ops)[keyof typeof ops];
type Fold = (operation: Operation, constants: readonly (Attribute | undefined)[]) => FoldResult;

const constant = (value: bigint, type: Type): Attribute =>
  type === i1 ? boolAttribute((value & 1n) === 1n) : integerAttribute(value, type as never);
const widthOf = ({ type }: { readonly type: Type }): number => (type.kind === 'integer' ? type.width : 64);
const left = (operation: Operation): FoldResult => [operation.operand(0)];

/** The rules that an operation has with another fold. */
const folding = (op: Op, fold: Fold): readonly CheckedRule[] => foldRules({ ...op.definition, fold }, arith, [arith]);
/** With a fold of operands that are the same value. */
const ofSame = (op: Op, made: (operation: Operation) => FoldResult): readonly CheckedRule[] =>
  folding(op, (operation) => (operation.operand(0) === operation.operand(1) ? made(operation) : undefined));
/** With a fold of a constant on the right. */
const ofRight = (
  op: Op,
  isOne: (right: bigint, width: number) => boolean,
  made: (operation: Operation, right: bigint) => FoldResult = left,
): readonly CheckedRule[] =>
  folding(op, (operation, [first, second]) => {
    const right = signedInteger(second);
    const fits = first === undefined && right !== undefined && isOne(right, widthOf(operation.result()));
    return fits ? made(operation, right) : undefined;
  });
const toNumber =
  (value: bigint) =>
  (operation: Operation): FoldResult => [constant(value, operation.result().type)];
const is = (value: bigint) => (right: bigint) => right === value;

/** Wrong folds of values. */
export const wrongFolds: readonly (readonly [
  name: string,
  rules: readonly CheckedRule[],
  type: string,
  said: string,
])[] = [
  ['x − x = 1', ofSame(ops.subi, toNumber(1n)), 'i1', '0 before, 1 after'],
  ['x ^ x = x', ofSame(ops.xori, left), 'i1', '0 before, 1 after'],
  ['x + x = x', ofSame(ops.addi, left), 'i1', '0 before, 1 after'],
  ['x compares with x', ofSame(ops.cmpi, () => [boolAttribute(true)]), 'i1', '0 before, 1 after'],
  ['x % x = x', ofSame(ops.remui, left), 'i1', '0 before, 1 after'],
  ['x · x = x, right in one bit', ofSame(ops.muli, left), 'i2', ' before, '],
  ['x << x = 0', ofSame(ops.shli, toNumber(0n)), 'i2', '-2 before, 0 after'],
  ['x + 1 = x', ofRight(ops.addi, is(1n)), 'i2', ' before, '],
  ['x · 0 = x', ofRight(ops.muli, is(0n)), 'i1', '0 before, 1 after'],
  ['x & 0 = x', ofRight(ops.andi, is(0n)), 'i1', '0 before, 1 after'],
  ['x − −1 = x', ofRight(ops.subi, is(-1n)), 'i1', ' before, '],
  ['x / −1 = x, as divisions have no value in one bit', ofRight(ops.divsi, is(-1n)), 'i2', ' before, '],
  ['x / 0 = 0 / 0', ofRight(ops.divui, (right) => right > 0n, toNumber(0n)), 'i2', ' before, 0 after'],
  ['x >> 1 = x', ofRight(ops.shrsi, is(1n)), 'i2', ' before, '],
  [
    'x << w = 0 with a shift too few',
    ofRight(ops.shli, (by, w) => by === BigInt(w - 1), toNumber(0n)),
    'i1',
    '1 before, 0 after',
  ],
  [
    'x & lowest = 0 for 64 bits only',
    ofRight(ops.andi, (right, w) => w === 64 && right < 0n && right === -(1n << 63n), toNumber(0n)),
    'i64',
    '-9223372036854775808 before, 0 after',
  ],
  [
    'the largest unsigned number is taken for the largest signed one',
    ofRight(
      ops.maxui,
      (right, w) => w > 1 && right === (1n << BigInt(w - 1)) - 1n,
      (operation, right) => [constant(right, operation.result().type)],
    ),
    'i2',
    ' before, 1 after',
  ],
  [
    'the wrong one of two',
    folding(ops.select, (operation, [condition]) => (condition?.kind === 'bool' ? [operation.operand(2)] : undefined)),
    'i1',
    ' before, ',
  ],
  ['a poison value that was not chosen', folding(ops.select, (operation) => [operation.operand(1)]), 'i1', ' before, '],
];

const numbers =
  (fold: (...given: readonly bigint[]) => bigint | undefined): Fold =>
  (operation, constants) => {
    const given = constants.map((one) => signedInteger(one));
    const { type } = operation.result();
    const value = given.every((one) => one !== undefined)
      ? fold(...(given as readonly bigint[]), BigInt(widthOf(operation.operand(0))))
      : undefined;
    return value === undefined ? undefined : [constant(value, type)];
  };
const ofConstants = (op: Op, fold: Fold): ConstantFold =>
  constantFold({ ...op, definition: { ...op.definition, fold } } as unknown as Op, [arith]) as ConstantFold;
const unsigned = (x: bigint, width: bigint): bigint => BigInt.asUintN(Number(width), x);

/** Wrong folds of constants. */
export const wrongConstants: readonly (readonly [name: string, fold: ConstantFold, type: string])[] = [
  [
    'a signed quotient for an unsigned one',
    ofConstants(
      ops.divui,
      numbers((x = 0n, y = 0n) => (y === 0n ? undefined : x / y)),
    ),
    'i2',
  ],
  [
    'an unsigned maximum for a signed one',
    ofConstants(
      ops.maxsi,
      numbers((x = 0n, y = 0n, w = 0n) => (unsigned(x, w) > unsigned(y, w) ? x : y)),
    ),
    'i1',
  ],
  [
    'a quotient rounded down for one toward zero',
    ofConstants(
      ops.divsi,
      numbers((x = 0n, y = 0n) => (y === 0n ? undefined : x / y - (x % y !== 0n && x < 0n !== y < 0n ? 1n : 0n))),
    ),
    'i2',
  ],
  [
    'a remainder with the sign of the divisor',
    ofConstants(
      ops.remsi,
      numbers((x = 0n, y = 0n) => (y === 0n ? undefined : ((x % y) + y) % y)),
    ),
    'i2',
  ],
  [
    'a logical shift for an arithmetic one',
    ofConstants(
      ops.shrsi,
      numbers((x = 0n, y = 0n, w = 0n) => (unsigned(y, w) < w ? unsigned(x, w) >> unsigned(y, w) : undefined)),
    ),
    'i2',
  ],
  [
    'widened without the sign',
    ofConstants(
      ops.extsi,
      numbers((x = 0n, w = 0n) => unsigned(x, w)),
    ),
    'i1',
  ],
  [
    'widened with the sign',
    ofConstants(
      ops.extui,
      numbers((x = 0n) => x),
    ),
    'i1',
  ],
  [
    'one value in 65,536',
    ofConstants(
      ops.addi,
      numbers((x = 0n, y = 0n, w = 0n) => (w === 8n && x === 100n && y === -77n ? 24n : x + y)),
    ),
    'i8',
  ],
  [
    'wrong at the ends of 64 bits only',
    ofConstants(
      ops.subi,
      numbers((x = 0n, y = 0n, w = 0n) => (w === 64n && x === -(1n << 63n) && y === 1n ? x : x - y)),
    ),
    'i64',
  ],
];

/** Wrong rules as text, the type in which each is found wrong, and what is said. */
export const wrongRules: readonly (readonly [text: string, type: string | undefined, said: RegExp])[] = [
  ['(arith.subi %x, %x -> !t) => (arith.constant {value = number(1, !t)} -> !t)', 'i1', /0 before/],
  ['(arith.shrsi %x, %y) => (arith.shrui %x, %y)', 'i2', /-\d before, \d after/],
  ['(arith.divsi %x, %y) => (arith.divui %x, %y)', 'i2', /before/],
  ['(arith.subi %x, %y) => (arith.subi %y, %x)', 'i2', /before/],
  // In one bit a sum is a difference.
  ['(arith.addi %x, %y) => (arith.subi %x, %y)', 'i2', /before/],
  ['(arith.subi (arith.addi %x, %y), %y) => %y', 'i1', /before/],
  // Over all widths shifts that are too far have no value.
  [
    '(arith.shli (arith.shli %x, (arith.constant {value = #c})), (arith.constant {value = #d}) -> !t) => (arith.shli %x, (arith.constant {value = add(#c, #d)} -> !t) -> !t)',
    'i2',
    /0 before, poison after/,
  ],
  // A division that was not there before: by zero there is no value.
  [
    '(arith.cmpi %x, (arith.constant {value = #c} -> !t) {predicate = 0 : i64}) where is-one(#c) => (arith.cmpi (arith.divui %x, %x -> !t), %x {predicate = 0 : i64})',
    'i2',
    /0 before, undefined behaviour after/,
  ],
  // Only the sum promised that it does not overflow.
  [
    '(arith.muli %x, (arith.constant {value = #c}) -> !t) where is-power-of-two(#c) => (arith.shli %x, (arith.constant {value = log2(#c)} -> !t) {overflowFlags = #arith.overflow<nuw>} -> !t)',
    'i3',
    /before, poison after/,
  ],
  // Any predicate is matched.
  ['(arith.cmpi %x, %x) => (arith.constant {value = true} -> i1)', 'i1', /0 before, 1 after/],
  // What is not chosen may be poison, what a conjunction reads may not.
  ['(arith.select %c, %x, (arith.constant {value = false})) => (arith.andi %c, %x)', 'i1', /0 before, poison after/],
  ['(arith.extsi (arith.trunci %x : !t) -> !t) => %x', 'i1', /before/],
  // A value of another type than the one that it stands for.
  ['(arith.extsi (arith.trunci %x) -> !t) => %x', 'i1', /no valid one: .* is replaced by a value of type/],
  ['(arith.extsi (arith.extui %x) -> !t) => (arith.extsi %x -> !t)', 'i2', /before/],
  // Right in every type but this one.
  [
    '(arith.addi %x : i8, (arith.constant {value = 100 : i8})) => (arith.addi %x, (arith.constant {value = 99 : i8} -> i8))',
    undefined,
    /before/,
  ],
  [
    '(arith.muli %x, %y : i64) => (arith.muli (arith.trunci %x -> i32), (arith.trunci %y -> i32) -> i32)',
    undefined,
    /no valid one: .* replaced by a value of type i32/,
  ],
  // Numbers with a point: the sign of zero, NaN, order.
  ['(arith.addf %x, (arith.constant {value = 0.0 : f16})) => %x', undefined, /0 before, -0 after/],
  ['(arith.subf %x, %x -> !t) => (arith.constant {value = number(0, !t)} -> !t)', 'f16', /NaN before, 0 after/],
  ['(arith.subf %x, %y) => (arith.subf %y, %x)', 'f16', /before/],
  ['(arith.addf (arith.addf %x, %y), %z) => (arith.addf %x, (arith.addf %y, %z))', 'f16', /before/],
  ['(arith.maximumf %x, %y) => (arith.maxnumf %x, %y)', 'f16', /NaN before/],
  ['(arith.cmpf %x, %x {predicate = 1 : i64}) => (arith.constant {value = true} -> i1)', 'f16', /0 before, 1 after/],
  ['(arith.extf (arith.truncf %x : !t) -> !t) => %x', 'f16', /before/],
];
