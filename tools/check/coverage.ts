/** What generated programs were made of: operations by the types of elements that they worked on. */
import { elementTypeOf, type Operation, type Type } from '../../ir/index.ts';

/** How the element type of a value is called; of functions and other values without numbers, what kind they are. */
export function elementName(type: Type): string {
  const element = elementTypeOf(type);
  return element.kind === 'integer' || element.kind === 'float' || element.kind === 'index'
    ? element.text
    : element.kind;
}

/** What is known of one operation: how often it was seen, and how often with which element type. */
interface Row {
  total: number;
  readonly elements: Map<string, number>;
}

/** Counts operations, and with which element types they were seen. */
export class Coverage {
  private readonly rows: Map<string, Row>;

  constructor() {
    this.rows = new Map();
  }

  private row(opName: string): Row {
    let row = this.rows.get(opName);
    if (!row) {
      row = { total: 0, elements: new Map() };
      this.rows.set(opName, row);
    }
    return row;
  }

  /** Counts an operation that was seen with some element types at once. */
  add(opName: string, elementTypes: Iterable<string>, count = 1): void {
    const row = this.row(opName);
    row.total += count;
    for (const element of elementTypes) row.elements.set(element, (row.elements.get(element) ?? 0) + count);
  }

  /** Counts all operations below a module, each with the element types of its operands and results. */
  record(module: Operation): void {
    module.walk((operation) => {
      if (operation === module) return;
      const values = [...operation.operands, ...operation.results];
      this.add(operation.name, new Set(values.map(({ type }) => elementName(type))));
    });
  }

  /** Adds what another one has counted. */
  merge(other: Coverage): void {
    for (const [opName, { total, elements }] of other.rows) {
      const row = this.row(opName);
      row.total += total;
      for (const [element, count] of elements) row.elements.set(element, (row.elements.get(element) ?? 0) + count);
    }
  }

  /** How often an operation was seen, or how often with an element type. */
  seen(opName: string, elementType?: string): number {
    const row = this.rows.get(opName);
    return (elementType === undefined ? row?.total : row?.elements.get(elementType)) ?? 0;
  }

  /** The names of the operations that were seen. */
  get operations(): readonly string[] {
    return [...this.rows.keys()].toSorted();
  }

  /** How many pairs of an operation and an element type were seen. */
  get pairs(): number {
    return [...this.rows.values()].reduce((sum, { elements }) => sum + elements.size, 0);
  }

  /** A line for each operation: its name, how often it was seen, and with which element types how often. */
  table(): string {
    const width = Math.max(0, ...this.operations.map((name) => name.length));
    return this.operations
      .map((name) => {
        const { total, elements } = this.row(name);
        const row = [...elements].toSorted(([a], [b]) => (a < b ? -1 : 1));
        return `${name.padEnd(width)}  ${[String(total), ...row.map(([element, count]) => `${element}:${count}`)].join(' ')}`;
      })
      .join('\n');
  }
}
