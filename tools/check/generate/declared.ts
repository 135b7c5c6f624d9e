/** Operations drawn from nothing but their declarations. */
import {
  type AnyOp,
  type Binding,
  type Block,
  type Context,
  type OpDefinition,
  type Operation,
  type OpView,
  type Type,
  type Value,
  type ValueConstraint,
  VerifyError,
} from '../../../ir/index.ts';
import { Discarded } from '../choices.ts';
import { drawSignature } from '../signature.ts';
import type { Place } from './place.ts';
import type { TypePool } from './type-pool.ts';

type Maker = (args: Record<string, unknown>) => OpView;

/** The operations of a context that end a block and go nowhere, those for `owner` first. */
function terminatorsFor(owner: OpDefinition, context: Context): readonly AnyOp[] {
  const all = [...context.dialects.values()].flatMap(({ ops }) => Object.values(ops) as readonly AnyOp[]);
  const ends = all.filter(
    ({ definition: { traits, successors } }) => traits.has('terminator') && successors.length === 0,
  );
  const own = ends.filter(({ definition }) => definition.parents.includes(owner.opName));
  const dialect = owner.opName.split('.')[0];
  const free = ends.filter(
    ({ definition, opName }) => definition.parents.length === 0 && opName.split('.')[0] === dialect,
  );
  return [...own, ...free];
}

/** Draws an operation from its declaration. Throws `Discarded` where it cannot, and what it made is not valid. */
export function drawDeclared(op: AnyOp, place: Place, pool: TypePool, counts: boolean): OpView {
  const { definition } = op;
  const known = place.knownTypes();
  const choose = (constraint: ValueConstraint, names: Readonly<Binding>): Type | undefined => {
    const some = (): readonly Type[] => pool.some(place);
    const first = place.int(0, 3) > 0 && !counts ? () => known : () => [...known, ...some()];
    const lists = [first, some, () => pool.rare(place)];
    const fitting = pool.fitting(constraint, names, lists);
    return fitting.length > 0 ? place.rarest(fitting) : undefined;
  };
  const { operands, attributes, results } = drawSignature(definition, place, {
    elements: pool.elements,
    extent: 4,
    known,
    choose,
  });
  const args: Record<string, unknown> = { ...attributes };
  for (const { name, constraint } of definition.operands) {
    const values = (operands.get(name) ?? []).map((type) => place.value(type));
    args[name] = constraint.arity === 'variadic' ? values : values[0];
  }
  const types = results ?? (definition.inferTypes ? undefined : freeTypes(definition, operands, place, pool));
  const regions = definition.regions.some(({ many }) => many)
    ? { regionCount: definition.regions.length - 1 + place.int(0, 2) }
    : {};
  const view = build(place, op as unknown as Maker, { ...args, ...(types ? { types } : {}), ...regions });
  for (const region of view.operation.regions) fillRegion(view.operation, region.addBlock(), place);
  return view;
}

function build(place: Place, make: Maker, args: Record<string, unknown>): OpView {
  try {
    return place.build(() => make(args));
  } catch (error) {
    if (error instanceof VerifyError || error instanceof RangeError) throw new Discarded(error.message);
    throw error;
  }
}

/** Result types where the operands may not tell; undefined where the builder finds them. */
function freeTypes(
  { operands, results }: OpDefinition,
  groups: ReadonlyMap<string, readonly Type[]>,
  place: Place,
  pool: TypePool,
): readonly Type[] | undefined {
  if (results.every(({ constraint }) => constraint.form !== 'other')) return undefined;
  const names: Binding = {};
  // Names that operands bind, such as the one type of all values.
  for (const { name, constraint } of operands) for (const type of groups.get(name) ?? []) constraint.check(type, names);
  const given = [...groups.values()].flat();
  return results.flatMap(({ constraint }) => {
    const count = constraint.arity === 'one' ? 1 : place.int(0, 2);
    return Array.from({ length: count }, () => {
      const known = constraint.substitute(names);
      if (known) return known;
      const near = given.length > 0 && place.int(0, 3) > 0 ? pool.near(place.of(given), place) : [];
      const fitting = pool.fitting(constraint, names, [() => near, () => pool.some(place), () => pool.rare(place)]);
      if (fitting.length === 0) throw new Discarded(`no type for ${constraint.text}`);
      return place.of(fitting);
    });
  });
}

/** One block without arguments, which gives what the operation gives. */
function fillRegion(owner: Operation, block: Block, place: Place): void {
  const { definition } = owner;
  if (!definition) return;
  place.fill(block, () => {
    if (definition.traits.has('no-terminator')) return;
    const ends = terminatorsFor(definition, owner.context);
    if (ends.length === 0) throw new Discarded(`nothing is known to end a region of ${definition.opName}`);
    end(place.of(ends), owner, place);
  });
}

/** Ends a block with an operation that takes the values which the operation around gives, where it can. */
function end(op: AnyOp, owner: Operation, place: Place): void {
  const { operands, attributes } = op.definition;
  const wanted = owner.results.map(({ type }) => type);
  const args: Record<string, unknown> = {};
  for (const { name, constraint } of operands) {
    const types = constraint.arity === 'variadic' ? wanted.splice(0) : wanted.splice(0, 1);
    const values = types.map((type): Value => place.value(type));
    if (values.length === 0 && constraint.arity === 'one')
      values.push(place.valueWhere((type) => constraint.check(type, {}) === undefined));
    args[name] = constraint.arity === 'variadic' ? values : values[0];
  }
  if (attributes.some(({ kind }) => kind.presence === 'required')) throw new Discarded(`${op.opName} needs attributes`);
  build(place, op as unknown as Maker, args);
}
