/** Programs whose inputs are known have known results, and those are what running them gives. */
import { expect, test } from 'vitest';
import { evaluate } from '../../interpreter/index.ts';
import { Context, type Operation, symbolsIn } from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { allPasses } from '../../lowering/passes.ts';
import { parsePipeline, runPipeline } from '../../rewrite/index.ts';
import { Random } from '../../tools/check/random.ts';
import { randomScalarProgram } from '../../tools/check/scalar-program.ts';
import { upperLevels } from '../../tools/check/semantics.ts';
import { allDialects } from '../../tools/lists.ts';

/** A program whose last function reads constants instead of its arguments, and the only one to be called from outside. */
function closed(random: Random): { readonly text: string; readonly name: string } {
  const weights = { loop: 0, call: 3 };
  const open = randomScalarProgram(random, 5 + random.below(40), weights);
  const functions = [...open.matchAll(/func\.func .*?@(\w+)\((.*?)\)/g)];
  const [, name = '', inputs = ''] = functions.at(-1) ?? [];
  const constants = inputs.split(', ').map((input) => {
    const [value, type = ''] = input.split(': ');
    const number = type === 'i1' ? random.pick(['true', 'false']) : String(random.below(9));
    return `    ${value} = arith.constant ${type.startsWith('f') ? `${number}.0` : number}${type === 'i1' ? '' : ` : ${type}`}\n`;
  });
  const text = open
    .replaceAll(/func\.func (?:private )?@/g, 'func.func private @')
    .replace(
      new RegExp(`func\\.func private @${name}\\((.*?)\\)(.*)\n`),
      (_, __, rest: string) => `func.func @${name}()${rest}\n${constants.join('')}`,
    );
  return { text, name };
}

/** Functions that are called from two places are not known to sccp: it joins what they are called with. */
const isCalledTwice = (text: string): boolean => {
  const called = [...text.matchAll(/func\.call @(\w+)/g)].map(([, name]) => name);
  return new Set(called).size < called.length;
};

test('sccp finds all that a program without inputs returns', () => {
  let [found, calls] = [0, 0];
  for (let number = 0; number < 400; number++) {
    const { text, name } = closed(new Random(5, number));
    if (isCalledTwice(text)) continue;
    const module = parseModule(text, new Context(allDialects));
    const expected = evaluate(upperLevels, module, name, []);
    const { runs } = runPipeline(parsePipeline('builtin.module(sccp)', allPasses), module);
    for (const { changed, statistics } of runs) {
      const counts = [...statistics.values()];
      expect(Math.min(0, ...counts)).toBe(0);
      expect(counts.some((count) => count > 0)).toBe(changed);
    }
    const returned: Operation[] = [];
    symbolsIn(module)
      .get(name)
      ?.walk((operation) => {
        if (operation.name === 'func.return') returned.push(operation);
      });
    expect(returned).toHaveLength(1);
    for (const value of returned[0]?.operands ?? []) {
      const told = `program ${number}\n${text}\n${printOperation(module)}`;
      expect(value.owner?.hasTrait('constant-like'), told).toBe(true);
      found++;
    }
    expect(evaluate(upperLevels, module, name, [])).toEqual(expected);
    if (text.includes('func.call')) calls++;
  }
  expect(found).toBeGreaterThan(1000);
  expect(calls).toBeGreaterThan(50);
});
