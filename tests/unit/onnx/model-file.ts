/** ONNX files made for tests. */
import { readFileSync } from 'node:fs';
import { create, type DescMessage, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { DiagnosticError, namesIn } from '../../../ir/index.ts';
import {
  type GraphProtoSchema,
  ModelProtoSchema,
  type NodeProtoSchema,
  TensorProtoSchema,
} from '../../../lowering/onnx/generated/onnx_pb.js';
import { decodeTensor, tensorParts } from '../../../lowering/onnx/tensor.ts';

/** Fields to make a message of, without messages that are made already. */
type Init<D extends DescMessage> = Exclude<MessageInitShape<D>, { readonly $typeName: string }>;
/** Fields of a node. */
export type NodeInit = Init<typeof NodeProtoSchema>;
/** Fields of a tensor. */
export type TensorInit = Init<typeof TensorProtoSchema>;
type Extent = number | string | undefined;

/** The folder of trained networks. */
export const networks = new URL('../../../examples/networks/', import.meta.url);
/** The file of a network. */
export const network = (name: string): Uint8Array => readFileSync(new URL(`${name}/model.onnx`, networks));

/** A declared value of `elemType`, single precision unless given. */
export const value = (name: string, shape: readonly Extent[] = [2], elemType = 1) => ({
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
export const model = (
  node: readonly NodeInit[],
  graph: Partial<Record<'input' | 'output', ReturnType<typeof value>[]>> = {},
  initializer: readonly TensorInit[] = [],
  more: Omit<Init<typeof GraphProtoSchema>, 'node' | 'input' | 'output' | 'initializer'> = {},
  head: Omit<Init<typeof ModelProtoSchema>, 'graph'> = {},
) =>
  toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: 8n,
      opsetImport: [{ domain: 'ai.onnx', version: 13n }],
      ...head,
      graph: {
        name: 'g',
        ...more,
        input: graph.input ?? [value('x')],
        output: graph.output ?? [value('y')],
        node: [...node],
        initializer: [...initializer],
      },
    }),
  );

/** The bytes of a tensor named t. */
export const tensorBytes = (init: TensorInit) =>
  toBinary(TensorProtoSchema, create(TensorProtoSchema, { name: 't', ...init }));
/** The tensor t, decoded. */
export const tensor = (init: TensorInit) => decodeTensor(tensorParts(tensorBytes(init)), undefined);

/** A node of one operand. */
export const relu = (name: string, input: string, output: string): NodeInit => ({
  name,
  opType: 'Relu',
  input: [input],
  output: [output],
});

/** What a call is refused with: all messages, and all names in their locations. */
export function refusal(call: () => unknown): { readonly message: string; readonly names: readonly string[] } {
  try {
    call();
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { message: error.message, names: error.diagnostics.flatMap(({ location }) => namesIn(location)) };
  }
  throw new Error('the call was not refused');
}
