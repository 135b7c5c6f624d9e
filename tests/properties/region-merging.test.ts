/** Operations with regions are merged where they say the same to the last attribute, and only there. */
import { expect, test } from 'vitest';
import { Context, type Operation } from '../../ir/index.ts';
import { parseModule } from '../../ir/text/index.ts';
import { cse, runPass } from '../../rewrite/index.ts';
import { Random } from '../../tools/check/random.ts';
import { allDialects } from '../../tools/lists.ts';

interface Line {
  readonly op: string;
  readonly operands: readonly number[];
  readonly constant: number;
}
const ops = ['addi', 'subi', 'muli', 'xori'];
/** What the lines of one way give: `%x`, `%y`, a constant, or an earlier line. */
function drawLines(random: Random): Line[] {
  return Array.from({ length: 1 + random.below(4) }, (_, at) => ({
    op: random.pick(ops),
    operands: [random.below(at + 3), random.below(at + 3)],
    constant: random.below(5),
  }));
}
const told = ({ op, operands, constant }: Line): string =>
  [op, operands, operands.includes(2) ? constant : ''].join(' ');
const sameLines = (a: readonly Line[], b: readonly Line[]): boolean => a.map(told).join() === b.map(told).join();

/** The lines with one of them another. */
function changed(lines: readonly Line[], random: Random): Line[] {
  const at = random.below(lines.length);
  return lines.map((line, place) => {
    if (place !== at) return line;
    switch (random.below(3)) {
      case 0:
        return { ...line, op: random.pick(ops) };
      case 1:
        return { ...line, operands: [line.operands[0] as number, random.below(at + 3)] };
      default:
        return { ...line, constant: random.below(5) };
    }
  });
}

/** What two ways give on some inputs. */
function meaning(ways: readonly (readonly Line[])[], nested: boolean): string {
  const results: number[] = [];
  for (const [x, y, b] of [
    [3, 5, true],
    [-7, 11, true],
    [1 << 20, 77, true],
    [-1, 0, true],
    [3, 5, false],
  ] as const)
    for (const lines of ways) {
      const values = [x, y, 0];
      for (const { op, operands, constant } of lines) {
        const [p, q] = operands.map((at) => (at === 2 ? constant : (values[at] as number))) as [number, number];
        const done = { addi: p + q, subi: p - q, muli: Math.imul(p, q), xori: p ^ q }[op] as number;
        values.push(nested && !b ? y : done | 0);
      }
      results.push(values.at(-1) as number);
    }
  return results.join();
}

let names = 0;
/** One way of a choice as text, with names of its own; lines may stand in a choice of their own. */
function wayText(lines: readonly Line[], nested: boolean): string {
  const own = lines.map(() => `%n${names++}`);
  const text: string[] = [];
  for (const [at, { op, operands, constant }] of lines.entries()) {
    const literal = `%n${names++}`;
    if (operands.includes(2)) text.push(`${literal} = arith.constant ${constant} : i32`);
    const given = operands.map((one) => ['%x', '%y', literal][one] ?? own[one - 3]).join(', ');
    const result = own[at] as string;
    if (nested) {
      const inner = `%n${names++}`;
      text.push(`${result} = scf.if %b -> i32 {`, `${inner} = arith.${op} ${given} : i32`, `scf.yield ${inner} : i32`);
      text.push('} else {', 'scf.yield %y : i32', '}');
    } else text.push(`${result} = arith.${op} ${given} : i32`);
  }
  return [...text, `scf.yield ${own.at(-1)} : i32`].join('\n');
}

const choices = (module: Operation): number => {
  let count = 0;
  for (const operation of module.region().entry?.first?.region().entry?.operations ?? [])
    if (operation.name === 'scf.if') count++;
  return count;
};

test('choices', () => {
  const seen = [0, 0];
  for (let number = 0; number < 300; number++) {
    const random = new Random(113, number);
    const nested = random.once(3);
    const first = [drawLines(random), drawLines(random)];
    const at = random.below(2);
    const second = random.once(3)
      ? first
      : first.map((lines, place) => (place === at ? changed(lines, random) : lines));
    const isSame = first.every((lines, place) => sameLines(lines, second[place] as Line[]));
    const text = [first, second]
      .map(
        ([then = [], otherwise = []], which) =>
          `%r${which} = scf.if %a -> i32 {\n${wayText(then, nested)}\n} else {\n${wayText(otherwise, nested)}\n}`,
      )
      .join('\n');
    const module = parseModule(
      `func.func @f(%a: i1, %b: i1, %x: i32, %y: i32) -> (i32, i32) {\n${text}\nreturn %r0, %r1 : i32, i32\n}`,
      new Context(allDialects),
    );
    runPass(cse, module);
    // What is not written alike but means the same may be merged or not.
    if (isSame) expect(choices(module), text).toBe(1);
    else if (meaning(first, nested) !== meaning(second, nested)) expect(choices(module), text).toBe(2);
    seen[choices(module) - 1] = (seen[choices(module) - 1] ?? 0) + 1;
  }
  expect(Math.min(...seen)).toBeGreaterThan(50);
});
