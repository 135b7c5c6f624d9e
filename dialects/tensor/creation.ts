/** Operations that make tensors from elements. */
import { elementCount, index, op, type Region, region, type Value, variadic } from '../../ir/index.ts';
import {
  elementValue,
  extentCountError,
  indexValue,
  rankedTensor,
  rankedType,
  staticTensor,
  unknownExtents,
} from './constraint.ts';

/** A tensor whose elements are not given; only its shape is. */
export const empty = op('tensor.empty', {
  summary: 'a tensor of which only the shape is given',
  operands: { dynamicSizes: variadic(indexValue) },
  results: { result: rankedTensor() },
  traits: ['pure'],
  assembly: '`` `(` $dynamicSizes `)` attr-dict `:` type($result)',
  verifyOperation: (_, { dynamicSizes, result }) => extentCountError(dynamicSizes, rankedType(result)),
});

/** A tensor of the given elements in row-major order. */
export const fromElements = op('tensor.from_elements', {
  summary: 'a tensor of the given elements in row-major order',
  operands: { elements: variadic(elementValue()) },
  results: { result: staticTensor() },
  traits: ['pure'],
  assembly: '$elements attr-dict `:` type($result)',
  verifyOperation: (_, { elements, result }) => {
    const { shape, element } = rankedType(result);
    return elements.length === elementCount(shape) && elements.every(({ type }) => type === element)
      ? undefined
      : 'failed to verify that operand types match result element type';
  },
});

/** One value in every place. */
export const splat = op('tensor.splat', {
  summary: 'a tensor with one value in every place',
  operands: { input: elementValue(), dynamicSizes: variadic(indexValue) },
  results: { aggregate: rankedTensor() },
  traits: ['pure'],
  assembly: '$input (`[` $dynamicSizes^ `]`)? attr-dict `:` type($aggregate)',
  verifyOperation: (_, { input, dynamicSizes, aggregate }) =>
    input.type === rankedType(aggregate).element
      ? extentCountError(dynamicSizes, rankedType(aggregate))
      : 'failed to verify that operand type matches element type of result',
});

/** The value that the only block of a region yields; undefined where it ends otherwise. */
export const yieldedBy = (body: Region): Value | undefined => {
  const last = body.entry?.last;
  return last?.name === 'tensor.yield' ? last.operand(0) : undefined;
};

/** Computes every element from its indices. */
export const generate = op('tensor.generate', {
  summary: 'a tensor whose elements a region computes from their indices',
  operands: { dynamicExtents: variadic(indexValue) },
  results: { result: rankedTensor() },
  regions: { body: region('one block: an index for each dimension; it yields the element') },
  traits: ['single-block', 'recursive-effects'],
  assembly: '$dynamicExtents $body attr-dict `:` type($result)',
  verifyOperation: (_, { dynamicExtents, result, body }) => {
    const type = rankedType(result);
    if (dynamicExtents.length !== unknownExtents(type)) return extentCountError(dynamicExtents, type);
    if (!body.entry) return "region #0 ('body') failed to verify constraint: region with 1 blocks";
    const places = body.entry.arguments;
    if (places.length !== type.shape.length) return 'must have one body argument per input dimension';
    if (places.some((place) => place.type !== index)) return 'all body arguments must be index';
    return yieldedBy(body)?.type === type.element
      ? undefined
      : 'body must be terminated with a `yield` operation of the tensor element type';
  },
});

/** Ends the region of `generate` or `pad` with an element. */
export const yieldOp = op('tensor.yield', {
  summary: 'ends a region with an element',
  operands: { value: elementValue() },
  traits: ['pure', 'terminator', 'return-like'],
  assembly: '$value attr-dict `:` type($value)',
  parents: ['tensor.generate', 'tensor.pad'],
});
