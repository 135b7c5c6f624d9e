/** `npm run fuzz`: runs a campaign, or shows what comes of single inputs. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { tool, type Tool, type ToolStreams, exitCode } from '../cli/tool.ts';
import { type OptionSpecs, type OptionValues, UsageError } from '../cli/options.ts';
import type { Campaign, CorpusFile } from './campaign.ts';
import { writeFinding } from './findings.ts';
import { Pool, type Tally } from './pool.ts';
import { timed } from './worker.ts';

const options = {
  cases: { kind: 'value', metavar: 'N', doc: 'how many cases (10000)' },
  from: { kind: 'value', metavar: 'N', doc: 'the number of the first case (0)' },
  seed: { kind: 'value', metavar: 'S', doc: 'seed of all random choices, from 0 to 4294967295 (1)' },
  jobs: { kind: 'value', metavar: 'J', doc: 'threads (one for each core)' },
  time: { kind: 'value', metavar: 'SECONDS', doc: 'end after so many seconds' },
  limit: { kind: 'value', metavar: 'SECONDS', doc: 'what one case may take (2)' },
  reduce: { kind: 'value', metavar: 'SECONDS', doc: 'what making one finding smaller may take (5)' },
  corpus: { kind: 'list', metavar: 'DIR', doc: 'make inputs from the files in this folder; may be repeated' },
  out: { kind: 'value', metavar: 'DIR', doc: 'write findings to this folder (fuzz-findings)' },
  check: { kind: 'list', metavar: 'FILE', doc: 'run no campaign; show what comes of this input' },
} as const satisfies OptionSpecs;
type Values = OptionValues<typeof options>;

function numberOf(values: Values, name: keyof Values & string, otherwise: number, least: number, most: number): number {
  const text = values[name];
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!(value >= least && value <= most))
    throw new UsageError(`option '--${name}' is '${text}', expected ${least} to ${most}`);
  return value;
}
function integerOf(
  values: Values,
  name: keyof Values & string,
  otherwise: number,
  least: number,
  most: number,
): number {
  const value = numberOf(values, name, otherwise, least, most);
  if (!Number.isInteger(value)) throw new UsageError(`option '--${name}' is ${value}, expected an integer`);
  return value;
}

/** The files of folders that are there, by name, so that cases are the same on every computer. */
function readCorpus(folders: readonly string[], extension: string): readonly CorpusFile[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith(extension) && statSync(join(folder, file)).isFile())
      .sort()
      .map((file) => ({ name: join(folder, file), bytes: readFileSync(join(folder, file)) })),
  );
}

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
const outcomesText = ({ outcomes }: Tally): string =>
  [...outcomes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');

/** Shows the state of a campaign on one line that is written over, or from time to time where it cannot be. */
function showProgress(pool: Pool, cases: number, started: number): () => void {
  const line = (): string => {
    const tally = pool.tally();
    const rate = tally.done / ((performance.now() - started) / 1000);
    return `${tally.done} of ${cases}, ${rate.toFixed(0)} cases/s: ${outcomesText(tally)}; ${plural(tally.findings.size, 'finding')}`;
  };
  const { isTTY } = process.stderr;
  const timer = setInterval(
    () => process.stderr.write(isTTY ? `\r\x1b[K${line()}` : `${line()}\n`),
    isTTY ? 500 : 20_000,
  );
  return () => {
    clearInterval(timer);
    if (isTTY) process.stderr.write('\r\x1b[K');
  };
}

/** Tells what a campaign came to, and writes its findings. */
function report(campaign: Campaign, tally: Tally, values: Values, seed: number, out: ToolStreams['out']): void {
  const found = [...tally.findings.values()].sort((a, b) => a.number - b.number);
  for (const finding of found) {
    const cases = tally.cases.get(finding.failure.key) ?? 1;
    const origin = { campaign: campaign.name, extension: campaign.extension, seed, cases };
    const path = writeFinding(values.out ?? 'fuzz-findings', finding, origin);
    out(`${path}: ${finding.failure.key} (${plural(cases, 'case')})\n`);
  }
}

function checkFiles(campaign: Campaign, files: readonly string[], limit: number, streams: ToolStreams): number {
  const runner = campaign.open([]);
  let failures = 0;
  for (const file of files) {
    const { kind, failure } = timed(runner, readFileSync(file), limit);
    streams.out(`${file}: ${kind}${failure ? `; ${failure.key}\n${failure.text}` : ''}\n`);
    if (failure) failures++;
  }
  return failures > 0 ? exitCode.diagnostic : exitCode.done;
}

/** The command, for campaigns; `program` is the file that its workers run. */
export const fuzzCommand = (campaigns: readonly Campaign[], program: URL): Tool<typeof options> =>
  tool({
    name: 'fuzz',
    summary: 'feeds damaged inputs to paleozoic; what must not happen is a finding',
    usage: ['npm run fuzz -- CAMPAIGN [options]'],
    options,
    notes: [
      'campaigns:',
      ...campaigns.map(({ name, summary }) => `  ${name}: ${summary}`),
      'Case N of a seed is the same wherever the corpus is the same. Exit code 1 means findings.',
    ].join('\n'),
    async run({ options: values, files }, streams) {
      const campaign = campaigns.find(({ name }) => name === files[0]);
      if (!campaign || files.length > 1)
        throw new UsageError(
          `takes one campaign of ${campaigns.map(({ name }) => name).join(', ')}, found '${files.join(' ')}'`,
        );
      const limit = numberOf(values, 'limit', 2, 0.01, 3600) * 1000;
      if (values.check.length > 0) return checkFiles(campaign, values.check, limit, streams);
      const from = integerOf(values, 'from', 0, 0, 2 ** 31 - 2);
      const cases = integerOf(values, 'cases', 10_000, 1, 2 ** 31 - 1 - from);
      const seed = integerOf(values, 'seed', 1, 0, 2 ** 32 - 1);
      const jobs = integerOf(values, 'jobs', availableParallelism(), 1, 256);
      const reducing = numberOf(values, 'reduce', 5, 0, 3600) * 1000;
      const time = numberOf(values, 'time', 0, 0, 10 ** 6);
      const folders = values.corpus.length > 0 ? values.corpus : campaign.corpus.filter((folder) => existsSync(folder));
      const corpus = readCorpus(folders, campaign.extension);
      if (corpus.length === 0 && campaign.corpus.length > 0)
        throw new UsageError(`no *${campaign.extension} in ${folders.join(', ') || 'no folder'}`);
      streams.err(`${campaign.name}: ${plural(corpus.length, 'file')} in ${folders.join(', ')}\n`);

      const started = performance.now();
      const pool = new Pool({ campaign, corpus, program, seed, from, to: from + cases, jobs, limit, reducing });
      const endProgress = showProgress(pool, cases, started);
      const stop = (): void => pool.stop();
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
      const timer = time > 0 ? setTimeout(stop, time * 1000) : undefined;
      await pool.finished.finally(() => {
        clearTimeout(timer);
        endProgress();
      });
      const seconds = (performance.now() - started) / 1000;
      const tally = pool.tally();
      report(campaign, tally, values, seed, streams.out);
      streams.out(
        `${plural(tally.done, 'case')} from ${from}, seed ${seed}: ${outcomesText(tally)}; ${plural(tally.findings.size, 'finding')}\n`,
      );
      streams.out(`${seconds.toFixed(1)} s, ${(tally.done / seconds).toFixed(0)} cases/s, ${plural(jobs, 'thread')}\n`);
      if (tally.done < cases) streams.out(`ended early; go on with --seed ${seed} --from ${tally.resume}\n`);
      return tally.findings.size > 0 ? exitCode.diagnostic : exitCode.done;
    },
  });
