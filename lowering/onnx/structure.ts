/** Whether the nodes and values of an ONNX graph hold together. */
import { type Diagnostic, DiagnosticError, errorAt, nameLocation } from '../../ir/index.ts';
import type { OnnxNode } from './model.ts';
import { nodeText } from './read-node.ts';

/** The names in a graph. */
export interface GraphNames {
  /** Inputs, also those that are constants too. */
  readonly inputs: readonly string[];
  readonly constants: readonly string[];
  readonly outputs: readonly string[];
}

/**
 * The nodes in an order in which every value is made before it is read; the file's own where that is one. Throws a
 * `DiagnosticError` with one diagnostic at the first thing that does not hold together, the others as its notes.
 */
export function orderedNodes(nodes: readonly OnnxNode[], names: GraphNames): readonly OnnxNode[] {
  const errors: Diagnostic[] = [];
  const error = (name: string, message: string): void => void errors.push(errorAt(nameLocation(name), message));
  for (const name of repeated(names.inputs)) error(name, `input '${name}' is there twice`);
  for (const name of repeated(names.constants)) error(name, `constant '${name}' is there twice`);

  const given = new Set([...names.inputs, ...names.constants]);
  const makers = new Map<string, OnnxNode>();
  for (const node of nodes)
    for (const output of node.outputs) {
      if (output === '') continue;
      if (makers.has(output) || given.has(output))
        error(node.name, `${nodeText(node)} makes value '${output}', which is there already`);
      makers.set(output, node);
    }
  for (const node of nodes)
    for (const input of node.inputs)
      if (input !== '' && !given.has(input) && !makers.has(input))
        error(node.name, `${nodeText(node)} reads value '${input}', which nothing makes`);
  for (const name of names.outputs)
    if (!makers.has(name) && !given.has(name)) error(name, `output '${name}' is a value that nothing makes`);

  const order = errors.length === 0 ? inOrder(nodes, makers) : [];
  if ('cycle' in order) error(order.cycle[0].name, cycleText(order.cycle));
  else if (errors.length === 0) return order;
  const [first, ...others] = errors as [Diagnostic, ...Diagnostic[]];
  const notes = others.slice(0, mostNotes).map((other): Diagnostic => ({ ...other, severity: 'note' }));
  throw new DiagnosticError([{ ...first, notes }]);
}

/** Further errors that are told; one broken name often breaks very many nodes. */
const mostNotes = 20;

function repeated(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.size === seen.add(name).size));
}

/** A node, and those that it waits for, up to itself again. */
type Cycle = readonly [OnnxNode, ...OnnxNode[]];

const cycleText = (cycle: Cycle): string => {
  const shown = cycle.slice(0, 6).map((node) => `'${node.name}' (${node.opType})`);
  const more = cycle.length > 6 ? ` and ${cycle.length - 6} more` : '';
  return `${nodeText(cycle[0])} is part of a cycle: ${shown.join(', ')}${more}, of which each waits for the next`;
};

/** Depth first from every node to what it reads, without recursion: graphs may be deeper than the stack. */
function inOrder(
  nodes: readonly OnnxNode[],
  makers: ReadonlyMap<string, OnnxNode>,
): readonly OnnxNode[] | { readonly cycle: Cycle } {
  const order: OnnxNode[] = [];
  const done = new Map<OnnxNode, boolean>();
  for (const root of nodes) {
    if (done.has(root)) continue;
    done.set(root, false);
    const path = [{ node: root, next: 0 }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const input = top.node.inputs[top.next++];
      if (input === undefined) {
        order.push(top.node);
        done.set(top.node, true);
        path.pop();
        continue;
      }
      const maker = makers.get(input);
      if (!maker || done.get(maker)) continue;
      if (done.has(maker)) {
        const from = path.findIndex(({ node }) => node === maker);
        return { cycle: path.slice(from).map(({ node }) => node) as unknown as Cycle };
      }
      done.set(maker, false);
      path.push({ node: maker, next: 0 });
    }
  }
  return order;
}
