import { describe, expect, test } from 'vitest';
import { graph } from '../../../dialects/graph/index.ts';
import { tensorop } from '../../../dialects/tensorop/index.ts';
import { f32, tensorType, type Value } from '../../../ir/index.ts';
import { newContext } from '../interpreter/program.ts';

const argument = (shape: readonly number[]): Value =>
  newContext()
    .newBlock([tensorType(shape, f32)])
    .argument(0);
const folded = (view: { readonly operation: Value['owner'] }) =>
  view.operation?.definition?.fold?.(view.operation, [undefined]);

describe.each([
  ['graph', graph.ops],
  ['tensorop', tensorop.ops],
] as const)('%s folds', (_, ops) => {
  test('a transpose that changes nothing', () => {
    const input = argument([2, 3]);
    expect(folded(ops.transpose({ input, permutation: [0, 1] }))).toEqual([input]);
    expect(folded(ops.transpose({ input, permutation: [1, 0] }))).toBeUndefined();
  });

  test('a reshape to the same type, and one that undoes another', () => {
    const input = argument([2, 3]);
    expect(folded(ops.reshape({ input, shape: [2, 3] }))).toEqual([input]);
    const flat = ops.reshape({ input, shape: [6] }).out;
    expect(folded(ops.reshape({ input: flat, shape: [2, 3] }))).toEqual([input]);
    expect(folded(ops.reshape({ input: flat, shape: [3, 2] }))).toBeUndefined();
  });

  test('a relu of a relu', () => {
    const inner = ops.relu({ input: argument([4]) }).out;
    expect(folded(ops.relu({ input: inner }))).toEqual([inner]);
    expect(folded(ops.relu({ input: argument([4]) }))).toBeUndefined();
  });
});

test('a transpose folds with the one that it undoes, and only with that', () => {
  const input = argument([2, 3, 4]);
  const turned = tensorop.ops.transpose({ input, permutation: [2, 0, 1] }).out;
  expect(folded(tensorop.ops.transpose({ input: turned, permutation: [1, 2, 0] }))).toEqual([input]);
  expect(folded(tensorop.ops.transpose({ input: turned, permutation: [2, 0, 1] }))).toBeUndefined();
});
