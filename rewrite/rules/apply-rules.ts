/** A pass that applies patterns which are given when it is made, such as rules from a file. */
import { rewriteGreedily } from '../greedy.ts';
import { knob } from '../knob.ts';
import { type Pass, pass } from '../pass.ts';
import type { RewritePattern } from '../pattern.ts';
import { rewriteOnce } from '../walk.ts';

const knobs = {
  driver: knob.oneOf(['greedy', 'walk'], 'greedy', 'until nothing changes, with folding, or every operation once'),
  maxIterations: knob.int(1, 1000, 10, 'how often everything is looked at again while something changes'),
  topDown: knob.flag(true, 'look first at what stands first'),
};

/** Makes the pass `apply-rules` from patterns. */
export const applyRules = (patterns: readonly RewritePattern[]): Pass<typeof knobs> =>
  pass('apply-rules', {
    summary: 'apply the rules of a file',
    knobs,
    // Nobody but their author knows what rules keep.
    exact: true,
    run(root, { driver, maxIterations, topDown }, context) {
      const { check, observer, onAction, actionLimit } = context;
      const options = { check, observer, onAction, actionLimit };
      if (driver === 'walk') return context.count('rewrites', rewriteOnce(root, patterns, options));
      const report = rewriteGreedily(root, patterns, { ...options, maxIterations, topDown });
      context.count('rewrites', report.rewrites);
      context.count('folds', report.folds);
      context.count('dead', report.dead);
    },
  });
