/** The text of attributes, types and dictionaries as the printer writes it: large data elided, maps by alias. */
import {
  type Attribute,
  arrayAttribute,
  dictionaryAttribute,
  entryText,
  typeOfAttribute,
  verbatimAttribute,
} from '../attribute.ts';
import { DenseAttribute, denseBody } from '../dense.ts';
import type { NamedAttribute } from '../dictionary-table.ts';
import { elementCount, type Type } from '../type.ts';
import type { PrintAliases } from './print-aliases.ts';
import type { PrintOptions } from './print.ts';

/** Writes attributes and types under the options of one print. */
export class AttributeTexts {
  private readonly elide: number | undefined;
  private readonly hex: number | undefined;
  private readonly aliases: PrintAliases | undefined;

  constructor(options: PrintOptions, aliases: PrintAliases | undefined) {
    this.elide = options.elideLargerThan;
    this.hex = options.hexLargerThan;
    this.aliases = aliases;
  }

  type(type: Type): string {
    return this.aliases === undefined ? type.text : this.aliases.text(type.text);
  }

  attribute(attribute: Attribute): string {
    const { text } = this.shown(attribute);
    return this.aliases === undefined || attribute.kind === 'dense' ? text : this.aliases.text(text);
  }

  /** An attribute without the type behind it. */
  elements(attribute: Attribute): string {
    const { text } = this.shown(attribute);
    const type = typeOfAttribute(attribute);
    return type && text.endsWith(` : ${type.text}`) ? text.slice(0, -type.text.length - 3) : text;
  }

  /** `{a = 1 : i64, b}` from those entries that `keep` lets through; empty when none is left. */
  dictionary(entries: readonly NamedAttribute[], keep: (entry: NamedAttribute) => boolean): string {
    let text = '';
    for (const entry of entries) {
      if (!keep(entry)) continue;
      const written = entryText(entry.name, this.shown(entry.value));
      const named = this.aliases === undefined || entry.value.kind === 'dense' ? written : this.aliases.text(written);
      text += `${text === '' ? '{' : ', '}${named}`;
    }
    return text === '' ? '' : `${text}}`;
  }

  /** `attribute` with large data replaced by a mark, or written in the other way. */
  private shown(attribute: Attribute): Attribute {
    if (this.elide === undefined && this.hex === undefined) return attribute;
    if (attribute instanceof DenseAttribute) return this.data(attribute);
    if (attribute.kind === 'array') return arrayAttribute(attribute.elements.map((element) => this.shown(element)));
    if (attribute.kind === 'dictionary')
      return dictionaryAttribute([...attribute.entries].map(([name, value]) => [name, this.shown(value)]));
    return attribute;
  }

  private data(attribute: DenseAttribute): Attribute {
    const count = attribute.splat ? 1 : (elementCount(attribute.type.shape) ?? 0);
    if (this.elide !== undefined && count > this.elide)
      return verbatimAttribute(`dense_resource<__elided__> : ${attribute.type.text}`, attribute.type);
    if (this.hex === undefined) return attribute;
    return verbatimAttribute(`dense<${denseBody(attribute, this.hex)}> : ${attribute.type.text}`, attribute.type);
  }
}
