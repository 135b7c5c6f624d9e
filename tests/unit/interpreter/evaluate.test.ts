import { describe, expect, test } from 'vitest';
import { arith } from '../../../dialects/arith/index.ts';
import { func } from '../../../dialects/func/index.ts';
import { scf } from '../../../dialects/scf/index.ts';
import { tensorop } from '../../../dialects/tensorop/index.ts';
import {
  Builder,
  DiagnosticError,
  f32,
  i1,
  i32,
  index,
  type Operation,
  tensorType,
  type Value,
  verify,
} from '../../../ir/index.ts';
import {
  arithSemantics,
  builtinSemantics,
  evaluate,
  Evaluator,
  funcSemantics,
  NdArray,
  scfSemantics,
  tensoropSemantics,
} from '../../../interpreter/index.ts';
import { addFunction, integerConstant, newContext, newModule } from './program.ts';

const levels = [builtinSemantics, funcSemantics, arithSemantics, scfSemantics, tensoropSemantics];
const faultOf = (run: () => unknown): DiagnosticError => {
  try {
    run();
  } catch (error) {
    if (error instanceof DiagnosticError) return error;
    throw error;
  }
  throw new Error('did not fail');
};

/** Σ i for i from 0 to n, as a loop that carries the sum. */
function addTriangle(module: Operation): Operation {
  return addFunction(module, 'triangle', [index], [index], (builder, [n]) => {
    const [zero, one] = [integerConstant(builder, 0, index), integerConstant(builder, 1, index)];
    const loop = builder.build(() =>
      scf.ops.for({ lowerBound: zero, upperBound: n as Value, step: one, initArgs: [zero] }),
    );
    const body = loop.body.addBlock([index, index]);
    builder.inside(body, () => {
      const [at, sum] = body.arguments as [Value, Value];
      const next = builder.build(() => arith.ops.addi({ lhs: sum, rhs: at })).result;
      builder.build(() => scf.ops.yield({ results: [next] }));
    });
    return loop.results;
  });
}

/** Calls itself until n is 0. */
function addCountdown(module: Operation): Operation {
  return addFunction(module, 'down', [i32], [i32], (builder, [n]) => {
    const zero = integerConstant(builder, 0, i32);
    const done = builder.build(() => arith.ops.cmpi({ lhs: n as Value, rhs: zero, predicate: 0 })).result;
    const branch = builder.build(() => scf.ops.if({ condition: done, types: [i32] }));
    builder.inside(branch.thenRegion.addBlock(), () => {
      builder.build(() => scf.ops.yield({ results: [zero] }));
    });
    builder.inside(branch.elseRegion.addBlock(), () => {
      const less = builder.build(() =>
        arith.ops.subi({ lhs: n as Value, rhs: integerConstant(builder, 1, i32) }),
      ).result;
      const call = builder.build(() => func.ops.call({ callee: 'down', operands: [less], types: [i32] }));
      const more = builder.build(() =>
        arith.ops.addi({ lhs: call.results[0] as Value, rhs: integerConstant(builder, 2, i32) }),
      ).result;
      builder.build(() => scf.ops.yield({ results: [more] }));
    });
    return branch.results;
  });
}

describe('evaluator', () => {
  test('runs loops that carry values', () => {
    const module = newModule(newContext());
    addTriangle(module);
    expect(verify(module)).toEqual([]);
    expect(evaluate(levels, module, 'triangle', [11])).toEqual([55]);
    expect(evaluate(levels, module, 'triangle', [0])).toEqual([0]);
  });

  test('runs branches and calls, and stops a recursion that goes too deep', () => {
    const module = newModule(newContext());
    addCountdown(module);
    expect(verify(module)).toEqual([]);
    expect(evaluate(levels, module, 'down', [20])).toEqual([40]);
    const fault = faultOf(() => evaluate(levels, module, 'down', [1e9]));
    expect(fault.message).toMatch(/is nested or called deeper than the limit of 500/);
    expect(fault.diagnostics[0]?.location).toMatchObject({ name: expect.stringMatching('down') });
  });

  test('stops at the limits of steps, time and memory', () => {
    const module = newModule(newContext());
    addTriangle(module);
    const run = (limits: object) => () => evaluate(levels, module, 'triangle', [1e9], { limits });
    expect(faultOf(run({ steps: 1000 })).message).toMatch(
      /'(arith.addi|scf.yield)' op is the 1001th step, over the limit of 1000/,
    );
    expect(faultOf(run({ milliseconds: 20 })).message).toMatch(/after more than 20 ms/);
    const type = tensorType([1024], f32);
    addFunction(module, 'large', [type], [tensorType([64, 1024], f32)], (builder, [x]) => [
      builder.build(() => tensorop.ops.broadcast({ input: x as Value, shape: [64, 1024] })).out,
    ]);
    const large = (bytes: number) => () =>
      evaluate(levels, module, 'large', [new NdArray([1024], f32)], { limits: { bytes } });
    expect(faultOf(large(262_143)).message).toMatch(/'tensorop.broadcast' op needs 262144 bytes/);
    expect(large(262_144)()).toHaveLength(1);
  });

  test('frees arrays after their last reader', () => {
    const module = newModule(newContext());
    const type = tensorType([256], f32);
    addFunction(module, 'chain', [type], [type], (builder, [x]) => {
      let value = x as Value;
      for (let at = 0; at < 10; at++) value = builder.build(() => tensorop.ops.neg({ input: value })).out;
      return [value];
    });
    const input = new NdArray([256], f32, new Float32Array(256).fill(3));
    const run = (bytes: number) => evaluate(levels, module, 'chain', [input], { limits: { bytes } })[0] as NdArray;
    expect(run(2048).get(7)).toBe(3);
    expect(faultOf(() => run(2047)).message).toMatch(/over the limit of 2047/);
  });

  test('tells the observer every operation with its values', () => {
    const module = newModule(newContext());
    addTriangle(module);
    const seen: string[] = [];
    evaluate(levels, module, 'triangle', [3], {
      observer: (operation, operands, results) =>
        seen.push(`${operation.name} ${operands.join()} -> ${results.join()}`),
    });
    expect(seen).toEqual([
      'arith.constant  -> 0',
      'arith.constant  -> 1',
      'arith.addi 0,0 -> 0',
      'scf.yield 0 -> ',
      'arith.addi 0,1 -> 1',
      'scf.yield 1 -> ',
      'arith.addi 1,2 -> 3',
      'scf.yield 3 -> ',
      'scf.for 0,3,1,0 -> 3',
      'func.return 3 -> ',
    ]);
  });

  test('names operation and place of a fault', () => {
    const module = newModule(newContext());
    addFunction(module, 'quotient', [i32, i32], [i32], (builder, [x, y]) => [
      builder.build(() => arith.ops.divsi({ lhs: x as Value, rhs: y as Value })).result,
    ]);
    expect(evaluate(levels, module, 'quotient', [-7, 2])).toEqual([-3]);
    const fault = faultOf(() => evaluate(levels, module, 'quotient', [1, 0]));
    expect(fault.diagnostics[0]).toMatchObject({
      message: `'arith.divsi' op divides by zero`,
      location: { name: 'body of quotient' },
    });
    expect(faultOf(() => evaluate(levels, module, 'missing', [])).message).toMatch(
      /no function '@missing', expected one of '@quotient'/,
    );
    expect(faultOf(() => evaluate(levels, module, 'quotient', [1])).message).toMatch(
      /passes 1 values to a block with 2 arguments/,
    );
    expect(faultOf(() => evaluate(levels, module, 'quotient', [1, new NdArray([2], i1)])).message).toMatch(
      /argument #1 is an array of 2xi1, expected i32/,
    );
    expect(faultOf(() => evaluate([funcSemantics], module, 'quotient', [1, 1])).message).toMatch(
      /'arith.divsi' op has no meaning/,
    );
  });

  test('a call can be run in parts', () => {
    const module = newModule(newContext());
    const callee = addTriangle(module);
    const frame = new Evaluator(levels).begin(callee, [5]);
    expect(frame.run((operation) => operation.is(scf.ops.for))).toBeUndefined();
    expect(frame.position?.name).toBe('scf.for');
    expect(frame.run((operation) => operation.is(scf.ops.for))).toEqual([10]);
    expect(frame.finished).toEqual([10]);
  });

  test('sees a change of the program', () => {
    const module = newModule(newContext());
    const callee = addFunction(module, 'one', [], [i32], (builder) => [integerConstant(builder, 1, i32)]);
    const evaluator = new Evaluator(levels);
    expect(evaluator.call(callee, [])).toEqual([1]);
    const builder = Builder.before(callee.region(0).entry?.first as Operation);
    const seven = integerConstant(builder, 7, i32);
    callee.region(0).entry?.last?.setOperand(0, seven);
    expect(evaluator.call(callee, [])).toEqual([7]);
  });
});
