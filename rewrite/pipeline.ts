/** Pipelines: which passes run on which operations, in what order. Plain data with a text form. */
import { alg, Graph } from '@dagrejs/graphlib';
import { defaultSettings, type Knobs, printSettings, type Settings, settingsWith } from './knob.ts';
import type { Pass } from './pass.ts';

/** One pass with its settings. */
export interface PassStage {
  readonly kind: 'pass';
  readonly pass: Pass;
  readonly settings: Settings;
}
/** Stages that run on each operation of a name that stands directly inside. */
export interface NestedStage {
  readonly kind: 'nested';
  readonly anchor: string;
  readonly stages: readonly Stage[];
}
/** One step of a pipeline. */
export type Stage = PassStage | NestedStage;
/** Stages for an operation called `anchor`; `any` for one of any name. */
export interface Pipeline {
  readonly anchor: string;
  readonly stages: readonly Stage[];
}

/** The anchor that every operation fits. */
export const anyAnchor = 'any';

/** A stage from a pass and the settings that differ from its defaults. */
export const stage = <K extends Knobs>(pass: Pass<K>, changes: Partial<Settings<K>> = {}): PassStage => ({
  kind: 'pass',
  // Settings are made from the pass's own knobs, so the erased `run` gets what it expects.
  pass: pass as unknown as Pass,
  settings: settingsWith(pass.knobs, changes) as Settings,
});
/** Stages for the operations called `anchor` directly inside. */
export const nested = (anchor: string, ...stages: readonly Stage[]): NestedStage => ({
  kind: 'nested',
  anchor,
  stages,
});
/** A pipeline. */
export const pipeline = (anchor: string, ...stages: readonly Stage[]): Pipeline => ({ anchor, stages });

/** The text form, such as `builtin.module(func.func(canonicalize{max-iterations=2},cse))`. */
export const printPipeline = ({ anchor, stages }: Pipeline): string => `${anchor}(${stages.map(printStage).join(',')})`;

function printStage(one: Stage): string {
  if (one.kind === 'nested') return printPipeline(one);
  const settings = printSettings(one.pass.knobs, one.settings);
  return settings === '' ? one.pass.name : `${one.pass.name}{${settings}}`;
}

/** The passes of a pipeline in the order in which they run. */
export const passesOf = ({ stages }: Pick<Pipeline, 'stages'>): readonly Pass[] =>
  stages.flatMap((one) => (one.kind === 'pass' ? [one.pass] : passesOf(one)));

/** The graph of `after`: an edge leads from a pass to the one that relies on it. */
function orderGraph(passes: readonly Pass[]): Graph {
  const graph = new Graph();
  for (const one of passes) {
    graph.setNode(one.name);
    for (const earlier of one.after) graph.setEdge(earlier, one.name);
  }
  return graph;
}

/**
 * The passes so that each comes after those that it relies on. Throws a `RangeError` that shows the
 * cycle when they rely on each other.
 */
export function orderedPasses(passes: readonly Pass[]): readonly Pass[] {
  const graph = orderGraph(passes);
  const [cycle] = alg.findCycles(graph);
  if (cycle) throw new RangeError(`passes rely on each other: ${[...cycle, cycle[0]].join(' <- ')}`);
  const byName = new Map(passes.map((one) => [one.name, one]));
  return alg.topsort(graph).flatMap((name) => byName.get(name) ?? []);
}

/** How strictly the order is judged. */
export interface OrderOptions {
  /** Whether what a pass relies on must be there; otherwise it only must not come later. */
  readonly complete?: boolean;
}

/** One pass of a pipeline that stands before what it relies on. */
export interface OrderError {
  /** Position among the passes, from 0. */
  readonly at: number;
  readonly message: string;
}

/** Where a pipeline breaks the order that its passes ask for, directly or through others. */
export function orderErrors(
  passes: readonly Pass[],
  known: readonly Pass[] = passes,
  options: OrderOptions = {},
): readonly OrderError[] {
  const graph = orderGraph([...new Map([...known, ...passes].map((one) => [one.name, one])).values()]);
  const names = passes.map((one) => one.name);
  const errors: OrderError[] = [];
  for (const [at, one] of passes.entries()) {
    const earlier = new Set(names.slice(0, at));
    for (const needed of ancestors(graph, one.name)) {
      if (earlier.has(needed)) continue;
      const later = names.includes(needed, at + 1);
      const direct = one.after.includes(needed);
      if (!later && !(options.complete && direct)) continue;
      errors.push({
        at,
        message:
          `pass '${one.name}' must come after '${needed}', ` +
          `which ${later ? 'stands later' : 'the pipeline does not have'}`,
      });
    }
  }
  return errors;
}

function ancestors(graph: Graph, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [name];
  for (let next = pending.pop(); next !== undefined; next = pending.pop())
    for (const earlier of graph.predecessors(next) ?? [])
      if (earlier !== name && !found.has(earlier)) {
        found.add(earlier);
        pending.push(earlier);
      }
  return found;
}

/** The settings of a pass when nothing is said, with its types erased. */
export const erasedDefaults = (one: Pass): Settings => defaultSettings(one.knobs) as Settings;
