/** Asking Z3: what it can and cannot answer. */
import { afterAll, expect, test } from 'vitest';
import { startSolver } from '../../../tools/proofs/solver.ts';
import { all, arithmetic, compare, not, same, type Term, unknown } from '../../../tools/proofs/term.ts';

const solver = await startSolver(100);
if (!solver) throw new Error('this test needs z3-solver');
afterAll(() => solver.close());

const [a, b, c] = ['a', 'b', 'c'].map((name) => unknown(name, 64)) as [Term, Term, Term];
const product = (x: Term, y: Term): Term => arithmetic('bvmul', x, y);

test('a question that takes too much memory has no answer, and the next one has', async () => {
  const hard = all(
    not(same(arithmetic('bvsdiv', product(a, product(c, b)), arithmetic('bvsrem', b, c)), product(b, product(a, a)))),
    same(product(a, product(b, c)), arithmetic('bvurem', a, b)),
    same(arithmetic('bvudiv', a, c), product(b, b)),
    same(arithmetic('bvurem', c, b), arithmetic('bvudiv', product(a, c), arithmetic('bvadd', c, b))),
  );
  const started = performance.now();
  expect(await solver.canHold(hard, 300_000)).toEqual({ kind: 'unknown' });
  expect(performance.now() - started).toBeLessThan(100_000);
  expect(await solver.canHold(compare('bvult', a, a), 5000)).toEqual({ kind: 'never' });
  expect(await solver.canHold(all(compare('bvult', a, b), compare('bvult', b, c)), 5000)).toMatchObject({
    kind: 'holds',
  });
});
