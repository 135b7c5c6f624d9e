/** `npm run fuzz`: runs a campaign, or shows what comes of single inputs. */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { tool, type Tool, type ToolStreams, exitCode } from '../cli/tool.ts';
import { type OptionSpecs, type OptionValues, UsageError } from '../cli/options.ts';
import type { Campaign } from './campaign.ts';
import { plural } from './progress-line.ts';
import { readCorpus, runCampaign } from './run-campaign.ts';
import { timed } from './worker.ts';

const options = {
  cases: { kind: 'value', metavar: 'N', doc: 'how many cases (10000)' },
  from: { kind: 'value', metavar: 'N', doc: 'the number of the first case (0)' },
  resume: { kind: 'flag', doc: 'go on where the last run of this campaign and seed has ended' },
  seed: { kind: 'value', metavar: 'S', doc: 'seed of all random choices, from 0 to 4294967295 (1)' },
  jobs: { kind: 'value', metavar: 'J', doc: 'threads (one for each core)' },
  time: { kind: 'value', metavar: 'SECONDS', doc: 'end after so many seconds' },
  limit: { kind: 'value', metavar: 'SECONDS', doc: 'what one case may take (2)' },
  reduce: { kind: 'value', metavar: 'SECONDS', doc: 'what making one finding smaller may take (5)' },
  corpus: { kind: 'list', metavar: 'DIR', doc: 'make inputs from the files in this folder; may be repeated' },
  out: { kind: 'value', metavar: 'DIR', doc: 'write findings, state and coverage to this folder (fuzz-findings)' },
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

async function checkFiles(
  campaign: Campaign,
  files: readonly string[],
  limit: number,
  streams: ToolStreams,
): Promise<number> {
  const runner = campaign.open([]);
  let failures = 0;
  for (const file of files) {
    const { kind, failure } = await timed(runner, readFileSync(file), limit);
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
      if (values.resume && values.from !== undefined)
        throw new UsageError("option '--resume' goes on from the state that is kept, and '--from' begins anew");
      const from = values.resume ? undefined : integerOf(values, 'from', 0, 0, 2 ** 31 - 2);
      const cases = integerOf(values, 'cases', 10_000, 1, 2 ** 31 - 1 - (from ?? 0));
      const seed = integerOf(values, 'seed', 1, 0, 2 ** 32 - 1);
      const jobs = integerOf(values, 'jobs', availableParallelism(), 1, 256);
      const folders = values.corpus.length > 0 ? values.corpus : campaign.corpus.filter((folder) => existsSync(folder));
      const corpus = readCorpus(folders, campaign.extension);
      if (corpus.length === 0 && campaign.corpus.length > 0)
        throw new UsageError(`no *${campaign.extension} in ${folders.join(', ') || 'no folder'}`);
      streams.err(`${campaign.name}: ${plural(corpus.length, 'file')} in ${folders.join(', ')}\n`);
      const folder = values.out ?? 'fuzz-findings';
      return runCampaign(
        {
          ...{ campaign, corpus, program, seed, from, cases, jobs, limit, folder },
          reducing: numberOf(values, 'reduce', 5, 0, 3600) * 1000,
          time: numberOf(values, 'time', 0, 0, 10 ** 6) * 1000,
        },
        streams,
      );
    },
  });
