/** Making an operation from its declaration: names in, a verified detached operation out. */
import { ambientContext, ambientLocation } from './ambient.ts';
import { type Attribute, denseArrayAttribute } from './attribute.ts';
import { bindAttributes, bindOperands } from './binding.ts';
import type { Context } from './context.ts';
import type { OpDefinition } from './definition.ts';
import type { NamedAttribute } from './dictionary-table.ts';
import type { Extra, OpView, ValueLike } from './op.ts';
import { Operation } from './operation.ts';
import { i32, type Type } from './type.ts';
import { Value } from './value.ts';
import { operandSegments } from './view.ts';

/** An operation was asked for that its declaration does not allow. */
export class VerifyError extends Error {}

/** The value meant by a value, an operation or a view of one. */
export function valueOf(like: ValueLike): Value {
  if (like instanceof Value) return like;
  return (like instanceof Operation ? like : (like as OpView).operation).result(0);
}

const isDefined = <T>(value: T | undefined): value is T => value !== undefined;

/** Makes a detached operation; throws a `VerifyError` that names the part that does not fit. */
export function instantiate(definition: OpDefinition, args: Readonly<Record<string, unknown>>): Operation {
  const fail = (message: string): never => {
    throw new VerifyError(`${definition.opName}: ${message}`);
  };
  const operands: Value[] = [];
  const sizes: number[] = [];
  for (const { name, constraint } of definition.operands) {
    const given = args[name];
    const list = constraint.arity === 'variadic' ? ((given ?? []) as readonly ValueLike[]) : [given as ValueLike].filter(isDefined);
    if (constraint.arity === 'one' && list.length === 0) fail(`operand '${name}' is missing`);
    sizes.push(list.length);
    for (const like of list) operands.push(valueOf(like));
  }
  const entries: NamedAttribute[] = [];
  for (const { name, kind } of definition.attributes) {
    const given = args[name] ?? (kind.presence === 'default' ? kind.default : undefined);
    if (given !== undefined) entries.push({ name, value: kind.write(given), property: true });
  }
  if (sizes.length > 0 && definition.operands.filter(({ constraint }) => constraint.arity !== 'one').length > 1)
    entries.push({ name: operandSegments, value: denseArrayAttribute(sizes, i32), property: true });

  const find = (name: string): Attribute | undefined => entries.find((entry) => entry.name === name)?.value;
  const read = bindAttributes(definition, find);
  if (read.error !== undefined) fail(read.error);
  const bound = bindOperands(definition, operands.map((value) => value.type), sizes, read.values);
  if (bound.error !== undefined) fail(bound.error);

  const extra = args as Extra;
  const context: Context = operands[0]?.context ?? ambientContext() ?? fail('has no operands, so it needs `within(context, …)`');
  const regionCount = extra.regionCount ?? definition.regions.filter((region) => !region.many).length;
  return context.create(definition.opName, operands, extra.types ?? inferred(), {
    attributes: entries,
    location: extra.location ?? ambientLocation(),
    regions: regionCount,
    ...(extra.successors ? { successors: extra.successors } : {}),
  });

  function inferred(): readonly Type[] {
    if (definition.inferTypes)
      return definition.inferTypes(operands, new Map(entries.map((entry) => [entry.name, entry.value])));
    return definition.results.map(
      ({ name, constraint }) =>
        constraint.substitute(bound.names) ?? fail(`the type of result '${name}' does not follow from the operands; give 'types'`),
    );
  }
}
