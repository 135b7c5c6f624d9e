/** The text of attributes and dictionaries as the printer writes it, with large data left out on request. */
import { type Attribute, arrayAttribute, dictionaryAttribute, entryText, verbatimAttribute } from '../attribute.ts';
import { DenseAttribute } from '../dense.ts';
import type { NamedAttribute } from '../dictionary-table.ts';
import { elementCount } from '../type.ts';

/** `attribute` with dense data of more than `limit` elements replaced by a mark. */
export function elideLarge(attribute: Attribute, limit: number): Attribute {
  if (attribute instanceof DenseAttribute) {
    const large = !attribute.splat && (elementCount(attribute.type.shape) ?? 0) > limit;
    return large ? verbatimAttribute(`dense_resource<__elided__> : ${attribute.type.text}`, attribute.type) : attribute;
  }
  if (attribute.kind === 'array')
    return arrayAttribute(attribute.elements.map((element) => elideLarge(element, limit)));
  if (attribute.kind === 'dictionary')
    return dictionaryAttribute([...attribute.entries].map(([name, value]) => [name, elideLarge(value, limit)]));
  return attribute;
}

/** `{a = 1 : i64, b}` from those entries that `keep` lets through; empty when none is left. */
export function dictionaryText(
  entries: readonly NamedAttribute[],
  keep: (entry: NamedAttribute) => boolean,
  limit: number | undefined,
): string {
  let text = '';
  for (const entry of entries) {
    if (!keep(entry)) continue;
    const value = limit === undefined ? entry.value : elideLarge(entry.value, limit);
    text += `${text === '' ? '{' : ', '}${entryText(entry.name, value)}`;
  }
  return text === '' ? '' : `${text}}`;
}
