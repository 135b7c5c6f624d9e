/** Every pass that pipelines may name. Membership is this list. */
import {
  cse,
  dce,
  type Pass,
  printOpStats,
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

/** The passes of paleozoic; those of the hardware level are for the `mlu100`. */
export const allPasses: readonly Pass[] = [
  canonicalizePass,
  cse,
  dce,
  symbolDce,
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
