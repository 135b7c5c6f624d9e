/** Comparing what programs give: equal bits (all NaNs being one, −0 not +0), or inside a bound. */
import { NdArray, type RuntimeValue, type Scalar } from '../../interpreter/index.ts';

/** A place at which two values differ. */
export interface ValueDifference {
  /** The element, row-major; undefined of scalars and of arrays of different shapes. */
  readonly element: number | undefined;
  readonly before: string;
  readonly after: string;
  /** How far they may be apart; undefined where they must be equal. */
  readonly bound: number | undefined;
}

/** A number as it is told. */
export const scalarText = (value: Scalar): string => (Object.is(value, -0) ? '-0' : String(value));
const shapeText = ({ shape, element }: NdArray): string => [...shape, element.text].join('x');
const valueText = (value: RuntimeValue | undefined): string =>
  value === undefined
    ? 'nothing'
    : value instanceof NdArray
      ? `an array of ${shapeText(value)}`
      : typeof value === 'object'
        ? `a ${value.runtimeKind}`
        : scalarText(value);

const sameScalar = (a: Scalar, b: Scalar): boolean =>
  // A large integer may stand as a number or as a bigint.
  Object.is(a, b) || (typeof a !== typeof b && BigInt(a) === BigInt(b));

/** A NaN is inside no bound but an infinite one, which claims nothing. */
const within = (a: Scalar, b: Scalar, bound: number): boolean =>
  bound === Number.POSITIVE_INFINITY || sameScalar(a, b) || a === b || Math.abs(Number(a) - Number(b)) <= bound;

/** Where two values differ first; `bound` gives how far each element may. Objects of dialects are not compared. */
export function valueDifference(
  before: RuntimeValue | undefined,
  after: RuntimeValue | undefined,
  bound?: ArrayLike<number>,
): ValueDifference | undefined {
  if (before instanceof NdArray && after instanceof NdArray) {
    if (before.shape.join() !== after.shape.join()) return differing(before, after);
    for (let at = 0; at < before.data.length; at++) {
      const [a, b] = [before.data[at] as Scalar, after.data[at] as Scalar];
      const limit = bound?.[at];
      if (limit === undefined ? !sameScalar(a, b) : !within(a, b, limit))
        return { element: at, before: scalarText(a), after: scalarText(b), bound: limit };
    }
    return undefined;
  }
  const scalars = typeof before !== 'object' && typeof after !== 'object';
  if (scalars && before !== undefined && after !== undefined)
    return sameScalar(before, after) ? undefined : differing(before, after);
  return scalars || before instanceof NdArray || after instanceof NdArray ? differing(before, after) : undefined;
}

const differing = (before: RuntimeValue | undefined, after: RuntimeValue | undefined): ValueDifference => ({
  element: undefined,
  before: valueText(before),
  after: valueText(after),
  bound: undefined,
});
