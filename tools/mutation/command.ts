/** `npm run mutate`: how many wrong programs the property tests notice. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type OptionSpecs, UsageError } from '../cli/options.ts';
import { exitCode, type Tool, tool } from '../cli/tool.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { allMutants, bundleSubject, type NumberedMutant } from './bundle.ts';
import { type Judged, keysOf, type MutantResult, mutantKey, type Row, scoreText, survivorsText } from './score.ts';
import type { MutantRun, Reached } from './subject-run.ts';
import { runOrder } from './subject-process.ts';
import { areas, propertyTests } from './subjects.ts';
import { refusedByTypes } from './type-check.ts';

const options = {
  sample: { kind: 'value', metavar: 'N', doc: 'draw so many mutants (all)' },
  seed: { kind: 'value', metavar: 'S', doc: 'which are drawn (1)' },
  only: { kind: 'value', metavar: 'TEXT', doc: 'only mutants of areas or files with this in their name' },
  tests: { kind: 'value', metavar: 'TEXT', doc: 'only property tests with this in the name of their file' },
  jobs: { kind: 'value', metavar: 'J', doc: 'processes side by side (1)' },
  state: {
    kind: 'value',
    metavar: 'FILE',
    doc: 'what is known of mutants (mutation-results.json); those killed are not run again',
  },
  survivors: { kind: 'flag', doc: 'list what survived' },
} as const satisfies OptionSpecs;

/** What is known of mutants, by key and by number among those of one key. */
type Known = Record<string, MutantResult>;

/**
 * `count` of a list, in its order: the same for the same seed, and mostly the same when a few others come or go, as each
 * has a rank of its own by its key.
 */
export function drawn<T>(list: readonly T[], count: number, seed: number, keyOf: (one: T) => string): readonly T[] {
  const rankOf = (one: T): string =>
    createHash('sha256')
      .update(`${seed}\t${keyOf(one)}`)
      .digest('hex');
  const ranked = list.map((one, at) => ({ one, at, rank: rankOf(one) })).sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return ranked
    .slice(0, count)
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

/** Tests that take no longer, in milliseconds, are run for everything that is made when modules are loaded. */
const readingTest = 100;

/** Runs mutants against the tests that reach them. */
class MutationRun {
  private readonly bundle: string;
  private readonly reached: Reached;
  private readonly mutants: readonly NumberedMutant[];
  private readonly testsOf: ReadonlyMap<number, readonly string[]>;
  private readonly milliseconds: ReadonlyMap<string, number>;
  /** How often each test has noticed mutants of a file. */
  private readonly kills: Map<string, number>;

  constructor(bundle: string, reached: Reached, mutants: readonly NumberedMutant[]) {
    this.bundle = bundle;
    this.reached = reached;
    this.mutants = mutants;
    this.milliseconds = new Map(reached.tests.map(({ name, milliseconds }) => [name, milliseconds]));
    this.kills = new Map();
    const testsOf = new Map<number, string[]>();
    for (const { name, reached: ids } of reached.tests)
      for (const id of ids) {
        const tests = testsOf.get(id) ?? [];
        testsOf.set(id, tests);
        tests.push(name);
      }
    this.testsOf = testsOf;
  }

  /** The tests that may notice a mutant, the likeliest and quickest first. */
  private candidates({ id, file }: NumberedMutant): readonly string[] {
    const direct = new Set(this.testsOf.get(id));
    // What is made when modules are loaded is seen by whatever uses the file, and by tests that only read what is there.
    if (this.reached.always.includes(id)) {
      for (const mutant of this.mutants)
        if (mutant.file === file) for (const name of this.testsOf.get(mutant.id) ?? []) direct.add(name);
      for (const [name, milliseconds] of this.milliseconds) if (milliseconds < readingTest) direct.add(name);
    }
    const kills = (name: string): number => this.kills.get(`${file} ${name}`) ?? 0;
    const cost = (name: string): number => (this.milliseconds.get(name) ?? 0) / (1 + 4 * kills(name));
    return [...direct].sort((a, b) => cost(a) - cost(b));
  }

  async run(mutant: NumberedMutant): Promise<MutantResult> {
    const tests = this.candidates(mutant);
    const none = { status: 'not reached', killer: undefined } as const;
    if (tests.length === 0 && !this.reached.always.includes(mutant.id)) return none;
    const allowed = (name: string): number => 8000 + 8 * (this.milliseconds.get(name) ?? 0);
    const order = { mutant: mutant.id, mutants: this.mutants.length, tests };
    const ended = await runOrder<MutantRun>(this.bundle, order, allowed);
    if (ended.kind === 'late') return { status: 'timed out', killer: ended.test };
    const killer = ended.kind === 'broken' ? ended.test : ended.what.killer;
    if (killer === undefined) return { status: tests.length === 0 ? 'not reached' : 'survived', killer };
    const key = `${mutant.file} ${killer}`;
    this.kills.set(key, (this.kills.get(key) ?? 0) + 1);
    return { status: 'killed', killer };
  }
}

function judgedOf(root: string, keys: ReadonlySet<string>): ReadonlyMap<string, string> {
  const judged = JSON.parse(readFileSync(join(root, 'tools/mutation/judged.json'), 'utf8')) as readonly Judged[];
  const stale = judged.find((one) => !keys.has(mutantKey(one)));
  if (stale)
    throw new Error(`judged.json has a mutant that is no more: ${stale.file}: ${stale.before} to ${stale.after}`);
  return new Map(judged.map((one) => [mutantKey(one), one.reason]));
}

function numberOf(text: string | undefined, name: string, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new UsageError(`option '--${name}' is '${text}', expected a whole number`);
  return value;
}

/** The command; `root` is the folder of the sources. */
export const mutateCommand = (root: string): Tool<typeof options> =>
  tool({
    name: 'mutate',
    summary: 'makes the code wrong in small ways, and counts how many of them the property tests notice',
    usage: ['npm run mutate -- [options]'],
    options,
    notes: `areas: ${areas.map(({ name }) => name).join(', ')}`,
    async run({ options: values }, { out, err }) {
      const sample = numberOf(values.sample, 'sample', Number.MAX_SAFE_INTEGER);
      const seed = numberOf(values.seed, 'seed', 1);
      const jobs = Math.max(1, numberOf(values.jobs, 'jobs', 1));
      const all = allMutants(root, areas);
      const keys = keysOf(all);
      const keyOf = (mutant: NumberedMutant): string => keys.get(mutant) as string;
      const judged = judgedOf(root, new Set(keys.values()));
      const { only } = values;
      const among =
        only === undefined ? all : all.filter(({ area, file }) => area.includes(only) || file.includes(only));
      if (among.length === 0) throw new UsageError(`nothing that is mutated has '${only}' in its name`);
      const chosen = drawn(among, sample, seed, keyOf);
      const tests = propertyTests.filter((file) => file.includes(values.tests ?? ''));
      if (tests.length === 0) throw new UsageError(`no property test has '${values.tests}' in its name`);
      const stateFile = values.state ?? 'mutation-results.json';
      const known: Known = existsSync(stateFile) ? (JSON.parse(readFileSync(stateFile, 'utf8')) as Known) : {};
      const isDone = (mutant: NumberedMutant): boolean =>
        ['killed', 'timed out', 'refused by types'].includes(known[keyOf(mutant)]?.status ?? '') ||
        judged.has(keyOf(mutant));
      mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
      const folder = mkdtempSync(join(root, 'node_modules/.cache/mutation-'));
      try {
        const refused = refusedByTypes(root, chosen, folder);
        for (const mutant of chosen)
          if (refused.has(mutant.id)) known[keyOf(mutant)] = { status: 'refused by types', killer: undefined };
        const todo = chosen.filter((mutant) => !isDone(mutant));
        const bundle = join(folder, 'subject.mjs');
        await bundleSubject(root, tests, all, bundle);
        err(`${todo.length} of ${chosen.length} mutants to run; all tests run once without any\n`);
        const order = { mutant: undefined, mutants: all.length, tests: [] };
        const first = todo.length === 0 ? undefined : await runOrder<Reached>(bundle, order, () => 600_000);
        if (first && first.kind !== 'told')
          throw new Error(
            `without mutants the tests end at '${first.test}': ${first.kind === 'broken' ? first.message : 'it has no end'}`,
          );
        const failing = first?.what.tests.find(({ failure }) => failure !== undefined);
        if (failing) throw new Error(`without mutants '${failing.name}' fails: ${failing.failure}`);
        if (first) {
          const run = new MutationRun(bundle, first.what, all);
          const started = performance.now();
          let done = 0;
          const pending = [...todo];
          const work = async (): Promise<void> => {
            for (let mutant = pending.shift(); mutant; mutant = pending.shift()) {
              known[keyOf(mutant)] = await run.run(mutant);
              if (++done % 10 === 0 || pending.length === 0) {
                writeAtomically(stateFile, `${JSON.stringify(known)}\n`);
                const rate = done / ((performance.now() - started) / 1000);
                err(`${done} of ${todo.length}, ${((todo.length - done) / rate / 60).toFixed(0)} min left\n`);
              }
            }
          };
          await Promise.all(Array.from({ length: jobs }, work));
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
      const rows: readonly Row[] = chosen.map((mutant) => ({
        mutant,
        key: keyOf(mutant),
        result: known[keyOf(mutant)] ?? { status: 'survived', killer: undefined },
        reason: judged.get(keyOf(mutant)),
      }));
      if (values.survivors) out(survivorsText(rows));
      out(scoreText(rows, among.length));
      return exitCode.done;
    },
  });
