/** The examples do what the README shows. */
import { expect, test } from 'vitest';
import { ownOp } from '../../examples/own-op.ts';
import { ownPattern } from '../../examples/own-pattern.ts';
import { wrongLowering } from '../../examples/wrong-lowering.ts';

test('an operation of one’s own', () => {
  expect(ownOp()).toBe(`module {
  %0 = "x.source"() : () -> tensor<3xf32>
  %1 = "x.source"() : () -> tensor<4xf32>
  %2 = mine.outer %0, %1 : tensor<3xf32>, tensor<4xf32> -> tensor<3x4xf32>
}
inferred: tensor<3x4xf32>, valid: true
refused: mine.dot: operand 'y' has K = 4, but K = 3 already`);
});

test('a pattern of one’s own', () => {
  expect(ownPattern()).toBe(`module {
  %0:2 = "x.source"() : () -> (tensor<2xf32>, tensor<2xf32>)
  %1 = tensorop.mul %0#0, %0#1 : tensor<2xf32>
  "x.sink"(%1) : (tensor<2xf32>) -> ()
}`);
});

test('a wrong lowering is caught', () => {
  const told = wrongLowering();
  expect(told).toMatch(/^output 0, element 0: lowered -\d, reference 0/);
  expect(told).toContain('graph.relu');
});
