/** The main thread of a campaign: hands out cases, watches the workers, and collects what they find. */
import { Worker } from 'node:worker_threads';
import type { Campaign, CorpusFile, Failure } from './campaign.ts';
import type { Finding, Order, Progress, Snapshot } from './progress.ts';
import { beat, type DoneMessage, type FoundMessage, inputOf, type WorkerSetup } from './worker.ts';

/** How a campaign runs. */
export interface CampaignSetup {
  readonly campaign: Campaign;
  readonly corpus: readonly CorpusFile[];
  /** The file that a worker runs. */
  readonly program: URL;
  readonly seed: number;
  /** What is done already; it grows. */
  readonly progress: Progress;
  /** Cases before this one are done. */
  readonly to: number;
  readonly jobs: number;
  /** Milliseconds that one case may take. */
  readonly limit: number;
  /** Milliseconds that making one finding smaller may take. */
  readonly reducing: number;
  /** Told of a finding, and once more when a smaller input was found. */
  readonly onFinding?: (finding: Finding) => void;
}

/** Cases of one order. */
const orderSize = 256;
/** A worker ends after so many cases: types, attributes and names stay interned as long as it lives. */
const casesOfWorker = 1 << 15;
/** A worker that goes so many limits without an input done hangs: a slow one is tried twice. */
const limitsToHang = 3;

interface Job {
  readonly worker: Worker;
  readonly heartbeat: Int32Array;
  order: Order;
  cases: number;
  beats: number;
  since: number;
}

/** A campaign that runs; `finished` settles when all is done or `stop` was called, and rejects when no worker starts. */
export class Pool {
  readonly finished: Promise<void>;
  private readonly setup: CampaignSetup;
  private readonly progress: Progress;
  private readonly started: number;
  private readonly jobs: Set<Job>;
  private readonly watch: NodeJS.Timeout;
  private settle: () => void;
  private reject: (error: Error) => void;

  constructor(setup: CampaignSetup) {
    this.setup = setup;
    this.progress = setup.progress;
    this.started = performance.now();
    this.jobs = new Set();
    this.settle = this.reject = () => {};
    this.finished = new Promise((resolve, reject) => {
      this.settle = resolve;
      this.reject = reject;
    });
    this.watch = setInterval(() => this.look(), 100);
    for (let job = 0; job < setup.jobs; job++) this.start(this.nextOrder());
    if (this.jobs.size === 0) this.stop();
  }

  /** What there is so far; a later run goes on from it. */
  snapshot(): Snapshot {
    const running = [...this.jobs].map(({ order }) => order);
    return this.progress.snapshot(running, (performance.now() - this.started) / 1000);
  }

  /** Ends all workers; what they have not told is done again by a later run. */
  stop(): void {
    clearInterval(this.watch);
    for (const { worker } of this.jobs) void worker.terminate();
    this.settle();
  }

  private nextOrder(): Order | undefined {
    return this.progress.take(orderSize, this.setup.to);
  }

  private start(order: Order | undefined): void {
    if (!order) return;
    const heartbeat = new SharedArrayBuffer(12);
    const { campaign, corpus, seed, limit, reducing, program } = this.setup;
    const known = this.progress.known();
    const workerData: WorkerSetup = { campaign: campaign.name, corpus, seed, limit, reducing, known, heartbeat };
    const worker = new Worker(program, { workerData, resourceLimits: { maxOldGenerationSizeMb: 2048 } });
    const job: Job = { worker, heartbeat: new Int32Array(heartbeat), order, cases: 0, beats: -1, since: Infinity };
    this.jobs.add(job);
    worker.on('message', (message: FoundMessage | DoneMessage) => this.hear(job, message));
    worker.on('error', (error) => {
      if (Atomics.load(job.heartbeat, beat.count) === 0) {
        this.reject(error);
        this.stop();
        return;
      }
      const key = `the worker ended: ${'code' in error ? String(error.code) : error.name}`;
      this.lose(job, { key, text: error.stack ?? error.message });
    });
    worker.postMessage(order);
  }

  private hear(job: Job, message: FoundMessage | DoneMessage): void {
    if (!this.jobs.has(job)) return;
    if (message.type === 'found') {
      const { failure, number, input, final } = message;
      this.found({ failure, number, input, final });
      return;
    }
    const { low, high, skip } = job.order;
    this.progress.count(message.next - low, message);
    job.cases += message.next - low;
    job.order = { low: message.next, high, skip };
    if (message.next < high) return;
    const order = this.nextOrder();
    if (order && job.cases < casesOfWorker) {
      job.order = order;
      job.worker.postMessage(order);
    } else {
      this.end(job);
      this.start(order);
      if (this.jobs.size === 0) this.stop();
    }
  }

  private found(finding: Finding): void {
    const now = this.progress.found(finding);
    if (now) this.setup.onFinding?.(now);
  }

  private end(job: Job): void {
    this.jobs.delete(job);
    void job.worker.terminate();
  }

  /** A worker ended or hangs: its case is a finding, and another worker does its order without it. */
  private lose(job: Job, failure: Failure): void {
    if (!this.jobs.has(job)) return;
    const number = Math.max(Atomics.load(job.heartbeat, beat.number), job.order.low);
    this.end(job);
    const { campaign, corpus, seed } = this.setup;
    if (!this.progress.findings.has(failure.key))
      this.found({ failure, number, input: inputOf(campaign.open(corpus), seed, number), final: true });
    this.progress.count(0, { outcomes: [], findings: [[failure.key, 1]], coverage: [] });
    this.start({ ...job.order, skip: [...job.order.skip, number] });
  }

  /** Milliseconds without a sign of life after which a worker hangs. */
  private patienceWith(job: Job): number {
    return limitsToHang * this.setup.limit + Atomics.load(job.heartbeat, beat.patience);
  }

  private look(): void {
    const now = performance.now();
    for (const job of this.jobs) {
      const beats = Atomics.load(job.heartbeat, beat.count);
      if (beats !== job.beats) {
        job.beats = beats;
        job.since = now;
      } else if (beats > 0 && now - job.since > this.patienceWith(job))
        this.lose(job, { key: 'hang', text: `no end within ${limitsToHang * this.setup.limit} ms` });
    }
  }
}
