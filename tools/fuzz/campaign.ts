/** What a fuzzing campaign is: it makes inputs, feeds them to a part of paleozoic, and judges what comes of them. */
import type { Random } from '../check/random.ts';
import type { CampaignCoverage, Universe } from './coverage.ts';

/** Why an input is a finding. */
export interface Failure {
  /** Findings of one key count as one; it names the fault and nothing that is the input's own. */
  readonly key: string;
  /** What happened, for the reader. */
  readonly text: string;
}

/** What came of an input. */
export interface Outcome {
  /** What the input was, such as `refused`; the campaign counts cases by it. */
  readonly kind: string;
  readonly failure?: Failure;
}

/** A file that inputs are made from. */
export interface CorpusFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A failure with the smallest input that shows it. */
export interface Explained {
  readonly failure: Failure;
  readonly input: Uint8Array;
}

/** Makes inputs and checks them. */
export interface CaseRunner {
  /** An input; the same for the same random numbers. */
  make(random: Random): Uint8Array;
  /** What comes of an input; never throws. */
  check(input: Uint8Array): Outcome | Promise<Outcome>;
  /** Looks for the cause of a failure, and makes the input smaller, for about so many milliseconds; cuts are tried without it. */
  explain?(input: Uint8Array, failure: Failure, milliseconds: number): Explained | undefined;
  /** Where checks add what they reach. */
  readonly coverage?: CampaignCoverage;
}

/** A fuzzing campaign. */
export interface Campaign {
  readonly name: string;
  readonly summary: string;
  /** Ends the names of its inputs and of the files of its corpus. */
  readonly extension: string;
  /** Folders of the corpus unless others are given; those that are absent are left out. */
  readonly corpus: readonly string[];
  /** Ways to cut an input into pieces that a smaller input may lack; coarsest first. */
  readonly cuts: readonly ((input: Uint8Array) => readonly Uint8Array[])[];
  /** What there is to reach, for the table of what was. */
  readonly universe?: Universe;
  open(corpus: readonly CorpusFile[]): CaseRunner;
}
