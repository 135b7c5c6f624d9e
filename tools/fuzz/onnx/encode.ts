/** Small models as ONNX files. */
import { create, toBinary } from '@bufbuild/protobuf';
import { AttributeProto_AttributeType, ModelProtoSchema } from '../../../lowering/onnx/generated/onnx_pb.js';
import type { AttributeValue, SmallModel } from './model.ts';

const [float32, int64] = [1, 7];

const valueOf = (name: string, shape: readonly number[] | undefined) => ({
  name,
  type: {
    value: {
      case: 'tensorType' as const,
      value: {
        elemType: float32,
        ...(shape
          ? { shape: { dim: shape.map((extent) => ({ value: { case: 'dimValue' as const, value: BigInt(extent) } })) } }
          : {}),
      },
    },
  },
});

function attributeOf(name: string, value: AttributeValue) {
  const type = AttributeProto_AttributeType;
  if (typeof value === 'number') return { name, type: type.INT, i: BigInt(value) };
  if (typeof value === 'string') return { name, type: type.STRING, s: Buffer.from(value) };
  if ('float' in value) return { name, type: type.FLOAT, f: value.float };
  return { name, type: type.INTS, ints: value.map(BigInt) };
}

/** The file of a model that gives the results of all its nodes. */
export function modelBytes({ head, inputs, constants, nodes }: SmallModel): Uint8Array {
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: 8n,
      opsetImport: [{ domain: '', version: BigInt(head.opset) }],
      graph: {
        name: 'g',
        input: inputs.map(({ input, shape }) => valueOf(input, shape)),
        output: nodes.map(({ output }) => valueOf(output, undefined)),
        initializer: constants.map(({ constant, shape, ints, floats }) => ({
          name: constant,
          dims: shape.map(BigInt),
          dataType: ints ? int64 : float32,
          int64Data: (ints ?? []).map(BigInt),
          floatData: [...(floats ?? [])],
        })),
        node: nodes.map(({ node, inputs: given, output, attributes }) => ({
          name: output,
          opType: node,
          input: [...given],
          output: [output],
          attribute: Object.entries(attributes).map(([name, value]) => attributeOf(name, value)),
        })),
      },
    }),
  );
}
