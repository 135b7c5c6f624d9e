/** Programs that a rule can match: templates with types, constants and attributes filled in. */
import { builtin } from '../../dialects/builtin/index.ts';
import { func } from '../../dialects/func/index.ts';
import {
  type Attribute,
  Builder,
  Context,
  type Dialect,
  f32,
  functionType,
  type NamedAttribute,
  type Operation,
  type Type,
  type Value,
  verify,
  within,
} from '../../ir/index.ts';
import { Random } from '../check/random.ts';
import { constantsOf, isWide, settingsOf, typesAround } from './choices.ts';
import type { Template } from './template.ts';
import { type Part, partsOf } from './template-types.ts';

/** One program. */
export interface Instance {
  readonly module: Operation;
  /** The function whose last operation before the return is what the rule starts from. */
  readonly function: Operation;
}

/** The only function of a module. */
export const functionIn = (module: Operation): Operation => module.region().entry?.first as Operation;
/** What the rule starts from. */
export const rootIn = (of: Operation): Operation => of.region().entry?.last?.previous as Operation;

/**
 * Programs of one template and types are not tried beyond so many; with several constants there are soon too many, and
 * numbers of a wide range are tried in many types.
 */
function mostSettings(slots: readonly Slot[], ofWide: number): number {
  if (slots.some(({ isWide }) => isWide)) return ofWide;
  return slots.filter(({ isConstant }) => isConstant).length > 1 ? 500 : 1500;
}
/** Settings of numbers of a wide range that are tried with each typing unless another number is given. */
export const usualSettings = 80;

type Types = ReadonlyMap<string, Type>;
interface Slot {
  readonly part: number;
  readonly name: string;
  readonly options: readonly (Attribute | undefined)[];
  readonly isConstant: boolean;
  /** Whether only some of very many settings are among the options. */
  readonly isWide: boolean;
  /** The earlier slot whose attribute it must have. */
  readonly like: number | undefined;
}

/** Every valid way to give types to the values of a template, the main type at the root. */
function* typings(
  parts: readonly Part[],
  classes: ReturnType<typeof partsOf>['classes'],
  main: Type,
): Generator<Types> {
  const keys = [...new Set(parts.flatMap(({ operands, results }) => [...operands, ...results]))];
  const root = parts.at(-1) as Part;
  const open = classes.open;
  const leading = classes.of(root.operands.at(-1) ?? (root.results[0] as string));
  const first = open.includes(leading) ? leading : open[0];
  const others = open.filter((one) => one !== first);
  const around = typesAround(main);
  for (let count = 0; count < around.length ** others.length; count++) {
    const chosen = new Map<string, Type>(first === undefined ? [] : [[first, main]]);
    let rest = count;
    for (const other of others) {
      chosen.set(other, around[rest % around.length] as Type);
      rest = Math.floor(rest / around.length);
    }
    yield new Map(keys.map((key) => [key, (classes.typeOf(key) ?? chosen.get(classes.of(key))) as Type]));
  }
}

function slotsOf(parts: readonly Part[], types: Types): readonly Slot[] {
  const constants = parts.filter(({ definition }) => definition.traits.has('constant-like')).length;
  const captures = new Map<string, number>();
  const slots: Slot[] = [];
  const main = types.get((parts.at(-1) as Part).operands.at(-1) ?? '') ?? f32;
  for (const [part, { definition, attributes, results }] of parts.entries())
    for (const declared of definition.attributes) {
      const asked = attributes.find(({ name }) => name === declared.name)?.value;
      const capture = asked?.kind === 'attribute' ? asked.name : undefined;
      const isConstant = definition.traits.has('constant-like') && declared.name === 'value';
      const options =
        asked?.kind === 'given-attribute'
          ? [asked.value]
          : isConstant
            ? constantsOf(types.get(results[0] as string) as Type, constants === 1)
            : settingsOf(declared, main);
      slots.push({
        part,
        name: declared.name,
        options,
        isConstant,
        isWide: asked === undefined || capture !== undefined ? isWide(declared) : false,
        like: capture === undefined ? undefined : captures.get(capture),
      });
      if (capture !== undefined && !captures.has(capture)) captures.set(capture, slots.length - 1);
    }
  return slots;
}

/** The settings of all slots: each combination, or some at random where there are too many. */
function* settings(
  slots: readonly Slot[],
  ofWide: number,
  stream: number,
): Generator<readonly (Attribute | undefined)[]> {
  const sizes = slots.map(({ options, like }) => (like === undefined ? options.length : 1));
  const total = sizes.reduce((product, size) => product * size, 1);
  const most = mostSettings(slots, ofWide);
  // Of wide ranges little is tried with each typing, and so something else with each.
  const random = new Random(1, slots.length + (slots.some(({ isWide }) => isWide) ? 64 * stream : 0));
  for (let count = 0; count < Math.min(total, most); count++) {
    let rest = count;
    const chosen: (Attribute | undefined)[] = [];
    for (const [at, { options, like, isWide }] of slots.entries()) {
      const size = sizes[at] as number;
      // What stands first among the numbers of a wide range matters most.
      const pick = total <= most ? rest % size : random.below(isWide ? 1 + random.below(size) : size);
      chosen.push(like === undefined ? options[pick] : chosen[like]);
      rest = Math.floor(rest / size);
    }
    yield chosen;
  }
}

/** The program with these types and attributes; undefined where it is not valid. */
function build(
  parts: readonly Part[],
  types: Types,
  slots: readonly Slot[],
  chosen: readonly (Attribute | undefined)[],
  context: Context,
): Instance | undefined {
  const inputs = [...new Set(parts.flatMap(({ operands }) => operands))].filter((key) => key.startsWith('value '));
  const inputTypes = inputs.map((key) => types.get(key) as Type);
  const outputTypes = (parts.at(-1) as Part).results.map((key) => types.get(key) as Type);
  const { module, main } = within(context, { kind: 'unknown' }, () => ({
    module: builtin.ops.module({}).operation,
    main: func.ops.func({ sym_name: 'rule', function_type: functionType(inputTypes, outputTypes) }).operation,
  }));
  (module.region().entry ?? module.region().addBlock()).append(main);
  const block = main.region().addBlock(inputTypes);
  const values = new Map<string, Value>(inputs.map((key, at) => [key, block.argument(at)]));
  for (const [at, { definition, operands, results }] of parts.entries()) {
    const attributes = slots.flatMap(({ part, name }, slot): readonly NamedAttribute[] => {
      const value = chosen[slot];
      return part === at && value ? [{ name, value, property: true }] : [];
    });
    const operation = context.create(
      definition.opName,
      operands.map((key) => values.get(key) as Value),
      results.map((key) => types.get(key) as Type),
      { attributes },
    );
    block.append(operation);
    for (const [index, key] of results.entries()) values.set(key, operation.result(index));
  }
  const root = block.last as Operation;
  Builder.atEnd(block).build(() => func.ops.return({ operands: root.results }));
  if (verify(module).length === 0) return { module, function: main };
  module.erase();
  return undefined;
}

const contextOf = (dialects: readonly Dialect[]): Context => new Context([...new Set([builtin, func, ...dialects])]);

/** Whether a template has types to choose. Throws `Untried` where it has no programs. */
export const hasOpenTypes = (template: Template, dialects: readonly Dialect[]): boolean =>
  partsOf(template, contextOf(dialects)).classes.open.length > 0;

/** The valid programs of a template with values of the main type. Throws `Untried` where it is known to have none. */
export function* instances(
  template: Template,
  main: Type,
  dialects: readonly Dialect[],
  ofWide: number = usualSettings,
): Generator<Instance> {
  const context = contextOf(dialects);
  const { parts, classes } = partsOf(template, context);
  let typing = 0;
  for (const types of typings(parts, classes, main)) {
    typing++;
    const slots = slotsOf(parts, types);
    if (slots.some(({ options }) => options.length === 0)) continue;
    let refused = 0;
    for (const chosen of settings(slots, ofWide, typing)) {
      const made = build(parts, types, slots, chosen, context);
      if (made) yield made;
      // Where the types do not fit, no attributes will help.
      else if (++refused > 1) break;
    }
  }
}
