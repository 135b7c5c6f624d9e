/** The cause of a failure of a program under a pipeline, as a finding of a campaign. */
import { Context, DiagnosticError, type Operation } from '../../ir/index.ts';
import { parseModule } from '../../ir/text/index.ts';
import { allPasses } from '../../lowering/passes.ts';
import { parsePipeline, printPipeline } from '../../rewrite/index.ts';
import { type Finding, findCause, firstDifference } from '../diff/finding.ts';
import { findingText } from '../diff/finding-text.ts';
import type { JudgeOptions } from '../diff/judge.ts';
import { savedText } from '../diff/saved.ts';
import { allDialects } from '../lists.ts';
import { allReductions } from '../reduce/all-reductions.ts';
import type { Explained } from './campaign.ts';

const head = '// pipeline: ';

/** A program with the pipeline that is to run on it; the input of campaigns over passes. */
export const withPipeline = (pipeline: string, program: string): Uint8Array =>
  Buffer.from(`${head}${pipeline}\n${program}`);

/** A program and its pipeline; undefined where none is named. */
export function pipelineIn(input: Uint8Array): { readonly pipeline: string; readonly text: string } | undefined {
  const text = Buffer.from(input).toString('utf8');
  const [first = ''] = text.split('\n');
  return first.startsWith(head) ? { pipeline: first.slice(head.length), text } : undefined;
}

/** What findings of one cause have in common: a rule is one cause, whichever pass applies it. */
const causeOf = ({ pass, culprit }: Finding): string =>
  culprit ? `${culprit.kind} '${culprit.name}'` : `pass '${pass}' by itself`;

/** Finds the pass and the rule that change what a program gives, and the smallest program that shows it. */
export function explainChange(input: Uint8Array, judging: JudgeOptions, milliseconds: number): Explained | undefined {
  const found = pipelineIn(input);
  if (!found) return undefined;
  const module = (): Operation => parseModule(found.text, new Context(allDialects));
  try {
    const subject = { module, pipeline: parsePipeline(found.pipeline, allPasses) };
    const difference = firstDifference(subject, judging);
    const finding =
      difference &&
      findCause(subject, difference.number, difference.difference, {
        ...{ dialects: allDialects, reductions: allReductions, judging, reduceFor: milliseconds },
      });
    if (!finding) return undefined;
    return {
      failure: { key: `another value by ${causeOf(finding)}`, text: findingText(finding) },
      input: withPipeline(
        printPipeline(finding.pipeline),
        savedText(finding, { dialects: allDialects, asked: [] }, undefined),
      ),
    };
  } catch (error) {
    // A pass that refuses or breaks the program on the way is a finding of its own.
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
}
