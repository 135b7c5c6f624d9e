/**
 * One node of every operator, and what it means at the graph level. Source: the ONNX operator specification, each
 * operator with its versions.
 */
import type { Random } from '../../../tools/check/random.ts';
import type { SmallModel } from '../../../tools/fuzz/onnx/model.ts';
import { NodeDraw, type Operator, type Shape, windowKinds, windows } from './draw-node.ts';
import { call } from './expression.ts';

const product = (extents: Shape): number => extents.reduce((a, b) => a * b, 1);
const reshaped = (input: string, shape: Shape): string => call('reshape', [input], { shape: [...shape] }, shape);

const pooling = (name: 'max_pool' | 'average_pool'): Operator => ({
  operands: ['image'],
  needs: 1,
  kinds: {
    ...windowKinds,
    kernel_shape: 'ints',
    dilations: 'ints',
    ceil_mode: 'int',
    count_include_pad: 'int',
  },
  draw(draw) {
    const kernel = draw.list(2, 1, 4);
    const [n, c, h, w] = [draw.int(1, 2), draw.int(1, 3), draw.int(4, 9), draw.int(4, 9)];
    draw.attributes['kernel_shape'] = kernel;
    const { strides, pads, result } = windows(draw, kernel, [h, w], false);
    if (draw.flag()) draw.attributes['dilations'] = [1, 1];
    const counted = draw.usually('count_include_pad', 0, () => 1) === 1;
    draw.usually('ceil_mode', 0, () => {
      const whole = [h, w].every((extent, d) => {
        const reach = ((result[d] as number) - 1) * (strides[d] as number) + (kernel[d] as number);
        return reach === extent + (pads[d] as number) + (pads[d + 2] as number);
      });
      return whole ? 1 : 0;
    });
    const attributes = { kernel, strides, pads, ...(name === 'average_pool' ? { count_include_pad: counted } : {}) };
    return { reads: [draw.input([n, c, h, w])], means: call(name, ['x0'], attributes, [n, c, ...result]) };
  },
});

const binary = (name: string): Operator => ({
  operands: ['left side', 'right side'],
  needs: 2,
  kinds: { broadcast: 'int', axis: 'int' },
  draw(draw) {
    const left = draw.shape(1);
    const reads = [draw.input(left)];
    // Until version 7 the right side stands at an axis, or at the end, when the node says so.
    const [old, repeats] = [draw.flag(), draw.flag()];
    draw.opset = old ? draw.random.pick([1, 6]) : draw.random.pick([7, 13]);
    // What is said of it later is not read.
    if (old ? repeats : draw.flag()) draw.attributes['broadcast'] = 1;
    if (!old || !repeats) {
      if (draw.flag()) draw.attributes['axis'] = 0;
      const right = repeats ? left.slice(draw.int(0, left.length)).map((one) => (draw.flag() ? 1 : one)) : left;
      return { reads: [...reads, draw.input(right)], means: call(name, ['x0', 'x1'], {}, left) };
    }
    const from = draw.int(0, left.length - 1);
    const to = draw.flag() ? left.length : draw.int(from, left.length);
    const right = left.slice(from, to);
    reads.push(draw.input(right));
    if (to === left.length && draw.flag()) return { reads, means: call(name, ['x0', 'x1'], {}, left) };
    draw.attributes['axis'] = from;
    const aligned = [...right, ...left.slice(to).map(() => 1)];
    return { reads, means: call(name, ['x0', reshaped('x1', aligned)], {}, left) };
  },
});

const unary = (name: string): Operator => ({
  operands: ['input'],
  needs: 1,
  kinds: {},
  draw(draw) {
    const shape = draw.shape(0);
    return { reads: [draw.input(shape)], means: call(name, ['x0'], {}, shape) };
  },
});
const same: Operator = {
  operands: ['input'],
  needs: 1,
  kinds: {},
  draw: (draw) => ({ reads: [draw.input(draw.shape(0))], means: 'x0' }),
};

/** Every operator that reads something. Membership is this table; a test compares it with what is imported. */
export const operators: Readonly<Record<string, Operator>> = {
  Conv: {
    operands: ['image', 'filter'],
    needs: 2,
    kinds: { ...windowKinds, dilations: 'ints', group: 'int' },
    draw(draw) {
      const taps = draw.list(2, 1, 3);
      const group = draw.usually('group', 1, () => draw.int(2, 3));
      const [n, c, k] = [draw.int(1, 2), draw.int(1, 2), group * draw.int(1, 2)];
      const extents = draw.list(2, 7, 9);
      const { strides, dilations, pads, result } = windows(draw, taps, extents, true);
      if (draw.flag()) draw.attributes['kernel_shape'] = taps;
      const reads = [draw.input([n, c * group, ...extents]), draw.input([k, c, ...taps])];
      const bias = draw.random.pick(['given', 'left out', 'beyond the end']);
      if (bias !== 'beyond the end') reads.push(bias === 'given' ? draw.input([k]) : '');
      const operands = reads.filter((name) => name !== '');
      return { reads, means: call('conv', operands, { dilations, group, pads, strides }, [n, k, ...result]) };
    },
  },
  MaxPool: pooling('max_pool'),
  AveragePool: pooling('average_pool'),
  GlobalAveragePool: {
    operands: ['image'],
    needs: 1,
    kinds: {},
    draw(draw) {
      const shape = draw.list(4, 1, 5) as [number, number, number, number];
      return {
        reads: [draw.input(shape)],
        means: call('global_average_pool', ['x0'], {}, [shape[0], shape[1], 1, 1]),
      };
    },
  },
  Gemm: {
    operands: ['left side', 'right side'],
    needs: 2,
    kinds: { transA: 'int', transB: 'int', alpha: 'float', beta: 'float' },
    draw(draw) {
      const [m, n, k] = draw.list(3, 1, 6) as [number, number, number];
      const transA = draw.usually('transA', 0, () => 1) === 1;
      const transB = draw.usually('transB', 0, () => 1) === 1;
      const [alpha, beta] = [draw.number('alpha', 1), draw.number('beta', 1)];
      const reads = [draw.input(transA ? [k, m] : [m, k]), draw.input(transB ? [n, k] : [k, n])];
      if (draw.flag()) reads.push(draw.input([n]));
      return { reads, means: call('gemm', reads, { alpha, beta, transA, transB }, [m, n]) };
    },
  },
  MatMul: {
    operands: ['left side', 'right side'],
    needs: 2,
    kinds: {},
    draw(draw) {
      const [m, n, k] = draw.list(3, 1, 6) as [number, number, number];
      const batch = draw.shape(0, 2);
      const lhs = draw.input([...batch, m, k]);
      if (batch.length === 0 || draw.flag())
        return {
          reads: [lhs, draw.input([...batch, k, n])],
          means: call('matmul', ['x0', 'x1'], {}, [...batch, m, n]),
        };
      const rows = product(batch) * m;
      const flat = call('matmul', [reshaped('x0', [rows, k]), 'x1'], {}, [rows, n]);
      return { reads: [lhs, draw.input([k, n])], means: reshaped(flat, [...batch, m, n]) };
    },
  },
  Add: binary('add'),
  Sub: binary('sub'),
  Mul: binary('mul'),
  Div: binary('div'),
  Relu: unary('relu'),
  Sigmoid: unary('sigmoid'),
  Tanh: unary('tanh'),
  Exp: unary('exp'),
  Sqrt: unary('sqrt'),
  Abs: unary('abs'),
  Clip: {
    operands: ['input', 'lower limit', 'upper limit'],
    needs: 1,
    kinds: { min: 'float', max: 'float' },
    draw(draw) {
      const shape = draw.shape(0);
      const reads = [draw.input(shape)];
      const [low, high] = [
        draw.flag() ? draw.int(-9, 9) / 4 : undefined,
        draw.flag() ? draw.int(-9, 9) / 4 : undefined,
      ];
      draw.opset = draw.random.pick([1, 6, 7, 10, 11, 12, 13]);
      if (draw.opset >= 11) {
        if (low !== undefined || draw.flag()) reads.push(low === undefined ? '' : draw.floats([low]));
        if (high !== undefined) {
          if (reads.length === 1) reads.push('');
          reads.push(draw.floats([high], draw.flag() ? [] : [1]));
        }
      } else {
        if (low !== undefined) draw.attributes['min'] = { float: low };
        if (high !== undefined) draw.attributes['max'] = { float: high };
      }
      const most = 3.4028234663852886e38;
      return { reads, means: call('clip', ['x0'], { low: low ?? -most, high: high ?? most }, shape) };
    },
  },
  Softmax: {
    operands: ['input'],
    needs: 1,
    kinds: { axis: 'int' },
    draw(draw) {
      const shape = draw.shape(2);
      draw.opset = draw.random.pick([1, 12, 13, 13]);
      const rank = shape.length;
      const axis = draw.usually('axis', draw.opset >= 13 ? -1 : 1, () => draw.axis(draw.int(0, rank - 1), rank));
      const at = (axis + rank) % rank;
      const reads = [draw.input(shape)];
      if (draw.opset >= 13 || at === rank - 1) return { reads, means: call('softmax', ['x0'], { axis: at }, shape) };
      const flat = [product(shape.slice(0, at)), product(shape.slice(at))];
      return { reads, means: reshaped(call('softmax', [reshaped('x0', flat)], { axis: 1 }, flat), shape) };
    },
  },
  BatchNormalization: {
    operands: ['input', 'scale', 'bias', 'mean', 'variance'],
    needs: 5,
    kinds: { epsilon: 'float' },
    draw(draw) {
      const shape = draw.shape(2, 5);
      const channels = shape[1] as number;
      const row = (least: number): readonly number[] => draw.list(channels, least, 9).map((x) => Math.fround(x / 8));
      const [scale, bias, mean, variance] = [row(-9), row(-9), row(-9), row(1)] as const;
      const usual = Math.fround(1e-5);
      const epsilon = Math.fround(
        (draw.usually('epsilon', { float: usual }, () => ({ float: draw.int(1, 9) / 8 })) as { float: number }).float,
      );
      // The default is a number of double precision where it is not written.
      const added = 'epsilon' in draw.attributes ? epsilon : 1e-5;
      const by = scale.map((s, c) => Math.fround(s / Math.sqrt((variance[c] as number) + added)));
      const plus = bias.map((b, c) => Math.fround(b - (mean[c] as number) * (by[c] as number)));
      const perChannel = (values: readonly number[]): string => {
        const type = [channels, ...shape.slice(2).map(() => 1), 'f32'].join('x');
        const all = values.every((one) => Object.is(one, values[0]));
        return `tensor<${type}>: ${all ? `all ${values[0]}` : values.join(' ')}`;
      };
      const reads = [draw.input(shape), ...[scale, bias, mean, variance].map((one) => draw.floats(one, [channels]))];
      return {
        reads,
        means: call('add', [call('mul', ['x0', perChannel(by)], {}, shape), perChannel(plus)], {}, shape),
      };
    },
  },
  Reshape: {
    operands: ['input', 'shape'],
    needs: 2,
    kinds: { shape: 'ints', allowzero: 'int' },
    draw(draw) {
      const from = draw.shape(1);
      const to = draw.flag() ? from.toReversed() : [...from, 1];
      const wanted = to.map((extent, at) => (extent === from[at] && draw.flag() ? 0 : extent));
      if (draw.flag()) wanted[draw.int(0, to.length - 1)] = -1;
      draw.opset = draw.random.pick([1, 4, 5, 13, 14]);
      const reads = [draw.input(from)];
      if (draw.opset >= 5) reads.push(draw.ints(wanted));
      else draw.attributes['shape'] = wanted;
      if (draw.flag()) draw.attributes['allowzero'] = wanted.includes(0) ? 0 : 1;
      return { reads, means: reshaped('x0', to) };
    },
  },
  Flatten: {
    operands: ['input'],
    needs: 1,
    kinds: { axis: 'int' },
    draw(draw) {
      const shape = draw.shape(1);
      const axis = draw.usually('axis', 1, () => draw.int(-shape.length, shape.length));
      const at = axis < 0 ? axis + shape.length : axis;
      return {
        reads: [draw.input(shape)],
        means: reshaped('x0', [product(shape.slice(0, at)), product(shape.slice(at))]),
      };
    },
  },
  Squeeze: {
    operands: ['input', 'axes'],
    needs: 1,
    kinds: { axes: 'ints' },
    draw(draw) {
      const shape = draw.shape(1).map((extent) => (draw.flag() ? 1 : extent));
      const ones = [...shape.keys()].filter((at) => shape[at] === 1);
      const some = draw.flag() ? ones.filter(() => draw.flag()) : undefined;
      const axes = some?.map((at) => draw.axis(at, shape.length));
      draw.opset = draw.random.pick([1, 11, 12, 13, 14]);
      const reads = [draw.input(shape)];
      if (axes && draw.opset >= 13) reads.push(draw.ints(axes));
      else if (axes) draw.attributes['axes'] = axes;
      const gone = some ?? ones;
      return {
        reads,
        means: reshaped(
          'x0',
          shape.filter((_, at) => !gone.includes(at)),
        ),
      };
    },
  },
  Unsqueeze: {
    operands: ['input', 'axes'],
    needs: 2,
    kinds: { axes: 'ints' },
    draw(draw) {
      const to = draw.shape(1, 5);
      const added = [...to.keys()].filter(() => draw.flag());
      const shape = to.map((extent, at) => (added.includes(at) ? 1 : extent));
      const axes = added.map((at) => draw.axis(at, to.length));
      if (draw.flag()) axes.reverse();
      draw.opset = draw.random.pick([1, 11, 12, 13, 14]);
      const reads = [draw.input(to.filter((_, at) => !added.includes(at)))];
      if (draw.opset >= 13) reads.push(draw.ints(axes));
      else if (axes.length > 0 || draw.flag()) draw.attributes['axes'] = axes;
      return { reads, means: reshaped('x0', shape) };
    },
  },
  Transpose: {
    operands: ['input'],
    needs: 1,
    kinds: { perm: 'ints' },
    draw(draw) {
      const shape = draw.shape(1);
      const axes = [...shape.keys()];
      const permutation = draw.usually('perm', axes.toReversed(), () => {
        const from = draw.int(0, axes.length - 1);
        return [...axes.slice(from), ...axes.slice(0, from)];
      });
      const to = permutation.map((at) => shape[at] as number);
      return { reads: [draw.input(shape)], means: call('transpose', ['x0'], { permutation }, to) };
    },
  },
  Concat: {
    operands: ['input', 'input'],
    needs: 1,
    kinds: { axis: 'int' },
    draw(draw) {
      const shape = draw.shape(2);
      const axis = draw.usually('axis', 1, () => draw.axis(draw.int(0, shape.length - 1), shape.length));
      const at = axis < 0 ? axis + shape.length : axis;
      const lengths = draw.list(draw.int(1, 3), 1, 5);
      const along = (length: number): Shape => shape.map((extent, d) => (d === at ? length : extent));
      const reads = lengths.map((length) => draw.input(along(length)));
      const total = lengths.reduce((a, b) => a + b, 0);
      return { reads, means: call('concat', reads, { axis: at }, along(total)) };
    },
  },
  Identity: same,
  Dropout: same,
};

/** A node of an operator by itself, called `y`, and what it means. */
export function drawNode(name: string, random: Random): { readonly model: SmallModel; readonly means: string } {
  const draw = new NodeDraw(random);
  const { reads, means } = (operators[name] as Operator).draw(draw);
  const { inputs, constants, attributes, opset } = draw;
  const node = { node: name, inputs: reads, output: 'y', attributes };
  return { model: { head: { opset, style: 'small', seed: 1 }, inputs, constants, nodes: [node] }, means };
}
