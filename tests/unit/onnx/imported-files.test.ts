/** The module of a file: types of its inputs, constants, places, outputs; and what is told of a file as a whole. */
import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import { Context, namesIn, type Operation, symbolsIn, verify } from '../../../ir/index.ts';
import { importOnnx, unsupportedNodes } from '../../../lowering/onnx/import.ts';
import { ModelProtoSchema } from '../../../lowering/onnx/generated/onnx_pb.js';
import { readOnnx } from '../../../lowering/onnx/read.ts';
import { Random } from '../../../tools/check/random.ts';
import { expressionOf, importedFile, resultsOf, told } from './expression.ts';
import { model, type NodeInit, relu, value } from './model-file.ts';

const mainOf = (module: Operation): Operation => symbolsIn(module).get('main') as Operation;
const operationsOf = (module: Operation): readonly Operation[] => [
  ...(mainOf(module).region(0).entry?.operations ?? []),
];
const ints = (name: string, values: readonly number[]) => ({ name, type: 7, ints: values.map(BigInt) });
const float = (name: string, f: number) => ({ name, type: 1, f });

describe('inputs', () => {
  const extents: readonly (number | string | undefined)[] = [0, 1, 5, 'N', undefined];
  test('have their extents; the first may be open, and is then what is asked for', () => {
    for (let number = 0; number < 200; number++) {
      const random = new Random(103, number);
      const shape = Array.from({ length: random.below(4) }, () => random.pick(random.once(2) ? extents : [2, 3]));
      const batch = random.pick([undefined, 1, 4, 64]);
      const file = model([relu('a', 'x', 'y')], { input: [value('x', shape)] });
      const wrong = shape.findIndex((extent, at) => at > 0 && !(typeof extent === 'number' && extent > 0));
      const found = told(() => importedFile(file, batch === undefined ? {} : { batch }));
      if (wrong >= 0) {
        expect(found).toEqual({
          text: `input 'x' has extent '${shape[wrong] ?? '?'}' in dimension ${wrong}, expected a number; only the first may be open`,
          places: ['x'],
        });
        continue;
      }
      expect(found.text).toBe('');
      const [result] = resultsOf(importedFile(file, batch === undefined ? {} : { batch }));
      const known = shape.map((extent) => (typeof extent === 'number' && extent > 0 ? extent : (batch ?? 1)));
      expect(result?.type.text).toBe(`tensor<${[...known, 'f32'].join('x')}>`);
    }
  });

  test('without a shape are refused', () => {
    const bare = { name: 'x', type: { value: { case: 'tensorType' as const, value: { elemType: 1 } } } };
    const file = model([relu('a', 'x', 'y')], { input: [bare as never] });
    expect(told(() => importedFile(file))).toEqual({ text: "input 'x' has no shape", places: ['x'] });
  });
});

describe('places', () => {
  test('the module, its function and its end are at the graph, or main; everything else at its node or constant', () => {
    for (const name of ['', 'main', 'g', 'a net']) {
      const nodes: NodeInit[] = [
        relu('first', 'x', 'h'),
        {
          opType: 'Constant',
          output: ['k'],
          attribute: [{ name: 'value', type: 4, t: { dataType: 1, dims: [1n], floatData: [2] } }],
        },
        { name: 'last', opType: 'Add', input: ['h', 'k'], output: ['s'] },
        { name: 'both', opType: 'Mul', input: ['s', 'c'], output: ['y'] },
      ];
      const constant = { name: 'c', dataType: 1, dims: [1n], floatData: [3] };
      const module = importedFile(model(nodes, {}, [constant], { name }));
      const graph = name || 'main';
      expect(mainOf(module).attribute('function_type')?.text).toBe('(tensor<2xf32>) -> tensor<2xf32>');
      expect([module, mainOf(module)].map(({ location }) => namesIn(location))).toEqual([[graph], [graph]]);
      expect(operationsOf(module).map((one) => [one.name, ...namesIn(one.location)])).toEqual([
        ['graph.constant', 'c'],
        ['graph.relu', 'first'],
        ['graph.constant', 'k'],
        ['graph.add', 'last'],
        ['graph.mul', 'both'],
        ['func.return', graph],
      ]);
    }
  });
});

test('dialects are there when they are needed', () => {
  const empty = new Context([]);
  const module = importOnnx(readOnnx(model([relu('a', 'x', 'y')])), empty);
  expect(verify(module)).toEqual([]);
  expect([module, mainOf(module), ...operationsOf(module)].filter(({ definition }) => !definition)).toEqual([]);
});

describe('constants', () => {
  // Bytes of an element by code of its type.
  const sizes = { 1: 4, 2: 1, 3: 1, 4: 2, 5: 2, 6: 4, 7: 8, 10: 2, 11: 8, 12: 4, 13: 8, 16: 2 } as const;
  test.each(Object.entries(sizes))(
    'of element type %s are there with their bytes, from the file or from a node',
    (code, size) => {
      for (let number = 0; number < 5; number++) {
        const random = new Random(107, number);
        const shape = Array.from({ length: random.below(3) }, () => 1 + random.below(3));
        const count = shape.reduce((a, b) => a * b, 1);
        // Small numbers that differ, of any type.
        const rawData = Uint8Array.from({ length: count * size }, (_, at) => (at % size === 0 ? at / size + 1 : 0));
        const tensor = { name: 'c', dataType: Number(code), dims: shape.map(BigInt), rawData };
        const ofFile = importedFile(model([relu('a', 'x', 'z')], { output: [value('c')] }, [tensor]));
        const node = { opType: 'Constant', output: ['c'], attribute: [{ name: 'value', type: 4, t: tensor }] };
        const ofNode = importedFile(model([node], { output: [value('c')] }));
        for (const module of [ofFile, ofNode]) {
          const [result] = resultsOf(module);
          const data = result?.owner?.attribute('value');
          if (data?.kind !== 'dense') throw new Error('the result is a constant');
          expect(data.type.shape).toEqual(shape);
          expect([...data.bytes]).toEqual([...(data.splat ? rawData.subarray(0, size) : rawData)]);
        }
      }
    },
  );

  test('are refused where a node has none', () => {
    const attributes = [[], [ints('value', [1])], [float('value_float', 1)], [{ name: 'value', type: 4 }]];
    for (const attribute of attributes) {
      const file = model([{ name: 'n', opType: 'Constant', output: ['y'], attribute }]);
      expect(told(() => importedFile(file))).toEqual({
        text: "node 'n' (Constant) has no tensor attribute 'value', the only form that is supported",
        places: ['n'],
      });
    }
  });
});

describe('operator sets', () => {
  const file = (opsets: readonly (readonly [string, number])[], nodes: readonly NodeInit[]): Uint8Array => {
    const init: MessageInitShape<typeof ModelProtoSchema> = {
      irVersion: 2n,
      opsetImport: opsets.map(([domain, version]) => ({ domain, version: BigInt(version) })),
      graph: { name: 'g', input: [value('x', [2, 3, 4])], output: [value('y')], node: [...nodes] },
    };
    return toBinary(ModelProtoSchema, create(ModelProtoSchema, init));
  };
  const meaning = (opsets: readonly (readonly [string, number])[], node: NodeInit): string =>
    resultsOf(importedFile(file(opsets, [node])))
      .map((one) => expressionOf(one, new Set()))
      .join();
  const node = (opType: string, attribute: NodeInit['attribute'] = []): NodeInit => ({
    opType,
    input: ['x'],
    output: ['y'],
    attribute,
  });
  test('are those of the default domain by either name; without any it is the first version', () => {
    for (const one of [
      node('Softmax'),
      node('Clip', [float('min', -1)]),
      node('Reshape', [ints('shape', [4, 6])]),
      node('Unsqueeze', [ints('axes', [0])]),
    ]) {
      const old = meaning([['', 1]], one);
      expect(meaning([], one)).toBe(old);
      expect(meaning([['ai.onnx', 1]], one)).toBe(old);
      expect(meaning([['com.example', 13]], one)).toBe(old);
      expect(
        meaning(
          [
            ['com.example', 13],
            ['', 1],
          ],
          { ...one, domain: 'ai.onnx' },
        ),
      ).toBe(old);
    }
    expect(meaning([['ai.onnx', 13]], node('Softmax'))).not.toBe(meaning([], node('Softmax')));
  });
});

describe('outputs of a node beyond the first', () => {
  test('are refused where something reads them', () => {
    const two = (opType: string, ...output: string[]): NodeInit => ({ name: 'n', opType, input: ['x'], output });
    const refused = {
      text: "node 'n' (Dropout) makes a further output 'm', which is not supported",
      places: ['n'],
    };
    const kept = (nodes: readonly NodeInit[], output = [value('y')]): string =>
      resultsOf(importedFile(model(nodes, { output })))
        .map((one) => expressionOf(one, new Set()))
        .join();
    expect(kept([two('Dropout', 'y', 'm')])).toBe('x0');
    expect(kept([two('Dropout', 'y', '')])).toBe('x0');
    expect(kept([two('Dropout', 'h', ''), relu('r', 'h', 'y')])).toBe('relu(x0; )[2]');
    expect(told(() => importedFile(model([two('Dropout', 'h', 'm'), relu('r', 'm', 'y')])))).toEqual(refused);
    expect(told(() => importedFile(model([two('Dropout', 'y', '', 'm')], { output: [value('m')] })))).toEqual(refused);
    expect(told(() => importedFile(model([two('Dropout', 'y', 'm')], { output: [value('y'), value('m')] })))).toEqual(
      refused,
    );
  });
});

describe('nodes that are not imported', () => {
  test('are told at once, by operator, the first four of each', () => {
    const seen = new Set<number>();
    for (let number = 0; number < 100; number++) {
      const random = new Random(109, number);
      const kinds = [
        ['', 'Relu'],
        ['', 'Blur'],
        ['', 'constructor'],
        ['ai.onnx', 'Abs'],
        ['com.example', 'Relu'],
      ] as const;
      const nodes = Array.from({ length: 1 + random.below(14) }, (_, at) => {
        const [domain, opType] = random.pick(random.once(2) ? kinds : kinds.slice(0, 2));
        return { name: `n${at}`, domain, opType, input: ['x'], output: [`y${at}`] };
      });
      const file = model(nodes, { output: [value('y0')] });
      const operator = ({ domain, opType }: (typeof nodes)[number]): string =>
        domain ? `${domain}.${opType}` : opType;
      const wrong = nodes.filter((one) => !['Relu', 'ai.onnx.Abs'].includes(operator(one)));
      expect(unsupportedNodes(readOnnx(file)).map(({ name }) => name)).toEqual(wrong.map(({ name }) => name));
      const found = told(() => importedFile(file));
      const [first] = wrong;
      if (!first) {
        expect(found.text).toBe('');
        continue;
      }
      const operators = [...new Set(wrong.map(operator))];
      const groups = operators.map((name) => wrong.filter((one) => operator(one) === name));
      const listed = operators.map((name) => `'${name}'`).join(', ');
      const notes = groups.map((all, at) => {
        seen.add(all.length);
        const shown = all.slice(0, 4).map(({ name }) => `'${name}'`);
        return `'${operators[at]}' in ${all.length} nodes: ${shown.join(', ')}${all.length > 4 ? ', …' : ''}`;
      });
      expect(found.text.split('\n')).toEqual([
        `node '${first.name}' (${operator(first)}) is of an operator that is not supported; in all these are not: ${listed}`,
        ...notes,
      ]);
      expect(found.places).toEqual([first.name, ...groups.map(([one]) => one?.name)]);
    }
    for (const count of [1, 4, 5]) expect(seen).toContain(count);
  });
});
