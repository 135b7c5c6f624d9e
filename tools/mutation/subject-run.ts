/** The part that runs inside the bundle of one mutation run: all property tests, with one mutant switched on, or none. */
import fc from 'fast-check';
import { collected } from './test-collector.ts';

/** What a run without mutants tells of a test: how long it takes, and the mutants that it comes to. */
export interface ReachedByTest {
  readonly name: string;
  readonly milliseconds: number;
  readonly reached: readonly number[];
  readonly failure: string | undefined;
}
/** What a run without mutants tells. */
export interface Reached {
  /** Mutants that loading the modules comes to already. */
  readonly always: readonly number[];
  readonly tests: readonly ReachedByTest[];
}
/** Told before each test, so that the parent can tell a slow one from one without end. */
export interface TestBegins {
  readonly begins: string;
}
/** What a run with a mutant tells: the test that noticed it. */
export interface MutantRun {
  readonly killer: string | undefined;
  readonly failure: string | undefined;
}

/** What the parent hands over, as JSON in a file. */
export interface SubjectOrder {
  /** The mutant that is on; undefined to find out what is reached. */
  readonly mutant: number | undefined;
  readonly mutants: number;
  /** Names of the tests to run, in this order. */
  readonly tests: readonly string[];
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 400);

/** Runs what the order says; `hits` says of each mutant whether it was reached. */
export async function runSubject(
  order: SubjectOrder,
  hits: Uint8Array,
  tell: (begins: TestBegins) => void,
): Promise<Reached | MutantRun> {
  // Every run sees the same cases, and a test that fails need not look for the smallest.
  fc.configureGlobal({ seed: 1, endOnFailure: true });
  const taken = (): readonly number[] => {
    const reached = [...hits.keys()].filter((at) => hits[at] === 1);
    hits.fill(0);
    return reached;
  };
  if (order.mutant === undefined) {
    const always = taken();
    const tests: ReachedByTest[] = [];
    for (const { name, run } of collected) {
      tell({ begins: name });
      const start = performance.now();
      let failure: string | undefined;
      try {
        await run();
      } catch (error) {
        failure = messageOf(error);
      }
      tests.push({ name, milliseconds: performance.now() - start, reached: taken(), failure });
    }
    return { always, tests };
  }
  const byName = new Map(collected.map((one) => [one.name, one]));
  for (const name of order.tests) {
    const test = byName.get(name);
    if (!test) return { killer: name, failure: 'the test is not there' };
    tell({ begins: name });
    try {
      await test.run();
    } catch (error) {
      return { killer: name, failure: messageOf(error) };
    }
  }
  return { killer: undefined, failure: undefined };
}
