/** Draws models of a few nodes, of every operator that is imported. Operators and attributes: the ONNX operator specification. */
import { inputStyles } from '../../check/inputs.ts';
import type { Random } from '../../check/random.ts';
import type { AttributeValue, ModelConstant, ModelInput, ModelNode, SmallModel } from './model.ts';

interface Known {
  readonly name: string;
  readonly shape: readonly number[];
}
type Attributes = Record<string, AttributeValue>;

const versions = [7, 8, 9, 10, 11, 12, 13, 14, 15, 17] as const;

/** A model that grows. Shapes of results are left to the judges: only inputs and first operands are known. */
class ModelDraw {
  readonly random: Random;
  readonly opset: number;
  readonly inputs: ModelInput[];
  readonly constants: ModelConstant[];
  readonly nodes: ModelNode[];
  /** Values whose extents are known, which nodes may read. */
  private readonly known: Known[];

  constructor(random: Random) {
    this.random = random;
    this.opset = random.pick(versions);
    this.inputs = [];
    this.constants = [];
    this.nodes = [];
    this.known = [];
  }

  int(min: number, max: number): number {
    return min + this.random.below(max - min + 1);
  }
  flag(): boolean {
    return this.random.once(2);
  }
  extents(rank: number): readonly number[] {
    return Array.from({ length: rank }, () => this.int(1, 5));
  }
  list(length: number, min: number, max: number): readonly number[] {
    return Array.from({ length }, () => this.int(min, max));
  }

  input(shape: readonly number[]): Known {
    const name = `x${this.inputs.length}`;
    this.inputs.push({ input: name, shape });
    return this.know(name, shape);
  }
  private know(name: string, shape: readonly number[]): Known {
    const known = { name, shape };
    this.known.push(known);
    return known;
  }

  /** A value that there is, or a new input; `fits` says which there are do. */
  value(shape: () => readonly number[], fits: (shape: readonly number[]) => boolean): Known {
    const usable = this.known.filter((one) => fits(one.shape));
    return usable.length > 0 && !this.random.once(4) ? this.random.pick(usable) : this.input(shape());
  }
  anything(): Known {
    return this.value(
      () => this.extents(this.int(0, 4)),
      () => true,
    );
  }
  image(): Known {
    return this.value(
      () => [this.int(1, 2), this.random.pick([1, 2, 3, 4, 6]), this.int(1, 9), this.int(1, 9)],
      (shape) => shape.length === 4,
    );
  }

  ints(values: readonly number[], shape: readonly number[] = [values.length]): string {
    const name = `k${this.constants.length}`;
    this.constants.push({ constant: name, shape, ints: values });
    return name;
  }
  floats(values: readonly number[], shape: readonly number[]): string {
    const name = `k${this.constants.length}`;
    this.constants.push({ constant: name, shape, floats: values.map(Math.fround) });
    return name;
  }
  number(): number {
    return this.int(-16, 16) / 4;
  }

  /** Adds a node; `shape` is that of its result, where it is known. */
  node(node: string, inputs: readonly string[], attributes: Attributes, shape?: readonly number[]): void {
    const output = `y${this.nodes.length}`;
    this.nodes.push({ node, inputs, output, attributes });
    if (shape) this.know(output, shape);
  }
}

/** Extents that go together with others by repetition: some are 1, some at the front are left out. */
function repeatable(draw: ModelDraw, shape: readonly number[]): readonly number[] {
  const ones = shape.map((extent) => (draw.random.once(3) ? 1 : extent));
  return draw.random.once(3) ? ones.slice(draw.int(0, ones.length)) : ones;
}

const windowed = (draw: ModelDraw, taps: readonly number[], dilated: boolean): Attributes => {
  const attributes: Attributes = {};
  if (draw.flag()) attributes['strides'] = draw.list(2, 1, 3);
  if (dilated && draw.flag()) attributes['dilations'] = draw.list(2, 1, 2);
  if (draw.random.once(4)) attributes['auto_pad'] = draw.random.pick(['SAME_UPPER', 'SAME_LOWER', 'VALID', 'NOTSET']);
  // Pads of pooling must be less than the window.
  else if (draw.flag())
    attributes['pads'] = [...taps, ...taps].map((extent) => draw.int(0, dilated ? 2 : Math.max(0, extent - 1)));
  return attributes;
};

type DrawNode = (draw: ModelDraw) => void;

const elementwise =
  (name: string): DrawNode =>
  (draw) => {
    const { name: input, shape } = draw.anything();
    draw.node(name, [input], {}, shape);
  };
const binary =
  (name: string): DrawNode =>
  (draw) => {
    const whole = draw.anything();
    const other = draw.flag()
      ? draw.input(repeatable(draw, whole.shape))
      : draw.value(
          () => whole.shape,
          (shape) => shape.join() === whole.shape.join(),
        );
    const same = other.shape.length <= whole.shape.length;
    const [lhs, rhs] = draw.flag() ? [whole, other] : [other, whole];
    draw.node(name, [lhs.name, rhs.name], {}, same ? whole.shape : undefined);
  };

const pooling =
  (name: 'MaxPool' | 'AveragePool'): DrawNode =>
  (draw) => {
    const { name: input } = draw.image();
    const taps = draw.list(2, 1, 3);
    const attributes: Attributes = { kernel_shape: taps, ...windowed(draw, taps, false) };
    if (name === 'AveragePool' && draw.flag()) attributes['count_include_pad'] = draw.int(0, 1);
    if (draw.opset >= 10 && draw.random.once(4)) attributes['ceil_mode'] = draw.int(0, 1);
    draw.node(name, [input], attributes);
  };

const axisOf = (draw: ModelDraw, rank: number): number =>
  draw.opset >= 11 && draw.flag() ? draw.int(-rank, -1) : draw.int(0, rank - 1);
const ranked = (draw: ModelDraw, least = 1): Known =>
  draw.value(
    () => draw.extents(draw.int(least, 4)),
    (shape) => shape.length >= least,
  );

/** How each operator is drawn. Membership is this table; a test compares it with what is imported. */
export const drawNode: Readonly<Record<string, DrawNode>> = {
  Conv(draw) {
    const { name, shape } = draw.image();
    const channels = shape[1] as number;
    const group = draw.random.pick([1, 1, ...[2, 3, channels].filter((one) => channels % one === 0)]);
    const taps = draw.list(2, 1, 3);
    const filters = group * draw.int(1, 3);
    const weights = draw.input([filters, channels / group, ...taps]);
    const bias = draw.flag() ? [draw.input([filters]).name] : [];
    const attributes: Attributes = windowed(draw, taps, true);
    if (group !== 1 || draw.flag()) attributes['group'] = group;
    if (draw.flag()) attributes['kernel_shape'] = taps;
    draw.node('Conv', [name, weights.name, ...bias], attributes);
  },
  MaxPool: pooling('MaxPool'),
  AveragePool: pooling('AveragePool'),
  GlobalAveragePool(draw) {
    const { name, shape } = draw.image();
    draw.node('GlobalAveragePool', [name], {}, [shape[0] as number, shape[1] as number, 1, 1]);
  },
  Gemm(draw) {
    const [m, n, k] = draw.list(3, 1, 6) as [number, number, number];
    const attributes: Attributes = {};
    const [transA, transB] = [draw.flag(), draw.flag()];
    if (transA) attributes['transA'] = 1;
    if (transB) attributes['transB'] = 1;
    if (draw.flag()) attributes['alpha'] = { float: draw.number() };
    if (draw.flag()) attributes['beta'] = { float: draw.number() };
    const lhs = draw.input(transA ? [k, m] : [m, k]);
    const rhs = draw.input(transB ? [n, k] : [k, n]);
    // Until version 11 the addend must be there.
    const addend =
      draw.opset < 11 || draw.flag() ? [draw.input(draw.random.pick([[m, n], [1, n], [m, 1], [n], [1]]))] : [];
    draw.node(
      'Gemm',
      [lhs, rhs, ...addend].map(({ name }) => name),
      attributes,
      [m, n],
    );
  },
  MatMul(draw) {
    const [m, n, k] = draw.list(3, 1, 6) as [number, number, number];
    const batch = draw.extents(draw.int(0, 2));
    const lhs = draw.input([...batch, m, k]);
    const rhs = draw.input([...(draw.flag() ? batch : []), k, n]);
    draw.node('MatMul', [lhs.name, rhs.name], {}, [...batch, m, n]);
  },
  Add: binary('Add'),
  Sub: binary('Sub'),
  Mul: binary('Mul'),
  Div: binary('Div'),
  Relu: elementwise('Relu'),
  Sigmoid: elementwise('Sigmoid'),
  Tanh: elementwise('Tanh'),
  Exp: elementwise('Exp'),
  Sqrt: elementwise('Sqrt'),
  Abs: elementwise('Abs'),
  Clip(draw) {
    const { name, shape } = draw.anything();
    const [low, high] = [draw.number(), draw.number()].sort((a, b) => a - b) as [number, number];
    const [hasLow, hasHigh] = [draw.flag(), draw.flag()];
    if (draw.opset < 11) {
      const attributes: Attributes = {};
      if (hasLow) attributes['min'] = { float: low };
      if (hasHigh) attributes['max'] = { float: high };
      draw.node('Clip', [name], attributes, shape);
      return;
    }
    const limits = [hasLow ? draw.floats([low], []) : '', hasHigh ? draw.floats([high], []) : ''];
    draw.node('Clip', [name, ...limits], {}, shape);
  },
  Softmax(draw) {
    const { name, shape } = ranked(draw);
    draw.node(
      'Softmax',
      [name],
      draw.flag() ? { axis: axisOf(draw, shape.length) } : shape.length > 1 ? {} : { axis: 0 },
      shape,
    );
  },
  BatchNormalization(draw) {
    const { name, shape } = draw.image();
    const channels = shape[1] as number;
    const numbers = (make: () => number): string => draw.floats(Array.from({ length: channels }, make), [channels]);
    const operands = [
      numbers(() => draw.number()),
      numbers(() => draw.number()),
      numbers(() => draw.number()),
      numbers(() => draw.int(1, 40) / 8),
    ];
    draw.node(
      'BatchNormalization',
      [name, ...operands],
      draw.flag() ? { epsilon: { float: draw.random.pick([1e-5, 1e-3, 0.5]) } } : {},
      shape,
    );
  },
  Reshape(draw) {
    const { name, shape } = draw.anything();
    const count = shape.reduce((a, b) => a * b, 1);
    const wanted = draw.flag() ? [...shape].reverse() : shape.length > 1 ? [shape[0] as number, -1] : [1, count, 1];
    if (shape.length > 1 && wanted[0] === shape[0] && draw.flag()) wanted[0] = 0;
    draw.node(
      'Reshape',
      [name, draw.ints(wanted)],
      draw.opset >= 14 && draw.random.once(4) && !wanted.includes(0) ? { allowzero: 1 } : {},
    );
  },
  Flatten(draw) {
    const { name, shape } = ranked(draw, 1);
    draw.node(
      'Flatten',
      [name],
      draw.flag()
        ? { axis: draw.opset >= 11 && draw.flag() ? draw.int(-shape.length, -1) : draw.int(0, shape.length) }
        : {},
    );
  },
  Squeeze(draw) {
    const shape = draw.extents(draw.int(1, 4)).map((extent) => (draw.flag() ? 1 : extent));
    const { name } = draw.input(shape);
    const ones = [...shape.keys()].filter((at) => shape[at] === 1);
    const axes = ones
      .slice(0, draw.int(0, ones.length))
      .map((at) => (draw.opset >= 11 && draw.flag() ? at - shape.length : at));
    if (axes.length === 0) draw.node('Squeeze', [name], {});
    else if (draw.opset >= 13) draw.node('Squeeze', [name, draw.ints(axes)], {});
    else draw.node('Squeeze', [name], { axes });
  },
  Unsqueeze(draw) {
    const { name, shape } = draw.anything();
    const rank = shape.length + draw.int(1, 2);
    const axes = [...Array(rank).keys()].sort((a, b) => ((a * 7) % 5) - ((b * 7) % 5)).slice(0, rank - shape.length);
    const written = axes.map((at) => (draw.opset >= 11 && draw.flag() ? at - rank : at));
    if (draw.opset >= 13) draw.node('Unsqueeze', [name, draw.ints(written)], {});
    else draw.node('Unsqueeze', [name], { axes: draw.opset >= 11 ? written : [...axes].sort((a, b) => a - b) });
  },
  Transpose(draw) {
    const { name, shape } = draw.anything();
    const permutation = [...shape.keys()];
    for (let at = permutation.length - 1; at > 0; at--) {
      const other = draw.int(0, at);
      [permutation[at], permutation[other]] = [permutation[other] as number, permutation[at] as number];
    }
    const given = draw.flag() && shape.length > 0;
    const order = given ? permutation : [...shape.keys()].reverse();
    draw.node(
      'Transpose',
      [name],
      given ? { perm: permutation } : {},
      order.map((at) => shape[at] as number),
    );
  },
  Concat(draw) {
    const first = ranked(draw);
    const axis = draw.int(0, first.shape.length - 1);
    const more = Array.from({ length: draw.int(0, 2) }, () =>
      draw.input(first.shape.map((extent, at) => (at === axis ? draw.int(1, 4) : extent))),
    );
    draw.node(
      'Concat',
      [first, ...more].map(({ name }) => name),
      { axis: draw.opset >= 11 && draw.flag() ? axis - first.shape.length : axis },
    );
  },
  Identity: elementwise('Identity'),
  Dropout(draw) {
    const { name, shape } = draw.anything();
    draw.node('Dropout', [name], draw.opset < 12 && draw.flag() ? { ratio: { float: 0.25 } } : {}, shape);
  },
};

/** A model of one to four nodes. */
export function drawModel(random: Random): SmallModel {
  const draw = new ModelDraw(random);
  const operators = Object.values(drawNode);
  for (let count = random.once(2) ? 1 : 2 + random.below(3); count > 0; count--) random.pick(operators)(draw);
  const { inputs, constants, nodes, opset } = draw;
  return { head: { opset, style: random.pick(inputStyles), seed: random.word() }, inputs, constants, nodes };
}
