/** Matching an expression of operations against the IR. */
import type { AnyOp, Dag, OpView } from '../ir/op.ts';
import type { Operation } from '../ir/operation.ts';
import { Value } from '../ir/value.ts';

/** What was captured by name, or why there is no match. */
export type DagMatcher = (operation: Operation) => Readonly<Record<string, unknown>> | string;

interface Node {
  readonly op: AnyOp;
  readonly holes: readonly (readonly [name: string, hole: string | Node])[];
  /** For a commutative operation the two operand names that may change places, and its bit. */
  readonly swap: { readonly first: string; readonly second: string; readonly bit: number } | undefined;
}

/**
 * The matcher of an expression. The operands of commutative operations are tried in both orders,
 * anywhere in the expression; a name that is captured twice must mean the same value.
 */
export function dagMatcher(dag: Dag<unknown>): DagMatcher {
  const counter = { swaps: 0 };
  const root = compile(dag, counter);
  const orders = 1 << counter.swaps;
  return (operation) => {
    let reason = '';
    for (let order = 0; order < orders; order++) {
      const captures: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
      const miss = matchNode(root, operation, captures, order);
      if (miss === undefined) return captures;
      if (order === 0) reason = miss;
    }
    return reason;
  };
}

function compile(dag: Dag<unknown>, counter: { swaps: number }): Node {
  const { definition } = dag.op;
  const names = definition.operands.map((operand) => operand.name);
  const holes = Object.entries(dag.holes).map(
    ([name, hole]) => [name, typeof hole === 'string' ? hole : compile(hole, counter)] as const,
  );
  const [first, second] = names;
  const swaps =
    definition.traits.has('commutative') &&
    names.length === 2 &&
    definition.operands.every(({ constraint }) => constraint.arity === 'one') &&
    holes.some(([name]) => names.includes(name));
  const swap = swaps && first !== undefined && second !== undefined ? { first, second, bit: 1 << counter.swaps++ } : undefined;
  return { op: dag.op, holes, swap };
}

function matchNode(
  node: Node,
  operation: Operation | undefined,
  captures: Record<string, unknown>,
  order: number,
): string | undefined {
  if (!operation?.is(node.op)) return `expected '${node.op.opName}', found ${operation ? `'${operation.name}'` : 'a block argument'}`;
  const view = node.op.view(operation) as OpView & Readonly<Record<string, unknown>>;
  for (const [name, hole] of node.holes) {
    const actual = view[positionOf(node, name, order)];
    if (typeof hole === 'string') {
      if (!(hole in captures)) captures[hole] = actual;
      else if (!same(captures[hole], actual)) return `'${hole}' stands for two different things`;
      continue;
    }
    if (!(actual instanceof Value)) return `operand '${name}' of '${node.op.opName}' is not one value`;
    // A nested builder call means the first result, so matching does too.
    if (actual.owner && actual.index !== 0) return `operand '${name}' is result #${actual.index}, expected the first`;
    const miss = matchNode(hole, actual.owner, captures, order);
    if (miss !== undefined) return miss;
  }
  return undefined;
}

const positionOf = ({ swap }: Node, name: string, order: number): string =>
  swap === undefined || (order & swap.bit) === 0
    ? name
    : name === swap.first
      ? swap.second
      : name === swap.second
        ? swap.first
        : name;

const same = (a: unknown, b: unknown): boolean =>
  Object.is(a, b) ||
  (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((member, at) => same(member, b[at])));
