/** How each tensor operation is done on one core. Leaving one out is a type error. */
import { mlu } from '../../dialects/mlu/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import { f16, f32, type OpOf, type TensorType, type Value } from '../../ir/index.ts';
import { convolution, matrixProduct } from './contraction.ts';
import { constantData } from './contraction-weights.ts';
import { blockBytes, type Emission } from './emission.ts';
import { copyAlong, loadPacked, onFirstCore, type Packed, permute, repeat, storePacked, withAxis } from './movement.ts';
import { dequantized, quantized, requantized } from './quantize.ts';
import { biasedRows, reducedRows, rowwise } from './rowwise.ts';
import { padded } from './tensor-memory.ts';
import { borderedMean, depthwise, pooling } from './windowed.ts';

type Kernel<D> = (op: OpOf<D>, e: Emission) => void;
type Kernels = { readonly [K in keyof typeof tensorop.ops]: Kernel<(typeof tensorop.ops)[K]> };

const typeOf = (value: Value): TensorType => value.type as TensorType;
const four = (value: Value): readonly [number, number, number, number] =>
  typeOf(value).shape as readonly [number, number, number, number];

/** Arithmetic is done in half; anything else has to be cast before. */
const inHalf = (e: Emission, value: Value): void => {
  if (typeOf(value).element !== f16)
    e.fail(`computes in ${typeOf(value).element.text}, the machine in f16; run cast-to-half before`);
};

type BinaryKey = 'add' | 'sub' | 'mul' | 'max' | 'min';
const binary =
  (key: BinaryKey) =>
  ({ lhs, rhs, out }: { readonly lhs: Value; readonly rhs: Value; readonly out: Value }, e: Emission): void => {
    inHalf(e, out);
    rowwise(e, [lhs, rhs], out, ([a, b], target) => {
      e.program.insert(() => mlu.ops[key]({ lhs: a as Value, rhs: b as Value, target }));
    });
  };

type UnaryKey = 'relu' | 'sigmoid' | 'tanh' | 'exp' | 'recip' | 'rsqrt' | 'sqrt' | 'abs';
const unary =
  (key: UnaryKey) =>
  ({ input, out }: { readonly input: Value; readonly out: Value }, e: Emission): void => {
    inHalf(e, out);
    rowwise(e, [input], out, ([source], target) => {
      e.program.insert(() => mlu.ops[key]({ source: source as Value, target }));
    });
  };

/** Moves whole packed tensors on the first core. */
const moved = (
  e: Emission,
  out: Value,
  inputs: readonly Value[],
  rearrange: (inputs: readonly Packed[]) => Packed,
): void => onFirstCore(e, () => storePacked(e, rearrange(inputs.map((input) => loadPacked(e, input))), out));

/** Kernels of tensor operations by their TypeScript names. */
export const kernels: Kernels = {
  constant({ out }, e) {
    // Contractions lay constants out as they need them; others read this buffer.
    const data = constantData(out);
    const needsMemory = out.uses.some(({ owner, index }) => !(isContraction(owner.name) && index === 1));
    if (e.program.core === 0 && data && needsMemory) e.memory.declare('constant', typeOf(out), 'constant', out, data);
  },
  conv2d({ image, filter, out, strides, dilations }, e) {
    inHalf(e, out);
    const [N, H, W, C] = four(image);
    const [K, R, S] = four(filter);
    const [, P, Q] = four(out);
    convolution(e, image, filter, out, { N, H, W, C, K, R, S, P, Q, strides, dilations });
  },
  depthwiseConv2d({ image, filter, out, strides, dilations, accumulator }, e) {
    inHalf(e, out);
    if (accumulator !== 'f16')
      e.fail(`sums in f32, the vector unit in f16; run cast-to-half with depthwise-accumulator=f16`);
    const [N, H, W, C] = four(image);
    const [R, S] = typeOf(filter).shape as [number, number, number];
    const [, P, Q] = four(out);
    depthwise(e, image, filter, out, { N, H, W, C, K: C, R, S, P, Q, strides, dilations });
  },
  matmul({ lhs, rhs, out }, e) {
    inHalf(e, out);
    matrixProduct(e, lhs, rhs, out);
  },
  add: binary('add'),
  sub: binary('sub'),
  mul: binary('mul'),
  div: (_, e) => e.fail('has no instruction; run expand-division before'),
  max: binary('max'),
  min: binary('min'),
  relu: unary('relu'),
  sigmoid: unary('sigmoid'),
  tanh: unary('tanh'),
  exp: unary('exp'),
  recip: unary('recip'),
  rsqrt: unary('rsqrt'),
  sqrt: unary('sqrt'),
  abs: unary('abs'),
  // −x = −1 · x for every x, NaN and the sign of zero included.
  neg({ input, out }, e) {
    inHalf(e, out);
    const lanes = padded(typeOf(input).shape.at(-1) ?? 1);
    const minus = e.program.alloc([lanes]);
    e.program.fill(minus, -1);
    const times = ([lhs]: readonly Value[], target: Value): void => {
      e.program.insert(() => mlu.ops.mulCycle({ lhs: lhs as Value, rhs: minus, target }));
    };
    rowwise(e, [input], out, times, [], blockBytes(lanes));
  },
  clip({ input, out, low, high }, e) {
    inHalf(e, out);
    const limits = (
      [
        [low, 'max'],
        [high, 'min'],
      ] as const
    ).flatMap(([limit, key]) => (limit === undefined ? [] : [{ limit, key }]));
    rowwise(
      e,
      [input],
      out,
      ([source, ...numbers], target) => {
        for (const [at, { key }] of limits.entries()) {
          const lhs = at === 0 ? (source as Value) : target;
          e.program.insert(() => mlu.ops[key]({ lhs, rhs: numbers[at] as Value, target }));
        }
        if (limits.length === 0) e.program.copy(source as Value, target);
      },
      limits.map(({ limit }) => limit),
    );
  },
  addBias({ input, bias, out }, e) {
    inHalf(e, out);
    biasedRows(e, input, bias, out, (lhs, rhs, target) => {
      e.program.insert(() => mlu.ops.addCycle({ lhs, rhs, target }));
    });
  },
  cast({ input, out }, e) {
    rowwise(e, [input], out, ([source], target) => {
      const from = source as Value;
      if (typeOf(input).element === typeOf(out).element) e.program.copy(from, target);
      else if (typeOf(input).element === f32) e.program.insert(() => mlu.ops.truncate({ source: from, target }));
      else e.program.insert(() => mlu.ops.extend({ source: from, target }));
    });
  },
  quantize({ input, out, position, rounding }, e) {
    if (typeOf(input).element !== f16) e.fail('reads f32, the machine quantises f16; run cast-to-half before');
    quantized(e, input, out, position, rounding);
  },
  dequantize({ input, out, position }, e) {
    if (typeOf(out).element !== f16) e.fail('gives f32, the machine dequantises to f16; run cast-to-half before');
    dequantized(e, input, out, position);
  },
  requantize({ input, out, shift, rounding }, e) {
    requantized(e, input, out, shift, rounding);
  },
  maxPool({ image, out, kernel, strides, pads }, e) {
    inHalf(e, out);
    pooling(e, image, out, { kernel, strides, pads }, Number.NEGATIVE_INFINITY, 'maxPool');
  },
  averagePool({ image, out, kernel, strides, pads, count_include_pad }, e) {
    inHalf(e, out);
    if (!count_include_pad && pads.some((pad) => pad > 0)) borderedMean(e, image, out, { kernel, strides, pads });
    else pooling(e, image, out, { kernel, strides, pads }, 0, 'averagePool');
  },
  reduceSum({ input, out }, e) {
    inHalf(e, out);
    reducedRows(e, input, out, 0, (source, target) => {
      e.program.insert(() => mlu.ops.rowSum({ source, target }));
    });
  },
  reduceMax({ input, out }, e) {
    inHalf(e, out);
    reducedRows(e, input, out, Number.NEGATIVE_INFINITY, (source, target) => {
      e.program.insert(() => mlu.ops.rowMax({ source, target }));
    });
  },
  transpose({ input, out, permutation }, e) {
    moved(e, out, [input], ([packed]) => permute(e, packed as Packed, permutation, typeOf(input)));
  },
  reshape({ input, out }, e) {
    moved(e, out, [input], ([packed]) => packed as Packed);
  },
  broadcast({ input, out, shape }, e) {
    const lead = shape.length - typeOf(input).shape.length;
    moved(e, out, [input], ([packed]) => {
      let current: Packed = {
        memory: (packed as Packed).memory,
        shape: [...shape.slice(0, lead).map(() => 1), ...(packed as Packed).shape],
      };
      for (let axis = shape.length - 1; axis >= 0; axis--)
        if (current.shape[axis] !== shape[axis])
          current = repeat(e, current, axis, shape[axis] as number, typeOf(input));
      return current;
    });
  },
  pad({ input, out, low, high }, e) {
    moved(e, out, [input], ([packed]) => {
      let current = packed as Packed;
      for (const [axis, extent] of typeOf(input).shape.entries()) {
        const [before, behind] = [low[axis] as number, high[axis] as number];
        if (before + behind === 0) continue;
        const wider = withAxis(e, current, axis, before + extent + behind, typeOf(input));
        e.program.fill(wider.memory);
        copyAlong(e, current, wider, axis, 0, before, extent);
        current = wider;
      }
      return current;
    });
  },
  slice({ input, out, offsets, sizes }, e) {
    moved(e, out, [input], ([packed]) => {
      let current = packed as Packed;
      for (const [axis, extent] of typeOf(input).shape.entries()) {
        const [from, count] = [offsets[axis] as number, sizes[axis] as number];
        if (count === extent) continue;
        const narrower = withAxis(e, current, axis, count, typeOf(input));
        copyAlong(e, current, narrower, axis, from, 0, count);
        current = narrower;
      }
      return current;
    });
  },
  concat({ inputs, out, axis }, e) {
    moved(e, out, inputs, (packed) => {
      const whole = withAxis(e, packed[0] as Packed, axis, typeOf(out).shape[axis] as number, typeOf(out));
      let at = 0;
      for (const part of packed) {
        const count = part.shape[axis] as number;
        copyAlong(e, part, whole, axis, 0, at, count);
        at += count;
      }
      return whole;
    });
  },
};

/** Whether the second operand of an operation is weights that it lays out itself. */
const isContraction = (name: string): boolean =>
  name === tensorop.ops.conv2d.opName || name === tensorop.ops.matmul.opName;
