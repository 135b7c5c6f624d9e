/** Models as they are drawn, and models in which one name is wrong: what is imported, and what is told. */
import { describe, expect, test } from 'vitest';
import { evaluate, type NdArray } from '../../interpreter/index.ts';
import { type Attribute, Context, DiagnosticError, f32, type Operation, symbolsIn, verify } from '../../ir/index.ts';
import { importOnnx } from '../../lowering/onnx/import.ts';
import { readOnnx } from '../../lowering/onnx/read.ts';
import { inputOf } from '../../tools/check/inputs.ts';
import { Random } from '../../tools/check/random.ts';
import { upperLevels } from '../../tools/check/semantics.ts';
import { drawModel } from '../../tools/fuzz/onnx/draw.ts';
import { modelBytes } from '../../tools/fuzz/onnx/encode.ts';
import { type ModelNode, modelText, type SmallModel } from '../../tools/fuzz/onnx/model.ts';
import { allDialects } from '../../tools/lists.ts';

const imported = (model: SmallModel): Operation => importOnnx(readOnnx(modelBytes(model)), new Context(allDialects));
/** What is told of a model; undefined where it is imported. */
function refusal(model: SmallModel): string | undefined {
  try {
    imported(model);
    return undefined;
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return error.diagnostics
      .map(({ message, notes }) => [message, ...notes.map((note) => note.message)].join('\n'))
      .join('\n');
  }
}
/** Models that are imported, of two nodes or more where `several` says so. */
function* models(count: number, several = false): Generator<readonly [SmallModel, Random]> {
  for (let number = 0, found = 0; found < count; number++) {
    const random = new Random(61, number);
    const model = drawModel(random);
    if ((several && model.nodes.length < 2) || refusal(model) !== undefined) continue;
    found++;
    yield [model, random];
  }
}

const strings = (attribute: Attribute | undefined): readonly (string | undefined)[] =>
  attribute?.kind === 'array' ? attribute.elements.map((one) => (one.kind === 'string' ? one.value : undefined)) : [];

describe('a model', () => {
  test('is a function of its inputs by name and shape, with a result for every output', () => {
    for (const [model] of models(150)) {
      const module = imported(model);
      expect(verify(module)).toEqual([]);
      const main = symbolsIn(module).get('main') as Operation;
      const { entry } = main.region(0);
      expect(strings(main.attribute('onnx.inputs'))).toEqual(model.inputs.map(({ input }) => input));
      expect(strings(main.attribute('onnx.outputs'))).toEqual(model.nodes.map(({ output }) => output));
      expect(entry?.arguments.map(({ type }) => type.text)).toEqual(
        model.inputs.map(({ shape }) => `tensor<${[...shape, 'f32'].join('x')}>`),
      );
      expect(entry?.last?.operands).toHaveLength(model.nodes.length);
      // Every operation is located at a node or a constant.
      const known = [...model.nodes.map(({ output }) => output), ...model.constants.map(({ constant }) => constant)];
      for (const { location, name } of entry?.operations ?? [])
        if (name !== 'func.return') expect(known).toContain(location.kind === 'name' ? location.name : location.kind);
    }
  });

  test('is the same with its nodes in any order', () => {
    for (const [model, random] of models(100, true)) {
      const nodes = random.once(2) ? model.nodes.toReversed() : [...model.nodes.slice(1), ...model.nodes.slice(0, 1)];
      const inputs = model.inputs.map(
        ({ shape }) => inputOf({ ...tensorOf(shape) } as never, 'small', random) as NdArray,
      );
      const run = (one: SmallModel): ReadonlyMap<string, string> => {
        const values = evaluate(upperLevels, imported(one), 'main', inputs) as readonly NdArray[];
        return new Map(one.nodes.map(({ output }, at) => [output, `${values[at]?.shape}: ${values[at]?.data.join()}`]));
      };
      const [there, here] = [run(model), run({ ...model, nodes })];
      for (const [name, value] of there) expect(here.get(name), modelText(model)).toBe(value);
    }
  });
});
const tensorOf = (shape: readonly number[]) => ({ kind: 'tensor', shape, element: f32 });

/** The model with one node changed. */
const withNode = (model: SmallModel, at: number, change: (node: ModelNode) => Partial<ModelNode>): SmallModel => ({
  ...model,
  nodes: model.nodes.map((node, place) => (place === at ? { ...node, ...change(node) } : node)),
});
const renamed = (inputs: readonly string[], random: Random, name: string): readonly string[] => {
  const at = random.pick([...inputs.keys()].filter((place) => inputs[place] !== ''));
  return inputs.map((input, place) => (place === at ? name : input));
};

describe('a model with a wrong name', () => {
  test('reads what nothing makes', () => {
    for (const [model, random] of models(60)) {
      const at = random.below(model.nodes.length);
      const wrong = withNode(model, at, ({ inputs }) => ({ inputs: renamed(inputs, random, 'nowhere') }));
      const { output, node } = model.nodes[at] as ModelNode;
      expect(refusal(wrong)).toMatch(
        new RegExp(`'${output}'.*\\(?${node}.*reads value 'nowhere', which nothing makes`),
      );
    }
  });

  test('makes what is there already', () => {
    for (const [model, random] of models(60, true)) {
      const taken = random.pick([
        (model.nodes[0] as ModelNode).output,
        ...model.inputs.map(({ input }) => input),
        ...model.constants.map(({ constant }) => constant),
      ]);
      const wrong = withNode(model, 1, () => ({ output: taken }));
      expect(refusal(wrong)).toContain(`makes value '${taken}', which is there already`);
    }
  });

  test('has an input or a constant twice', () => {
    for (const [model] of models(60)) {
      const [input] = model.inputs;
      if (input)
        expect(refusal({ ...model, inputs: [...model.inputs, input] })).toContain(
          `input '${input.input}' is there twice`,
        );
      const [constant] = model.constants;
      if (constant)
        expect(refusal({ ...model, constants: [constant, ...model.constants] })).toContain(
          `constant '${constant.constant}' is there twice`,
        );
    }
  });

  test('waits for itself', () => {
    for (const [model, random] of models(60, true)) {
      // The first node reads what the last one makes; that is a circle where the last one comes from the first.
      const last = model.nodes.at(-1) as ModelNode;
      const wrong = withNode(model, 0, ({ inputs }) => ({ inputs: renamed(inputs, random, last.output) }));
      const from = new Map(wrong.nodes.map(({ inputs, output }) => [output, inputs]));
      const readBy = (name: string, seen = new Set<string>()): ReadonlySet<string> => {
        for (const input of from.get(name) ?? [])
          if (!seen.has(input)) {
            seen.add(input);
            readBy(input, seen);
          }
        return seen;
      };
      const first = (wrong.nodes[0] as ModelNode).output;
      const told = refusal(wrong) ?? '';
      if (readBy(first).has(first)) expect(told, modelText(wrong)).toMatch(/is part of a cycle: .*waits for the next/);
      else expect(told).not.toContain('cycle');
      const own = withNode(model, 0, ({ inputs, output }) => ({ inputs: renamed(inputs, random, output) }));
      expect(refusal(own)).toContain('is part of a cycle');
    }
  });

  test('names an operator that there is not', () => {
    for (const [model, random] of models(40)) {
      const wrong = withNode(model, random.below(model.nodes.length), ({ node }) => ({ node: `${node}X` }));
      expect(refusal(wrong)).toMatch(/X.*not supported|not supported.*X/s);
    }
  });
});
