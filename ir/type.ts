/**
 * Builtin types. A type is an immutable object made once: two types are equal exactly when they
 * are the same object. The canonical MLIR text of a type is its identity, so the text is made
 * when the type is and costs nothing when it is printed. Source: MLIR language reference.
 */
import type { Attribute } from './attribute.ts';

/** What every type has: its kind, its canonical text and its index in the process-wide table. */
interface TypeBase<K extends string> {
  readonly kind: K;
  readonly text: string;
  readonly id: number;
}

/** An integer of `width` bits; `sign` is upstream's signedness. */
export interface IntegerType extends TypeBase<'integer'> {
  readonly width: number;
  readonly sign: 'signless' | 'signed' | 'unsigned';
}
/** The names of the builtin floating-point types. */
export const floatNames = [
  'f16',
  'bf16',
  'f32',
  'f64',
  'f80',
  'f128',
  'tf32',
  'f8E5M2',
  'f8E4M3',
  'f8E4M3FN',
  'f8E5M2FNUZ',
  'f8E4M3FNUZ',
  'f8E4M3B11FNUZ',
  'f8E3M4',
  'f8E8M0FNU',
  'f6E2M3FN',
  'f6E3M2FN',
  'f4E2M1FN',
] as const;
/** The name of one builtin floating-point type. */
export type FloatName = (typeof floatNames)[number];
/** A floating-point type. */
export interface FloatType extends TypeBase<'float'> {
  readonly name: FloatName;
  readonly width: number;
}
/** The platform's index integer. */
export type IndexType = TypeBase<'index'>;
/** The unit type of upstream. */
export type NoneType = TypeBase<'none'>;
/** A complex number. */
export interface ComplexType extends TypeBase<'complex'> {
  readonly element: Type;
}
/** A fixed list of types. */
export interface TupleType extends TypeBase<'tuple'> {
  readonly types: readonly Type[];
}
/** A function signature. */
export interface FunctionType extends TypeBase<'function'> {
  readonly inputs: readonly Type[];
  readonly results: readonly Type[];
}
/** The extent of a dimension that is known only when the program runs. */
export const dynamic = -1;
/** A ranked tensor; `dynamic` marks an unknown extent. */
export interface TensorType extends TypeBase<'tensor'> {
  readonly shape: readonly number[];
  readonly element: Type;
  readonly encoding: Attribute | undefined;
}
/** A tensor of unknown rank. */
export interface UnrankedTensorType extends TypeBase<'unranked-tensor'> {
  readonly element: Type;
}
/** A vector; `scalable[i]` marks a scalable dimension. */
export interface VectorType extends TypeBase<'vector'> {
  readonly shape: readonly number[];
  readonly scalable: readonly boolean[];
  readonly element: Type;
}
/** A view of memory: extents, element type, layout (identity when absent) and memory space. */
export interface MemRefType extends TypeBase<'memref'> {
  readonly shape: readonly number[];
  readonly element: Type;
  readonly layout: Attribute | undefined;
  readonly space: Attribute | undefined;
}
/** A memref of unknown rank. */
export interface UnrankedMemRefType extends TypeBase<'unranked-memref'> {
  readonly element: Type;
  readonly space: Attribute | undefined;
}
/** A type of a dialect that keeps its body as text: `!dialect.name<body>` or `!dialect<body>`. */
export interface DialectType extends TypeBase<'dialect'> {
  readonly dialect: string;
  readonly body: string;
}
/** Any type. */
export type Type =
  | IntegerType
  | FloatType
  | IndexType
  | NoneType
  | ComplexType
  | TupleType
  | FunctionType
  | TensorType
  | UnrankedTensorType
  | VectorType
  | MemRefType
  | UnrankedMemRefType
  | DialectType;
/** The types that have a list of extents and an element type. */
export type ShapedType = TensorType | VectorType | MemRefType;

const byText = new Map<string, Type>();
const byId: Type[] = [];

type Fields<T> = T extends Type ? Omit<T, 'text' | 'id'> : never;

function intern<T extends Type>(text: string, make: () => Fields<T>): T {
  const known = byText.get(text);
  if (known) return known as T;
  const type = Object.freeze({ ...make(), text, id: byId.length }) as unknown as T;
  byText.set(text, type);
  byId.push(type);
  return type;
}

/** The type with a given table index; the index comes from a column of the IR. */
export const typeOfId = (id: number): Type => byId[id] as Type;
/** The type whose canonical text is `text`, when it has been made before. */
export const typeOfText = (text: string): Type | undefined => byText.get(text);

const signPrefix = { signless: 'i', signed: 'si', unsigned: 'ui' } as const;
/** `iN`, `siN` or `uiN`. Width is 1 to 16,777,215 bits. */
export const integerType = (width: number, sign: IntegerType['sign'] = 'signless'): IntegerType =>
  intern<IntegerType>(`${signPrefix[sign]}${width}`, () => ({ kind: 'integer', width, sign }));

const floatWidth = (name: FloatName): number => (name === 'tf32' ? 19 : Number(/\d+/.exec(name)?.[0]));
/** The floating-point type called `name`. */
export const floatType = (name: FloatName): FloatType =>
  intern<FloatType>(name, () => ({ kind: 'float', name, width: floatWidth(name) }));

/** Single-bit integer, the type of conditions. */
export const i1 = integerType(1);
/** 8-bit integer. */
export const i8 = integerType(8);
/** 16-bit integer. */
export const i16 = integerType(16);
/** 32-bit integer. */
export const i32 = integerType(32);
/** 64-bit integer. */
export const i64 = integerType(64);
/** Half precision, IEEE 754 binary16. */
export const f16 = floatType('f16');
/** bfloat16. */
export const bf16 = floatType('bf16');
/** Single precision, IEEE 754 binary32. */
export const f32 = floatType('f32');
/** Double precision, IEEE 754 binary64. */
export const f64 = floatType('f64');
/** The index type. */
export const index: IndexType = intern<IndexType>('index', () => ({ kind: 'index' }));
/** The none type. */
export const noneType: NoneType = intern<NoneType>('none', () => ({ kind: 'none' }));

const extents = (shape: readonly number[], scalable?: readonly boolean[]): string => {
  let text = '';
  for (let at = 0; at < shape.length; at++) {
    const extent = shape[at] === dynamic ? '?' : String(shape[at]);
    text += scalable?.[at] ? `[${extent}]x` : `${extent}x`;
  }
  return text;
};

/** `complex<element>`. */
export const complexType = (element: Type): ComplexType =>
  intern<ComplexType>(`complex<${element.text}>`, () => ({ kind: 'complex', element }));

/** `tuple<types>`. */
export const tupleType = (types: readonly Type[]): TupleType =>
  intern<TupleType>(`tuple<${types.map((type) => type.text).join(', ')}>`, () => ({
    kind: 'tuple',
    types: [...types],
  }));

/** The text of a parenthesised result list as it stands after an arrow. */
export const resultListText = (results: readonly Type[]): string => {
  const only = results.length === 1 ? results[0] : undefined;
  return only && only.kind !== 'function' ? only.text : `(${results.map((type) => type.text).join(', ')})`;
};
/** `(inputs) -> results`. */
export const functionType = (inputs: readonly Type[], results: readonly Type[]): FunctionType =>
  intern<FunctionType>(`(${inputs.map((type) => type.text).join(', ')}) -> ${resultListText(results)}`, () => ({
    kind: 'function',
    inputs: [...inputs],
    results: [...results],
  }));

/** `tensor<shape x element, encoding>`. */
export const tensorType = (shape: readonly number[], element: Type, encoding?: Attribute): TensorType =>
  intern<TensorType>(`tensor<${extents(shape)}${element.text}${encoding ? `, ${encoding.text}` : ''}>`, () => ({
    kind: 'tensor',
    shape: Object.freeze([...shape]),
    element,
    encoding,
  }));

/** `tensor<*xelement>`. */
export const unrankedTensorType = (element: Type): UnrankedTensorType =>
  intern<UnrankedTensorType>(`tensor<*x${element.text}>`, () => ({ kind: 'unranked-tensor', element }));

/** `vector<shape x element>`; extents in brackets are scalable. */
export const vectorType = (shape: readonly number[], element: Type, scalable?: readonly boolean[]): VectorType =>
  intern<VectorType>(`vector<${extents(shape, scalable)}${element.text}>`, () => ({
    kind: 'vector',
    shape: Object.freeze([...shape]),
    scalable: Object.freeze(shape.map((_, at) => scalable?.[at] ?? false)),
    element,
  }));

/** Upstream prints a memory space that is an `i64` without its type. */
const spaceText = (space: Attribute): string =>
  space.kind === 'integer' && space.type === i64 ? String(space.value) : space.text;

/** `memref<shape x element, layout, space>`; leave out an identity layout and the default space. */
export const memrefType = (
  shape: readonly number[],
  element: Type,
  layout?: Attribute,
  space?: Attribute,
): MemRefType => {
  const tail = (layout ? `, ${layout.text}` : '') + (space ? `, ${spaceText(space)}` : '');
  return intern<MemRefType>(`memref<${extents(shape)}${element.text}${tail}>`, () => ({
    kind: 'memref',
    shape: Object.freeze([...shape]),
    element,
    layout,
    space,
  }));
};

/** `memref<*xelement, space>`. */
export const unrankedMemRefType = (element: Type, space?: Attribute): UnrankedMemRefType =>
  intern<UnrankedMemRefType>(`memref<*x${element.text}${space ? `, ${spaceText(space)}` : ''}>`, () => ({
    kind: 'unranked-memref',
    element,
    space,
  }));

/** A dialect type from its text after `!`, such as `llvm.ptr` or `quant.uniform<i8:f32>`. */
export const dialectType = (dialect: string, body: string): DialectType =>
  intern<DialectType>(`!${dialect}${body}`, () => ({ kind: 'dialect', dialect, body }));

/** Whether `type` has extents and an element type. */
export const isShaped = (type: Type): type is ShapedType =>
  type.kind === 'tensor' || type.kind === 'memref' || type.kind === 'vector';

const tensorElements: ReadonlySet<Type['kind']> = new Set([
  'integer',
  'float',
  'index',
  'complex',
  'vector',
  'dialect',
]);
/** Whether a tensor may have elements of this type. */
export const isTensorElement = (type: Type): boolean => tensorElements.has(type.kind);

/** The number of elements of a shape; `undefined` when an extent is dynamic. */
export function elementCount(shape: readonly number[]): number | undefined {
  let count = 1;
  for (const extent of shape) {
    if (extent === dynamic) return undefined;
    count *= extent;
  }
  return count;
}

/** Bits that one element takes in memory: the width, or 64 for an index. */
export function bitWidth(type: Type): number | undefined {
  if (type.kind === 'integer' || type.kind === 'float') return type.width;
  if (type.kind === 'index') return 64;
  if (type.kind === 'complex') return 2 * (bitWidth(type.element) ?? Number.NaN) || undefined;
  return undefined;
}
