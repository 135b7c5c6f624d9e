/** Inlining: calls are replaced by what they call, callees first, as upstream's inliner does it. */
import type { Operation } from '../ir/operation.ts';
import type { ActionObserver } from './action.ts';
import { CallGraph, type CallNode } from './call-graph.ts';
import { canLeaveItsPlace, fitsCall, inlineCall, type MakeBranch, mayBranch } from './inline-call.ts';
import { knob } from './knob.ts';
import { type Pass, type PassContext, pass } from './pass.ts';
import { parsePipeline } from './pipeline-parser.ts';
import { anyAnchor, type Stage } from './pipeline.ts';
import { failAt } from './rewriter.ts';
import { takeStep } from './step.ts';
import { SymbolUses } from './symbol-uses.ts';
import { visitInside } from './walk-columns.ts';

/** How calls are inlined. */
export interface InlineOptions {
  /** What a return becomes where a callee has several blocks. */
  readonly branch: MakeBranch;
  /** How often the bodies of a group are made better and looked at again; 4 by default. */
  readonly maxIterations?: number;
  /** The largest callee that is inlined, in per cent of its caller's operations; no limit by default. */
  readonly threshold?: number;
  /** Makes a body better before its calls are inlined, and after. */
  readonly improve?: ((callable: Operation) => void) | undefined;
  /** Told of every call, and may forbid that it is inlined. */
  readonly observer?: ActionObserver | undefined;
}

/** What inlining did. */
export interface InlineReport {
  /** Calls that were replaced. */
  readonly inlined: number;
  /** Callables that nothing named any more. */
  readonly erased: number;
}

interface ResolvedCall {
  readonly call: Operation;
  readonly from: CallNode;
  readonly to: CallNode;
  /** How the call came: by inlining a body, which itself may have come by inlining. */
  readonly history: History | undefined;
}
interface History {
  readonly node: CallNode;
  readonly before: History | undefined;
}

const unlimited = 2 ** 32 - 1;

/** Inlines the calls inside `root`, which holds symbols, where that is allowed and the callee is known. */
export const inlineCalls = (root: Operation, options: InlineOptions): InlineReport => new Inliner(root, options).run();

class Inliner {
  private readonly root: Operation;
  private readonly options: InlineOptions;
  private readonly graph: CallGraph;
  private readonly uses: SymbolUses;
  private readonly dead: Set<CallNode>;
  /** Bodies of which it is known whether they may stand elsewhere. */
  private readonly movable: Map<CallNode, boolean>;
  private inlined: number;

  constructor(root: Operation, options: InlineOptions) {
    this.root = root;
    this.options = options;
    this.graph = new CallGraph(root);
    this.uses = new SymbolUses(root, this.graph);
    this.dead = new Set();
    this.movable = new Map();
    this.inlined = 0;
  }

  run(): InlineReport {
    const { maxIterations = 4 } = this.options;
    for (const group of this.graph.groups()) {
      const alive = new Set(group);
      let iterations = 0;
      do this.improve(alive);
      while (this.inlineIn(alive) && ++iterations < maxIterations);
    }
    for (const { callable, body } of this.dead) if (!callable.isErased) this.erase(callable, body.isEmpty);
    return { inlined: this.inlined, erased: this.dead.size };
  }

  /** Erases a callable that nothing names; one whose body has moved cannot stay. */
  private erase(callable: Operation, mustGo: boolean): void {
    if (mustGo) callable.erase();
    else
      takeStep(
        this.options.observer,
        'erase-unused-symbol',
        () => callable,
        () => callable.erase(),
      );
  }

  private improve(nodes: ReadonlySet<CallNode>): void {
    const { improve } = this.options;
    if (!improve) return;
    for (const node of nodes) {
      if (node.children.length > 0 || !node.callable.hasTrait('isolated-from-above')) continue;
      improve(node.callable);
      this.movable.delete(node);
      this.uses.recount(node);
    }
  }

  /** Inlines the calls in a group of bodies, and those that come thereby; tells whether there was any. */
  private inlineIn(nodes: Set<CallNode>): boolean {
    const dead = new Set<CallNode>();
    const calls: ResolvedCall[] = [];
    for (const node of nodes)
      if (this.uses.isDead(node)) dead.add(node);
      else this.collect(this.blocksOf(node.callable.id, node.body.id), node, false, undefined, calls);
    let any = false;
    for (let at = 0; at < calls.length; at++) {
      const one = calls[at] as ResolvedCall;
      const { call, from, to, history } = one;
      if (dead.has(from) || call.isErased || !this.shouldInline(one)) continue;
      const move = this.uses.hasOneUse(to);
      const came = this.replaceCall(one, move);
      if (!came) continue;
      this.movable.delete(from);
      this.inlined++;
      any = true;
      this.collect(came, from, true, { node: to, before: history }, calls);
      if (!move) continue;
      this.uses.erase(to);
      dead.add(to);
    }
    for (const node of dead) {
      nodes.delete(node);
      this.dead.add(node);
    }
    return any;
  }

  /** Puts the body in the place of a call; gives the operations that came, undefined when that is not permitted. */
  private replaceCall({ call, from, to }: ResolvedCall, move: boolean): ReturnType<typeof inlineCall> | undefined {
    const { observer, branch } = this.options;
    let came: ReturnType<typeof inlineCall> | undefined;
    takeStep(
      observer,
      'inline-call',
      () => call,
      () => {
        this.uses.dropCall(call, from);
        this.uses.copyInto(to, from);
        came = inlineCall(call, to.body, { move, branch });
        return observer && { made: came.flat().map((op) => this.root.context.operation(op)) };
      },
    );
    return came;
  }

  /** The blocks of a region of `op`, or of all its regions, as lists of operations. */
  private blocksOf(op: number, only?: number): readonly (readonly number[])[] {
    const { columns } = this.root.context;
    const blocks: number[][] = [];
    for (let region = columns.opRegion[op] as number; region !== 0; region = columns.regionNext[region] as number) {
      if (only !== undefined && region !== only) continue;
      for (let block = columns.regionFirst[region] as number; block !== 0; block = columns.blockNext[block] as number) {
        const inside: number[] = [];
        for (let at = columns.blockFirst[block] as number; at !== 0; at = columns.opNext[at] as number) inside.push(at);
        blocks.push(inside);
      }
    }
    return blocks;
  }

  /** Adds the calls in blocks of `from` whose callees are known: those of the last block first, as upstream. */
  private collect(
    blocks: readonly (readonly number[])[],
    from: CallNode,
    intoNested: boolean,
    history: History | undefined,
    calls: ResolvedCall[],
  ): void {
    const { context } = this.root;
    const { columns } = context;
    const pending = blocks.map((inside) => ({ inside, node: from }));
    for (let next = pending.pop(); next; next = pending.pop())
      for (const op of next.inside) {
        if (this.graph.isCall(op)) {
          const call = context.operation(op);
          const to = this.graph.calleeOf(call);
          if (to) calls.push({ call, from: next.node, to, history });
        } else if (columns.opRegion[op] !== 0) {
          const nested = this.graph.nodeAt(op);
          if (nested && !intoNested) continue;
          for (const inside of this.blocksOf(op)) pending.push({ inside, node: nested ?? next.node });
        }
      }
  }

  private shouldInline({ call, from, to, history }: ResolvedCall): boolean {
    for (let at = history; at; at = at.before) if (at.node === to) return false;
    if (call.hasTrait('terminator') || this.dead.has(to)) return false;
    // Recursion, also by way of the caller, is left alone.
    if (to.callees.has(to) || to.callees.has(from) || to.children.includes(from)) return false;
    if (to.callable.isAncestorOf(call)) return false;
    if (to.body.blocks.length > 1 && !mayBranch(call, to.callable)) return false;
    return this.isWorthwhile(from, to) && fitsCall(call, to.body) && this.isMovable(to);
  }

  private isMovable(node: CallNode): boolean {
    let movable = this.movable.get(node);
    if (movable === undefined) {
      movable = canLeaveItsPlace(node.body);
      this.movable.set(node, movable);
    }
    return movable;
  }

  private isWorthwhile(from: CallNode, to: CallNode): boolean {
    const { threshold = unlimited } = this.options;
    if (threshold === 0) return false;
    if (threshold >= unlimited) return true;
    return Math.floor((this.sizeOf(to) * 100) / this.sizeOf(from)) <= threshold;
  }

  private sizeOf(node: CallNode): number {
    let size = 0;
    visitInside(this.root.context.columns, node.callable.id, () => void size++);
    return size;
  }
}

/** Runs stages on a callable; what their passes count is told with their names. */
function runStages(stages: readonly Stage[], on: Operation, context: PassContext): void {
  for (const stage of stages)
    if (stage.kind === 'pass') {
      const { name, on: only } = stage.pass;
      if (only !== undefined && only !== on.name) failAt(on, `pass '${name}' runs on '${only}', not on '${on.name}'`);
      stage.pass.run(on, stage.settings, { ...context, count: (what, by) => context.count(`${name} ${what}`, by) });
    } else
      for (const block of on.regions.flatMap(({ blocks }) => blocks))
        for (const inner of block.operations)
          if (stage.anchor === anyAnchor || inner.name === stage.anchor) runStages(stage.stages, inner, context);
}

const knobs = {
  defaultPipeline: knob.text('canonicalize', 'passes', 'what runs on every function before its calls are inlined'),
  opPipelines: knob.text('', 'pipelines', 'what runs instead on callables of a name, as in name(canonicalize,cse)'),
  inliningThreshold: knob.int(
    0,
    unlimited,
    unlimited,
    "the largest callee that is inlined, in per cent of its caller's operations",
  ),
  maxIterations: knob.int(0, unlimited, 4, 'how often functions that call each other are looked at'),
};

/** Makes the pass; its pipelines are of `passes`, which may be a list that has the pass itself. */
export const inline = (passes: () => readonly Pass[], branch: MakeBranch): Pass<typeof knobs> =>
  pass('inline', {
    summary: 'replace calls by what they call',
    knobs,
    exact: true,
    run(root, { defaultPipeline, opPipelines, inliningThreshold, maxIterations }, context) {
      if (!root.hasTrait('symbol-table'))
        failAt(root, `pass 'inline' runs on operations that hold symbols, not on '${root.name}'`);
      const read = (text: string, file: string): readonly Stage[] =>
        parsePipeline(`${anyAnchor}(${text})`, passes(), { file }).stages;
      const usual = read(defaultPipeline, '<default-pipeline>');
      const special = new Map<string, readonly Stage[]>();
      for (const one of read(opPipelines, '<op-pipelines>')) {
        if (one.kind === 'pass')
          failAt(root, `'op-pipelines' names pass '${one.pass.name}', expected OPERATION(PASSES)`);
        else special.set(one.anchor, one.stages);
      }
      const stages = (name: string): readonly Stage[] => special.get(name) ?? usual;
      const report = inlineCalls(root, {
        branch,
        maxIterations,
        threshold: inliningThreshold,
        observer: context.observer,
        improve:
          usual.length + special.size === 0
            ? undefined
            : (callable) => runStages(stages(callable.name), callable, context),
      });
      context.count('inlined', report.inlined);
      context.count('erased', report.erased);
    },
  });
