/** The dialects that the tools know. Membership is this list. */
import { arith } from '../dialects/arith/index.ts';
import { builtin } from '../dialects/builtin/index.ts';
import { cf } from '../dialects/cf/index.ts';
import { func } from '../dialects/func/index.ts';
import { graph } from '../dialects/graph/index.ts';
import { memref } from '../dialects/memref/index.ts';
import { mlu } from '../dialects/mlu/index.ts';
import { scf } from '../dialects/scf/index.ts';
import { tensor } from '../dialects/tensor/index.ts';
import { tensorop } from '../dialects/tensorop/index.ts';
import type { Dialect } from '../ir/index.ts';

/** Every dialect of paleozoic. */
export const allDialects: readonly Dialect[] = [builtin, func, arith, cf, scf, tensor, memref, graph, tensorop, mlu];
