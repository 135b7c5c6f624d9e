import { expect, test } from 'vitest';
import { verify } from '../../../ir/index.ts';
import { sortTopologically } from '../../../rewrite/topological-sort.ts';
import { mlirOpt, mlirOptMissing } from '../../mlir-opt.ts';
import { byJudge, byOurs, parsed } from './judged-pass.ts';

if (mlirOpt === undefined) mlirOptMissing();

/** A module whose operations read each other as `reads` says, by position. */
const graphOf = (reads: readonly (readonly number[])[]): string => {
  const lines = reads.map((sources, at) => {
    const operands = sources.map((source) => `%v${source}`).join(', ');
    const types = sources.map(() => 'i32').join(', ');
    const own = `"x.op${at}"`;
    // Every fourth reads from inside a region.
    return at % 4 === 3
      ? `%v${at} = ${own}() ({ "x.in"(${operands}) : (${types}) -> () }) : () -> i32`
      : `%v${at} = ${own}(${operands}) : (${types}) -> i32`;
  });
  return `module {\n${lines.join('\n')}\n}`;
};

let seed = 7;
const random = (limit: number): number => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * limit);
};
const graphs = Array.from({ length: 60 }, () => {
  const count = 2 + random(14);
  return graphOf(
    Array.from({ length: count }, () => Array.from({ length: random(4) === 0 ? 0 : random(3) }, () => random(count))),
  );
});
const programs = [
  ...graphs,
  graphOf([[1], [2], [3], [4], []]),
  graphOf([[0], [2], [1]]),
  `module {
    %a = "x.a"(%b) : (i32) -> i32
    %b = "x.b"() : () -> i32
    module @inner {
      "x.use"(%c) : (i32) -> ()
      %c = "x.c"() : () -> i32
      func.func @f(%x: i32) -> i32 { return %x : i32 }
    }
    "x.graph"() ({
      "x.use"(%d) : (i32) -> ()
      %d = "x.d"() : () -> i32
    }) : () -> ()
  }`,
];

test.skipIf(mlirOpt === undefined)('orders like the judge, with cycles and reads from regions', () => {
  const theirs = byJudge(programs, ['--topological-sort']);
  const ours = byOurs(programs, 'topological-sort');
  expect(theirs.length).toBe(programs.length);
  for (const [at, text] of theirs.entries()) expect(ours[at]).toBe(text);
  expect(ours).not.toEqual(byJudge(programs, []));
});

test('a long chain from back to front takes no more than its length', () => {
  const module = parsed(graphOf(Array.from({ length: 20_000 }, (_, at) => (at === 19_999 ? [] : [at + 1]))));
  const start = performance.now();
  expect(sortTopologically(module)).toBe(20_000);
  expect(performance.now() - start).toBeLessThan(2_000);
  expect(module.region().entry?.first?.name).toBe('x.op19999');
  expect(verify(module)).toEqual([]);
});
