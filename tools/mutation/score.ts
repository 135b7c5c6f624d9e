/** What became of mutants, and the score. */
import type { NumberedMutant } from './bundle.ts';

/** What became of a mutant. */
export interface MutantResult {
  readonly status: 'killed' | 'timed out' | 'survived' | 'not reached' | 'refused by types';
  /** The test that noticed it. */
  readonly killer: string | undefined;
}

/** A mutant that cannot be noticed, because the program means the same with it; and why. */
export interface Judged {
  readonly file: string;
  readonly operator: string;
  readonly before: string;
  readonly after: string;
  /** Which of those that are the same in this file, from 0 on. */
  readonly number: number;
  /** Why no test can see it. */
  readonly reason: string;
}

/** What makes a mutant the same one in another run, whatever stands above it in its file. */
export const mutantKey = ({ file, operator, before, after, number }: Omit<Judged, 'reason'>): string =>
  [file, operator, before, after, number].join('\t');

/** The keys of all mutants of some files. */
export function keysOf<M extends Omit<Judged, 'reason' | 'number'>>(mutants: readonly M[]): ReadonlyMap<M, string> {
  const seen = new Map<string, number>();
  return new Map(
    mutants.map((mutant) => {
      const first = mutantKey({ ...mutant, number: 0 });
      const number = seen.get(first) ?? 0;
      seen.set(first, number + 1);
      return [mutant, mutantKey({ ...mutant, number })];
    }),
  );
}

/** A mutant with what became of it; `reason` says why it is judged to be the same program. */
export interface Row {
  readonly mutant: NumberedMutant;
  readonly key: string;
  readonly result: MutantResult;
  readonly reason: string | undefined;
}

/** Counts of one area. */
export interface AreaScore {
  readonly area: string;
  readonly all: number;
  readonly killed: number;
  readonly timedOut: number;
  /** Those that do not compile. */
  readonly refused: number;
  readonly survived: number;
  readonly equivalent: number;
  /** Killed of those that compile and are not equivalent, from 0 to 1. */
  readonly score: number;
}

/** The score of some rows. */
export function scoreOf(area: string, rows: readonly Row[]): AreaScore {
  const count = (which: (row: Row) => boolean): number => rows.filter(which).length;
  const timedOut = count(({ result }) => result.status === 'timed out');
  const killed = count(({ result }) => result.status === 'killed');
  const refused = count(({ result }) => result.status === 'refused by types');
  const left = rows.filter(({ result }) => result.status === 'survived' || result.status === 'not reached');
  const equivalent = left.filter(({ reason }) => reason !== undefined).length;
  const real = rows.length - refused - equivalent;
  const score = real === 0 ? 1 : (killed + timedOut) / real;
  return { area, all: rows.length, killed, timedOut, refused, survived: left.length - equivalent, equivalent, score };
}

/**
 * The interval in which the share of the whole lies with 95 % confidence when `hits` of `count` drawn ones have it.
 * Source: Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
 */
export function wilson(hits: number, count: number): readonly [low: number, high: number] {
  if (count === 0) return [0, 1];
  const z = 1.959964;
  const share = hits / count;
  const centre = share + (z * z) / (2 * count);
  const half = z * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  const all = 1 + (z * z) / count;
  return [(centre - half) / all, (centre + half) / all];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The table by areas, and what survived. */
export function scoreText(rows: readonly Row[], mutants: number): string {
  const areas = [...new Set(rows.map(({ mutant }) => mutant.area))];
  const lines = [
    ...areas.map((area) =>
      scoreOf(
        area,
        rows.filter(({ mutant }) => mutant.area === area),
      ),
    ),
  ];
  const whole = scoreOf('all', rows);
  const real = whole.all - whole.refused - whole.equivalent;
  const [low, high] = wilson(whole.killed + whole.timedOut, real);
  return [
    '| area | mutants | not compiled | killed | without end | survived | equivalent | score |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...[...lines, whole].map(
      ({ area, all, refused, killed, timedOut, survived, equivalent, score }) =>
        `| ${area} | ${all} | ${refused} | ${killed} | ${timedOut} | ${survived} | ${equivalent} | ${percent(score)} |`,
    ),
    '',
    `${rows.length} of ${mutants} mutants were drawn; the score of all lies between ${percent(low)} and ${percent(high)} (95 %).`,
    '',
  ].join('\n');
}

/** The mutants that nothing noticed. */
export const survivorsText = (rows: readonly Row[]): string =>
  rows
    .filter(({ result, reason }) => reason === undefined && ['survived', 'not reached'].includes(result.status))
    .map(
      ({ mutant: { file, line, operator, before, after }, key, result }) =>
        `${file}:${line}: ${operator}, number ${key.split('\t').at(-1)} (${result.status})\n  - ${before}\n  + ${after}\n`,
    )
    .join('');
