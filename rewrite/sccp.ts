/**
 * Sparse conditional constant propagation: what is constant on every way that is ever taken. After
 * Wegman and Zadeck, "Constant Propagation with Conditional Branches" (1991), over blocks, regions and calls.
 */
import { within } from '../ir/ambient.ts';
import type { Block } from '../ir/block.ts';
import { branch, callable, calling, flowInputs, passedOperands, regionBranch } from '../ir/control-flow.ts';
import type { FlowPoint, KnownOperands, RegionBranch } from '../ir/control-flow.ts';
import type { FoldResult } from '../ir/definition.ts';
import { isErasable } from '../ir/effects.ts';
import { unknownLocation } from '../ir/location.ts';
import type { Operation } from '../ir/operation.ts';
import type { Region } from '../ir/region.ts';
import { lookupSymbol } from '../ir/symbol-table.ts';
import { Value } from '../ir/value.ts';
import type { Action, ActionObserver } from './action.ts';
import { KnownCallers } from './callers.ts';
import { ConstantLattice, type Knowledge, type KnownConstant } from './constant-lattice.ts';
import { constantAttribute } from './folder.ts';
import { pass } from './pass.ts';
import { Rewriter } from './rewriter.ts';
import { isInside } from './walk-columns.ts';

/** Replaces what is always the same inside `root` by constants; gives how many values. */
export function propagateConstants(root: Operation, observer?: ActionObserver): number {
  const solver = new Solver(root, observer);
  solver.solve();
  return within(root.context, unknownLocation, () => new Replacer(root, solver).run());
}

/** Finds what is constant and which blocks are ever run. */
class Solver {
  readonly lattice: ConstantLattice;
  readonly executed: Set<Block>;
  private readonly root: Operation;
  private readonly calls: KnownCallers;
  private readonly pending: Operation[];
  private readonly queued: Set<Operation>;
  private readonly observer: ActionObserver | undefined;

  constructor(root: Operation, observer: ActionObserver | undefined) {
    this.root = root;
    this.observer = observer;
    this.calls = new KnownCallers(root);
    this.executed = new Set();
    this.pending = [];
    this.queued = new Set();
    this.lattice = new ConstantLattice((value) => {
      for (const user of value.users) this.enqueue(user);
    });
  }

  solve(): void {
    for (const region of this.root.regions) this.enterWithAnything(region);
    for (let next = this.pending.pop(); next; next = this.pending.pop()) {
      this.queued.delete(next);
      this.visit(next);
    }
  }

  private enqueue(operation: Operation): void {
    const { parent } = operation;
    if (!parent || !this.executed.has(parent) || this.queued.has(operation)) return;
    this.queued.add(operation);
    this.pending.push(operation);
  }

  private execute(block: Block | undefined): void {
    if (!block || this.executed.has(block)) return;
    this.executed.add(block);
    const { operations } = block;
    for (let at = operations.length - 1; at >= 0; at--) this.enqueue(operations[at] as Operation);
  }

  /** A region that may be run with any values. */
  private enterWithAnything(region: Region): void {
    for (const argument of region.entry?.arguments ?? []) this.lattice.join(argument, 'varies');
    this.execute(region.entry);
  }

  private vary(values: readonly Value[]): void {
    for (const value of values) this.lattice.join(value, 'varies');
  }

  private joinAll(into: readonly Value[], from: readonly Value[]): void {
    for (const [at, value] of into.entries()) {
      const source = from[at];
      this.lattice.join(value, source ? this.lattice.of(source) : 'varies');
    }
  }

  private knownOperands(operation: Operation): KnownOperands {
    return operation.operands.map((value) => this.lattice.attributeOf(value));
  }

  private visit(operation: Operation): void {
    if (operation.hasTrait('terminator') || operation.successors.length > 0) this.leave(operation);
    const flow = operation.interface(regionBranch);
    if (flow) return this.visitFlow(operation, flow);
    if (operation.interface(calling)) return this.visitCall(operation);
    if (operation.hasRegions) {
      const body = operation.interface(callable)?.(operation);
      for (const region of operation.regions)
        if (region !== body || !this.calls.knowsAllCallers(operation)) this.enterWithAnything(region);
      return this.vary(operation.results);
    }
    this.fold(operation);
  }

  /** Passes control and values from the end of a block. */
  private leave(terminator: Operation): void {
    const passing = terminator.interface(branch);
    const { successors } = terminator;
    if (passing) {
      if (this.isWaiting(terminator)) return;
      const chosen = passing.chosen?.(terminator, this.knownOperands(terminator));
      for (const at of chosen === undefined ? successors.keys() : [chosen]) {
        const block = successors[at] as Block;
        this.joinAll(block.arguments, passing.operandsOf(terminator, at));
        this.execute(block);
      }
    } else
      for (const block of successors) {
        this.vary(block.arguments);
        this.execute(block);
      }
    this.endRegion(terminator);
  }

  /** Whether an operation reads something of which nothing is known yet; it will be visited again. */
  private isWaiting({ operands }: Operation): boolean {
    return operands.some((value) => this.lattice.of(value) === undefined);
  }

  /** Passes on what a region ends with: to the regions beside it, to the results, or to the callers. */
  private endRegion(terminator: Operation): void {
    const region = terminator.parent?.parent;
    const owner = region?.owner;
    if (!region || !owner || !terminator.hasTrait('return-like')) return;
    const flow = owner.interface(regionBranch);
    if (flow) {
      const from = owner.regions.indexOf(region);
      const next = flow.successors(owner, from, this.knownOperands(owner), this.knownOperands(terminator));
      for (const to of next) this.pass(owner, flow, to, passedOperands(terminator));
    } else if (owner.interface(callable)?.(owner) === region)
      for (const call of this.calls.callersOf(owner))
        if (call.parent && this.executed.has(call.parent)) this.joinAll(call.results, terminator.operands);
  }

  private pass(operation: Operation, flow: RegionBranch, to: FlowPoint, values: readonly Value[]): void {
    this.joinAll(flowInputs(operation, flow, to), values);
    if (to !== 'outside') this.execute(operation.region(to).entry);
  }

  private visitFlow(operation: Operation, flow: RegionBranch): void {
    if (this.isWaiting(operation)) return;
    for (const to of flow.successors(operation, 'outside', this.knownOperands(operation)))
      this.pass(operation, flow, to, flow.entryOperands(operation, to));
    // What no way leads to is given by the operation itself, as the counter of a loop is.
    for (const [at, region] of operation.regions.entries()) {
      const inputs = new Set(flowInputs(operation, flow, at));
      this.vary(region.entry?.arguments.filter((argument) => !inputs.has(argument)) ?? []);
    }
    const results = new Set(flowInputs(operation, flow, 'outside'));
    this.vary(operation.results.filter((result) => !results.has(result)));
    for (const region of operation.regions)
      for (const block of region.blocks) if (this.executed.has(block) && block.last) this.enqueue(block.last);
  }

  private visitCall(call: Operation): void {
    const name = call.interface(calling)?.callee(call);
    const callee = name === undefined ? undefined : lookupSymbol(call, name);
    const body = callee?.interface(callable)?.(callee);
    // What stands outside may be called from where nobody looked.
    if (!body || !isInside(this.root.context.columns, body.owner.id, this.root.id)) return this.vary(call.results);
    this.joinAll(body.entry?.arguments ?? [], call.interface(calling)?.operands(call) ?? []);
    this.execute(body.entry);
    for (const block of body.blocks) if (this.executed.has(block) && block.last) this.enqueue(block.last);
  }

  /** What an operation folds to with what is known of its operands; a fold that is held back is one of nothing. */
  private folded(operation: Operation): FoldResult {
    const { observer } = this;
    const { definition, name } = operation;
    const fold = (): FoldResult => definition?.fold?.(operation, this.knownOperands(operation));
    if (!observer || !definition?.fold) return fold();
    if (observer.permits?.('fold', name) === false) return undefined;
    const action: Action = { kind: 'fold', name, root: operation };
    observer.begins?.(action);
    const folded = fold();
    const reason = folded ? undefined : 'it folds to nothing';
    observer.ends?.(action, { reason, made: [], modified: [], replacedBy: undefined });
    return folded;
  }

  private fold(operation: Operation): void {
    const { results } = operation;
    if (results.length === 0) return;
    const dialect = operation.dialectName;
    const own = operation.hasTrait('constant-like') ? operation.attribute(constantAttribute) : undefined;
    if (own) return this.lattice.join(results[0] as Value, { attribute: own, dialect });
    if (this.isWaiting(operation)) return;
    const folded = this.folded(operation);
    for (const [at, result] of results.entries()) {
      const to = folded?.[at];
      const what: Knowledge =
        to === undefined ? 'varies' : to instanceof Value ? this.lattice.of(to) : { attribute: to, dialect };
      this.lattice.join(result, what);
    }
  }
}

/** Puts constants where the solver found them. */
class Replacer {
  private readonly root: Operation;
  private readonly solver: Solver;
  private readonly constants: Map<string, Value>;
  private replaced: number;

  constructor(root: Operation, solver: Solver) {
    this.root = root;
    this.solver = solver;
    this.constants = new Map();
    this.replaced = 0;
  }

  run(): number {
    const pending: Block[] = [];
    const look = ({ regions }: Operation): void => {
      for (const region of regions) pending.push(...[...region.blocks].reverse());
    };
    look(this.root);
    // In upstream's order, so that constants come to stand in the same one.
    for (let block = pending.pop(); block; block = pending.pop()) {
      for (const operation of block.operations) {
        const { results } = operation;
        const constant = results.filter((result) => this.replace(result, block));
        if (results.length > 0 && constant.length === results.length && isErasable(operation)) operation.erase();
        else look(operation);
      }
      for (const argument of block.arguments) this.replace(argument, block);
    }
    return this.replaced;
  }

  /** Replaces a value that is constant; whether it is. */
  private replace(value: Value, block: Block): boolean {
    const known = this.solver.lattice.of(value);
    if (known === undefined || known === 'varies') return false;
    const region = homeOf(block, this.root);
    const constant = this.constantIn(region, known, value);
    if (!constant) return false;
    value.replaceAllUsesWith(constant);
    this.replaced++;
    return true;
  }

  /** The operation that stands for a constant in a region; undefined where none can be made. */
  private constantIn(region: Region, known: KnownConstant, { type, location }: Value): Value | undefined {
    const key = `${region.id} ${known.dialect} ${known.attribute.id} ${type.id}`;
    const before = this.constants.get(key);
    if (before) return before;
    const dialect = this.root.context.dialects.get(known.dialect);
    const made = dialect?.materializeConstant?.(known.attribute, type)?.operation;
    const { entry } = region;
    if (!made || !entry || made.resultCount !== 1 || made.result(0).type !== type) return undefined;
    new Rewriter(entry, entry.first).insert(made);
    made.setLocation(location);
    this.constants.set(key, made.result(0));
    return made.result(0);
  }
}

/** The region whose entry holds constants for a block: the nearest that is isolated, or one of the root's. */
function homeOf(block: Block, root: Operation): Region {
  let region = block.parent as Region;
  const mayBeIsolated = ({ owner }: Region): boolean =>
    owner.definition === undefined || owner.hasTrait('isolated-from-above');
  while (region.owner !== root && !mayBeIsolated(region)) {
    const outer = region.owner.parent?.parent;
    if (!outer) break;
    region = outer;
  }
  return region;
}

/** Propagates constants. */
export const sccp = pass('sccp', {
  summary: 'propagate constants along the ways that are taken',
  exact: true,
  run: (root, _settings, context) => context.count('replaced', propagateConstants(root, context.observer)),
});
