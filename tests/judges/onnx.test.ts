/** ONNX models give at the graph level what ONNX Runtime gives. */
import { describe, expect, test } from 'vitest';
import { Random } from '../../tools/check/random.ts';
import { checkModel, importedOperators, notDrawn, onnxCampaign } from '../../tools/fuzz/onnx/campaign.ts';
import { drawNode } from '../../tools/fuzz/onnx/draw.ts';
import { modelText, parseModel } from '../../tools/fuzz/onnx/model.ts';
import { onnxRuntime, type RuntimeTensor, runModel } from '../../tools/fuzz/onnx/runtime.ts';
import { toleranceOf } from '../../tools/fuzz/onnx/tolerance.ts';

const library = onnxRuntime();
if (!library) process.stderr.write('*** onnxruntime-node does not load: models are not compared with ONNX Runtime\n');

const { make } = onnxCampaign.open([]);
const input = (number: number): Uint8Array => make(new Random(3, number));

/** A runtime that is wrong in the last result of every model. */
const wrongBy =
  (change: (tensor: RuntimeTensor) => RuntimeTensor): typeof runModel =>
  async (...args) => {
    const answer = await runModel(...args);
    if ('refused' in answer) return answer;
    const [name, tensor] = [...answer.results].at(-1) as [string, RuntimeTensor];
    return { results: new Map([...answer.results, [name, change(tensor)]]) };
  };
const kindsOf = async (from: number, to: number, runtime?: typeof runModel): Promise<ReadonlyMap<string, number>> => {
  const kinds = new Map<string, number>();
  for (let number = from; number < to; number++) {
    const { kind, failure } = await checkModel(input(number), undefined, runtime);
    if (!runtime) expect(failure, Buffer.from(input(number)).toString()).toBeUndefined();
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return kinds;
};

describe.skipIf(!library)('ONNX Runtime', () => {
  test('five hundred models', { timeout: 60_000 }, async () => {
    // Few are beyond what is imported, or what the runtime does; more would be a loss.
    expect(Object.fromEntries(await kindsOf(0, 500))).toEqual({
      same: 480,
      refused: 10,
      'refused there': 5,
      'refused here': 5,
    });
  });

  test('notices a result that is off by half a per cent, or has another shape', {
    timeout: 60_000,
  }, async () => {
    const off = wrongBy(({ shape, data }) => ({ shape, data: data.map((x) => x * 1.005 + 1e-3) }));
    expect((await kindsOf(0, 60, off)).get('failed')).toBeGreaterThan(50);
    const turned = wrongBy(({ shape, data }) => ({ shape: [...shape, 1], data }));
    expect((await kindsOf(0, 60, turned)).get('failed')).toBeGreaterThan(50);
  });
});

test('every operator that is imported is drawn', () => {
  expect(importedOperators.length).toBe(28);
  expect([...Object.keys(drawNode), ...notDrawn].sort()).toEqual([...importedOperators].sort());
});

test('a model is a text of lines', () => {
  for (let number = 0; number < 50; number++) {
    const text = Buffer.from(input(number)).toString();
    const model = parseModel(text);
    expect(model && modelText(model)).toBe(text);
  }
  expect(parseModel('{"opset":13}\n{')).toBeUndefined();
  expect(parseModel('{"opset":13}\n')).toBeUndefined();
});

test('the tolerance of a sum grows with how many terms it has, and there is none for what is decided', () => {
  const sum = (inner: number): number => {
    const node = { node: 'MatMul', inputs: ['a', 'b'], output: 'y', attributes: {} };
    const found = toleranceOf(
      {
        node,
        shapes: [
          [1, inner],
          [inner, 1],
        ],
        magnitudes: () => undefined,
      },
      [1],
    );
    expect(found).toEqual(Float64Array.of(Number.POSITIVE_INFINITY));
    const known = { data: Float32Array.of(2) } as never;
    return toleranceOf(
      {
        node,
        shapes: [
          [1, inner],
          [inner, 1],
        ],
        magnitudes: () => known,
      },
      [1],
    )?.[0] as number;
  };
  expect(sum(1) / 2 ** -24).toBeCloseTo(12, 4);
  expect(sum(100) / 2 ** -24).toBeCloseTo(408, 1);
  const add = { node: 'Add', inputs: ['a', 'b'], output: 'y', attributes: {} };
  expect(toleranceOf({ node: add, shapes: [[1], [1]], magnitudes: () => undefined }, [1])).toBeUndefined();
});
