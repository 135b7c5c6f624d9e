/** ONNX Runtime, where it is installed: runs a model and gives the results of all its nodes. */
import { createRequire } from 'node:module';
import type * as Ort from 'onnxruntime-node';

/** A tensor of single precision. */
export interface RuntimeTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

let found: typeof Ort | null | undefined;

/** The library; null where it is not installed or does not load. */
export function onnxRuntime(): typeof Ort | null {
  if (found === undefined)
    try {
      found = createRequire(import.meta.url)('onnxruntime-node') as typeof Ort;
    } catch {
      found = null;
    }
  return found;
}

/** What the runtime says to a model: results by name, or why there are none. */
export type RuntimeAnswer = { readonly results: ReadonlyMap<string, RuntimeTensor> } | { readonly refused: string };

/**
 * Runs a model. Nothing is optimised, so that each node is computed by itself, and one thread works, so that the same
 * bits come every time.
 */
export async function runModel(
  library: typeof Ort,
  model: Uint8Array,
  inputs: ReadonlyMap<string, RuntimeTensor>,
): Promise<RuntimeAnswer> {
  const options = {
    graphOptimizationLevel: 'disabled',
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    logSeverityLevel: 4,
  } as const;
  try {
    const session = await library.InferenceSession.create(model, options);
    try {
      const feeds = Object.fromEntries(
        [...inputs].map(([name, { shape, data }]) => [name, new library.Tensor('float32', data, shape)]),
      );
      const results = await session.run(feeds);
      return {
        results: new Map(
          Object.entries(results).map(([name, { dims, data }]) => [name, { shape: dims, data: data as Float32Array }]),
        ),
      };
    } finally {
      await session.release();
    }
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}
