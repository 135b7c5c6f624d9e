/** What the solver is told about arithmetic, held against the interpreter, and what its operators compute against Z3. */
import { afterAll, describe, expect, test } from 'vitest';
import { arith } from '../../../dialects/arith/index.ts';
import type { Operation, Type } from '../../../ir/index.ts';
import { printOperation } from '../../../ir/text/index.ts';
import type { Scalar } from '../../../interpreter/index.ts';
import { Random } from '../../../tools/check/random.ts';
import { integersOf } from '../../../tools/proofs/all-rules.ts';
import { arithTerms } from '../../../tools/proofs/arith-terms.ts';
import { instances, rootIn } from '../../../tools/proofs/instances.ts';
import { newEvaluator, resultsOf } from '../../../tools/proofs/run.ts';
import { bitsOfNumber, edgeNumbers, numberOfBits, randomNumber } from '../../../tools/proofs/samples.ts';
import { startSolver } from '../../../tools/proofs/solver.ts';
import { argumentNames, symbolicArguments, symbolicFunction } from '../../../tools/proofs/symbolic-function.ts';
import { foldTemplate } from '../../../tools/proofs/template.ts';
import * as term from '../../../tools/proofs/term.ts';

const integerOps = Object.values(arith.ops).filter(
  ({ definition, opName }) => definition.operands.length > 0 && !/f$|fp|f_|fptosi|scaling/.test(opName),
);
const template = (opName: string, count: number) =>
  foldTemplate(opName, '', {
    text: '',
    operands: Array.from({ length: count }, (_, number) => ({ kind: 'value' as const, number })),
  });

/** Whether an operation promises something that does not hold, in whole numbers. */
function breaksPromise(root: Operation, given: readonly Scalar[]): boolean {
  const [x = 0n, y = 0n] = given.map(BigInt);
  const [type, to] = [root.operand(0).type, root.result().type];
  const width = type.kind === 'integer' ? type.width : 64;
  const [u, v] = [x, y].map((one) => BigInt.asUintN(width, one)) as [bigint, bigint];
  const [a, b] = [u, v].map((one) => BigInt.asIntN(width, one)) as [bigint, bigint];
  const into = to.kind === 'integer' ? to.width : 64;
  const flags = root.attribute('overflowFlags')?.text ?? '';
  const whole: Readonly<Record<string, (p: bigint, q: bigint) => bigint>> = {
    'arith.addi': (p, q) => p + q,
    'arith.subi': (p, q) => p - q,
    'arith.muli': (p, q) => p * q,
    'arith.trunci': (p) => p,
  };
  const made = whole[root.name];
  if (made) {
    const [signed, unsigned] = [made(a, b), made(u, v)];
    return (
      (flags.includes('nsw') && BigInt.asIntN(into, signed) !== signed) ||
      (flags.includes('nuw') && BigInt.asUintN(into, unsigned) !== unsigned)
    );
  }
  if (root.name === 'arith.shli')
    return (
      (flags.includes('nsw') && BigInt.asIntN(width, a << v) !== a << v) ||
      (flags.includes('nuw') && BigInt.asUintN(width, u << v) !== u << v)
    );
  if (root.attribute('isExact') === undefined) return false;
  if (root.name === 'arith.shrsi' || root.name === 'arith.shrui') return u % (1n << v) !== 0n;
  return root.name === 'arith.divsi' ? a % b !== 0n : u % v !== 0n;
}

describe('the meaning of integer arithmetic', () => {
  const mains = integersOf([1, 2, 3, 5, 8, 33, 64]);
  test.each(integerOps.map(({ opName, definition }) => [opName, definition.operands.length] as const))(
    '%s is the same to solver and interpreter',
    (opName, count) => {
      const random = new Random(7);
      let [programs, values, faults, broken] = [0, 0, 0, 0];
      for (const main of mains)
        for (const instance of instances(template(opName, count), main, [arith])) {
          const { function: of } = instance;
          const types = (of.region().entry?.arguments ?? []).map(({ type }) => type);
          const given = symbolicArguments(types);
          const block = of.region().entry;
          const symbolic = given && block && symbolicFunction(block, given);
          // Programs over floating-point numbers, such as bitcasts of them.
          if (!symbolic) continue;
          programs++;
          const of_ = term.evaluator([
            symbolic.undefinedBehaviour,
            ...symbolic.results.flatMap(({ bits, poison }) => [bits, poison]),
          ]);
          const run = newEvaluator();
          const edges = types.map(edgeNumbers);
          for (let count = 0; count < 60; count++) {
            const inputs = types.map((type, at) =>
              count % 2 === 0 ? random.pick(edges[at] as readonly Scalar[]) : randomNumber(type, random),
            );
            const names = new Map(
              inputs.map((value, at) => [argumentNames(at)[0], bitsOfNumber(value, types[at] as Type)]),
            );
            const [fault, ...results] = of_(names);
            const told = resultsOf(run, of, inputs);
            const root = rootIn(of);
            const isPoison = results.some((_, at) => at % 2 === 1 && results[at] === 1n);
            const shown = `${inputs.join(', ')} in ${printOperation(of)}`;
            if (told === undefined) {
              faults++;
              expect(fault === 1n || isPoison, `has no meaning for ${shown}`).toBe(true);
            } else {
              expect(fault, `has a meaning for ${shown}`).toBe(0n);
              expect(isPoison, `poison for ${shown}`).toBe(breaksPromise(root, inputs));
              if (isPoison) broken++;
              else {
                values++;
                const found = told.map((_, at) => numberOfBits(results[2 * at] as bigint, root.result(at).type));
                expect(found.map(BigInt), shown).toEqual(told.map((one) => BigInt(one as Scalar)));
              }
            }
          }
        }
      expect(programs).toBeGreaterThan(0);
      expect(values).toBeGreaterThan(50);
      if (/div|rem|sh[lr]/.test(opName)) expect(faults).toBeGreaterThan(20);
      if (['arith.addi', 'arith.subi', 'arith.muli', 'arith.shli', 'arith.trunci'].includes(opName))
        expect(broken).toBeGreaterThan(20);
    },
  );

  test('a poison operand makes everything poison but what select does not take, and a poison divisor ends all', () => {
    for (const { opName, definition } of integerOps) {
      const [instance] = instances(template(opName, definition.operands.length), integersOf([8])[0] as Type, [arith]);
      const block = instance?.function.region().entry;
      const given = block && symbolicArguments(block.arguments.map(({ type }) => type));
      const symbolic = given && symbolicFunction(block, given);
      if (!symbolic) throw new Error(`${opName} has no terms`);
      const told = term.evaluator([symbolic.undefinedBehaviour, ...symbolic.results.map(({ poison }) => poison)]);
      for (let at = 0; at < given.length; at++) {
        const [fault, poison] = told(new Map([...given.map((_, place) => [`x${place}`, 1n] as const), [`p${at}`, 1n]]));
        const isDivisor = at === 1 && /div|rem/.test(opName);
        // The condition is 1: the first is taken.
        const isLeft = opName === 'arith.select' && at === 2;
        expect([opName, at, fault === 1n, poison === 1n || isDivisor]).toEqual([opName, at, isDivisor, !isLeft]);
      }
    }
  });

  test('a quotient of poison, which may be the lowest number, by −1 may overflow', () => {
    const { divsi, ceildivsi, floordivsi, remsi } = arith.ops;
    const faults = [divsi, ceildivsi, floordivsi, remsi].map(({ opName }) => {
      const [instance] = instances(template(opName, 2), integersOf([8])[0] as Type, [arith]);
      const block = instance?.function.region().entry;
      const given = block && symbolicArguments(block.arguments.map(({ type }) => type));
      const symbolic = given && symbolicFunction(block, given);
      if (!symbolic) throw new Error(`${opName} has no terms`);
      const told = term.evaluator([symbolic.undefinedBehaviour]);
      const values = new Map([
        ['p0', 1n],
        ['x1', 255n],
      ]);
      return told(values)[0];
    });
    expect(faults).toEqual([1n, 1n, 1n, 0n]);
  });

  test('every operation on integers has terms', () => {
    expect(integerOps.length).toBeGreaterThan(28);
    expect(integerOps.map(({ opName }) => opName).filter((name) => !arithTerms.has(name))).toEqual([]);
  });
});

describe('terms', async () => {
  const solver = await startSolver();
  afterAll(() => solver?.close());
  const operators = [
    ...['bvadd', 'bvsub', 'bvmul', 'bvudiv', 'bvurem', 'bvsdiv', 'bvsrem', 'bvand', 'bvor', 'bvxor'],
    ...['bvshl', 'bvlshr', 'bvashr'],
  ] as Parameters<typeof term.arithmetic>[0][];
  const comparisons = ['=', 'bvult', 'bvule', 'bvslt', 'bvsle'] as const;

  test.each([1, 2, 7, 33, 64])('compute what Z3 computes in %i bits', async (width) => {
    if (!solver) throw new Error('these tests need z3-solver');
    const random = new Random(width);
    const type = integersOf([width])[0] as Type;
    const draw = (): bigint =>
      bitsOfNumber(random.once(2) ? random.pick(edgeNumbers(type)) : randomNumber(type, random), type);
    const [x, y] = [term.unknown('x', width), term.unknown('y', width)];
    const results = [
      ...operators.map((operator) => term.arithmetic(operator, x, y)),
      ...comparisons.map((operator) => term.compare(operator, x, y)),
      term.not(x),
      term.join(x, y),
      term.part(x, width >> 1, width - (width >> 1)),
      term.resize(x, width + 3, 'sign_extend'),
      term.resize(x, width + 3, 'zero_extend'),
      term.choose(term.same(x, y), x, term.not(y)),
    ];
    const compute = term.evaluator(results);
    for (let round = 0; round < 12; round++) {
      const [a, b] = round === 0 ? [0n, 0n] : round === 1 ? [draw(), 0n] : [draw(), draw()];
      const values = compute(
        new Map([
          ['x', a],
          ['y', b],
        ]),
      );
      const is = (place: number): term.Term =>
        term.same(results[place] as term.Term, term.bits(values[place] as bigint, (results[place] as term.Term).width));
      const here = term.all(term.same(x, term.bits(a, width)), term.same(y, term.bits(b, width)));
      const differs = term.any(...results.map((_, place) => term.not(is(place))));
      expect(await solver.canHold(term.all(here, differs), 10_000), `x = ${a}, y = ${b}`).toEqual({ kind: 'never' });
    }
  });

  test('a claim that holds gives values for which it does', async () => {
    if (!solver) throw new Error('these tests need z3-solver');
    const [x, y] = [term.unknown('x', 9), term.unknown('y', 9)];
    const claim = term.all(
      term.same(term.arithmetic('bvmul', x, y), term.bits(221n, 9)),
      term.compare('bvult', term.bits(1n, 9), x),
      term.compare('bvult', x, y),
    );
    const found = await solver.canHold(claim, 10_000);
    expect(found.kind === 'holds' && term.evaluator([claim])(found.values)).toEqual([1n]);
  });

  test('what takes too long is unknown', async () => {
    if (!solver) throw new Error('these tests need z3-solver');
    const [x, y, z] = ['x', 'y', 'z'].map((name) => term.unknown(name, 64)) as [term.Term, term.Term, term.Term];
    const cube = (a: term.Term): term.Term => term.arithmetic('bvmul', a, term.arithmetic('bvmul', a, a));
    const claim = term.all(
      term.same(term.arithmetic('bvadd', cube(x), cube(y)), cube(z)),
      ...[x, y, z].map((one) =>
        term.all(term.compare('bvult', term.bits(1n, 64), one), term.compare('bvult', one, term.bits(1n << 21n, 64))),
      ),
    );
    expect(await solver.canHold(claim, 50)).toEqual({ kind: 'unknown' });
  });
});
