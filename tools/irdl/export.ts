/** Declarations as an IRDL module, which lets the real `mlir-opt` verify our operations. */
import type { AttributeDefinition, Dialect, OpDefinition, ValueDefinition } from '../../ir/index.ts';
import { attributeComment, attributeConstraints } from './attribute-constraint.ts';
import { groupsOf, valueConstraint } from './value-constraint.ts';

const heading = `// For 'mlir-opt --irdl-file=…' on modules in the form of 'paleo-translate --mlir-to-dynamic'.
// Comments say what IRDL cannot: extents, element types, spaces, ranges, and the conditions over them.
`;

/** The lines of one operation; every constraint becomes a numbered variable. */
class OperationWriter {
  readonly lines: string[];
  private readonly shared: Map<string, string>;
  private next: number;

  constructor() {
    this.lines = [];
    this.shared = new Map();
    this.next = 0;
  }

  variable(text: string, comment = ''): string {
    const name = `%${this.next++}`;
    this.lines.push(`${name} = ${text}${comment ? ` // ${comment}` : ''}`);
    return name;
  }

  values(what: 'operands' | 'results', values: readonly ValueDefinition[]): void {
    const groups = values.flatMap((value) => {
      const { name, constraint } = value;
      const count = groupsOf(value);
      const arity = constraint.arity === 'one' ? '' : `${constraint.arity} `;
      return Array.from(
        { length: count },
        (_, at) => `${count > 1 ? `${name}_${at}` : name}: ${arity}${this.typed(value)}`,
      );
    });
    if (groups.length > 0) this.lines.push(`irdl.${what}(${groups.join(', ')})`);
  }

  private typed(value: ValueDefinition): string {
    const { key, text, comment } = valueConstraint(value);
    const known = key === undefined ? undefined : this.shared.get(key);
    if (known !== undefined) return known;
    const name = this.variable(text, comment);
    if (key !== undefined) this.shared.set(key, name);
    return name;
  }

  attributes(attributes: readonly AttributeDefinition[]): void {
    const entries: string[] = [];
    for (const { name, kind } of attributes) {
      // IRDL has no attribute that may be absent.
      if (kind.presence === 'optional') this.lines.push(`// '${name}', where it is given: ${kind.text}`);
      else entries.push(`"${name}" = ${this.oneOf(attributeConstraints(kind), attributeComment(kind))}`);
    }
    if (entries.length > 0) this.lines.push(`irdl.attributes {${entries.join(', ')}}`);
  }

  private oneOf(texts: readonly string[], comment: string): string {
    if (texts.length <= 1) return this.variable(texts[0] ?? 'irdl.any', comment);
    return this.variable(`irdl.any_of(${texts.map((text) => this.variable(text)).join(', ')})`, comment);
  }
}

function operationText(dialectName: string, definition: OpDefinition): string {
  const name = definition.opName.slice(dialectName.length + 1);
  if (definition.regions.some((region) => region.many))
    return `  // ${name} is left out: it takes any number of regions`;
  const writer = new OperationWriter();
  writer.values('operands', definition.operands);
  writer.values('results', definition.results);
  writer.attributes(definition.attributes);
  const regions = definition.regions.map((region) => `${region.name}: ${writer.variable('irdl.region', region.doc)}`);
  if (regions.length > 0) writer.lines.push(`irdl.regions(${regions.join(', ')})`);
  const lines = writer.lines.map((line) => `    ${line}\n`).join('');
  return `  // ${definition.summary}\n  irdl.operation @${name} {\n${lines}  }`;
}

/** An IRDL module of some dialects, with a line end after it. It accepts every operation that our verifier accepts. */
export const dialectsToIrdl = (dialects: readonly Dialect[]): string =>
  [
    heading,
    ...dialects.map(
      ({ name, ops }) =>
        `irdl.dialect @${name} {\n${Object.values(ops)
          .map(({ definition }) => operationText(name, definition))
          .join('\n')}\n}\n`,
    ),
  ].join('\n');
