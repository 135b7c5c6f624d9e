/** Changes of layout sink as far as they can, and divisions of halves, and no others, become products with reciprocals. */
import { describe, expect, test } from 'vitest';
import { tensorop } from '../../dialects/tensorop/index.ts';
import {
  type AnyOp,
  clone,
  Context,
  f16,
  f32,
  type Operation,
  type TensorType,
  tensorType,
  type Value,
} from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { propagateLayout } from '../../lowering/layout.ts';
import { expandDivision } from '../../lowering/precision.ts';
import { type Pass, runPass } from '../../rewrite/index.ts';
import { mustAgree } from '../../tools/check/agree.ts';
import { fromChoices } from '../../tools/check/choices.ts';
import { runTensors } from '../../tools/check/levels.ts';
import { caseText, type CheckCase, drawProgram } from '../../tools/check/program.ts';
import { checkProperty, told } from '../../tools/check/property.ts';
import { inputOf } from '../../tools/check/inputs.ts';
import { Random } from '../../tools/check/random.ts';
import type { NdArray } from '../../interpreter/index.ts';
import { allDialects } from '../../tools/lists.ts';
import { differenceText } from '../../tools/diff/finding-text.ts';
import { Judge, usualJudging } from '../../tools/diff/judge.ts';

const { transpose, constant, add, relu, cast, div } = tensorop.ops;
const found = (module: Operation, op: AnyOp): readonly Operation[] => {
  const all: Operation[] = [];
  module.walk((operation) => {
    if (operation.is(op)) all.push(operation);
  });
  return all;
};
const programs = (ops: readonly unknown[], elements: readonly (typeof f16)[]) =>
  fromChoices((draw) => told(drawProgram(tensorop, ops as readonly AnyOp[], draw, { elements, extent: 3 }), caseText));

/** A program of layout changes and of what does not care about layout, mostly one reading the other. */
function layoutProgram(random: Random): CheckCase {
  const shapes = [
    [2, 3],
    [3, 2],
    [2, 1, 3],
    [3, 2, 2],
  ];
  const typeText = (shape: readonly number[]): string => `tensor<${[...shape, 'f32'].join('x')}>`;
  const inputs = Array.from({ length: 2 }, () => random.pick(shapes));
  const values = inputs.map((shape, at) => ({ name: `%x${at}`, shape }));
  const lines: string[] = [];
  for (let count = 3 + random.below(8); count > 0; count--) {
    const { name, shape } = values.at(-1 - random.below(Math.min(3, values.length))) as (typeof values)[number];
    const made = `%${lines.length}`;
    const type = typeText(shape);
    const likes = values.filter((other) => other.shape.join() === shape.join());
    switch (random.below(5)) {
      case 0:
      case 1: {
        const order = random.pick(
          shape.length === 2
            ? [[1, 0]]
            : [
                [0, 2, 1],
                [2, 0, 1],
                [1, 2, 0],
                [2, 1, 0],
                [0, 1, 2],
              ],
        );
        const turned = order.map((d) => shape[d] as number);
        lines.push(
          `${made} = tensorop.transpose ${name} {permutation = array<i64: ${order.join(', ')}>} : ${type} -> ${typeText(turned)}`,
        );
        values.push({ name: made, shape: turned });
        continue;
      }
      case 2:
        lines.push(`${made} = tensorop.${random.pick(['relu', 'exp', 'abs'])} ${name} : ${type}`);
        break;
      case 3:
        lines.push(`${made} = tensorop.constant dense<${random.below(4)}.5> : ${type}`);
        break;
      default:
        lines.push(
          `${made} = tensorop.${random.pick(['add', 'mul', 'max'])} ${name}, ${random.pick(likes).name} : ${type}`,
        );
    }
    values.push({ name: made, shape });
  }
  const results = values.slice(-2);
  const given = inputs.map((shape, at) => `%x${at}: ${typeText(shape)}`).join(', ');
  const types = results.map(({ shape }) => typeText(shape)).join(', ');
  const text = `func.func @main(${given}) -> (${types}) {
  ${lines.join('\n  ')}
  return ${results.map(({ name }) => name).join(', ')} : ${types}
}`;
  return {
    module: parseModule(text, new Context(allDialects)),
    inputs: inputs.map((shape) => {
      const type = tensorType(shape, f32);
      return { type, data: (inputOf(type, 'wide', random) as NdArray).data as Float32Array };
    }),
  };
}

test('propagate-layout keeps every bit, and leaves no change of layout above what does not care', () => {
  let sunk = 0;
  for (let number = 0; number < 300; number++) {
    const { module, inputs } = layoutProgram(new Random(51, number));
    const after = clone(module);
    runPass(propagateLayout as unknown as Pass, after);
    mustAgree(runTensors(after, inputs), runTensors(module, inputs));
    for (const view of found(after, transpose as unknown as AnyOp)) {
      const { permutation, input } = view.as(transpose) as unknown as { permutation: readonly number[]; input: Value };
      expect(input.definedBy(transpose), 'a layout is changed twice').toBeUndefined();
      expect(permutation, 'nothing is changed').not.toEqual(permutation.toSorted((a, b) => a - b));
    }
    after.walk((operation) => {
      if (!operation.hasTrait('elementwise')) return;
      // Constants may be laid out in any way.
      const turned = operation.operands
        .filter((value) => !value.definedBy(constant))
        .map((value) => value.definedBy(transpose)?.permutation.join());
      if (turned[0] !== undefined) expect(new Set(turned).size, printOperation(after)).not.toBe(1);
    });
    if (printOperation(after) !== printOperation(module)) sunk++;
    const once = printOperation(after);
    runPass(propagateLayout as unknown as Pass, after);
    expect(printOperation(after)).toBe(once);
  }
  expect(sunk).toBeGreaterThan(200);
});

describe('expand-division', () => {
  test('leaves no division of halves and all others, inside its bound', () => {
    checkProperty(
      programs([div, div, add, relu, cast], [f32, f16]),
      ({ module }) => {
        const after = clone(module);
        const judge = new Judge(module, { ...usualJudging, inputs: 3, styles: ['small', 'wide', 'edge'] });
        runPass(expandDivision as unknown as Pass, after);
        const { difference } = judge.judge(expandDivision, after, undefined, module);
        expect(difference && differenceText(difference)).toBeUndefined();
        const ofHalves = (one: Operation): boolean => (one.result(0).type as TensorType).element === f16;
        const [old, now] = [module, after].map((of) => found(of, div as unknown as AnyOp));
        expect(now?.filter(ofHalves)).toEqual([]);
        expect(now?.length).toBe(old?.filter((one) => !ofHalves(one)).length);
      },
      { cases: 120 },
    );
  });
});
