/** Models that cannot be imported end in one located diagnostic that names node and operator. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import { Context, type Diagnostic, DiagnosticError, placeText } from '../../../ir/index.ts';
import { type ModelProto, ModelProtoSchema, NodeProtoSchema } from '../../../lowering/onnx/generated/onnx_pb.js';
import { importOnnx } from '../../../lowering/onnx/import.ts';
import { readOnnx } from '../../../lowering/onnx/read.ts';
import { allDialects } from '../../../tools/lists.ts';

const bytes = readFileSync(fileURLToPath(new URL('../../../examples/networks/mnist_cntk/model.onnx', import.meta.url)));

/** The diagnostics of reading and importing a file; anything but a diagnostic is an error of the test. */
function diagnostics(file: Uint8Array): readonly Diagnostic[] {
  try {
    importOnnx(readOnnx(file, { fileName: 'model.onnx' }), new Context(allDialects));
    return [];
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
}

/** The digit network after a change. */
function changed(change: (model: ModelProto) => void): Uint8Array {
  const model = fromBinary(ModelProtoSchema, bytes);
  change(model);
  return toBinary(ModelProtoSchema, model);
}

const nodeOf = (model: ModelProto, opType: string) => {
  const node = model.graph?.node.find((one) => one.opType === opType);
  if (!node) throw new Error(`the network has a ${opType}`);
  return node;
};

/** The only diagnostic: where, and what. */
function only(file: Uint8Array): { readonly place: string; readonly message: string; readonly notes: number } {
  const found = diagnostics(file);
  expect(found.length).toBe(1);
  const [first] = found as [Diagnostic];
  return { place: placeText(first.location), message: first.message, notes: first.notes.length };
}

describe('a model that cannot be imported', () => {
  test('is told once when it is cut off, wherever that is', () => {
    const step = Math.floor(bytes.length / 61);
    for (let length = 0; length < bytes.length; length += step) {
      const { place } = only(bytes.subarray(0, length));
      expect(place).not.toBe('<unknown>');
    }
  });

  test('is told with all unsupported operators at once', () => {
    const { place, message, notes } = only(
      changed((model) => {
        nodeOf(model, 'Relu').opType = 'Blur';
        nodeOf(model, 'MatMul').opType = 'Einsum';
      }),
    );
    expect(place).toMatch(/^'ReLU/);
    expect(message).toContain('(Blur) is of an operator that is not supported');
    expect(message).toContain("'Blur', 'Einsum'");
    expect(notes).toBe(2);
  });

  test('is told with node and operator when extents do not meet', () => {
    const { place, message } = only(
      changed((model) => {
        const dims = model.graph?.initializer.find((one) => one.name === 'Parameter87')?.dims ?? [];
        [dims[0], dims[1]] = [dims[1] as bigint, dims[0] as bigint];
      }),
    );
    expect(place).toBe("'Convolution110'");
    expect(message).toMatch(/^node 'Convolution110' \(Conv\) does not fit: graph.conv: image has 8 channels/);
  });

  test('is told with node and operator when an attribute is of the wrong kind', () => {
    const { message } = only(
      changed((model) => {
        const strides = nodeOf(model, 'MaxPool').attribute.find((one) => one.name === 'strides');
        if (strides) strides.ints = [2n, 2n, 2n];
      }),
    );
    expect(message).toMatch(/\(MaxPool\) has strides \[2,2,2\], expected two numbers/);
  });

  test('is told with the nodes of a cycle', () => {
    const { message } = only(
      changed((model) => {
        const graph = model.graph;
        graph?.node.push(
          create(NodeProtoSchema, { name: 'again', opType: 'Relu', input: ['Plus30_Output_0'], output: ['round'] }),
        );
        const first = nodeOf(model, 'Conv');
        first.input[0] = 'round';
      }),
    );
    expect(message).toMatch(/is part of a cycle/);
    expect(message).toMatch(/\(Conv\)|\(Add\)|\(Relu\)/);
  });

  test('is told when a tensor has 2^40 elements', () => {
    const { message } = only(
      changed((model) => {
        const tensor = model.graph?.initializer[0];
        if (tensor) tensor.dims = [2n ** 20n, 2n ** 20n];
      }),
    );
    expect(message).toMatch(/has 1099511627776 elements, more than/);
  });

  test.each(['/etc/passwd', '../secret', 'a/../../b', 'C:\\x'])(
    'is told when data lies outside its folder: %s',
    (location) => {
      const { message } = only(
        changed((model) => {
          const tensor = model.graph?.initializer[0];
          if (!tensor) return;
          tensor.dataLocation = 1;
          tensor.externalData = [{ $typeName: 'onnx.StringStringEntryProto', key: 'location', value: location }];
        }),
      );
      expect(message).toContain("outside the model's folder");
    },
  );
});
