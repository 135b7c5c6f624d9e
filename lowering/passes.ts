/** Every pass that pipelines may name. Membership is this list. */
import { cf } from '../dialects/cf/index.ts';
import { within } from '../ir/index.ts';
import {
  controlFlowSink,
  cse,
  dce,
  inline,
  loopInvariantCodeMotion,
  type MakeBranch,
  type Pass,
  printOpStats,
  sccp,
  stripDebugInfo,
  symbolDce,
  symbolPrivatize,
  topologicalSort,
  viewOpGraph,
} from '../rewrite/index.ts';
import { mlu100 } from '../target-mlu/index.ts';
import { hardwarePasses } from './compile.ts';
import { graphToTensoropPass } from './graph-to-tensorop/index.ts';
import { propagateLayout } from './layout.ts';
import { canonicalizePass } from './pipelines.ts';
import { castToHalf, expandDivision } from './precision.ts';

/** What a return becomes when its function is inlined. */
const branchTo: MakeBranch = (to, operands, location) => {
  to.context.load(cf);
  return within(to.context, location, () => cf.ops.br({ destOperands: operands, successors: [to] }).operation);
};

/** The passes of paleozoic; those of the hardware level are for the `mlu100`. */
export const allPasses: readonly Pass[] = [
  canonicalizePass,
  cse,
  dce,
  symbolDce,
  sccp,
  loopInvariantCodeMotion,
  controlFlowSink,
  inline(() => allPasses, branchTo),
  symbolPrivatize,
  topologicalSort,
  stripDebugInfo,
  printOpStats,
  viewOpGraph,
  graphToTensoropPass,
  propagateLayout,
  castToHalf,
  expandDivision,
  ...hardwarePasses(mlu100),
] as unknown as readonly Pass[];
