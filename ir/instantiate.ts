/** Making an operation from its declaration: names in, a verified detached operation out. */
import { ambientContext, ambientLocation } from './ambient.ts';
import { denseArrayAttribute } from './attribute.ts';
import { bindAttributes, bindOperands } from './binding.ts';
import type { Context } from './context.ts';
import type { OpDefinition, ValueDefinition } from './definition.ts';
import type { NamedAttribute } from './dictionary-table.ts';
import type { Extra, OpView, ValueLike } from './op.ts';
import { Operation } from './operation.ts';
import { i32, type Type, typeOfId } from './type.ts';
import { Value } from './value.ts';
import { operandSegments } from './view.ts';

/** An operation was asked for that its declaration does not allow. */
export class VerifyError extends Error {}

/** The value meant by a value, an operation or a view of one. */
export function valueOf(like: ValueLike): Value {
  if (like instanceof Value) return like;
  return (like instanceof Operation ? like : (like as OpView).operation).result(0);
}

/** What stays the same from one call to the next, and what the last calls were found to give. */
interface Plan {
  readonly free: number;
  readonly regions: number;
  readonly memos: Memo[];
  next: number;
}
/** A checked call: types and attributes are interned, so equal keys give equal results. */
interface Memo {
  readonly key: readonly number[];
  /** Undefined where names do not decide them. */
  readonly types: readonly Type[] | undefined;
  /** The first result whose type names do not decide. */
  readonly unknown: string | undefined;
}
const memoLimit = 4;
const plans = new WeakMap<OpDefinition, Plan>();

function planOf(definition: OpDefinition): Plan {
  let plan = plans.get(definition);
  if (!plan) {
    const free = definition.operands.filter(({ constraint }) => constraint.arity !== 'one').length;
    plan = { free, regions: definition.regions.filter((region) => !region.many).length, memos: [], next: 0 };
    plans.set(definition, plan);
  }
  return plan;
}

function recall(memos: readonly Memo[], key: readonly number[]): Memo | undefined {
  for (let at = 0; at < memos.length; at++) {
    const memo = memos[at] as Memo;
    if (memo.key.length !== key.length) continue;
    let same = 0;
    while (same < key.length && memo.key[same] === key[same]) same++;
    if (same === key.length) return memo;
  }
  return undefined;
}

const fail = (definition: OpDefinition, message: string): never => {
  throw new VerifyError(`${definition.opName}: ${message}`);
};

/** Adds an operand without making a handle for a result, and its type to the key. */
function addOperand(
  definition: OpDefinition,
  name: string,
  like: ValueLike,
  operands: (Value | Operation)[],
  key: number[],
): void {
  const given = like instanceof Value || like instanceof Operation ? like : (like as OpView).operation;
  const { id } = given;
  if (id < 0) fail(definition, `operand '${name}' was erased`);
  const { columns } = given.context;
  if (given instanceof Operation && columns.opResultCount[id] === 0)
    fail(definition, `operand '${name}' is '${given.name}', which has no result`);
  operands.push(given);
  key.push(columns.valueType[given instanceof Value ? id : (columns.opResults[id] as number)] as number);
}

/** Makes a detached operation; throws a `VerifyError` that names the part that does not fit. */
export function instantiate(definition: OpDefinition, args: Readonly<Record<string, unknown>>): Operation {
  const plan = planOf(definition);
  const operands: (Value | Operation)[] = [];
  const sizes: number[] = [];
  const key: number[] = [];
  const declared = definition.operands;
  for (let at = 0; at < declared.length; at++) {
    const { name, constraint } = declared[at] as ValueDefinition;
    const given = args[name];
    const before = operands.length;
    if (constraint.arity === 'variadic')
      for (const like of (given ?? []) as readonly ValueLike[]) addOperand(definition, name, like, operands, key);
    else if (given !== undefined) addOperand(definition, name, given as ValueLike, operands, key);
    else if (constraint.arity === 'one') fail(definition, `operand '${name}' is missing`);
    if (plan.free > 0) sizes.push(operands.length - before);
  }
  const typeCount = key.length;
  const entries: NamedAttribute[] = [];
  for (const { name, kind } of definition.attributes) {
    const given = args[name] ?? (kind.presence === 'default' ? kind.default : undefined);
    if (given !== undefined) entries.push({ name, value: kind.write(given), property: true });
    key.push(given === undefined ? 0 : (entries.at(-1) as NamedAttribute).value.id);
  }
  if (plan.free > 1) entries.push({ name: operandSegments, value: denseArrayAttribute(sizes, i32), property: true });
  if (plan.free > 0) key.push(...sizes);

  const memo = recall(plan.memos, key) ?? check(definition, plan, entries, key, typeCount, sizes);
  const extra = args as Extra;
  const context: Context =
    operands[0]?.context ?? ambientContext() ?? fail(definition, 'has no operands, so it needs `within(context, …)`');
  const types = extra.types ?? memo.types ?? inferred(definition, memo, entries, operands);
  const location = extra.location ?? ambientLocation();
  const regions = extra.regionCount ?? plan.regions;
  if (entries.length === 0 && regions === 0 && location.kind === 'unknown' && !extra.successors)
    return context.create(definition.opName, operands, types);
  return context.create(definition.opName, operands, types, {
    attributes: entries,
    location,
    regions,
    ...(extra.successors ? { successors: extra.successors } : {}),
  });
}

/** Checks a call that was not seen before, and keeps what its results are. */
function check(
  definition: OpDefinition,
  plan: Plan,
  entries: readonly NamedAttribute[],
  key: readonly number[],
  typeCount: number,
  sizes: readonly number[],
): Memo {
  const read = bindAttributes(definition, (name) => entries.find((entry) => entry.name === name)?.value);
  if (read.error !== undefined) fail(definition, read.error);
  const types = key.slice(0, typeCount).map(typeOfId);
  const bound = bindOperands(definition, types, sizes, read.values);
  if (bound.error !== undefined) fail(definition, bound.error);
  const results = definition.inferTypes
    ? []
    : definition.results.map(({ name, constraint }) => constraint.substitute(bound.names) ?? name);
  const unknown = results.find((type) => typeof type === 'string') as string | undefined;
  const known = !definition.inferTypes && unknown === undefined;
  const memo: Memo = { key, types: known ? (results as Type[]) : undefined, unknown };
  plan.memos[plan.next] = memo;
  plan.next = (plan.next + 1) % memoLimit;
  return memo;
}

/** The result types where operand types and attributes do not give them. */
function inferred(
  definition: OpDefinition,
  memo: Memo,
  entries: readonly NamedAttribute[],
  operands: readonly (Value | Operation)[],
): readonly Type[] {
  if (definition.inferTypes)
    return definition.inferTypes(operands.map(valueOf), new Map(entries.map((entry) => [entry.name, entry.value])));
  return fail(definition, `the type of result '${memo.unknown}' does not follow from the operands; give 'types'`);
}
