/** Operands and attributes that a declaration accepts, drawn from the declaration alone. */
import {
  type Binding,
  contains,
  type Domain,
  type Draw,
  f32,
  type OpDefinition,
  type Type,
  type ValueConstraint,
} from '../../ir/index.ts';
import { Discarded } from './choices.ts';

/** What to call a builder with, apart from the values: operand types in groups, and attributes. */
export interface Signature {
  readonly operands: ReadonlyMap<string, readonly Type[]>;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Result types, where an element type is free. */
  readonly results: readonly Type[] | undefined;
}

/** Limits on what is drawn. */
export interface SignatureOptions {
  /** Element types that may be taken; all that a declaration allows when left out. */
  readonly elements?: readonly Type[];
  /** The largest extent of a dimension. */
  readonly extent?: number;
}

const attempts = 12;
const largestAttribute = 3;

/** A member of a domain; of a wide one, something small. */
function inDomain(domain: Domain, draw: Draw): unknown {
  switch (domain.kind) {
    case 'range': {
      const low = Math.max(domain.min, Math.min(0, domain.max));
      return draw.int(low, Math.min(domain.max, low + largestAttribute));
    }
    case 'list':
      return Array.from({ length: draw.int(domain.min, Math.min(domain.max, Math.max(domain.min, 4))) }, () =>
        inDomain(domain.each, draw),
      );
    case 'choice':
      return draw.of(domain.values);
    case 'any':
      return draw.int(-4, 4) / 2;
  }
}

function drawNames(definition: OpDefinition, draw: Draw, options: SignatureOptions): Binding {
  const names: Binding = Object.create(null) as Binding;
  const extent = (): number => draw.int(1, options.extent ?? 5);
  for (const { constraint } of definition.operands) {
    for (const dim of constraint.dims) {
      const name = dim.startsWith('...') ? dim.slice(3) : dim;
      if (/^\d+$/.test(name) || name in names) continue;
      names[name] = dim.startsWith('...') ? Array.from({ length: draw.int(0, 3) }, extent) : extent();
    }
    const { element } = constraint;
    if (element && !(element.variable in names)) {
      const among = element.among.length > 0 ? element.among : [f32];
      const allowed = options.elements ? among.filter((type) => options.elements?.includes(type)) : among;
      names[element.variable] = draw.of(element.among.length > 0 ? allowed : (options.elements ?? among));
    }
  }
  return names;
}

function typesOf(constraint: ValueConstraint, names: Readonly<Binding>, draw: Draw): readonly Type[] {
  const count = constraint.arity === 'one' ? 1 : constraint.arity === 'optional' ? draw.int(0, 1) : draw.int(1, 3);
  return Array.from({ length: count }, () => {
    const type = constraint.substitute(names);
    if (!type) throw new Discarded(`no type for ${constraint.text}`);
    return type;
  });
}

/** Draws a signature; throws `Discarded` when none was found in a few attempts. */
export function drawSignature(definition: OpDefinition, draw: Draw, options: SignatureOptions = {}): Signature {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const names = drawNames(definition, draw, options);
    const attributes: Record<string, unknown> = {};
    for (const { name, kind } of definition.attributes) {
      if (kind.presence === 'optional' && !draw.flag()) continue;
      attributes[name] = inDomain(kind.domain, draw);
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
    const operands = new Map(
      definition.operands.map(
        ({ name, constraint }) => [name, operandTypes?.[name] ?? typesOf(constraint, names, draw)] as const,
      ),
    );
    return { operands, attributes, results: freeResults(definition, names, attributes, draw) };
  }
  throw new Discarded(`no valid ${definition.opName}`);
}

/** Result types when some element type does not follow from the operands and has to be chosen. */
function freeResults(
  definition: OpDefinition,
  names: Readonly<Binding>,
  attributes: Readonly<Record<string, unknown>>,
  draw: Draw,
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
    if (element) bound[element.variable] = draw.of(element.among);
  const types = definition.results.map(({ constraint }) => constraint.substitute(bound));
  return types.every((type) => type !== undefined) ? types : undefined;
}
