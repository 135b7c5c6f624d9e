/** Passes: named steps over an operation. A pass is a value; nothing registers itself. */
import type { Diagnostic } from '../ir/diagnostic.ts';
import type { Operation } from '../ir/operation.ts';
import type { ActionOptions } from './action.ts';
import { defaultSettings, type Knobs, type NoKnobs, type Settings } from './knob.ts';

/** Whether a pass keeps every bit, or the name of the bound on how far it may differ. */
export type Exactness = true | { readonly bound: string };

/** What a pass may use while it runs. */
export interface PassContext extends ActionOptions {
  /** Whether pattern contracts are checked. */
  readonly check: boolean | undefined;
  /** Adds to a statistic of this run. */
  count(statistic: string, by?: number): void;
  /** Says something that does not stop the run: a warning or a remark. */
  report(diagnostic: Diagnostic): void;
  /** Prints what the pass was run for, such as a table or a graph. */
  write(text: string): void;
}

/** A pass as pipelines see it. */
export interface Pass<K extends Knobs = Knobs> {
  readonly name: string;
  readonly summary: string;
  readonly knobs: K;
  /** The name of the operations that it runs on; undefined for any. */
  readonly on: string | undefined;
  /** Passes whose effect this one relies on, by name; a pipeline must have them earlier. */
  readonly after: readonly string[];
  readonly exact: Exactness;
  /**
   * What the program lacks after it that a later pass gives, such as `syncs`; undefined when it lacks what it lacked
   * before. Whoever runs unfinished programs makes up for it.
   */
  readonly lacks: readonly string[] | undefined;
  run(root: Operation, settings: Settings<K>, context: PassContext): void;
}

/** What a pass declares. */
export interface PassSpec<K extends Knobs> {
  readonly summary: string;
  readonly knobs?: K;
  readonly on?: string;
  readonly after?: readonly { readonly name: string }[];
  /** `true` when every result keeps its bits; otherwise what bounds the difference. */
  readonly exact: Exactness;
  /** What the program lacks after it that a later pass gives. */
  readonly lacks?: readonly string[];
  run(root: Operation, settings: Settings<K>, context: PassContext): void;
}

/** Declares a pass; throws a `DiagnosticError` from `run` when it cannot do its work. */
export const pass = <const K extends Knobs = NoKnobs>(name: string, spec: PassSpec<K>): Pass<K> => ({
  name,
  summary: spec.summary,
  knobs: spec.knobs ?? ({} as K),
  on: spec.on,
  after: (spec.after ?? []).map((other) => other.name),
  exact: spec.exact,
  lacks: spec.lacks,
  run: (root, settings, context) => spec.run(root, settings, context),
});

/** A context for running a pass by itself; statistics, remarks and what is printed go to `to`. */
export const passContext = (
  to: {
    readonly statistics?: Map<string, number>;
    readonly remarks?: Diagnostic[];
    readonly output?: (text: string) => void;
  } = {},
  options: ActionOptions & { readonly check?: boolean | undefined } = {},
): PassContext => ({
  ...options,
  check: options.check,
  count(statistic, by = 1) {
    to.statistics?.set(statistic, (to.statistics.get(statistic) ?? 0) + by);
  },
  report(diagnostic) {
    to.remarks?.push(diagnostic);
  },
  write(text) {
    to.output?.(text);
  },
});

/** Runs one pass on `root` with its default settings and `changes`. */
export const runPass = <K extends Knobs>(
  one: Pass<K>,
  root: Operation,
  changes: Partial<Settings<K>> = {},
  context: PassContext = passContext(),
): void => one.run(root, { ...defaultSettings(one.knobs), ...changes }, context);
