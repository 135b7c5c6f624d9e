/** A campaign whose cases hang, throw, fail and pass, for the test of what runs campaigns. */
import type { Campaign } from '../../../tools/fuzz/campaign.ts';

/** What a case does, by the one byte that is its input. */
export const meaning = { hang: 7, throw: 9, fail: 20 } as const;

/** Inputs are bytes below 150; those of `meaning` are odd, the rest pass. */
export const oddCampaign: Campaign = {
  name: 'odd',
  summary: 'hangs, throws and fails',
  extension: '.odd',
  corpus: [],
  cuts: [(input) => [...input].map((byte) => Uint8Array.of(byte))],
  open: () => ({
    make: (random) => Uint8Array.of(1, random.below(150), 1),
    check(input) {
      if (input.includes(meaning.hang)) for (;;);
      if (input.includes(meaning.throw)) throw new Error('a check must not throw');
      const failure = { key: 'fails', text: 'it was to fail' };
      return input.includes(meaning.fail) ? { kind: 'failed', failure } : { kind: 'passed' };
    },
  }),
};
