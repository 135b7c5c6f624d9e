/** The graph of calls: which bodies call which, and in what order to look at them so that callees come first. */
import type { Columns } from '../ir/columns.ts';
import type { Context } from '../ir/context.ts';
import { callable, calling } from '../ir/control-flow.ts';
import type { InterfaceToken } from '../ir/definition.ts';
import type { Operation } from '../ir/operation.ts';
import type { Region } from '../ir/region.ts';
import { nearestSymbolTable, symbolName } from '../ir/symbol-table.ts';
import { visitInside } from './walk-columns.ts';

/** A body that can be called. */
export interface CallNode {
  readonly callable: Operation;
  readonly body: Region;
  /** The bodies of callables inside this one. */
  readonly children: readonly CallNode[];
  /** The bodies that are called from here when the graph was made, each once. */
  readonly callees: ReadonlySet<CallNode>;
}

interface Draft extends CallNode {
  readonly children: CallNode[];
  readonly callees: Set<CallNode>;
}

/** Operations of a kind by their interned name. */
class ByInterface {
  private readonly context: Context;
  private readonly token: InterfaceToken<unknown>;
  private readonly known: (boolean | undefined)[];

  constructor(context: Context, token: InterfaceToken<unknown>) {
    this.context = context;
    this.token = token;
    this.known = [];
  }

  has(nameId: number): boolean {
    while (this.known.length <= nameId) this.known.push(undefined);
    return (this.known[nameId] ??= this.context.definitionOf(nameId)?.interfaces.has(this.token) ?? false);
  }
}

/** The calls inside an operation, as it was when the graph was made. */
export class CallGraph {
  /** Bodies in the order of the text, outer before inner. */
  readonly nodes: readonly CallNode[];
  private readonly columns: Columns;
  private readonly byCallable: Map<number, Draft>;
  private readonly tables: Map<Operation, Map<string, Draft>>;
  private readonly calls: ByInterface;

  constructor(root: Operation) {
    const { context } = root;
    this.columns = context.columns;
    this.byCallable = new Map();
    this.tables = new Map();
    this.calls = new ByInterface(context, calling as InterfaceToken<unknown>);
    const bodies = new ByInterface(context, callable as InterfaceToken<unknown>);
    const found: number[] = [];
    visitInside(this.columns, root.id, (op) => {
      const name = this.columns.opName[op] as number;
      if (this.calls.has(name)) found.push(op);
      if (bodies.has(name)) this.add(context.operation(op));
    });
    for (const op of found) {
      const call = context.operation(op);
      const from = this.around(op) as Draft | undefined;
      const to = this.calleeOf(call);
      if (from && to) from.callees.add(to);
    }
    this.nodes = [...this.byCallable.values()];
  }

  private add(operation: Operation): void {
    const body = operation.interface(callable)?.(operation);
    if (!body) return;
    const node: Draft = { callable: operation, body, children: [], callees: new Set() };
    (this.around(operation.id) as Draft | undefined)?.children.push(node);
    this.byCallable.set(operation.id, node);
    const name = symbolName(operation);
    const table = operation.parentOperation;
    if (name === undefined || !table) return;
    const names = this.tables.get(table) ?? new Map<string, Draft>();
    if (!names.has(name)) names.set(name, node);
    this.tables.set(table, names);
  }

  /** Whether an operation, by column index, calls. */
  isCall(op: number): boolean {
    return this.calls.has(this.columns.opName[op] as number);
  }

  /** The body of a callable. */
  nodeOf(operation: Operation): CallNode | undefined {
    return this.byCallable.get(operation.id);
  }

  /** The body of the callable `op`, by column index. */
  nodeAt(op: number): CallNode | undefined {
    return this.byCallable.get(op);
  }

  /** The innermost body that operation `op`, by column index, stands in. */
  around(op: number): CallNode | undefined {
    const { columns } = this;
    for (let at = op; ; ) {
      const region = columns.blockParent[columns.opParent[at] as number] as number;
      if (region <= 0) return undefined;
      at = columns.regionOwner[region] as number;
      const node = this.byCallable.get(at);
      if (node) return node;
    }
  }

  /** The body that a call runs; undefined when that is not known here. Only the nearest symbol table counts, as upstream. */
  calleeOf(call: Operation): CallNode | undefined {
    const name = call.interface(calling)?.callee(call);
    if (name === undefined) return undefined;
    const table = nearestSymbolTable(call);
    return table && this.tables.get(table)?.get(name);
  }

  /**
   * Bodies that call each other in a ring belong together; each group comes after those that it
   * calls. By Tarjan's algorithm, in upstream's order: roots and callees as they stand, the members
   * of a group the last met first.
   */
  groups(): readonly (readonly CallNode[])[] {
    const found: CallNode[][] = [];
    const number = new Map<CallNode, number>();
    const waiting: CallNode[] = [];
    const finished = Number.POSITIVE_INFINITY;
    interface Visit {
      readonly node: CallNode;
      readonly rest: Iterator<CallNode>;
      lowest: number;
    }
    const open: Visit[] = [];
    const enter = (node: CallNode): void => {
      const own = number.size + 1;
      number.set(node, own);
      waiting.push(node);
      open.push({ node, rest: successors(node), lowest: own });
    };
    const inner = new Set(this.nodes.flatMap(({ children }) => children));
    for (const root of this.nodes) {
      if (inner.has(root) || number.has(root)) continue;
      enter(root);
      for (let top = open.at(-1); top; top = open.at(-1)) {
        const { value: next, done } = top.rest.next();
        if (!done) {
          const known = number.get(next);
          if (known === undefined) enter(next);
          else top.lowest = Math.min(top.lowest, known);
          continue;
        }
        open.pop();
        const above = open.at(-1);
        if (above) above.lowest = Math.min(above.lowest, top.lowest);
        if (top.lowest !== number.get(top.node)) continue;
        const group = waiting.splice(waiting.lastIndexOf(top.node)).reverse();
        for (const member of group) number.set(member, finished);
        found.push(group);
      }
    }
    return found;
  }
}

function* successors(node: CallNode): Generator<CallNode, undefined> {
  yield* node.children;
  yield* node.callees;
}
