/** Binding: what the declared names of an operation stand for, and every way in which they clash. */
import type { Attribute } from './attribute.ts';
import { contains, describe } from './domain.ts';
import type { Arity, Binding, ValueConstraint } from './constraint.ts';
import type { OpDefinition, ValueDefinition } from './definition.ts';
import type { Operation } from './operation.ts';
import type { Type } from './type.ts';
import type { Value } from './value.ts';
import { operandSegments, resultSegments, segments, storedSegments } from './view.ts';

/** Bound names and the first error; with an error the binding is incomplete. */
export interface Bindings {
  readonly names: Binding;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly error: string | undefined;
}

const aritiesOf = new WeakMap<readonly ValueDefinition[], readonly Arity[]>();
const arities = (definitions: readonly ValueDefinition[]): readonly Arity[] => {
  let known = aritiesOf.get(definitions);
  if (!known) {
    known = definitions.map((definition) => definition.constraint.arity);
    aritiesOf.set(definitions, known);
  }
  return known;
};

/** How many values a list of declared groups expects, in words. */
const expectedCount = (definitions: readonly ValueDefinition[]): string => {
  const least = definitions.filter((definition) => definition.constraint.arity === 'one').length;
  return least === definitions.length ? String(least) : `at least ${least}`;
};

function bindTypes(
  definitions: readonly ValueDefinition[],
  types: readonly Type[],
  sizes: readonly number[] | undefined,
  what: 'operand' | 'result',
  names: Binding,
): string | undefined {
  const found = segments(arities(definitions), types.length, sizes);
  if (!found) {
    const free = definitions.filter((definition) => definition.constraint.arity !== 'one').length;
    return free > 1
      ? `'${what === 'operand' ? operandSegments : resultSegments}' does not fit ${types.length} ${what}s`
      : `has ${types.length} ${what}s, expected ${expectedCount(definitions)}`;
  }
  for (let group = 0; group < definitions.length; group++) {
    const { name, constraint } = definitions[group] as ValueDefinition;
    const [first, size] = found[group] as readonly [number, number];
    for (let at = first; at < first + size; at++) {
      const clash = checkValue(constraint, types[at] as Type, names);
      if (clash) return `${what} '${name}'${constraint.arity === 'variadic' ? ` #${at - first}` : ''} ${clash}`;
    }
  }
  return undefined;
}

const checkValue = (constraint: ValueConstraint, type: Type, names: Binding): string | undefined =>
  constraint.check(type, names);

/** Reads the declared attributes as plain values and checks them against their domains. */
export function bindAttributes(
  definition: OpDefinition,
  get: (name: string) => Attribute | undefined,
): { readonly values: Record<string, unknown>; readonly error: string | undefined } {
  const values: Record<string, unknown> = {};
  for (const { name, kind } of definition.attributes) {
    const stored = get(name);
    if (stored === undefined) {
      if (kind.presence === 'required')
        return { values, error: `attribute '${name}' is missing, expected ${kind.text}` };
      values[name] = kind.default;
      continue;
    }
    const value = kind.read(stored);
    if (value === undefined) return { values, error: `attribute '${name}' is ${brief(stored)}, expected ${kind.text}` };
    if (!contains(kind.domain, value))
      return { values, error: `attribute '${name}' is ${brief(stored)}, expected ${describe(kind.domain)}` };
    values[name] = value;
  }
  return { values, error: undefined };
}

const brief = (attribute: Attribute): string =>
  attribute.kind === 'dense' ? `dense elements of ${attribute.type.text}` : attribute.text;

/** Binds operand types and attributes, derives the other dimensions, and asks `verify`. */
export function bindOperands(
  definition: OpDefinition,
  operandTypes: readonly Type[],
  sizes: readonly number[] | undefined,
  attributes: Readonly<Record<string, unknown>>,
): Bindings {
  const names: Binding = Object.create(null) as Binding;
  const bound = (): Readonly<Record<string, unknown>> => ({ ...names, ...attributes });
  const error =
    bindTypes(definition.operands, operandTypes, sizes, 'operand', names) ?? definition.verify?.(bound()) ?? undefined;
  if (error === undefined && definition.dims) Object.assign(names, definition.dims(bound()));
  return { names, attributes, error };
}

/** Binds all of an existing operation: operands, attributes, derived dimensions and results. */
export function bindOperation(operation: Operation, definition: OpDefinition): Bindings {
  const { values, error } = bindAttributes(definition, (name) => operation.attribute(name));
  if (error !== undefined) return { names: Object.create(null) as Binding, attributes: values, error };
  const types = (list: readonly Value[]): readonly Type[] => list.map((value) => value.type);
  const bound = bindOperands(definition, types(operation.operands), storedSegments(operation, operandSegments), values);
  if (bound.error !== undefined) return bound;
  const clash = bindTypes(
    definition.results,
    types(operation.results),
    storedSegments(operation, resultSegments),
    'result',
    bound.names,
  );
  return { ...bound, error: clash };
}
