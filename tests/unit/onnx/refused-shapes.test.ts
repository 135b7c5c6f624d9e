/** Axes, extents and permutations that do not fit what a node reads: the whole text of the refusal. */
import { describe, expect, test } from 'vitest';
import { Random } from '../../../tools/check/random.ts';
import { modelBytes } from '../../../tools/fuzz/onnx/encode.ts';
import type { AttributeValue, ModelConstant, SmallModel } from '../../../tools/fuzz/onnx/model.ts';
import { call, expressionsOf, importedFile, told } from './expression.ts';

/** A node on inputs of extents and constants of integers. */
function modelOf(
  node: string,
  shapes: readonly (readonly number[])[],
  attributes: Readonly<Record<string, AttributeValue>> = {},
  ints: readonly number[] | undefined = undefined,
  opset = 13,
): SmallModel {
  const constants: ModelConstant[] = ints ? [{ constant: 'k0', shape: [ints.length], ints }] : [];
  const inputs = shapes.map((shape, at) => ({ input: `x${at}`, shape }));
  const reads = [...inputs.map(({ input }) => input), ...constants.map(({ constant }) => constant)];
  return {
    head: { opset, style: 'small', seed: 1 },
    inputs,
    constants,
    nodes: [{ node, inputs: reads, output: 'y', attributes }],
  };
}
/** What is told of a model of one node, without the node's name. */
function refused(model: SmallModel): string {
  const { text, places } = told(() => importedFile(modelBytes(model)));
  if (text === '') return '';
  expect(places).toEqual(['y']);
  const start = `node 'y' (${model.nodes[0]?.node}) `;
  expect(text.startsWith(start)).toBe(true);
  return text.slice(start.length);
}
const product = (extents: readonly number[]): number => extents.reduce((a, b) => a * b, 1);
function* drawn(count: number): Generator<{ readonly random: Random; readonly shape: readonly number[] }> {
  for (let number = 0; number < count; number++) {
    const random = new Random(113, number);
    yield { random, shape: Array.from({ length: 1 + random.below(4) }, () => 1 + random.below(4)) };
  }
}

describe('an axis', () => {
  const axisModels: Readonly<Record<string, (shape: readonly number[], axis: number, opset: number) => SmallModel>> = {
    Softmax: (shape, axis, opset) => modelOf('Softmax', [shape], { axis }, undefined, opset),
    Concat: (shape, axis, opset) => modelOf('Concat', [shape, shape], { axis }, undefined, opset),
    Squeeze: (shape, axis, opset) =>
      opset >= 13
        ? modelOf('Squeeze', [shape.map(() => 1)], {}, [axis], opset)
        : modelOf('Squeeze', [shape.map(() => 1)], { axes: [axis] }, undefined, opset),
    // The axes are those of the result.
    Unsqueeze: (shape, axis, opset) =>
      opset >= 13
        ? modelOf('Unsqueeze', [shape.slice(1)], {}, [axis], opset)
        : modelOf('Unsqueeze', [shape.slice(1)], { axes: [axis] }, undefined, opset),
  };
  test.each(Object.keys(axisModels))('of %s is one of the dimensions, from either end', (name) => {
    for (const { random, shape } of drawn(10))
      for (let axis = -shape.length - 2; axis < shape.length + 2; axis++) {
        const model = (axisModels[name] as (typeof axisModels)[string])(shape, axis, random.pick([11, 13]));
        const isOne = axis >= -shape.length && axis < shape.length;
        expect(refused(model)).toBe(isOne ? '' : `has axis ${axis}, expected one of ${shape.length} dimensions`);
      }
  });

  test('of Flatten may be the end, too', () => {
    for (const { shape } of drawn(8)) {
      const rank = shape.length;
      for (let axis = -rank - 2; axis < rank + 3; axis++)
        expect(refused(modelOf('Flatten', [shape], { axis }))).toBe(
          axis >= -rank && axis <= rank ? '' : `has axis ${axis}, expected -${rank} to ${rank}`,
        );
    }
  });

  test('is added once', () => {
    for (const { random, shape } of drawn(8)) {
      const rank = shape.length + 2;
      const one = random.below(rank);
      const axes = [one, random.once(2) ? one : one - rank];
      const model = random.once(2)
        ? modelOf('Unsqueeze', [shape], {}, axes, 13)
        : modelOf('Unsqueeze', [shape], { axes }, undefined, 11);
      expect(refused(model)).toBe(`has axes [${axes}], expected each once`);
    }
  });
});

describe('the extents of a reshape', () => {
  test('keep the number of elements, with at most one that is worked out', () => {
    const seen = new Map<string, number>();
    for (const { random, shape } of drawn(160)) {
      const from = product(shape);
      const wanted = random.once(2)
        ? Array.from({ length: random.below(4) }, () => random.pick([-1, 0, 1, 2, 3, from, -2]))
        : shape.map((extent) => random.pick([extent, extent, 0, -1]));
      const zero = random.once(4) ? 1 : 0;
      const kept = wanted.map((extent, at) => (extent === 0 && zero === 0 ? (shape[at] ?? 0) : extent));
      const open = kept.filter((extent) => extent === -1).length;
      const known = product(kept.filter((extent) => extent !== -1));
      const to = kept.map((extent) => (extent === -1 ? from / known : extent));
      const model = random.once(2)
        ? modelOf('Reshape', [shape], { allowzero: zero }, wanted, 14)
        : modelOf('Reshape', [shape], { shape: wanted, allowzero: zero }, undefined, 4);
      const fits = product(to) === from && to.every((extent) => Number.isInteger(extent));
      const says =
        open > 1
          ? `has shape [${wanted}], expected at most one -1`
          : fits
            ? ''
            : `has shape [${wanted}] for ${from} elements of [${shape}]`;
      const found = refused(model);
      // Two negative extents have a product that fits; no tensor has such.
      if (says === '' && to.some((extent) => extent < 1)) expect(found).toMatch(/^does not fit: /);
      else expect(found).toBe(says);
      if (found === '') expect(expressionsOf(model)).toEqual([call('reshape', ['x0'], { shape: to }, to)]);
      const key = says.replace(/\[.*\]|\d+/g, '');
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    expect(seen.size).toBe(3);
    for (const count of seen.values()) expect(count).toBeGreaterThan(10);
  });

  test('of a normalization have channels', () => {
    for (const shape of [[], [4]])
      expect(refused(modelOf('BatchNormalization', [shape]))).toBe(
        `has an input of tensor<${[...shape, 'f32'].join('x')}>, expected N × C and more`,
      );
  });

  test('are there', () => {
    expect(refused(modelOf('Reshape', [[2, 3]], {}, undefined, 4))).toBe("has no attribute 'shape'");
    expect(refused(modelOf('Concat', []))).toBe('has no inputs, expected at least one');
  });
});

describe('operands that do not fit each other', () => {
  test('factors of several dimensions', () => {
    for (const { random } of drawn(60)) {
      const shapeOf = (rank: number): number[] => Array.from({ length: rank }, () => 1 + random.below(3));
      const [a, b] = [shapeOf(random.below(5)), shapeOf(random.below(5))];
      const [m, k, n] = [a.at(-2), a.at(-1), b.at(-1)];
      const found = refused(modelOf('MatMul', [a, b]));
      const typeOf = (shape: readonly number[]): string => `tensor<${[...shape, 'f32'].join('x')}>`;
      if (a.length !== b.length && (b.length !== 2 || a.length < 2))
        expect(found).toBe(`multiplies ${typeOf(a)} and ${typeOf(b)}, which is not supported`);
      else if (b.length >= 2 && b.at(-2) === k && (b.length === 2 || a.slice(0, -2).join() === b.slice(0, -2).join()))
        expect(found, `${m} × ${k} × ${n}`).toBe('');
      else expect(found).toMatch(/^does not fit: /);
    }
  });

  test.each<readonly [string, readonly (readonly number[])[], Readonly<Record<string, AttributeValue>>]>([
    [
      'Add',
      [
        [2, 3],
        [4, 3],
      ],
      {},
    ],
    [
      'Gemm',
      [
        [2, 3],
        [4, 3],
      ],
      {},
    ],
    [
      'Gemm',
      [
        [2, 3, 1],
        [3, 3],
      ],
      {},
    ],
    ['Concat', [[2, 3], [4]], { axis: 0 }],
    [
      'Concat',
      [
        [2, 3],
        [3, 4],
      ],
      { axis: 0 },
    ],
    ['Transpose', [[2, 3]], { perm: [0, 0] }],
    ['Transpose', [[2, 3]], { perm: [0, 5] }],
    ['Transpose', [[2, 3]], { perm: [0] }],
    ['MaxPool', [[1, 1, 2, 2]], { kernel_shape: [3, 3] }],
    ['AveragePool', [[1, 1, 9, 9]], { kernel_shape: [2, 2], pads: [2, 0, 0, 0] }],
    [
      'Conv',
      [
        [1, 1, 2, 2],
        [1, 1, 3, 3],
      ],
      {},
    ],
    [
      'Conv',
      [
        [1, 1, 9, 9],
        [1, 1, 3],
      ],
      {},
    ],
    [
      'Conv',
      [
        [1, 2, 9, 9],
        [2, 1, 3, 3],
      ],
      { group: 0 },
    ],
  ])('%s of %j with %j', (name, shapes, attributes) => {
    expect(refused(modelOf(name, shapes, attributes))).toMatch(/^does not fit: ./);
  });
});
