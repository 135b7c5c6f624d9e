/** The options of canonicalize. */
import { expect, test } from 'vitest';
import { Context } from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';
import { allPasses } from '../../../lowering/passes.ts';
import { parsePipeline, runPipeline } from '../../../rewrite/index.ts';
import { allDialects } from '../../../tools/lists.ts';

const program = `func.func @f(%a: tensor<4x3x2x2xf32>) -> tensor<2x4x3x2xf32> {
  %0 = tensorop.transpose %a {permutation = array<i64: 0, 2, 3, 1>} : tensor<4x3x2x2xf32> -> tensor<4x2x2x3xf32>
  %1 = tensorop.transpose %0 {permutation = array<i64: 1, 0, 3, 2>} : tensor<4x2x2x3xf32> -> tensor<2x4x3x2xf32>
  return %1 : tensor<2x4x3x2xf32>
}`;

/** How many operations of a name are left. */
function left(name: string, options: string): number {
  const module = parseModule(program, new Context(allDialects));
  runPipeline(parsePipeline(`builtin.module(canonicalize${options})`, allPasses), module);
  return printOperation(module).split(name).length - 1;
}

test('patterns are chosen by name', () => {
  expect(left('tensorop.transpose', '')).toBe(1);
  expect(left('tensorop.transpose', '{disable-patterns=compose-transposes}')).toBe(2);
  expect(left('tensorop.transpose', '{enable-patterns=compose-reshapes,transpose-of-ones}')).toBe(2);
  expect(left('tensorop.transpose', '{enable-patterns=compose-transposes top-down=false}')).toBe(1);
  expect(() => left('', '{disable-patterns=compose}')).toThrow(
    /pass 'canonicalize' has no pattern 'compose', expected some of .*compose-transposes/,
  );
});

test('a run that does not come to an end of its changes fails when that is asked', () => {
  expect(left('tensorop.transpose', '{test-convergence=true}')).toBe(1);
  expect(() => left('', '{max-iterations=1 test-convergence=true}')).toThrow(
    /'builtin.module' still changes after 1 iterations/,
  );
});
