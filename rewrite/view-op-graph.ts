/** A graph of operations and the values between them, for Graphviz. */
import type { Attribute } from '../ir/attribute.ts';
import type { Block } from '../ir/block.ts';
import type { Operation } from '../ir/operation.ts';
import { Names } from '../ir/text/names.ts';
import { elementCount, type ShapedType } from '../ir/type.ts';
import type { Value } from '../ir/value.ts';
import { knob } from './knob.ts';
import { pass } from './pass.ts';

/** What a graph of operations shows. */
export interface OpGraphOptions {
  /** Texts of attributes and types are cut off behind so many characters. */
  readonly maxLabelLen: number;
  readonly printAttrs: boolean;
  readonly printControlFlowEdges: boolean;
  readonly printDataFlowEdges: boolean;
  readonly printResultTypes: boolean;
}

/** Containers with more elements than this are not written out. */
const largest = 16;

/** A node, or the node that stands for a cluster. */
interface Node {
  readonly id: number;
  readonly cluster: number | undefined;
}

const escaped = (text: string): string => text.replace(/[{|<}>\n"]/g, '\\$&');

/** The type of elements that are too many to write out. */
function elidedType(attribute: Attribute): ShapedType | undefined {
  if (attribute.kind === 'dense') {
    const { splat, type } = attribute;
    return !splat && (elementCount(type.shape) ?? 0) > largest ? type : undefined;
  }
  const type = attribute.kind === 'verbatim' ? attribute.type : undefined;
  return type?.kind === 'tensor' && (elementCount(type.shape) ?? 0) > largest ? type : undefined;
}

class GraphWriter {
  private readonly options: OpGraphOptions;
  private readonly names: Names;
  private readonly hues: ReadonlyMap<string, string>;
  private readonly nodes: Map<Value, Node>;
  private readonly reads: { readonly value: Value; readonly reader: Node }[];
  private readonly edges: string[];
  private readonly parts: string[];
  private indent: string;
  private lastId: number;

  constructor(root: Operation, options: OpGraphOptions) {
    this.options = options;
    this.names = new Names(root.context, root.id, {});
    this.hues = huesOf(root);
    this.nodes = new Map();
    this.reads = [];
    this.edges = [];
    this.parts = [];
    this.indent = '  ';
    this.lastId = 0;
  }

  write(root: Operation): string {
    this.operation(root);
    for (const { value, reader } of this.reads) {
      const source = this.nodes.get(value);
      if (source) this.edge(source, reader, 'solid', value);
    }
    const edges = this.edges.map((edge) => `  ${edge}\n`).join('');
    return `digraph G {\n  compound = true;\n${this.parts.join('')}${edges}}\n`;
  }

  private operation(operation: Operation): Node {
    const { printDataFlowEdges } = this.options;
    const node = operation.hasRegions
      ? this.cluster(this.clusterLabel(operation), () => {
          for (const region of operation.regions) for (const block of region.blocks) this.block(block);
        })
      : this.node(this.recordLabel(operation), this.hues.get(operation.name));
    if (printDataFlowEdges) for (const value of operation.operands) this.reads.push({ value, reader: node });
    for (const value of operation.results) this.nodes.set(value, node);
    return node;
  }

  private block(block: Block): void {
    this.cluster('', () => {
      for (const argument of block.arguments)
        this.nodes.set(argument, this.node(`<${this.port('res', argument)}> ${this.typed(argument)}`));
      let before: Node | undefined;
      for (const operation of block.operations) {
        const node = this.operation(operation);
        if (before && this.options.printControlFlowEdges) this.edge(before, node, 'dashed');
        before = node;
      }
    });
  }

  private line(text: string): void {
    this.parts.push(`${this.indent}${text}\n`);
  }

  private node(label: string, hue?: string): Node {
    const id = ++this.lastId;
    const filled = hue === undefined ? ['', ''] : [`fillcolor = "${hue}", `, ', style = filled'];
    this.line(`v${id} [${filled[0]}label = "${label}", shape = Mrecord${filled[1]}];`);
    return { id, cluster: undefined };
  }

  private cluster(label: string, inside: () => void): Node {
    const cluster = ++this.lastId;
    this.line(`subgraph cluster_${cluster} {`);
    const outer = this.indent;
    this.indent += '  ';
    // Edges end at nodes only, so each cluster has one that cannot be seen.
    const id = ++this.lastId;
    this.line(`v${id} [label = " ", shape = plain];`);
    this.line(`label = "${label}";`);
    inside();
    this.indent = outer;
    this.line('}');
    return { id, cluster };
  }

  private edge(from: Node, to: Node, style: string, value?: Value): void {
    const attributes = [
      ...(to.cluster === undefined ? [] : [`lhead = cluster_${to.cluster}`]),
      ...(from.cluster === undefined ? [] : [`ltail = cluster_${from.cluster}`]),
      `style = ${style}`,
    ];
    const port = (node: Node, which: 'res' | 'arg', side: string): string =>
      value && node.cluster === undefined ? `v${node.id}:${this.port(which, value)}:${side}` : `v${node.id}`;
    this.edges.push(`${port(from, 'res', 's')} -> ${port(to, 'arg', 'n')}[${attributes.join(', ')}];`);
  }

  private port(which: 'res' | 'arg', value: Value): string {
    return `${which}_${this.names.value(value.id).replaceAll('%', '').replaceAll('#', '_')}`;
  }

  private typed(value: Value): string {
    const type = this.options.printResultTypes ? ` ${escaped(this.cut(value.type.text))}` : '';
    return this.names.value(value.id) + type;
  }

  private cut(text: string): string {
    const { maxLabelLen } = this.options;
    return text.length <= maxLabelLen ? text : `${text.slice(0, maxLabelLen)}...`;
  }

  private clusterLabel(operation: Operation): string {
    const { printAttrs, printResultTypes } = this.options;
    const types = operation.results.map(({ type }) => type.text).join(', ');
    const name = operation.name + (printResultTypes ? ` : (${this.cut(types).replaceAll('"', '\\"')})` : '');
    return printAttrs ? `${name}\\l${this.attributes(operation)}` : name;
  }

  private recordLabel(operation: Operation): string {
    const { operands, results } = operation;
    const given = operands.map((value) => `<${this.port('arg', value)}> ${this.names.value(value.id)}`).join('|');
    const made = results.map((value) => `<${this.port('res', value)}> ${this.typed(value)}`).join('|');
    const attributes = this.options.printAttrs ? this.attributes(operation) : '';
    return [
      '{',
      given && `{${given}}|`,
      `${operation.name}\\l`,
      attributes && `\\l${attributes}`,
      made && `|{${made}}`,
      '}',
    ].join('');
  }

  private attributes(operation: Operation): string {
    return operation.attributes.map(({ name, value }) => `${escaped(name)}: ${this.attribute(value)}\\l`).join('');
  }

  private attribute(attribute: Attribute): string {
    if (attribute.kind === 'array' && attribute.elements.length > largest) return '[...]';
    const type = elidedType(attribute);
    if (type) {
      const rank = type.shape.length;
      return `${'['.repeat(rank)}...${']'.repeat(rank)} : ${escaped(this.cut(type.text))}`;
    }
    const isSplat = attribute.kind === 'dense' && attribute.splat;
    return escaped(isSplat ? attribute.text : this.cut(attribute.text));
  }
}

/** A colour for each operation name: hues at equal distances, light enough for black text. */
function huesOf(root: Operation): ReadonlyMap<string, string> {
  const names = new Set<string>();
  root.walkPostOrder(({ name }) => names.add(name));
  return new Map([...names].map((name, at) => [name, `${(at / names.size).toFixed(6)} 0.3 0.95`]));
}

/** The graph of `root` in the language of Graphviz: clusters for regions, edges for values. */
export const opGraph = (root: Operation, options: OpGraphOptions): string => new GraphWriter(root, options).write(root);

/** Prints the graph of operations for Graphviz. */
export const viewOpGraph = pass('view-op-graph', {
  summary: 'print the graph of operations and values for Graphviz',
  knobs: {
    maxLabelLen: knob.int(0, 2 ** 31 - 1, 20, 'the most characters that are shown of an attribute or a type'),
    printAttrs: knob.flag(true, 'show attributes'),
    printControlFlowEdges: knob.flag(false, 'show edges from one operation to the next'),
    printDataFlowEdges: knob.flag(true, 'show edges from values to their readers'),
    printResultTypes: knob.flag(true, 'show the types of results'),
  },
  exact: true,
  run: (root, settings, context) => context.write(opGraph(root, settings)),
});
