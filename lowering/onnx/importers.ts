/** How ONNX operators become operations of the graph level, by operator name. Membership is this table. */
import { graph } from '../../dialects/graph/index.ts';
import { denseAttribute, f32, type TensorType, tensorType, type Value } from '../../ir/index.ts';
import type { NodeImport } from './import-node.ts';

const {
  averagePool,
  clip,
  concat,
  constant,
  conv,
  gemm,
  globalAveragePool,
  matmul,
  maxPool,
  reshape,
  softmax,
  transpose,
} = graph.ops;
type Pair = readonly [number, number];
type Quad = readonly [number, number, number, number];

/** Gives the values of a node's outputs. */
export type Importer = (node: NodeImport) => readonly Value[];

/** The largest finite number of single precision. */
const largestSingle = (2 - 2 ** -23) * 2 ** 127;

const product = (extents: readonly number[]): number => extents.reduce((a, b) => a * b, 1);

function pair(node: NodeImport, name: string, byDefault?: Pair): Pair {
  const given = node.ints(name);
  if (given === undefined) return byDefault ?? node.fail(`has no attribute '${name}'`);
  if (given.some((one) => one < 1)) node.fail(`has ${name} [${given}], expected numbers from 1 up`);
  return given.length === 2
    ? (given as Pair)
    : node.fail(`has ${name} [${given}], expected two numbers: only images are supported`);
}

/** Pads as top, left, bottom, right; `auto_pad` is worked out from the extents. */
function padsOf(node: NodeImport, image: Value, taps: Pair, strides: Pair, dilations: Pair = [1, 1]): Quad {
  const auto = node.text('auto_pad') || 'NOTSET';
  if (auto === 'NOTSET' || auto === 'VALID') {
    const pads = auto === 'VALID' ? [0, 0, 0, 0] : (node.ints('pads') ?? [0, 0, 0, 0]);
    return pads.length === 4 && pads.every((pad) => pad >= 0)
      ? (pads as unknown as Quad)
      : node.fail(`has pads [${pads}], expected four numbers from 0 up`);
  }
  if (auto !== 'SAME_UPPER' && auto !== 'SAME_LOWER')
    return node.fail(`has auto_pad '${auto}', expected NOTSET, VALID, SAME_UPPER or SAME_LOWER`);
  const extents = node.shape(image).slice(2);
  const both = [0, 1].map((d) => {
    const [extent, stride] = [extents[d] as number, strides[d] as number];
    const covered = ((taps[d] as number) - 1) * (dilations[d] as number) + 1;
    const total = Math.max(0, (Math.ceil(extent / stride) - 1) * stride + covered - extent);
    const less = Math.floor(total / 2);
    return auto === 'SAME_UPPER' ? [less, total - less] : [total - less, less];
  }) as [[number, number], [number, number]];
  return [both[0][0], both[1][0], both[0][1], both[1][1]];
}

const image = (node: NodeImport): Value => {
  const value = node.operand(0, 'image');
  return node.shape(value).length === 4
    ? value
    : node.fail(`has an image of ${value.type.text}, expected N × C × H × W`);
};

const convolution: Importer = (node) => {
  const [input, filter, bias] = [image(node), node.operand(1, 'filter'), node.optional(2)];
  const [, , R = 1, S = 1] = node.shape(filter);
  const [strides, dilations] = [pair(node, 'strides', [1, 1]), pair(node, 'dilations', [1, 1])];
  const pads = padsOf(node, input, [R, S], strides, dilations);
  return [
    node.build(() => conv({ image: input, filter, bias, strides, dilations, pads, group: node.int('group') ?? 1 })),
  ];
};

const pooling =
  (mean: boolean): Importer =>
  (node) => {
    const input = image(node);
    const kernel = pair(node, 'kernel_shape');
    const strides = pair(node, 'strides', [1, 1]);
    const pads = padsOf(node, input, kernel, strides);
    if (node.ints('dilations')?.some((by) => by !== 1)) node.fail('has dilations, which are not supported for pooling');
    if (node.flag('ceil_mode')) {
      const [, , H = 0, W = 0] = node.shape(input);
      const even =
        (H + pads[0] + pads[2] - kernel[0]) % strides[0] === 0 &&
        (W + pads[1] + pads[3] - kernel[1]) % strides[1] === 0;
      if (!even) node.fail('has ceil_mode = 1 and windows that reach over the edge, which are not supported');
    }
    const count_include_pad = node.flag('count_include_pad');
    return [
      node.build(() =>
        mean
          ? averagePool({ image: input, kernel, strides, pads, count_include_pad })
          : maxPool({ image: input, kernel, strides, pads }),
      ),
    ];
  };

const binary =
  (key: 'add' | 'sub' | 'mul' | 'div'): Importer =>
  (node) => {
    const [lhs, rhs] = [node.operand(0, 'left side'), node.operand(1, 'right side')];
    return [node.build(() => graph.ops[key]({ lhs, rhs: legacyBroadcast(node, lhs, rhs) }))];
  };

/** Before opset 7 the right side was aligned at an axis, when the node said so; without one at the end, as it is now. */
function legacyBroadcast(node: NodeImport, lhs: Value, rhs: Value): Value {
  if (node.opset >= 7 || !node.flag('broadcast')) return rhs;
  const axis = node.int('axis');
  if (axis === undefined) return rhs;
  const [from, shape] = [node.shape(lhs), node.shape(rhs)];
  const aligned = [...shape, ...from.slice(axis + shape.length).map(() => 1)];
  return node.build(() => reshape({ input: rhs, shape: aligned }));
}

const unary =
  (key: 'relu' | 'sigmoid' | 'tanh' | 'exp' | 'sqrt' | 'abs'): Importer =>
  (node) => [node.build(() => graph.ops[key]({ input: node.operand(0, 'input') }))];

const same: Importer = (node) => [node.operand(0, 'input')];

function reshaped(node: NodeImport, input: Value, shape: readonly number[]): readonly Value[] {
  return [node.build(() => reshape({ input, shape }))];
}

/** The extents that ONNX Reshape means: 0 keeps one, −1 takes what is left. */
function reshapeTo(node: NodeImport): readonly Value[] {
  const input = node.operand(0, 'input');
  const from = node.shape(input);
  const wanted =
    node.opset >= 5 ? node.constantInts(1, 'shape') : (node.ints('shape') ?? node.fail("has no attribute 'shape'"));
  const kept = wanted.map((extent, at) => (extent === 0 && !node.flag('allowzero') ? (from[at] ?? 0) : extent));
  if (kept.filter((extent) => extent === -1).length > 1) node.fail(`has shape [${wanted}], expected at most one -1`);
  const known = product(kept.filter((extent) => extent !== -1));
  const shape = kept.map((extent) => (extent === -1 ? product(from) / known : extent));
  if (product(shape) !== product(from) || shape.some((extent) => !Number.isInteger(extent)))
    node.fail(`has shape [${wanted}] for ${product(from)} elements of [${from}]`);
  return reshaped(node, input, shape);
}

/** Softmax: over one axis since opset 13, before over all axes from one on. */
function softmaxOf(node: NodeImport): readonly Value[] {
  const input = node.operand(0, 'input');
  const shape = node.shape(input);
  const axis = node.axis(node.int('axis') ?? (node.opset >= 13 ? -1 : 1), shape.length);
  if (node.opset >= 13 || axis === shape.length - 1) return [node.build(() => softmax({ input, axis }))];
  const flat = [product(shape.slice(0, axis)), product(shape.slice(axis))];
  return [node.build(() => reshape({ input: softmax({ input: reshape({ input, shape: flat }), axis: 1 }), shape }))];
}

/** y = (x − mean) · scale / √(var + ε) + bias with constants: one product and one sum per channel. */
function batchNormalization(node: NodeImport): readonly Value[] {
  const input = node.operand(0, 'input');
  const shape = node.shape(input);
  const channels = shape[1] ?? node.fail(`has an input of ${input.type.text}, expected N × C and more`);
  const numbers = (at: number, what: string): Float32Array => {
    const data =
      node.constantOf(node.operand(at, what)) ?? node.fail(`has a ${what} that is computed, expected a constant`);
    if (data.type.element !== f32 || product(data.type.shape) !== channels)
      node.fail(`has a ${what} of ${data.type.text}, expected one f32 for each of ${channels} channels`);
    const view = new DataView(data.bytes.buffer, data.bytes.byteOffset);
    return new Float32Array(channels).map((_, i) => view.getFloat32(data.splat ? 0 : i * 4, true));
  };
  const [scale, bias, mean, variance] = [
    numbers(1, 'scale'),
    numbers(2, 'bias'),
    numbers(3, 'mean'),
    numbers(4, 'variance'),
  ];
  const epsilon = node.float('epsilon') ?? 1e-5;
  const factor = scale.map((s, c) => Math.fround(s / Math.sqrt((variance[c] as number) + epsilon)));
  const offset = bias.map((b, c) => Math.fround(b - (mean[c] as number) * (factor[c] as number)));
  const perChannel = (values: Float32Array): Value => {
    const type = tensorType([values.length, ...shape.slice(2).map(() => 1)], (input.type as TensorType).element);
    return node.build(() => constant({ value: denseAttribute(type, new Uint8Array(values.buffer)) }));
  };
  const [by, plus] = [perChannel(factor), perChannel(offset)];
  return [node.build(() => graph.ops.add({ lhs: graph.ops.mul({ lhs: input, rhs: by }), rhs: plus }))];
}

/** A rank-2 right side multiplies every matrix of a batch: the rows of all are one matrix. */
function matrixProduct(node: NodeImport): readonly Value[] {
  const [lhs, rhs] = [node.operand(0, 'left side'), node.operand(1, 'right side')];
  const [a, b] = [node.shape(lhs), node.shape(rhs)];
  if (a.length === b.length) return [node.build(() => matmul({ lhs, rhs }))];
  if (b.length !== 2 || a.length < 2)
    return node.fail(`multiplies ${lhs.type.text} and ${rhs.type.text}, which is not supported`);
  const rows = [product(a.slice(0, -1)), a.at(-1) as number];
  const shape = [...a.slice(0, -1), b[1] as number];
  return [node.build(() => reshape({ input: matmul({ lhs: reshape({ input: lhs, shape: rows }), rhs }), shape }))];
}

/** Importers of the supported operators of the default domain. */
export const importers: ReadonlyMap<string, Importer> = new Map<string, Importer>([
  ['Conv', convolution],
  ['MaxPool', pooling(false)],
  ['AveragePool', pooling(true)],
  ['GlobalAveragePool', (node) => [node.build(() => globalAveragePool({ image: image(node) }))]],
  [
    'Gemm',
    (node) => {
      const [lhs, rhs, addend] = [node.operand(0, 'left side'), node.operand(1, 'right side'), node.optional(2)];
      const flags = { transA: node.flag('transA'), transB: node.flag('transB') };
      return [
        node.build(() =>
          gemm({ lhs, rhs, addend, alpha: node.float('alpha') ?? 1, beta: node.float('beta') ?? 1, ...flags }),
        ),
      ];
    },
  ],
  ['MatMul', matrixProduct],
  ['Add', binary('add')],
  ['Sub', binary('sub')],
  ['Mul', binary('mul')],
  ['Div', binary('div')],
  ['Relu', unary('relu')],
  ['Sigmoid', unary('sigmoid')],
  ['Tanh', unary('tanh')],
  ['Exp', unary('exp')],
  ['Sqrt', unary('sqrt')],
  ['Abs', unary('abs')],
  [
    'Clip',
    (node) => {
      // A limit that is left out is the furthest finite number: ONNX Clip clips infinities too.
      const [low = -largestSingle, high = largestSingle] =
        node.opset >= 11
          ? [node.constantNumber(1, 'lower limit'), node.constantNumber(2, 'upper limit')]
          : [node.float('min'), node.float('max')];
      return [node.build(() => clip({ input: node.operand(0, 'input'), low, high }))];
    },
  ],
  ['Softmax', softmaxOf],
  ['BatchNormalization', batchNormalization],
  ['Reshape', reshapeTo],
  [
    'Flatten',
    (node) => {
      const input = node.operand(0, 'input');
      const shape = node.shape(input);
      const axis = node.int('axis') ?? 1;
      const at = axis < 0 ? axis + shape.length : axis;
      if (at < 0 || at > shape.length) node.fail(`has axis ${axis}, expected -${shape.length} to ${shape.length}`);
      return reshaped(node, input, [product(shape.slice(0, at)), product(shape.slice(at))]);
    },
  ],
  [
    'Squeeze',
    (node) => {
      const input = node.operand(0, 'input');
      const shape = node.shape(input);
      const given =
        node.opset >= 13 ? (node.optional(1) ? node.constantInts(1, 'axes') : undefined) : node.ints('axes');
      const axes = given?.map((axis) => node.axis(axis, shape.length));
      return reshaped(
        node,
        input,
        shape.filter((extent, at) => (axes ? !axes.includes(at) : extent !== 1)),
      );
    },
  ],
  [
    'Unsqueeze',
    (node) => {
      const input = node.operand(0, 'input');
      const shape = [...node.shape(input)];
      const axes = node.opset >= 13 ? node.constantInts(1, 'axes') : (node.ints('axes') ?? []);
      const rank = shape.length + axes.length;
      const added = axes.map((one) => node.axis(one, rank)).sort((a, b) => a - b);
      if (new Set(added).size !== added.length) node.fail(`has axes [${axes}], expected each once`);
      for (const axis of added) shape.splice(axis, 0, 1);
      return reshaped(node, input, shape);
    },
  ],
  [
    'Transpose',
    (node) => {
      const input = node.operand(0, 'input');
      const rank = node.shape(input).length;
      const permutation = node.ints('perm') ?? Array.from({ length: rank }, (_, at) => rank - 1 - at);
      return [node.build(() => transpose({ input, permutation }))];
    },
  ],
  [
    'Concat',
    (node) => {
      const inputs = node.node.inputs.map((_, at) => node.operand(at, 'input'));
      if (inputs.length === 0) node.fail('has no inputs, expected at least one');
      const axis = node.axis(node.int('axis') ?? 1, node.shape(inputs[0] as Value).length);
      return [node.build(() => concat({ inputs, axis }))];
    },
  ],
  [
    'Constant',
    (node) => {
      const value = node.node.attributes.get('value');
      if (value?.kind !== 'tensor')
        return node.fail("has no tensor attribute 'value', the only form that is supported");
      const { element, shape } = value.value;
      return [node.build(() => constant({ value: denseAttribute(tensorType(shape, element), value.value.bytes()) }))];
    },
  ],
  ['Identity', same],
  ['Dropout', same],
]);
