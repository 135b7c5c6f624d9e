import {
  f32,
  attr,
  type DenseAttribute,
  denseAttribute,
  type FoldResult,
  op,
  storedBytes,
  tensor,
  type TensorType,
  tensorType,
  type Value,
  anyType,
  variadic,
} from '../../ir/index.ts';
import { samplePart, samplePermutation, sampleRepeated, sampleShape } from '../builtin/sample.ts';

/** A constant tensor. */
export const constant = op('tensorop.constant', {
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

const shapeOf = (value: Value): readonly number[] => (value.type as TensorType).shape;
/** The data of `from` with its axes in another order. */
function transposed(from: DenseAttribute, permutation: readonly number[], type: TensorType): DenseAttribute {
  if (from.splat) return denseAttribute(type, from.bytes);
  const size = storedBytes(type.element);
  const strides = from.type.shape.map((_, at) => from.type.shape.slice(at + 1).reduce((a, b) => a * b, 1));
  const bytes = new Uint8Array(from.bytes.length);
  const index = type.shape.map(() => 0);
  for (let to = 0; to < bytes.length; to += size) {
    const at = permutation.reduce((sum, axis, d) => sum + (strides[axis] as number) * (index[d] as number), 0);
    bytes.set(from.bytes.subarray(at * size, (at + 1) * size), to);
    for (let d = index.length - 1; d >= 0; d--) {
      index[d] = (index[d] as number) + 1;
      if (index[d] !== type.shape[d]) break;
      index[d] = 0;
    }
  }
  return denseAttribute(type, bytes);
}

/** Axes in another order: dimension d of the result is dimension `permutation[d]` of the input. */
export const transpose = op('tensorop.transpose', {
  summary: 'axes in another order',
  operands: { input: tensor('...S') },
  attributes: { permutation: attr.ints({ min: 0, max: 7 }) },
  results: { out: tensor('...D') },
  sample: ({ S }, draw) => ({ permutation: samplePermutation(S.length, draw) }),
  traits: ['pure'],
  assembly: '$input attr-dict `:` type($input) `->` type($out)',
  dims: ({ S, permutation }) => ({ D: permutation.map((axis) => S[axis] as number) }),
  verify: ({ S, permutation }) =>
    [...permutation].sort((a, b) => a - b).join() === S.map((_, at) => at).join()
      ? undefined
      : `permutation [${permutation}] does not name each of ${S.length} axes once`,
  fold: ({ input, permutation, out, operation }, [known]): FoldResult => {
    if (permutation.every((axis, at) => axis === at)) return [input];
    const inner = input.owner?.name === operation.name ? input.owner : undefined;
    const first = inner?.attribute('permutation');
    if (inner && first?.kind === 'dense-array' && permutation.every((axis, at) => Number(first.values[axis]) === at))
      return [inner.operand(0)];
    return known?.kind === 'dense' ? [transposed(known, permutation, out.type as TensorType)] : undefined;
  },
});

/** The same elements in row-major order with other extents. */
export const reshape = op('tensorop.reshape', {
  summary: 'the same elements with other extents',
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
  fold: ({ input, out, operation }, [known]): FoldResult => {
    if (input.type === out.type) return [input];
    const inner = input.owner?.name === operation.name ? input.owner.operand(0) : undefined;
    if (inner?.type === out.type) return [inner];
    return known?.kind === 'dense' ? [denseAttribute(out.type as TensorType, known.bytes)] : undefined;
  },
});

/** Repeats dimensions of extent 1 (and missing leading ones) up to the extents of `shape`. */
export const broadcast = op('tensorop.broadcast', {
  summary: 'repeats dimensions of extent 1',
  operands: { input: tensor('...S') },
  attributes: { shape: attr.ints({ min: 1, max: 2 ** 31 }) },
  results: { out: tensor('...D') },
  dims: ({ shape }) => ({ D: shape }),
  verify: ({ S, shape }) => {
    const lead = shape.length - S.length;
    return lead >= 0 && S.every((extent, at) => extent === 1 || extent === shape[lead + at])
      ? undefined
      : `cannot repeat [${S}] up to [${shape}]; extents must be 1 or equal, counted from the right`;
  },
  sample: ({ S }, draw) => ({ shape: sampleRepeated(S, draw) }),
  traits: ['pure'],
  assembly: '$input attr-dict `:` type($input) `->` type($out)',
  fold: ({ input, out }) => (input.type === out.type ? [input] : undefined),
});

/** Zeros around a tensor: `low` before and `high` behind, per dimension. */
export const pad = op('tensorop.pad', {
  summary: 'zeros around a tensor',
  operands: { input: tensor('...S') },
  attributes: { low: attr.ints({ min: 0, max: 4096 }), high: attr.ints({ min: 0, max: 4096 }) },
  results: { out: tensor('...D') },
  dims: ({ S, low, high }) => ({ D: S.map((extent, at) => (low[at] ?? 0) + extent + (high[at] ?? 0)) }),
  verify: ({ S, low, high }) =>
    low.length === S.length && high.length === S.length
      ? undefined
      : `has ${low.length} and ${high.length} pads for ${S.length} dimensions`,
  sample: ({ S }, draw) => ({
    low: S.map(() => draw.int(0, 2)),
    high: S.map(() => draw.int(0, 2)),
  }),
  traits: ['pure'],
  assembly: '$input attr-dict `:` type($input) `->` type($out)',
  fold: ({ input, out }) => (input.type === out.type ? [input] : undefined),
});

/** A rectangular part: `sizes` elements from `offsets` on, per dimension. */
export const slice = op('tensorop.slice', {
  summary: 'a rectangular part of a tensor',
  operands: { input: tensor('...S') },
  attributes: { offsets: attr.ints({ min: 0, max: 2 ** 31 }), sizes: attr.ints({ min: 1, max: 2 ** 31 }) },
  results: { out: tensor('...D') },
  dims: ({ sizes }) => ({ D: sizes }),
  verify: ({ S, offsets, sizes }) =>
    offsets.length === S.length &&
    sizes.length === S.length &&
    S.every((extent, at) => (offsets[at] as number) + (sizes[at] as number) <= extent)
      ? undefined
      : `part of sizes [${sizes}] at [${offsets}] does not lie in [${S}]`,
  sample: ({ S }, draw) => samplePart(S, draw),
  traits: ['pure'],
  assembly: '$input attr-dict `:` type($input) `->` type($out)',
  fold: ({ input, out }) => (input.type === out.type ? [input] : undefined),
});

/** Tensors one behind the other along `axis`. */
export const concat = op('tensorop.concat', {
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
    if (first?.kind !== 'tensor') throw new RangeError('tensorop.concat: needs at least one tensor');
    const total = inputs.reduce((sum, input) => sum + (shapeOf(input)[axis] ?? 0), 0);
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
    for (const [at, input] of inputs.entries()) {
      const type = input.type;
      if (type.kind !== 'tensor' || type.element !== result.element || type.shape.length !== result.shape.length)
        return `input #${at} has type ${type.text}, which does not join to ${result.text}`;
      if (!type.shape.every((extent, d) => d === axis || extent === result.shape[d]))
        return `input #${at} has type ${type.text}, which differs from ${result.text} beside axis ${axis}`;
      total += type.shape[axis] as number;
    }
    return total === result.shape[axis]
      ? undefined
      : `inputs have ${total} elements along axis ${axis}, the result ${result.shape[axis]}`;
  },
});
