/** Random rules, as text, that end: what a rule makes has a lower rank than what it takes away. */
import type { Random } from '../../tools/check/random.ts';

/** Types of random values. */
export const types = ['i32', 'i64', 'f32', 'index', 'tensor<2xi8>'] as const;
/** Attributes of random operations. */
export const attributes = [
  '0 : i32',
  '1 : i32',
  '7 : i64',
  '2.500000e+00 : f32',
  '"x"',
  'unit',
  'i32',
  '[1, "y"]',
  '@s',
  'true',
] as const;
/** Types that attributes have. */
const attributeTypes = ['i32', 'i64', 'f32', 'i1', 'none'] as const;
/** The names of attributes. */
export const keys = ['k', 'value', 'mode'] as const;
const highestRank = 6;

/** An operation's name: its rank, and one of two kinds. One of them is the name that upstream's native condition asks for. */
export const opName = (random: Random, rank: number): string =>
  random.once(2) ? `t.a${rank}` : rank === 3 ? 'test.op' : `t.b${rank}`;

interface Draft {
  /** Captured values with the text of their type, where it is said. */
  readonly values: { readonly name: string; readonly type: string | undefined }[];
  readonly rests: string[];
  readonly attributes: string[];
  readonly types: string[];
  readonly typeRests: string[];
  /** Operations with the number of results that are known. */
  readonly operations: { readonly name: string; readonly types: readonly string[]; readonly rest: boolean }[];
  readonly lines: string[];
  readonly conditions: string[];
  commutative: number;
}

/** The text of one rule. */
export function randomRule(random: Random, name: string, benefit: number): string {
  const draft: Draft = {
    values: [],
    rests: [],
    attributes: [],
    types: [],
    typeRests: [],
    operations: [],
    lines: [],
    conditions: [],
    commutative: 0,
  };
  const rank = 1 + random.below(highestRank);
  const before = random.below(4);
  const unread: string[] = [];
  for (let at = 0; at < before; at++) unread.push(matched(random, draft, `o${at}`, undefined, unread, false));
  const root = matched(random, draft, 'root', opName(random, rank), unread, true);
  if (random.once(4))
    draft.conditions.push(
      `${random.once(2) ? 'not ' : ''}single_entity_constraint(%${random.pick(draft.operations).name})`,
    );
  const [rest] = draft.rests;
  const [typeRest] = draft.typeRests;
  if (rest !== undefined && typeRest !== undefined && random.once(3))
    draft.conditions.push(`${random.once(2) ? 'not ' : ''}multi_entity_var_constraint(%${rest}..., !${typeRest}...)`);
  const where = draft.conditions.length > 0 ? [`  where ${draft.conditions.join(', ')}`] : [];
  const steps = rewrite(random, draft, root, rank);
  return [`rule ${name} benefit ${benefit} {`, ...draft.lines, ...where, '  =>', ...steps, '}', ''].join('\n');
}

/** Adds an operation to match; the root reads all that nothing reads yet. Gives its name. */
function matched(
  random: Random,
  draft: Draft,
  name: string,
  fixed: string | undefined,
  unread: string[],
  isRoot: boolean,
): string {
  const operands: string[] = [];
  const take = isRoot ? unread.splice(0) : unread.splice(0, random.below(2));
  for (const of of take) operands.push(resultOf(random, draft, of));
  for (let more = random.below(3); more > 0; more--) operands.push(operand(random, draft));
  if (operands.length > 1 && random.once(3)) operands.reverse();
  // Two of them are four orders, each a pattern of its own for the judge.
  const commutes = operands.length === 2 && draft.commutative < 2 && random.once(2);
  if (commutes) draft.commutative++;
  if (!commutes && random.once(4)) {
    const rest = draft.rests.length > 0 && random.once(2) ? random.pick(draft.rests) : `r${draft.rests.length}`;
    if (!draft.rests.includes(rest)) draft.rests.push(rest);
    operands.push(`%${rest}...`);
  }
  const entries: string[] = [];
  for (const key of keys) if (random.once(4)) entries.push(`${key} = ${matchedAttribute(random, draft)}`);
  const results: string[] = [];
  for (let more = isRoot ? random.below(3) : 1 + random.below(2); more > 0; more--) results.push(type(random, draft));
  const rest = random.once(4);
  // A list of types that stands twice is not compared by upstream's engine, so there is none here.
  const typeRest = `q${draft.typeRests.length}`;
  if (rest) draft.typeRests.push(typeRest);
  draft.operations.push({ name, types: [...results], rest });
  const op = fixed ?? (random.once(8) ? '_' : opName(random, random.below(highestRank + 1)));
  const written = rest ? [...results, `!${typeRest}...`] : results;
  const dictionary = entries.length > 0 ? ` {${entries.join(', ')}}` : '';
  draft.lines.push(
    `  %${name} = (${commutes ? 'commutative ' : ''}${op} ${operands.join(', ')}${dictionary} -> (${written.join(', ')}))`,
  );
  return name;
}

const resultOf = (random: Random, draft: Draft, of: string): string => {
  const known = draft.operations.find(({ name }) => name === of);
  return `%${of}#${random.below(known?.types.length ?? 1)}`;
};

function operand(random: Random, draft: Draft): string {
  if (draft.operations.length > 0 && random.once(4)) return resultOf(random, draft, random.pick(draft.operations).name);
  if (draft.values.length > 0 && random.once(3)) return `%${random.pick(draft.values).name}`;
  const name = `x${draft.values.length}`;
  const said = random.once(2) ? type(random, draft) : undefined;
  draft.values.push({ name, type: said });
  return said === undefined ? `%${name}` : `%${name} : ${said}`;
}

function type(random: Random, draft: Draft): string {
  if (random.once(3)) return random.pick(types);
  if (draft.types.length > 0 && random.once(2)) return `!${random.pick(draft.types)}`;
  const name = `t${draft.types.length}`;
  draft.types.push(name);
  return `!${name}`;
}

function matchedAttribute(random: Random, draft: Draft): string {
  if (random.once(3)) return random.pick(attributes);
  if (draft.attributes.length > 0 && random.once(3)) return `#${random.pick(draft.attributes)}`;
  const name = `c${draft.attributes.length}`;
  draft.attributes.push(name);
  if (!random.once(4)) return `#${name}`;
  // A type that nothing else asks for is not looked at by upstream, so that an attribute without one would pass.
  const known = draft.types;
  return `#${name} : ${known.length > 0 && random.once(2) ? `!${random.pick(known)}` : random.pick(attributeTypes)}`;
}

/** The steps of a rule whose root has rank `rank`. */
function rewrite(random: Random, draft: Draft, root: string, rank: number): readonly string[] {
  const known = draft.operations.find(({ name }) => name === root) as Draft['operations'][number];
  const steps: string[] = [];
  const made: { readonly name: string; readonly types: readonly string[] }[] = [];
  const given = (): string => {
    const pool = [
      ...draft.values.map(({ name }) => `%${name}`),
      ...draft.rests.map((name) => `%${name}...`),
      ...draft.operations
        .filter(({ name }) => name !== root)
        .flatMap(({ name, types }) => types.map((_, at) => `%${name}#${at}`)),
      ...made.flatMap(({ name, types }) => types.map((_, at) => `%${name}#${at}`)),
    ];
    return pool.length === 0 ? '' : random.pick(pool);
  };
  const make = (resultTypes: readonly string[] | undefined): string => {
    const operands: string[] = [];
    for (let more = random.below(4); more > 0; more--) {
      const one = given();
      if (one !== '') operands.push(one);
    }
    const entries = keys.flatMap((key) => (random.once(4) ? [`${key} = ${madeAttribute(random, draft)}`] : []));
    const name = `n${made.length}`;
    const dictionary = entries.length > 0 ? ` {${entries.join(', ')}}` : '';
    const arrow = resultTypes === undefined ? '' : ` -> (${resultTypes.join(', ')})`;
    steps.push(`  %${name} = (${opName(random, random.below(rank))} ${operands.join(', ')}${dictionary}${arrow})`);
    made.push({ name, types: (resultTypes ?? []).filter((one) => !one.endsWith('...')) });
    return name;
  };
  const madeType = (): string =>
    draft.types.length > 0 && random.once(2) ? `!${random.pick(draft.types)}` : random.pick(types);
  for (let more = random.below(3); more > 0; more--) make(Array.from({ length: random.below(3) }, madeType));
  const rest = known.rest ? [`!${draft.typeRests.at(-1) as string}...`] : [];
  if (!known.rest && known.types.length === 0 && random.once(2)) return [...steps, '  erase'];
  // One operation for all results, or one value for each.
  if (known.rest || random.once(2)) {
    const by = make(random.once(2) ? undefined : [...known.types, ...rest]);
    return [...steps, `  %${by}#...`];
  }
  const by = known.types.map((wanted) => {
    const fitting = draft.values.filter((value) => value.type === wanted);
    if (fitting.length > 0 && !random.once(3)) return `%${random.pick(fitting).name}`;
    return `%${make([wanted])}#0`;
  });
  const text = by.length === 0 ? `%${make([])}#...` : by.join(', ');
  return [...steps, `  ${text}`];
}

function madeAttribute(random: Random, draft: Draft): string {
  if (random.once(8)) return 'str_creator()';
  return draft.attributes.length > 0 && random.once(2) ? `#${random.pick(draft.attributes)}` : random.pick(attributes);
}
