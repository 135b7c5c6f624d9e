/**
 * Layout: changes between channels-first and channels-last sink below what does not care about
 * the order of axes, until they meet their inverse and vanish.
 */
import { tensoropPatterns } from '../dialects/tensorop/patterns.ts';
import { pass, rewriteGreedily, type RewritePattern } from '../rewrite/index.ts';
import { sinkReshape } from './layout/sink-reshape.ts';
import { sinkTransposePatterns } from './layout/sink-transpose.ts';

/** Patterns of the layout pass. */
export const layoutPatterns: readonly RewritePattern[] = [...sinkTransposePatterns, sinkReshape, ...tensoropPatterns];

/** The pass that propagates layouts. */
export const propagateLayout = pass('propagate-layout', {
  summary: 'sink changes of layout until they cancel',
  exact: true,
  run(root, _, context) {
    const report = rewriteGreedily(root, layoutPatterns, {
      check: context.check,
      onAction: context.onAction,
      actionLimit: context.actionLimit,
    });
    context.count('rewrites', report.rewrites);
  },
});
