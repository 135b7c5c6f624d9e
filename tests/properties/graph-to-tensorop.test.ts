/** Tensor operations compute what the layers mean, bit for bit. */
import { describe, test } from 'vitest';
import { graph } from '../../dialects/graph/index.ts';
import { type AnyOp, clone, f32 } from '../../ir/index.ts';
import { graphToTensorop } from '../../lowering/graph-to-tensorop/index.ts';
import { lowerModule } from '../../rewrite/index.ts';
import { mustAgree } from '../../tools/check/agree.ts';
import { fromChoices } from '../../tools/check/choices.ts';
import { runTensors } from '../../tools/check/levels.ts';
import { caseText, drawOperation, drawProgram } from '../../tools/check/program.ts';
import { checkProperty, told } from '../../tools/check/property.ts';

const layers = Object.values(graph.ops) as AnyOp[];
const drawable = layers.filter((op) => op.definition.operands.length > 0);

describe('graph-to-tensorop', () => {
  for (const op of drawable)
    test(op.opName, () => {
      checkProperty(fromChoices((draw) => told(drawOperation(graph, op, draw, { elements: [f32] }), caseText)), ({ module, inputs }) => {
        const lowered = clone(module);
        lowerModule(graphToTensorop, lowered, {});
        mustAgree(runTensors(lowered, inputs), runTensors(module, inputs));
      });
    });

  test('small programs', () => {
    checkProperty(fromChoices((draw) => told(drawProgram(graph, drawable, draw, { elements: [f32], extent: 4 }), caseText)), ({ module, inputs }) => {
      const lowered = clone(module);
      lowerModule(graphToTensorop, lowered, {});
      mustAgree(runTensors(lowered, inputs), runTensors(module, inputs));
    });
  });
});
