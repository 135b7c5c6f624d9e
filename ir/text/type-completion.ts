/** The types that an assembly format leaves out, from those that it says and the declaration. */
import { bindAttributes, bindOperands } from '../binding.ts';
import type { Attribute } from '../attribute.ts';
import type { Binding, ValueConstraint } from '../constraint.ts';
import type { OpDefinition } from '../definition.ts';
import type { Type } from '../type.ts';
import type { Value } from '../value.ts';

/** The types of a declared group, when they are known. */
export type KnownTypes = readonly Type[] | undefined;

const bindGroup = (constraint: ValueConstraint, types: readonly Type[], names: Binding): void => {
  // A type that does not fit is the verifier's to report; here it only does not help.
  for (const type of types) constraint.check(type, names);
};

const anyKnown = (groups: readonly KnownTypes[]): Type | undefined => groups.find((types) => types?.length)?.[0];

/** The types of all operands in order, or why they do not follow. */
export function completeOperands(
  definition: OpDefinition,
  known: readonly KnownTypes[],
  sizes: readonly number[],
  results: readonly KnownTypes[],
): readonly Type[] | string {
  const types: Type[] = [];
  let names: Binding | undefined;
  const bound = (): Binding => {
    if (names) return names;
    names = Object.create(null) as Binding;
    for (const [at, { constraint }] of definition.operands.entries()) bindGroup(constraint, known[at] ?? [], names);
    for (const [at, { constraint }] of definition.results.entries()) bindGroup(constraint, results[at] ?? [], names);
    return names;
  };
  const shared = definition.traits.has('same-operands-and-result-type')
    ? (anyKnown(known) ?? anyKnown(results))
    : undefined;
  for (const [at, { name, constraint }] of definition.operands.entries()) {
    const said = known[at];
    const size = sizes[at] as number;
    if (said) {
      if (said.length !== size) return `operand '${name}' has ${size} values and ${said.length} types`;
      types.push(...said);
    } else if (size > 0) {
      const type = shared ?? constraint.substitute(bound());
      if (!type) return `the type of operand '${name}' does not follow from the types that are said`;
      for (let i = 0; i < size; i++) types.push(type);
    }
  }
  return types;
}

/** The types of all results in order, or why they do not follow. */
export function completeResults(
  definition: OpDefinition,
  operands: readonly Value[],
  sizes: readonly number[],
  known: readonly KnownTypes[],
  attributes: ReadonlyMap<string, Attribute>,
): readonly Type[] | string {
  if (known.every((types) => types !== undefined)) return (known as readonly (readonly Type[])[]).flat();
  if (definition.inferTypes) return definition.inferTypes(operands, attributes);
  if (definition.traits.has('same-operands-and-result-type') && operands[0]) {
    const { type } = operands[0];
    return definition.results.flatMap((_, at) => known[at] ?? [type]);
  }
  const read = bindAttributes(definition, (name) => attributes.get(name));
  if (read.error !== undefined) return read.error;
  const bound = bindOperands(
    definition,
    operands.map((value) => value.type),
    sizes,
    read.values,
  );
  if (bound.error !== undefined) return bound.error;
  for (const [at, { constraint }] of definition.results.entries()) bindGroup(constraint, known[at] ?? [], bound.names);
  const types: Type[] = [];
  for (const [at, { name, constraint }] of definition.results.entries()) {
    const said = known[at] ?? (constraint.arity === 'one' ? [constraint.substitute(bound.names)] : []);
    for (const type of said) {
      if (!type) return `the type of result '${name}' does not follow from the operands and attributes`;
      types.push(type);
    }
  }
  return types;
}
