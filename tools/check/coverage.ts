/** What generated programs were made of: operations by the types of elements that they worked on. */
import { elementTypeOf, type Operation, type Type } from '../../ir/index.ts';

/** How the element type of a value is called; of functions and other values without numbers, what kind they are. */
export function elementName(type: Type): string {
  const element = elementTypeOf(type);
  return element.kind === 'integer' || element.kind === 'float' || element.kind === 'index'
    ? element.text
    : element.kind;
}

/** Stands for the element type of an operation without values. */
const noElement = '-';

/** Counts operations by the element types of their operands and results. */
export class Coverage {
  private readonly counts: Map<string, Map<string, number>>;

  constructor() {
    this.counts = new Map();
  }

  /** Counts one operation with one element type. */
  add(opName: string, elementType: string, count = 1): void {
    const row = this.counts.get(opName) ?? new Map<string, number>();
    row.set(elementType, (row.get(elementType) ?? 0) + count);
    this.counts.set(opName, row);
  }

  /** Counts all operations below a module, each once for every element type that it has. */
  record(module: Operation): void {
    module.walk((operation) => {
      if (operation === module) return;
      const values = [...operation.operands, ...operation.results];
      const elements = new Set(values.map(({ type }) => elementName(type)));
      for (const element of elements.size > 0 ? elements : [noElement]) this.add(operation.name, element);
    });
  }

  /** Adds what another one has counted. */
  merge(other: Coverage): void {
    for (const [opName, row] of other.counts) for (const [element, count] of row) this.add(opName, element, count);
  }

  /** How often an operation was seen with an element type; with any of them when none is given. */
  seen(opName: string, elementType?: string): number {
    const row = this.counts.get(opName);
    if (elementType !== undefined) return row?.get(elementType) ?? 0;
    return row ? Math.max(...row.values()) : 0;
  }

  /** The names of the operations that were seen. */
  get operations(): readonly string[] {
    return [...this.counts.keys()].toSorted();
  }

  /** A line for each operation: its name, and how often it was seen with which element type. */
  table(): string {
    const width = Math.max(0, ...this.operations.map((name) => name.length));
    return this.operations
      .map((name) => {
        const row = [...(this.counts.get(name) ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1));
        return `${name.padEnd(width)}  ${row.map(([element, count]) => `${element}:${count}`).join(' ')}`;
      })
      .join('\n');
  }
}
