/** Bounds of the scalar functions, those that no tensor operation has among them, against exact numbers. */
import { describe, expect, test } from 'vitest';
import { bounded, NdArray, rounding } from '../../interpreter/index.ts';
import { mapped, unaries } from '../../interpreter/bound/elementwise.ts';
import { type UnaryName, unaryFunctions } from '../../interpreter/scalar.ts';
import { bf16, f16, f32, f64 } from '../../ir/index.ts';
import { random } from '../../tools/check/tensors.ts';
import { functions } from './exact-meaning.ts';
import { absolute, doubleOf, exactOf } from './exact-number.ts';

const names = Object.keys(unaries) as UnaryName[];
/** Where functions turn or end: extrema of sine and cosine, the valley of gelu, whole numbers, zero. */
const turns = [
  0,
  0.5,
  1,
  -1,
  2,
  3,
  -0.7518,
  Math.PI / 2,
  -Math.PI / 2,
  Math.PI,
  1.5 * Math.PI,
  2 * Math.PI,
  100.5,
  12,
  -12,
  2 ** -20,
];

describe.each([f16, bf16, f32])('$text', (element) => {
  test.each(names)('%s', (name) => {
    const next = random(11);
    const round = rounding(element);
    const count = 300;
    const own = Float32Array.from({ length: count }, (_, at) =>
      round(at % 2 === 0 ? (turns[at % turns.length] as number) : (next() - 0.5) * 2 ** Math.floor(next() * 12 - 6)),
    );
    const limits = Float64Array.from(own, (x, at) =>
      at % 5 === 0 ? 0 : (Math.abs(x) + 0.01) * 2 ** -Math.floor(next() * 14),
    );
    const input = bounded(new NdArray([count], element, own), new NdArray([count], f64, limits));
    const result = input.value.map(unaryFunctions[name]);
    const { bound, within } = mapped(unaries[name], input, result);
    let [finite, nearest] = [0, 0];
    for (const [at, limit] of (bound.data as Float64Array).entries()) {
      const y = Number(result.data[at]);
      if (!(limit < Infinity)) continue;
      finite++;
      // The reference is at the ends and in between.
      for (const part of [-1, 1, 0, -0.5, 0.3, 2 * next() - 1]) {
        const x = (exactOf(own[at] as number) as bigint) + (exactOf(part * (limits[at] as number)) as bigint);
        const z = functions[name]?.(x);
        const apart = z === undefined ? undefined : doubleOf(absolute((exactOf(y) as bigint) - z));
        if (
          !(
            apart !== undefined &&
            apart <= limit &&
            doubleOf(z as bigint) <= within[1] &&
            doubleOf(z as bigint) >= within[0]
          )
        )
          throw new Error(
            `${name}(${own[at]} ± ${limits[at]}) is ${y} ± ${limit}, and at part ${part} off by ${apart}`,
          );
        const single = Math.fround(
          unaryFunctions[name](Math.fround((own[at] as number) + part * (limits[at] as number) * 0.999)),
        );
        expect(Math.abs(single - y)).toBeLessThanOrEqual(limit + Math.abs(single) * 2 ** -23);
        if (limit > 0) nearest = Math.max(nearest, apart / limit);
      }
    }
    expect(finite).toBeGreaterThan(count / 4);
    expect(nearest).toBeGreaterThan(0.97);
  });
});
