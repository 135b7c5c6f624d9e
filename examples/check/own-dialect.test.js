/** Properties of a dialect of one's own, for vitest: nothing is said about how its operations are drawn. */
import fc from 'fast-check';
import { arbitraryOperation, arbitraryProgram } from 'paleozoic/check';
import { arith } from 'paleozoic/dialects/arith';
import { scf } from 'paleozoic/dialects/scf';
import { verify } from 'paleozoic/ir';
import { printOperation } from 'paleozoic/ir/text';
import { runPipeline, stage } from 'paleozoic/rewrite';
import { expect, test } from 'vitest';
import { dialects, passes } from '../own-dialect/dialect.js';

const [compass] = dialects;
const [shortenTurns] = passes;
const programs = arbitraryProgram({ dialects: [compass, arith, scf], size: 12, weights: { 'compass.turn': 20 } });
const turns = (module) => {
  let count = 0;
  module.walk((operation) => {
    if (operation.name === 'compass.turn') count++;
  });
  return count;
};

test('a single operation is printed as it is read', () => {
  fc.assert(
    fc.property(arbitraryOperation(compass.ops.turn, { dialects: [compass] }), (program) => {
      expect(printOperation(program.module())).toBe(program.text);
    }),
  );
});

test('the pass gives valid programs with no more turns than before', () => {
  fc.assert(
    fc.property(programs, (program) => {
      const module = program.module();
      const before = turns(module);
      runPipeline({ anchor: 'builtin.module', stages: [stage(shortenTurns)] }, module);
      expect(verify(module)).toEqual([]);
      expect(turns(module)).toBeLessThanOrEqual(before);
    }),
  );
});

test('of a property that does not hold, a small program is shown', () => {
  const { counterexample } = fc.check(
    fc.property(programs, (program) => turns(program.module()) < 2),
    { seed: 1 },
  );
  const [smallest] = counterexample;
  expect(smallest.text.match(/compass\.turn/g)).toHaveLength(2);
  expect(smallest.size).toBeLessThanOrEqual(6);
});
