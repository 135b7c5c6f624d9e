import { describe, expect, test } from 'vitest';
import { Context, type Operation } from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';
import { allPasses } from '../../../lowering/passes.ts';
import { type ActionObserver, parsePipeline, runPipeline } from '../../../rewrite/index.ts';
import { allDialects } from '../../../tools/lists.ts';

const program = `
func.func private @unused() {
  return
}
func.func private @twice(%x: i32) -> i32 {
  %0 = arith.addi %x, %x : i32
  return %0 : i32
}
func.func @f(%x: i32, %n: index, %c: i1) -> (i32, i32) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %dead = arith.muli %x, %x : i32
  %a = arith.muli %x, %x : i32
  %b = arith.muli %x, %x : i32
  %called = call @twice(%a) : (i32) -> i32
  %two = arith.addi %one, %one : index
  %sum = scf.for %i = %zero to %n step %two iter_args(%s = %b) -> (i32) {
    %same = arith.xori %x, %called : i32
    %next = arith.addi %s, %same : i32
    scf.yield %next : i32
  }
  %late = arith.subi %sum, %x : i32
  %r = scf.if %c -> (i32) {
    %3 = arith.addi %late, %late : i32
    scf.yield %3 : i32
  } else {
    scf.yield %x : i32
  }
  return %r, %sum : i32, i32
}
func.func @g(%x: i32) -> i32 {
  cf.br ^end
^lost:
  cf.br ^end
^end:
  return %x : i32
}`;

const parsed = (): Operation => parseModule(program, new Context(allDialects));

/** What is left after a pass, and the steps and folds that it took. */
function run(pipeline: string, observer: ActionObserver = {}): { readonly text: string; readonly taken: string[] } {
  const module = parsed();
  const taken: string[] = [];
  runPipeline(parsePipeline(`builtin.module(${pipeline})`, allPasses), module, {
    observer: {
      ...observer,
      ends({ kind, name }, { reason }) {
        if (kind !== 'pass' && reason === undefined) taken.push(`${kind}:${name}`);
      },
    },
  });
  return { text: printOperation(module), taken };
}
const before = printOperation(parsed());

describe('what passes without patterns do', () => {
  test.each([
    ['cse', ['step:erase-dead', 'step:merge-equal']],
    ['dce', ['step:erase-dead']],
    ['symbol-dce', ['step:erase-unused-symbol']],
    ['sccp', ['fold:arith.addi']],
    ['loop-invariant-code-motion', ['step:hoist']],
    ['control-flow-sink', ['step:sink']],
    ['inline{default-pipeline=}', ['step:erase-unused-symbol', 'step:inline-call']],
    ['canonicalize', ['fold:arith.addi', 'step:erase-dead', 'step:erase-unreachable-blocks']],
  ])('%s is told as steps, each of which can be held back', (pipeline, steps) => {
    const { text, taken } = run(pipeline);
    expect([...new Set(taken)].sort()).toEqual(steps);
    expect(text).not.toBe(before);
    const held = run(pipeline, { permits: (kind) => kind === 'pass' });
    expect(held.taken).toEqual([]);
    expect(held.text).not.toBe(text);
    // Constants that stand in the program are put in order all the same.
    if (pipeline !== 'sccp') expect(held.text).toBe(before);
    // One more at a time changes one thing more, and none is lost.
    const texts = new Set<string>();
    for (let limit = 0; limit <= taken.length + 20; limit++) {
      let tries = 0;
      texts.add(run(pipeline, { permits: (kind) => kind === 'pass' || ++tries <= limit }).text);
    }
    expect(texts).toContain(text);
    expect(texts.size).toBeGreaterThan(1);
  });
});
