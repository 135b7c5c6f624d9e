import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arith } from '../../../dialects/arith/index.ts';
import {
  type Attribute,
  boolAttribute,
  DiagnosticError,
  f16,
  f32,
  f64,
  floatAttribute,
  type FloatType,
  i1,
  i16,
  i32,
  i64,
  i8,
  index,
  type IndexType,
  integerAttribute,
  type IntegerType,
  type Operation,
  type OpView,
  type Type,
  Value,
  type Value as ValueHandle,
  within,
} from '../../../ir/index.ts';
import { arithSemantics, Evaluator, type RuntimeValue } from '../../../interpreter/index.ts';
import { newContext } from '../interpreter/program.ts';

const a = arith.ops;
const evaluator = new Evaluator([arithSemantics]);
const integer = (value: bigint, type: IntegerType | IndexType): Attribute =>
  type === i1 ? boolAttribute((value & 1n) === 1n) : integerAttribute(value, type);

/** What the evaluator gives for constants, as an attribute; undefined where it faults. */
function meaningOf(operation: Operation, constants: readonly Attribute[]): Attribute | undefined {
  const values = constants.map((value, at): RuntimeValue => {
    const { operation: constant } = within(operation.context, operation.location, () =>
      a.constant({ value, types: [operation.operand(at).type] }),
    );
    return evaluator.apply(constant, [])[0] as RuntimeValue;
  });
  try {
    return attributeOf(evaluator.apply(operation, values)[0] as RuntimeValue, operation.result().type);
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
}
const attributeOf = (value: RuntimeValue, type: Type): Attribute =>
  type.kind === 'float'
    ? floatAttribute(Number.isNaN(value) ? Number.NaN : Number(value), type)
    : integer(BigInt(value as number | bigint), type as IntegerType);

/** What folding gives, with an operand that it is equal to read as its constant. */
function foldOf(operation: Operation, constants: readonly Attribute[]): Attribute | undefined {
  const [folded] = operation.definition?.fold?.(operation, constants) ?? [];
  if (!(folded instanceof Value)) return folded;
  return constants[operation.operands.indexOf(folded)];
}

const inContext = (types: readonly Type[], build: (values: readonly ValueHandle[]) => OpView): Operation =>
  build(newContext().newBlock(types).arguments).operation;
const compare = (
  types: readonly Type[],
  build: (values: readonly ValueHandle[]) => OpView,
  constants: readonly Attribute[],
): void => {
  const operation = inContext(types, build);
  const folded = foldOf(operation, constants);
  // An identity such as x / 1 needs no fault-free meaning of its own; a constant result does.
  expect(folded?.text).toBe(meaningOf(operation, constants)?.text);
};

const integerTypes = fc.constantFrom(i1, i8, i16, i32, i64, index);
const edges = [
  0n,
  1n,
  -1n,
  2n,
  7n,
  -8n,
  127n,
  -128n,
  2n ** 31n - 1n,
  -(2n ** 31n),
  2n ** 53n,
  -(2n ** 53n) - 1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
];
const integers = fc.oneof(
  fc.constantFrom(...edges),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -70n, max: 70n }),
);

describe('folding agrees with the meaning', () => {
  const binary = {
    addi: a.addi,
    subi: a.subi,
    muli: a.muli,
    divsi: a.divsi,
    remsi: a.remsi,
    divui: a.divui,
    remui: a.remui,
    andi: a.andi,
    ori: a.ori,
    xori: a.xori,
    shli: a.shli,
    shrsi: a.shrsi,
    shrui: a.shrui,
    minsi: a.minsi,
    maxsi: a.maxsi,
  };
  for (const [name, op] of Object.entries(binary))
    test(name, () => {
      fc.assert(
        fc.property(integerTypes, integers, integers, (type, x, y) => {
          compare([type, type], ([lhs, rhs]) => op({ lhs: lhs as ValueHandle, rhs: rhs as ValueHandle }), [
            integer(x, type),
            integer(y, type),
          ]);
        }),
        { numRuns: 150 },
      );
    });

  test('cmpi', () => {
    fc.assert(
      fc.property(integerTypes, integers, integers, fc.integer({ min: 0, max: 9 }), (type, x, y, predicate) => {
        compare([type, type], ([lhs, rhs]) => a.cmpi({ lhs: lhs as ValueHandle, rhs: rhs as ValueHandle, predicate }), [
          integer(x, type),
          integer(y, type),
        ]);
      }),
      { numRuns: 400 },
    );
  });

  test('casts of integers', () => {
    const ordered = fc
      .tuple(integerTypes, integerTypes)
      .filter(
        ([x, y]) => x !== index && y !== index && x.kind === 'integer' && y.kind === 'integer' && x.width < y.width,
      );
    fc.assert(
      fc.property(
        ordered,
        integers,
        fc.constantFrom(a.extsi, a.extui, a.trunci, a.indexCast),
        ([narrow, wide], x, op) => {
          const [from, to] = op === a.trunci ? [wide, narrow] : op === a.indexCast ? [narrow, index] : [narrow, wide];
          compare([from], ([value]) => op({ in: value as ValueHandle, types: [to] }), [
            integer(x, from as IntegerType),
          ]);
        },
      ),
      { numRuns: 400 },
    );
  });

  const floatTypes = fc.constantFrom<FloatType>(f16, f32, f64);
  const floats = fc.oneof(
    fc.double(),
    fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, 65504, 65519.9, 6e-8, 1e-45, 0.1),
  );
  const floatOps = {
    addf: a.addf,
    subf: a.subf,
    mulf: a.mulf,
    divf: a.divf,
    maximumf: a.maximumf,
    minimumf: a.minimumf,
  };
  for (const [name, op] of Object.entries(floatOps))
    test(name, () => {
      fc.assert(
        fc.property(floatTypes, floats, floats, (type, x, y) => {
          compare([type, type], ([lhs, rhs]) => op({ lhs: lhs as ValueHandle, rhs: rhs as ValueHandle }), [
            floatAttribute(x, type),
            floatAttribute(y, type),
          ]);
        }),
        { numRuns: 150 },
      );
    });

  test('cmpf', () => {
    fc.assert(
      fc.property(floats, floats, fc.integer({ min: 0, max: 15 }), (x, y, predicate) => {
        compare([f64, f64], ([lhs, rhs]) => a.cmpf({ lhs: lhs as ValueHandle, rhs: rhs as ValueHandle, predicate }), [
          floatAttribute(x, f64),
          floatAttribute(y, f64),
        ]);
      }),
      { numRuns: 400 },
    );
  });

  test('casts of floating-point numbers', () => {
    fc.assert(
      fc.property(floats, (x) => {
        compare([f64], ([value]) => a.truncf({ in: value as ValueHandle, types: [f16] }), [floatAttribute(x, f64)]);
        compare([f16], ([value]) => a.extf({ in: value as ValueHandle, types: [f32] }), [floatAttribute(x, f16)]);
        compare([f64], ([value]) => a.fptosi({ in: value as ValueHandle, types: [i32] }), [floatAttribute(x, f64)]);
      }),
      { numRuns: 300 },
    );
  });
});

test('an integer becomes the nearest number with one rounding', () => {
  const nearest = (x: bigint, to: FloatType): number => {
    const operation = inContext([i64], ([value]) => a.sitofp({ in: value as ValueHandle, types: [to] }));
    return Number(evaluator.apply(operation, [x])[0]);
  };
  // 2^24 + 1 lies between singles; rounding first to a double loses what decides it.
  expect(nearest(2n ** 60n + 2n ** 36n + 1n, f32)).toBe(2 ** 60 + 2 ** 37);
  expect(nearest(2n ** 60n + 2n ** 36n, f32)).toBe(2 ** 60);
  expect(nearest(-(2n ** 60n) - 2n ** 36n - 1n, f32)).toBe(-(2 ** 60) - 2 ** 37);
  expect(nearest(2049n, f16)).toBe(2048);
  expect(nearest(70000n, f16)).toBe(Infinity);
});

test('identities fold without constants on both sides', () => {
  const context = newContext();
  const [x, y] = context.newBlock([i32, i32]).arguments as [ValueHandle, ValueHandle];
  const fold = (operation: Operation, constants: readonly (Attribute | undefined)[] = []) =>
    operation.definition?.fold?.(operation, constants);
  const zero = integerAttribute(0, i32);
  expect(fold(a.addi({ lhs: x, rhs: y }).operation, [undefined, zero])).toEqual([x]);
  expect(fold(a.subi({ lhs: x, rhs: x }).operation)).toEqual([zero]);
  expect(fold(a.andi({ lhs: x, rhs: x }).operation)).toEqual([x]);
  expect(fold(a.subi({ lhs: x, rhs: y }).operation)).toBeUndefined();
  expect(fold(a.cmpi({ lhs: x, rhs: x, predicate: 2 }).operation)).toEqual([boolAttribute(false)]);
  expect(
    fold(a.select({ condition: context.newBlock([i1]).argument(0), true_value: x, false_value: x }).operation),
  ).toEqual([x]);
});
