/** A pass of ours and mlir-opt's on the same programs: what both leave must be the same text. */
import { expect } from 'vitest';
import { Context, verify } from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';
import { allPasses } from '../../../lowering/passes.ts';
import { parsePipeline, runPipeline } from '../../../rewrite/index.ts';
import { allDialects } from '../../../tools/lists.ts';
import { judge, separator } from '../../mlir-opt.ts';

const flags = ['--allow-unregistered-dialect', '--split-input-file', '--mlir-print-op-generic'];

/** What a pipeline of ours leaves of a text, in generic form; it must be valid. */
export function after(pipeline: string, text: string): string {
  const module = parseModule(text, new Context(allDialects, { allowUnregistered: true }));
  runPipeline(parsePipeline(pipeline, allPasses), module, { check: true });
  expect(verify(module)).toEqual([]);
  return printOperation(module, { generic: true });
}

/** Expects that a pass leaves every program as mlir-opt's pass of the same name and `theirs` does. */
export function expectAsUpstream(
  pass: string,
  programs: readonly string[],
  theirs: readonly string[] = [`--${pass}`],
): void {
  const split = (text: string): readonly string[] => text.split(/^\/\/ -----$/m).map((part) => part.trim());
  const expected = split(judge([...flags, ...theirs], programs.join(separator)).stdout);
  const found = split(judge(flags, programs.map((text) => after(pass, text)).join(separator)).stdout);
  expect(found).toEqual(expected);
}
