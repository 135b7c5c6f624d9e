/** What is told of nodes that are not what their operators are specified to be: the whole text, and the place. */
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import { ModelProtoSchema } from '../../../lowering/onnx/generated/onnx_pb.js';
import { Random } from '../../../tools/check/random.ts';
import { modelBytes } from '../../../tools/fuzz/onnx/encode.ts';
import { type AttributeValue, type ModelNode, modelText, type SmallModel } from '../../../tools/fuzz/onnx/model.ts';
import type { Kind, Operator } from './draw-node.ts';
import { expressionsOf, importedFile, told } from './expression.ts';
import { drawNode, operators } from './operator-table.ts';

const cases = 6;
const names = Object.keys(operators);
const nodeOf = ({ nodes }: SmallModel): ModelNode => nodes[0] as ModelNode;
const withNode = (model: SmallModel, change: Partial<ModelNode>): SmallModel => ({
  ...model,
  nodes: [{ ...nodeOf(model), ...change }],
});
const withAttribute = (model: SmallModel, name: string, value: AttributeValue): SmallModel =>
  withNode(model, { attributes: { ...nodeOf(model).attributes, [name]: value } });
const refused = (model: SmallModel, file = modelBytes(model)) => {
  const { text, places } = told(() => importedFile(file));
  // Whatever is told of a node begins with it and stands at it.
  if (text !== '') {
    expect(text).toContain(`node 'y' (${nodeOf(model).node}) `);
    expect(places).toEqual(['y']);
  }
  return text.replace(`node 'y' (${nodeOf(model).node}) `, '');
};
function* drawn(
  name: string,
): Generator<{ readonly model: SmallModel; readonly means: string; readonly random: Random }> {
  for (let number = 0; number < cases; number++) {
    const random = new Random(73, number);
    yield { ...drawNode(name, random), random };
  }
}

describe('an operand that is not there', () => {
  test.each(names)('%s', (name) => {
    const { operands, needs } = operators[name] as Operator;
    for (const { model, random } of drawn(name)) {
      const { inputs } = nodeOf(model);
      for (let at = 0; at < Math.min(needs, inputs.length); at++) {
        const fewer = name !== 'Concat' && random.once(2) ? inputs.slice(0, at) : inputs.with(at, '');
        const says = `has no ${operands[at]}, expected it as input ${at}`;
        expect(refused(withNode(model, { inputs: fewer })), modelText(model)).toBe(says);
      }
    }
  });
});

const ofKind: Readonly<Record<Kind, AttributeValue>> = { int: 1, ints: [1, 1], float: { float: 1 }, string: 'a' };

describe('an attribute of another kind', () => {
  test.each(names)('%s', (name) => {
    const { kinds } = operators[name] as Operator;
    const unread = new Set(Object.keys(kinds));
    for (const { model, means } of drawn(name))
      for (const [attribute, kind] of Object.entries(kinds))
        for (const other of Object.keys(ofKind) as Kind[])
          if (other !== kind) {
            const wrong = withAttribute(model, attribute, ofKind[other]);
            const says = refused(wrong);
            // Some are not read in all versions, or not beside others.
            if (says === '') expect(expressionsOf(wrong)).toEqual([means]);
            else {
              expect(says).toBe(`has attribute '${attribute}' of kind ${other}, expected ${kind}`);
              unread.delete(attribute);
            }
          }
    expect([...unread]).toEqual([]);
  });
});

/** The file with a constant of another element type or other extents, all zeros. */
function retyped(model: SmallModel, name: string, dataType: number, shape: readonly number[]): Uint8Array {
  const file = fromBinary(ModelProtoSchema, modelBytes(model));
  const tensor = file.graph?.initializer.find((one) => one.name === name);
  if (!tensor) throw new Error(`the model has a constant ${name}`);
  const bytes = { 1: 4, 6: 4, 7: 8, 11: 8 }[dataType] as number;
  const rawData = new Uint8Array(shape.reduce((a, b) => a * b, bytes));
  Object.assign(tensor, { dataType, dims: shape.map(BigInt), floatData: [], int64Data: [], rawData });
  return toBinary(ModelProtoSchema, file);
}
const elements = { 1: 'f32', 6: 'i32', 7: 'i64', 11: 'f64' } as const;

describe('a constant', () => {
  const reading = names.filter((name) => [...drawn(name)].some(({ model }) => model.constants.length > 0));
  test.each(reading)('that %s reads is computed, or of another type', (name) => {
    const { operands } = operators[name] as Operator;
    const seen = new Set<string>();
    for (const { model } of drawn(name))
      for (const { constant, shape, ints } of model.constants) {
        const what = operands[nodeOf(model).inputs.indexOf(constant)] as string;
        seen.add(what);
        const computed: SmallModel = {
          ...model,
          inputs: [...model.inputs, { input: constant, shape }],
          constants: model.constants.filter((one) => one.constant !== constant),
        };
        expect(refused(computed)).toBe(`has a ${what} that is computed, expected a constant`);
        const channels = model.inputs[0]?.shape[1];
        const expected = ints
          ? 'int64'
          : name === 'BatchNormalization'
            ? `one f32 for each of ${channels} channels`
            : 'one float32';
        const number = ints ? 7 : 1;
        for (const [code, element] of Object.entries(elements))
          if (Number(code) !== number)
            expect(refused(model, retyped(model, constant, Number(code), shape))).toBe(
              `has a ${what} of tensor<${[...shape, element].join('x')}>, expected ${expected}`,
            );
        if (ints) continue;
        for (const count of [2, 7].filter((one) => one !== channels))
          expect(refused(model, retyped(model, constant, 1, [count]))).toBe(
            `has a ${what} of tensor<${count}xf32>, expected ${expected}`,
          );
      }
    expect(operands.filter((what) => seen.has(what)).length).toBe(seen.size);
    expect(seen.size).toBeGreaterThan(0);
  });
});

/** Attributes of windows that are none, by operator. */
const windowed = ['Conv', 'MaxPool', 'AveragePool'] as const;
describe('windows that are none', () => {
  test.each(windowed)('%s', (name) => {
    for (const { model, random } of drawn(name)) {
      const image = model.inputs[0]?.shape as readonly number[];
      for (const shape of [image.slice(1), [...image, 1]])
        expect(refused({ ...model, inputs: model.inputs.map((one, at) => (at === 0 ? { ...one, shape } : one)) })).toBe(
          `has an image of tensor<${shape.join('x')}xf32>, expected N × C × H × W`,
        );
      for (const attribute of ['strides', ...(name === 'Conv' ? ['dilations'] : ['kernel_shape'])]) {
        const small = random.pick([[0, 1], [1, 0], [-1, 2], [0]]);
        expect(refused(withAttribute(model, attribute, small))).toBe(
          `has ${attribute} [${small}], expected numbers from 1 up`,
        );
        const many = random.pick([[1], [1, 1, 1], []]);
        expect(refused(withAttribute(model, attribute, many))).toBe(
          `has ${attribute} [${many}], expected two numbers: only images are supported`,
        );
      }
      const explicit = withAttribute(model, 'auto_pad', 'NOTSET');
      const pads = random.pick([[0, 0, -1, 0], [-1, 0, 0, 0], [0, 0], [0, 0, 0], [0, 0, 0, 0, 0], []]);
      expect(refused(withAttribute(explicit, 'pads', pads))).toBe(
        `has pads [${pads}], expected four numbers from 0 up`,
      );
      const auto = random.pick(['SAME', 'same_upper', 'UPPER']);
      expect(refused(withAttribute(model, 'auto_pad', auto))).toBe(
        `has auto_pad '${auto}', expected NOTSET, VALID, SAME_UPPER or SAME_LOWER`,
      );
      if (name === 'Conv') {
        const filter = model.inputs[1]?.shape as readonly number[];
        const wrong = {
          ...model,
          inputs: model.inputs.with(1, { input: 'x1', shape: [...filter.slice(0, 1), 7, 1, 1] }),
        };
        expect(refused(wrong)).toMatch(/^does not fit: .*channels, the filter takes 7/);
        continue;
      }
      const dilated = random.pick([
        [2, 1],
        [1, 2],
        [2, 2],
      ]);
      expect(refused(withAttribute(model, 'dilations', dilated))).toBe(
        'has dilations, which are not supported for pooling',
      );
      const { kernel_shape: _, ...others } = nodeOf(model).attributes;
      expect(refused(withNode(model, { attributes: others }))).toBe("has no attribute 'kernel_shape'");
    }
  });

  test.each(['MaxPool', 'AveragePool'])('%s with ceil_mode and windows over the edge', (name) => {
    const seen = new Map<boolean, number>();
    for (let number = 0; number < 60; number++) {
      const random = new Random(79, number);
      const list = (length: number, least: number, most: number) =>
        Array.from({ length }, () => least + random.below(most - least + 1));
      const [kernel, strides, extents] = [list(2, 1, 4), list(2, 1, 3), list(2, 4, 8)] as const;
      const pads = [...kernel, ...kernel].map((most) => random.below(most));
      const model = (ceil_mode: number): SmallModel => ({
        head: { opset: 13, style: 'small', seed: 1 },
        inputs: [{ input: 'x0', shape: [1, 1, ...extents] }],
        constants: [],
        nodes: [
          { node: name, inputs: ['x0'], output: 'y', attributes: { kernel_shape: kernel, strides, pads, ceil_mode } },
        ],
      });
      const over = [0, 1].some((d) => {
        const padded = (extents[d] as number) + (pads[d] as number) + (pads[d + 2] as number);
        let end = kernel[d] as number;
        while (end < padded) end += strides[d] as number;
        return end !== padded;
      });
      seen.set(over, (seen.get(over) ?? 0) + 1);
      if (over)
        expect(refused(model(1))).toBe(
          'has ceil_mode = 1 and windows that reach over the edge, which are not supported',
        );
      else expect(expressionsOf(model(1))).toEqual(expressionsOf(model(0)));
      expect(refused(model(0))).toBe('');
    }
    for (const over of [true, false]) expect(seen.get(over)).toBeGreaterThan(5);
  });
});
