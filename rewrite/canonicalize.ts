/** The canonicalisation pass: folds, canonical patterns, unique constants, no dead operations. */
import { rewriteGreedily } from './greedy.ts';
import { knob } from './knob.ts';
import { type Pass, pass } from './pass.ts';
import type { RewritePattern } from './pattern.ts';

const knobs = {
  maxIterations: knob.int(1, 1000, 10, 'how often everything is looked at again while something changes'),
  regionSimplify: knob.oneOf(
    ['disabled', 'normal', 'aggressive'],
    'normal',
    'how far control flow between blocks is simplified',
  ),
  maxNumRewrites: knob.int(
    -1,
    Number.MAX_SAFE_INTEGER,
    -1,
    'rewrites taken for progress, -1 for as many as the size allows',
  ),
};

/** Makes the pass from the patterns that dialects export. */
export const canonicalize = (patterns: readonly RewritePattern[]): Pass<typeof knobs> =>
  pass('canonicalize', {
    summary: 'fold, apply canonical patterns, merge constants and drop dead operations',
    knobs,
    exact: true,
    run(root, { maxIterations, maxNumRewrites, regionSimplify }, context) {
      const report = rewriteGreedily(root, patterns, {
        maxIterations,
        maxRewrites: maxNumRewrites < 0 ? undefined : maxNumRewrites,
        regions: regionSimplify,
        check: context.check,
        observer: context.observer,
        onAction: context.onAction,
        actionLimit: context.actionLimit,
      });
      context.count('rewrites', report.rewrites);
      context.count('folds', report.folds);
      context.count('dead', report.dead);
      context.count('simplified', report.simplified);
    },
  });
