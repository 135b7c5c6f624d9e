/** Canonical forms of tensor operations. Every pattern keeps every bit. */
import type { TensorType, Value } from '../../ir/index.ts';
import { noMatch, pattern, type RewritePattern } from '../../rewrite/index.ts';
import { tensorop } from './index.ts';
import { quantizePatterns, requantizePatterns } from './quantize-patterns.ts';

const { add, addBias, broadcast, reshape, transpose } = tensorop.ops;
const shapeOf = (value: Value): readonly number[] => (value.type as TensorType).shape;

/** (xᵖ)ᑫ = xᵖᑫ: one transpose does the work of two. */
export const composeTransposes = pattern('compose-transposes', transpose, ({ input, permutation }) => {
  const inner = input.definedBy(transpose);
  if (!inner) return noMatch('input is not a transpose');
  return transpose({ input: inner.input, permutation: permutation.map((d) => inner.permutation[d] as number) });
});

/** A transpose that keeps the order of all extents but 1 moves nothing. */
export const transposeOfOnes = pattern('transpose-of-ones', transpose, ({ input, permutation, out }) => {
  const moved = permutation.filter((d) => shapeOf(input)[d] !== 1);
  if (moved.some((d, at) => at > 0 && d < (moved[at - 1] as number))) return noMatch('moves extents other than 1');
  return reshape({ input, shape: shapeOf(out) });
});

/** A reshape of a reshape is one. */
export const composeReshapes = pattern('compose-reshapes', reshape, ({ input, shape }) => {
  const inner = input.definedBy(reshape);
  return inner ? reshape({ input: inner.input, shape }) : noMatch('input is not a reshape');
});

/** x + broadcast(b) is a bias when b has one number per element of the last dimension. */
export const broadcastToBias = pattern('broadcast-to-bias', add, ({ lhs, rhs, out }) => {
  for (const [x, other] of [
    [lhs, rhs],
    [rhs, lhs],
  ] as const) {
    const repeated = other.definedBy(broadcast);
    if (!repeated) continue;
    const shape = shapeOf(repeated.input);
    const channels = shapeOf(out).at(-1);
    if (channels === undefined || shape.at(-1) !== channels || shape.slice(0, -1).some((extent) => extent !== 1))
      continue;
    return addBias({ input: x, bias: reshape({ input: repeated.input, shape: [channels] }) });
  }
  return noMatch('neither side repeats one number per channel');
});

/** (broadcast b)ᵖ = broadcast(bᵖ): what is repeated is smaller. */
export const transposeOfBroadcast = pattern('transpose-of-broadcast', transpose, ({ input, permutation, out }) => {
  const repeated = input.definedBy(broadcast);
  if (!repeated) return noMatch('input is not a broadcast');
  const small = shapeOf(repeated.input);
  const aligned = [...Array.from({ length: permutation.length - small.length }, () => 1), ...small];
  const turned = transpose({ input: reshape({ input: repeated.input, shape: aligned }), permutation });
  return broadcast({ input: turned, shape: shapeOf(out) });
});

/** The canonical patterns of the dialect. */
export const tensoropPatterns: readonly RewritePattern[] = [
  composeTransposes,
  transposeOfOnes,
  composeReshapes,
  broadcastToBias,
  transposeOfBroadcast,
  ...requantizePatterns,
  ...quantizePatterns,
];
