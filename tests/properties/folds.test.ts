/**
 * Every operation on numbers that folds, folds to what it means: for constants, and for what stands in for the unknown where
 * some operands are known. And an operation is commutative exactly where its values say so.
 */
import { describe, expect, test } from 'vitest';
import { arith } from '../../dialects/arith/index.ts';
import { normal } from '../../interpreter/integer.ts';
import { evaluate, type Scalar } from '../../interpreter/index.ts';
import {
  type AnyOp,
  type Attribute,
  bf16,
  boolAttribute,
  Context,
  DiagnosticError,
  f16,
  f32,
  f64,
  floatAttribute,
  i1,
  i16,
  i32,
  i64,
  i8,
  index,
  integerAttribute,
  type IntegerType,
  type Operation,
  symbolsIn,
  type Type,
  Value,
  verify,
} from '../../ir/index.ts';
import { parseModule } from '../../ir/text/index.ts';
import { inputOf } from '../../tools/check/inputs.ts';
import { Random } from '../../tools/check/random.ts';
import { upperLevels } from '../../tools/check/semantics.ts';
import { allDialects } from '../../tools/lists.ts';

const types: readonly Type[] = [i1, i8, i16, i32, i64, index, f16, bf16, f32, f64];

/** An operation alone in a function of its operands, in generic form; undefined where that is not valid. */
function alone(name: string, operands: readonly Type[], results: readonly Type[], attributes: string) {
  const listed = (of: readonly unknown[]): string => of.join(', ');
  const given = operands.map((type, at) => `%${at}: ${type.text}`);
  const [operandText, resultText] = [operands, results].map((of) => listed(of.map(({ text }) => text)));
  const text = `func.func @f(${listed(given)}) -> (${resultText}) {
  %r:${results.length} = "${name}"(${listed(operands.map((_, at) => `%${at}`))}) <{${attributes}}> : (${operandText}) -> (${resultText})
  func.return ${listed(results.map((_, at) => `%r#${at}`))} : ${resultText}
}`;
  try {
    const module = parseModule(text, new Context(allDialects));
    const operation = symbolsIn(module).get('f')?.region(0).entry?.operations[0];
    return operation && verify(module).length === 0 ? { module, operation, operands } : undefined;
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
}
type Alone = NonNullable<ReturnType<typeof alone>>;

const attributesOf = (name: string): readonly string[] => {
  const count = name === 'arith.cmpi' ? 10 : name === 'arith.cmpf' ? 16 : 0;
  return count === 0 ? [''] : Array.from({ length: count }, (_, at) => `predicate = ${at} : i64`);
};

/** All valid forms of an operation with operands and results of these types. */
function formsOf({ opName, definition }: AnyOp): readonly Alone[] {
  const counts = [definition.operands.length, definition.results.length] as const;
  const lists = (count: number): readonly (readonly Type[])[] => {
    if (count === 1) return types.map((type) => [type]);
    if (count === 3) return types.map((type) => [i1, type, type]);
    return types.map((type) => [type, type]);
  };
  const results =
    counts[1] === 2
      ? types.flatMap((type) => [
          [type, type],
          [type, i1],
        ])
      : types.map((type) => [type]);
  return lists(counts[0]).flatMap((operands) =>
    results.flatMap((of) =>
      attributesOf(opName).flatMap((attributes) => alone(opName, operands, of, attributes) ?? []),
    ),
  );
}

const attributeOf = (value: Scalar, type: Type): Attribute => {
  if (type.kind === 'float') return floatAttribute(Number.isNaN(value) ? Number.NaN : Number(value), type);
  return type === i1 ? boolAttribute(BigInt(value) !== 0n) : integerAttribute(BigInt(value), type as IntegerType);
};

/** What an operation gives; undefined where it has no value. */
function meaningOf({ module, operation }: Alone, inputs: readonly Scalar[]): readonly Attribute[] | undefined {
  try {
    const values = evaluate(upperLevels, module, 'f', [...inputs]) as readonly Scalar[];
    return values.map((value, at) => attributeOf(value, operation.result(at).type));
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
}
const foldOf = (operation: Operation, known: readonly (Attribute | undefined)[]) =>
  operation.definition?.fold?.(operation, known);

const special: Readonly<Record<string, readonly number[]>> = {
  float: [0, -0, 1, -1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
};
/** Half way between two singles, and a little more: rounded to a double first it is half way. */
const roundedTwice = 2n ** 60n + 2n ** 36n + 1n;
/** A value of a type: any, one near an end, or one that much folds with. */
function scalarOf(type: Type, random: Random): Scalar {
  // An index is a number here, exact up to 2^53.
  if (type.kind === 'index') return random.below(random.pick([3, 100, 2 ** 31])) - random.below(3);
  const style = random.pick(['small', 'wide', 'edge', 'saturating'] as const);
  if (random.once(2)) return inputOf(type, style, random) as Scalar;
  if (type.kind === 'float') return random.pick(special['float'] ?? []);
  const width = BigInt((type as IntegerType).width);
  const lowest = -(2n ** (width - 1n));
  const value = BigInt.asIntN(Number(width), random.pick([0n, 1n, -1n, lowest, -lowest - 1n, 2n, 7n, roundedTwice]));
  return normal(value, type as IntegerType);
}

/** Operations without a value for some operands are not moved to where they were not. */
const canFault = new Set<string>();
const ops = (Object.values(arith.ops) as AnyOp[]).filter(({ definition }) => definition.operands.length > 0);
const texts = (of: readonly Attribute[] | undefined): readonly string[] | undefined => of?.map(({ text }) => text);

describe.each(ops.map((op) => [op.opName, op] as const))('%s', (name, op) => {
  const forms = formsOf(op);

  test('has no effects and works element by element', () => {
    const traits = ['elementwise', 'pure'] as const;
    expect(traits.map((trait) => (forms[0] as Alone).operation.hasTrait(trait))).toEqual([true, !canFault.has(name)]);
  });

  test('folds to what it means', () => {
    expect(forms.length).toBeGreaterThan(0);
    const random = new Random(41, name.length);
    for (let number = 0; number < 300; number++) {
      const form = forms[number % forms.length] as Alone;
      const inputs = form.operands.map((type) => scalarOf(type, random));
      const constants = form.operands.map((type, at) => attributeOf(inputs[at] as Scalar, type));
      const isKnown = constants.map(() => !random.once(3));
      const known = constants.map((constant, at) => (isKnown[at] ? constant : undefined));
      const meaning = meaningOf(form, inputs);
      const folded = foldOf(form.operation, known);
      const told = `${name} of ${inputs.join(', ')}, known ${isKnown}`;
      if (!folded) {
        // Not in one rounding from a double.
        const isWide = name.endsWith('itofp') && inputs.some((x) => x > 2n ** 53n || x < 0);
        if (isWide) continue;
        if (!isKnown.includes(false) && meaning && op.definition.fold) expect(texts(meaning), told).toBeUndefined();
        continue;
      }
      const values = folded.map((one) =>
        one instanceof Value ? (constants[form.operation.operands.indexOf(one)] as Attribute) : (one as Attribute),
      );
      // What is no value may become any, but nothing else.
      if (meaning) expect(texts(values), told).toEqual(texts(meaning));
      else expect(isKnown.includes(false) || values.length > 0, told).toBe(true);
    }
  });

  if (op.definition.operands.length !== 2) return;
  test('is commutative where its values are', () => {
    const random = new Random(43, name.length);
    let isSame = true;
    for (let number = 0; number < 300; number++) {
      const form = forms[number % forms.length] as Alone;
      const [x, y] = form.operands.map((type) => scalarOf(type, random)) as [Scalar, Scalar];
      isSame &&= texts(meaningOf(form, [x, y]))?.join() === texts(meaningOf(form, [y, x]))?.join();
    }
    expect((forms[0] as Alone).operation.hasTrait('commutative')).toBe(isSame);
  });
});
