/** Running programs: the evaluator knows no operation, only meanings, traits and regions. */
import {
  type Block,
  type Context,
  DiagnosticError,
  errorAt,
  lookupSymbol,
  type Operation,
  symbolsIn,
  type Region,
} from '../ir/index.ts';
import { Budget, defaultLimits, type Limits, stop } from './budget.ts';
import { Frame, type Observer, type Surroundings } from './frame.ts';
import { prepare, prepareBlock, type Prepared, type PreparedBlock } from './prepared.ts';
import type { AnyMeaning, Evaluation, Semantics } from './semantics.ts';
import type { RuntimeValue } from './value.ts';

/** How a program is run. */
export interface EvaluationOptions {
  readonly limits?: Partial<Limits>;
  readonly observer?: Observer;
  /** Which form of an operation with a fast kernel runs; the results are the same. `fast` by default. */
  readonly kernels?: 'reference' | 'fast';
}

/** Runs operations and functions of some dialects. What it finds out is kept while the IR does not change. */
export class Evaluator {
  private readonly levels: readonly Semantics[];
  private readonly options: EvaluationOptions;
  private readonly prepared: Map<number, Prepared>;
  private readonly blocks: Map<number, PreparedBlock>;
  private context: Context | undefined;
  private version: number;
  private budget: Budget;
  private frame: Frame | undefined;
  private readonly surroundings: Surroundings;

  constructor(levels: readonly Semantics[], options: EvaluationOptions = {}) {
    this.levels = levels;
    this.options = options;
    this.prepared = new Map();
    this.blocks = new Map();
    this.context = undefined;
    this.version = -1;
    this.budget = new Budget({ ...defaultLimits, ...options.limits });
    this.frame = undefined;
    const evaluator = this;
    this.surroundings = {
      get budget() {
        return evaluator.budget;
      },
      observer: options.observer,
      prepared: (operation) => this.prepare(operation),
      preparedBlock: (block) => this.prepareBlock(block),
      inside: (frame, body) => this.inside(frame, body),
    };
  }

  /** The results of calling `callee`, an operation with a body, with a fresh budget. Faults are `DiagnosticError`s. */
  call(callee: Operation, values: readonly RuntimeValue[]): readonly RuntimeValue[] {
    this.start(callee);
    return this.runRegion(callee.region(0), values, undefined);
  }

  /** A call under way, for a caller that runs it in parts. */
  begin(callee: Operation, values: readonly RuntimeValue[]): Frame {
    this.start(callee);
    return new Frame(this.surroundings, callee.region(0), values, undefined);
  }

  /** The results of one operation, which may be detached, given its operands' values. */
  apply(operation: Operation, values: readonly RuntimeValue[]): readonly RuntimeValue[] {
    this.start(operation);
    const prepared = this.prepare(operation);
    const { meaning } = prepared;
    if (!meaning) return stop(operation, 'has no meaning at the levels that are evaluated');
    this.budget.step(operation);
    this.budget.allocate(operation, prepared.bytes);
    return prepared.outputs(meaning(prepared.arguments(values), prepared.names, prepared.evaluation));
  }

  private start(operation: Operation): void {
    const { context } = operation;
    const { version } = context.columns;
    if (context !== this.context || version !== this.version) {
      this.prepared.clear();
      this.blocks.clear();
    }
    this.context = context;
    this.version = version;
    this.budget = new Budget({ ...defaultLimits, ...this.options.limits });
  }

  private prepare(operation: Operation): Prepared {
    let prepared = this.prepared.get(operation.id);
    if (!prepared) {
      try {
        prepared = prepare(operation, this.meaningOf(operation.name) as Prepared['meaning'], (names) =>
          this.evaluationOf(operation, names as Evaluation['names']),
        );
      } catch (error) {
        if (error instanceof RangeError) return stop(operation, `cannot be run: ${error.message}`);
        throw error;
      }
      this.prepared.set(operation.id, prepared);
    }
    return prepared;
  }

  private prepareBlock(block: Block): PreparedBlock {
    let prepared = this.blocks.get(block.id);
    if (!prepared) {
      prepared = prepareBlock(block);
      this.blocks.set(block.id, prepared);
    }
    return prepared;
  }

  private meaningOf(name: string): AnyMeaning | undefined {
    for (const level of this.levels) {
      const meaning = level.meanings.get(name);
      if (!meaning) continue;
      const kernel = this.options.kernels === 'reference' ? undefined : level.kernels.get(name);
      return kernel
        ? (args, bound, evaluation) => kernel(args, bound, evaluation) ?? meaning(args, bound, evaluation)
        : meaning;
    }
    return undefined;
  }

  private evaluationOf(operation: Operation, names: Evaluation['names']): Evaluation {
    const callees = new Map<string, Operation | undefined>();
    const { regions } = operation;
    return {
      operation,
      names,
      types: operation.results.map((value) => value.type),
      evaluateRegion: (region, values, gathered) =>
        this.runRegion(regions[region] ?? stop(operation, `has no region ${region}`), values, this.frame, gathered),
      gathered: () => this.frame?.gathered ?? [],
      call: (symbol, values) => {
        if (!callees.has(symbol)) callees.set(symbol, lookupSymbol(operation, symbol));
        const callee = callees.get(symbol);
        return callee
          ? this.runRegion(callee.region(0), values, undefined)
          : stop(operation, `calls '@${symbol}', which is not here`);
      },
      fail: (message) => stop(operation, message),
    };
  }

  private runRegion(
    region: Region,
    values: readonly RuntimeValue[],
    parent: Frame | undefined,
    gathered: readonly RuntimeValue[] = [],
  ): readonly RuntimeValue[] {
    this.budget.enter(region.owner);
    try {
      const frame = new Frame(this.surroundings, region, values, parent, gathered);
      return frame.run() ?? stop(region.owner, 'did not end with a terminator that returns');
    } finally {
      this.budget.leave();
    }
  }

  private inside<T>(frame: Frame, body: () => T): T {
    const outer = this.frame;
    this.frame = frame;
    try {
      return body();
    } finally {
      this.frame = outer;
    }
  }
}

/** Runs the function called `name` of a module once. */
export function evaluate(
  levels: readonly Semantics[],
  module: Operation,
  name: string,
  values: readonly RuntimeValue[],
  options: EvaluationOptions = {},
): readonly RuntimeValue[] {
  const callee = symbolsIn(module).get(name);
  if (!callee) {
    const known = [...symbolsIn(module).keys()].map((symbol) => `'@${symbol}'`).join(', ');
    throw new DiagnosticError([
      errorAt(module.location, `there is no function '@${name}', expected one of ${known || 'none'}`),
    ]);
  }
  return new Evaluator(levels, options).call(callee, values);
}
