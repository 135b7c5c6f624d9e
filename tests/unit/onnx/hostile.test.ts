/**
 * Files made to break the reader: each ends in one located diagnostic that names node and operator, never in an error
 * of the program. What the files say is built with the format's own schemas, so that only the intended part is wrong.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  Context,
  type Diagnostic,
  DiagnosticError,
  formatDiagnostic,
  namesIn,
  type Operation,
  verify,
} from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';
import {
  type AttributeProtoSchema,
  AttributeProto_AttributeType as Kind,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  type NodeProtoSchema,
  type TensorProto,
  TensorProto_DataLocation,
  type TensorProtoSchema,
} from '../../../lowering/onnx/generated/onnx_pb.js';
import { importers } from '../../../lowering/onnx/importers.ts';
import { importOnnx } from '../../../lowering/onnx/import.ts';
import { type ReadOptions, readOnnx } from '../../../lowering/onnx/read.ts';
import { externalReader } from '../../../tools/files/data-set.ts';
import { allDialects } from '../../../tools/lists.ts';

type NodeInit = MessageInitShape<typeof NodeProtoSchema>;
type TensorInit = MessageInitShape<typeof TensorProtoSchema>;
type AttributeInit = MessageInitShape<typeof AttributeProtoSchema>;

const networks = new URL('../../../examples/networks/', import.meta.url);
const network = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`${name}/model.onnx`, networks)));
const digits = network('mnist_cntk');

const bring = (file: Uint8Array, options: ReadOptions = {}): Operation =>
  importOnnx(readOnnx(file, { fileName: 'model.onnx', ...options }), new Context(allDialects));

/** What a file is refused with, nothing when it is imported; any other error passes through and fails the test. */
function refusals(file: Uint8Array, options: ReadOptions = {}): readonly Diagnostic[] {
  try {
    expect(verify(bring(file, options))).toEqual([]);
    return [];
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
}

/** The one located diagnostic that a file is refused with, as text and with the names of its place. */
function refusal(file: Uint8Array, options: ReadOptions = {}): { readonly text: string; readonly at: string } {
  const found = refusals(file, options);
  expect(found.map(({ message }) => message)).toHaveLength(1);
  const [first] = found as [Diagnostic];
  const names = namesIn(first.location);
  expect(names, `the place of: ${first.message}`).toHaveLength(1);
  return { text: first.message, at: names[0] as string };
}

/** The digit network after a change. */
function changed(change: (graph: NonNullable<ModelProto['graph']>, model: ModelProto) => void): Uint8Array {
  const model = fromBinary(ModelProtoSchema, digits);
  if (!model.graph) throw new Error('the network has a graph');
  change(model.graph, model);
  return toBinary(ModelProtoSchema, model);
}

const one = <T>(all: readonly T[], which: (each: T) => boolean): T => {
  const found = all.find(which);
  if (!found) throw new Error('the network has such a part');
  return found;
};
const nodeIn = (graph: { readonly node: NodeProto[] }, name: string): NodeProto =>
  one(graph.node, (node) => node.name === name);
const tensorIn = (graph: { readonly initializer: TensorProto[] }, name: string): TensorProto =>
  one(graph.initializer, (tensor) => tensor.name === name);
/** The weights of the second convolution: 16 × 8 × 5 × 5 singles. */
const weights = 'Parameter87';

const value = (name: string, extents: readonly number[] | undefined, elemType = 1) => ({
  name,
  type: {
    value: {
      case: 'tensorType' as const,
      value: {
        elemType,
        ...(extents && {
          shape: { dim: extents.map((extent) => ({ value: { case: 'dimValue' as const, value: BigInt(extent) } })) },
        }),
      },
    },
  },
});

/** A model of some nodes on inputs, which gives y. */
const model = (
  node: readonly NodeInit[],
  input: readonly ReturnType<typeof value>[] = [value('x', [2, 3])],
  initializer: readonly TensorInit[] = [],
  opset = 13,
): Uint8Array =>
  toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: 8n,
      opsetImport: [{ domain: '', version: BigInt(opset) }],
      graph: {
        name: 'g',
        input: [...input],
        output: [value('y', undefined)],
        node: [...node],
        initializer: [...initializer],
      },
    }),
  );

const node = (opType: string, input: readonly string[], attribute: readonly AttributeInit[] = []): NodeInit => ({
  name: 'the_node',
  opType,
  input: [...input],
  output: ['y'],
  attribute: [...attribute],
});
const ints = (name: string, values: readonly number[]): AttributeInit => ({
  name,
  type: Kind.INTS,
  ints: values.map(BigInt),
});
const int = (name: string, i: number): AttributeInit => ({ name, type: Kind.INT, i: BigInt(i) });
const longs = (name: string, values: readonly number[]): TensorInit => ({
  name,
  dataType: 7,
  dims: [BigInt(values.length)],
  int64Data: values.map(BigInt),
});
const singles = (name: string, dims: readonly number[]): TensorInit => ({
  name,
  dataType: 1,
  dims: dims.map(BigInt),
  floatData: Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, at) => at / 4 + 1),
});

describe('trained networks', () => {
  test.each(['iris_mlp', 'mnist_cntk', 'mlperf_tiny_kws_dscnn'])('%s is valid and its text reads back', (name) => {
    const module = bring(network(name));
    expect(verify(module)).toEqual([]);
    const text = printOperation(module);
    const again = parseModule(text, new Context(allDialects));
    expect(verify(again)).toEqual([]);
    expect(printOperation(again)).toBe(text);
  });

  test('names of any characters survive printing and parsing', () => {
    const name = 'a"b\\c\nd\té😀\u0001%0 loc(#x) }';
    const file = model([{ ...node('Relu', [name]), name }], [value(name, [2])]);
    const text = printOperation(bring(file));
    expect(printOperation(parseModule(text, new Context(allDialects)))).toBe(text);
  });
});

describe('bytes', () => {
  const offsets = Array.from({ length: 64 }, (_, at) => Math.floor((at * digits.length) / 64));
  test.each(offsets)('cut off after %i', (length) => {
    const { text, at } = refusal(digits.slice(0, length));
    expect(text).not.toMatch(/undefined|NaN|\[object/);
    expect(at).not.toBe('');
  });

  test('cut off anywhere in the beginning', () => {
    const small = network('iris_mlp');
    for (let length = 0; length < 200; length++) refusal(small.slice(0, length));
  });

  test.each([
    ['text', new TextEncoder().encode('<!doctype html><html></html>')],
    ['zeros', new Uint8Array(4096)],
    ['ones', new Uint8Array(4096).fill(255)],
    ['a length of 2^63', Uint8Array.of(0x3a, ...new Array<number>(9).fill(0xff), 0x01)],
    ['a length past the end', Uint8Array.of(0x3a, 0xff, 0xff, 0xff, 0x7f, 0)],
    ['an end of a group that never began', Uint8Array.of(0x3c)],
  ])('%s', (_, file) => {
    expect(refusal(file).at).toBe('model.onnx');
  });

  test('graphs in attributes of graphs, a hundred thousand deep', () => {
    // Message from the inside out: graph (1: node (5: attribute (6: graph …))).
    const parts: number[][] = [];
    let size = 0;
    const wrap = (field: number): void => {
      const length: number[] = [];
      for (let rest = size; ; rest >>>= 7) {
        length.push(rest > 127 ? (rest & 127) | 128 : rest);
        if (rest <= 127) break;
      }
      parts.push([(field << 3) | 2, ...length]);
      size += 1 + length.length;
    };
    for (let depth = 0; depth < 100_000; depth++) for (const field of [6, 5, 1]) wrap(field);
    wrap(7);
    expect(refusal(Uint8Array.from(parts.reverse().flat())).at).toBe('model.onnx');
  });

  test('any bytes changed: imported, or refused with located diagnostics', () => {
    const small = network('iris_mlp');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(small.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (changes) => {
          const file = small.slice();
          for (const [at, byte] of changes) file[at] = byte;
          for (const { location, message } of refusals(file)) expect(namesIn(location), message).toHaveLength(1);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('structure', () => {
  test('all unknown operators are told at once, with their nodes', () => {
    const found = refusals(
      changed((graph) => {
        nodeIn(graph, 'ReLU32').opType = 'Blur';
        nodeIn(graph, 'Pooling66').opType = 'Median';
        nodeIn(graph, 'Plus214').domain = 'com.example';
        nodeIn(graph, 'ReLU114').opType = 'constructor';
      }),
    );
    const text = found.map((each) => formatDiagnostic(each)).join('\n');
    for (const word of [
      'ReLU32',
      'Blur',
      'Pooling66',
      'Median',
      'Plus214',
      'com.example.Add',
      'ReLU114',
      'constructor',
    ])
      expect(text).toContain(word);
    for (const { location } of found) expect(namesIn(location)).toHaveLength(1);
  });

  test('a cycle', () => {
    const { text } = refusal(
      changed((graph) => {
        nodeIn(graph, 'Convolution28').input[0] = 'ReLU114_Output_0';
      }),
    );
    expect(text).toMatch(/node 'Convolution28' \(Conv\).*cycle/);
  });

  test('a node that reads itself', () => {
    const { text, at } = refusal(model([node('Relu', ['y'])]));
    expect(text).toMatch(/node 'the_node' \(Relu\).*cycle/);
    expect(at).toBe('the_node');
  });

  test('nodes that wait for a cycle are not taken for a part of it', () => {
    const relu = (name: string, input: string, output: string): NodeInit => ({
      name,
      opType: 'Relu',
      input: [input],
      output: [output],
    });
    const { text } = refusal(model([relu('after', 'p', 'y'), relu('a', 'q', 'p'), relu('b', 'p', 'q')]));
    expect(text).toMatch(/^node '[ab]' \(Relu\) is part of a cycle/);
  });

  test('an undefined value', () => {
    const { text, at } = refusal(changed((graph) => void (nodeIn(graph, 'Plus112').input[1] = 'nowhere')));
    expect(text).toMatch(/node 'Plus112' \(Add\) reads value 'nowhere'/);
    expect(at).toBe('Plus112');
  });

  test('a value that only the prototype of all objects has', () => {
    for (const name of ['__proto__', 'constructor', 'toString'])
      expect(refusal(model([node('Relu', [name])])).text).toContain(`reads value '${name}'`);
  });

  test('an operand that is left out', () => {
    expect(refusal(model([node('Relu', [''])])).text).toMatch(/node 'the_node' \(Relu\) has no input/);
    expect(refusal(model([node('Add', ['x'])])).text).toMatch(/node 'the_node' \(Add\) has no right side/);
  });

  test.each([...importers.keys()])('%s without operands and attributes', (opType) => {
    const { text, at } = refusal(model([node(opType, [])]));
    expect(text).toContain(`node 'the_node' (${opType})`);
    expect(at).toBe('the_node');
  });

  test('inputs that no tensor type can be made of', () => {
    const relu = [node('Relu', ['x'])];
    expect(refusal(model(relu, [value('x', undefined)])).text).toMatch(/'x' has no shape/);
    expect(refusal(model(relu, [value('x', [2, -3])])).text).toMatch(/'x' has extents \[2,-3\]/);
    expect(refusal(model(relu, [value('x', [2], 8)])).text).toMatch(/'x' has elements of string/);
    expect(refusal(model(relu, [value('x', [2], 77)])).text).toMatch(/'x' has elements of element type 77/);
  });

  test('a second output that is read, of an operator that has one', () => {
    const first = { ...node('Relu', ['x']), output: ['h', 'mask'] };
    const file = model([first, { name: 'last', opType: 'Relu', input: ['mask'], output: ['y'] }]);
    expect(refusal(file).text).toMatch(/node 'the_node' \(Relu\) makes a further output 'mask'/);
  });
});

describe('tensors', () => {
  const withWeights = (change: (tensor: TensorProto) => void): Uint8Array =>
    changed((graph) => change(tensorIn(graph, weights)));

  test.each<[string, (tensor: TensorProto) => void, RegExp]>([
    ['2^40 elements', (tensor) => void (tensor.dims = [2n ** 20n, 2n ** 20n]), /has 1099511627776 elements, more than/],
    [
      'more elements than numbers',
      (tensor) => void (tensor.dims = Array<bigint>(40).fill(2n ** 62n)),
      /elements, more/,
    ],
    [
      '2^1240 times no elements',
      (tensor) => void (tensor.dims = [...Array<bigint>(20).fill(2n ** 62n), 0n]),
      /elements/,
    ],
    ['an extent below zero', (tensor) => void (tensor.dims = [-16n, -8n, 5n, 5n]), /extents \[-16,-8,5,5\]/],
    ['the least of all extents', (tensor) => void (tensor.dims = [-(2n ** 63n)]), /expected none below zero/],
    [
      'too little data',
      (tensor) => void (tensor.floatData = tensor.floatData.slice(1)),
      /3199 elements, expected 3200/,
    ],
    ['too much data', (tensor) => void tensor.floatData.push(0), /3201 elements, expected 3200/],
    ['raw data of half an element', (tensor) => void (tensor.rawData = new Uint8Array(12798)), /12798 bytes.*12800/],
    ['numbers in a field of another type', (tensor) => void (tensor.dataType = 7), /0 elements, expected 3200/],
    ['strings', (tensor) => void (tensor.dataType = 8), /elements of string/],
  ])('%s', (_, change, message) => {
    const { text, at } = refusal(withWeights(change));
    expect(text).toContain(`'${weights}'`);
    expect(text).toMatch(message);
    expect(text).not.toMatch(/NaN|undefined/);
    expect(at).toBe(weights);
  });

  test('a tensor of a node is told with node and operator', () => {
    const constant = (t: TensorInit): Uint8Array =>
      model([node('Constant', [], [{ name: 'value', type: Kind.TENSOR, t }])]);
    for (const t of [
      { name: 'inner', dataType: 1, dims: [-1n] },
      { name: 'inner', dataType: 1, dims: [2n ** 40n] },
      { name: 'inner', dataType: 8, dims: [1n] },
      { name: 'inner', dataType: 1, dims: [3n], floatData: [1] },
      { dataType: 1, dims: [3n], rawData: new Uint8Array(11) },
    ]) {
      expect(refusal(constant(t)).text).toMatch(/'the_node.*Constant/);
    }
  });

  describe('with external data', () => {
    let home = '';
    beforeEach(() => {
      home = mkdtempSync(join(tmpdir(), 'hostile-'));
      mkdirSync(join(home, 'model', 'folder'), { recursive: true });
      writeFileSync(join(home, 'secret.bin'), new Uint8Array(12800));
      writeFileSync(join(home, 'model', 'weights.bin'), new Uint8Array(12800));
    });
    afterEach(() => rmSync(home, { recursive: true }));

    const external = (entries: Record<string, string>): Uint8Array =>
      changed((graph) => {
        const tensor = tensorIn(graph, weights);
        tensor.floatData = [];
        tensor.dataLocation = TensorProto_DataLocation.EXTERNAL;
        tensor.externalData = Object.entries(entries).map(([key, text]) => ({
          $typeName: 'onnx.StringStringEntryProto',
          key,
          value: text,
        }));
      });
    const beside = (): ReadOptions => ({ readExternal: externalReader(join(home, 'model', 'model.onnx')) });

    test('that is in order is read', () => {
      expect(refusals(external({ location: 'weights.bin' }), beside())).toEqual([]);
      expect(refusals(external({ location: './weights.bin', offset: '0', length: '12800' }), beside())).toEqual([]);
    });

    test.each([
      '/etc/hostname',
      '../secret.bin',
      'folder/../../secret.bin',
      '..\\secret.bin',
      'C:\\a',
      '\\\\a\\b',
      '..',
      'a\0b',
    ])('outside of the folder: %j', (location) => {
      const { text, at } = refusal(external({ location }), beside());
      expect(text).toMatch(/outside the model's folder/);
      expect(at).toBe(weights);
    });

    test.each<[string, Record<string, string>]>([
      ['no location', {}],
      ['an empty location', { location: '' }],
      ['a file that is not there', { location: 'missing.bin' }],
      ['a name longer than any file has', { location: 'a'.repeat(10_000) }],
      ['a folder', { location: 'folder' }],
      ['an offset past the end', { location: 'weights.bin', offset: '999999999999999' }],
      ['an offset below zero', { location: 'weights.bin', offset: '-4' }],
      ['an offset that is no number', { location: 'weights.bin', offset: '0x10' }],
      ['a length past the end', { location: 'weights.bin', offset: '4', length: '12800' }],
      ['a length of another tensor', { location: 'weights.bin', length: '4' }],
      ['a huge length', { location: 'weights.bin', length: '999999999999999' }],
    ])('with %s', (_, entries) => {
      const { text, at } = refusal(external(entries), beside());
      expect(at).toBe(weights);
      expect(text).toContain(weights);
    });

    test('where none can be read', () => {
      expect(refusal(external({ location: 'weights.bin' })).text).toMatch(/cannot be read here/);
    });
  });
});

describe('nodes', () => {
  const matrix = [value('x', [2, 3])];
  const image = [value('x', [1, 4, 6, 6])];
  const filter = singles('f', [2, 4, 3, 3]);
  const vectors = (...lengths: readonly number[]): TensorInit[] =>
    lengths.map((length, at) => singles('sbmv'[at] as string, [length]));
  const whole = { name: 's', dataType: 6, dims: [4n], int32Data: [1, 2, 3, 4] };
  const auto: AttributeInit = { name: 'auto_pad', type: Kind.STRING, s: new TextEncoder().encode('SAME_UPPER') };
  const square = ints('kernel_shape', [2, 2]);

  test.each<[string, ReturnType<typeof value>[], string, string, AttributeInit[], TensorInit[]]>([
    ['extents that do not meet', matrix, 'Add', 'xb', [], [singles('b', [4])]],
    ['a matrix product of other extents', matrix, 'MatMul', 'xb', [], [singles('b', [2, 2])]],
    ['a matrix product of numbers', [value('x', [])], 'MatMul', 'xx', [], []],
    ['a product with a vector', matrix, 'Gemm', 'xb', [], [singles('b', [3])]],
    ['a filter of rank 1', image, 'Conv', 'xf', [], [singles('f', [4])]],
    ['a filter that is larger than the image', image, 'Conv', 'xf', [], [singles('f', [2, 4, 7, 7])]],
    ['strides of 0', image, 'Conv', 'xf', [ints('strides', [0, 0])], [filter]],
    ['strides of 0 that decide the pads', image, 'Conv', 'xf', [ints('strides', [0, 0]), auto], [filter]],
    ['dilations of −1', image, 'Conv', 'xf', [ints('dilations', [-1, 1])], [filter]],
    ['no groups', image, 'Conv', 'xf', [int('group', 0)], [filter]],
    ['more groups than channels', image, 'Conv', 'xf', [int('group', 1000)], [filter]],
    ['a bias of other length', image, 'Conv', 'xfb', [], [filter, singles('b', [3])]],
    ['pads below zero', image, 'MaxPool', 'x', [square, ints('pads', [-1, 0, 0, 0])], []],
    ['windows of pads alone', image, 'MaxPool', 'x', [square, ints('pads', [5, 5, 5, 5])], []],
    ['a window without extents', image, 'MaxPool', 'x', [ints('kernel_shape', [0, 0])], []],
    ['a window in three dimensions', image, 'MaxPool', 'x', [ints('kernel_shape', [2, 2, 2])], []],
    ['pooling of a matrix', matrix, 'GlobalAveragePool', 'x', [], []],
    ['a permutation that is none', matrix, 'Transpose', 'x', [ints('perm', [0, 0])], []],
    ['a permutation that is too short', matrix, 'Transpose', 'x', [ints('perm', [0])], []],
    ['an axis out of range', matrix, 'Softmax', 'x', [int('axis', 2)], []],
    ['an axis far out of range', matrix, 'Concat', 'xx', [int('axis', -(2 ** 53))], []],
    ['an axis past the last', matrix, 'Flatten', 'x', [int('axis', 3)], []],
    ['an axis before the first', matrix, 'Flatten', 'x', [int('axis', -3)], []],
    ['an axis of extent 3 to leave out', matrix, 'Squeeze', 'xa', [], [longs('a', [1])]],
    ['an axis added twice', matrix, 'Unsqueeze', 'xa', [], [longs('a', [0, 0])]],
    ['other extents beside the axis', matrix, 'Concat', 'xb', [int('axis', 0)], [singles('b', [2, 4])]],
    ['a shape of another number of elements', matrix, 'Reshape', 'xs', [], [longs('s', [4])]],
    ['a shape with two open extents', matrix, 'Reshape', 'xs', [], [longs('s', [-1, -1])]],
    ['extents below zero that cancel out', matrix, 'Reshape', 'xs', [], [longs('s', [-2, -3])]],
    ['a shape that keeps an extent which is not there', matrix, 'Reshape', 'xs', [], [longs('s', [2, 3, 0])]],
    ['a shape that is computed', matrix, 'Reshape', 'xx', [], []],
    ['a shape of singles', matrix, 'Reshape', 'xs', [], [singles('s', [2])]],
    ['limits that are computed', matrix, 'Clip', 'xx', [], []],
    ['limits of two numbers', matrix, 'Clip', 'xl', [], [singles('l', [2])]],
    ['an attribute of another kind', matrix, 'Gemm', 'xx', [int('alpha', 2)], []],
    ['fewer means than channels', image, 'BatchNormalization', 'xsbmv', [], vectors(4, 4, 2, 4)],
    ['fewer variances than channels', image, 'BatchNormalization', 'xsbmv', [], vectors(4, 4, 4, 1)],
    ['fewer biases than channels', image, 'BatchNormalization', 'xsbmv', [], vectors(4, 3, 4, 4)],
    ['more scales than channels', image, 'BatchNormalization', 'xsbmv', [], vectors(8, 8, 8, 8)],
    ['whole numbers', image, 'BatchNormalization', 'xsbmv', [], [whole, ...vectors(4, 4, 4, 4).slice(1)]],
    ['rectified whole numbers', [value('x', [2], 7)], 'Relu', 'x', [], []],
    ['operands of other precision', [value('x', [2]), value('h', [2], 10)], 'Add', 'xh', [], []],
  ])('%s', (_, input, opType, operands, attributes, constants) => {
    const { text, at } = refusal(model([node(opType, [...operands], attributes)], input, constants));
    expect(text).toContain(`node 'the_node' (${opType})`);
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
    expect(at).toBe('the_node');
  });

  test('an error in the digit network names its node', () => {
    const { text, at } = refusal(
      changed((graph) => {
        tensorIn(graph, weights).dims = [8n, 16n, 5n, 5n];
      }),
    );
    expect(text).toMatch(/^node 'Convolution110' \(Conv\)/);
    expect(at).toBe('Convolution110');
  });

  const extents = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 5 });
  const small = fc.oneof(fc.integer({ min: -3, max: 4 }), fc.constantFrom(2 ** 31, 2 ** 53, -(2 ** 53)));
  const numbers = fc.array(small, { maxLength: 5 });
  const names = ['axis', 'axes', 'perm', 'shape', 'strides', 'pads', 'dilations', 'kernel_shape', 'group', 'ceil_mode'];
  const attributes = fc.array(
    fc.oneof(
      fc.tuple(fc.constantFrom(...names), numbers).map(([name, values]) => ints(name, values)),
      fc
        .tuple(fc.constantFrom(...names, 'broadcast', 'allowzero', 'transA'), small)
        .map(([name, each]) => int(name, each)),
      fc.constantFrom('SAME_UPPER', 'SAME_LOWER', 'VALID', 'X').map((each) => ({
        name: 'auto_pad',
        type: Kind.STRING,
        s: new TextEncoder().encode(each),
      })),
    ),
    { maxLength: 4 },
  );
  const constants = fc.oneof(
    extents.map((dims) => singles('c', dims)),
    numbers.map((values) => longs('c', values)),
  );
  const element = fc.constantFrom(1, 1, 1, 10, 7);

  test.each([...importers.keys()])('%s with any operands and attributes: valid, or told at the node', (opType) => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('x', 'c', 'd', ''), { maxLength: 5 }),
        fc.tuple(extents, element),
        fc.tuple(constants, constants),
        attributes,
        fc.constantFrom(1, 6, 9, 13),
        (operands, [shape, type], [c, d], given, opset) => {
          const input = value(
            'x',
            shape.map((extent) => extent || 1),
            type,
          );
          const found = refusals(model([node(opType, operands, given)], [input], [c, { ...d, name: 'd' }], opset));
          if (found.length === 0) return;
          expect(found).toHaveLength(1);
          const [first] = found as [Diagnostic];
          expect(first.message).toContain(`node 'the_node' (${opType})`);
          expect(namesIn(first.location)).toEqual(['the_node']);
        },
      ),
      { numRuns: 100 },
    );
  });
});
