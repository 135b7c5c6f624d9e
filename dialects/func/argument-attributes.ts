/** Attributes of arguments and results: a list with one dictionary for each. */
import {
  anything,
  arrayAttribute,
  type AttributeKind,
  type DictionaryAttribute,
  optionalAttribute,
} from '../../ir/index.ts';

/** One dictionary for each argument, or each result, of a function or a call; may be absent. */
export const attributesOfEach: AttributeKind<readonly DictionaryAttribute[], 'optional'> = optionalAttribute({
  presence: 'required',
  default: undefined,
  domain: anything('dictionaries'),
  text: 'array of dictionary attributes',
  read: (attribute) => {
    if (attribute.kind !== 'array') return undefined;
    const dictionaries = attribute.elements.filter((element) => element.kind === 'dictionary');
    return dictionaries.length === attribute.elements.length ? dictionaries : undefined;
  },
  write: (dictionaries) => arrayAttribute(dictionaries),
});

/** What is wrong with such a list for `count` arguments or results. */
export function attributesOfEachError(
  what: 'argument' | 'result',
  list: readonly DictionaryAttribute[] | undefined,
  count: number,
): string | undefined {
  if (list === undefined) return undefined;
  if (list.length !== count)
    return (
      `expects ${what} attribute array to have the same number of elements as the number of function ${what}s, ` +
      `got ${list.length}, but expected ${count}`
    );
  const ownNames = list.some((dictionary) => [...dictionary.entries.keys()].some((name) => !name.includes('.')));
  return ownNames ? `${what}s may only have dialect attributes` : undefined;
}
