/** The main thread of a campaign: hands out cases, watches the workers, and collects what they find. */
import { Worker } from 'node:worker_threads';
import type { Campaign, CorpusFile, Failure } from './campaign.ts';
import { beat, type DoneMessage, type FoundMessage, inputOf, type Order, type WorkerSetup } from './worker.ts';

/** How a campaign runs. */
export interface CampaignSetup {
  readonly campaign: Campaign;
  readonly corpus: readonly CorpusFile[];
  /** The file that a worker runs. */
  readonly program: URL;
  readonly seed: number;
  /** Cases from this one up to `to`, which is not among them. */
  readonly from: number;
  readonly to: number;
  readonly jobs: number;
  /** Milliseconds that one case may take. */
  readonly limit: number;
  /** Milliseconds that making one finding smaller may take. */
  readonly reducing: number;
}

/** One finding with the smallest input that shows it. */
export interface Finding {
  readonly failure: Failure;
  /** The case that showed it first. */
  readonly number: number;
  readonly input: Uint8Array;
}

/** What a campaign has come to. */
export interface Tally {
  /** Cases that are done. */
  readonly done: number;
  /** Every case before this one is done. */
  readonly resume: number;
  readonly outcomes: ReadonlyMap<string, number>;
  /** Cases by the keys of findings. */
  readonly cases: ReadonlyMap<string, number>;
  readonly findings: ReadonlyMap<string, Finding>;
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
  private readonly outcomes: Map<string, number>;
  private readonly cases: Map<string, number>;
  private readonly findings: Map<string, Finding>;
  private readonly jobs: Set<Job>;
  private readonly watch: NodeJS.Timeout;
  private next: number;
  private done: number;
  private settle: () => void;
  private reject: (error: Error) => void;

  constructor(setup: CampaignSetup) {
    this.setup = setup;
    this.outcomes = new Map();
    this.cases = new Map();
    this.findings = new Map();
    this.jobs = new Set();
    this.next = setup.from;
    this.done = 0;
    this.settle = this.reject = () => {};
    this.finished = new Promise((resolve, reject) => {
      this.settle = resolve;
      this.reject = reject;
    });
    this.watch = setInterval(() => this.look(), 100);
    for (let job = 0; job < setup.jobs; job++) this.start(this.nextOrder());
    if (this.jobs.size === 0) this.stop();
  }

  /** What there is so far. */
  tally(): Tally {
    const { outcomes, cases, findings, done, next } = this;
    return { done, resume: Math.min(next, ...[...this.jobs].map((job) => job.order.low)), outcomes, cases, findings };
  }

  /** Ends all workers; what they have not told is lost. */
  stop(): void {
    clearInterval(this.watch);
    for (const { worker } of this.jobs) void worker.terminate();
    this.settle();
  }

  private nextOrder(): Order | undefined {
    const low = this.next;
    if (low >= this.setup.to) return undefined;
    this.next = Math.min(low + orderSize, this.setup.to);
    return { low, high: this.next, skip: [] };
  }

  private start(order: Order | undefined): void {
    if (!order) return;
    const heartbeat = new SharedArrayBuffer(8);
    const { campaign, corpus, seed, limit, reducing, program } = this.setup;
    const known = [...this.findings.keys()];
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
      const { number, failure, input } = message;
      const before = this.findings.get(failure.key);
      if (!before || before.input.length > input.length)
        this.findings.set(failure.key, { failure, number: before?.number ?? number, input });
      return;
    }
    for (const [kind, count] of message.outcomes) this.outcomes.set(kind, (this.outcomes.get(kind) ?? 0) + count);
    for (const [key, count] of message.findings) this.cases.set(key, (this.cases.get(key) ?? 0) + count);
    const { low, high } = job.order;
    this.done += high - low;
    job.cases += high - low;
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
    if (!this.findings.has(failure.key))
      this.findings.set(failure.key, { failure, number, input: inputOf(campaign.open(corpus), seed, number) });
    this.cases.set(failure.key, (this.cases.get(failure.key) ?? 0) + 1);
    this.start({ ...job.order, skip: [...job.order.skip, number] });
  }

  private look(): void {
    const now = performance.now();
    for (const job of this.jobs) {
      const beats = Atomics.load(job.heartbeat, beat.count);
      if (beats !== job.beats) {
        job.beats = beats;
        job.since = now;
      } else if (beats > 0 && now - job.since > limitsToHang * this.setup.limit)
        this.lose(job, { key: 'hang', text: `no end within ${limitsToHang * this.setup.limit} ms` });
    }
  }
}
