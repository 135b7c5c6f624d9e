/**
 * Where tensors live: every tensor value is a buffer in GDRAM whose rows (the last dimension) are
 * padded to whole groups of 64 elements, so that every row starts where the DMA may read. What is
 * in the padding is unspecified; kernels that need it zero put zeros there themselves.
 */
import { memrefIn, mlu, vectorGroup } from '../../dialects/mlu/index.ts';
import {
  type Block,
  Builder,
  type DenseAttribute,
  denseAttribute,
  DiagnosticError,
  errorAt,
  f16,
  f32,
  i16,
  i8,
  storedBytes,
  type MemRefType,
  type TensorType,
  tensorType,
  type Type,
  type Value,
} from '../../ir/index.ts';

/** Rounds up to a whole group of 64 elements. */
export const padded = (elements: number): number => Math.ceil(elements / vectorGroup) * vectorGroup;

/** A tensor shape as rows of lanes; a scalar is one row of one lane. */
export function rowsOf(shape: readonly number[]): { readonly rows: number; readonly lanes: number } {
  const lanes = shape.at(-1) ?? 1;
  return { rows: shape.slice(0, -1).reduce((a, b) => a * b, 1), lanes };
}

/** The extents of a tensor's buffer. */
export const bufferShape = (shape: readonly number[]): readonly number[] =>
  shape.length === 0 ? [vectorGroup] : [...shape.slice(0, -1), padded(shape.at(-1) as number)];

/** A buffer by name. */
export interface NamedBuffer {
  readonly symbol: string;
  readonly type: MemRefType;
}

/** The element types that instructions read and write. */
const elements: readonly Type[] = [f16, f32, i8, i16];

/** The buffers of one program. */
export class TensorMemory {
  private readonly module: Block;
  private readonly byValue: Map<Value, NamedBuffer>;
  private readonly byKey: Map<string, NamedBuffer>;
  private readonly names: Set<string>;

  constructor(module: Block) {
    this.module = module;
    this.byValue = new Map();
    this.byKey = new Map();
    this.names = new Set();
  }

  /** The buffer of a tensor; made as a temporary when it is new. */
  of(value: Value): NamedBuffer {
    const known = this.byValue.get(value);
    if (known) return known;
    const made = this.declare('t', value.type as TensorType, 'temporary', value);
    return made;
  }

  /** Makes the buffer of a tensor. Buffers stand before the programs, in the order of their making. */
  declare(
    name: string,
    type: TensorType,
    role: 'input' | 'output' | 'temporary' | 'constant',
    value: Value,
    data?: DenseAttribute,
  ): NamedBuffer {
    if (!elements.includes(type.element))
      throw new DiagnosticError([
        errorAt(
          value.location,
          `a tensor of type ${type.text} has no form on the machine, which holds ${elements.map(({ text }) => text).join(', ')}`,
        ),
      ]);
    const made = this.add(
      name,
      memrefIn('gdram', bufferShape(type.shape), type.element),
      role,
      type.shape,
      value,
      data && padRows(data),
    );
    this.byValue.set(value, made);
    return made;
  }

  /** Lets `value` be another name for the buffer of `other`. */
  alias(value: Value, other: NamedBuffer): void {
    this.byValue.set(value, other);
  }

  /** A constant that a kernel wants in a layout of its own, made once for all cores. */
  constant(key: string, value: Value, make: () => DenseAttribute): NamedBuffer {
    const known = this.byKey.get(key);
    if (known) return known;
    const data = make();
    const made = this.add('weight', memrefIn('gdram', data.type.shape, data.type.element), 'constant', [], value, data);
    this.byKey.set(key, made);
    return made;
  }

  private add(
    name: string,
    type: MemRefType,
    role: 'input' | 'output' | 'temporary' | 'constant',
    shape: readonly number[],
    from: Value,
    data: DenseAttribute | undefined,
  ): NamedBuffer {
    let symbol = name;
    for (let n = 0; this.names.has(symbol); n++) symbol = `${name}${n}`;
    this.names.add(symbol);
    const before = this.module.operations.find((op) => !op.is(mlu.ops.buffer));
    const builder = new Builder(this.module, before, from.owner?.location ?? { kind: 'unknown' });
    builder.build(() => mlu.ops.buffer({ sym_name: symbol, type, role, shape, ...(data ? { value: data } : {}) }));
    return { symbol, type };
  }
}

/** The same data with its rows padded by zeros, as the buffer holds it. */
function padRows(data: DenseAttribute): DenseAttribute {
  const { rows, lanes } = rowsOf(data.type.shape);
  return denseRows(data.type as TensorType, bufferShape(data.type.shape), rows, padded(lanes), (row, target) => {
    target.set(elementBytes(data, row * lanes, lanes));
  });
}

/** The bytes of `count` elements from element `from` on, of a splat as well. */
export function elementBytes(data: DenseAttribute, from: number, count: number): Uint8Array {
  const size = storedBytes(data.type.element);
  if (!data.splat) return data.bytes.subarray(from * size, (from + count) * size);
  const bytes = new Uint8Array(count * size);
  for (let at = 0; at < bytes.length; at += size) bytes.set(data.bytes, at);
  return bytes;
}

/** Dense elements made row by row; rows start as zeros. */
export function denseRows(
  like: TensorType,
  shape: readonly number[],
  rows: number,
  lanes: number,
  write: (row: number, target: Uint8Array) => void,
): DenseAttribute {
  const pitch = lanes * storedBytes(like.element);
  const bytes = new Uint8Array(rows * pitch);
  for (let row = 0; row < rows; row++) write(row, bytes.subarray(row * pitch, (row + 1) * pitch));
  return denseAttribute(tensorType(shape, like.element), bytes);
}
