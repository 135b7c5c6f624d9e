/**
 * Knobs: what a pass lets its user choose. One declaration is the pipeline and command-line
 * option, the documentation, the search space of the tuner and the generator of the tests.
 */
import { anything, choice, contains, describe, type Domain, range } from '../ir/domain.ts';

/** One choice: its values, the one taken when nothing is said, and how it is written. */
export interface Knob<T = unknown> {
  readonly default: T;
  readonly doc: string;
  readonly domain: Domain<T>;
  /** The value that `text` writes; undefined when it writes none. */
  parse(text: string): T | undefined;
}
/** The knobs of a pass by their TypeScript names. */
export type Knobs = Readonly<Record<string, Knob>>;
/** One value for each knob. */
export type Settings<K extends Knobs = Knobs> = {
  readonly [N in keyof K]: K[N] extends Knob<infer T> ? T : never;
};
/** No knobs at all. */
export type NoKnobs = Readonly<Record<never, never>>;

const number = (text: string): number | undefined => (/^-?\d+$/.test(text) ? Number(text) : undefined);

/** Makers of knobs: domain, default and one sentence of documentation. */
export const knob = {
  /** On or off, written `true` or `false`; the bare name means `true`. */
  flag: (byDefault: boolean, doc: string): Knob<boolean> => ({
    default: byDefault,
    doc,
    domain: choice([false, true]),
    parse: (text) =>
      text === 'true' || text === '1' || text === '' ? true : text === 'false' || text === '0' ? false : undefined,
  }),
  /** One of some words. */
  oneOf: <const T extends string>(values: readonly T[], byDefault: NoInfer<T>, doc: string): Knob<T> => ({
    default: byDefault,
    doc,
    domain: choice(values),
    parse: (text) => values.find((value) => value === text),
  }),
  /** An integer from `min` to `max`, both included. */
  int: (min: number, max: number, byDefault: number, doc: string): Knob<number> => ({
    default: byDefault,
    doc,
    domain: range(min, max),
    parse: number,
  }),
  /** Text of a form that the pass reads itself, `form` for the reader; in pipelines it ends at a space. */
  text: (byDefault: string, form: string, doc: string): Knob<string> => ({
    default: byDefault,
    doc,
    domain: anything(form),
    parse: (text) => text,
  }),
  /** A power of two from `min` to `max`, both included and powers of two themselves. */
  powerOfTwo: (min: number, max: number, byDefault: number, doc: string): Knob<number> => ({
    default: byDefault,
    doc,
    domain: choice(Array.from({ length: Math.log2(max / min) + 1 }, (_, exponent) => min * 2 ** exponent)),
    parse: number,
  }),
};

/** How a knob is called in text: `doubleBuffer` is `double-buffer`. */
export const kebabCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The TypeScript name of the knob that text calls `written`; undefined when there is none. */
export const knobNamed = (knobs: Knobs, written: string): string | undefined =>
  Object.keys(knobs).find((name) => kebabCase(name) === written || name === written);

/** The value of each knob when nothing is said. */
export const defaultSettings = <K extends Knobs>(knobs: K): Settings<K> =>
  Object.freeze(
    Object.fromEntries(Object.entries(knobs).map(([name, { default: value }]) => [name, value])),
  ) as Settings<K>;

/** The defaults with `changes`; throws a `RangeError` that names the knob and what it allows. */
export function settingsWith<K extends Knobs>(knobs: K, changes: Partial<Settings<K>>): Settings<K> {
  for (const [name, value] of Object.entries(changes)) {
    const declared = Object.hasOwn(knobs, name) ? knobs[name] : undefined;
    if (!declared) throw new RangeError(unknownKnob(knobs, name));
    if (!contains(declared.domain, value)) throw new RangeError(outOfDomain(name, declared, String(value)));
  }
  return Object.freeze({ ...defaultSettings(knobs), ...changes }) as Settings<K>;
}

/** What a reader is told when no knob has a name. */
export const unknownKnob = (knobs: Knobs, written: string): string => {
  const known = Object.keys(knobs).map((name) => `'${kebabCase(name)}'`);
  const expected = known.length === 0 ? 'none: there are no knobs' : known.join(', ');
  return `no knob is called '${written}', expected ${expected}`;
};

const outOfDomain = (name: string, declared: Knob, found: string): string =>
  `knob '${kebabCase(name)}' is '${found}', expected ${describe(declared.domain)}`;

/** The knob and value that `key=value` writes, or why it writes none. */
export function parseSetting(
  knobs: Knobs,
  key: string,
  text: string,
): { readonly name: string; readonly value: unknown } | { readonly error: string } {
  const name = knobNamed(knobs, key);
  if (name === undefined) return { error: unknownKnob(knobs, key) };
  const declared = knobs[name] as Knob;
  const value = declared.parse(text);
  if (value === undefined || !contains(declared.domain, value)) return { error: outOfDomain(name, declared, text) };
  return { name, value };
}

/**
 * Where the value of a knob that begins at `start` ends: at a space, a comma or a bracket. Free text
 * may have commas, and brackets that it closes itself.
 */
export function settingEnd(text: string, start: number, declared: Knob | undefined): number {
  const free = declared?.domain.kind === 'any';
  let open = 0;
  let at = start;
  for (; at < text.length; at++) {
    const symbol = text[at] as string;
    if (free && /[({[]/.test(symbol)) open++;
    else if (free && open > 0 && /[)}\]]/.test(symbol)) open--;
    else if (open === 0 && (free ? /[\s(){}]/ : /[\s,(){}]/).test(symbol)) break;
  }
  return at;
}

/** Settings from `key=value` pairs separated by commas or spaces; throws a `RangeError`. */
export function parseSettings<K extends Knobs>(knobs: K, text: string): Settings<K> {
  const changes: Record<string, unknown> = {};
  const separators = /[\s,]*/y;
  const keys = /[^\s,=]*(=?)/y;
  for (;;) {
    separators.lastIndex = keys.lastIndex;
    separators.exec(text);
    keys.lastIndex = separators.lastIndex;
    if (keys.lastIndex >= text.length) break;
    const [written = '', equals] = keys.exec(text) ?? [];
    const key = equals ? written.slice(0, -1) : written;
    const start = keys.lastIndex;
    const end = equals ? settingEnd(text, start, knobs[knobNamed(knobs, key) ?? '']) : start;
    const parsed = parseSetting(knobs, key, text.slice(start, end));
    if ('error' in parsed) throw new RangeError(parsed.error);
    changes[parsed.name] = parsed.value;
    keys.lastIndex = end;
  }
  return settingsWith(knobs, changes as Partial<Settings<K>>);
}

/** The settings that differ from the defaults, as `key=value` separated by spaces. */
export const printSettings = (knobs: Knobs, settings: Settings): string =>
  Object.entries(knobs)
    .filter(([name, { default: value }]) => settings[name] !== value)
    .map(([name]) => `${kebabCase(name)}=${String(settings[name])}`)
    .join(' ');
