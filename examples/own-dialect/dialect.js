/**
 * A dialect and a pass of one's own, with no build step: plain JavaScript that `paleo-opt --load` takes.
 *
 *   npx paleo-opt --load=./dialect.js program.mlir --shorten-turns
 */
import { dialect, op, sameType, attr } from 'paleozoic/ir';
import { noMatch, pass, pattern, rewriteGreedily } from 'paleozoic/rewrite';

// One type for everything that an operation reads and gives: `T` is the same wherever it stands.
const angle = sameType('T', 'a float', (type) => type.kind === 'float');

/** Turns an angle by some quarters. */
const turn = op('compass.turn', {
  summary: 'an angle turned by quarters',
  operands: { angle },
  attributes: { quarters: attr.int({ min: -3, max: 3 }) },
  results: { turned: angle },
  traits: ['pure'],
  assembly: '$angle `by` $quarters attr-dict `:` type($turned)',
  // No turn is the angle itself.
  fold: ({ angle: given, quarters }) => (quarters === 0 ? [given] : undefined),
});

/** Two turns are one. */
const joinTurns = pattern('join-turns', turn, ({ angle: given, quarters }) => {
  const first = given.owner?.as(turn);
  if (!first) return noMatch('what is turned is no turn');
  return turn({ angle: first.angle, quarters: (quarters + first.quarters) % 4 });
});

/** What `--load` adds. */
export const dialects = [dialect('compass', { turn })];
export const passes = [
  pass('shorten-turns', {
    summary: 'make one turn of several',
    exact: true,
    run(root, _knobs, context) {
      const { rewrites } = rewriteGreedily(root, [joinTurns], { observer: context.observer, check: context.check });
      context.count('joined', rewrites);
    },
  }),
];
