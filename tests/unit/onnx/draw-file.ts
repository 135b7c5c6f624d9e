/** Files as they may be: every part drawn, with what no importer needs in between, and what is read from them. */
import { create, toBinary } from '@bufbuild/protobuf';
import { AttributeProto_AttributeType as Kind, ModelProtoSchema } from '../../../lowering/onnx/generated/onnx_pb.js';
import type { Random } from '../../../tools/check/random.ts';
import type { NodeInit, TensorInit } from './model-file.ts';

/** A node and its meaning to the reader. */
export interface DrawnNode {
  readonly name: string;
  readonly opType: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}
/** A declared value; an extent that is left open has a name, an empty one, or none. */
export interface DrawnValue {
  readonly name: string;
  readonly code: number;
  readonly shape: readonly (number | string | undefined)[] | undefined;
}
/** A file: what stands in it. */
export interface DrawnFile {
  readonly irVersion: number;
  readonly opsets: readonly (readonly [domain: string, version: number])[];
  readonly name: string;
  readonly inputs: readonly DrawnValue[];
  readonly outputs: readonly DrawnValue[];
  readonly constants: readonly { readonly name: string; readonly data: readonly number[] }[];
  readonly nodes: readonly DrawnNode[];
}

const some = <T>(random: Random, most: number, make: (at: number) => T): T[] =>
  Array.from({ length: random.below(most + 1) }, (_, at) => make(at));
const codes = [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 16] as const;
const drawValue = (random: Random, name: string): DrawnValue => ({
  name,
  code: random.pick(codes),
  shape: random.once(4) ? undefined : some(random, 3, () => random.pick([0, 1, 7, 300, 'N', '', undefined])),
});

/** Values of attributes by kind; a tensor is its bytes, and `undefined` is a kind that is not read. */
const attributeKinds = ['float', 'int', 'string', 'floats', 'ints', 'strings', 'tensor', 'other'] as const;
function drawAttribute(random: Random): unknown {
  const kind = random.pick(attributeKinds);
  const number = (): number => random.below(2000) / 8 - 100;
  const whole = (): number => random.below(2 ** 31) - 2 ** 30;
  const text = (): string => random.pick(['', 'a', 'SAME_UPPER', 'é', '日本']);
  const value = {
    float: number,
    int: whole,
    string: text,
    floats: () => some(random, 3, number),
    ints: () => some(random, 3, whole),
    strings: () => some(random, 3, text),
    tensor: () => some(random, 4, () => random.below(256)),
    other: () => undefined,
  }[kind]();
  return { kind, ...(value === undefined ? {} : { value }) };
}

/** A file of some nodes in an order in which all is made before it is read. */
export function drawFile(random: Random): DrawnFile {
  const constants = some(random, 3, (at) => ({ name: `c${at}`, data: some(random, 5, () => random.below(256)) }));
  const inputs = [
    ...Array.from({ length: 1 + random.below(3) }, (_, at) => drawValue(random, `x${at}`)),
    // Older files declare their constants as inputs too.
    ...constants.filter(() => random.once(2)).map(({ name }) => drawValue(random, name)),
  ];
  const made = [...inputs, ...constants].map(({ name }) => name);
  const nodes = Array.from({ length: 1 + random.below(7) }, (_, at): DrawnNode => {
    const reads = some(random, 3, () => (random.once(5) ? '' : random.pick(made)));
    const outputs = [`v${at}`, ...some(random, 2, (other) => (random.once(2) ? '' : `v${at}_${other}`))];
    made.push(...outputs.filter((name) => name !== ''));
    return {
      name: random.once(3) ? '' : `n${at}`,
      opType: random.pick(['Relu', 'Add', 'Conv', 'Any']),
      domain: random.pick(['', '', 'ai.onnx', 'com.example']),
      inputs: reads,
      outputs,
      attributes: Object.fromEntries(some(random, 3, (other) => [`k${other}`, drawAttribute(random)])),
    };
  });
  const irVersion = 1 + random.below(9);
  return {
    irVersion,
    opsets:
      irVersion < 3 && random.once(2)
        ? []
        : [
            [random.pick(['', 'ai.onnx']), 1 + random.below(17)],
            ...(random.once(2) ? [['com.example', 3] as const] : []),
          ],
    name: random.pick(['', 'g', 'a graph']),
    inputs,
    outputs: Array.from({ length: 1 + random.below(3) }, () => drawValue(random, random.pick(made))),
    constants,
    nodes,
  };
}

function attributeInit(name: string, attribute: unknown) {
  const { kind, value } = attribute as { readonly kind: (typeof attributeKinds)[number]; readonly value: unknown };
  const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));
  const fields = {
    float: () => ({ type: Kind.FLOAT, f: value as number }),
    int: () => ({ type: Kind.INT, i: BigInt(value as number) }),
    string: () => ({ type: Kind.STRING, s: bytes(value as string) }),
    floats: () => ({ type: Kind.FLOATS, floats: value as number[] }),
    ints: () => ({ type: Kind.INTS, ints: (value as number[]).map(BigInt) }),
    strings: () => ({ type: Kind.STRINGS, strings: (value as string[]).map(bytes) }),
    tensor: () => ({ type: Kind.TENSOR, t: tensorInit('inner', value as number[]) }),
    other: () => ({ type: Kind.GRAPH, g: { name: 'sub' } }),
  }[kind]();
  return { name, docString: 'a note', ...fields };
}
const tensorInit = (name: string, data: readonly number[]): TensorInit => ({
  name,
  docString: 'a note',
  dims: [BigInt(data.length)],
  dataType: 2,
  rawData: Uint8Array.from(data),
});
const valueInit = ({ name, code, shape }: DrawnValue) => ({
  name,
  docString: 'a note',
  type: {
    value: {
      case: 'tensorType' as const,
      value: {
        elemType: code,
        ...(shape && {
          shape: {
            dim: shape.map((extent) => ({
              value:
                typeof extent === 'number'
                  ? { case: 'dimValue' as const, value: BigInt(extent) }
                  : extent === undefined
                    ? { case: undefined }
                    : { case: 'dimParam' as const, value: extent },
            })),
          },
        }),
      },
    },
  },
});
const nodeInit = ({ name, opType, domain, inputs, outputs, attributes }: DrawnNode): NodeInit => ({
  name,
  opType,
  domain,
  docString: 'a note',
  input: [...inputs],
  output: [...outputs],
  attribute: Object.entries(attributes).map(([key, attribute]) => attributeInit(key, attribute)),
});

/** The bytes of a file, with notes on everything. */
export const fileBytes = (file: DrawnFile): Uint8Array =>
  toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: BigInt(file.irVersion),
      producerName: 'a test',
      docString: 'a note',
      metadataProps: [{ key: 'a', value: 'b' }],
      trainingInfo: [{}],
      functions: [{ name: 'f' }],
      opsetImport: file.opsets.map(([domain, version]) => ({ domain, version: BigInt(version) })),
      graph: {
        name: file.name,
        docString: 'a note',
        valueInfo: file.inputs.map(valueInit),
        quantizationAnnotation: [{ tensorName: 'q' }],
        input: file.inputs.map(valueInit),
        output: file.outputs.map(valueInit),
        initializer: file.constants.map(({ name, data }) => tensorInit(name, data)),
        node: file.nodes.map(nodeInit),
      },
    }),
  );
