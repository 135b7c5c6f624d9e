/** The operations whose bounds are looked at, each in the types that it has. */
import fc from 'fast-check';
import { arith, roundings } from '../../dialects/arith/index.ts';
import { graph } from '../../dialects/graph/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import type { NdArray } from '../../interpreter/index.ts';
import {
  bf16,
  f16,
  f32,
  f64,
  floatType,
  type FloatType,
  i16,
  i32,
  i8,
  type IntegerType,
  type OpView,
  tensorType,
  type Value,
} from '../../ir/index.ts';
import { array, type Case, graphCases, tensoropCases } from '../unit/interpreter/cases.ts';
import { dequantizeOf, requantizeOf } from '../unit/interpreter/integer-cases.ts';

/** One operation in one type of operands. */
export interface Subject {
  readonly name: string;
  readonly element: FloatType | IntegerType;
  readonly cases: fc.Arbitrary<Case>;
}

const halfAndSingle = (name: string, cases: fc.Arbitrary<Case>): readonly Subject[] =>
  [f16, f32].map((element) => ({ name, element, cases }));
const { dequantize, requantize } = tensorop.ops;
const fromIntegers: readonly string[] = [dequantize.opName, requantize.opName];
const fixedPoint: readonly Subject[] = [
  ...[i8, i16].map((element) => ({ name: dequantize.opName, element, cases: dequantizeOf(element)('tame') })),
  ...[i8, i16, i32].map((element) => ({ name: requantize.opName, element, cases: requantizeOf(element)('tame') })),
];
const layers: readonly Subject[] = [
  ...Object.entries(tensoropCases).map(
    ([key, cases]) => [tensorop.ops[key as keyof typeof tensoropCases].opName, cases] as const,
  ),
  ...Object.entries(graphCases).map(
    ([key, cases]) => [graph.ops[key as keyof typeof graphCases].opName, cases] as const,
  ),
]
  .filter(([name]) => !name.endsWith('.constant') && !fromIntegers.includes(name))
  .flatMap(([name, cases]) => halfAndSingle(name, cases('tame')));

const width = 12;
/** Cases of an operation on rows of numbers. */
const rows = (count: number, build: (values: readonly Value[]) => OpView): fc.Arbitrary<Case> =>
  fc.tuple(...Array.from({ length: count }, () => array([width], f32, 'tame'))).map((inputs: readonly NdArray[]) => ({
    types: inputs.map(({ shape }) => tensorType(shape, f32)),
    inputs,
    build,
  }));

const pairs = ['addf', 'subf', 'mulf', 'divf', 'maximumf', 'minimumf'] as const;
const arithmetic: readonly Subject[] = [f16, bf16, f32, f64].flatMap((element) => [
  ...pairs.map((key) => ({
    name: arith.ops[key].opName,
    element,
    cases: rows(2, ([lhs, rhs]) => arith.ops[key]({ lhs: lhs as Value, rhs: rhs as Value })),
  })),
  { name: 'arith.negf', element, cases: rows(1, ([operand]) => arith.ops.negf({ operand: operand as Value })) },
]);

const narrowing = (element: FloatType, to: FloatType, mode: number): Subject => ({
  name: `arith.truncf to ${to.text}${mode === 0 ? '' : `, ${roundings[mode]}`}`,
  element,
  cases: rows(1, ([value]) =>
    arith.ops.truncf({
      in: value as Value,
      types: [tensorType([width], to)],
      ...(mode === 0 ? {} : { roundingmode: mode }),
    }),
  ),
});
const conversions: readonly Subject[] = [
  ...[f16, bf16, ...(['f8E5M2', 'f8E4M3FN', 'f4E2M1FN'] as const).map(floatType)].map((to) => narrowing(f32, to, 0)),
  narrowing(f64, f32, 0),
  ...roundings.flatMap((_, mode) => (mode === 0 ? [] : [narrowing(f32, bf16, mode)])),
  {
    name: 'arith.extf to f32',
    element: f16,
    cases: rows(1, ([value]) => arith.ops.extf({ in: value as Value, types: [tensorType([width], f32)] })),
  },
];

/** All subjects. */
export const subjects: readonly Subject[] = [...layers, ...fixedPoint, ...arithmetic, ...conversions];
