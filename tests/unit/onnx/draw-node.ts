/** Drawing one node with all the spellings that its specification allows: operands, attributes, windows over images. */
import type { Random } from '../../../tools/check/random.ts';
import type { AttributeValue, ModelConstant, ModelInput } from '../../../tools/fuzz/onnx/model.ts';

/** Extents. */
export type Shape = readonly number[];
/** Kinds of attributes, as messages call them. */
export type Kind = 'int' | 'ints' | 'float' | 'string';

/** A node on its way. */
export class NodeDraw {
  readonly random: Random;
  readonly inputs: ModelInput[];
  readonly constants: ModelConstant[];
  readonly attributes: Record<string, AttributeValue>;
  opset: number;

  constructor(random: Random) {
    this.random = random;
    this.inputs = [];
    this.constants = [];
    this.attributes = {};
    this.opset = random.pick([7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]);
  }

  int(min: number, max: number): number {
    return min + this.random.below(max - min + 1);
  }
  list(length: number, min: number, max: number): readonly number[] {
    return Array.from({ length }, () => this.int(min, max));
  }
  flag(): boolean {
    return this.random.once(2);
  }
  /** Extents, at least `least`; they are told apart where they can be. */
  shape(least: number, most = 4): Shape {
    return this.list(this.int(least, most), 1, 6);
  }
  input(shape: Shape): string {
    const input = `x${this.inputs.length}`;
    this.inputs.push({ input, shape });
    return input;
  }
  ints(values: readonly number[], shape: Shape = [values.length]): string {
    const constant = `k${this.constants.length}`;
    this.constants.push({ constant, shape, ints: values });
    return constant;
  }
  floats(values: readonly number[], shape: Shape = []): string {
    const constant = `k${this.constants.length}`;
    this.constants.push({ constant, shape, floats: values.map(Math.fround) });
    return constant;
  }
  /** An attribute that need not be written where it has its usual value; gives the value. */
  usually<T extends AttributeValue>(name: string, usual: T, others: () => T): T {
    const value = this.flag() ? usual : others();
    const same = JSON.stringify(value) === JSON.stringify(usual);
    if (!same || this.flag()) this.attributes[name] = value;
    return value;
  }
  /** The same for a floating-point number. */
  number(name: string, usual: number): number {
    return (this.usually(name, { float: usual }, () => ({ float: this.int(-9, 9) / 4 })) as { float: number }).float;
  }
  /** An axis, counted from either end. */
  axis(at: number, rank: number): number {
    return this.flag() ? at : at - rank;
  }
}

/** What is drawn: what the node reads, and its meaning. */
export interface Meaning {
  readonly reads: readonly string[];
  readonly means: string;
}
/** An operator: what messages call its operands, how many must be there, its attributes, how it is drawn. */
export interface Operator {
  readonly operands: readonly string[];
  readonly needs: number;
  readonly kinds: Readonly<Record<string, Kind>>;
  draw(draw: NodeDraw): Meaning;
}

/** How many windows there are, and pads that make as many as the strides ask for. */
const places = (extent: number, pads: number, covered: number, stride: number): number =>
  Math.floor((extent + pads - covered) / stride) + 1;
function samePads(extent: number, covered: number, stride: number, first: 'more' | 'less'): readonly [number, number] {
  let total = 0;
  while (places(extent, total, covered, stride) * stride < extent) total++;
  const less = (total - (total % 2)) / 2;
  return first === 'less' ? [less, total - less] : [total - less, less];
}

/** Windows over an image: taps, strides, dilations, pads. */
export function windows(draw: NodeDraw, taps: Shape, extents: Shape, dilated: boolean) {
  const strides = draw.usually('strides', [1, 1], () => draw.list(2, 1, 3));
  const dilations = dilated ? draw.usually('dilations', [1, 1], () => draw.list(2, 1, 3)) : [1, 1];
  const covered = taps.map((count, d) => (count - 1) * (dilations[d] as number) + 1);
  const auto = draw.usually('auto_pad', 'NOTSET', () => draw.random.pick(['', 'VALID', 'SAME_UPPER', 'SAME_LOWER']));
  const given = [...taps, ...taps].map((count) => draw.int(0, count - 1));
  const written = draw.flag() ? given : undefined;
  if (written) draw.attributes['pads'] = written;
  const [rows, columns] = [0, 1].map((d) =>
    samePads(extents[d] as number, covered[d] as number, strides[d] as number, auto === 'SAME_UPPER' ? 'less' : 'more'),
  ) as [readonly [number, number], readonly [number, number]];
  const none = [0, 0, 0, 0];
  const pads = auto.startsWith('SAME')
    ? [rows[0], columns[0], rows[1], columns[1]]
    : auto === 'VALID'
      ? none
      : (written ?? none);
  const result = [0, 1].map((d) =>
    places(
      extents[d] as number,
      (pads[d] as number) + (pads[d + 2] as number),
      covered[d] as number,
      strides[d] as number,
    ),
  );
  return { strides, dilations, pads, result };
}
/** The attributes of windows. */
export const windowKinds = { strides: 'ints', pads: 'ints', auto_pad: 'string' } as const;
