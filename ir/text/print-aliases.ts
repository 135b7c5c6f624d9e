/**
 * Aliases that the printer writes, as upstream does: `#map = affine_map<…>` and `#set = …` ahead
 * of what is printed, and with locations `#loc = loc(…)` behind it.
 */
import type { Attribute } from '../attribute.ts';
import type { Context } from '../context.ts';
import { type Location, locationBody } from '../location.ts';
import { typeOfId } from '../type.ts';

/** A string, which is left alone, or a map or set, whose text ends with the first `)>`. */
const mention = /"(?:[^"\\]|\\.)*"|affine_(map|set)<[^<"]*?\)>/gs;

/** Bodies of dialect types and attributes, and sparse data, are carried as they are, so beside them nothing is replaced. */
const isAliased = (text: string): boolean => text.includes('affine_') && !/[#!]|sparse</.test(text);

/** The aliases of one print. */
export class PrintAliases {
  private readonly context: Context;
  private readonly names: Map<string, string>;
  private readonly counts: { map: number; set: number };
  private readonly texts: Map<string, string>;
  private readonly locations: Map<string, string>;
  private readonly locationIds: Map<number, string>;
  private readonly locationLines: string[];

  constructor(context: Context) {
    this.context = context;
    this.names = new Map();
    this.counts = { map: 0, set: 0 };
    this.texts = new Map();
    this.locations = new Map();
    this.locationIds = new Map();
    this.locationLines = [];
  }

  /** Gives names to the maps and sets of the attributes and types of all that is inside `root`. */
  collect(root: number): void {
    const { columns } = this.context;
    const dictionaries = new Set<number>();
    const types = new Set<number>();
    const pending = [root];
    for (let op = pending.pop(); op !== undefined; op = pending.pop()) {
      dictionaries.add(columns.opDictionary[op] as number);
      const first = columns.opResults[op] as number;
      for (let at = 0; at < (columns.opResultCount[op] as number); at++)
        types.add(columns.valueType[first + at] as number);
      for (let region = columns.opRegion[op] as number; region !== 0; region = columns.regionNext[region] as number)
        for (
          let block = columns.regionFirst[region] as number;
          block !== 0;
          block = columns.blockNext[block] as number
        ) {
          for (const value of columns.blockArguments[block] ?? []) types.add(columns.valueType[value] as number);
          for (let inner = columns.blockLast[block] as number; inner !== 0; inner = columns.opPrevious[inner] as number)
            pending.push(inner);
        }
    }
    for (const dictionary of dictionaries)
      for (const { value } of this.context.dictionaries.entries(dictionary)) this.collectAttribute(value);
    for (const type of types) this.collectText(typeOfId(type).text);
  }

  private collectAttribute(attribute: Attribute): void {
    switch (attribute.kind) {
      // Large, and never with a map outside of its type.
      case 'dense':
        return this.collectText(attribute.type.text);
      case 'integer':
      case 'float':
      case 'bool':
      case 'unit':
      case 'string':
      case 'symbol':
      case 'dense-array':
        return;
      default:
        this.collectText(attribute.text);
    }
  }

  private collectText(text: string): void {
    if (!isAliased(text)) return;
    for (const [found, kind] of text.matchAll(mention)) {
      if ((kind !== 'map' && kind !== 'set') || this.names.has(found)) continue;
      const count = this.counts[kind]++;
      this.names.set(found, `#${kind}${count === 0 ? '' : count}`);
    }
  }

  /** A text with the maps and sets in it by their names. */
  text(text: string): string {
    if (this.names.size === 0 || !isAliased(text)) return text;
    let known = this.texts.get(text);
    if (known === undefined) {
      known = text.replace(mention, (found) => this.names.get(found) ?? found);
      this.texts.set(text, known);
    }
    return known;
  }

  /** The definitions that stand ahead, each with its line end. */
  get ahead(): string {
    return [...this.names].map(([text, name]) => `${name} = ${text}\n`).join('');
  }

  /** What stands between the parentheses of `loc(…)` for a location of the context. */
  location(id: number): string {
    if (id === 0) return 'unknown';
    let name = this.locationIds.get(id);
    if (name === undefined) {
      name = this.locationName(this.context.locations.of(id));
      this.locationIds.set(id, name);
    }
    return name;
  }

  private locationName(location: Location): string {
    const body = locationBody(location, (part) => this.locationName(part));
    if (location.kind === 'unknown') return body;
    let name = this.locations.get(body);
    if (name === undefined) {
      name = `#loc${this.locations.size === 0 ? '' : this.locations.size}`;
      this.locations.set(body, name);
      this.locationLines.push(`${name} = loc(${body})`);
    }
    return name;
  }

  /** The definitions that stand behind, each after a line end. */
  get behind(): string {
    return this.locationLines.map((line) => `\n${line}`).join('');
  }
}
