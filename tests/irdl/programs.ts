/** Generated modules of every level. */
import fc from 'fast-check';
import { graph } from '../../dialects/graph/index.ts';
import { tensorop } from '../../dialects/tensorop/index.ts';
import { clone, f32, type Operation, stringAttribute } from '../../ir/index.ts';
import { graphToTensorop } from '../../lowering/graph-to-tensorop/index.ts';
import { tilingKnobs } from '../../lowering/tensorop-to-mlu/index.ts';
import { lowerModule } from '../../rewrite/index.ts';
import { mlu100 } from '../../target-mlu/index.ts';
import { fromChoices } from '../../tools/check/choices.ts';
import { drawSettings } from '../../tools/check/knobs.ts';
import { atHardware } from '../../tools/check/levels.ts';
import { drawingForMachine, layerOps, machineOps } from '../../tools/check/lowerings.ts';
import { drawProgram } from '../../tools/check/program.ts';

/** `count` small programs of layers, and each as tensor operations. */
export const graphPrograms = (count: number, seed: number): readonly Operation[] =>
  fc
    .sample(
      fromChoices((draw) => drawProgram(graph, layerOps, draw, { elements: [f32], extent: 4 }).module),
      { numRuns: count, seed },
    )
    .flatMap((module) => {
      const lowered = clone(module);
      lowerModule(graphToTensorop, lowered, {});
      return [module, lowered];
    });

/** `count` small programs of tensor operations, and each as core programs under some tiling. */
export const tensorPrograms = (count: number, seed: number): readonly Operation[] =>
  fc
    .sample(
      fromChoices((draw) => {
        const settings = drawSettings(tilingKnobs, draw);
        const { module } = drawProgram(tensorop, machineOps, draw, { ...drawingForMachine, extent: 4 });
        // The machine adds up depthwise products in half.
        module.walk((operation) => {
          if (operation.is(tensorop.ops.depthwiseConv2d)) operation.setAttribute('accumulator', stringAttribute('f16'));
        });
        return { module, settings };
      }),
      { numRuns: count, seed },
    )
    .flatMap(({ module, settings }) => [module, atHardware(module, mlu100, settings)]);
