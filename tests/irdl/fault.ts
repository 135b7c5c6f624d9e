/** Ways to damage a valid operation, all of which IRDL has words for. */
import {
  type Attribute,
  type AttributeDefinition,
  dictionaryAttribute,
  type Draw,
  f16,
  f32,
  floatAttribute,
  i32,
  integerAttribute,
  isShaped,
  memrefType,
  type ShapedType,
  stringAttribute,
  symbolAttribute,
  tensorType,
  type Type,
  typeAttribute,
  type ValueDefinition,
  vectorType,
} from '../../ir/index.ts';
import { segments } from '../../ir/view.ts';
import type { Plan } from './plan.ts';

/** A kind of damage; undefined where an operation offers nothing to damage. */
export interface Fault {
  readonly title: string;
  damage(plan: Plan, draw: Draw): Plan | undefined;
}

type Side = 'operands' | 'results';

const counts = (declared: readonly ValueDefinition[]): readonly [number, number] => [
  declared.filter(({ constraint }) => constraint.arity === 'one').length,
  declared.some(({ constraint }) => constraint.arity === 'variadic') ? Number.POSITIVE_INFINITY : declared.length,
];

const without = <T>(list: readonly T[], at: number): readonly T[] => list.filter((_, index) => index !== at);
const replaced = <T>(list: readonly T[], at: number, by: T): readonly T[] =>
  list.map((old, i) => (i === at ? by : old));

const tooFew = (side: Side): Fault => ({
  title: `too few ${side}`,
  damage: (plan, draw) => {
    const [least] = counts(plan.definition[side]);
    const types = plan[side];
    if (types.length !== least || least === 0) return undefined;
    return { ...plan, [side]: without(types, draw.int(0, least - 1)) };
  },
});

const tooMany = (side: Side): Fault => ({
  title: `too many ${side}`,
  damage: (plan, draw) => {
    const [, most] = counts(plan.definition[side]);
    const types = plan[side];
    if (types.length !== most) return undefined;
    return { ...plan, [side]: [...types, draw.of([...types, f32])] };
  },
});

/** Positions of the values of `side` with their declarations. */
function declaredValues(plan: Plan, side: Side): readonly { readonly at: number; readonly of: ValueDefinition }[] {
  const declared = plan.definition[side];
  const found = segments(
    declared.map(({ constraint }) => constraint.arity),
    plan[side].length,
    undefined,
  );
  return (found ?? []).flatMap(([first, count], group) =>
    Array.from({ length: count }, (_, i) => ({ at: first + i, of: declared[group] as ValueDefinition })),
  );
}

const otherKinds = (type: ShapedType): readonly Type[] => [
  type.element,
  type.kind === 'tensor' ? memrefType(type.shape as number[], type.element) : tensorType(type.shape as number[], f16),
  vectorType([4], type.element),
];

const wrongKind = (side: Side): Fault => ({
  title: `${side} of another kind of type`,
  damage: (plan, draw) => {
    const values = declaredValues(plan, side).filter(({ of }) => of.constraint.form !== 'other');
    if (values.length === 0) return undefined;
    const { at } = draw.of(values);
    return { ...plan, [side]: replaced(plan[side], at, draw.of(otherKinds(plan[side][at] as ShapedType))) };
  },
});

/** Of two values that are declared with the same extents and element variable, one gets another element type. */
const wrongElement: Fault = {
  title: 'element types that differ',
  damage: (plan, draw) => {
    const values = (['operands', 'results'] as const).flatMap((side) =>
      declaredValues(plan, side).map((value) => ({ ...value, side })),
    );
    const twins = values.filter(
      ({ of: { constraint } }) =>
        constraint.form === 'tensor' &&
        values.filter(
          ({ of: { constraint: other } }) =>
            other.text === constraint.text && other.element?.variable === constraint.element?.variable,
        ).length > 1,
    );
    if (twins.length === 0) return undefined;
    const { side, at } = draw.of(twins);
    const { shape, element } = plan[side][at] as ShapedType;
    return { ...plan, [side]: replaced(plan[side], at, tensorType(shape as number[], element === f32 ? f16 : f32)) };
  },
};

const wrongScalar: Fault = {
  title: 'operands of another exact type',
  damage: (plan, draw) => {
    const exact = declaredValues(plan, 'operands').filter(({ at, of: { constraint } }) => {
      const type = plan.operands[at] as Type;
      return !isShaped(type) && constraint.substitute({}) === type;
    });
    if (exact.length === 0) return undefined;
    return { ...plan, operands: replaced(plan.operands, draw.of(exact).at, draw.of<Type>([i32, f32])) };
  },
};

const attributes = (plan: Plan, wanted: (of: AttributeDefinition) => boolean): readonly string[] =>
  plan.definition.attributes.filter((of) => of.kind.presence !== 'optional' && wanted(of)).map(({ name }) => name);

const withAttribute = (plan: Plan, name: string, value: Attribute): Plan => ({
  ...plan,
  attributes: [...plan.attributes.filter((entry) => entry.name !== name), { name, value, property: true }],
});

const missingAttribute: Fault = {
  title: 'a missing attribute',
  damage: (plan, draw) => {
    const names = attributes(plan, ({ kind }) => kind.presence === 'required');
    if (names.length === 0) return undefined;
    const name = draw.of(names);
    return { ...plan, attributes: plan.attributes.filter((entry) => entry.name !== name) };
  },
};

const otherAttributes: readonly Attribute[] = [
  integerAttribute(1),
  floatAttribute(1, f32),
  stringAttribute('1'),
  symbolAttribute('one'),
  typeAttribute(i32),
  dictionaryAttribute([]),
];

const wrongAttribute: Fault = {
  title: 'an attribute of another kind',
  damage: (plan, draw) => {
    const names = attributes(plan, () => true);
    if (names.length === 0) return undefined;
    const name = draw.of(names);
    const kind = plan.definition.attributes.find((of) => of.name === name)?.kind;
    return withAttribute(
      plan,
      name,
      draw.of(otherAttributes.filter((attribute) => kind?.read(attribute) === undefined)),
    );
  },
};

const wrongWord: Fault = {
  title: 'a word that is not declared',
  damage: (plan, draw) => {
    const names = attributes(plan, ({ kind: { domain } }) => domain.kind === 'choice');
    return names.length === 0 ? undefined : withAttribute(plan, draw.of(names), stringAttribute('undeclared'));
  },
};

/** All kinds of faults. */
export const faults: readonly Fault[] = [
  tooFew('operands'),
  tooMany('operands'),
  tooFew('results'),
  tooMany('results'),
  wrongKind('operands'),
  wrongKind('results'),
  wrongElement,
  wrongScalar,
  missingAttribute,
  wrongAttribute,
  wrongWord,
  { title: 'a region too many', damage: (plan) => ({ ...plan, regions: plan.regions + 1 }) },
  { title: 'an undeclared operation', damage: (plan) => ({ ...plan, name: `${plan.name}_undeclared` }) },
];
