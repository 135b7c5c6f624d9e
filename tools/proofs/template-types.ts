/** Which values of a template have one type, and which types they may have. */
import {
  type Binding,
  type Context,
  f16,
  f32,
  i32,
  i8,
  type OpDefinition,
  tensorType,
  type Type,
  type ValueConstraint,
} from '../../ir/index.ts';
import { attributeType, type TypeTerm } from '../../rewrite/rules/index.ts';
import type { Template } from './template.ts';

/** A template cannot be tried; the message says why. */
export class Untried extends Error {}

const probes: readonly Type[] = [i8, i32, f16, f32, tensorType([2], f16), tensorType([2], f32), tensorType([3], f16)];

/** Whether two constraints of one declaration ask for one type: after the one, the other refuses what it takes alone. */
function goTogether(a: ValueConstraint, b: ValueConstraint): boolean {
  const alone = (constraint: ValueConstraint): readonly Type[] =>
    probes.filter((type) => constraint.check(type, {}) === undefined);
  const [first] = alone(a);
  if (!first) return false;
  const binding: Binding = {};
  a.check(first, binding);
  const others = alone(b).filter((type) => type !== first);
  return others.length > 0 && others.every((type) => b.check(type, { ...binding }) !== undefined);
}

/** Values by the type that they share. */
export class TypeClasses {
  private readonly parents: Map<string, string>;
  private readonly given: Map<string, Type>;

  constructor() {
    this.parents = new Map();
    this.given = new Map();
  }

  /** What stands for all that has the type of `key`. */
  of(key: string): string {
    const parent = this.parents.get(key);
    if (parent === undefined) this.parents.set(key, key);
    return parent === undefined || parent === key ? key : this.of(parent);
  }

  /** The two have one type. */
  unite(a: string, b: string): void {
    const [into, from] = [this.of(a), this.of(b)];
    if (into === from) return;
    const type = this.given.get(from);
    this.parents.set(from, into);
    if (type) this.fix(into, type);
  }

  /** This has the type `type`. */
  fix(key: string, type: Type): void {
    const known = this.given.get(this.of(key));
    if (known && known !== type) throw new Untried(`a value would have the types ${known.text} and ${type.text}`);
    this.given.set(this.of(key), type);
  }

  /** The type of a class, where it is known. */
  typeOf(key: string): Type | undefined {
    return this.given.get(this.of(key));
  }

  /** The classes whose types are not known. */
  get open(): readonly string[] {
    return [...new Set([...this.parents.keys()].map((key) => this.of(key)))].filter((key) => !this.given.has(key));
  }
}

/** One operation of a template with its declaration. */
export interface Part {
  readonly name: string;
  readonly definition: OpDefinition;
  /** What its operands are: `value NAME` or `NAME#RESULT`. */
  readonly operands: readonly string[];
  readonly results: readonly string[];
  readonly attributes: Template[number]['attributes'];
}

/** A captured value as a key of its class. */
const valueKey = (name: string): string => `value ${name}`;
/** A result as a key of its class. */
const resultKey = (of: string, at: number): string => `${of}#${at}`;

/** The parts of a template and which of their values share a type. Throws `Untried`. */
export function partsOf(
  template: Template,
  context: Context,
): { readonly parts: readonly Part[]; readonly classes: TypeClasses } {
  const classes = new TypeClasses();
  const apply = (key: string, term: TypeTerm | undefined): void => {
    if (term?.kind === 'given-type') classes.fix(key, term.value);
    else if (term) classes.unite(key, `type ${term.name}`);
  };
  const parts = template.map(({ name, opName, operands, restOperands, attributes, results }): Part => {
    const definition = opName === undefined ? undefined : context.definitionNamed(opName);
    if (!definition)
      throw new Untried(opName === undefined ? 'it matches any operation' : `'${opName}' is not declared`);
    const declared = [...definition.operands, ...definition.results];
    if (definition.regions.length > 0 || definition.successors.length > 0)
      throw new Untried(`'${definition.opName}' has regions or successors`);
    if (declared.some(({ constraint }) => constraint.arity !== 'one'))
      throw new Untried(`'${definition.opName}' takes or gives lists of values`);
    const more = definition.operands.length - operands.length;
    if (more < 0 || (more > 0 && restOperands === undefined))
      throw new Untried(`'${definition.opName}' has ${definition.operands.length} operands, never ${operands.length}`);
    const keys = operands.map(({ value }) =>
      value.kind === 'value' ? valueKey(value.name) : resultKey(value.of, value.at),
    );
    for (let at = 0; at < more; at++) keys.push(valueKey(`${restOperands}-${at}`));
    const made = definition.results.map((_, at) => resultKey(name, at));
    const all = [...keys, ...made];
    for (const [at, one] of declared.entries())
      for (let other = at + 1; other < declared.length; other++)
        if (goTogether(one.constraint, (declared[other] as typeof one).constraint))
          classes.unite(all[at] as string, all[other] as string);
    for (const key of all) classes.of(key);
    for (const [at, { type }] of operands.entries()) apply(keys[at] as string, type);
    for (const [at, term] of results.entries()) if (made[at] !== undefined) apply(made[at], term);
    if (definition.traits.has('constant-like'))
      for (const { value, type } of attributes) {
        apply(made[0] as string, type);
        const known = value.kind === 'given-attribute' ? attributeType(value.value) : undefined;
        if (known && known.kind !== 'function') classes.fix(made[0] as string, known);
      }
    return { name, definition, operands: keys, results: made, attributes };
  });
  return { parts, classes };
}
