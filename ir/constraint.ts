/**
 * Type constraints with named dimensions. The same name twice means the same extent (or the same
 * element type), which is what verification, inference, documentation and generation all share.
 */
import {
  dynamic,
  isShaped,
  type MemRefType,
  type ShapedType,
  type TensorType,
  type Type,
  memrefType,
  tensorType,
} from './type.ts';
import { stringAttribute } from './attribute.ts';

/** What names are bound to: an extent, the extents of a pack, or an element type. */
export type Binding = Record<string, number | readonly number[] | Type>;

/** How many values a declared operand or result stands for. */
export type Arity = 'one' | 'optional' | 'variadic';

/** What a value's type must be. `D` are dimension names, `E` element variables. */
export interface ValueConstraint<D extends string = string, E extends string = string, A extends Arity = Arity> {
  readonly arity: A;
  /** What is expected, for messages and documentation. */
  readonly text: string;
  readonly dims: readonly D[];
  readonly element: ElementVariable<E> | undefined;
  /** What kind of type it is, for generators. */
  readonly form: 'tensor' | 'memref' | 'other';
  /** Binds the names to what `type` has, or says why it cannot. */
  check(type: Type, binding: Binding): string | undefined;
  /** The type that a binding gives; undefined where names do not decide it. */
  substitute(binding: Readonly<Binding>): Type | undefined;
}

/** A name for an element type that several values share. */
export interface ElementVariable<E extends string = string> {
  readonly variable: E;
  /** The types that it may stand for; empty for every type. */
  readonly among: readonly Type[];
}
/** An element type with a name; the same name is the same type. */
export const element = <const E extends string>(variable: E, ...among: readonly Type[]): ElementVariable<E> => ({
  variable,
  among,
});
const anyElement = element('T');

type Split<S extends string> = S extends `${infer A} ${infer B}` ? A | Split<B> : S extends '' ? never : S;
/** The dimension names of a constraint. */
export type DimsOf<C> = C extends ValueConstraint<infer D, string, Arity> ? D : never;
/** The element variables of a constraint. */
export type ElementsOf<C> = C extends ValueConstraint<string, infer E, Arity> ? E : never;

/** What dimension names are bound to: an extent, or the extents of a pack `...S`. */
export type Extents<D extends string> = {
  readonly [T in D as T extends `...${infer P}` ? P : T extends `${number}` ? never : T]: T extends `...${string}`
    ? readonly number[]
    : number;
};

const isNumber = (name: string): boolean => /^\d+$/.test(name);
const show = (extent: unknown): string => (Array.isArray(extent) ? `[${extent.join(', ')}]` : String(extent));
const same = (a: unknown, b: unknown): boolean =>
  a === b || (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((x, at) => x === b[at]));

function bindShape(
  dims: readonly string[],
  text: string,
  shape: readonly number[],
  binding: Binding,
): string | undefined {
  const pack = dims.findIndex((name) => name.startsWith('...'));
  const spare = shape.length - dims.length;
  if (pack < 0 ? spare !== 0 : spare < -1) return `has rank ${shape.length}, expected ${text}`;
  let at = 0;
  for (let d = 0; d < dims.length; d++) {
    const dim = dims[d] as string;
    const extent = d === pack ? shape.slice(at, at + spare + 1) : (shape[at] as number);
    at += d === pack ? spare + 1 : 1;
    const name = d === pack ? dim.slice(3) : dim;
    const known = isNumber(name) ? Number(name) : binding[name];
    if (known === undefined) binding[name] = extent;
    else if (!same(known, extent))
      return `has ${name} = ${show(extent)}, ${isNumber(name) ? `expected ${name}` : `but ${name} = ${show(known)} already`}`;
  }
  return undefined;
}

/** Types as a message names them; of many, the first and the last. */
function oneOf(types: readonly Type[]): string {
  const names = types.map(({ text }) => text);
  return names.length > 8 ? `${names[0]}, ${names[1]}, … or ${names.at(-1)}` : names.join(' or ');
}

function bindElement(variable: ElementVariable | undefined, type: Type, binding: Binding): string | undefined {
  if (!variable) return undefined;
  const known = binding[variable.variable] as Type | undefined;
  if (known && known !== type) return `has element type ${type.text}, but ${variable.variable} = ${known.text} already`;
  if (variable.among.length > 0 && !variable.among.includes(type))
    return `has element type ${type.text}, expected ${oneOf(variable.among)}`;
  binding[variable.variable] = type;
  return undefined;
}

/** The shape that a binding gives; undefined when a name is unbound. */
export function substituteShape(dims: readonly string[], binding: Readonly<Binding>): readonly number[] | undefined {
  const shape: number[] = [];
  for (const dim of dims) {
    const extent = isNumber(dim) ? Number(dim) : binding[dim.startsWith('...') ? dim.slice(3) : dim];
    if (extent === undefined) return undefined;
    if (typeof extent === 'number') shape.push(extent);
    else shape.push(...(extent as readonly number[]));
  }
  return shape;
}

const elementOf = (variable: ElementVariable, binding: Readonly<Binding>): Type | undefined =>
  (binding[variable.variable] as Type | undefined) ?? (variable.among.length === 1 ? variable.among[0] : undefined);

/**
 * A ranked, static tensor whose dimensions are named, such as `tensor('M K')`. `...S` stands for
 * any number of dimensions and a number for exactly that extent. The element type is `T` unless
 * another variable is given.
 */
export function tensor<const S extends string>(dims: S): ValueConstraint<Split<S>, 'T', 'one'>;
export function tensor<const S extends string, const E extends string>(
  dims: S,
  variable: ElementVariable<E>,
): ValueConstraint<Split<S>, E, 'one'>;
export function tensor<const S extends string>(
  dims: S,
  variable: ElementVariable = anyElement,
): ValueConstraint<Split<S>, string, 'one'> {
  const names = dims.split(' ').filter(Boolean) as Split<S>[];
  return {
    arity: 'one',
    form: 'tensor',
    text: `tensor<${dims}>`,
    dims: names,
    element: variable,
    check: (type, binding) => {
      if (type.kind !== 'tensor') return `has type ${type.text}, expected a tensor of ${dims || 'rank 0'}`;
      if (type.shape.includes(dynamic)) return `has type ${type.text}, expected static extents`;
      return (
        bindShape(names, `dimensions '${dims}'`, type.shape, binding) ?? bindElement(variable, type.element, binding)
      );
    },
    substitute: (binding) => {
      const shape = substituteShape(names, binding);
      const scalar = elementOf(variable, binding);
      return shape && scalar ? tensorType(shape, scalar) : undefined;
    },
  };
}

/** A memref with named dimensions in a memory space (`undefined` for any), of any strided layout. */
export function memref<const S extends string>(
  dims: S,
  space: string | readonly string[] | undefined,
): ValueConstraint<Split<S>, 'T', 'one'>;
export function memref<const S extends string, const E extends string>(
  dims: S,
  space: string | readonly string[] | undefined,
  variable: ElementVariable<E>,
): ValueConstraint<Split<S>, E, 'one'>;
export function memref<const S extends string>(
  dims: S,
  space: string | readonly string[] | undefined,
  variable: ElementVariable = anyElement,
): ValueConstraint<Split<S>, string, 'one'> {
  const names = dims.split(' ').filter(Boolean) as Split<S>[];
  const spaces = space === undefined ? undefined : typeof space === 'string' ? [space] : space;
  return {
    arity: 'one',
    form: 'memref',
    text: `memref<${dims}${spaces ? `, ${spaces.join(' | ')}` : ''}>`,
    dims: names,
    element: variable,
    check: (type, binding) => {
      if (type.kind !== 'memref') return `has type ${type.text}, expected a memref of ${dims || 'rank 0'}`;
      const found = spaceOf(type);
      if (spaces && !spaces.includes(found))
        return `is in space '${found}', expected ${spaces.map((s) => `'${s}'`).join(' or ')}`;
      return (
        bindShape(names, `dimensions '${dims}'`, type.shape, binding) ?? bindElement(variable, type.element, binding)
      );
    },
    substitute: (binding) => {
      const shape = substituteShape(names, binding);
      const scalar = elementOf(variable, binding);
      const only = spaces?.length === 1 ? stringAttribute(spaces[0] as string) : undefined;
      return shape && scalar ? memrefType(shape, scalar, undefined, only) : undefined;
    },
  };
}

/** The memory space of a memref by name; empty for the default space. */
export const spaceOf = (type: MemRefType): string =>
  type.space === undefined ? '' : type.space.kind === 'string' ? type.space.value : type.space.text;

const other = (
  text: string,
  check: ValueConstraint['check'],
  substitute: ValueConstraint['substitute'] = () => undefined,
): ValueConstraint<never, never, 'one'> => ({
  arity: 'one',
  form: 'other',
  text,
  dims: [],
  element: undefined,
  check,
  substitute,
});

/** Any type at all. */
export const anyType: ValueConstraint<never, never, 'one'> = other('any type', () => undefined);

/** Exactly `expected`. */
export const typed = (expected: Type): ValueConstraint<never, never, 'one'> =>
  other(
    expected.text,
    (type) => (type === expected ? undefined : `has type ${type.text}, expected ${expected.text}`),
    () => expected,
  );

/** One type for all values of this name, accepted by `allowed`; `text` says what that is. */
export const sameType = (
  name: string,
  text = 'any type',
  allowed: (type: Type) => boolean = () => true,
): ValueConstraint<never, never, 'one'> =>
  other(
    text,
    (type, binding) => {
      const known = binding[name] as Type | undefined;
      if (known && known !== type) return `has type ${type.text}, expected ${known.text}`;
      if (!allowed(type)) return `has type ${type.text}, expected ${text}`;
      binding[name] = type;
      return undefined;
    },
    (binding) => binding[name] as Type | undefined,
  );

/** Zero or one value of this constraint. */
export const optional = <D extends string, E extends string>(
  constraint: ValueConstraint<D, E, 'one'>,
): ValueConstraint<D, E, 'optional'> => ({ ...constraint, arity: 'optional' });

/** Any number of values, each of this constraint. */
export const variadic = <D extends string, E extends string>(
  constraint: ValueConstraint<D, E, 'one'>,
): ValueConstraint<D, E, 'variadic'> => ({ ...constraint, arity: 'variadic' });

/** The scalar type of a shaped type, or the type itself. */
export const elementTypeOf = (type: Type): Type => (isShaped(type) ? (type as ShapedType).element : type);

/** A tensor type or a message for the reader. */
export const asTensor = (type: Type): TensorType | undefined => (type.kind === 'tensor' ? type : undefined);
