/** Looking for a wrong compiler with generated programs. */
import { DiagnosticError } from '../../ir/index.ts';
import { findCause, type Finding, firstDifference, type Found } from '../../tools/diff/finding.ts';
import { type JudgeOptions, usualJudging } from '../../tools/diff/judge.ts';
import type { Subject } from '../../tools/diff/replay.ts';
import { allDialects } from '../../tools/lists.ts';
import { allReductions } from '../../tools/reduce/all-reductions.ts';
import { type Miscompile, read } from './miscompile.ts';

/** The programs that are tried at most. */
export const mostPrograms = 300;

/** A wrong compiler that refuses a program has not miscompiled it. */
function differenceOf(subject: Subject, judging: JudgeOptions): Found | undefined {
  try {
    return firstDifference(subject, judging);
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
}

/** What is found of a wrong compiler, and with how many programs. */
export function search(one: Miscompile): { readonly finding: Finding | undefined; readonly programs: number } {
  for (let at = 0; at < mostPrograms; at++) {
    const text = one.program(at);
    const judging = { ...usualJudging, seed: 1 + at, limits: { steps: 50_000, milliseconds: 2000 } };
    const subject = { pipeline: one.pipeline, module: () => read(text) };
    const found = differenceOf(subject, judging);
    if (!found) continue;
    const options = { dialects: allDialects, reductions: allReductions, judging, reduceFor: 20_000 };
    return { finding: findCause(subject, found.number, found.difference, options), programs: at + 1 };
  }
  return { finding: undefined, programs: mostPrograms };
}
