/** A wrong lowering is caught: relu forgets what it is for, and the property says so in a few lines. */
import { graph } from '../dialects/graph/index.ts';
import { graphToTensorop } from '../lowering/graph-to-tensorop/index.ts';
import { checkGraphLowering } from '../tools/check/lowerings.ts';
import { PropertyFailed } from '../tools/check/property.ts';

const forgetful = {
  ...graphToTensorop,
  rules: new Map(graphToTensorop.rules).set('graph.relu', {
    op: graph.ops.relu,
    lower: ((args: { readonly input: unknown }) => args.input) as never,
  }),
};

/** Runs the example and gives what the property reports. */
export function wrongLowering(): string {
  try {
    checkGraphLowering(graph.ops.relu, forgetful, { seed: 1 });
  } catch (error) {
    if (error instanceof PropertyFailed) return error.message;
    throw error;
  }
  return 'nothing was found';
}
