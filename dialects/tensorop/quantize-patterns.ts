/**
 * Canonical forms of fixed point. R(q; s, r, t) is q · 2^−s rounded by r and limited to t. Each equation holds for every
 * integer: rounding and limiting are monotone, so that it is enough to look at the ends of a range.
 */
import {
  holdsIntegers,
  integerRange,
  type IntegerType,
  type Operation,
  type Rounding,
  shifted,
  type TensorType,
  type Value,
} from '../../ir/index.ts';
import { noMatch, type RewritePattern, rule } from '../../rewrite/index.ts';
import { tensorop } from './index.ts';

const { cast, dequantize, quantize, requantize } = tensorop.ops;

const elementOf = (value: Value): IntegerType => (value.type as TensorType).element as IntegerType;
const formatOf = (value: Value): 'f16' | 'f32' => elementOf(value).text as 'f16' | 'f32';
const resultOf = (root: Operation): Value => root.result();
const middleOf = (root: Operation): Value => root.operand(0);

/** Whether an exponent is one that operations may have. */
const isExponent = (exponent: number): boolean => Math.abs(exponent) <= 127;

/** What a step of requantisation makes of a value of `from`, and puts into `to`. */
interface Step {
  readonly from: Value;
  readonly to: Value;
  readonly shift: number;
  readonly rounding: Rounding;
}
const endsOf = ({ from, shift, rounding }: Step): readonly bigint[] =>
  integerRange(elementOf(from).width).map((end) => shifted(end, shift, rounding));
/** No integer of `from` leaves the range of `to`. */
function fits(step: Step): boolean {
  const [[low = 0n, high = 0n], [least, most]] = [endsOf(step), integerRange(elementOf(step.to).width)];
  return low >= least && high <= most;
}
/** The ends of `from` become the ends of `to`, so that what lies beyond would as well. */
function reachesEnds(step: Step): boolean {
  const [[low = 0n, high = 0n], [least, most]] = [endsOf(step), integerRange(elementOf(step.to).width)];
  return low <= least && high >= most;
}

/** The rounding that does both; undefined where none does. */
function roundingOfBoth(first: Step, second: Step): Rounding | undefined {
  if (first.shift <= 0) return second.rounding;
  if (second.shift === 0) return first.rounding;
  // ⌊⌊x / a⌋ / b⌋ = ⌊x / ab⌋ for whole a and b, so for ⌈⌉, and by the sign for both others; ties are lost to the first.
  const isSame = first.rounding === second.rounding && first.rounding !== 'nearest' && second.shift > 0;
  return isSame ? first.rounding : undefined;
}

/**
 * R(R(q; a, r, m); b, r', t) = R(q; a + b, r″, t), r″ being the rounding that does both, where the limits of m do not show:
 * nothing leaves m, or the ends of m go to the ends of t anyway.
 */
export const composeRequantises = rule('compose-requantises', {
  match: requantize.of({
    input: requantize.of({ input: 'q', shift: 'a', rounding: 'inner' }),
    shift: 'b',
    rounding: 'outer',
  }),
  build({ q, a, inner, b, outer }, root) {
    const [middle, out] = [middleOf(root), resultOf(root)];
    const first: Step = { from: q, to: middle, shift: a, rounding: inner };
    const second: Step = { from: middle, to: out, shift: b, rounding: outer };
    const rounding = roundingOfBoth(first, second);
    if (rounding === undefined) return noMatch(`rounded ${inner} by ${a}, then ${outer} by ${b}, is rounded twice`);
    if (!isExponent(a + b)) return noMatch(`a shift of ${a + b} is too far for one`);
    if (!fits(first) && !reachesEnds(second))
      return noMatch(`the limits of ${elementOf(middle).text} would no longer show`);
    return requantize({ input: q, shift: a + b, rounding, types: [out.type] });
  },
});

/** R(q; s, r, t) = R(q; s, nearest, t) for s ≤ 0: an integer is not rounded. */
export const dropRounding = rule('drop-rounding', {
  match: requantize.of({ input: 'q', shift: 's', rounding: 'r' }),
  build: ({ q, s, r }, root) =>
    s > 0 || r === 'nearest'
      ? noMatch('rounds, or by default')
      : requantize({ input: q, shift: s, types: [resultOf(root).type] }),
});

/** D(R(q; s, r, m); p) = D(q; p − s), where s ≤ 0 and nothing leaves m: both are q · 2^(p − s), rounded once. */
export const dequantiseOfExact = rule('dequantise-of-exact', {
  match: dequantize.of({ input: requantize.of({ input: 'q', shift: 's', rounding: 'r' }), position: 'p' }),
  build({ q, s, r, p }, root) {
    const middle = middleOf(root);
    if (dequantize.definition.operands[0]?.constraint.check(q.type, {}) !== undefined)
      return noMatch(`${elementOf(q).text} is not dequantised`);
    if (s > 0 || !fits({ from: q, to: middle, shift: s, rounding: r }))
      return noMatch('the requantisation is not exact');
    if (!isExponent(p - s)) return noMatch(`a position of ${p - s} is too far`);
    return dequantize({ input: q, position: p - s, types: [resultOf(root).type] });
  },
});

/**
 * Q(D(q; p); p', r, t) = R(q; p' − p, r, t), where the format between holds q · 2^p for every q: i8 in f16 at −24 ≤ p ≤ 8,
 * i8 in f32 at p ≤ 120, i16 in f32 at p ≤ 112; never i16 in f16.
 */
export const quantiseOfDequantise = rule('quantise-of-dequantise', {
  match: quantize.of({ input: dequantize.of({ input: 'q', position: 'p' }), position: 'to', rounding: 'r' }),
  build({ q, p, to, r }, root) {
    const format = formatOf(middleOf(root));
    if (!holdsIntegers(format, elementOf(q).width, p))
      return noMatch(`${format} does not hold every ${elementOf(q).text} at position ${p}`);
    if (!isExponent(to - p)) return noMatch(`a shift of ${to - p} is too far for one`);
    return requantize({ input: q, shift: to - p, rounding: r, types: [resultOf(root).type] });
  },
});

/** Q(x in f32; p, r, t) = Q(x; p, r, t) for a half x, as widening is exact. */
export const quantiseOfWidened = rule('quantise-of-widened', {
  match: quantize.of({ input: cast.of({ input: 'x' }), position: 'p', rounding: 'r' }),
  build: ({ x, p, r }, root) =>
    formatOf(x) === 'f16'
      ? quantize({ input: x, position: p, rounding: r, types: [resultOf(root).type] })
      : noMatch('the cast may round'),
});

/** D(q; p) in f32, rounded to f16, is D(q; p) in f16: f32 rounds nothing but what is far beyond the largest half. */
export const narrowDequantise = rule('narrow-dequantise', {
  match: cast.of({ input: dequantize.of({ input: 'q', position: 'p' }) }),
  build({ q, p }, root) {
    const [from, to] = [middleOf(root), resultOf(root)];
    if (formatOf(from) !== 'f32' || formatOf(to) !== 'f16') return noMatch('not from single to half precision');
    return dequantize({ input: q, position: p, types: [to.type] });
  },
});

/** The canonical patterns of integers alone. */
export const requantizePatterns: readonly RewritePattern[] = [composeRequantises, dropRounding];
/** Those of integers and floating-point numbers. */
export const quantizePatterns: readonly RewritePattern[] = [
  dequantiseOfExact,
  quantiseOfDequantise,
  quantiseOfWidened,
  narrowDequantise,
];
