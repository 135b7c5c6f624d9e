/** The thread of a campaign that runs cases; the main thread watches its heartbeat and may end it at any time. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Campaign, CaseRunner, CorpusFile, Explained, Failure, Outcome } from './campaign.ts';
import { Random } from '../check/random.ts';
import type { Counts, Finding, Order } from './progress.ts';
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
  /** Three 32-bit integers: see `beat`. */
  readonly heartbeat: SharedArrayBuffer;
}

/** What the heartbeat has at its places: inputs begun, the number of the case, and milliseconds asked for beyond the limit. */
export const beat = { count: 0, number: 1, patience: 2 } as const;

/** The input of a finding. */
export interface FoundMessage extends Finding {
  readonly type: 'found';
}
/** What came of the cases before `next` that were not told of yet; the order is done when that is its end. */
export interface DoneMessage extends Counts {
  readonly type: 'done';
  readonly next: number;
}

/** The input of a case. */
export const inputOf = (runner: CaseRunner, seed: number, number: number): Uint8Array =>
  runner.make(new Random(seed, number));

/** The outcome of an input; one over the limit twice is a finding, as the computer may have been busy once. */
export async function timed(runner: CaseRunner, input: Uint8Array, limit: number): Promise<Outcome> {
  let outcome: Outcome | undefined;
  for (let attempt = 0; attempt < 2; attempt++) {
    const start = performance.now();
    outcome = await runner.check(input);
    if (performance.now() - start < limit) return outcome;
  }
  const { kind, failure } = outcome as Outcome;
  return { kind, failure: failure ?? { key: 'slow', text: `takes more than ${limit} ms` } };
}

/** Milliseconds between two messages about what is done: so much work is lost when a campaign is killed. */
const tellEvery = 500;
/** Of failures that look the same, the causes of so many are looked for. */
const explainedOfOne = 8;

/** Counts that grow until they are told. */
class Tally {
  private readonly outcomes = new Map<string, number>();
  private readonly findings = new Map<string, number>();

  add({ kind }: Outcome, key: string | undefined): void {
    this.outcomes.set(kind, (this.outcomes.get(kind) ?? 0) + 1);
    if (key !== undefined) this.findings.set(key, (this.findings.get(key) ?? 0) + 1);
  }

  take(): Pick<Counts, 'outcomes' | 'findings'> {
    const [outcomes, findings] = [[...this.outcomes], [...this.findings]];
    this.outcomes.clear();
    this.findings.clear();
    return { outcomes, findings };
  }
}

class CaseWorker {
  private readonly campaign: Campaign;
  private readonly runner: CaseRunner;
  private readonly setup: WorkerSetup;
  private readonly heartbeat: Int32Array;
  private readonly known: Set<string>;
  /** How often causes of failures that look the same were looked for, and the key of the last. */
  private readonly explained: Map<string, { times: number; key: string }>;

  constructor(campaign: Campaign, setup: WorkerSetup) {
    this.campaign = campaign;
    this.setup = setup;
    this.runner = campaign.open(setup.corpus);
    this.heartbeat = new Int32Array(setup.heartbeat);
    this.known = new Set(setup.known);
    this.explained = new Map();
  }

  async run({ low, high, skip }: Order): Promise<void> {
    const tally = new Tally();
    const { runner } = this;
    let told = performance.now();
    for (let number = low; number < high; number++) {
      if (!skip.includes(number)) {
        Atomics.store(this.heartbeat, beat.number, number);
        const input = inputOf(runner, this.setup.seed, number);
        const outcome = await this.checked(input);
        const coverage = outcome.failure ? runner.coverage?.take() : undefined;
        tally.add(outcome, outcome.failure && (await this.keyOf(number, input, outcome.failure)));
        // What was reached while a cause was looked for is not the campaign's.
        if (coverage) {
          runner.coverage?.take();
          runner.coverage?.merge(coverage);
        }
      }
      if (number + 1 < high && performance.now() - told < tellEvery) continue;
      told = performance.now();
      this.post({ type: 'done', next: number + 1, ...tally.take(), coverage: runner.coverage?.take() ?? [] });
    }
  }

  private post(message: FoundMessage | DoneMessage): void {
    parentPort?.postMessage(message);
  }

  private checked(input: Uint8Array): Promise<Outcome> {
    Atomics.add(this.heartbeat, beat.count, 1);
    return timed(this.runner, input, this.setup.limit);
  }

  /** The key that a failure counts under: that of its cause where one is found. */
  private async keyOf(number: number, input: Uint8Array, failure: Failure): Promise<string> {
    const { runner, explained, known } = this;
    const before = explained.get(failure.key) ?? { times: 0, key: failure.key };
    if (before.times >= explainedOfOne) return before.key;
    const found = runner.explain && failure.key !== 'slow' ? this.cause(input, failure) : undefined;
    const { key } = found?.failure ?? failure;
    explained.set(failure.key, { times: before.times + 1, key });
    if (!known.has(key)) {
      known.add(key);
      if (found) this.post({ type: 'found', number, ...found, final: true });
      else await this.tell(number, failure, input);
    }
    return key;
  }

  private cause(input: Uint8Array, failure: Failure): Explained | undefined {
    // Looking for a cause ends by itself only between two runs of a program.
    Atomics.store(this.heartbeat, beat.patience, this.setup.reducing + 60_000);
    const found = this.runner.explain?.(input, failure, this.setup.reducing);
    Atomics.store(this.heartbeat, beat.patience, 0);
    Atomics.add(this.heartbeat, beat.count, 1);
    return found;
  }

  /** Tells of a finding as it was made, and once more when it has become smaller. */
  private async tell(number: number, failure: Failure, input: Uint8Array): Promise<void> {
    const final = failure.key === 'slow';
    this.post({ type: 'found', number, failure, input, final });
    if (final) return;
    const same = async (candidate: Uint8Array): Promise<boolean> =>
      (await this.checked(candidate)).failure?.key === failure.key;
    const smallest = await reduce(input, this.campaign.cuts, same, performance.now() + this.setup.reducing);
    const shown = (await this.checked(smallest)).failure ?? failure;
    this.post({ type: 'found', number, failure: shown, input: smallest, final: true });
  }
}

/** Runs orders of the main thread until it ends this one. */
export function work(campaigns: readonly Campaign[]): void {
  const setup = workerData as WorkerSetup;
  const worker = new CaseWorker(campaigns.find(({ name }) => name === setup.campaign) as Campaign, setup);
  parentPort?.on('message', (order: Order) => void worker.run(order));
}
