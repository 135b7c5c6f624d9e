/** Matching an expression of operations against the IR. */
import type { AnyOp, Dag, OpView } from '../ir/op.ts';
import type { Operation } from '../ir/operation.ts';
import { Value } from '../ir/value.ts';

/** What was captured by name, or why there is no match. */
export type DagMatcher = (operation: Operation) => Readonly<Record<string, unknown>> | string;

interface Node {
  readonly op: AnyOp;
  readonly holes: readonly Hole[];
  /** The bit of the order in which a commutative operation's operands change places; 0 for others. */
  readonly bit: number;
}

/** What is asked of one operand or attribute: a nested expression, or a capture. */
interface Hole {
  readonly name: string;
  /** The name when operands have changed places. */
  readonly swapped: string;
  readonly nested: Node | undefined;
  readonly capture: string;
  /** Whether the capture was met before, so that it must be equal: known, as the order is fixed. */
  readonly again: boolean;
}

/** Captures by name; without a prototype, yet as fast as an object with one. */
// biome-ignore lint/complexity/useArrowFunction: an arrow cannot be a constructor
const Captures = function () {} as unknown as new () => Record<string, unknown>;
Captures.prototype = Object.freeze(Object.create(null));

/**
 * The matcher of an expression. The operands of commutative operations are tried in both orders,
 * anywhere in the expression; a name that is captured twice must mean the same value.
 */
export function dagMatcher(dag: Dag<unknown>): DagMatcher {
  const state: Compilation = { swaps: 0, met: new Set() };
  const root = compile(dag, state);
  const orders = 1 << state.swaps;
  return (operation) => {
    let reason = '';
    for (let order = 0; order < orders; order++) {
      const captures = new Captures();
      const miss = matchNode(root, operation, captures, order);
      if (miss === undefined) return captures;
      if (order === 0) reason = miss;
    }
    return reason;
  };
}

interface Compilation {
  swaps: number;
  readonly met: Set<string>;
}

function compile(dag: Dag<unknown>, state: Compilation): Node {
  const { definition } = dag.op;
  const names = definition.operands.map((operand) => operand.name);
  const [first, second] = names;
  const swaps =
    definition.traits.has('commutative') &&
    names.length === 2 &&
    definition.operands.every(({ constraint }) => constraint.arity === 'one') &&
    Object.keys(dag.holes).some((name) => names.includes(name));
  const bit = swaps ? 1 << state.swaps++ : 0;
  const holes = Object.entries(dag.holes).map(([name, hole]): Hole => {
    const swapped = swaps && name === first ? second : swaps && name === second ? first : undefined;
    const place = { name, swapped: swapped ?? name };
    if (typeof hole !== 'string') return { ...place, nested: compile(hole, state), capture: '', again: false };
    const again = state.met.has(hole);
    state.met.add(hole);
    return { ...place, nested: undefined, capture: hole, again };
  });
  return { op: dag.op, holes, bit };
}

function matchNode(
  node: Node,
  operation: Operation | undefined,
  captures: Record<string, unknown>,
  order: number,
): string | undefined {
  if (!operation?.is(node.op))
    return `expected '${node.op.opName}', found ${operation ? `'${operation.name}'` : 'a block argument'}`;
  const view = node.op.view(operation) as OpView & Readonly<Record<string, unknown>>;
  const { holes } = node;
  for (let at = 0; at < holes.length; at++) {
    const { name, swapped, nested, capture, again } = holes[at] as Hole;
    const actual = view[(order & node.bit) === 0 ? name : swapped];
    if (nested === undefined) {
      if (!again) captures[capture] = actual;
      else if (!same(captures[capture], actual)) return `'${capture}' stands for two different things`;
      continue;
    }
    if (!(actual instanceof Value)) return `operand '${name}' of '${node.op.opName}' is not one value`;
    // A nested builder call means the first result, so matching does too.
    if (actual.owner && actual.index !== 0) return `operand '${name}' is result #${actual.index}, expected the first`;
    const miss = matchNode(nested, actual.owner, captures, order);
    if (miss !== undefined) return miss;
  }
  return undefined;
}

const same = (a: unknown, b: unknown): boolean =>
  Object.is(a, b) ||
  (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((member, at) => same(member, b[at])));
