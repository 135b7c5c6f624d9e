/** Running pipelines: verification, timing, statistics and hooks around every pass. */
import { type Diagnostic, DiagnosticError, errorAt } from '../ir/diagnostic.ts';
import type { Operation } from '../ir/operation.ts';
import { verify } from '../ir/verifier.ts';
import type { ActionOptions, RewriteAction } from './action.ts';
import type { Settings } from './knob.ts';
import type { Pass } from './pass.ts';
import { anyAnchor, type PassStage, type Pipeline, type Stage } from './pipeline.ts';

/** What a run does beside running. */
export interface RunOptions extends ActionOptions {
  /** Whether the operation is verified after every pass; true by default. */
  readonly verify?: boolean | undefined;
  /** Whether pattern contracts are checked. */
  readonly check?: boolean | undefined;
  /** Told before every pass. */
  readonly before?: ((pass: Pass, root: Operation, settings: Settings) => void) | undefined;
  /** Told after every pass, also after one that failed. */
  readonly after?: ((pass: Pass, root: Operation, outcome: PassOutcome) => void) | undefined;
  /** Takes what passes print; without it that is lost. */
  readonly output?: ((text: string) => void) | undefined;
}

/** How a pass ended. */
export interface PassOutcome {
  /** Whether the IR was changed. */
  readonly changed: boolean;
  /** Whether the pass threw, or left something invalid. */
  readonly failed: boolean;
}

/** One pass on one operation. */
export interface PassRun {
  readonly pass: string;
  /** The name of the operation that it ran on. */
  readonly operation: string;
  /** The anchors of the pipelines around the pass, outermost first. */
  readonly path: readonly string[];
  /** When it began, as `performance.now()` gives it. */
  readonly start: number;
  readonly milliseconds: number;
  /** How long verifying took after it. */
  readonly verifying: number;
  readonly changed: boolean;
  readonly statistics: ReadonlyMap<string, number>;
}

/** What a run of a pipeline did. */
export interface RunReport {
  readonly runs: readonly PassRun[];
  /** What the passes had to say. */
  readonly remarks: readonly Diagnostic[];
}

/**
 * Runs `pipeline` on `root`. Throws a `DiagnosticError` when the anchor does not fit, when a pass
 * fails, and when what it leaves is not valid: then every message names the pass.
 */
export function runPipeline(pipeline: Pipeline, root: Operation, options: RunOptions = {}): RunReport {
  if (pipeline.anchor !== anyAnchor && pipeline.anchor !== root.name)
    throw new DiagnosticError([
      errorAt(root.location, `the pipeline is for '${pipeline.anchor}', but the operation is '${root.name}'`),
    ]);
  const runs: PassRun[] = [];
  const remarks: Diagnostic[] = [];
  const runner = new Runner(options, runs, remarks);
  runner.run(pipeline.stages, root, [pipeline.anchor]);
  return { runs, remarks };
}

class Runner {
  private readonly options: RunOptions;
  private readonly runs: PassRun[];
  private readonly remarks: Diagnostic[];
  /** Rewrites so far: the limit is over the whole run. */
  private actions: number;

  constructor(options: RunOptions, runs: PassRun[], remarks: Diagnostic[]) {
    this.options = options;
    this.runs = runs;
    this.remarks = remarks;
    this.actions = 0;
  }

  run(stages: readonly Stage[], root: Operation, path: readonly string[]): void {
    for (const stage of stages) {
      if (stage.kind === 'pass') {
        if (!root.isErased) this.runPass(stage, root, path);
        continue;
      }
      const inside = [...path, stage.anchor];
      for (const inner of directlyInside(root, stage.anchor))
        if (!inner.isErased) this.run(stage.stages, inner, inside);
    }
  }

  private runPass({ pass, settings }: PassStage, root: Operation, path: readonly string[]): void {
    if (pass.on !== undefined && pass.on !== root.name)
      throw new DiagnosticError([
        errorAt(root.location, `pass '${pass.name}' runs on '${pass.on}', not on '${root.name}'`),
      ]);
    const { options, remarks } = this;
    const { columns } = root.context;
    const statistics = new Map<string, number>();
    const { name } = root;
    const { observer } = options;
    if (observer?.permits?.('pass', pass.name) === false) return;
    options.before?.(pass, root, settings);
    observer?.begins?.({ kind: 'pass', name: pass.name, root });
    let failed = true;
    let ran = 0;
    const version = columns.version;
    const start = performance.now();
    try {
      pass.run(root, settings, {
        check: options.check,
        observer,
        onAction: this.counting(),
        actionLimit: options.actionLimit === undefined ? undefined : options.actionLimit - this.actions,
        count: (statistic, by = 1) => void statistics.set(statistic, (statistics.get(statistic) ?? 0) + by),
        report: (diagnostic) => void remarks.push(diagnostic),
        write: (text) => options.output?.(text),
      });
      ran = performance.now();
      if (options.verify ?? true) this.verifyAfter(pass, root);
      failed = false;
    } finally {
      const end = performance.now();
      const changed = columns.version !== version;
      const milliseconds = (ran || end) - start;
      const verifying = ran ? end - ran : 0;
      this.runs.push({ pass: pass.name, operation: name, path, start, milliseconds, verifying, changed, statistics });
      const reason = failed ? 'failed' : changed ? undefined : 'nothing changed';
      observer?.ends?.(
        { kind: 'pass', name: pass.name, root },
        { reason, made: [], modified: [], replacedBy: undefined },
      );
      options.after?.(pass, root, { changed, failed });
    }
  }

  /** Actions are watched only where somebody asks, because naming them costs. */
  private counting(): ((action: RewriteAction) => void) | undefined {
    const { onAction, actionLimit } = this.options;
    if (!onAction && actionLimit === undefined) return undefined;
    return (action) => {
      this.actions++;
      onAction?.({ ...action, index: this.actions });
    };
  }

  private verifyAfter(pass: Pass, root: Operation): void {
    const diagnostics = verify(root);
    if (diagnostics.length === 0) return;
    throw new DiagnosticError(
      diagnostics.map((diagnostic) => ({ ...diagnostic, message: `after pass '${pass.name}': ${diagnostic.message}` })),
    );
  }
}

function directlyInside(root: Operation, anchor: string): readonly Operation[] {
  const found: Operation[] = [];
  for (const region of root.regions)
    for (const block of region.blocks)
      for (const operation of block.operations)
        if (anchor === anyAnchor || operation.name === anchor) found.push(operation);
  return found;
}
