/** The thread of a campaign that runs cases; the main thread watches its heartbeat and may end it at any time. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Campaign, CaseRunner, CorpusFile, Failure, Outcome } from './campaign.ts';
import { Random } from '../check/random.ts';
import { reduce } from './reduce.ts';

/** What a worker is started with. */
export interface WorkerSetup {
  readonly campaign: string;
  readonly corpus: readonly CorpusFile[];
  readonly seed: number;
  /** Milliseconds that one case may take. */
  readonly limit: number;
  /** Milliseconds that making one finding smaller may take. */
  readonly reducing: number;
  /** Keys of findings whose inputs are known. */
  readonly known: readonly string[];
  /** Two 32-bit integers: see `beat`. */
  readonly heartbeat: SharedArrayBuffer;
}

/** What the heartbeat has at its two places: a count of inputs begun, and the number of the case. */
export const beat = { count: 0, number: 1 } as const;

/** Cases from `low` up to `high`, which is not among them; those in `skip` are known to hang. */
export interface Order {
  readonly low: number;
  readonly high: number;
  readonly skip: readonly number[];
}

/** The input of a finding; told once as it was made, and once more when it has become smaller. */
export interface FoundMessage {
  readonly type: 'found';
  readonly number: number;
  readonly failure: Failure;
  readonly input: Uint8Array;
}
/** An order is done: how many cases had each outcome, and how many cases showed each finding. */
export interface DoneMessage {
  readonly type: 'done';
  readonly outcomes: readonly (readonly [string, number])[];
  readonly findings: readonly (readonly [string, number])[];
}

/** The input of a case. */
export const inputOf = (runner: CaseRunner, seed: number, number: number): Uint8Array =>
  runner.make(new Random(seed, number));

/** The outcome of an input; one over the limit twice is a finding, as the computer may have been busy once. */
export function timed(runner: CaseRunner, input: Uint8Array, limit: number): Outcome {
  let outcome: Outcome | undefined;
  for (let attempt = 0; attempt < 2; attempt++) {
    const start = performance.now();
    outcome = runner.check(input);
    if (performance.now() - start < limit) return outcome;
  }
  const { kind, failure } = outcome as Outcome;
  return { kind, failure: failure ?? { key: 'slow', text: `takes more than ${limit} ms` } };
}

const add = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

/** Runs orders of the main thread until it ends this one. */
export function work(campaigns: readonly Campaign[]): void {
  const setup = workerData as WorkerSetup;
  const campaign = campaigns.find(({ name }) => name === setup.campaign) as Campaign;
  const runner = campaign.open(setup.corpus);
  const known = new Set(setup.known);
  const heartbeat = new Int32Array(setup.heartbeat);
  const post = (message: FoundMessage | DoneMessage): void => parentPort?.postMessage(message);
  const checked = (input: Uint8Array): Outcome => {
    Atomics.add(heartbeat, beat.count, 1);
    return timed(runner, input, setup.limit);
  };
  const tell = (number: number, failure: Failure, input: Uint8Array): void => {
    known.add(failure.key);
    post({ type: 'found', number, failure, input });
    if (failure.key === 'slow') return;
    const same = (candidate: Uint8Array): boolean => checked(candidate).failure?.key === failure.key;
    const smallest = reduce(input, campaign.cuts, same, performance.now() + setup.reducing);
    post({ type: 'found', number, failure: checked(smallest).failure ?? failure, input: smallest });
  };
  parentPort?.on('message', ({ low, high, skip }: Order) => {
    const [outcomes, findings] = [new Map<string, number>(), new Map<string, number>()];
    for (let number = low; number < high; number++) {
      if (skip.includes(number)) continue;
      Atomics.store(heartbeat, beat.number, number);
      const input = inputOf(runner, setup.seed, number);
      const { kind, failure } = checked(input);
      add(outcomes, kind);
      if (!failure) continue;
      add(findings, failure.key);
      if (!known.has(failure.key)) tell(number, failure, input);
    }
    post({ type: 'done', outcomes: [...outcomes], findings: [...findings] });
  });
}
