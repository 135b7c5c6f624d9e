/** How often the bodies of a call graph are named, kept up to date while calls are inlined. */
import type { SymbolAttribute } from '../ir/attribute.ts';
import type { Columns } from '../ir/columns.ts';
import type { Context } from '../ir/context.ts';
import { hasNoEffects } from '../ir/effects.ts';
import type { Operation } from '../ir/operation.ts';
import {
  nearestSymbolTable,
  symbolName,
  symbolNameAttribute,
  symbolsIn,
  visitSymbolReferences,
} from '../ir/symbol-table.ts';
import type { CallGraph, CallNode } from './call-graph.ts';
import { visitInside } from './walk-columns.ts';

/** What a body names: its callable in attributes of its own, and the operations inside, which inlining copies. */
interface Held {
  readonly own: Set<CallNode>;
  readonly inner: Map<CallNode, number>;
}

const visibilityOf = (operation: Operation): string => {
  const visibility = operation.attribute('sym_visibility');
  return visibility?.kind === 'string' ? visibility.value : 'public';
};

/** Counts the uses of those bodies that may go when nothing names them. */
export class SymbolUses {
  private readonly context: Context;
  private readonly columns: Columns;
  private readonly graph: CallGraph;
  /** Uses of the bodies that may go. */
  private readonly counts: Map<CallNode, number>;
  private readonly held: Map<CallNode, Held>;
  /** The references in dictionaries, by their index. */
  private readonly references: (readonly SymbolAttribute[] | undefined)[];
  /** The symbols of tables; names do not change meanwhile. */
  private readonly tables: Map<Operation, ReadonlyMap<string, Operation>>;

  constructor(root: Operation, graph: CallGraph) {
    this.context = root.context;
    this.columns = root.context.columns;
    this.graph = graph;
    this.counts = new Map();
    this.held = new Map();
    this.references = [];
    this.tables = new Map();
    for (const node of graph.nodes) if (mayGo(node.callable, root)) this.counts.set(node, 0);
    const keep = (op: number): void => {
      if (this.referencesOf(op).length === 0 || graph.nodeAt(op) || graph.around(op)) return;
      for (const node of this.named(op)) this.counts.delete(node);
    };
    // The attributes of the root count as well, which upstream's inliner forgets.
    keep(root.id);
    visitInside(this.columns, root.id, keep);
    for (const node of graph.nodes) this.recount(node);
  }

  private referencesOf(op: number): readonly SymbolAttribute[] {
    const id = this.columns.opDictionary[op] as number;
    while (this.references.length <= id) this.references.push(undefined);
    const known = this.references[id];
    if (known) return known;
    const found: SymbolAttribute[] = [];
    for (const { value } of this.context.dictionaries.entries(id))
      visitSymbolReferences(value, (reference) => void found.push(reference));
    this.references[id] = found;
    return found;
  }

  /** The bodies that operation `op` names, as often as it does. */
  private *named(op: number): Generator<CallNode> {
    const references = this.referencesOf(op);
    if (references.length === 0) return;
    const operation = this.context.operation(op);
    // An operation that holds symbols is itself named from outside.
    const from = operation.hasTrait('symbol-table') ? (operation.parentOperation ?? operation) : operation;
    for (const reference of references) {
      const symbol = this.lookup(from, reference);
      const node = symbol && this.graph.nodeOf(symbol);
      if (node) yield node;
    }
  }

  private lookup(from: Operation, { root, nested }: SymbolAttribute): Operation | undefined {
    for (
      let table = nearestSymbolTable(from);
      table;
      table = table.parentOperation && nearestSymbolTable(table.parentOperation)
    ) {
      let found: Operation | undefined = table;
      for (const name of [root, ...nested]) found = found && this.symbolsOf(found).get(name);
      if (found) return found;
    }
    return undefined;
  }

  private symbolsOf(table: Operation): ReadonlyMap<string, Operation> {
    let symbols = this.tables.get(table);
    if (!symbols) {
      symbols = symbolsIn(table);
      this.tables.set(table, symbols);
    }
    return symbols;
  }

  private add(node: CallNode, times: number): boolean {
    const count = this.counts.get(node);
    if (count === undefined) return false;
    this.counts.set(node, count + times);
    return true;
  }

  private release({ own, inner }: Held): void {
    for (const node of own) this.add(node, -1);
    for (const [node, times] of inner) this.add(node, -times);
  }

  /** Counts again what a body names, after it was changed. */
  recount(node: CallNode): void {
    const before = this.held.get(node);
    if (before) this.release(before);
    const held: Held = { own: new Set(), inner: new Map() };
    const { id } = node.callable;
    for (const used of this.named(id)) if (!held.own.has(used) && this.add(used, 1)) held.own.add(used);
    visitInside(this.columns, id, (op) => {
      if (this.referencesOf(op).length === 0) return;
      for (const used of this.named(op)) if (this.add(used, 1)) held.inner.set(used, (held.inner.get(used) ?? 0) + 1);
    });
    this.held.set(node, held);
  }

  /** Whether nothing needs a body. */
  isDead(node: CallNode): boolean {
    const { callable } = node;
    return symbolName(callable) === undefined
      ? callable.isUnused && hasNoEffects(callable)
      : this.counts.get(node) === 0;
  }

  /** Whether a body may go with the one that names it. */
  hasOneUse(node: CallNode): boolean {
    return this.counts.get(node) === 1;
  }

  /** Forgets what `call` in body `from` names: it is going. */
  dropCall(call: Operation, from: CallNode): void {
    const inner = this.held.get(from)?.inner;
    if (!inner) return;
    for (const node of this.named(call.id)) {
      const times = inner.get(node);
      if (times === undefined) continue;
      inner.set(node, times - 1);
      this.add(node, -1);
    }
  }

  /** What `callee` names inside is now named by `caller` as well. */
  copyInto(callee: CallNode, caller: CallNode): void {
    const into = this.held.get(caller)?.inner;
    for (const [node, times] of this.held.get(callee)?.inner ?? []) {
      into?.set(node, (into.get(node) ?? 0) + times);
      this.add(node, times);
    }
  }

  /** Forgets a body that is going, with those inside it. */
  erase(node: CallNode): void {
    for (const child of node.children) this.erase(child);
    const held = this.held.get(node);
    if (held) this.release(held);
    this.held.delete(node);
    this.counts.delete(node);
  }
}

/** Whether a symbol may go when nothing in `root` names it. */
function mayGo(symbol: Operation, root: Operation): boolean {
  if (symbolName(symbol) === undefined) return false;
  const visibility = visibilityOf(symbol);
  if (visibility !== 'nested') return visibility === 'private';
  if (!root.parent) return true;
  // All uses of a nested symbol are seen when something around it cannot be named from outside the root.
  for (let around = symbol.parentOperation; around; around = around.parentOperation) {
    const isNamed = around.attribute(symbolNameAttribute) !== undefined && around.hasTrait('symbol-table');
    if (!isNamed || visibilityOf(around) === 'private') return true;
    if (around === root) return false;
  }
  return false;
}
