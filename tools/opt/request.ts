/** What a run of `paleo-opt` is asked to do. */
import type { Dialect, Operation } from '../../ir/index.ts';
import type { PrintOptions } from '../../ir/text/index.ts';
import type { Pipeline } from '../../rewrite/index.ts';
import type { PipelineCheck } from '../diff/pipeline-check.ts';
import type { Subject } from '../diff/replay.ts';
import type { CheckedRun } from '../report/report.ts';
import type { DumpOptions } from './ir-dumps.ts';
import type { ObserverRequest } from './observers.ts';
import type { RuleText } from './reproducer.ts';
import type { VerifyMode } from './verify-diagnostics.ts';

/** A command line, understood. */
export interface OptRequest {
  readonly dialects: readonly Dialect[];
  readonly pipeline: Pipeline;
  /** Reads the pipeline that the input itself names, with the rules that it brings; undefined when it is on the command line. */
  readonly pipelineIn: ((text: string, rules: RuleText | undefined) => Pipeline) | undefined;
  /** The rules that were given, for reproducers. */
  readonly rules: RuleText | undefined;
  readonly output: string | undefined;
  readonly print: PrintOptions;
  readonly allowUnregistered: boolean;
  readonly noImplicitModule: boolean;
  readonly verifyEach: boolean;
  readonly checkPatterns: boolean;
  /** Makes what checks a pipeline by running; undefined when that is not asked for. */
  readonly checkEach: ((subject: Subject, module: Operation) => PipelineCheck) | undefined;
  /** Writes a page about a checked run, and says where it is. */
  readonly report: ((run: CheckedRun) => string) | undefined;
  /** What stands between the parts of the input; undefined when it is one. */
  readonly split: string | undefined;
  readonly outputMarker: string;
  readonly verifyDiagnostics: VerifyMode | undefined;
  readonly dumpPipeline: boolean;
  readonly dumps: DumpOptions | undefined;
  readonly observe: ObserverRequest;
  readonly reproducer: string | undefined;
  readonly crashReproducer: { readonly file: string; readonly local: boolean } | undefined;
  readonly timing: 'tree' | 'list' | undefined;
  readonly trace: string | undefined;
  readonly statistics: 'pipeline' | 'list' | undefined;
}
