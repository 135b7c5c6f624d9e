import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { create, toBinary } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DiagnosticError, f32 } from '../../../ir/index.ts';
import { AttributeProto_AttributeType as Kind, ModelProtoSchema } from '../../../lowering/onnx/generated/onnx_pb.js';
import { readOnnx } from '../../../lowering/onnx/read.ts';
import { model, network, networks, refusal, relu, value } from './model-file.ts';

describe('reading trained networks', () => {
  test('a digit network: inputs without constants, weights, attributes', () => {
    const mnist = readOnnx(network('mnist_cntk'));
    expect([...mnist.opsets]).toEqual([['', 7]]);
    expect(mnist.inputs).toEqual([{ name: 'Input3', element: f32, shape: [1, 1, 28, 28] }]);
    expect(mnist.outputs.map(({ shape }) => shape)).toEqual([[1, 10]]);
    // As `protoc --decode=onnx.ModelProto` counts them.
    expect(
      mnist.nodes
        .map(({ opType }) => opType)
        .sort()
        .join(' '),
    ).toBe('Add Add Add Conv Conv MatMul MaxPool MaxPool Relu Relu Reshape Reshape');
    const convolution = mnist.nodes.find(({ opType }) => opType === 'Conv');
    expect(convolution?.attributes.get('kernel_shape')).toEqual({ kind: 'ints', value: [5, 5] });
    expect(convolution?.attributes.get('auto_pad')).toEqual({ kind: 'string', value: 'SAME_UPPER' });
    const weights = mnist.constants.get(convolution?.inputs[1] ?? '');
    expect(weights?.shape).toEqual([8, 1, 5, 5]);
    expect(weights?.bytes().length).toBe(800);
  });

  for (const name of readdirSync(networks, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name))
    test(`${name}: every value is made before it is read, and the weights are finite numbers`, () => {
      const { inputs, outputs, constants, nodes } = readOnnx(network(name));
      const made = new Set([...inputs.map((input) => input.name), ...constants.keys()]);
      for (const node of nodes) {
        for (const input of node.inputs) if (input !== '') expect(made).toContain(input);
        for (const output of node.outputs) made.add(output);
      }
      for (const output of outputs) expect(made).toContain(output.name);
      const singles = [...constants.values()].filter(({ element }) => element === f32);
      expect(singles.length).toBeGreaterThan(0);
      for (const constant of singles) {
        const bytes = constant.bytes();
        expect(bytes.byteOffset % 8).toBe(0);
        const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
        expect(numbers.length).toBe(constant.shape.reduce((a, b) => a * b, 1));
        expect(numbers.every(Number.isFinite)).toBe(true);
      }
    });
});

// Some five hundred models, too large to keep here.
const shared = fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const there = existsSync(shared);
if (!there) console.warn(`skipped: every model below ../shared/data is read; that folder is not there`);
test.skipIf(!there)('every operator test and network of the shared data is read', () => {
  const files = readdirSync(shared, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.onnx'));
  expect(files.length).toBeGreaterThan(500);
  for (const file of files) {
    const { nodes, constants } = readOnnx(readFileSync(`${shared}/${file}`), { fileName: file });
    expect(nodes.length).toBeGreaterThan(0);
    const tensors = nodes.flatMap(({ attributes }) => [...attributes.values()]);
    for (const one of tensors) {
      expect(one.kind).not.toBe('other');
      if (one.kind === 'tensor') one.value.bytes();
    }
    for (const constant of constants.values()) constant.bytes();
  }
});

describe('structure', () => {
  test('nodes are put in order, unnamed ones are called after their first output', () => {
    const read = readOnnx(
      model([
        { name: 'last', opType: 'Relu', input: ['h'], output: ['y'] },
        { opType: 'Neg', input: ['x', ''], output: ['h'] },
      ]),
    );
    expect(read.nodes.map(({ name }) => name)).toEqual(['h', 'last']);
  });

  test('an order is found in linear time, as deep as the graph may be', () => {
    const count = 100_000;
    const names = Array.from({ length: count + 1 }, (_, at) => (at === 0 ? 'x' : at === count ? 'y' : `v${at}`));
    const chain = Array.from({ length: count }, (_, at) => ({
      opType: 'Relu',
      input: [names[at] as string],
      output: [names[at + 1] as string],
    }));
    const { nodes } = readOnnx(model(chain.reverse()));
    expect(nodes.map(({ name }) => name)).toEqual(names.slice(1));
  });

  test('a cycle is told by its own nodes, not by those that wait for it', () => {
    const found = refusal(() =>
      readOnnx(model([relu('tail', 'p', 'y'), relu('a', 'q', 'p'), relu('b', 'p', 'q'), relu('apart', 'x', 'z')])),
    );
    expect(found.message).toMatch(/^node 'a' \(Relu\) is part of a cycle: 'a' \(Relu\), 'b' \(Relu\), of which/);
    expect(found.names).toEqual(['a']);
  });

  test('several errors are one diagnostic with notes', () => {
    try {
      readOnnx(model([relu('a', 'p', 'x'), relu('b', 'q', 'y')]));
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      expect(error.diagnostics).toHaveLength(1);
      expect(error.diagnostics[0]?.notes.map(({ message }) => message)).toEqual([
        "node 'a' (Relu) reads value 'p', which nothing makes",
        "node 'b' (Relu) reads value 'q', which nothing makes",
      ]);
    }
  });

  test('attributes of every kind', () => {
    const text = new TextEncoder();
    const [node] = readOnnx(
      model([
        {
          opType: 'Any',
          input: ['x'],
          output: ['y'],
          attribute: [
            { name: 'f', type: Kind.FLOAT, f: 0.5 },
            { name: 'i', type: Kind.INT, i: -3n },
            { name: 's', type: Kind.STRING, s: text.encode('é') },
            { name: 'fs', type: Kind.FLOATS, floats: [1, -2] },
            { name: 'is', type: Kind.INTS, ints: [1n, -2n] },
            { name: 'ss', type: Kind.STRINGS, strings: [text.encode('a'), text.encode('')] },
            { name: 't', type: Kind.TENSOR, t: { dims: [1n], dataType: 7, int64Data: [5n] } },
            { name: 'g', type: Kind.GRAPH, g: {} },
          ],
        },
      ]),
    ).nodes;
    const of = (name: string) => node?.attributes.get(name);
    expect([of('f'), of('i'), of('s')].map((one) => one && 'value' in one && one.value)).toEqual([0.5, -3, 'é']);
    expect(of('fs')).toEqual({ kind: 'floats', value: [1, -2] });
    expect(of('is')).toEqual({ kind: 'ints', value: [1, -2] });
    expect(of('ss')).toEqual({ kind: 'strings', value: ['a', ''] });
    expect(of('g')).toEqual({ kind: 'other' });
    const inner = of('t');
    expect(inner?.kind === 'tensor' && [...inner.value.bytes()]).toEqual([5, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('open extents keep their names', () => {
    const read = readOnnx(
      model([{ opType: 'Relu', input: ['x'], output: ['y'] }], { input: [value('x', ['N', 3, undefined])] }),
    );
    expect(read.inputs[0]?.shape).toEqual(['N', 3, undefined]);
  });

  const wrong: readonly (readonly [string, () => Uint8Array, RegExp, string | undefined])[] = [
    [
      'a cycle',
      () => model([relu('a', 'q', 'p'), relu('b', 'p', 'q'), relu('c', 'x', 'y')]),
      /^node '[ab]' \(Relu\) is part of a cycle: '[ab]' \(Relu\), '[ab]' \(Relu\), of which/,
      'a',
    ],
    ['an undefined value', () => model([relu('a', 'nowhere', 'y')]), /node 'a' \(Relu\) reads value 'nowhere'/, 'a'],
    [
      'a value made twice',
      () => model([relu('a', 'x', 'y'), relu('b', 'x', 'y')]),
      /node 'b' \(Relu\) makes value 'y'/,
      'b',
    ],
    [
      'an input made again',
      () => model([relu('a', 'x', 'x'), relu('b', 'x', 'y')]),
      /node 'a' \(Relu\) makes value 'x'/,
      'a',
    ],
    [
      'an input declared twice',
      () => model([relu('a', 'x', 'y')], { input: [value('x'), value('x')] }),
      /input 'x' is there twice/,
      'x',
    ],
    ['an output that nothing makes', () => model([relu('a', 'x', 'z')]), /output 'y'/, 'y'],
    [
      'an input of strings',
      () => model([relu('a', 'x', 'y')], { input: [value('x', [1], 8)] }),
      /'x' has elements of string.*node 'a' \(Relu\) reads it/,
      'x',
    ],
    [
      'an extent below zero',
      () => model([relu('a', 'x', 'y')], { input: [value('x', [-2])] }),
      /'x' has extents \[-2\].*node 'a' \(Relu\) reads it/,
      'x',
    ],
    [
      'a constant that is there twice',
      () =>
        model(
          [relu('a', 'x', 'y')],
          {},
          [1, 2].map(() => ({ name: 'c', dims: [0n], dataType: 1 })),
        ),
      /constant 'c' is there twice/,
      'c',
    ],
    [
      'an attribute of complex numbers',
      () =>
        model([
          {
            name: 'k',
            opType: 'Constant',
            output: ['y'],
            attribute: [{ name: 'value', type: Kind.TENSOR, t: { dataType: 14 } }],
          },
        ]),
      /'value' of node 'k' \(Constant\).*complex64/,
      'k',
    ],
    [
      'an attribute that is there twice',
      () => model([{ ...relu('a', 'x', 'y'), attribute: [1n, 2n].map((i) => ({ name: 'k', type: Kind.INT, i })) }]),
      /node 'a' \(Relu\) has attribute 'k' twice/,
      'a',
    ],
    [
      'a sparse constant',
      () =>
        model([{ ...relu('a', 'x', 'y'), input: ['x', 'w'] }], {}, [], {
          sparseInitializer: [{ values: { name: 'w', dataType: 1, dims: [1n] } }],
        }),
      /tensor 'w' is sparse.*node 'a' \(Relu\) reads it/,
      'w',
    ],
    [
      'a constant of 2^40 elements',
      () => model([{ ...relu('a', 'x', 'y'), input: ['x', 'w'] }], {}, [{ name: 'w', dataType: 1, dims: [2n ** 40n] }]),
      /tensor 'w' has 1099511627776 elements.*node 'a' \(Relu\) reads it/,
      'w',
    ],
    [
      'no operator set',
      () => model([relu('a', 'x', 'y')], {}, [], {}, { opsetImport: [] }),
      /names no operator set/,
      undefined,
    ],
    [
      'more structure than there is memory for',
      // Empty nodes, two bytes each, that would become gigabytes of objects.
      () => {
        const nodes = new Uint8Array(10_000_000).map((_, at) => (at % 2 === 0 ? 0x0a : 0));
        return new BinaryWriter().tag(7, WireType.LengthDelimited).bytes(nodes).finish();
      },
      /more than 33554432 bytes beside the data/,
      undefined,
    ],
    [
      'no graph',
      () => toBinary(ModelProtoSchema, create(ModelProtoSchema, { irVersion: 8n })),
      /holds no graph/,
      undefined,
    ],
    ['nothing at all', () => new Uint8Array(0), /holds no graph/, undefined],
    ['other bytes', () => new TextEncoder().encode('<!doctype html><html></html>'), /ONNX file/, undefined],
  ];
  for (const [what, bytes, message, name] of wrong)
    test(`refuses ${what}`, () => {
      const found = refusal(() => readOnnx(bytes()));
      expect(found.message).toMatch(message);
      if (name !== undefined) expect(found.names).toContain(name);
    });
});

describe('damaged files', () => {
  const whole = network('iris_mlp');
  const readAll = (bytes: Uint8Array): void => {
    try {
      for (const constant of readOnnx(bytes).constants.values()) constant.bytes();
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
    }
  };

  test.each(['mnist_cntk', 'iris_mlp', 'mlperf_tiny_kws_dscnn'])('%s cut off anywhere is refused', (name) => {
    const file = network(name);
    const whole = readOnnx(file);
    // Sparse in the weights, every byte at the end, where the graph is whole already.
    for (let length = 0; length < file.length; length += length < file.length - 150 ? 211 : 1) {
      const cut = file.subarray(0, length);
      try {
        const { opsets, nodes } = readOnnx(cut);
        // Only notes on the file may be missing.
        expect([...opsets]).toEqual([...whole.opsets]);
        expect(nodes).toHaveLength(whole.nodes.length);
        expect(length).toBeGreaterThan(file.length - 150);
      } catch (error) {
        if (!(error instanceof DiagnosticError)) throw error;
      }
    }
    expect(() => readOnnx(file.subarray(0, file.length - 151))).toThrow(DiagnosticError);
  });

  test('changed bytes give a model or a diagnostic, never another error', () => {
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = whole.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        readAll(bytes);
      }),
      { numRuns: 500 },
    );
  });
});
