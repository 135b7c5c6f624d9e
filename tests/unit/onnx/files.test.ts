/** Drawn files: what is read from them, in which order, and what is told of those that do not hold together. */
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import { type GraphProto, type ModelProto, ModelProtoSchema } from '../../../lowering/onnx/generated/onnx_pb.js';
import * as onnx from '../../../lowering/onnx/generated/onnx_pb.js';
import { readOnnx } from '../../../lowering/onnx/read.ts';
import { elementOfCode } from '../../../lowering/onnx/tensor.ts';
import { Random } from '../../../tools/check/random.ts';
import { type DrawnFile, type DrawnNode, type DrawnValue, drawFile, fileBytes } from './draw-file.ts';
import { told } from './expression.ts';

const cases = 150;
function* files(count = cases, seed = 83): Generator<readonly [DrawnFile, Random]> {
  for (let number = 0; number < count; number++) {
    const random = new Random(seed, number);
    yield [drawFile(random), random];
  }
}

/** How a node is called: by its name, its first output, or its operator. */
const calledOf = ({ name, outputs, opType }: DrawnNode): string => name || outputs[0] || opType;
const textOf = (node: DrawnNode): string => `node '${calledOf(node)}' (${node.opType})`;
const plainDomain = (domain: string): string => (domain === 'ai.onnx' ? '' : domain);

/** Every node after those that make what it reads, otherwise in the order of the file. */
function inOrder(nodes: readonly DrawnNode[]): readonly DrawnNode[] {
  const order: DrawnNode[] = [];
  const visit = (node: DrawnNode): void => {
    if (order.includes(node)) return;
    for (const input of node.inputs) {
      const maker = nodes.find(({ outputs }) => input !== '' && outputs.includes(input));
      if (maker) visit(maker);
    }
    order.push(node);
  };
  nodes.forEach(visit);
  return order;
}
const shuffled = <T>(list: readonly T[], random: Random): T[] =>
  list
    .map((one) => [random.word(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);

const valueRead = ({ name, code, shape }: DrawnValue) => ({
  name,
  element: elementOfCode(code),
  shape: shape?.map((extent) => (extent === '' ? undefined : extent)),
});
const nodeRead = (node: DrawnNode) => ({ ...node, name: calledOf(node), domain: plainDomain(node.domain) });

describe('a drawn file', () => {
  test('is read as what stands in it, its nodes in any order', () => {
    for (const [drawn, random] of files()) {
      const file = random.once(2) ? { ...drawn, nodes: shuffled(drawn.nodes, random) } : drawn;
      const read = readOnnx(fileBytes(file));
      expect(read.irVersion).toBe(file.irVersion);
      expect([...read.opsets]).toEqual(file.opsets.map(([domain, version]) => [plainDomain(domain), version]));
      expect(read.name).toBe(file.name);
      const constants = new Set(file.constants.map(({ name }) => name));
      expect(read.inputs).toEqual(file.inputs.filter(({ name }) => !constants.has(name)).map(valueRead));
      expect(read.outputs).toEqual(file.outputs.map(valueRead));
      const tensorRead = ({
        name,
        shape,
        bytes,
      }: ReturnType<typeof readOnnx>['constants'] extends ReadonlyMap<string, infer T> ? T : never) => [
        name,
        shape,
        [...bytes()],
      ];
      expect([...read.constants.values()].map(tensorRead)).toEqual(
        file.constants.map(({ name, data }) => [name, [data.length], data]),
      );
      const attributesOf = (attributes: ReadonlyMap<string, onnxAttribute>) =>
        Object.fromEntries(
          [...attributes].map(([name, one]) => [
            name,
            one.kind === 'tensor' ? { kind: 'tensor', value: [...one.value.bytes()] } : one,
          ]),
        );
      expect(read.nodes.map((node) => ({ ...node, attributes: attributesOf(node.attributes) }))).toEqual(
        inOrder(file.nodes).map(nodeRead),
      );
    }
  });
});
type onnxAttribute =
  ReturnType<typeof readOnnx>['nodes'][number]['attributes'] extends ReadonlyMap<string, infer T> ? T : never;

/** All that is wrong with the names in a file, by the order in which it is told. */
function wrongNames({
  inputs,
  outputs,
  constants,
  nodes,
}: DrawnFile): readonly (readonly [place: string, text: string])[] {
  const twice = (names: readonly string[]): readonly string[] => [
    ...new Set(names.filter((name, at) => names.indexOf(name) < at)),
  ];
  const [inputNames, constantNames] = [inputs, constants].map((list) => list.map(({ name }) => name)) as [
    string[],
    string[],
  ];
  const given = [...inputNames, ...constantNames];
  const made = nodes.flatMap((node) => node.outputs.filter((name) => name !== '').map((name) => ({ node, name })));
  const names = [...given, ...made.map(({ name }) => name)];
  return [
    ...twice(inputNames).map((name) => [name, `input '${name}' is there twice`] as const),
    ...twice(constantNames).map((name) => [name, `constant '${name}' is there twice`] as const),
    ...made
      .filter(({ name }, at) => given.includes(name) || made.findIndex((one) => one.name === name) < at)
      .map(
        ({ node, name }) => [calledOf(node), `${textOf(node)} makes value '${name}', which is there already`] as const,
      ),
    ...nodes.flatMap((node) =>
      node.inputs
        .filter((name) => name !== '' && !names.includes(name))
        .map((name) => [calledOf(node), `${textOf(node)} reads value '${name}', which nothing makes`] as const),
    ),
    ...outputs
      .filter(({ name }) => !names.includes(name))
      .map(({ name }) => [name, `output '${name}' is a value that nothing makes`] as const),
  ];
}

describe('a file that does not hold together', () => {
  const damages: readonly ((file: DrawnFile, random: Random) => DrawnFile)[] = [
    (file, random) => ({ ...file, inputs: [...file.inputs, random.pick(file.inputs)] }),
    (file, random) =>
      file.constants.length === 0 ? file : { ...file, constants: [...file.constants, random.pick(file.constants)] },
    (file, random) => ({
      ...file,
      nodes: file.nodes.map((node) => ({
        ...node,
        outputs: node.outputs.map((name) =>
          random.once(4) ? random.pick([...file.inputs, ...file.constants, { name: 'v0' }]).name : name,
        ),
      })),
    }),
    (file, random) => {
      const at = random.below(file.nodes.length);
      const inputs = Array.from({ length: random.pick([1, 2, 19, 20, 21, 22, 40]) }, (_, number) => `no${number}`);
      return { ...file, nodes: file.nodes.map((node, place) => (place === at ? { ...node, inputs } : node)) };
    },
    (file) => ({ ...file, outputs: [...file.outputs, { name: 'never', code: 1, shape: [] }] }),
  ];

  test('is refused with all of its wrong names, the first twenty-one of them', () => {
    let most = 0;
    for (const [drawn, random] of files(150, 89)) {
      let file = drawn;
      for (const damage of damages) if (random.once(3)) file = damage(file, random);
      const wrong = wrongNames(file).slice(0, 21);
      most = Math.max(most, wrongNames(file).length);
      if (wrong.length === 0) continue;
      const found = told(() => readOnnx(fileBytes(file)));
      expect(found.text.split('\n')).toEqual(wrong.map(([, text]) => text));
      expect(found.places).toEqual(wrong.map(([place]) => place));
    }
    expect(most).toBeGreaterThan(21);
  });

  test('is refused with its cycle', () => {
    for (let length = 1; length < 12; length++) {
      const random = new Random(97, length);
      const before = random.below(4);
      const ring = Array.from({ length }, (_, at): DrawnNode => {
        const inputs = ['x', `r${(at + 1) % length}`, ...(random.once(2) ? ['b0'] : [])];
        return { name: `n${at}`, opType: `Op${at}`, domain: '', inputs, outputs: [`r${at}`], attributes: {} };
      });
      const others = Array.from({ length: before }, (_, at): DrawnNode => {
        const inputs =
          at === 0 ? ['x'] : [`b${at - 1}`, ...(at === before - 1 ? ['r2', 'r0'].slice(length > 2 ? 0 : 1) : [])];
        return { name: `b${at}`, opType: 'Before', domain: '', inputs, outputs: [`b${at}`], attributes: {} };
      });
      const nodes =
        before > 0 ? [...others, ...ring] : ring.map((node) => ({ ...node, inputs: node.inputs.slice(0, 2) }));
      const value: DrawnValue = { name: 'x', code: 1, shape: [] };
      const file: DrawnFile = {
        irVersion: 8,
        opsets: [['', 13]],
        name: 'g',
        inputs: [value],
        outputs: [value],
        constants: [],
        nodes,
      };
      // It is told from where it is first come to.
      const start = before > 1 && length > 2 ? 2 : 0;
      const around = [...ring.slice(start), ...ring.slice(0, start)];
      const shown = around.slice(0, 6).map((node) => `'${node.name}' (${node.opType})`);
      const more = length > 6 ? ` and ${length - 6} more` : '';
      const found = told(() => readOnnx(fileBytes(file)));
      expect(found).toEqual({
        text: `${textOf(around[0] as DrawnNode)} is part of a cycle: ${shown.join(', ')}${more}, of which each waits for the next`,
        places: [`n${start}`],
      });
    }
  });

  /** A change of the bytes' own fields, and what is told, with its place. */
  type Change = (
    graph: GraphProto,
    random: Random,
    model: ModelProto,
  ) => { readonly text: string; readonly place: string | undefined } | undefined;
  const readerText = (graph: GraphProto, name: string): string => {
    const node = name === '' ? undefined : graph.node.find(({ input }) => input.includes(name));
    return node ? `; node '${node.name || node.output[0]}' (${node.opType}) reads it` : '';
  };
  const valueChange =
    (change: (type: onnx.TypeProto, random: Random) => string): Change =>
    (graph, random) => {
      const constants = new Set(graph.initializer.map(({ name }) => name));
      const which = random.pick(['input', 'output'] as const);
      const value = random.pick(graph[which].filter(({ name }) => which === 'output' || !constants.has(name)));
      const text = change(value.type as onnx.TypeProto, random);
      return { text: `${which} '${value.name}' ${text}${readerText(graph, value.name)}`, place: value.name };
    };
  const tensorOf = ({ value }: onnx.TypeProto): onnx.TypeProto_Tensor => value.value as onnx.TypeProto_Tensor;
  const changes: Readonly<Record<string, Change>> = {
    'a value that is no tensor': valueChange((type) => {
      type.value = { case: 'sequenceType', value: create(onnx.TypeProto_SequenceSchema, {}) };
      return 'is not a tensor';
    }),
    'elements that are no numbers here': valueChange((type, random) => {
      const [code, name] = random.pick([
        [0, 'undefined'],
        [8, 'string'],
        [14, 'complex64'],
        [99, 'element type 99'],
      ] as const);
      tensorOf(type).elemType = code;
      return `has elements of ${name}, which are not supported`;
    }),
    'an extent below zero': valueChange((type, random) => {
      const below = -1 - random.below(5);
      tensorOf(type).shape = create(onnx.TensorShapeProtoSchema, {
        dim: [2, below].map((extent) =>
          create(onnx.TensorShapeProto_DimensionSchema, { value: { case: 'dimValue', value: BigInt(extent) } }),
        ),
      });
      return `has extents [2,${below}], expected none below zero`;
    }),
    'a constant of no numbers': (graph) => {
      const [tensor] = graph.initializer;
      if (!tensor) return undefined;
      tensor.dataType = 8;
      const text = `tensor '${tensor.name}' has elements of string, which are not supported`;
      return { text: text + readerText(graph, tensor.name), place: tensor.name };
    },
    'a sparse constant': (graph, random) => {
      const named = random.once(2) ? { values: { name: graph.input[0]?.name ?? '' } } : {};
      const name = named.values?.name ?? '';
      graph.sparseInitializer = [create(onnx.SparseTensorProtoSchema, named)];
      return { text: `tensor '${name}' is sparse, which is not supported${readerText(graph, name)}`, place: name };
    },
    'an attribute twice': (graph, random) => {
      const node = random.pick(graph.node);
      const attribute = create(onnx.AttributeProtoSchema, { name: 'twice', type: 2 });
      node.attribute = [...node.attribute, attribute, attribute];
      const name = node.name || (node.output[0] as string);
      return { text: `node '${name}' (${node.opType}) has attribute 'twice' twice, expected it once`, place: name };
    },
    'an attribute of complex numbers': (graph, random) => {
      const node = random.pick(graph.node);
      node.attribute = [create(onnx.AttributeProtoSchema, { name: 'c', type: 4, t: { dataType: 15 } })];
      const name = node.name || (node.output[0] as string);
      const text = `attribute 'c' of node '${name}' (${node.opType}) has elements of complex128, which are not supported`;
      return { text, place: name };
    },
    'no operator set': (_graph, _random, model) => {
      model.opsetImport = [];
      if (model.irVersion < 3n) return undefined;
      const since = 'expected one since version 3 of the format; it may be cut off';
      return { text: `the ONNX file names no operator set, ${since}`, place: undefined };
    },
    'an empty graph': (graph) => {
      graph.node = [];
      graph.output = [];
      return { text: 'the graph of the ONNX file is empty; the file may be cut off', place: undefined };
    },
    'no graph': (_graph, _random, model) => {
      delete model.graph;
      return { text: 'the ONNX file holds no graph; it may be cut off or not be a model', place: undefined };
    },
    'a node of no operator': (graph, random) => {
      const node = random.pick(graph.node);
      node.opType = '';
      return {
        text: `this is not a whole ONNX file of SIZE bytes: node '${node.name}' names no operator`,
        place: undefined,
      };
    },
  };
  test.each(Object.keys(changes))('%s', (what) => {
    let refused = 0;
    for (const [drawn, random] of files(30, 101)) {
      const model = fromBinary(ModelProtoSchema, fileBytes(drawn));
      const expected = (changes[what] as Change)(model.graph as GraphProto, random, model);
      const bytes = toBinary(ModelProtoSchema, model);
      const fileName = random.once(2) ? 'model.onnx' : undefined;
      const found = told(() => readOnnx(bytes, fileName === undefined ? {} : { fileName }));
      if (!expected) {
        expect(found.text).toBe('');
        continue;
      }
      refused++;
      expect(found.text).toBe(expected.text.replace('SIZE', String(bytes.length)));
      const place = expected.place ?? fileName;
      expect(found.places).toEqual(place === undefined ? [] : [place]);
    }
    expect(refused).toBeGreaterThan(10);
  });
});
