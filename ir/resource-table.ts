/**
 * Data that a file carries behind its module and that attributes name, such as
 * `dense_resource<key>`; and whatever other tools have put there, which is kept for them.
 */
import { quote } from './attribute.ts';

/** The two kinds of sections: data of dialects, and data of tools. */
export const resourceSections = ['dialect_resources', 'external_resources'] as const;
/** The name of a section. */
export type ResourceSection = (typeof resourceSections)[number];

/** The resources of one context. */
export class ResourceTable {
  private readonly sections: Map<ResourceSection, Map<string, Map<string, string | boolean>>>;

  constructor() {
    this.sections = new Map();
  }

  /** Whether there are none. */
  get isEmpty(): boolean {
    return this.sections.size === 0;
  }

  /** Sets the value called `key` of a group, which is a dialect or a tool. */
  set(section: ResourceSection, group: string, key: string, value: string | boolean): void {
    const groups = this.sections.get(section) ?? new Map<string, Map<string, string | boolean>>();
    this.sections.set(section, groups);
    const entries = groups.get(group) ?? new Map<string, string | boolean>();
    groups.set(group, entries);
    entries.set(key, value);
  }

  /** The value called `key` of a group; a blob is text that starts with `0x`. */
  get(section: ResourceSection, group: string, key: string): string | boolean | undefined {
    return this.sections.get(section)?.get(group)?.get(key);
  }

  /** Drops a group with all its values. */
  drop(section: ResourceSection, group: string): void {
    const groups = this.sections.get(section);
    groups?.delete(group);
    if (groups?.size === 0) this.sections.delete(section);
  }

  /** The groups of a section with their entries. */
  groups(section: ResourceSection): ReadonlyMap<string, ReadonlyMap<string, string | boolean>> {
    return this.sections.get(section) ?? new Map();
  }
}

const keyText = (key: string): string => (/^[A-Za-z_][\w$.]*$/.test(key) ? key : quote(key));

/**
 * The resources as file metadata, `{-# … #-}`: of dialects those that `isUsed`, of tools all; ''
 * when there is nothing to say. Texts of more than `longest` characters are left out.
 */
export function metadataText(
  table: ResourceTable,
  isUsed: (group: string, key: string) => boolean,
  longest = Number.POSITIVE_INFINITY,
): string {
  const sections: string[] = [];
  for (const section of resourceSections) {
    const groups: string[] = [];
    for (const [group, entries] of table.groups(section)) {
      const lines: string[] = [];
      for (const [key, value] of entries) {
        if (section === 'dialect_resources' && !isUsed(group, key)) continue;
        if (typeof value === 'string' && value.length > longest) continue;
        lines.push(`      ${keyText(key)}: ${typeof value === 'string' ? quote(value) : value}`);
      }
      if (lines.length > 0) groups.push(`    ${group}: {\n${lines.join(',\n')}\n    }`);
    }
    if (groups.length > 0) sections.push(`  ${section}: {\n${groups.join(',\n')}\n  }`);
  }
  return sections.length === 0 ? '' : `{-#\n${sections.join(',\n')}\n#-}`;
}
