/**
 * How far the results of one node may lie apart when both sides have computed it right from the same inputs.
 *
 * Where the standard (IEEE 754, and the ONNX operator specification) fixes the result, nothing. A sum of n products in any
 * order, with fused products or not, is within γ(n) · Σ|x·w| of the real sum, γ(n) = n·u / (1 − n·u) with u = 2^-24
 * (Higham, Accuracy and Stability of Numerical Algorithms, 3.1); both sides are, hence twice. Of functions the specification
 * says no accuracy; its own tests of operators compare with 10^-3 of the value and 10^-7, and so is done here.
 */
import type { NdArray } from '../../../interpreter/index.ts';
import type { ModelNode } from './model.ts';

/** What a node's tolerance depends on. */
export interface NodeValues {
  readonly node: ModelNode;
  /** Extents of its operands. */
  readonly shapes: readonly (readonly number[])[];
  /** What the same node gives when all numbers are replaced by how large they are: Σ|x·w| for sums. */
  magnitudes(): NdArray | undefined;
}

const unit = 2 ** -24;
const gamma = (n: number): number => (n * unit) / (1 - n * unit);
const smallest = 2 ** -149;
const product = (extents: readonly number[]): number => extents.reduce((a, b) => a * b, 1);

/** How many numbers go into one result, by operator; undefined where results are no sums. */
function termsOf({ node, shapes }: NodeValues): number | undefined {
  const [first = [], second = []] = shapes;
  switch (node.node) {
    case 'Conv':
      return product(second.slice(1)) + 1;
    case 'Gemm':
      return (first[node.attributes['transA'] ? 0 : 1] ?? 1) + 3;
    case 'MatMul':
      return first.at(-1) ?? 1;
    case 'AveragePool':
      return product(node.attributes['kernel_shape'] as readonly number[]) + 1;
    case 'GlobalAveragePool':
      return product(first.slice(2)) + 1;
    // Two products, two differences and a root, rounded in different places.
    case 'BatchNormalization':
      return 8;
    default:
      return undefined;
  }
}

const choosing: ReadonlySet<string> = new Set(['Relu', 'MaxPool', 'Clip']);

/**
 * Whether two different results are right both. Operators that choose the larger number do not say which zero that is, nor
 * what a NaN among numbers is to them: `max` in the ONNX specification is that of mathematics.
 */
export const areBothRight = ({ node }: ModelNode, here: number, there: number): boolean =>
  (choosing.has(node) && here === 0 && there === 0) ||
  (node === 'MaxPool' && (Number.isNaN(here) || (here === Number.NEGATIVE_INFINITY && there === -largestSingle)));

/** The runtime begins with the lowest finite number, so a window of infinities only is that to it. */
const largestSingle = (2 - 2 ** -23) * 2 ** 127;

const functions: ReadonlySet<string> = new Set(['Exp', 'Sigmoid', 'Tanh', 'Softmax']);

/** The largest right distance of each element of a node's result; undefined where bits must be the same. */
export function toleranceOf(values: NodeValues, result: ArrayLike<number>): Float64Array | undefined {
  const terms = termsOf(values);
  if (terms !== undefined) {
    const magnitudes = values.magnitudes()?.data;
    return Float64Array.from(result, (_, at) => {
      const magnitude = Number(magnitudes?.[at] ?? Number.POSITIVE_INFINITY);
      // Partial sums of another order may overflow.
      if (!(magnitude < 1e38)) return Number.POSITIVE_INFINITY;
      return 2 * gamma(terms + 2) * magnitude * (1 + gamma(terms + 2)) + 2 * terms * smallest;
    });
  }
  if (functions.has(values.node.node)) return Float64Array.from(result, (x) => 1e-3 * Math.abs(x) + 1e-7);
  return undefined;
}
