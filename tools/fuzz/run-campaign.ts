/** A campaign from its state on: runs it, keeps what it comes to in files, and tells it. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { exitCode, type ToolStreams } from '../cli/tool.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import type { Campaign, CorpusFile } from './campaign.ts';
import { coverageSummary, coverageTables } from './coverage-table.ts';
import { writeFinding } from './findings.ts';
import { Pool } from './pool.ts';
import { Progress, type Snapshot } from './progress.ts';
import { outcomesText, plural, progressLine, showProgress } from './progress-line.ts';
import { type Identity, putAside, readState, writeState } from './state-file.ts';

/** What a run of a campaign is asked. */
export interface CampaignRequest {
  readonly campaign: Campaign;
  readonly corpus: readonly CorpusFile[];
  /** The file that workers run. */
  readonly program: URL;
  readonly seed: number;
  /** The first case; undefined to go on from the state that is kept. */
  readonly from: number | undefined;
  readonly cases: number;
  readonly jobs: number;
  /** Milliseconds: for one case, for making one finding smaller, and for all; 0 for no end. */
  readonly limit: number;
  readonly reducing: number;
  readonly time: number;
  /** The folder of findings, state and coverage. */
  readonly folder: string;
}

/** Milliseconds between two writings of the state. */
const keepEvery = 10_000;

/** The files of folders that are there, by name, so that cases are the same on every computer. */
export const readCorpus = (folders: readonly string[], extension: string): readonly CorpusFile[] =>
  folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith(extension) && statSync(join(folder, file)).isFile())
      .sort()
      .map((file) => ({ name: join(folder, file), bytes: readFileSync(join(folder, file)) })),
  );

const digest = (parts: Iterable<string | Uint8Array>): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 16);
};

/** What the campaign is about, for its state. */
const identityOf = ({ campaign, corpus, program, seed }: CampaignRequest): Identity => ({
  campaign: campaign.name,
  seed,
  corpus: digest(corpus.flatMap(({ name, bytes }) => [name, bytes])),
  program: existsSync(program) ? digest([readFileSync(program)]) : '',
});

/** Where to begin, with a word to the reader. Throws a `DiagnosticError` when there is nothing to go on from. */
function begin(request: CampaignRequest, identity: Identity, say: (text: string) => void): Progress {
  const { folder, from } = request;
  if (from !== undefined) {
    const before = putAside(folder, identity);
    if (before !== undefined) say(`an earlier state of this campaign is now in ${before}\n`);
    return new Progress(from);
  }
  const { snapshot, sameProgram } = readState(folder, identity);
  say(`goes on after ${plural(snapshot.done, 'case')}\n`);
  if (!sameProgram)
    say('the program has changed since: what comes now is judged by other code than what came before\n');
  return new Progress(snapshot);
}

/** Writes the coverage as a page; gives its path. */
function writeCoverage({ campaign, folder, seed }: CampaignRequest, { coverage, done }: Snapshot): string | undefined {
  if (!campaign.universe) return undefined;
  const path = join(folder, `${campaign.name}-${seed}.coverage.md`);
  const title = `# What ${plural(done, 'case')} of '${campaign.name}' with seed ${seed} reached`;
  writeAtomically(path, `${title}\n\n${coverageTables(coverage, campaign.universe)}`);
  return path;
}

/** Runs a campaign; gives the exit code. */
export async function runCampaign(request: CampaignRequest, streams: ToolStreams): Promise<number> {
  const { campaign, corpus, program, seed, jobs, limit, reducing, folder, time } = request;
  const identity = identityOf(request);
  const progress = begin(request, identity, streams.err);
  const { from } = progress;
  const all = Math.max(request.cases, progress.done);
  mkdirSync(folder, { recursive: true });

  const started = performance.now();
  const before = progress.done;
  const origin = { campaign: campaign.name, extension: campaign.extension, seed };
  const pool = new Pool({
    ...{ campaign, corpus, program, seed, jobs, limit, reducing, progress },
    to: from + request.cases,
    onFinding: (finding) => {
      writeFinding(folder, finding, { ...origin, cases: progress.cases.get(finding.failure.key) ?? 1 });
    },
  });
  const seconds = (): number => (performance.now() - started) / 1000;
  const rate = (): number => (progress.done - before) / seconds();
  const endProgress = showProgress(() => progressLine(pool.snapshot(), all, rate(), campaign.universe));
  const keeping = setInterval(() => writeState(folder, identity, pool.snapshot()), keepEvery);
  const stop = (): void => pool.stop();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  const timer = time > 0 ? setTimeout(stop, time) : undefined;
  await pool.finished.finally(() => {
    clearTimeout(timer);
    clearInterval(keeping);
    endProgress();
    for (const signal of signals) process.off(signal, stop);
  });
  const snapshot = pool.snapshot();
  writeState(folder, identity, snapshot);
  const page = writeCoverage(request, snapshot);
  tell(request, snapshot, streams.out);
  streams.out(`${seconds().toFixed(1)} s, ${rate().toFixed(rate() < 10 ? 1 : 0)} cases/s, ${plural(jobs, 'thread')}\n`);
  if (page !== undefined && campaign.universe)
    streams.out(`${coverageSummary(snapshot.coverage, campaign.universe)}; tables in ${page}\n`);
  if (snapshot.done < request.cases) streams.out(`ended early; go on with --seed ${seed} --resume\n`);
  return snapshot.inputs.length > 0 ? exitCode.diagnostic : exitCode.done;
}

/** Tells what a campaign came to, and writes its findings with the final counts. */
function tell({ campaign, seed, folder }: CampaignRequest, snapshot: Snapshot, out: ToolStreams['out']): void {
  const cases = new Map(snapshot.findings);
  for (const finding of [...snapshot.inputs].sort((a, b) => a.number - b.number)) {
    const count = cases.get(finding.failure.key) ?? 1;
    const origin = { campaign: campaign.name, extension: campaign.extension, seed, cases: count };
    out(`${writeFinding(folder, finding, origin)}: ${finding.failure.key} (${plural(count, 'case')})\n`);
  }
  out(
    `${plural(snapshot.done, 'case')} from ${snapshot.from}, seed ${seed}: ${outcomesText(snapshot.outcomes)}; ` +
      `${plural(snapshot.inputs.length, 'finding')}\n`,
  );
}
