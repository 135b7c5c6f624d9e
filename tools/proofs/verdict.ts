/** What was found about a rule. */
import type { Type } from '../../ir/index.ts';
import { printOperation } from '../../ir/text/index.ts';
import type { Instance } from './instances.ts';
import type { Step } from './rule.ts';
import type { RunDifference } from './run.ts';

/** Values for which a rule is wrong. */
export interface Counterexample extends RunDifference {
  /** The function before and after. */
  readonly programs: readonly [string, string];
}

/** How sure it is, the surest first. */
export const outcomes = ['proved', 'exhausted', 'tested', 'refuted'] as const;
/** How sure it is. */
export type Outcome = (typeof outcomes)[number];

/** What was found for one main type. */
export interface TypeVerdict {
  readonly type: Type | undefined;
  readonly outcome: Outcome;
  /** Programs on which the rule was tried. */
  readonly programs: number;
  /** Inputs on which they were run. */
  readonly inputs: number;
  readonly counterexample: Counterexample | undefined;
}

/** What was found about a rule; of a type that somebody asked for, and of `i8` where a larger one could not be proved. */
export interface Verdict {
  readonly rule: string;
  readonly source: string;
  readonly types: readonly TypeVerdict[];
  /** What is counted: inputs of programs, or programs that were drawn with one input each. */
  readonly unit: 'inputs' | 'programs';
  /** Why there is nothing to say. */
  readonly untried: string | undefined;
}

/** A program as it is told. */
export const programText = ({ function: of }: Instance): string => printOperation(of);

/** A difference with the programs between which it is. */
export const withPrograms = ({ before, after }: Step, difference: RunDifference): Counterexample => ({
  ...difference,
  programs: [programText(before), programText(after)],
});
