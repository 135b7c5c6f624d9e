/** Operands and attributes that a declaration accepts, drawn from the declaration alone. */
import {
  type Binding,
  contains,
  type Draw,
  f32,
  i1,
  i32,
  i8,
  index,
  memrefType,
  type OpDefinition,
  tensorType,
  type Type,
  type ValueConstraint,
} from '../../ir/index.ts';
import { Discarded } from './choices.ts';
import { drawAttributeValue } from './generate/attribute-values.ts';
import type { TypePool } from './generate/type-pool.ts';

/** What to call a builder with, apart from the values: operand types in groups, and attributes. */
export interface Signature {
  readonly operands: ReadonlyMap<string, readonly Type[]>;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Result types, where an element type is free. */
  readonly results: readonly Type[] | undefined;
}

/** Limits on what is drawn. */
export interface SignatureOptions {
  /** Element types that may be taken; all that a declaration allows when left out, or when it allows none of them. */
  readonly elements?: readonly Type[];
  /** The same for results whose element type does not follow from the operands. */
  readonly results?: readonly Type[];
  /** Whether the operation may be of these types, where not all will do that its declaration allows. */
  readonly accepts?: (definition: OpDefinition, operands: readonly Type[], results: readonly Type[]) => boolean;
  /** The largest extent of a dimension. */
  readonly extent?: number;
  /** Types of values that are there: names are mostly bound by one of them. */
  readonly known?: readonly Type[];
  /** Finds a type that a constraint accepts where names do not give one. */
  readonly choose?: (constraint: ValueConstraint, names: Readonly<Binding>) => Type | undefined;
}

const attempts = 12;

const allowedOf = (among: readonly Type[], wanted: readonly Type[] | undefined): readonly Type[] => {
  const allowed = among.filter((type) => wanted?.includes(type));
  return allowed.length > 0 ? allowed : among;
};

function drawNames(definition: OpDefinition, draw: Draw, options: SignatureOptions): Binding {
  const names: Binding = Object.create(null) as Binding;
  const extent = (): number => draw.int(1, options.extent ?? 5);
  for (const { constraint } of definition.operands) {
    bindKnown(constraint, names, draw, options.known);
    for (const dim of constraint.dims) {
      const name = dim.startsWith('...') ? dim.slice(3) : dim;
      if (/^\d+$/.test(name) || name in names) continue;
      names[name] = dim.startsWith('...') ? Array.from({ length: draw.int(0, 3) }, extent) : extent();
    }
    const { element } = constraint;
    if (element && !(element.variable in names)) {
      const among = element.among.length > 0 ? element.among : [f32];
      names[element.variable] = draw.of(
        element.among.length > 0 ? allowedOf(among, options.elements) : (options.elements ?? among),
      );
    }
  }
  return names;
}

/** Binds what is still free by the type of a value that is there, mostly. */
function bindKnown(constraint: ValueConstraint, names: Binding, draw: Draw, known: readonly Type[] | undefined): void {
  if (!known || constraint.form === 'other' || draw.int(0, 3) === 0) return;
  const bound = known.flatMap((type) => {
    const candidate: Binding = { ...names };
    return constraint.check(type, candidate) === undefined ? [candidate] : [];
  });
  if (bound.length > 0) Object.assign(names, draw.of(bound));
}

const countOf = ({ arity }: ValueConstraint, draw: Draw, least: number): number =>
  arity === 'one' ? 1 : arity === 'optional' ? draw.int(0, 1) : draw.int(least, 3);

/** How many of a few types a constraint accepts: the choosiest operands are chosen first, others follow from them. */
const samples: readonly Type[] = [
  ...[i1, i32, index, f32],
  ...[i32, f32].map((element) => tensorType([2], element)),
  tensorType([2, 3], f32),
  ...[i32, i8, f32].map((element) => memrefType([2], element)),
  memrefType([2, 3], f32),
];
const acceptance = (constraint: ValueConstraint): number =>
  samples.filter((type) => constraint.check(type, {}) === undefined).length;

/** The operand types in groups: by names where these give them, else chosen, the choosiest first. */
function operandTypesOf(
  definition: OpDefinition,
  names: Binding,
  draw: Draw,
  { choose }: SignatureOptions,
  sampled: Readonly<Record<string, readonly Type[]>> = {},
): ReadonlyMap<string, readonly Type[]> {
  const found = new Map<string, readonly Type[]>(Object.entries(sampled));
  const open = definition.operands.filter(({ name }) => !found.has(name));
  if (choose) open.sort((a, b) => acceptance(a.constraint) - acceptance(b.constraint));
  for (const { name, constraint } of open) {
    const types = Array.from({ length: countOf(constraint, draw, choose ? 0 : 1) }, () => {
      const type = constraint.substitute(names) ?? choose?.(constraint, names);
      if (!type) throw new Discarded(`no type for ${constraint.text}`);
      if (choose) constraint.check(type, names);
      return type;
    });
    found.set(name, types);
  }
  return new Map(definition.operands.map(({ name }) => [name, found.get(name) ?? []] as const));
}

/** Draws a signature; throws `Discarded` when none was found in a few attempts. */
export function drawSignature(definition: OpDefinition, draw: Draw, options: SignatureOptions = {}): Signature {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const names = drawNames(definition, draw, options);
    const attributes: Record<string, unknown> = {};
    for (const { name, kind } of definition.attributes) {
      if (kind.presence === 'optional' && !draw.flag()) continue;
      attributes[name] = drawAttributeValue(kind, draw);
    }
    const { operandTypes, ...sampled } = (definition.sample?.({ ...names, ...attributes }, draw) ?? {}) as Readonly<
      Record<string, unknown>
    > & { readonly operandTypes?: Readonly<Record<string, readonly Type[]>> };
    for (const [name, value] of Object.entries(sampled))
      if (definition.attributes.some((attribute) => attribute.name === name)) attributes[name] = value;
      else names[name] = value as number;
    const fits = definition.attributes.every(
      ({ name, kind }) => attributes[name] === undefined || contains(kind.domain, attributes[name]),
    );
    if (!fits || definition.verify?.({ ...names, ...attributes }) !== undefined) continue;
    const operands = operandTypesOf(definition, names, draw, options, operandTypes);
    const results = freeResults(definition, names, attributes, draw, options.results);
    if (options.accepts?.(definition, [...operands.values()].flat(), results ?? []) === false) continue;
    return { operands, attributes, results };
  }
  throw new Discarded(`no valid ${definition.opName}`);
}

/** Result types when some element type does not follow from the operands and has to be chosen. */
function freeResults(
  definition: OpDefinition,
  names: Readonly<Binding>,
  attributes: Readonly<Record<string, unknown>>,
  draw: Draw,
  wanted: readonly Type[] | undefined,
): readonly Type[] | undefined {
  const free = definition.results.filter(
    ({ constraint: { element } }) => element && element.among.length > 0 && !(element.variable in names),
  );
  if (free.length === 0) return undefined;
  const bound: Binding = { ...names };
  if (definition.dims) Object.assign(bound, definition.dims({ ...names, ...attributes }));
  for (const {
    constraint: { element },
  } of free)
    if (element) bound[element.variable] = draw.of(allowedOf(element.among, wanted));
  const types = definition.results.map(({ constraint }) => constraint.substitute(bound));
  return types.every((type) => type !== undefined) ? types : undefined;
}

/** A type that one constraint accepts. Throws `Discarded` when none was found. */
export function drawType(constraint: ValueConstraint, draw: Draw, pool: TypePool): Type {
  const names: Binding = {};
  for (const dim of constraint.dims) {
    if (/^\d+$/.test(dim)) continue;
    const [least, most] = dim.startsWith('...') ? [0, 3] : [1, 1];
    const shape = pool.shape(draw, least, most);
    names[dim.replace('...', '')] = dim.startsWith('...') ? shape : (shape[0] as number);
  }
  const { element } = constraint;
  if (element) names[element.variable] = draw.of(element.among.length > 0 ? element.among : pool.elements);
  const given = constraint.substitute(names);
  if (given) return given;
  const fitting = pool.fitting(constraint, {}, [() => pool.some(draw), () => pool.rare(draw)]);
  if (fitting.length === 0) throw new Discarded(`no type for ${constraint.text}`);
  return draw.of(fitting);
}
