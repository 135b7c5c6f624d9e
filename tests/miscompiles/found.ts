/** Looking for a wrong compiler with generated programs. */
import { type Finding, findCause, firstDifference } from '../../tools/diff/finding.ts';
import { usualJudging } from '../../tools/diff/judge.ts';
import { allDialects } from '../../tools/lists.ts';
import { allReductions } from '../../tools/reduce/all-reductions.ts';
import { type Miscompile, read } from './miscompile.ts';

/** The programs that are tried at most. */
export const mostPrograms = 300;

const judging = { ...usualJudging, limits: { steps: 50_000, milliseconds: 2000 } };

/** What is found of a wrong compiler, and with how many programs. */
export function search(one: Miscompile): { readonly finding: Finding | undefined; readonly programs: number } {
  for (let at = 0; at < mostPrograms; at++) {
    const text = one.program(at);
    const subject = { pipeline: one.pipeline, module: () => read(text) };
    const found = firstDifference(subject, judging);
    if (!found) continue;
    const options = { dialects: allDialects, reductions: allReductions, judging, reduceFor: 20_000 };
    return { finding: findCause(subject, found.number, found.difference, options), programs: at + 1 };
  }
  return { finding: undefined, programs: mostPrograms };
}
