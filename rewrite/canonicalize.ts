/** The canonicalisation pass: folds, canonical patterns, unique constants, no dead operations. */
import { DiagnosticError, errorAt } from '../ir/diagnostic.ts';
import type { Operation } from '../ir/operation.ts';
import { rewriteGreedily } from './greedy.ts';
import { knob } from './knob.ts';
import { type Pass, pass } from './pass.ts';
import type { RewritePattern } from './pattern.ts';

const knobs = {
  topDown: knob.flag(true, 'look first at what stands first'),
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
  testConvergence: knob.flag(false, 'fail when something still changes after the last iteration'),
  disablePatterns: knob.text('', 'patterns', 'patterns that are left out, by name, with commas between'),
  enablePatterns: knob.text('', 'patterns', 'the only patterns that are used, by name, with commas between'),
};

const namesIn = (list: string): readonly string[] => list.split(',').filter((name) => name !== '');

/** The patterns that a run uses. Throws a `DiagnosticError` when a name is not that of a pattern. */
function chosen(
  root: Operation,
  patterns: readonly RewritePattern[],
  disabled: readonly string[],
  enabled: readonly string[],
): readonly RewritePattern[] {
  if (disabled.length === 0 && enabled.length === 0) return patterns;
  const known = new Set(patterns.map(({ name }) => name));
  const other = [...disabled, ...enabled].find((name) => !known.has(name));
  if (other !== undefined)
    throw new DiagnosticError([
      errorAt(
        root.location,
        `pass 'canonicalize' has no pattern '${other}', expected some of ${[...known].join(', ')}`,
      ),
    ]);
  return patterns.filter(({ name }) => !disabled.includes(name) && (enabled.length === 0 || enabled.includes(name)));
}

/** Makes the pass from the patterns that dialects export. */
export const canonicalize = (patterns: readonly RewritePattern[]): Pass<typeof knobs> =>
  pass('canonicalize', {
    summary: 'fold, apply canonical patterns, merge constants and drop dead operations',
    knobs,
    exact: true,
    run(root, settings, context) {
      const { maxIterations, maxNumRewrites, regionSimplify, disablePatterns, enablePatterns } = settings;
      const used = chosen(root, patterns, namesIn(disablePatterns), namesIn(enablePatterns));
      const report = rewriteGreedily(root, used, {
        topDown: settings.topDown,
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
      if (settings.testConvergence && !report.converged)
        throw new DiagnosticError([
          errorAt(root.location, `'${root.name}' still changes after ${report.iterations} iterations`),
        ]);
    },
  });
