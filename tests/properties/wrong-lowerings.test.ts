/** Deliberately wrong lowerings: the ordinary properties must find each and tell it in a few lines. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { graph } from '../../dialects/graph/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import type { AnyOp } from '../../ir/index.ts';
import { graphToTensorop } from '../../lowering/graph-to-tensorop/index.ts';
import { CoreProgram } from '../../lowering/tensorop-to-mlu/core-program.ts';
import type { Lowering } from '../../rewrite/index.ts';
import { mlu100 } from '../../target-mlu/index.ts';
import { checkGraphLowering, checkHardwareLowering } from '../../tools/check/lowerings.ts';
import { PropertyFailed } from '../../tools/check/property.ts';

type Rule = (args: never, settings: never, builder: never) => unknown;

/** The lowering with another rule for one operation, made from the right one. */
function withRule(op: AnyOp, change: (right: Rule) => Rule): Lowering<Readonly<Record<never, never>>> {
  const right = graphToTensorop.rules.get(op.opName);
  if (!right) throw new Error(`there is no rule for ${op.opName}`);
  const lower = change(right.lower as Rule) as typeof right.lower;
  return { ...graphToTensorop, rules: new Map([...graphToTensorop.rules, [op.opName, { op, lower }]]) };
}

/** What the property reports within 200 cases. */
function failureOf(check: () => void): PropertyFailed {
  try {
    check();
  } catch (error) {
    if (error instanceof PropertyFailed) return error;
    throw error;
  }
  throw new Error('the wrong lowering was not found');
}

const lines = (text: string): number =>
  text
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('//')).length;

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a wrong lowering is found within 200 cases and told in at most ten lines of IR', () => {
  test('a dropped activation', () => {
    const wrong = withRule(
      graph.ops.relu,
      () => ((args: { readonly input: unknown }) => args.input) as unknown as Rule,
    );
    const { counterexample, cases, reason } = failureOf(() =>
      checkGraphLowering(graph.ops.relu, wrong, { cases: 200 }),
    );
    expect(cases).toBeLessThanOrEqual(200);
    expect(lines(counterexample)).toBeLessThanOrEqual(10);
    expect(counterexample).toContain('graph.relu');
    expect(reason).toMatch(/output 0, element \d+: lowered .*, reference/);
  });

  test('swapped strides', () => {
    const swap = (right: Rule): Rule =>
      ((args: { readonly strides: readonly [number, number] }, settings: never, builder: never) =>
        right({ ...args, strides: [args.strides[1], args.strides[0]] } as never, settings, builder)) as unknown as Rule;
    const wrong = withRule(graph.ops.conv, swap);
    const { counterexample, cases } = failureOf(() => checkGraphLowering(graph.ops.conv, wrong, { cases: 200 }));
    expect(cases).toBeLessThanOrEqual(200);
    expect(lines(counterexample)).toBeLessThanOrEqual(10);
    expect(counterexample).toContain('graph.conv');
  });

  test('an off-by-one in a tile bound', () => {
    const right = CoreProgram.prototype.tiles;
    vi.spyOn(CoreProgram.prototype, 'tiles').mockImplementation(function (this: CoreProgram, begin, end, size, body) {
      right.call(this, begin, end - begin > 1 ? end - 1 : end, size, body);
    });
    const { counterexample, cases } = failureOf(() => checkHardwareLowering(tensorop.ops.relu, mlu100, { cases: 200 }));
    expect(cases).toBeLessThanOrEqual(200);
    expect(lines(counterexample)).toBeLessThanOrEqual(10);
    expect(counterexample).toContain('tensorop.relu');
  });

  test('the right lowerings pass the same properties', () => {
    checkGraphLowering(graph.ops.relu, graphToTensorop);
    checkGraphLowering(graph.ops.conv, graphToTensorop);
    checkHardwareLowering(tensorop.ops.relu, mlu100);
  });
});
