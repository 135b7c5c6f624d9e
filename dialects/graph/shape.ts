import { f32, anyType, attr, op, tensor, type TensorType, tensorType, variadic } from '../../ir/index.ts';
import { samplePermutation, sampleShape } from '../builtin/sample.ts';

/** A constant tensor: a weight of the network. */
export const constant = op('graph.constant', {
  summary: 'a constant tensor',
  attributes: { value: attr.elements() },
  results: { out: tensor('...S') },
  traits: ['pure', 'constant-like'],
  assembly: 'attr-dict $value',
  inferTypes: (_, attributes) => {
    const value = attributes.get('value');
    return value?.kind === 'dense' ? [value.type] : [];
  },
  verifyOperation: (_, { value, out }) =>
    value.type === out.type ? undefined : `value has type ${value.type.text}, expected the result's ${out.type.text}`,
  fold: ({ value }) => [value],
});

/** ONNX Reshape, Flatten, Squeeze and Unsqueeze with a known result. */
export const reshape = op('graph.reshape', {
  summary: 'the same elements in row-major order with other extents',
  operands: { input: tensor('...S') },
  attributes: { shape: attr.ints({ min: 1, max: 2 ** 31 }) },
  results: { out: tensor('...D') },
  dims: ({ shape }) => ({ D: shape }),
  verify: ({ S, shape }) => {
    const [from, to] = [S, shape].map((extents) => extents.reduce((a, b) => a * b, 1));
    return from === to ? undefined : `changes the number of elements from ${from} to ${to}`;
  },
  sample: ({ S }, draw) => ({ shape: sampleShape(S, draw) }),
  traits: ['pure'],
  assembly: '$input attr-dict `:` type($input) `->` type($out)',
  fold: ({ input, out, operation }) => {
    if (input.type === out.type) return [input];
    const inner = input.owner?.name === operation.name ? input.owner.operand(0) : undefined;
    return inner?.type === out.type ? [inner] : undefined;
  },
});

/** ONNX Transpose: dimension d of the result is dimension `permutation[d]` of the input. */
export const transpose = op('graph.transpose', {
  summary: 'axes in another order',
  operands: { input: tensor('...S') },
  attributes: { permutation: attr.ints({ min: 0, max: 7 }) },
  results: { out: tensor('...D') },
  dims: ({ S, permutation }) => ({ D: permutation.map((axis) => S[axis] as number) }),
  verify: ({ S, permutation }) =>
    [...permutation].sort((a, b) => a - b).join() === S.map((_, at) => at).join()
      ? undefined
      : `permutation [${permutation}] does not name each of ${S.length} axes once`,
  sample: ({ S }, draw) => ({ permutation: samplePermutation(S.length, draw) }),
  traits: ['pure'],
  assembly: '$input attr-dict `:` type($input) `->` type($out)',
  fold: ({ input, permutation }) => (permutation.every((axis, at) => axis === at) ? [input] : undefined),
});

/** ONNX Concat. */
export const concat = op('graph.concat', {
  summary: 'tensors one behind the other along an axis',
  operands: { inputs: variadic(anyType) },
  attributes: { axis: attr.int({ min: 0, max: 7 }) },
  results: { out: tensor('...D') },
  sample: ({ axis }, draw) => {
    const shape = Array.from({ length: draw.int(axis + 1, Math.max(axis + 1, 3)) }, () => draw.int(1, 4));
    const inputs = Array.from({ length: draw.int(1, 3) }, () =>
      tensorType(
        shape.map((extent, d) => (d === axis ? draw.int(1, 4) : extent)),
        f32,
      ),
    );
    return { operandTypes: { inputs } };
  },
  traits: ['pure'],
  assembly: '$inputs attr-dict `:` type($inputs) `->` type($out)',
  inferTypes: (inputs, attributes) => {
    const attribute = attributes.get('axis');
    const axis = attribute?.kind === 'integer' ? Number(attribute.value) : 0;
    const first = inputs[0]?.type;
    if (first?.kind !== 'tensor') throw new RangeError('graph.concat: needs at least one tensor');
    const total = inputs.reduce((sum, input) => sum + ((input.type as TensorType).shape[axis] ?? 0), 0);
    return [
      tensorType(
        first.shape.map((extent, at) => (at === axis ? total : extent)),
        first.element,
      ),
    ];
  },
  verifyOperation: (_, { inputs, axis, out }) => {
    const result = out.type as TensorType;
    if (inputs.length === 0) return 'has no inputs';
    if (axis >= result.shape.length) return `axis ${axis} is not a dimension of ${result.text}`;
    let total = 0;
    for (const [at, { type }] of inputs.entries()) {
      const joins =
        type.kind === 'tensor' &&
        type.element === result.element &&
        type.shape.length === result.shape.length &&
        type.shape.every((extent, d) => d === axis || extent === result.shape[d]);
      if (!joins) return `input #${at} has type ${type.text}, which does not join to ${result.text} along axis ${axis}`;
      total += (type as TensorType).shape[axis] as number;
    }
    return total === result.shape[axis]
      ? undefined
      : `inputs have ${total} elements along axis ${axis}, the result ${result.shape[axis]}`;
  },
});
