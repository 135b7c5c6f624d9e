/** The campaign over MLIR text: damaged modules through parser, verifier and printer. */
import { allDialects } from '../../lists.ts';
import type { Campaign, CorpusFile } from '../campaign.ts';
import { CampaignCoverage } from '../coverage.ts';
import { opNames } from '../universe.ts';
import { checkText } from './check.ts';
import { mutated } from './mutation.ts';
import { tokensOf } from './tokens.ts';

const characters = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** Begins an operation in the pretty form of a dialect that is read in generic form only. */
const foreign = new RegExp(
  `^ *(?:%[^=\n]* = )?(?!(?:${allDialects.map(({ name }) => name).join('|')})\\.)[a-z]\\w*\\.\\w`,
  'm',
);
/** Of modules that are refused at such an operation, one in so many is taken. */
const oneForeign = 16;

/** Modules above this many bytes are taken seldom, as they cost time and show little that small ones do not. */
const small = 4096;
/** Modules above this many bytes are not taken. */
const largest = 1 << 14;

/** The modules in files of a corpus: what stands between separators, titles of cases and expected outputs. */
export const modulesOf = (corpus: readonly CorpusFile[]): readonly string[] =>
  corpus
    .flatMap(({ bytes }) => characters(bytes).split(/^\/\/ (?:-----|==>|# .*|paleo-opt:.*)$/m))
    .map((text) => text.trim())
    .filter((text, at) => text.length > 0 && text.length <= largest && (at % oneForeign === 0 || !foreign.test(text)));

const cut = (pattern: RegExp) => (input: Uint8Array) => (characters(input).match(pattern) ?? []).map(bytesOf);

/** Mutated modules: refused with a place, or read, verified, and printed in every form to a fixpoint. */
export const textCampaign: Campaign = {
  name: 'text',
  summary: 'parser, verifier and printer on damaged modules',
  extension: '.mlir',
  corpus: ['tests', '../shared/mlir/generic', '../shared/mlir/pretty', '../shared/mlir/invalid'],
  cuts: [cut(/[^\n]*\n|[^\n]+$/g), (input) => tokensOf(characters(input)).map(bytesOf), cut(/./gs)],
  universe: { ops: opNames(allDialects), passes: ['read', 'verified'], rules: [] },
  open(corpus) {
    const modules = modulesOf(corpus);
    const coverage = new CampaignCoverage();
    return {
      make(random) {
        const one = (): string => {
          const text = random.pick(modules);
          return text.length <= small || random.once(8) ? text : one();
        };
        return bytesOf(mutated(one(), one, random));
      },
      check: (input) => checkText(input, coverage),
      coverage,
    };
  },
};
