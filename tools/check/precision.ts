/** The property of the one step that changes numbers: halves stay within their certified bounds. */
import { graph } from '../../dialects/graph/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import { bounded, type Bounded, evaluateFunctionBounds } from '../../interpreter/index.ts';
import { type AnyOp, clone, type Draw, f32, type Operation } from '../../ir/index.ts';
import { precisionPasses, tensorPasses } from '../../lowering/pipelines.ts';
import { runPipeline, stage } from '../../rewrite/index.ts';
import { firstOutside } from './agree.ts';
import { fromChoices } from './choices.ts';
import { arrayOfNumbers, runTensors } from './levels.ts';
import { caseText, type CheckCase, drawingOf, drawOperation, drawProgram } from './program.ts';
import { checkProperty, type PropertyOptions, told } from './property.ts';
import type { Style } from './tensors.ts';

/** A program in half, run with bounds. */
export interface HalfRun {
  readonly module: Operation;
  readonly results: readonly Bounded[];
}

/** Lowers a module of single precision to halves and runs it with bounds. */
export function runInHalf({ module, inputs }: CheckCase): HalfRun {
  module.context.load(tensorop);
  const half = clone(module);
  runPipeline({ anchor: half.name, stages: [...tensorPasses, ...precisionPasses].map((one) => stage(one)) }, half);
  const main = half.region().entry?.operations.find((operation) => operation.name === 'func.func');
  if (!main) throw new Error('a case has a function');
  const values = inputs.map((input) => bounded(arrayOfNumbers(input)));
  return { module: half, results: evaluateFunctionBounds(main, values) };
}

/** Operations of a level that compute: constants are drawn with nothing, casts would narrow in the reference too. */
export const computingOps = (level: 'graph' | 'tensorop'): readonly AnyOp[] =>
  (Object.values((level === 'graph' ? graph : tensorop).ops) as AnyOp[]).filter(
    ({ definition, opName }) => definition.operands.length > 0 && opName !== 'tensorop.cast',
  );

/** Draws one operation or a program of several in single precision. */
export function drawSingle(
  level: 'graph' | 'tensorop',
  subject: AnyOp | readonly AnyOp[],
  draw: Draw,
  styles?: readonly Style[],
): CheckCase {
  const dialect = level === 'graph' ? graph : tensorop;
  const options = { ...drawingOf(dialect, f32), extent: 4, ...(styles ? { styles } : {}) };
  return Array.isArray(subject)
    ? drawProgram(dialect, subject as readonly AnyOp[], draw, options)
    : drawOperation(dialect, subject as AnyOp, draw, options);
}

/** Lowered to halves, results are within their bounds of those in single precision. */
export function checkHalfBounds(
  level: 'graph' | 'tensorop',
  subject: AnyOp | readonly AnyOp[],
  options: PropertyOptions = {},
): void {
  checkProperty(
    fromChoices((draw) => told(drawSingle(level, subject, draw), caseText)),
    (drawn) => {
      const single = runTensors(drawn.module, drawn.inputs);
      const { module, results } = runInHalf(drawn);
      module.walk((operation) => {
        // The machine has none.
        if (operation.is(tensorop.ops.div)) throw new Error('a division of halves is left');
      });
      for (const [output, { value, bound }] of results.entries()) {
        const [found, limits] = [value.data as Float32Array, bound.data as Float64Array];
        const expected = single[output] ?? new Float32Array(0);
        const claimed = [...limits.keys()].filter((at) => limits[at] !== Infinity);
        const of = (data: ArrayLike<number>): number[] => claimed.map((at) => data[at] as number);
        const at = firstOutside(of(found), of(expected), of(limits));
        if (at !== undefined)
          throw new Error(
            `output ${output}: ${of(found)[at]} in half, ${of(expected)[at]} in single, bound ${of(limits)[at]}`,
          );
      }
    },
    options,
  );
}
