import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tensorop } from '../../../dialects/tensorop/index.ts';
import {
  f16,
  f32,
  f64,
  nameLocation,
  type OpView,
  tensorType,
  type Type,
  type Value,
  verify,
  within,
} from '../../../ir/index.ts';
import {
  bounded,
  denseOf,
  evaluateBounds,
  evaluateFunctionBounds,
  Evaluator,
  firstOutside,
  NdArray,
  rounding,
  tensoropSemantics,
} from '../../../interpreter/index.ts';
import { type Case, tensoropCases } from './cases.ts';
import { addFunction, newContext, newModule } from './program.ts';

const toHalf = rounding(f16);
const asHalf = (x: NdArray): NdArray => new NdArray(x.shape, f16, Float32Array.from(x.data as Float32Array, toHalf));
const asSingle = (x: NdArray): NdArray => new NdArray(x.shape, f32, x.data);
const distance = (a: NdArray, b: NdArray): NdArray =>
  new NdArray(
    a.shape,
    f64,
    Float64Array.from(a.data as Float32Array, (x, at) => Math.abs(x - Number(b.data[at]))),
  );
const positive = (x: NdArray): NdArray => new NdArray(x.shape, x.element, (x.data as Float32Array).map(Math.abs));
/** Numbers that are off by up to a part in a thousand. */
const shifted = (x: NdArray, by: readonly number[]): NdArray =>
  asHalf(
    new NdArray(
      x.shape,
      f32,
      (x.data as Float32Array).map((value, at) => value * (1 + (by[at % by.length] as number))),
    ),
  );

const inType = (instance: Case, element: Type) => {
  const context = newContext();
  const block = context.newBlock(
    instance.types.map((type) => (type.kind === 'tensor' ? tensorType(type.shape, element) : type)),
  );
  const { operation }: OpView = within(context, nameLocation('case'), () => instance.build(block.arguments));
  block.append(operation);
  return operation;
};
/** Whether a bound may be infinite for tame numbers: near a pole, or because a half overflows. */
const mayBeInfinite = new Set(['div', 'recip', 'rsqrt', 'sqrt']);

describe('bounds hold on random numbers', () => {
  for (const [key, cases] of Object.entries(tensoropCases)) {
    // A reference has no casts, and integers are not off by a part in a thousand: `tests/bounds` has those.
    if (['constant', 'cast', 'dequantize', 'requantize'].includes(key)) continue;
    test(tensorop.ops[key as keyof typeof tensorop.ops].opName, () => {
      let finite = 0;
      const run = (instance: Case, by: readonly number[]): void => {
        const roots = key === 'sqrt' || key === 'rsqrt';
        const exact = instance.inputs.map(asSingle).map((x) => (roots ? positive(x) : x));
        const near = exact.map((x) => shifted(x, by));
        const half = inType(instance, f16);
        const { value, bound } = evaluateBounds(
          half,
          near.map((x, at) => bounded(x, distance(x, exact[at] as NdArray))),
        );
        const [expected] = new Evaluator([tensoropSemantics]).apply(inType(instance, f32), exact) as [NdArray];
        const at = firstOutside(value, expected, bound);
        const poles = mayBeInfinite.has(key);
        for (const [i, limit] of bound.data.entries()) {
          if (Number.isFinite(Number(limit))) finite++;
          else expect(poles, `bound ${limit} of element ${i}`).toBe(true);
        }
        if (at !== undefined && poles && !Number.isFinite(Number(bound.data[at]))) return;
        expect(
          at === undefined
            ? undefined
            : `${value.data[at]} and ${expected.data[at]} differ by more than ${bound.data[at]}`,
        ).toBeUndefined();
      };
      const shifts = fc.array(fc.double({ min: -1e-3, max: 1e-3, noNaN: true }), { minLength: 1, maxLength: 7 });
      fc.assert(
        fc.property(cases('tame'), shifts, (instance, by) => {
          run(instance, by);
        }),
        { numRuns: 60 },
      );
      expect(finite).toBeGreaterThan(20);
    });
  }

  test('tensorop.cast and tensorop.constant', () => {
    const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, (list) => {
        const exact = new NdArray([list.length], f32, Float32Array.from(list));
        const context = newContext();
        const type = tensorType(exact.shape, f16);
        const { operation: cast } = within(context, nameLocation('cast'), () =>
          tensorop.ops.cast({ input: context.newBlock([tensorType(exact.shape, f32)]).argument(0), types: [type] }),
        );
        const { operation: constant } = within(context, nameLocation('constant'), () =>
          tensorop.ops.constant({ value: denseOf(asHalf(exact)) }),
        );
        for (const { value, bound } of [evaluateBounds(cast, [bounded(exact)]), evaluateBounds(constant, [])]) {
          expect(firstOutside(value, exact, bound)).toBeUndefined();
          for (const [at, limit] of bound.data.entries())
            expect(Number(limit)).toBeLessThanOrEqual(2 ** -10.9 * Math.abs(Number(exact.data[at])) + 2 ** -24);
        }
      }),
    );
  });
});

describe('bounds are worth something', () => {
  test('a NaN is never inside, and an infinite half claims nothing', () => {
    const one = (x: number) => new NdArray([1], f32, Float32Array.of(x));
    const limit = new NdArray([1], f64, Float64Array.of(Infinity));
    expect(firstOutside(one(Number.NaN), one(0), limit)).toBe(0);
    expect(firstOutside(one(0), one(Number.NaN), limit)).toBe(0);
    const context = newContext();
    const type = tensorType([1], f16);
    const { operation } = within(context, nameLocation('sum'), () => {
      const input = context.newBlock([type]).argument(0);
      return tensorop.ops.add({ lhs: input, rhs: input });
    });
    const large = bounded(new NdArray([1], f16, Float32Array.of(60000)));
    const { value, bound } = evaluateBounds(operation, [large, large]);
    expect([value.get(0), bound.get(0)]).toEqual([Infinity, Infinity]);
  });

  test('exact sums of exact halves are bounded by one rounding', () => {
    const context = newContext();
    const { operation } = within(context, nameLocation('product'), () => {
      const block = context.newBlock([tensorType([1, 64], f16), tensorType([64, 1], f16)]);
      return tensorop.ops.matmul({ lhs: block.argument(0), rhs: block.argument(1) });
    });
    const ones = new Float32Array(64).fill(1);
    const { value, bound } = evaluateBounds(operation, [
      bounded(new NdArray([1, 64], f16, ones)),
      bounded(new NdArray([64, 1], f16, ones)),
    ]);
    expect(value.get(0, 0)).toBe(64);
    expect(bound.get(0, 0)).toBeLessThan(64 * 2 ** -10.9);
  });
});

describe('a function in bound mode', () => {
  const layer = (precision: typeof f16 | typeof f32) => {
    const module = newModule(newContext());
    const [image, filter, bias] = [tensorType([1, 6, 6, 3], f32), tensorType([4, 3, 3, 3], f32), tensorType([4], f32)];
    const out = tensorType([1, 2, 2, 4], f32);
    const callee = addFunction(module, 'layer', [image, filter, bias], [out], (builder, values) => {
      const cast = (value: Value, element: typeof f16 | typeof f32): Value =>
        value.type.kind !== 'tensor' || value.type.element === element
          ? value
          : builder.build(() =>
              tensorop.ops.cast({
                input: value,
                types: [tensorType((value.type as ReturnType<typeof tensorType>).shape, element)],
              }),
            ).out;
      const [x, w, b] = values.map((value) => cast(value, precision)) as [Value, Value, Value];
      const sum = builder.build(() =>
        tensorop.ops.addBias({ input: tensorop.ops.conv2d({ image: x, filter: w }).out, bias: b }),
      );
      const pooled = builder.build(() =>
        tensorop.ops.maxPool({ image: tensorop.ops.relu({ input: sum.out }).out, kernel: [2, 2], strides: [2, 2] }),
      );
      return [cast(builder.build(() => tensorop.ops.sigmoid({ input: pooled.out })).out, f32)];
    });
    expect(verify(module)).toEqual([]);
    return callee;
  };

  test('bounds the way from single to half, operation by operation', () => {
    let state = 1;
    const random = (): number => ((state = (state * 48271) % 0x7fffffff), state / 0x7fffffff - 0.5);
    const inputs = [[1, 6, 6, 3], [4, 3, 3, 3], [4]].map(
      (shape) => new NdArray(shape, f32, Float32Array.from({ length: shape.reduce((a, b) => a * b) }, random)),
    );
    const names: string[] = [];
    const [result] = evaluateFunctionBounds(
      layer(f16),
      inputs.map((x) => bounded(x)),
      (operation) => {
        names.push(operation.name);
      },
    );
    const [expected] = new Evaluator([tensoropSemantics]).call(layer(f32), inputs) as [NdArray];
    expect(names.slice(3)).toEqual([
      'tensorop.conv2d',
      'tensorop.add_bias',
      'tensorop.relu',
      'tensorop.max_pool',
      'tensorop.sigmoid',
      'tensorop.cast',
    ]);
    expect(result && firstOutside(result.value, expected, result.bound)).toBeUndefined();
    expect(result && Math.max(...(result.bound.data as Float64Array))).toBeLessThan(0.01);
    expect([...(result?.value.data ?? [])]).not.toEqual([...expected.data]);
  });
});
