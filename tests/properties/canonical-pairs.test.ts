/** Two operations, one after the other, for all small settings: canonical forms keep every bit, and are what they are for. */
import { describe, expect, test } from 'vitest';
import {
  Context,
  f16,
  f32,
  i16,
  i8,
  type Operation,
  type TensorType,
  tensorType,
  type Type,
  verify,
} from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { canonicalizePass } from '../../lowering/pipelines.ts';
import { runPass } from '../../rewrite/index.ts';
import { mustAgree } from '../../tools/check/agree.ts';
import { runTensors } from '../../tools/check/levels.ts';
import { Random } from '../../tools/check/random.ts';
import { allDialects } from '../../tools/lists.ts';

interface Argument {
  readonly type: TensorType;
  readonly data: Float32Array;
}
/** The names of what is left of a program, which gives what it gave. */
function canonical(text: string, inputs: readonly Argument[]): readonly string[] {
  const read = (): Operation => parseModule(text, new Context(allDialects));
  const [before, after] = [read(), read()];
  runPass(canonicalizePass, after);
  try {
    expect(verify(after).map(({ message }) => message)).toEqual([]);
    mustAgree(runTensors(after, inputs), runTensors(before, inputs), ['canonical', 'as written']);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${printOperation(after)}\n${text}`, { cause: error });
  }
  return (after.region().entry?.first?.region().entry?.operations ?? []).map(({ name }) => name);
}

describe('fixed point', () => {
  const bytes: Argument = {
    type: tensorType([256], i8),
    data: Float32Array.from({ length: 256 }, (_, at) => at - 128),
  };
  const typeOf = (element: Type): string => tensorType([256], element).text;
  test.each([
    [i16, f16],
    [i16, f32],
    [i8, f32],
  ] as const)('dequantised as $1.text after a requantisation to $0.text', (middle, to) => {
    let one = 0;
    for (let shift = -6; shift <= 2; shift++)
      for (let position = -9; position <= 3; position += 3) {
        const names = canonical(
          `func.func @main(%x: ${typeOf(i8)}) -> ${typeOf(to)} {
  %0 = tensorop.requantize %x {shift = ${shift}} : ${typeOf(i8)} -> ${typeOf(middle)}
  %1 = tensorop.dequantize %0 {position = ${position}} : ${typeOf(middle)} -> ${typeOf(to)}
  return %1 : ${typeOf(to)}
}`,
          [bytes],
        );
        if (names.length === 2) one++;
      }
    expect(one).toBeGreaterThanOrEqual(middle === i16 ? 35 : 5);
  });
  test('requantised after a requantisation', () => {
    let one = 0;
    for (const rounding of ['down', 'up', 'zero', 'away', 'nearest'])
      for (const middle of [i8, i16])
        for (let first = -4; first <= 4; first += 2)
          for (let second = -4; second <= 4; second += 2) {
            const names = canonical(
              `func.func @main(%x: ${typeOf(i8)}) -> ${typeOf(i8)} {
  %0 = tensorop.requantize %x {shift = ${first}, rounding = "${rounding}"} : ${typeOf(i8)} -> ${typeOf(middle)}
  %1 = tensorop.requantize %0 {shift = ${second}, rounding = "${rounding}"} : ${typeOf(middle)} -> ${typeOf(i8)}
  return %1 : ${typeOf(i8)}
}`,
              [bytes],
            );
            if (names.length === 2) one++;
          }
    expect(one).toBeGreaterThan(80);
  });
});

/** All shapes of some extents, of up to so many dimensions. */
const shapes = (rank: number): readonly (readonly number[])[] =>
  rank === 0 ? [[]] : shapes(rank - 1).flatMap((shape) => [1, 2, 3].map((extent) => [...shape, extent]));
const repeats = (small: readonly number[], large: readonly number[]): boolean =>
  small.every((extent, at) => extent === 1 || extent === large[at + large.length - small.length]);

test('what is repeated and added is a bias exactly where it has one number for each channel', () => {
  const random = new Random(3, 3);
  const argument = (shape: readonly number[]): Argument => ({
    type: tensorType(shape, f32),
    data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.below(64) - 32),
  });
  let biases = 0;
  for (const large of [1, 2, 3].flatMap(shapes))
    for (const small of [1, 2, 3].flatMap(shapes)) {
      if (small.length > large.length || !repeats(small, large)) continue;
      const [x, b] = [argument(large), argument(small)];
      const names = canonical(
        `func.func @main(%x: ${x.type.text}, %b: ${b.type.text}) -> ${x.type.text} {
  %0 = tensorop.broadcast %b {shape = array<i64: ${large.join(', ')}>} : ${b.type.text} -> ${x.type.text}
  %1 = tensorop.add ${random.once(2) ? '%x, %0' : '%0, %x'} : ${x.type.text}
  return %1 : ${x.type.text}
}`,
        [x, b],
      );
      const isBias = small.at(-1) === large.at(-1) && small.slice(0, -1).every((extent) => extent === 1);
      // What is not repeated at all is no broadcast any more.
      if (names.includes('tensorop.broadcast')) expect(isBias, `${small} to ${large}`).toBe(false);
      if (names.includes('tensorop.add_bias')) {
        expect(isBias, `${small} to ${large}`).toBe(true);
        biases++;
      }
    }
  expect(biases).toBeGreaterThan(30);
});
