/** An ONNX model as plain data, checked in structure but not in meaning. */
import type { Type } from '../../ir/index.ts';

/** A constant tensor of the file; its bytes are decoded when they are asked for. */
export interface OnnxTensor {
  readonly name: string;
  readonly element: Type;
  readonly shape: readonly number[];
  /** Row-major little-endian bytes of all elements; throws a `DiagnosticError` when the file's do not fit. */
  bytes(): Uint8Array;
}

/** The value of a node's attribute. */
export type OnnxAttribute =
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'strings'; readonly value: readonly string[] }
  | { readonly kind: 'tensor'; readonly value: OnnxTensor }
  | { readonly kind: 'other' };

/** A node of the graph: an operation on named values. */
export interface OnnxNode {
  /** The node's name, or the name of its first output. */
  readonly name: string;
  readonly opType: string;
  readonly domain: string;
  /** Names of values; an empty one is an operand that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** A declared input or output. An extent is a number, or a name or nothing when the file leaves it open. */
export interface OnnxValue {
  readonly name: string;
  readonly element: Type;
  readonly shape: readonly (number | string | undefined)[] | undefined;
}

/** A model. Nodes stand in an order in which every value is made before it is read. */
export interface OnnxModel {
  readonly irVersion: number;
  /** Versions of operator sets by domain; the default domain is the empty string. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly name: string;
  /** Without those that are constants of the file. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly constants: ReadonlyMap<string, OnnxTensor>;
  readonly nodes: readonly OnnxNode[];
}
