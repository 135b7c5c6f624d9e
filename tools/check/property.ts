/** Properties over generated cases, and the counterexample as a reader wants it. */
import fc from 'fast-check';
import { DiagnosticError, formatDiagnostic } from '../../ir/index.ts';

/** How many cases a property runs, and from which seed. */
export interface PropertyOptions {
  readonly cases?: number;
  readonly seed?: number;
}

/** A generated case with the text that stands for it in a counterexample. */
export interface Told<T> {
  readonly value: T;
  [fc.toStringMethod](): string;
}

/** Lets a case be printed by `text`. */
export const told = <T>(value: T, text: (value: T) => string): Told<T> => ({
  value,
  [fc.toStringMethod]: () => text(value),
});

/** What an error says, diagnostics included. */
export const errorText = (error: unknown): string =>
  error instanceof DiagnosticError
    ? error.diagnostics.map((diagnostic) => formatDiagnostic(diagnostic)).join('\n')
    : error instanceof Error
      ? error.message
      : String(error);

/** Milliseconds that a property may take, with making its counterexample smaller. */
const timeLimit = 50_000;

/**
 * Checks `body` on generated cases. Throws an `Error` whose message is the smallest case found, as
 * text, and what went wrong with it.
 */
export function checkProperty<T>(
  arbitrary: fc.Arbitrary<Told<T>>,
  body: (value: T) => void,
  options: PropertyOptions = {},
): void {
  const report = fc.check(
    fc.property(arbitrary, ({ value }) => {
      body(value);
    }),
    {
      numRuns: options.cases ?? 100,
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      // What is found by then is shown, though it may not be the smallest.
      interruptAfterTimeLimit: timeLimit,
      markInterruptAsFailure: true,
    },
  );
  if (!report.failed) return;
  if (report.interrupted && !report.counterexample)
    throw new Error(`no end within ${timeLimit / 1000} s, after ${report.numRuns} cases (seed ${report.seed})`);
  const [smallest] = report.counterexample ?? [];
  const error = report.errorInstance;
  throw new PropertyFailed(
    smallest?.[fc.toStringMethod]() ?? '(no case)',
    errorText(error),
    report.numRuns,
    report.seed,
  );
}

/** A property that does not hold. */
export class PropertyFailed extends Error {
  /** The smallest case as text. */
  readonly counterexample: string;
  /** What went wrong with it. */
  readonly reason: string;
  /** Cases that ran until the first failure. */
  readonly cases: number;
  constructor(counterexample: string, reason: string, cases: number, seed: number) {
    super(`${reason}\nafter ${cases} cases (seed ${seed}), smallest case:${counterexample}`);
    this.name = 'PropertyFailed';
    this.counterexample = counterexample;
    this.reason = reason;
    this.cases = cases;
  }
}
