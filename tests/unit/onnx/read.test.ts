import { readdirSync, readFileSync } from 'node:fs';
import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bf16, DiagnosticError, f16, f32, f64, i1, i64, i8, namesIn } from '../../../ir/index.ts';
import {
  AttributeProto_AttributeType as Kind,
  ModelProtoSchema,
  type NodeProtoSchema,
  TensorProto_DataLocation,
  TensorProtoSchema,
} from '../../../lowering/onnx/generated/onnx_pb.js';
import { readOnnx } from '../../../lowering/onnx/read.ts';
import { decodeTensor } from '../../../lowering/onnx/tensor.ts';

type NodeInit = MessageInitShape<typeof NodeProtoSchema>;
type TensorInit = MessageInitShape<typeof TensorProtoSchema>;
type Extent = number | string | undefined;

const networks = new URL('../../../examples/networks/', import.meta.url);
const network = (name: string): Uint8Array => readFileSync(new URL(`${name}/model.onnx`, networks));

const value = (name: string, shape: readonly Extent[] = [2], elemType = 1) => ({
  name,
  type: {
    value: {
      case: 'tensorType' as const,
      value: {
        elemType,
        shape: {
          dim: shape.map((extent) => ({
            value:
              typeof extent === 'number'
                ? { case: 'dimValue' as const, value: BigInt(extent) }
                : { case: 'dimParam' as const, value: extent ?? '' },
          })),
        },
      },
    },
  },
});

/** The bytes of a model that reads x and gives y, with changes. */
const model = (
  node: readonly NodeInit[],
  graph: Partial<Record<'input' | 'output', ReturnType<typeof value>[]>> = {},
  initializer: readonly TensorInit[] = [],
) =>
  toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: 8n,
      opsetImport: [{ domain: 'ai.onnx', version: 13n }],
      graph: {
        name: 'g',
        input: graph.input ?? [value('x')],
        output: graph.output ?? [value('y')],
        node: [...node],
        initializer: [...initializer],
      },
    }),
  );

const tensor = (init: TensorInit) => decodeTensor(create(TensorProtoSchema, { name: 't', ...init }), undefined);

/** What a call is refused with: all messages, and all names in their locations. */
function refusal(call: () => unknown): { readonly message: string; readonly names: readonly string[] } {
  try {
    call();
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { message: error.message, names: error.diagnostics.flatMap(({ location }) => namesIn(location)) };
  }
  throw new Error('the call was not refused');
}

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

  const relu = (name: string, input: string, output: string): NodeInit => ({
    name,
    opType: 'Relu',
    input: [input],
    output: [output],
  });
  const wrong: readonly (readonly [string, () => Uint8Array, RegExp, string | undefined])[] = [
    [
      'a cycle',
      () => model([relu('a', 'q', 'p'), relu('b', 'p', 'q'), relu('c', 'x', 'y')]),
      /'a' \(Relu\).*cycle.*'b' \(Relu\)/,
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
      /'x' has elements of string/,
      'x',
    ],
    [
      'an extent below zero',
      () => model([relu('a', 'x', 'y')], { input: [value('x', [-2])] }),
      /'x' has extents \[-2\]/,
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
      /k\.value.*complex64/,
      'k',
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

  test('a file that was cut off is refused', () => {
    for (let length = 0; length < whole.length - 40; length += 97) refusal(() => readOnnx(whole.subarray(0, length)));
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

describe('tensors', () => {
  const typed: readonly (readonly [string, TensorInit, unknown, readonly number[]])[] = [
    ['singles', { dataType: 1, dims: [2n], floatData: [1, -2] }, f32, [0, 0, 128, 63, 0, 0, 0, 192]],
    ['signed bytes', { dataType: 3, dims: [2n], int32Data: [-1, 127] }, i8, [255, 127]],
    ['truth values', { dataType: 9, dims: [2n], int32Data: [1, 0] }, i1, [1, 0]],
    ['wide integers', { dataType: 7, dims: [1n], int64Data: [-2n] }, i64, [254, 255, 255, 255, 255, 255, 255, 255]],
    ['halves, stored as their bits', { dataType: 10, dims: [2n], int32Data: [0x3c00, 0xc000] }, f16, [0, 60, 0, 192]],
    ['brain floats, stored as their bits', { dataType: 16, dims: [1n], int32Data: [0x3f80] }, bf16, [128, 63]],
    ['doubles', { dataType: 11, dims: [1n], doubleData: [1] }, f64, [0, 0, 0, 0, 0, 0, 240, 63]],
    ['a scalar', { dataType: 6, int32Data: [258] }, undefined, [2, 1, 0, 0]],
    [
      'unsigned words in the widest field',
      { dataType: 12, dims: [1n], uint64Data: [4294967295n] },
      undefined,
      [255, 255, 255, 255],
    ],
    ['no elements', { dataType: 1, dims: [0n, 3n] }, f32, []],
  ];
  for (const [what, init, element, bytes] of typed)
    test(`decodes ${what}`, () => {
      const decoded = tensor(init);
      if (element !== undefined) expect(decoded.element).toBe(element);
      expect([...decoded.bytes()]).toEqual(bytes);
    });

  test('raw data may begin at any byte, and what is read is a copy', () => {
    const bytes = model([{ opType: 'Relu', input: ['x'], output: ['y'] }], {}, [
      { name: 'c', dims: [1n], dataType: 1, rawData: Uint8Array.of(0, 0, 128, 63) },
    ]);
    for (let shift = 0; shift < 4; shift++) {
      const moved = new Uint8Array(bytes.length + shift);
      moved.set(bytes, shift);
      const data = readOnnx(moved.subarray(shift)).constants.get('c')?.bytes() ?? new Uint8Array(0);
      moved.fill(0);
      expect(new Float32Array(data.buffer, data.byteOffset, 1)[0]).toBe(1);
    }
  });

  const wrong: readonly (readonly [string, TensorInit, RegExp])[] = [
    ['an extent below zero', { dataType: 1, dims: [-1n] }, /extents \[-1\]/],
    ['2^40 elements', { dataType: 1, dims: [2n ** 20n, 2n ** 20n] }, /1099511627776 elements/],
    ['extents whose product passes 2^64', { dataType: 1, dims: [2n ** 40n, 2n ** 40n] }, /elements, more than/],
    [
      'raw data of another size',
      { dataType: 1, dims: [2n], rawData: new Uint8Array(7) },
      /7 bytes of data, expected 8/,
    ],
    ['too few elements', { dataType: 1, dims: [3n], floatData: [1] }, /1 elements, expected 3/],
    ['elements in the field of another type', { dataType: 7, dims: [1n], floatData: [1.5] }, /0 elements, expected 1/],
    ['strings', { dataType: 8, dims: [1n], stringData: [new Uint8Array(1)] }, /elements of string/],
    ['an element type that is not known', { dataType: 99, dims: [1n] }, /element type 99/],
    [
      'four thousand million missing elements, without making room for them',
      { dataType: 11, dims: [2n ** 32n] },
      /0 elements, expected 4294967296/,
    ],
  ];
  for (const [what, init, message] of wrong)
    test(`refuses ${what}`, () => {
      const found = refusal(() => tensor(init).bytes());
      expect(found.message).toMatch(message);
      expect(found.names).toEqual(['t']);
    });
});

describe('external data', () => {
  const external = (
    entries: Record<string, string>,
    read?: (location: string, offset: number, length: number | undefined) => Uint8Array,
  ) =>
    decodeTensor(
      create(TensorProtoSchema, {
        name: 't',
        dataType: 1,
        dims: [2n],
        dataLocation: TensorProto_DataLocation.EXTERNAL,
        externalData: Object.entries(entries).map(([key, text]) => ({ key, value: text })),
      }),
      read,
    );

  test('is read at its place', () => {
    const asked: unknown[] = [];
    const bytes = external({ location: 'w/a.bin', offset: '4096', length: '8' }, (...place) => {
      asked.push(place);
      return Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    }).bytes();
    expect(asked).toEqual([['w/a.bin', 4096, 8]]);
    expect([...bytes]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  const never = (): Uint8Array => {
    throw new Error('the file was asked for');
  };
  for (const location of ['/etc/passwd', '../a.bin', 'a/../../b', 'a\\..\\b', 'C:\\a', '\\\\host\\a', 'a\0b'])
    test(`is not read from ${JSON.stringify(location)}`, () => {
      expect(refusal(() => external({ location }, never).bytes()).message).toMatch(/outside the model's folder/);
    });

  test('is refused without a place, with a bad number, of another size, or where it cannot be read', () => {
    expect(refusal(() => external({}, never).bytes()).message).toMatch(/without a location/);
    expect(refusal(() => external({ location: 'a', offset: '-1' }, never).bytes()).message).toMatch(/offset '-1'/);
    expect(refusal(() => external({ location: 'a', length: '12' }, never).bytes()).message).toMatch(
      /12 bytes.*expected 8/,
    );
    expect(refusal(() => external({ location: 'a' }, () => new Uint8Array(4)).bytes()).message).toMatch(
      /4 bytes.*expected 8/,
    );
    expect(refusal(() => external({ location: 'a' }).bytes()).message).toMatch(/cannot be read here/);
  });
});
