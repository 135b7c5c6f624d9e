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
import { Context, type Diagnostic, DiagnosticError, formatDiagnostic, namesIn, verify } from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';
import * as onnx from '../../../lowering/onnx/generated/onnx_pb.js';
import { importers } from '../../../lowering/onnx/importers.ts';
import { importOnnx } from '../../../lowering/onnx/import.ts';
import { type ReadOptions, readOnnx } from '../../../lowering/onnx/read.ts';
import { externalReader } from '../../../tools/files/data-set.ts';
import { allDialects } from '../../../tools/lists.ts';

type NodeInit = MessageInitShape<typeof onnx.NodeProtoSchema>;
type TensorInit = MessageInitShape<typeof onnx.TensorProtoSchema>;
type AttributeInit = MessageInitShape<typeof onnx.AttributeProtoSchema>;
const { AttributeProto_AttributeType: Kind, ModelProtoSchema } = onnx;

const networks = new URL('../../../examples/networks/', import.meta.url);
const network = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`${name}/model.onnx`, networks)));
const digits = network('mnist_cntk');
const small = network('iris_mlp');

const bring = (file: Uint8Array, options: ReadOptions = {}) =>
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

/** The one located diagnostic that a file is refused with: its message and the name of its place. */
function refusal(file: Uint8Array, options: ReadOptions = {}): { readonly text: string; readonly at: string } {
  const found = refusals(file, options);
  expect(found.map(({ message }) => message)).toHaveLength(1);
  const [first] = found as [Diagnostic];
  const names = namesIn(first.location);
  expect(names, `the place of: ${first.message}`).toHaveLength(1);
  expect(first.message).not.toMatch(/NaN|undefined|Infinity|\[object/);
  return { text: first.message, at: names[0] as string };
}

/** The digit network after a change. */
function changed(change: (graph: onnx.GraphProto) => void): Uint8Array {
  const model = fromBinary(ModelProtoSchema, digits);
  change(model.graph as onnx.GraphProto);
  return toBinary(ModelProtoSchema, model);
}
const named = <T extends { readonly name: string }>(all: readonly T[], name: string): T => {
  const found = all.find((one) => one.name === name);
  if (!found) throw new Error(`the network has no ${name}`);
  return found;
};
/** The digit network after a change of the second convolution's weights: 16 × 8 × 5 × 5 singles. */
const weights = 'Parameter87';
const withWeights = (change: (tensor: onnx.TensorProto) => void): Uint8Array =>
  changed((graph) => change(named(graph.initializer, weights)));

const value = (name: string, extents?: readonly number[], elemType = 1) => {
  const dim = extents?.map((extent) => ({ value: { case: 'dimValue' as const, value: BigInt(extent) } }));
  return {
    name,
    type: { value: { case: 'tensorType' as const, value: { elemType, ...(dim && { shape: { dim } }) } } },
  };
};

/** A model of some nodes on inputs, which gives y. */
function model(node: NodeInit[], input = [value('x', [2, 3])], initializer: TensorInit[] = [], opset = 13): Uint8Array {
  const graph = { name: 'g', input, output: [value('y')], node, initializer };
  return toBinary(ModelProtoSchema, create(ModelProtoSchema, { opsetImport: [{ version: BigInt(opset) }], graph }));
}

const node = (opType: string, input: string[], attribute: AttributeInit[] = [], name = 'the_node'): NodeInit => {
  return { name, opType, input, output: ['y'], attribute };
};
const ints = (name: string, values: readonly number[]) => ({ name, type: Kind.INTS, ints: values.map(BigInt) });
const int = (name: string, i: number) => ({ name, type: Kind.INT, i: BigInt(i) });
const text = (name: string, s: string) => ({ name, type: Kind.STRING, s: new TextEncoder().encode(s) });
const longs = (name: string, values: readonly number[]): TensorInit => {
  return { name, dataType: 7, dims: [BigInt(values.length)], int64Data: values.map(BigInt) };
};
const singles = (name: string, extents: readonly number[]): TensorInit => {
  const floatData = Array.from({ length: extents.reduce((a, b) => a * b, 1) }, (_, at) => at / 4 + 1);
  return { name, dataType: 1, dims: extents.map(BigInt), floatData };
};

describe('trained networks', () => {
  test.each(['iris_mlp', 'mnist_cntk', 'mlperf_tiny_kws_dscnn'])('%s is valid and its text reads back', (name) => {
    const module = bring(network(name));
    expect(verify(module)).toEqual([]);
    const printed = printOperation(module);
    const again = parseModule(printed, new Context(allDialects));
    expect(verify(again)).toEqual([]);
    expect(printOperation(again)).toBe(printed);
  });

  test('names of any characters survive printing and parsing', () => {
    const name = 'a"b\\c\nd\té😀\u0001%0 loc(#x) }';
    const printed = printOperation(bring(model([node('Relu', [name], [], name)], [value(name, [2])])));
    expect(printOperation(parseModule(printed, new Context(allDialects)))).toBe(printed);
  });
});

describe('bytes', () => {
  const offsets = Array.from({ length: 64 }, (_, at) => Math.floor((at * digits.length) / 64));
  test.each(offsets)('cut off after %i', (length) => {
    expect(refusal(digits.slice(0, length)).at).not.toBe('');
  });

  test('cut off anywhere in the beginning', () => {
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
    const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);
    // From the inside out: an attribute's graph (6) in a node's attribute (5) in a graph's node (1); the model's (7).
    const parts: number[][] = [];
    let size = 0;
    for (const field of [...Array.from({ length: 300_000 }, (_, at) => [6, 5, 1][at % 3] as number), 7])
      size += parts.push([(field << 3) | 2, ...varint(size)]) && (parts.at(-1) as number[]).length;
    expect(refusal(Uint8Array.from(parts.reverse().flat())).at).toBe('model.onnx');
  });

  test('any bytes changed: imported, or refused with located diagnostics', () => {
    const change = fc.tuple(fc.nat(small.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const file = small.slice();
        for (const [at, byte] of changes) file[at] = byte;
        for (const { location, message } of refusals(file)) expect(namesIn(location), message).toHaveLength(1);
      }),
      { numRuns: 200 },
    );
  });
});

describe('structure', () => {
  test('all unknown operators are told at once, with their nodes', () => {
    const found = refusals(
      changed((graph) => {
        named(graph.node, 'ReLU32').opType = 'Blur';
        named(graph.node, 'Pooling66').opType = 'constructor';
        named(graph.node, 'Plus214').domain = 'com.example';
      }),
    );
    const told = found.map((each) => formatDiagnostic(each)).join('\n');
    for (const words of ["'ReLU32' 'Blur'", "'Pooling66' 'constructor'", "'Plus214' 'com.example.Add'"])
      for (const word of words.split(' ')) expect(told).toContain(word);
    for (const { location } of found) expect(namesIn(location)).toHaveLength(1);
  });

  const relu = (name: string, input: string, ...output: string[]) => ({ name, opType: 'Relu', input: [input], output });
  const rewire = (name: string, at: number, input: string): Uint8Array =>
    changed((graph) => void (named(graph.node, name).input[at] = input));
  const reads = (input: ReturnType<typeof value>): Uint8Array => model([relu('r', 'x', 'y')], [input]);
  test.each<[string, Uint8Array, RegExp]>([
    ['a cycle', rewire('Convolution28', 0, 'ReLU114_Output_0'), /^node 'Convolution28' \(Conv\) is part of a cycle/],
    ['a node that reads itself', model([relu('r', 'y', 'y')]), /^node 'r' \(Relu\) is part of a cycle/],
    [
      'a node that waits for a cycle but is no part of it',
      model([relu('after', 'p', 'y'), relu('a', 'q', 'p'), relu('b', 'p', 'q')]),
      /^node '[ab]' \(Relu\) is part of a cycle/,
    ],
    ['an undefined value', rewire('Plus112', 1, 'no'), /^node 'Plus112' \(Add\) reads value 'no'/],
    ['the prototype of objects', model([relu('r', '__proto__', 'y')]), /^node 'r' \(Relu\) reads value '__proto__'/],
    ['an operand that is left out', model([relu('r', '', 'y')]), /^node 'r' \(Relu\) has no input/],
    ['no right side', model([node('Add', ['x'])]), /^node 'the_node' \(Add\) has no right side/],
    ['a second output', model([relu('r', 'x', 'h', 'm'), relu('s', 'm', 'y')]), /^node 'r' \(Relu\).* output 'm'/],
    ['an input without a shape', reads(value('x')), /'x' has no shape/],
    ['an input of an extent below zero', reads(value('x', [2, -3])), /'x' has extents \[2,-3\]/],
    ['an input of strings', reads(value('x', [2], 8)), /'x' has elements of string/],
    ['an input of an element type not known', reads(value('x', [2], 77)), /'x' has elements of element type 77/],
  ])('%s', (_, file, message) => {
    const told = refusal(file);
    expect(told.text).toMatch(message);
    expect(told.text).toContain(`'${told.at}'`);
  });

  test.each([...importers.keys()])('%s without operands and attributes', (opType) => {
    const told = refusal(model([node(opType, [])]));
    expect(told.text).toContain(`node 'the_node' (${opType})`);
    expect(told.at).toBe('the_node');
  });
});

describe('tensors', () => {
  const dims = (...extents: bigint[]) => ({ dims: extents });
  const huge = Array<bigint>(20).fill(2n ** 62n);
  test.each<[string, Partial<onnx.TensorProto>, RegExp]>([
    ['2^40 elements', dims(2n ** 20n, 2n ** 20n), /has 1099511627776 elements, more than/],
    ['2^186 elements', dims(...huge.slice(17)), /elements, more than/],
    ['2^1240 times no elements', dims(...huge, 0n), /elements/],
    ['an extent below zero', dims(-16n, -8n, 5n, 5n), /extents \[-16,-8,5,5\]/],
    ['the least of all extents', dims(-(2n ** 63n)), /expected none below zero/],
    ['too little data', { floatData: [1, 2, 3] }, /3 elements, expected 3200/],
    ['too much data', { floatData: Array<number>(3201).fill(1) }, /3201 elements, expected 3200/],
    ['raw data of half an element', { rawData: new Uint8Array(12798) }, /12798 bytes.*12800/],
    ['numbers in the field of another type', { dataType: 7 }, /0 elements, expected 3200/],
    ['strings', { dataType: 8 }, /elements of string/],
  ])('%s', (_, change, message) => {
    const told = refusal(withWeights((tensor) => void Object.assign(tensor, change)));
    expect(told.text).toContain(`'${weights}'`);
    expect(told.text).toMatch(message);
    expect(told.at).toBe(weights);
  });

  test.each<[string, TensorInit]>([
    ['an extent below zero', { name: 'inner', dataType: 1, dims: [-1n] }],
    ['2^40 elements', { dataType: 1, dims: [2n ** 40n] }],
    ['strings', { name: 'inner', dataType: 8, dims: [1n] }],
    ['too little data', { name: 'inner', dataType: 1, dims: [3n], floatData: [1] }],
  ])('%s in an attribute: told with node and operator', (_, t) => {
    const file = model([node('Constant', [], [{ name: 'value', type: Kind.TENSOR, t }])]);
    expect(refusal(file).text).toMatch(/the_node.*Constant/);
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
      withWeights((tensor) => {
        tensor.floatData = [];
        tensor.dataLocation = onnx.TensorProto_DataLocation.EXTERNAL;
        for (const [key, entry] of Object.entries(entries))
          tensor.externalData.push(create(onnx.StringStringEntryProtoSchema, { key, value: entry }));
      });
    const beside = (): ReadOptions => ({ readExternal: externalReader(join(home, 'model', 'model.onnx')) });

    test('that is in order is read', () => {
      expect(refusals(external({ location: 'weights.bin' }), beside())).toEqual([]);
      expect(refusals(external({ location: './weights.bin', offset: '0', length: '12800' }), beside())).toEqual([]);
    });

    const outside = '/etc/hostname ../secret.bin folder/../../secret.bin ..\\secret.bin C:\\a \\\\a\\b .. a\0b';
    test.each(outside.split(' '))('outside of the folder: %j', (location) => {
      const told = refusal(external({ location }), beside());
      expect(told.text).toMatch(/outside the model's folder/);
      expect(told.at).toBe(weights);
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
      const told = refusal(external(entries), beside());
      expect(told.at).toBe(weights);
      expect(told.text).toContain(weights);
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
  const auto = text('auto_pad', 'SAME_UPPER');
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
    const told = refusal(model([node(opType, [...operands], attributes)], input, constants));
    expect(told.text).toContain(`node 'the_node' (${opType})`);
    expect(told.at).toBe('the_node');
  });

  test('an error in the digit network names its node', () => {
    const told = refusal(withWeights((tensor) => void (tensor.dims = [8n, 16n, 5n, 5n])));
    expect(told.text).toMatch(/^node 'Convolution110' \(Conv\)/);
    expect(told.at).toBe('Convolution110');
  });

  const extents = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 5 });
  const number = fc.oneof(fc.integer({ min: -3, max: 4 }), fc.constantFrom(2 ** 31, 2 ** 53, -(2 ** 53)));
  const numbers = fc.array(number, { maxLength: 5 });
  const name = fc.constantFrom(
    ...'axis axes perm shape strides pads dilations kernel_shape group ceil_mode broadcast allowzero'.split(' '),
  );
  const attribute = fc.oneof(
    fc.tuple(name, numbers).map(([key, values]) => ints(key, values)),
    fc.tuple(name, number).map(([key, each]) => int(key, each)),
    fc.constantFrom('SAME_UPPER', 'SAME_LOWER', 'VALID', 'X').map((each) => text('auto_pad', each)),
  );
  const constant = fc.oneof(
    extents.map((shape) => singles('c', shape)),
    numbers.map((values) => longs('c', values)),
  );
  const operands = fc.array(fc.constantFrom('x', 'c', 'd', ''), { maxLength: 5 });
  const shapeOfX = extents.map((all) => all.map((extent) => extent || 1));
  const files = fc.record({
    operands,
    attributes: fc.array(attribute, { maxLength: 4 }),
    input: fc.tuple(shapeOfX, fc.constantFrom(1, 1, 1, 10, 7)).map(([shape, type]) => [value('x', shape, type)]),
    constants: fc.tuple(constant, constant).map(([c, d]) => [c, { ...d, name: 'd' }]),
    opset: fc.constantFrom(1, 6, 9, 13),
  });

  test.each([...importers.keys()])('%s with any operands and attributes: valid, or told at the node', (opType) => {
    fc.assert(
      fc.property(files, (file) => {
        const nodes = [node(opType, file.operands, file.attributes)];
        const found = refusals(model(nodes, file.input, file.constants, file.opset));
        expect(found.length).toBeLessThanOrEqual(1);
        for (const { message, location } of found) {
          expect(message).toContain(`node 'the_node' (${opType})`);
          expect(namesIn(location)).toEqual(['the_node']);
        }
      }),
      { numRuns: 60 },
    );
  });
});
