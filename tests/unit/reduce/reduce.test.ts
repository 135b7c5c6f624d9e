/** Reducing twenty seeded failing modules, and what the command says. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Context, verify } from '../../../ir/index.ts';
import { parseModule } from '../../../ir/text/index.ts';
import { pipeline, stage } from '../../../rewrite/index.ts';
import { Random } from '../../../tools/check/random.ts';
import { randomScalarProgram } from '../../../tools/check/scalar-program.ts';
import { allDialects } from '../../../tools/lists.ts';
import { allReductions } from '../../../tools/reduce/all-reductions.ts';
import { paleoReduce } from '../../../tools/reduce/command.ts';
import { failing } from '../../../tools/reduce/interesting.ts';
import { type Interesting, reduce } from '../../../tools/reduce/reduce.ts';
import { type CommandRun, runOn, testFolder } from '../../command.ts';
import { seededFaults } from './seeded-faults.ts';

const sizeOf = (text: string): number => {
  let size = -1;
  parseModule(text, new Context(allDialects, { allowUnregistered: true })).walk(() => {
    size++;
  });
  return size;
};

/** The first program of 200 to 2,000 operations that shows what is looked for. */
function firstShowing(isInteresting: Interesting, operations: number): string {
  for (let stream = 0; stream < 200; stream++) {
    const text = randomScalarProgram(new Random(7, stream), operations);
    const size = sizeOf(text);
    if (size < 200 || size > 2000) continue;
    if (isInteresting(parseModule(text, new Context(allDialects)), text)) return text;
  }
  throw new Error('no program shows it');
}

describe('twenty seeded modules come to at most ten operations, the same every time, every step valid', () => {
  test.each(seededFaults.map((fault, at) => [fault.pass.name, at] as const))('%s', { timeout: 120_000 }, (_, at) => {
    const { pass, fails } = seededFaults[at] as (typeof seededFaults)[number];
    const shows = failing(pipeline('builtin.module', stage(pass)), fails);
    const text = firstShowing(shows, 90 + 25 * at);
    const seen: string[] = [];
    const checked: Interesting = (module, candidate) => {
      expect(verify(module)).toEqual([]);
      seen.push(candidate);
      return shows(module, candidate);
    };
    const options = { dialects: allDialects, reductions: allReductions };
    const reduced = reduce(text, checked, options);
    expect(reduced.complete).toBe(true);
    expect(reduced.operations, reduced.text).toBeLessThanOrEqual(10);
    if (at % 10 === 3) expect(reduce(text, shows, options).text).toBe(reduced.text);
  });
});

const folder = testFolder();
const command = (text: string, ...args: string[]): Promise<CommandRun> => runOn(paleoReduce, folder, [text], args);

describe('the command', () => {
  const program = `func.func @f(%a: i32, %b: i32) -> i32 {
  %0 = arith.addi %a, %b : i32
  %1 = arith.muli %0, %a : i32
  %2 = "t.strange"(%1) : (i32) -> i32
  return %2 : i32
}
func.func @g(%a: i32) -> i32 {
  return %a : i32
}
`;

  test('asks a command, which gets a file and ends with 1 when it is interesting', async () => {
    const script = join(folder, 'test.sh');
    writeFileSync(script, 'grep -q "$1" "$2" && exit 1; exit 0\n');
    const { code, out } = await command(program, '--test=sh', `--test-arg=${script}`, '--test-arg=t.strange');
    expect(code).toBe(0);
    expect(out).toContain('t.strange');
    expect(sizeOf(out)).toBeLessThanOrEqual(4);
  });

  test('asks how a pipeline fails', async () => {
    const text = '"graph.none"() : () -> ()\nfunc.func @f() { return }\n';
    const file = join(folder, 'out.mlir');
    const { code, err } = await command(text, '--pass-pipeline=graph-to-tensorop', '--message=graph.none', '-o', file);
    expect([code, err.split('\n').at(-2)]).toEqual([0, '1 operations, 1 steps, 7 tries']);
    expect(readFileSync(file, 'utf8')).toBe('module {\n  "graph.none"() : () -> ()\n}\n');
  });

  test('refuses what shows nothing, and wrong use', async () => {
    const boring = await command(program, '--pass-pipeline=cse');
    expect([boring.code, boring.err]).toEqual([
      1,
      './0.mlir:1:1: error: the module does not show what is looked for\nfunc.func @f(%a: i32, %b: i32) -> i32 {\n^\n',
    ]);
    expect((await command(program)).code).toBe(2);
    expect((await command(program, '--pass-pipeline=cse', '--fails=sometimes')).code).toBe(2);
    expect((await command(program, '--pass-pipeline=cse', '--time=soon')).code).toBe(2);
  });
});
