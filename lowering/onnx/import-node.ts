/** What importing one node may ask: operands, attributes, constants; and how it says no. */
import { graph } from '../../dialects/graph/index.ts';
import {
  type Builder,
  type DenseAttribute,
  DiagnosticError,
  elementCount,
  errorAt,
  f32,
  nameLocation,
  type OpView,
  type TensorType,
  type Value,
  verify,
} from '../../ir/index.ts';
import type { OnnxAttribute, OnnxModel, OnnxNode } from './model.ts';

/** One node on its way into the graph dialect. */
export class NodeImport {
  readonly node: OnnxNode;
  readonly model: OnnxModel;
  private readonly values: ReadonlyMap<string, Value>;
  private readonly builder: Builder;

  constructor(node: OnnxNode, model: OnnxModel, values: ReadonlyMap<string, Value>, builder: Builder) {
    this.node = node;
    this.model = model;
    this.values = values;
    this.builder = builder;
  }

  /** The version of the node's operator set. */
  get opset(): number {
    return this.model.opsets.get(this.node.domain) ?? 1;
  }

  /** Ends with an error at the node. */
  fail(message: string): never {
    throw new DiagnosticError([
      errorAt(nameLocation(this.node.name), `node '${this.node.name}' (${this.node.opType}) ${message}`),
    ]);
  }

  /** Makes an operation and gives its result. */
  build(make: () => OpView): Value {
    const { operation } = this.builder.build(make);
    // Some types are given and not inferred; what does not fit is the node's fault.
    const [error] = verify(operation);
    return error ? this.fail(`does not fit: ${error.message}`) : operation.result();
  }

  /** Operand `at`. */
  operand(at: number, what: string): Value {
    return this.optional(at) ?? this.fail(`has no ${what}, expected it as input ${at}`);
  }

  /** Operand `at`, when it is given. */
  optional(at: number): Value | undefined {
    const name = this.node.inputs[at];
    return name === undefined || name === '' ? undefined : this.values.get(name);
  }

  /** The extents of a value. */
  shape(value: Value): readonly number[] {
    return (value.type as TensorType).shape;
  }

  private attribute<K extends OnnxAttribute['kind']>(
    name: string,
    kind: K,
  ): Extract<OnnxAttribute, { kind: K }> | undefined {
    const found = this.node.attributes.get(name);
    if (found === undefined) return undefined;
    if (found.kind !== kind) return this.fail(`has attribute '${name}' of kind ${found.kind}, expected ${kind}`);
    return found as Extract<OnnxAttribute, { kind: K }>;
  }

  /** An integer attribute. */
  int(name: string): number | undefined {
    return this.attribute(name, 'int')?.value;
  }

  /** An integer attribute that says yes or no; no when it is not there. */
  flag(name: string): boolean {
    return Boolean(this.int(name));
  }

  /** A floating-point attribute. */
  float(name: string): number | undefined {
    return this.attribute(name, 'float')?.value;
  }

  /** A string attribute. */
  text(name: string): string | undefined {
    return this.attribute(name, 'string')?.value;
  }

  /** A list of integers. */
  ints(name: string): readonly number[] | undefined {
    return this.attribute(name, 'ints')?.value;
  }

  /** The data of an operand that is a constant. */
  constantOf(value: Value): DenseAttribute | undefined {
    return value.definedBy(graph.ops.constant)?.value;
  }

  /** The integers that a constant operand holds. */
  constantInts(at: number, what: string): readonly number[] {
    const value = this.operand(at, what);
    const data = this.constantOf(value) ?? this.fail(`has a ${what} that is computed, expected a constant`);
    if (data.type.element.kind !== 'integer' || data.type.element.width !== 64)
      this.fail(`has a ${what} of ${data.type.text}, expected int64`);
    const count = data.type.shape.reduce((a, b) => a * b, 1);
    const view = new DataView(data.bytes.buffer, data.bytes.byteOffset, data.bytes.byteLength);
    return Array.from({ length: count }, (_, i) => Number(view.getBigInt64(data.splat ? 0 : i * 8, true)));
  }

  /** The one number that a constant operand holds. */
  constantNumber(at: number, what: string): number | undefined {
    const value = this.optional(at);
    if (!value) return undefined;
    const data = this.constantOf(value) ?? this.fail(`has a ${what} that is computed, expected a constant`);
    // Not by the bytes: many elements that are all the same are stored once.
    if (data.type.element !== f32 || elementCount(data.type.shape) !== 1)
      return this.fail(`has a ${what} of ${data.type.text}, expected one float32`);
    return new DataView(data.bytes.buffer, data.bytes.byteOffset).getFloat32(0, true);
  }

  /** An axis counted from the front. */
  axis(axis: number, rank: number): number {
    const positive = axis < 0 ? axis + rank : axis;
    return positive >= 0 && positive < rank
      ? positive
      : this.fail(`has axis ${axis}, expected one of ${rank} dimensions`);
  }
}
