/** The properties of arithmetic that are words: flags, roundings and comparisons. */
import {
  anything,
  type Attribute,
  type AttributeKind,
  dialectAttribute,
  type DialectAttribute,
  integerAttribute,
  type IntegerType,
  range,
} from '../../ir/index.ts';

/** The words of each kind of flags, in the order in which they are printed; `all` stands for all of them. */
const flagWords = {
  overflow: { words: ['nsw', 'nuw'], all: undefined, property: 'overflowFlags', separator: ', ' },
  fastmath: {
    words: ['reassoc', 'nnan', 'ninf', 'nsz', 'arcp', 'contract', 'afn'],
    all: 'fast',
    property: 'fastmath',
    separator: ',',
  },
} as const;
/** A kind of flags. */
export type Flag = keyof typeof flagWords;

/** The property that holds flags of this kind. */
export const flagProperty = (flag: Flag): string => flagWords[flag].property;
/** Every word that may stand among the flags. */
export const knownWords = (flag: Flag): readonly string[] => {
  const { words, all } = flagWords[flag];
  return ['none', ...words, ...(all === undefined ? [] : [all])];
};

function makeFlags(flag: Flag, given: readonly string[]): DialectAttribute {
  const { words, all, separator } = flagWords[flag];
  const kept = words.filter((word) => given.includes(word) || (all !== undefined && given.includes(all)));
  const text =
    kept.length === 0 ? 'none' : all !== undefined && kept.length === words.length ? all : kept.join(separator);
  return dialectAttribute('arith', `.${flag}<${text}>`);
}
const none = { overflow: makeFlags('overflow', []), fastmath: makeFlags('fastmath', []) };

/** The flags with these words, spelled as upstream spells them. */
export const flagsAttribute = (flag: Flag, words: readonly string[]): DialectAttribute =>
  words.length === 0 ? none[flag] : makeFlags(flag, words);

/** The words of flags; undefined where the attribute is something else. */
export function wordsOfFlags(flag: Flag, attribute: Attribute): readonly string[] | undefined {
  if (attribute === none[flag]) return [];
  if (attribute.kind !== 'dialect' || attribute.dialect !== 'arith') return undefined;
  const [, list] = new RegExp(`^\\.${flag}<(.*)>$`).exec(attribute.body) ?? [];
  const words = list?.split(',').map((word) => word.trim());
  return words?.every((word) => knownWords(flag).includes(word)) ? words.filter((word) => word !== 'none') : undefined;
}

/** Flags as a property; without any, `none` is stored, as upstream does. */
export const flags = (flag: Flag): AttributeKind<readonly string[], 'default'> => ({
  presence: 'default',
  default: [],
  domain: anything('flags'),
  text: `#arith.${flag}<…>`,
  read: (attribute) => wordsOfFlags(flag, attribute),
  write: (words) => flagsAttribute(flag, words),
});

/** A property that holds the number of one of some cases, of exactly this integer type. */
export const caseNumber = (count: number, type: IntegerType): AttributeKind<number, 'required'> => ({
  presence: 'required',
  default: undefined,
  domain: range(0, count - 1),
  text: type.text,
  read: (attribute) => (attribute.kind === 'integer' && attribute.type === type ? Number(attribute.value) : undefined),
  write: (value) => integerAttribute(value, type),
});

/** Roundings in the order of their stored numbers. */
export const roundings = ['to_nearest_even', 'downward', 'upward', 'toward_zero', 'to_nearest_away'] as const;
/** The name of a rounding. */
export type RoundingName = (typeof roundings)[number];
