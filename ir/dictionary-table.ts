/**
 * Attribute dictionaries of one context, interned: operations with equal attributes share one
 * integer. An entry is a name, a value, and whether it is a property (inherent to the operation)
 * or discardable.
 */
import type { Attribute } from './attribute.ts';

/** One named attribute of an operation. */
export interface NamedAttribute {
  readonly name: string;
  readonly value: Attribute;
  /** Inherent to the operation, printed between `<{` and `}>` in generic form. */
  readonly property: boolean;
}

/** All dictionaries of a context. Index 0 is the empty one. */
export class DictionaryTable {
  private readonly dictionaries: (readonly NamedAttribute[])[];
  private readonly nameIds: Map<string, number>;
  private hashes: Int32Array;
  private slots: Int32Array;

  constructor() {
    this.dictionaries = [[]];
    this.nameIds = new Map();
    this.hashes = new Int32Array(64);
    this.slots = new Int32Array(128);
  }

  /** The entries of dictionary `id`, sorted by name. */
  entries(id: number): readonly NamedAttribute[] {
    return this.dictionaries[id] as readonly NamedAttribute[];
  }

  /** The value called `name` in dictionary `id`. */
  get(id: number, name: string): Attribute | undefined {
    const entries = this.dictionaries[id] as readonly NamedAttribute[];
    for (let at = 0; at < entries.length; at++) {
      const entry = entries[at] as NamedAttribute;
      if (entry.name === name) return entry.value;
    }
    return undefined;
  }

  /** The index of the dictionary with these entries, in any order; names must differ. */
  idOf(entries: readonly NamedAttribute[]): number {
    if (entries.length === 0) return 0;
    const sorted = isSorted(entries) ? entries : [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
    let hash = 0x811c9dc5;
    for (let at = 0; at < sorted.length; at++) {
      const entry = sorted[at] as NamedAttribute;
      hash = Math.imul(hash ^ this.nameId(entry.name), 0x01000193);
      hash = Math.imul(hash ^ (entry.value.id * 2 + (entry.property ? 1 : 0)), 0x85ebca6b);
      hash ^= hash >>> 13;
    }
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let id = this.slots[slot] as number; id !== 0; id = this.slots[slot] as number) {
      if (this.hashes[id] === hash && sameEntries(this.dictionaries[id] as readonly NamedAttribute[], sorted))
        return id;
      slot = (slot + 1) & mask;
    }
    const id = this.dictionaries.push(Object.freeze([...sorted])) - 1;
    this.slots[slot] = id;
    if (id >= this.hashes.length) {
      const grown = new Int32Array(this.hashes.length * 2);
      grown.set(this.hashes);
      this.hashes = grown;
    }
    this.hashes[id] = hash;
    if (this.dictionaries.length * 2 > this.slots.length) this.rehash();
    return id;
  }

  private nameId(name: string): number {
    let id = this.nameIds.get(name);
    if (id === undefined) {
      id = this.nameIds.size;
      this.nameIds.set(name, id);
    }
    return id;
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 1; id < this.dictionaries.length; id++) {
      let slot = (this.hashes[id] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.slots = slots;
  }
}

const isSorted = (entries: readonly NamedAttribute[]): boolean => {
  for (let at = 1; at < entries.length; at++)
    if ((entries[at - 1] as NamedAttribute).name >= (entries[at] as NamedAttribute).name) return false;
  return true;
};

const sameEntries = (a: readonly NamedAttribute[], b: readonly NamedAttribute[]): boolean => {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) {
    const x = a[at] as NamedAttribute;
    const y = b[at] as NamedAttribute;
    if (x.value !== y.value || x.property !== y.property || x.name !== y.name) return false;
  }
  return true;
};
